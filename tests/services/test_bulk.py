"""Over hundreds of cases, each exactly once: broken off anywhere, carried out twice, alone or by several at once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, select

from models import history
from models.case import case as cases
from models.command import command
from models.incident import incident
from models.session import reading
from models.staff import office_event
from services import bulk
from services.bulk import BulkOrder, NoSuchRun, Run
from services.engine import orders
from services.reports.worklist import Wanted
from tests.checker import assert_sound
from tests.office import CLERK, LEAD, MONDAY, TestOffice
from tests.people import a_contact
from workflows.engine.payloads import Nothing
from workflows.request.payloads import Hold, Void
from workflows.request.values import HoldReason, VoidReason

CHUNK, LOOK, MANY = 20, 60, 148
"""Seven chunks and a part of one, and more than two looks for what became of them."""


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter."""
    made = TestOffice(sqlite_url, home)
    yield made
    made.close()


def looking(office: TestOffice) -> Callable[[], AbstractContextManager[Connection]]:
    return lambda: reading(office.engine)


def open_many(office: TestOffice, count: int, **changes: Any) -> list[str]:
    """Open cases, hundreds at a time."""
    numbers = office.reserve(count)
    for start in range(0, count, 500):
        chunk = numbers[start : start + 500]
        with office.writing() as db:
            here = office.at(db)
            placed = orders.place_all(
                db,
                [(orders.Wanted(uuid4().hex, "open", a_contact(**changes), CLERK, CLERK), number) for number in chunk],
                here,
            )
            orders.carry_out_all(db, list(command_rows(db, [ticket.command_id for ticket in placed])), here)
    return numbers


def command_rows(db: Connection, ids: list[int]) -> Iterator[Any]:
    yield from db.execute(select(command).where(command.c.id.in_(ids)).order_by(command.c.id))


def voiding(**wanted: Any) -> BulkOrder:
    return BulkOrder(
        "void", Void(reason=VoidReason.MISTAKE), Wanted(states=("contacted",), **wanted), "state=contacted", LEAD, LEAD
    )


HOLDING = BulkOrder(
    "hold", Hold(reason=HoldReason.OTHER), Wanted(states=("contacted",)), "state=contacted", CLERK, CLERK
)


def begin(office: TestOffice, wanted: BulkOrder, **more: Any) -> Run:
    with office.writing() as db:
        return bulk.begin(db, office.at(db), wanted, 0, **more)


def go_on(
    office: TestOffice, run: Run, wanted: BulkOrder, chunks: int | None = None, *, only_place: bool = False
) -> None:
    """Do as the command does: chunk after chunk, at most so many; the last of them perhaps only accepted."""
    after = 0
    while chunks is None or chunks > 0:
        with office.writing() as db:
            chunk = bulk.place(db, office.at(db), run, wanted, after)
        if chunk is None:
            return
        chunks = None if chunks is None else chunks - 1
        if not (only_place and chunks == 0):
            bulk.carry_out(office.unit, run.name, chunk.first, chunk.last)
        after = chunk.after


def times_done(office: TestOffice, transition: str) -> Counter[str]:
    query = select(cases.c.number).join(history.history, history.history.c.case_id == cases.c.id)
    return Counter(row.number for row in office.ask(query.where(history.history.c.transition == transition)))


def finish(office: TestOffice, run: Run, wanted: BulkOrder) -> None:
    with office.writing() as db:
        bulk.finish(db, office.at(db), run, wanted, {})


@pytest.mark.parametrize("wanted", [voiding(), HOLDING], ids=["moves the case", "the case stays"])
def test_of_many_cases_each_is_done_once_however_often_the_run_breaks_off(
    office: TestOffice, wanted: BulkOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "CHUNK", CHUNK)
    monkeypatch.setattr(bulk, "LOOK", LOOK)
    numbers = open_many(office, MANY)

    runs = [begin(office, wanted)]
    go_on(office, runs[0], wanted, chunks=3, only_place=True)  # broken off with a chunk accepted and not carried out
    office.sweep_orders()
    runs.append(begin(office, wanted))
    go_on(office, runs[1], wanted, chunks=4)
    runs.append(begin(office, wanted, resume=runs[0].name))
    go_on(office, runs[2], wanted)
    go_on(office, runs[2], wanted)

    assert [(run.name, run.resumed) for run in runs] == [(runs[0].name, n > 0) for n in range(3)]
    assert times_done(office, wanted.transition) == Counter(numbers)
    results = list(bulk.results(office.unit, runs[2]))
    assert Counter(result and (result.case, result.outcome) for result in results) == Counter(
        (n, "done") for n in numbers
    )
    office.make_letters(numbers[0])
    assert_sound(office.url, office.settings.spool, settled=False)


