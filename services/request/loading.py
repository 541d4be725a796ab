"""Cases read for the rules: rows of several tables put together, a statement a table, however many cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from models import case as cases
from models import evidence, letter, person, timer
from services.engine.office import Office
from services.request import in_house
from workflows.engine.codec import read
from workflows.request.case import Case
from workflows.request.kept import Matter
from workflows.request.values import Correction, Party, Person


@dataclass(frozen=True, slots=True)
class Loaded:
    """One case: its row, its view, its timers and letters as stored."""

    row: Row[Any]
    case: Case
    timers: list[Row[Any]]
    letters: list[Row[Any]]


def with_the_house(db: Connection, loaded: Mapping[str, Loaded], office: Office) -> dict[str, Loaded]:
    """Return these cases with what lies in the house of each and nobody has registered."""
    found = in_house.look(db, list(loaded.values()), office) if loaded else {}
    return {number: replace(one, case=replace(one.case, house=found[number])) for number, one in loaded.items()}


def load(
    db: Connection, rows: Sequence[Row[Any]], office: Office, *, evidence_too: bool = False, claims_too: bool = False
) -> dict[str, Loaded]:
    """Return these cases by number; evidence and claims only where a rule will look at them."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    letters = letter.of_cases(db, ids)
    timers = timer.of_cases(db, ids)
    papers = evidence.of_cases(db, ids) if evidence_too else {}
    births = _birth_dates(db, rows, office) if evidence_too else {}
    zone = ZoneInfo(office.calendar.zone)
    return {
        row.number: Loaded(
            row,
            cases.view(
                row,
                letters=[letter.view(one, zone) for one in letters.get(row.id, ())],
                documents=evidence.documents(papers.get(row.id, ())),
                authorities=evidence.authorities(papers.get(row.id, ())),
                birth_date=births.get(row.id),
                claims=claims(row, office) if claims_too and row.corrections else (),
            ),
            timers.get(row.id, []),
            letters.get(row.id, []),
        )
        for row in rows
    }


def people(row: Row[Any], sealed: dict[str, Row[Any]], office: Office) -> dict[Party, Person]:
    """Open the sealed people of a case."""
    key = office.keys.get(row.number)
    return {
        Party(party): read(Person, key.open_json("person", "sealed", f"{row.number}/{party}", one.sealed))
        for party, one in sealed.items()
        if one.sealed is not None
    }


def matter(row: Row[Any], office: Office) -> Matter:
    """Open what a case row keeps sealed: claims, explanations, the note."""
    if row.matter is None:
        return Matter()
    return read(Matter, office.keys.get(row.number).open_json("case", "matter", row.number, row.matter))


def claims(row: Row[Any], office: Office) -> tuple[Correction, ...]:
    """Return the corrections the subject asked for."""
    return matter(row, office).corrections


def _birth_dates(db: Connection, rows: Sequence[Row[Any]], office: Office) -> dict[int, date | None]:
    """Return the birth dates the rules ask for: of subjects represented as minors."""
    minors = {row.id: row for row in rows if row.representative == "minor"}
    if not minors:
        return {}
    return {
        case_id: people(minors[case_id], sealed, office)[Party.SUBJECT].birth_date
        for case_id, sealed in person.of_cases(db, minors).items()
    }
