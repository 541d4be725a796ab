"""The work list against the histories: what is stored for it, in which order it comes, and what each filter finds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Row, event, func, or_, select

from commands.wide import width
from models import history
from models.case import case as cases
from models.session import engine_for, reading
from services.engine.office import Office
from services.reports import worklist as worklists
from services.reports.words import SHOWN_AS
from services.reports.worklist import Wanted, lines, worklist
from services.reports.worklist_page import WIDEST, job_words
from settings import PROJECT
from tests.office import LEAD, VERIFIER, TestOffice
from tests.services.lived import ELSEWHERE, with_every_job
from tests.services.scans_fakes import Scanner
from workflows.engine.jobs import Todo
from workflows.law.values import Right
from workflows.request.payloads import Void
from workflows.request.procedure import request
from workflows.request.values import VoidReason
from workflows.tongue import Tongue

DAY = timedelta(days=1)
WANTED = [
    Wanted(),
    Wanted(overdue=True),
    Wanted(stalled=True),
    Wanted(due_within=5 * DAY),
    Wanted(owners=("sato",)),
    Wanted(owners=(None,)),
    Wanted(owners=("sato", None)),
    Wanted(owners=()),
    *(Wanted(todo=todo) for todo in Todo),
    Wanted(todo=Todo.PRINT, owners=("sato",)),
    Wanted(todo=Todo.PRINT, overdue=True),
    Wanted(todo=Todo.PRINT, stalled=True),
    Wanted(todo=Todo.PRINT, states=("contacted", "fulfilled")),
    Wanted(right=Right.CORRECTION),
    Wanted(right=Right.HALT_USE),
    Wanted(states=("contacted",)),
    Wanted(states=("voided",)),
    Wanted(states=("contacted", "voided", "forms_mailed", "contacted")),
    Wanted(states=("forms_mailed", "voided"), overdue=True),
    Wanted(states=("contacted", "forms_mailed"), stalled=True),
    Wanted(owners=("sato",), overdue=True),
    Wanted(stalled=True, due_within=3 * DAY),
]


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn, of which rows are put out of joint: no checker judges it."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


def chased_ones(office: TestOffice) -> list[str]:
    """Return cases in which something was chased, overran, was closed or merely waits."""
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
    return [returned, asked_for_two, mailed, voided, late_and_void]


def lived(office: TestOffice) -> None:
    """Bring about cases of every kind, some with moments that no way of ours would have given them."""
    _, asked_for_two, *_ = chased_ones(office)
    office.opened(rights=(Right.HALT_USE,))
    timeless, past = office.opened(), office.opened()
    office.tell('UPDATE "case" SET press_at = NULL, pressing = false WHERE number = :number', number=timeless)
    office.tell(
        'UPDATE "case" SET press_at = (SELECT min(at) FROM notice), todo_by = (SELECT min(at) FROM notice),'
        " owner = :owner WHERE number = :number",
        owner="sato",
        number=past,
    )
    office.tell('UPDATE "case" SET owner = :owner WHERE number = :number', owner="sato", number=asked_for_two)


def pressing(row: Row[Any], rows: Sequence[Row[Any]], office: TestOffice, here: Office) -> tuple[bool, bool]:
    """Return (overdue, stalled) by the words of the contract: people's terms and the law's, not the clock's chase."""
    since = [one.cause for one in rows if one.seq > row.entered_seq]
    chased = any(cause.startswith(("timer:escalate:", "asked:", "timer:remind:")) for cause in since)
    late = row.todo is not None and row.todo_by is not None and row.todo_by <= here.now
    passed = row.legal_at is not None and row.legal_at <= here.now
    listed = row.open or row.todo is not None
    return listed and (late or passed), row.open and (late or chased)


