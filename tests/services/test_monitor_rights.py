"""The role monitors read under on PostgreSQL: it may read what the numbers are made of, to the column, and no more."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select, update

from clock import look, machine_now
from models import dropped, ending, founding, grants, mail, retry, scan, staff
from models.base import metadata
from models.case import case
from models.command import command
from models.effect import effect
from models.incident import incident, notice
from models.keys import Keys
from models.session import reading
from services.audit import checkpoints
from services.ending import copies
from services.letters import letter_kinds
from services.office import procedures
from services.office.staff import identify
from services.reports import health
from services.reports.metrics import samples
from tests.office import LEAD, MONDAY, TestOffice
from tests.own_procedure import THE_LEAD, adopts
from workflows.request.values import LetterKind

OLD = timedelta(days=1)
SEALED = {
    "person": ("sealed", "family_hash", "address_hash", "phone_hash", "email_hash"),
    "command": ("sealed", "actor", "login"),
    "effect": ("sealed",),
    "staff": ("email", "added_by"),
    "history": ("details", "actor"),
    "mail": ("says",),
    "tray": ("thumbnail", "path"),
    "scan_page": ("path", "sha256"),
    "legal_hold": ("why",),
    "erasure": ("why", "asked_by"),
}
"""Columns of what it reads that it must not: what is sealed or typed, and what people are found by."""
CLOSED = ("form_code", "inquiry", "find", "disc", "absence", "booking")
"""Tables of which it sees nothing."""


@pytest.fixture
def office(postgres_url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestOffice]:
    """An office under a procedure of its own whose time somebody moved, and the role in its database."""
    monkeypatch.setattr(procedures, "_READ", {})  # who asks is a process that has read nothing yet
    made = TestOffice(postgres_url, home, clock="shifted")
    with made.as_owner() as db:
        for line in (*grants.monitor(), *grants.monitor()):
            db.exec_driver_sql(line)
    yield made
    with made.as_owner() as db:
        db.exec_driver_sql(f"DROP OWNED BY {grants.MONITOR}")
        db.exec_driver_sql(f"DROP ROLE {grants.MONITOR}")
    made.close()


def looked_at(office: TestOffice, asked: list[str]) -> set[str]:
    """Ask all that ``metrics`` asks, under the role and without keys; return the lines of ``status`` worth a look."""

    def heard(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    procedures._READ.clear()
    with reading(office.engine) as db:
        db.exec_driver_sql(f"SET LOCAL ROLE {grants.MONITOR}")
        event.listen(db, "before_cursor_execute", heard)
        founding.read(db)
        look(db)
        identify(db, "anybody", None)
        here = replace(office.at(db), keys=Keys(office.settings.home / "gone"))
        found = health.checks(db, here, here.settings, None)
        samples(db, here, checks=found, broker_up=True)
    return {one.name for one in found if not one.ok or one.note}


def columns(statements: list[str]) -> dict[str, set[str]]:
    """Return the columns that these statements name, by table."""
    named: dict[str, set[str]] = {}
    for said in statements:
        also = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", said) if table in metadata.tables}
        for name, column in re.findall(r'"?(\w+)"?\."?(\w+)"?', said):
            table = also.get(name, name)
            if table in metadata.tables and column in metadata.tables[table].c:
                named.setdefault(table, set()).add(column)
    return named


def may_read(office: TestOffice) -> dict[str, set[str]]:
    """Return the columns that the role may read, as the database has it."""
    asked = "SELECT table_name, column_name FROM information_schema.column_privileges WHERE grantee = :role"
    with reading(office.engine) as db:
        rows = db.exec_driver_sql(asked.replace(":role", f"'{grants.MONITOR}' AND privilege_type = 'SELECT'")).all()
    return {table: {column for name, column in rows if name == table} for table, _ in rows}


def let_much_happen(office: TestOffice) -> str:
    """Bring about what is asked about only where it is there; return a case whose papers are due."""
    adopts(office, f"from = {office.today.isoformat()}\n")
    done = office.fulfilled()
    office.post_letters(done)
    office.move_to(MONDAY + timedelta(days=32))
    office.sweep()
    waiting, _ = office.mailed()
    office.opened()
    old = machine_now() - OLD
    with office.writing() as db:
        letter_kinds.stop(db, LetterKind.DISCLOSURE_NOTIFICATION, "wrong_wording", THE_LEAD, office.at(db))
        made = {"made_at": old.isoformat(), "keys": "/gone.keys", "out": "/gone"}
        staff.log(db, MONDAY, copies.MADE, LEAD, made)
        staff.log(db, MONDAY, "clock_moved", LEAD, {"seconds": 60})
        row = {"kind": "morning", "name": LEAD, "ordered_at": old, "office_at": old, "says": []}
        mail.order(db, [{"key": "1", **row}])
        dropped.add(db, day=office.today, kind="not_json", count=3, at=old)
    with office.as_owner() as db:
        ids = {row.number: row.id for row in db.execute(select(case.c.number, case.c.id))}
        page = dict.fromkeys(("by", "path", "sha256", "sealed_sha256"), "x") | {"sort": "form", "state": "kept"}
        when = {"arrived_at": MONDAY, "scanned_at": MONDAY}
        db.execute(insert(scan.scan_page).values(number="P1", case_id=ids[waiting], **page, **when))
        ending.hold(db, ids[waiting], "a claim", office.today - OLD, LEAD, old)
        db.execute(insert(mail.mail).values(**row, key="2", state="refused"))
        db.execute(insert(notice).values(at=old, params={}, role="lead", code="notice.stood_still"))
        db.execute(insert(incident).values(at=old, kind="letter", subject="x", fault="x"))
    return done


def test_it_reads_what_the_numbers_are_made_of_and_no_column_more(office: TestOffice) -> None:
    asked: list[str] = []
    told = looked_at(office, asked)  # nothing signed, no backup made
    done = let_much_happen(office)
    checkpoints.make(office.unit)
    told |= looked_at(office, asked)
    with office.as_owner() as db:
        row = {"case_id": office.case(done).id, "since": MONDAY, "not_before": MONDAY, "tries": 1, "dead": False}
        db.execute(insert(retry.retry).values(**row, work="timers", seq=1, fault="x"))
        db.execute(update(command).values(troubled_at=MONDAY, trouble="x"))
        db.execute(update(effect).values(troubled_at=MONDAY, fault="x"))
    told |= looked_at(office, asked)
    office.move_to(MONDAY.replace(year=2030))
    told |= looked_at(office, asked)

    assert {"retention", "timers", "letters", "letter_kinds", "returns", "mail", "stood_still", "backup"} <= told
    allowed = may_read(office)
    assert columns(asked) == allowed
    assert not [(table, name) for table, names in SEALED.items() for name in names if name in allowed[table]]
    assert not set(CLOSED) & set(allowed)
    assert {(table, name) for table, names in SEALED.items() for name in names} <= {
        (table.name, column.name) for table in metadata.tables.values() for column in table.c
    }