def test_two_who_go_on_with_one_run_do_each_case_once(office: TestOffice) -> None:
    numbers = open_many(office, 400)
    run = begin(office, HOLDING)

    threads = [threading.Thread(target=go_on, args=(office, run, HOLDING)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert times_done(office, "hold") == Counter(numbers)
    assert len(office.ask(select(command.c.id).where(command.c.transition == "hold"))) == len(numbers)


def test_the_preview_counts_by_outcome_and_by_reason_what_then_happens(office: TestOffice) -> None:
    numbers = open_many(office, 30)
    for number in numbers[:12]:
        office.must(number, "hold", Hold(reason=HoldReason.OTHER))
    before = office.ask(select(history.history))

    tally = bulk.tally(office.unit, HOLDING)
    untouched = office.ask(select(history.history)) == before
    run = begin(office, HOLDING)
    go_on(office, run, HOLDING)

    assert untouched
    assert (tally.selected, tally.done, tally.refused) == (30, 18, 12)
    assert tally.states == {"contacted": 18}
    assert tally.reasons == {"on_hold": 12}
    assert [case for case, _ in tally.examples["on_hold"]] == numbers[:3]
    outcomes = Counter(result.outcome for result in bulk.results(office.unit, run) if result is not None)
    assert outcomes == {"done": 18, "refused": 12}


def test_a_role_that_is_missing_is_a_reason_like_any_other(one_office: TestOffice) -> None:
    open_many(one_office, 5)
    wanted = BulkOrder("void", Void(reason=VoidReason.MISTAKE), Wanted(), "open", CLERK, CLERK)

    tally = bulk.tally(one_office.unit, wanted)

    assert (tally.done, tally.reasons) == (0, {"missing_role": 5})


def test_cases_opened_after_the_run_began_are_not_drawn_into_it(one_office: TestOffice) -> None:
    early = open_many(one_office, 5)
    run = begin(one_office, HOLDING)
    open_many(one_office, 5)

    go_on(one_office, run, HOLDING)

    assert times_done(one_office, "hold") == Counter(early)


def test_a_case_that_went_its_own_way_meanwhile_is_left_alone(one_office: TestOffice) -> None:
    numbers = open_many(one_office, 3)
    run = begin(one_office, voiding())
    one_office.must(numbers[1], "void", Void(reason=VoidReason.DUPLICATE), by=LEAD)

    go_on(one_office, run, voiding())

    ordered = one_office.ask(select(command.c.case_number).where(command.c.key.startswith("bulk:")))
    assert sorted(row.case_number for row in ordered) == [numbers[0], numbers[2]]


def test_the_same_order_given_again_after_the_end_is_a_new_run(one_office: TestOffice) -> None:
    open_many(one_office, 2)
    first = begin(one_office, voiding())
    go_on(one_office, first, voiding())
    finish(one_office, first, voiding())
    later = open_many(one_office, 2)

    second = begin(one_office, voiding())
    go_on(one_office, second, voiding())

    assert (second.resumed, second.name != first.name) == (False, True)
    assert {result.case for result in bulk.results(one_office.unit, second) if result} == set(later)
    log = [
        row.what
        for row in one_office.ask(
            select(office_event).where(office_event.c.what.like("bulk%")).order_by(office_event.c.seq)
        )
    ]
    assert log == ["bulk_begun", "bulk_done", "bulk_begun"]


def test_an_unfinished_run_can_be_left_for_a_new_one(one_office: TestOffice) -> None:
    open_many(one_office, 2)
    first = begin(one_office, voiding())

    second = begin(one_office, voiding(), anew=True)

    assert (second.resumed, second.name != first.name) == (False, True)


def test_a_run_of_another_order_is_not_gone_on_with(one_office: TestOffice) -> None:
    open_many(one_office, 2)
    other = begin(one_office, voiding())

    with pytest.raises(NoSuchRun):
        begin(one_office, HOLDING, resume=other.name)


def test_what_will_not_go_is_set_aside_and_the_others_go_through(one_office: TestOffice) -> None:
    numbers = open_many(one_office, 4)
    run = begin(one_office, HOLDING)
    with one_office.writing() as db:
        chunk = bulk.place(db, one_office.at(db), run, HOLDING, 0)
        assert chunk is not None
    one_office.tamper("UPDATE command SET sealed = :junk WHERE case_number = :n", junk=b"nonsense", n=numbers[2])

    bulk.carry_out(one_office.unit, run.name, chunk.first, chunk.last)

    outcomes = {result.case: result.outcome for result in bulk.results(one_office.unit, run) if result is not None}
    assert outcomes == {number: "set_aside" if number == numbers[2] else "done" for number in numbers}
    assert [row.case_number for row in one_office.ask(select(incident))] == [numbers[2]]


def test_whoever_waits_at_the_counter_is_seen_and_the_runs_own_orders_are_not(one_office: TestOffice) -> None:
    numbers = open_many(one_office, 2)
    run = begin(one_office, HOLDING)
    with one_office.writing() as db:
        bulk.place(db, one_office.at(db), run, HOLDING, 0)

    with one_office.writing() as db:
        own_only = orders.people_wait(db)
    one_office.place("withdraw", Nothing(), case=numbers[0])
    with one_office.writing() as db:
        somebody = orders.people_wait(db)

    assert (own_only, somebody) == (False, True)


class Killed(BaseException):
    """The process is no more."""


def test_a_chunk_cut_off_in_the_middle_of_its_transaction_leaves_nothing_half_done(office: TestOffice) -> None:
    numbers = open_many(office, 20)
    run = begin(office, HOLDING)
    with office.writing() as db:
        chunk = bulk.place(db, office.at(db), run, HOLDING, 0)
    assert chunk is not None

    @contextmanager
    def dying() -> Iterator[Connection]:
        with office.writing() as db:
            yield db
            raise Killed

    with pytest.raises(Killed):
        bulk.carry_out(replace(office.unit, begin=dying), run.name, chunk.first, chunk.last)
    halfway = times_done(office, "hold")
    go_on(office, run, HOLDING)

    assert halfway == Counter()
    assert times_done(office, "hold") == Counter(numbers)
    assert {office.case(number).hold["since"] for number in numbers} == {MONDAY.date().isoformat()}
