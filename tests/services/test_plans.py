"""No question reads a ledger from end to end: every one that is asked again and again, on both databases.

The statements are caught from the functions themselves (`lab.bench.questions`), so what one of them asks anew is looked
at here without anybody's doing.
"""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from lab.bench.ledger import fill
from lab.bench.questions import Question, opened, questions
from models.session import load_tables, migrate, reading, transaction
from services.engine.unit import UnitOfWork
from tests.services.plans import Sent, caught, of_postgresql, of_sqlite, plan_of_sqlite, steps

CASES = 3000
ROWS = 700
"""How many rows a question may read of a table that has many: a page of 500 and what belongs to 50 lines."""
PARTIAL = {
    str(index.name)
    for table in load_tables().sorted_tables
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
MAY = {
    ("status", "SCAN command"): "the first order, by its id",
    ("letters", "SCAN letter"): "by its ids, as far as the limit: it has no condition",
    ("notices", "SCAN notice USING INDEX ix_notice_at"): "the newest, as far as the limit: it has no condition",
    ("log", "SCAN office_event"): "the newest, as far as the limit: most rows are looks",
    ("log --case", "SCAN office_event"): "all of it: nothing says which rows name a case",
    ("log --looks", "SCAN office_event"): "the newest, as far as the limit: most rows are looks",
    ("doctor --quick, a few lots", "SCAN case USING COVERING INDEX"): "how many cases there are, once",
    ("letters.sweep, rung for", "USE TEMP B-TREE FOR ORDER BY"): "what is put in order waits to be made",
}
"""(question, what stands in the plan) -> why it may."""
GONE = (
    "ix_letter_unposted", "ix_letter_in_house", "ix_effect_set_aside", "ix_case_state_urgent", "ix_case_state_id",
    "ix_notice_unread", "ix_notice_unread_line", "ix_notice_at",
)  # fmt: skip
"""Indexes that are taken away once, to see it missed."""
ELSEWHERE = {"ix_scan_page_arriving": "in_house and scans look for what arrives by its case or its file"}
"""Partial indexes none of the questions takes -> who does."""

Asked = list[tuple[Question, list[Sent]]]


def asked(unit: UnitOfWork, engine: Engine, number: str) -> Asked:
    found = []
    for one in questions(number):
        one.ask(unit)  # what is asked only the first time is not what is asked again and again
        with caught(engine) as sent:
            one.ask(unit)
        found.append((one, sent))
    return found


def faults(engine: Engine, asked_for: Asked) -> set[tuple[str, str]]:
    """Return (question, what stands in a plan of it) of everything that may not."""
    found = set()
    for one, sent in asked_for:
        most = None if one.kind == "gone through" else ROWS
        for statement in sent:
            with reading(engine) as db:
                sqlite = db.dialect.name == "sqlite"
                said = list(of_sqlite(db, statement, PARTIAL) if sqlite else of_postgresql(db, statement, most))
            found |= {(one.name, fault) for fault in said}
    return {(name, fault) for name, fault in found if not any(name == n and fault.startswith(f) for n, f in MAY)}


def test_every_question_finds_what_it_asks_for_by_an_index(database_url: str, home: Path) -> None:
    fill(database_url, home, CASES)

    with opened(home, database_url) as (unit, number, engine):
        sent = asked(unit, engine, number)
        found = faults(engine, sent)
        with transaction(engine) as db:
            for name in GONE:
                db.execute(text(f"DROP INDEX {name}"))
        missed = {name for name, _ in faults(engine, sent)}

    assert found == set()
    assert missed >= {"letters --unposted", "requeue --all", "list --state voided", "notices"}


def test_every_partial_index_is_taken_by_a_question_on_sqlite(sqlite_url: str, home: Path) -> None:
    fill(sqlite_url, home, 200)

    with opened(home, sqlite_url) as (unit, number, engine):
        plans = {
            one.name: [line for statement in sent for line in plan_of_sqlite(engine, statement)]
            for one, sent in asked(unit, engine, number)
        }

    taken = {name for name in PARTIAL if any(f" {name}" in line for plan in plans.values() for line in plan)}
    assert PARTIAL - taken == set(ELSEWHERE)
    # Of a million cases the rows of what falls due would be read one by one.
    days = [line for line in plans["forecast"] if "ix_timer_due" in line]
    assert days != []
    assert all("COVERING INDEX" in line for line in days)


@pytest.mark.timeout(600)
def test_no_question_costs_more_where_twice_as_many_cases_are_closed(home: Path, tmp_path: Path) -> None:
    made = []
    for cases, share, unread in ((6000, 1 / 15, 20), (12000, 1 / 30, 40)):
        url = f"sqlite:///{tmp_path / str(cases)}.sqlite3"
        migrate(url)
        fill(url, home / str(cases), cases, open_share=share, unread=unread)
        with opened(home / str(cases), url) as (unit, number, engine), steps(engine) as so_far:
            counts = {}
            for one in questions(number):
                one.ask(unit)
                before = so_far()
                one.ask(unit)
                counts[one.name] = so_far() - before
        made.append(counts)

    few, many = made
    grown = {name: (few[name], many[name]) for name in few if many[name] > 1.2 * few[name] + 20}
    assert grown == {}
