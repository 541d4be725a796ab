"""Weeks on the office's clock with beat and a worker really firing: each reminder once, then the lapse."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from models.case import case as case_table
from models.timer import timer
from tasks.publish import Bell
from tests.office import TOKYO
from tests.people import a_contact
from tests.system.conftest import RealDesk, until
from tests.system.test_orders import rows_of
from workflows.letters import RecordPosting
from workflows.request.payloads import MailForms


def a_mailed_case(desk: RealDesk) -> str:
    """Return a case whose forms went into the post today."""
    number = desk.must(None, "open", a_contact()).case
    until(lambda: desk.made(number), "the forms")
    desk.office.print_letters(number)
    desk.must(number, "mail_forms", MailForms())
    return number


def posted(desk: RealDesk, number: str) -> None:
    """Print and post the newest reminder of a case."""
    desk.settle_letters()
    desk.office.print_letters(number)
    newest = reminders(desk, number)[-1].number
    desk.must(number, "record_posting", RecordPosting(letter=newest))


def due(desk: RealDesk, number: str, name: str) -> datetime:
    """Return when this timer of a case is due."""
    query = select(timer.c.due_at).join(case_table, case_table.c.id == timer.c.case_id)
    (row,) = desk.office.ask(query.where(case_table.c.number == number, timer.c.name == name))
    moment: datetime = row.due_at
    return moment


def reminders(desk: RealDesk, number: str) -> list[Any]:
    query = "SELECT number, state FROM letter WHERE kind = 'reminder' AND number LIKE :like ORDER BY number"
    return desk.office.ask(query, like=f"{number}-%")


@pytest.mark.requirement("S44")
def test_forms_that_never_come_back_are_reminded_of_twice_and_then_the_case_lapses(desk: RealDesk) -> None:
    number = a_mailed_case(desk)
    told = []

    for times in (1, 2):
        moment = due(desk, number, "remind")
        desk.office.move_to(moment - timedelta(seconds=20))
        told.append(rows_of(desk, number).count("remind"))
        desk.office.move_to(moment)
        until(partial(lambda n: rows_of(desk, number).count("remind") == n, times), f"reminder {times}")
        posted(desk, number)
    desk.office.move_to(due(desk, number, "lapse"))
    until(lambda: desk.office.case(number).state == "lapsed", "the lapse")
    desk.settle_letters()

    assert told == [0, 1]  # not twenty seconds too early
    steps = ["open", "mail_forms", "remind", "record_posting", "remind", "record_posting", "lapse"]
    assert rows_of(desk, number) == steps
    assert [row.state for row in reminders(desk, number)] == ["posted", "posted"]
    (notice,) = desk.office.ask(
        "SELECT state FROM letter WHERE kind = 'lapse_notice' AND number LIKE :like", like=f"{number}-%"
    )
    assert notice.state == "made"


def test_no_reminder_leaves_on_a_closed_day(desk: RealDesk) -> None:
    number = a_mailed_case(desk)
    here = due(desk, number, "remind").astimezone(TOKYO)
    saturday = here + timedelta(days=(5 - here.weekday()) % 7 or 7)
    desk.office.move_to(here - timedelta(hours=12))  # the night before

    desk.settle()
    by_night = rows_of(desk, number).count("remind")
    desk.office.tell(
        "UPDATE timer SET due_at = :then WHERE case_id = :id AND name = 'remind'",
        then=_stored(desk, saturday.replace(hour=9, minute=30)),
        id=desk.office.case(number).id,
    )
    desk.office.tell(
        'UPDATE "case" SET due_at = (SELECT min(due_at) FROM timer WHERE case_id = "case".id) WHERE number = :n',
        n=number,
    )
    desk.office.move_to(saturday.replace(hour=12))
    swept_twice(desk)
    on_saturday = rows_of(desk, number).count("remind")
    monday = saturday + timedelta(days=2)
    while not desk.office.calendar().is_open(monday.date()):
        monday += timedelta(days=1)
    desk.office.move_to(monday.replace(hour=9, minute=30, second=1))
    until(lambda: rows_of(desk, number).count("remind") >= 1, "the reminder of Monday")

    assert (by_night, on_saturday) == (0, 0)


def _stored(desk: RealDesk, moment: datetime) -> object:
    utc = moment.astimezone(UTC)
    return utc if desk.office.engine.dialect.name == "postgresql" else utc.strftime("%Y-%m-%d %H:%M:%S.%f")


def swept_twice(desk: RealDesk) -> None:
    """Wait until the sweep over the timers has run twice."""
    queues, name = desk.redis(), f"swept-{uuid4()}"
    for number in range(2):
        desk.ring(Bell("timers.sweep", f"{name}.{number}", "clock", {}))

    def done() -> bool:
        # Acknowledged when they are done: then they lie neither in their queue nor among what was taken from it. What a
        # test before this one left among the latter, by killing who had it, is none of this one's business.
        return not any(name.encode() in bell for bell in [*queues.lrange("clock", 0, -1), *queues.hvals("unacked")])

    until(done, "two sweeps")


def test_two_beats_fire_each_reminder_once(desk: RealDesk) -> None:
    desk.start("beat2")
    numbers = [a_mailed_case(desk) for _ in range(4)]

    desk.office.move_to(max(due(desk, number, "remind") for number in numbers))
    until(lambda: all("remind" in rows_of(desk, number) for number in numbers), "the reminders")
    swept_twice(desk)

    assert [rows_of(desk, number) for number in numbers] == [["open", "mail_forms", "remind"]] * 4
    assert [len(reminders(desk, number)) for number in numbers] == [1] * 4


def test_without_beat_nothing_is_forgotten_only_later(desk: RealDesk) -> None:
    number = a_mailed_case(desk)
    desk.kill("beat")

    desk.office.move_to(due(desk, number, "lapse"))  # both reminders are overdue too
    stood = rows_of(desk, number)
    desk.start("beat")
    until(lambda: rows_of(desk, number)[-1] == "remind", "the one reminder")
    swept_twice(desk)
    waits = rows_of(desk, number)
    posted(desk, number)
    desk.office.move_to(due(desk, number, "lapse"))
    until(lambda: desk.office.case(number).state == "lapsed", "the lapse")

    assert stood == ["open", "mail_forms"]
    assert waits == ["open", "mail_forms", "remind"]
    told = desk.office.ask("SELECT 1 FROM notice WHERE code = 'notice.stood_still'")
    assert len(told) >= 1
