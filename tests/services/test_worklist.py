"""The work list against the histories: what is stored for it, in which order it comes, and what each filter finds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Row, select

from models import history
from models.case import case as cases
from models.session import engine_for, reading
from services.reports.worklist import Wanted, worklist
from settings import PROJECT
from tests.office import LEAD, VERIFIER, TestOffice
from workflows.law.values import Right
from workflows.request.payloads import Void
from workflows.request.values import VoidReason

DAY = timedelta(days=1)
WANTED = [
    Wanted(),
    Wanted(overdue=True),
    Wanted(stalled=True),
    Wanted(due_within=5 * DAY),
    Wanted(owner="sato"),
    Wanted(right=Right.CORRECTION),
    Wanted(right=Right.HALT_USE),
    Wanted(states=("contacted",)),
    Wanted(states=("voided",)),
    Wanted(states=("contacted", "voided", "forms_mailed", "contacted")),
    Wanted(states=("forms_mailed", "voided"), overdue=True),
    Wanted(states=("contacted", "forms_mailed"), stalled=True),
    Wanted(owner="sato", overdue=True),
    Wanted(stalled=True, due_within=3 * DAY),
]


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn, of which rows are put out of joint: no checker judges it."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


def lived(office: TestOffice) -> list[str]:
    """Return cases in which something was chased, overran, was closed, waits, or is merely there."""
    returned = office.returned()  # the date of the law passes; then somebody verifies it after all
    asked_for_two = office.opened(rights=(Right.DISCLOSURE, Right.CORRECTION))
    mailed, _ = office.mailed()
    voided = office.opened()
    office.must(voided, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    office.reminded(mailed, office.today, days=(10,))
    office.sweep()
    late_and_void = office.opened()
    office.working_day(office.today, 4)
    while office.sweep() or office.sweep(letters=True):
        pass
    office.must(late_and_void, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    office.must(returned, "verify_identity", by=VERIFIER)
    fresh = office.opened(rights=(Right.HALT_USE,))
    timeless = office.opened()
    past = office.opened()
    held = office.opened()
    office.tell('UPDATE "case" SET due_at = NULL WHERE number = :number', number=timeless)
    office.tell(
        'UPDATE "case" SET due_at = (SELECT min(at) FROM notice), owner = :owner WHERE number = :number',
        owner="sato",
        number=past,
    )
    office.tell('UPDATE "case" SET owner = :owner WHERE number = :number', owner="sato", number=asked_for_two)
    return [returned, asked_for_two, mailed, voided, late_and_void, fresh, timeless, past, held]


def pressing(row: Row[Any], rows: Sequence[Row[Any]], office: TestOffice) -> tuple[bool, bool]:
    """Return (overdue, stalled) as the history tells it, by the words of the contract."""
    since = [one.cause for one in rows if one.seq > row.entered_seq]
    chased = any(cause.startswith(("timer:escalate:", "asked:")) for cause in since)
    reminded = any(cause.startswith("timer:remind:") for cause in since)
    dates = {f"timer:{name}:0:1" for name in ("appi_39", "answer_due", "answer_due_extended")}
    overran = any(one.cause in dates for one in rows)
    assert office.now is not None
    past = row.due_at is not None and row.due_at <= office.now
    return row.open and (past or chased or overran), row.open and (past or chased or reminded)


def expected(office: TestOffice, wanted: Wanted) -> list[tuple[str, bool, bool]]:
    """Return (case, overdue, stalled) of the cases wanted, in order, with every history read."""
    found = []
    with reading(office.engine) as db:
        limit = None if wanted.due_within is None else office.at(db).now + wanted.due_within
        for row in db.execute(select(cases)).all():
            overdue, stalled = pressing(row, history.of_case(db, row.id), office)
            if (
                (row.state in wanted.states if wanted.states else row.open)
                and wanted.owner in (None, row.owner)
                and (wanted.right is None or wanted.right in row.facts["rights"])
                and (overdue or not wanted.overdue)
                and (stalled or not wanted.stalled)
                and (limit is None or (row.due_at is not None and row.due_at <= limit))
            ):
                found.append((row, overdue, stalled))
    found.sort(key=lambda one: (not one[1], one[0].due_at is None, str(one[0].due_at), one[0].id))
    return [(row.number, overdue, stalled) for row, overdue, stalled in found]


def shown(office: TestOffice, wanted: Wanted) -> list[tuple[str, bool, bool]]:
    with reading(office.engine) as db:
        return [(line["case"], line["overdue"], line["stalled"]) for line in worklist(db, office.at(db), wanted)]


def test_every_filter_finds_and_orders_what_the_histories_tell(office: TestOffice) -> None:
    voided = lived(office)[3]
    office.tell('UPDATE "case" SET late = true WHERE number = :number', number=voided)  # as older code leaves it

    assert len({(overdue, stalled) for _, overdue, stalled in shown(office, Wanted())}) == 4
    for wanted in WANTED:
        whole = expected(office, wanted)
        assert shown(office, wanted) == whole, wanted
        for most in (1, 3):
            assert shown(office, replace(wanted, most=most)) == whole[:most], (wanted, most)


def stored(office: TestOffice) -> list[tuple[Any, ...]]:
    columns = (cases.c.number, cases.c.chased, cases.c.overran, cases.c.late, cases.c.rights)
    return [tuple(row) for row in office.ask(select(*columns).order_by(cases.c.id))]


def test_the_migration_writes_of_each_case_what_its_steps_would_have_written(office: TestOffice) -> None:
    lived(office)
    before = stored(office)
    engine = engine_for(office.url)
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "models" / "migrations"))
    config.attributes["engine"] = engine

    command.downgrade(config, "0015")
    command.upgrade(config, "head")

    engine.dispose()
    assert stored(office) == before
    assert {chased for _, chased, *_ in before} == {0, 1, 2}
    assert {overran for _, _, overran, *_ in before} == {True, False}