def expected(office: TestOffice, wanted: Wanted) -> list[tuple[str, bool, bool]]:
    """Return (case, overdue, stalled) of the cases wanted, in order, with every history read."""
    found = []
    with reading(office.engine) as db:
        here = office.at(db)
        limit = None if wanted.due_within is None else here.now + wanted.due_within
        for row in db.execute(select(cases)).all():
            overdue, stalled = pressing(row, history.of_case(db, row.id), office, here)
            overdue = overdue and (row.open or wanted.todo is not None)  # of closed ones their jobs are late, not they
            if (
                (row.state in wanted.states if wanted.states else row.open or wanted.todo is not None)
                and (wanted.owners is None or row.owner in wanted.owners)
                and wanted.todo in (None, row.todo)
                and (wanted.right is None or wanted.right in row.facts["rights"])
                and (overdue or not wanted.overdue)
                and (stalled or not wanted.stalled)
                and (limit is None or (row.press_at is not None and row.press_at <= limit))
            ):
                found.append((row, overdue, stalled))
    found.sort(key=lambda one: (not one[1], one[0].press_at is None, str(one[0].press_at), one[0].id))
    return [(row.number, overdue, stalled) for row, overdue, stalled in found]


def shown(office: TestOffice, wanted: Wanted) -> list[tuple[str, bool, bool]]:
    with reading(office.engine) as db:
        return [(line["case"], line["overdue"], line["stalled"]) for line in worklist(db, office.at(db), wanted)]


def asked(office: TestOffice, wanted: Wanted) -> tuple[list[dict[str, Any]], int]:
    """Return the lines, and how many statements they took."""
    sent: list[str] = []

    def note(_: object, __: object, sql: str, *___: object) -> None:
        sent.append(sql)

    with reading(office.engine) as db:
        here = office.at(db)
        event.listen(office.engine, "before_cursor_execute", note)
        try:
            return list(lines(db, here, wanted)), len(sent)
        finally:
            event.remove(office.engine, "before_cursor_execute", note)


def test_every_filter_finds_and_orders_what_is_stored_of_each_case(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(office)

    assert len({(overdue, stalled) for _, overdue, stalled in shown(office, Wanted())}) >= 3
    for wanted in WANTED:
        whole = expected(office, wanted)
        assert shown(office, wanted) == whole, wanted
        for most in (1, 3):
            assert shown(office, replace(wanted, most=most)) == whole[:most], (wanted, most)

    # However many lots there are: the same lines, and not a question more.
    few, one_lot = asked(office, Wanted(states=("contacted",), most=1)), asked(office, Wanted())
    monkeypatch.setattr(worklists, "LOT", 1)
    assert asked(office, Wanted()) == one_lot
    assert len(one_lot[0]) > 3
    assert few[1] == one_lot[1]


def stored(office: TestOffice) -> list[tuple[Any, ...]]:
    columns = (cases.c.number, cases.c.chased, cases.c.rights, cases.c.todo, cases.c.pressing, cases.c.scanned_at)
    return [tuple(row) for row in office.ask(select(*columns).order_by(cases.c.id))]


def moments(office: TestOffice) -> list[tuple[Any, ...]]:
    """Return by when something is to be done, where a timer says it that is to come: else only the calendar could."""
    columns = (cases.c.number, cases.c.todo_by, cases.c.legal_at, cases.c.press_at)
    to_come = or_(cases.c.press_at.is_(None), cases.c.press_at > office.now)
    timed = func.coalesce(cases.c.todo, "") != "register"
    return [tuple(row) for row in office.ask(select(*columns).where(to_come, timed).order_by(cases.c.id))]


def test_the_migration_writes_of_each_case_what_its_steps_would_have_written(
    office: TestOffice, scanner: Scanner
) -> None:
    chased_ones(office)
    with_every_job(office, scanner)
    before, when = stored(office), moments(office)
    engine = engine_for(office.url)
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "models" / "migrations"))
    config.attributes["engine"] = engine

    command.downgrade(config, "0015")
    command.upgrade(config, "head")

    engine.dispose()
    assert stored(office) == before
    assert {todo for _, _, _, todo, *_ in before} == {None, *map(str, Todo)} - ELSEWHERE
    assert {chased for _, chased, *_ in before} == {0, 1, 2}
    assert moments(office) == when


def test_whatever_the_clock_does_next_fits_its_column_in_both_languages() -> None:
    does = {deadline.fires for state in request.states.values() for deadline in state.deadlines}
    for name, clock in request.clocks.items():
        does.add(name if clock.named else SHOWN_AS.get(clock.deadline.fires, clock.deadline.fires))

    for language in ("ja", "en"):
        tongue = Tongue(language)
        for what in sorted(does):
            said = job_words({"todo": None, "next": what}, tongue)
            assert width(said) <= WIDEST[1], (what, said)
