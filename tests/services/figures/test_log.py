"""The office's log as a lead reads it: who looked, who changed what; of a case its own steps too."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models import staff
from models.session import reading
from services.reports import log
from services.reports.log import LOOKS, Wanted
from settings import PROJECT
from tests.office import CLERK, LEAD, VERIFIER, TestOffice
from workflows.words import is_noun


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on both kinds of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


def said(office: TestOffice, **wanted: Any) -> list[tuple[str, str]]:
    with reading(office.engine) as db:
        rows = log.entries(db, office.at(db), Wanted(**wanted))["rows"]
    return [(row["by"], row["details"].get("transition") or row["what"]) for row in rows]


def note(office: TestOffice, what: str, by: str, details: dict[str, Any]) -> None:
    with office.writing() as db:
        staff.log(db, office.at(db).now, what, by, details)


def test_whoever_had_to_do_with_a_case_is_named_newest_first(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    for what, by, details in (
        ("case_seen", CLERK, {"case": case}),
        ("case_seen", CLERK, {"case": other}),
        ("people_looked_for", f"{VERIFIER} (by ueda)", {"by": ["name"], "found": [other, case]}),
        ("letter_printed_again", CLERK, {"letter": f"{case}-01", "print": 2}),
        ("cases_assigned", LEAD, {"owner": CLERK, "before": {case: None}}),
    ):
        office.move_to(office.now + timedelta(minutes=1)) if office.now else None
        note(office, what, by, details)

    assert said(office, case=case) == [
        (LEAD, "cases_assigned"), (CLERK, "letter_printed_again"), (f"{VERIFIER} (by ueda)", "people_looked_for"),
        (CLERK, "case_seen"), (CLERK, "open"),
    ]  # fmt: skip
    assert said(office, case=case, looks=True) == [
        (f"{VERIFIER} (by ueda)", "people_looked_for"), (CLERK, "case_seen"),
    ]  # fmt: skip
    assert said(office, by=VERIFIER) == [(f"{VERIFIER} (by ueda)", "people_looked_for")]
    assert said(office, case=case, most=2) == said(office, case=case)[:2]


def test_a_day_is_the_offices_from_its_first_minute_on(office: TestOffice) -> None:
    case = office.opened()
    start = office.calendar().start_of(office.today + timedelta(days=1))
    for minutes, what in ((-1, "case_seen"), (0, "draft_made")):
        office.move_to(start + timedelta(minutes=minutes))
        note(office, what, CLERK, {"case": case})

    assert said(office, looks=True, since=start.date()) == [(CLERK, "draft_made")]
    assert len(said(office, looks=True)) == 2


def test_more_rows_than_come_at_a_time_are_all_looked_through(office: TestOffice, monkeypatch: Any) -> None:
    monkeypatch.setattr(log, "CHUNK", 2)
    cases = [office.opened() for _ in range(5)]
    for case in cases:
        note(office, "case_seen", CLERK, {"case": case})

    assert said(office, case=cases[0], looks=True) == [(CLERK, "case_seen")]


def written() -> set[str]:
    """Return every kind of row that the code writes into the log by name."""
    found = set()
    for folder in ("services", "commands"):
        for path in (PROJECT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(getattr(call, "func", None), "attr", getattr(getattr(call, "func", None), "id", None))
                if isinstance(call, ast.Call) and name in ("log", "_record", "_Deed"):
                    found |= {
                        one.value
                        for argument in call.args[:3]
                        for one in ast.walk(argument)
                        if isinstance(one, ast.Constant) and isinstance(one.value, str) and "_" in one.value
                    }
    return found


def test_every_row_the_code_writes_has_its_words_and_every_look_is_known() -> None:
    codes = written()

    assert len(codes) > 30
    assert {code for code in codes if not is_noun(f"event.{code}")} == set()
    assert {code for code in codes if code.endswith(("_seen", "_listed", "_looked_for", "_exported"))} <= LOOKS
    assert codes >= LOOKS


def test_since_a_day_is_read_no_further_back_than_it_takes(office: TestOffice) -> None:
    assert office.now is not None
    note(office, "case_seen", LEAD, {"case": "26-000001-D"})
    office.move_to(office.now + timedelta(days=1))
    today = office.now
    note(office, "case_seen", VERIFIER, {"case": "26-000001-D"})
    with office.writing() as db:  # began before midnight, and wrote after the one before
        staff.log(db, today - timedelta(hours=10, minutes=30), "case_seen", LEAD, {"case": "26-000001-D"})
    note(office, "case_seen", CLERK, {"case": "26-000001-D"})

    assert said(office, since=today.date(), looks=True) == [(CLERK, "case_seen"), (VERIFIER, "case_seen")]
    assert len(said(office, since=(today - timedelta(days=1)).date(), looks=True)) == 4
