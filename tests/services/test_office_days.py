"""A changed calendar moves open deadlines: the same timer, a new day, one history row, nothing doubled or dropped."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from models import history
from models.case import counter
from models.incident import incident
from models.office import calendar_day
from models.session import reading
from models.staff import office_event
from models.timer import timer
from services.engine import dead_letters
from services.engine import recounts as carrying
from services.office import office_days
from services.office.office_days import Change, Done, PastDay
from tests.checker import assert_sound
from tests.office import LEAD, MONDAY, TOKYO, TestOffice
from tests.trouble import broken
from workflows.request.payloads import Withdraw
from workflows.request.values import ToldHow

WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"

FOUNDERS_DAY = date(2026, 11, 18)
REMINDER, LATER = date(2026, 11, 24), date(2026, 11, 25)
"""Ten working days from MONDAY (2026-11-23 is a holiday), and the day after."""


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


@pytest.fixture
def big_office(postgres_url: str, home: Path) -> Iterator[TestOffice]:
    """An office whose database lets several write at once."""
    made = TestOffice(postgres_url, home)
    yield made
    made.close()


def looking(office: TestOffice) -> Callable[[], AbstractContextManager[Connection]]:
    return lambda: reading(office.engine)


def closing(*days: date, name: str = "創立記念日") -> Change:
    return Change(days, closes=True, name=name)


def opening(*days: date) -> Change:
    return Change(days, closes=False, name="")


def carry_through(office: TestOffice, change: Change) -> Done:
    return office_days.carry_through(office.unit, change, LEAD)


def at_opening(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=TOKYO)


def due(office: TestOffice, case: str, name: str) -> datetime:
    (row,) = office.ask(select(timer.c.due_at).where(timer.c.case_id == office.case(case).id, timer.c.name == name))
    found: datetime = row.due_at
    return found


def recounts(office: TestOffice, case: str) -> list[Any]:
    rows = office.ask(select(history.history).where(history.history.c.case_id == office.case(case).id))
    return [row for row in rows if row.transition == "recount"]


def reminders(office: TestOffice) -> int:
    return len([row for row in office.ask(select(history.history.c.transition)) if row.transition == "remind"])


@pytest.mark.requirement("S40", "S41", "S44")
def test_a_reminder_behind_a_new_holiday_fires_once_and_on_the_new_day(office: TestOffice) -> None:
    case, _ = office.mailed()
    before = office.case(case)

    done = carry_through(office, closing(FOUNDERS_DAY))
    office.move_to(at_opening(REMINDER) + timedelta(hours=1))
    office.sweep()
    early = reminders(office)
    office.move_to(at_opening(LATER))
    office.sweep()
    office.sweep()

    assert ("remind", at_opening(REMINDER), at_opening(LATER)) in [(m.timer, m.was, m.now) for m in done.moved]
    assert (early, reminders(office)) == (0, 1)
    assert office.case(case).entered_seq == before.entered_seq
    assert len(recounts(office, case)) == 1
    office.make_letters()
    assert_sound(office.url, office.settings.spool)


def test_a_holiday_taken_back_moves_every_deadline_back(office: TestOffice) -> None:
    case, _ = office.mailed()
    armed = office.ask(select(timer).order_by(timer.c.name, timer.c.fire_no))

    first = carry_through(office, closing(FOUNDERS_DAY))
    second = carry_through(office, opening(FOUNDERS_DAY))

    assert office.ask(select(timer).order_by(timer.c.name, timer.c.fire_no)) == armed
    assert {(m.case, m.timer, m.was, m.now) for m in first.moved} == {
        (m.case, m.timer, m.now, m.was) for m in second.moved
    }
    assert [row.cause for row in recounts(office, case)] == [f"calendar:{first.event}", f"calendar:{second.event}"]
    assert office.ask(select(calendar_day)) == []
    assert office.case(case).due_at == min(row.due_at for row in armed)
    office.make_letters()
    assert_sound(office.url, office.settings.spool)


def test_the_preview_says_what_the_change_then_does_and_writes_nothing(office: TestOffice) -> None:
    for _ in range(3):
        office.mailed()
    office.returned()
    rows = office.ask(select(history.history))

    foreseen = list(office_days.preview(office.unit, closing(FOUNDERS_DAY)))
    untouched = office.ask(select(history.history)) == rows and office.ask(select(calendar_day)) == []
    done = carry_through(office, closing(FOUNDERS_DAY))

    assert untouched
    assert foreseen == list(done.moved)
    assert {move.timer for move in foreseen} >= {"remind", "lapse"}
    assert all(move.why.code.startswith("due_moved") for move in foreseen)


def test_the_legal_clock_does_not_move_with_the_offices_holidays(one_office: TestOffice) -> None:
    case = one_office.returned()
    legal = due(one_office, case, "appi_39")

    carry_through(one_office, closing(FOUNDERS_DAY, FOUNDERS_DAY + timedelta(days=1)))

    assert due(one_office, case, "appi_39") == legal


def test_the_letters_of_a_closed_case_are_watched_by_the_changed_calendar_too(one_office: TestOffice) -> None:
    case = one_office.opened()
    one_office.must(case, "withdraw", Withdraw(on=one_office.today, how=ToldHow.PHONE))
    one_office.make_letters()
    tuesday = MONDAY.date() + timedelta(days=1)

    carry_through(one_office, closing(tuesday))

    row = one_office.case(case)
    assert due(one_office, case, "unposted") == at_opening(tuesday + timedelta(days=1))
    assert (row.open, row.closed_at, row.due_at) == (False, MONDAY, at_opening(tuesday + timedelta(days=1)))
    assert_sound(one_office.url, one_office.settings.spool)


def test_a_day_that_is_over_is_refused_where_it_would_move_a_deadline(one_office: TestOffice) -> None:
    one_office.mailed()
    one_office.move_to(at_opening(FOUNDERS_DAY + timedelta(days=1)))

    with pytest.raises(PastDay) as refusal:
        carry_through(one_office, closing(FOUNDERS_DAY))

    assert (refusal.value.day, refusal.value.moved) == (FOUNDERS_DAY, 2)
    assert one_office.ask(select(calendar_day)) == []


def test_a_day_that_is_over_is_recorded_where_nothing_moves(one_office: TestOffice) -> None:
    one_office.mailed()

    done = carry_through(one_office, closing(MONDAY.date() - timedelta(days=3)))

    assert (len(done.changed), done.moved) == (1, ())


def test_a_day_that_is_closed_already_changes_nothing(one_office: TestOffice) -> None:
    one_office.mailed()

    done = carry_through(one_office, closing(date(2026, 11, 23), date(2026, 11, 21)))

    assert done == Done(None, (), ())
    assert one_office.ask(select(office_event).where(office_event.c.what == "calendar_changed")) == []


def test_a_holiday_on_which_the_office_opens_after_all_brings_deadlines_forward(one_office: TestOffice) -> None:
    case, _ = one_office.mailed()

    done = carry_through(one_office, opening(date(2026, 11, 23)))

    assert due(one_office, case, "remind") == at_opening(date(2026, 11, 23))
    assert [row.sort for row in one_office.ask(select(calendar_day))] == ["open"]
    assert done.moved[0].why.code == "due_moved+now_open_one"


def test_a_change_stands_in_the_offices_log_and_is_named_by_each_history_row(one_office: TestOffice) -> None:
    case, _ = one_office.mailed()

    done = carry_through(one_office, closing(FOUNDERS_DAY))

    (event,) = one_office.ask(select(office_event).where(office_event.c.what == "calendar_changed"))
    (row,) = recounts(one_office, case)
    assert (event.seq, event.what, event.actor, event.details["days"]) == (
        done.event, "calendar_changed", LEAD, [FOUNDERS_DAY.isoformat()],
    )  # fmt: skip
    assert (row.actor, row.cause, row.details["event"]) == ("system", f"calendar:{done.event}", done.event)


class Interrupted(BaseException):
    """Somebody pulled the plug."""


def breaking_off(office: TestOffice, after: int) -> Callable[[], AbstractContextManager[Connection]]:
    """Return transactions of which only so many go through."""
    left = [after]

    @contextmanager
    def transaction() -> Iterator[Connection]:
        if not left[0]:
            raise Interrupted
        left[0] -= 1
        with office.writing() as db:
            yield db

    return transaction


@pytest.mark.parametrize("after", [3, 4, 5, 7])
def test_a_change_that_was_broken_off_is_carried_through_by_the_next_who_comes(
    office: TestOffice, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "CHUNK", 2)
    cases = [office.mailed()[0] for _ in range(5)]

    with pytest.raises(Interrupted):
        office_days.carry_through(replace(office.unit, begin=breaking_off(office, after)), closing(FOUNDERS_DAY), LEAD)
    halfway = sum(len(recounts(office, case)) for case in cases)
    carrying.finish(office.unit)

    assert halfway < len(cases)
    assert [len(recounts(office, case)) for case in cases] == [1] * len(cases)
    assert {due(office, case, "remind") for case in cases} == {at_opening(LATER)}
    with office.writing() as db:
        assert carrying.unfinished(db) is None


def test_a_change_broken_off_is_finished_before_the_next_one_is_written(
    one_office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "CHUNK", 2)
    cases = [one_office.mailed()[0] for _ in range(5)]
    with pytest.raises(Interrupted):
        office_days.carry_through(
            replace(one_office.unit, begin=breaking_off(one_office, 5)), closing(FOUNDERS_DAY), LEAD
        )

    carry_through(one_office, closing(FOUNDERS_DAY + timedelta(days=1)))

    assert {len(recounts(one_office, case)) for case in cases} == {2}
    assert {due(one_office, case, "remind") for case in cases} == {at_opening(LATER + timedelta(days=1))}


def test_several_at_once_move_each_case_once(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "CHUNK", 2)
    cases = [office.mailed()[0] for _ in range(9)]
    with pytest.raises(Interrupted):
        office_days.carry_through(replace(office.unit, begin=breaking_off(office, 3)), closing(FOUNDERS_DAY), LEAD)

    threads = [threading.Thread(target=carrying.finish, args=(office.unit,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [len(recounts(office, case)) for case in cases] == [1] * len(cases)
    assert {due(office, case, "remind") for case in cases} == {at_opening(LATER)}


def test_a_case_that_will_not_go_is_set_aside_and_the_others_move(one_office: TestOffice) -> None:
    cases = [one_office.mailed()[0] for _ in range(3)]
    one_office.write_facts(cases[1], rights={"nonsense": None})

    carry_through(one_office, closing(FOUNDERS_DAY))

    (aside,) = one_office.ask(select(incident))
    assert (aside.case_number, aside.kind) == (cases[1], "recount")
    assert {due(one_office, case, "remind") for case in (cases[0], cases[2])} == {at_opening(LATER)}


def test_whoever_works_with_the_old_calendar_is_waited_for(big_office: TestOffice) -> None:
    case, _ = big_office.mailed()
    read, release = threading.Event(), threading.Event()

    def slow_clerk() -> None:
        with big_office.writing() as db:
            big_office.at(db)  # reads the calendar
            read.set()
            release.wait(60)

    clerk = threading.Thread(target=slow_clerk)
    clerk.start()
    read.wait(60)
    lead = threading.Thread(target=carry_through, args=(big_office, closing(FOUNDERS_DAY)))
    lead.start()
    while not big_office.ask(WAITING):
        assert lead.is_alive()
    waited = big_office.ask(select(counter).where(counter.c.name == carrying.CHANGED)) == []
    release.set()
    clerk.join()
    lead.join()

    assert waited
    assert due(big_office, case, "remind") == at_opening(LATER)


def test_a_recount_that_was_set_aside_is_brought_back_and_its_deadline_moves(office: TestOffice) -> None:
    good, bad = office.mailed()[0], office.mailed()[0]
    with broken(office, bad):
        carry_through(office, closing(FOUNDERS_DAY))
        again = carrying.finish(office.unit)
    before = due(office, bad, "remind")

    with office.writing() as db:
        brought = dead_letters.requeue(db, office.at(db), dead_letters.of_case(db, bad), LEAD, "the row is mended")
    carrying.finish(office.unit)

    assert (again, [one.kind for one in brought]) == (True, ["recount"])
    assert before != at_opening(LATER)
    assert {due(office, case, "remind") for case in (good, bad)} == {at_opening(LATER)}
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []
    assert office.ask("SELECT 1 FROM retry") == []
