"""Requests read for the rules: their facts, letters and papers put together, a statement a table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from models import evidence, letter, person
from services.engine.office import Office
from services.request.facts import view
from workflows.engine.codec import read
from workflows.request.case import Case
from workflows.request.kept import Matter
from workflows.request.values import Correction, Party, Person

LOOKS_AT_EVIDENCE = frozenset(
    {
        "amend",
        "unverify",
        "ask_again",
        "verify_identity",
        "decide",
        "fulfil",
        "refuse",
        "withdraw",
        "post_again",
        "override",
        "approve",
        "correct_answer",
        "correct_refusal",
        "mail_again",
        "receive_again",
    }
)
"""The transitions whose rules look at papers."""
DECIDES = frozenset({"decide", "correct_answer", "correct_refusal"})
"""Those whose rules look at what is to be corrected as well."""
GOES_BACK = frozenset({"undo_correction", "undo_correction_of_refusal"})
"""Those that need what an answer said before it was to be corrected."""
PAPERS = frozenset({"verify_identity"})
"""What to ask for where a case is looked at together with its papers."""


def views(
    db: Connection, rows: Sequence[Row[Any]], office: Office, wanted: Collection[str]
) -> Mapping[str, tuple[Case, list[Row[Any]]]]:
    """Return (view, stored letters) of these requests by number; papers only where a *wanted* transition needs them."""
    ids = [row.id for row in rows]
    evidence_too = not LOOKS_AT_EVIDENCE.isdisjoint(wanted)
    goes_back = not GOES_BACK.isdisjoint(wanted)
    decides = not DECIDES.isdisjoint(wanted)
    letters = letter.of_cases(db, ids)
    papers = evidence.of_cases(db, ids) if evidence_too else {}
    births = _birth_dates(db, rows, office) if evidence_too else {}
    zone = ZoneInfo(office.calendar.zone)
    return {
        row.number: (
            view(
                row,
                letters=[letter.view(one, zone) for one in letters.get(row.id, ())],
                documents=evidence.documents(papers.get(row.id, ())),
                authorities=evidence.authorities(papers.get(row.id, ())),
                birth_date=births.get(row.id),
                said_before=matter(row, office).said_before if goes_back and row.facts.get("corrects") else {},
                claims=claims(row, office) if decides and row.facts["corrections"] else (),
            ),
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
    minors = {row.id: row for row in rows if row.facts["representative"] == "minor"}
    if not minors:
        return {}
    return {
        case_id: people(minors[case_id], sealed, office)[Party.SUBJECT].birth_date
        for case_id, sealed in person.of_cases(db, minors).items()
    }
