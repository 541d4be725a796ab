"""Bulk runs and broken-off changes of the calendar, with the workers as they really run."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import update

from models.case import case as cases
from models.session import reading
from services import bulk
from services.bulk import BulkOrder, Chunk
from services.office import office_days
from services.office.office_days import Change
from services.reports.worklist import Wanted
from tasks.bell import bulk_bell
from tests.office import LEAD
from tests.people import a_person
from tests.services.test_bulk import open_many, times_done
from tests.services.test_office_days import Interrupted, breaking_off, recounts
from tests.system.conftest import RealDesk, until
from workflows.request.payloads import Void
from workflows.request.values import VoidReason

OWN = "kubota"


def voiding(desk: RealDesk) -> tuple[BulkOrder, list[str]]:
    """Return the order to void cases of an owner of this test alone, and those cases."""
    numbers = open_many(desk.office, 150, subject=a_person(address=None, postcode=None))
    with desk.office.writing() as db:
        db.execute(update(cases).where(cases.c.number.in_(numbers)).values(owner=OWN))
    wanted = Wanted(states=("contacted",), owners=(OWN,))
    return BulkOrder("void", Void(reason=VoidReason.MISTAKE), wanted, f"owner={OWN}", LEAD, LEAD), numbers


def placed(desk: RealDesk, order: BulkOrder) -> tuple[bulk.Run, list[Chunk]]:
    """Return a run all of whose orders are accepted."""
    with desk.office.writing() as db:
        run = bulk.begin(db, desk.office.at(db), order, 150, anew=True)
    chunks: list[Chunk] = []
    while True:
        with desk.office.writing() as db:
            chunk = bulk.place(db, desk.office.at(db), run, order, chunks[-1].after if chunks else 0)
        if chunk is None:
            return run, chunks
        chunks.append(chunk)


def test_the_worker_of_the_bulk_queue_carries_each_case_out_once_though_rung_for_twice(desk: RealDesk) -> None:
    order, numbers = voiding(desk)
    desk.stop("beat")  # so that no sweep does it instead
    run, chunks = placed(desk, order)

    desk.ring(*(bulk_bell(run.name, chunk.first, chunk.last) for chunk in [*chunks, *chunks]))

    until(lambda: not desk.unanswered(), "every order of the run")
    assert Counter(
        {case: count for case, count in times_done(desk.office, "void").items() if case in numbers}
    ) == Counter(numbers)


def test_a_change_of_the_calendar_that_was_broken_off_is_finished_by_the_sweep(desk: RealDesk) -> None:
    case = desk.office.opened()
    with reading(desk.office.engine) as db:
        here = desk.office.at(db)
    tomorrow = here.calendar.add_working_days(here.calendar.today(here.now), 1)

    with suppress(Interrupted):
        office_days.carry_through(
            replace(desk.office.unit, begin=breaking_off(desk.office, 3)),
            Change((tomorrow,), closes=True, name="臨時休業"),
            LEAD,
        )

    until(lambda: recounts(desk.office, case), "the sweep to finish the change")
    assert len(recounts(desk.office, case)) == 1
