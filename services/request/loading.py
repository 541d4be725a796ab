"""Requests read for the rules: their facts, letters and papers put together, a statement a table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from models import adopted, evidence, letter, person, search
from models.keys import KeyMissing
from models.questions import Answers, Question, by_case
from services.engine.office import Office
from services.office import procedures
from services.request.facts import day, view
from workflows.disclosure.values import UNTREATED, File, Treatment
from workflows.engine.codec import read
from workflows.request.case import Case
from workflows.request.kept import Matter
from workflows.request.procedure import request
from workflows.request.searches import Searched
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
        "bill",
        "bill_ahead",
    }
)
"""The transitions whose rules look at papers."""
CLOSES = frozenset(
    name
    for name, step in request.transitions.items()
    if step.target is not None
    and request.states[step.target].closed
    and not all(request.states[source].closed for source in step.sources)
)
"""Those that end a request: from then on the clocks of its papers run, of what came by post."""
DECIDES = frozenset({"decide", "correct_answer", "correct_refusal"})
"""Those whose rules look at what is to be corrected as well."""
GOES_BACK = frozenset({"undo_correction", "undo_correction_of_refusal"})
"""Those that need what an answer said before it was to be corrected."""
LOOKS_AT_SEARCHES = frozenset({"decide", "fulfil", "refuse", "correct_answer", "post_again"})
"""Those whose rules, or whose letters, look at what departments were asked and answered."""
PAPERS = frozenset({"verify_identity"})
"""What to ask for where a case is looked at together with its papers."""


def asks(rows: Sequence[Row[Any]], wanted: Collection[str]) -> list[Question]:
    """Return what must be asked about these requests.

    Papers only where a *wanted* transition needs them, or a request is closed: what becomes of its papers has a clock.
    """
    if LOOKS_AT_EVIDENCE.isdisjoint(wanted):
        ends = not CLOSES.isdisjoint(wanted) or not all(row.open for row in rows)
        return [letter.OF_CASES, *([evidence.OF_CASES] if ends else []), *procedures.asks(rows)]
    people = [person.OF_CASES] if any(map(_by_a_parent, rows)) else []
    searches = [] if LOOKS_AT_SEARCHES.isdisjoint(wanted) else [search.OF_PARENTS, search.FINDS_OF_PARENTS]
    return [letter.OF_CASES, evidence.OF_CASES, *people, *searches, *procedures.asks(rows)]


def views(
    rows: Sequence[Row[Any]], answers: Answers, office: Office, wanted: Collection[str]
) -> Mapping[str, tuple[Case, list[Row[Any]]]]:
    """Return (view, stored letters) of these requests by number, as the answers to what `asks` says tell them."""
    goes_back = not GOES_BACK.isdisjoint(wanted)
    decides = not DECIDES.isdisjoint(wanted)
    letters = by_case(answers[letter.OF_CASES])
    papers = by_case(answers.get(evidence.OF_CASES, ()))
    searches = by_case(answers.get(search.OF_PARENTS, ()))
    found = by_case(answers.get(search.FINDS_OF_PARENTS, ()))
    births = _birth_dates(rows, answers.get(person.OF_CASES, ()), office)
    texts = answers.get(adopted.TEXTS, ())
    procedures.learn(texts)
    zone = ZoneInfo(office.calendar.zone)
    return {
        row.number: (
            view(
                row,
                texts=texts,
                letters=[letter.view(one, zone) for one in letters.get(row.id, ())],
                documents=evidence.documents(papers.get(row.id, ())),
                authorities=evidence.authorities(papers.get(row.id, ())),
                birth_date=births.get(row.id),
                searches=searched(searches.get(row.id, ()), found.get(row.id, ()), office),
                said_before=matter(row, office).said_before if goes_back and row.facts.get("corrects") else {},
                claims=claims(row, office) if decides and row.facts["corrections"] else (),
                scanned_on=None if row.scanned_at is None else row.scanned_at.astimezone(zone).date(),
            ),
            letters.get(row.id, []),
        )
        for row in rows
    }


def searched(rows: Sequence[Row[Any]], found: Sequence[Row[Any]], office: Office) -> tuple[Searched, ...]:
    """Return what departments were asked for a request, and what they *found*; what was recalled is not asked."""
    files: dict[str, list[File]] = {}
    for one in found:
        files.setdefault(one.file_search, []).append(_file(one))
    return tuple(
        _searched(row, tuple(files.get(row.search_number, ())), office)
        for row in rows
        if row.search_state != "recalled"
    )


def _searched(row: Row[Any], files: tuple[File, ...], office: Office) -> Searched:
    facts = row.search_facts
    told = facts["answered"] if row.search_state == "answered" else None
    done_on = day(None if told is None else told.get("done_on"))
    return Searched(
        number=row.search_number,
        department=facts["department"],
        act=facts["act"],
        open=row.search_open,
        due_on=date.fromisoformat(facts["due_on"]),
        since=office.calendar.today(row.search_opened_at),
        found=None if told is None else told["found"],
        answered_by=None if told is None else told["by"],
        finds=() if told is None else tuple(told.get("finds", ())),
        done_on=done_on,
        files=() if told is None else files,
        done=None if done_on is None else _done(row, office),
    )


def _done(row: Row[Any], office: Office) -> str | None:
    """Return what a department said it did; None where that was erased."""
    try:
        key = office.keys.get(row.search_number)
    except KeyMissing:
        return None
    said = key.open_json("case", "matter", row.search_number, row.search_matter).get("done")
    return None if said is None else str(said)


def _file(row: Row[Any]) -> File:
    treatment = UNTREATED if row.file_treatment is None else read(Treatment, row.file_treatment)
    return File(number=row.file_number, kind=row.file_kind, pages=row.file_pages, treatment=treatment)


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


def _by_a_parent(row: Row[Any]) -> bool:
    """Whether the subject is represented as a minor: then the rules ask for the date of birth."""
    return bool(row.facts["representative"] == "minor")


def _birth_dates(rows: Sequence[Row[Any]], sealed: Collection[Row[Any]], office: Office) -> dict[int, date | None]:
    """Return the birth dates of minors, by the ids of their cases."""
    minors = {row.id: row for row in rows if _by_a_parent(row)}
    return {
        case_id: people(minors[case_id], mine, office)[Party.SUBJECT].birth_date
        for case_id, mine in person.by_party(sealed).items()
        if case_id in minors
    }
