"""When things become due, and what a declaration must say to make sense."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.dues import (
    APPI_39,
    LAPSE,
    NOT_YET_MAILED,
    OFFICE,
    ONE_MONTH,
    REMINDERS,
    TOKYO,
    UNPOSTED,
    WARNING,
    day,
    days,
    held,
)
from workflows.engine.calendars import Calendar
from workflows.engine.deadlines import (
    Deadline,
    Schedule,
    after,
    due_at,
    every,
    explain,
    months,
    months_after,
    on_calendar_day,
    on_calendar_day_at_opening,
    then,
    working_days,
)

NO_ANSWER_YET = then(working_days(5), then_every=working_days(3), times=5, at_last=working_days(5)).do("escalate")


def firings(deadline: Deadline, how_many: int) -> list[int | None]:
    return [deadline.count(fire_no) for fire_no in range(1, how_many + 1)]


# -- declarations -----------------------------------------------------------------------------------------------


@pytest.mark.requirement("S44", "S46")
@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (NOT_YET_MAILED, [2, 4, 6, 8, 10, 15, 20, 25]),
        (REMINDERS, [10, 20, None, None]),
        (LAPSE, [40, None]),
        (NO_ANSWER_YET, [5, 8, 11, 14, 17, 22, 27]),
        (UNPOSTED, [1, 3, 5, 7]),
        (every(working_days(3)).do("escalate"), [3, 6, 9, 12]),
        (every(working_days(3), times=2).do("escalate"), [3, 6, None]),
        (APPI_39, [15, None]),
        (ONE_MONTH, [1, None]),
    ],
)
def test_a_deadline_fires_at_the_counts_it_declares(deadline: Deadline, expected: list[int | None]) -> None:
    assert firings(deadline, len(expected)) == expected
    assert deadline.endless is (None not in expected)


def test_a_chase_counts_from_its_first_day_and_changes_its_step_at_last() -> None:
    chase = then(working_days(3), then_every=working_days(2), times=3, at_last=working_days(5)).do("escalate")
    once = then(working_days(3), then_every=working_days(2), times=1, at_last=working_days(5)).do("escalate")

    assert firings(chase, 5) == [3, 5, 7, 12, 17]
    assert firings(once, 3) == [3, 8, 13]
    assert (chase.at_opening, after(months(1)).do("escalate").at_opening) == (True, False)
    assert on_calendar_day_at_opening(10).do("escalate").at_opening is True


def test_a_deadline_is_known_by_its_deed_unless_it_is_given_a_name() -> None:
    assert (NOT_YET_MAILED.name, NOT_YET_MAILED.fires) == ("escalate", "escalate")
    assert (APPI_39.name, APPI_39.fires) == ("appi_39", "escalate")


def test_the_shape_is_plain_data_and_tells_apart_whatever_a_stored_timer_depends_on() -> None:
    base = after(working_days(10)).do("remind")
    others = [
        after(working_days(11)).do("remind"),
        after(working_days(10), working_days(20)).do("remind"),
        after(months(10)).do("remind"),
        every(working_days(10)).do("remind"),
        after(working_days(10)).do("lapse"),
        after(working_days(10)).do("remind", name="other"),
        base.when("not arrived"),
        on_calendar_day(10).do("remind"),
        on_calendar_day_at_opening(10).do("remind"),
    ]
    shapes = [json.dumps(deadline.shape(), sort_keys=True) for deadline in (base, *others)]

    assert len(set(shapes)) == len({base, *others}) == 10
    assert json.dumps(after(working_days(10)).do("remind").shape(), sort_keys=True) == shapes[0]


@pytest.mark.parametrize(
    ("declare", "complaint"),
    [
        (after, "at least one count"),
        (lambda: after(working_days(0)), "at least 1"),
        (lambda: after(working_days(20), working_days(10)), "must rise"),
        (lambda: after(working_days(10), working_days(10)), "must rise"),
        (lambda: after(working_days(10), months(1)), "one unit"),
        (lambda: every(working_days(2), then=working_days(5)), "needs times"),
        (lambda: every(working_days(2), times=0), "at least once"),
        (lambda: every(working_days(2), times=2, then=months(1)), "one unit"),
        (lambda: then(months(1), then_every=working_days(1), times=2, at_last=working_days(1)), "one unit"),
        (lambda: on_calendar_day(0), "at least 1"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(declare: Callable[[], Schedule], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        declare()


# -- due dates --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S44", "S46")
@pytest.mark.parametrize(
    ("deadline", "fire_no", "anchor", "moment"),
    [
        (NOT_YET_MAILED, 1, "2026-11-02", "2026-11-05T09:30"),
        (NOT_YET_MAILED, 6, "2026-11-02", "2026-11-25T09:30"),
        (REMINDERS, 1, "2026-11-02", "2026-11-17T09:30"),
        (REMINDERS, 2, "2026-11-02", "2026-12-02T09:30"),
        (LAPSE, 1, "2026-11-02", "2027-01-05T09:30"),
        (UNPOSTED, 1, "2026-12-28", "2027-01-04T09:30"),
        (APPI_39, 1, "2026-04-01", "2026-04-16T00:00"),
        (APPI_39, 1, "2026-12-20", "2027-01-04T00:00"),
        (APPI_39, 1, "2026-12-18", "2027-01-02T00:00"),
        (WARNING, 1, "2026-04-01", "2026-04-11T09:30"),
        (ONE_MONTH, 1, "2026-11-02", "2026-12-03T00:00"),
    ],
)
def test_a_firing_is_due_at_its_moment_in_the_offices_zone(
    deadline: Deadline, fire_no: int, anchor: str, moment: str
) -> None:
    due = due_at(deadline, fire_no, day(anchor), OFFICE)

    assert due == datetime.fromisoformat(moment).replace(tzinfo=TOKYO)


def test_a_deadline_that_has_fired_for_the_last_time_is_due_no_more() -> None:
    assert due_at(REMINDERS, 3, day("2026-11-02"), OFFICE) is None
    with pytest.raises(ValueError, match="no firing 3 to explain"):
        explain(REMINDERS, 3, day("2026-11-02"), OFFICE)
    with pytest.raises(ValueError, match="no firing 0"):
        due_at(REMINDERS, 0, day("2026-11-02"), OFFICE)


@pytest.mark.requirement("S44")
@pytest.mark.parametrize("stretches", [[("2026-04-02", "2026-04-30")], [("2026-04-02", None)]])
def test_no_hold_ever_moves_the_day_from_which_the_subject_may_sue(stretches: list[tuple[str, str | None]]) -> None:
    closed_for_weeks = Calendar(added={day("2026-04-01") + timedelta(days=n): "臨時休業" for n in range(40)})

    due = due_at(APPI_39, 1, day("2026-04-01"), closed_for_weeks, held(*stretches))

    assert due == datetime(2026, 4, 16, tzinfo=TOKYO)


def test_an_office_deadline_has_no_moment_while_its_hold_has_no_end_and_gets_one_with_the_end() -> None:
    anchor = day("2026-11-02")

    assert due_at(REMINDERS, 1, anchor, OFFICE, held(("2026-11-10", None))) is None
    ended = due_at(REMINDERS, 1, anchor, OFFICE, held(("2026-11-10", "2026-11-11")))
    assert ended == datetime(2026, 11, 19, 9, 30, tzinfo=TOKYO)


@given(days, st.integers(1, 40))
def test_each_firing_is_later_than_the_one_before_and_on_an_open_day(anchor: date, fire_no: int) -> None:
    one, next_one = (due_at(NOT_YET_MAILED, n, anchor, OFFICE) for n in (fire_no, fire_no + 1))

    assert one is not None
    assert next_one is not None
    assert one < next_one
    assert OFFICE.in_hours(one)


# -- months by Regulation (EEC, Euratom) No 1182/71 -------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "n", "last", "why"),
    [
        ("2026-03-05", 1, "2026-04-06", "5 April is a Sunday"),
        ("2026-04-02", 1, "2026-05-07", "2 May is a Saturday, then three holidays and a substitute day"),
        ("2026-07-31", 1, "2026-08-31", "the day of receipt is not counted; the same number"),
        ("2026-08-31", 1, "2026-09-30", "no 31 September: the month's last day"),
        ("2027-01-31", 1, "2027-03-01", "28 February 2027 is a Sunday"),
        ("2028-01-31", 1, "2028-02-29", "leap year"),
        ("2026-11-15", 1, "2026-12-15", "the day of receipt may be a Sunday"),
        ("2026-12-01", 1, "2027-01-04", "New Year's Day, a Friday, then a weekend"),
        ("2026-11-30", 1, "2026-12-30", "the office's own closing is no public holiday"),
        ("2026-11-30", 3, "2027-03-01", "with two further months: 28 February is a Sunday"),
        ("2026-10-15", 3, "2027-01-15", "over the turn of the year"),
    ],
)
def test_a_period_of_months_ends_as_the_regulation_says(anchor: str, n: int, last: str, why: str) -> None:
    assert months_after(day(anchor), n, OFFICE) == day(last), why
    midnight = due_at(after(months(n)).do("escalate"), 1, day(anchor), OFFICE)
    assert midnight == datetime.combine(day(last), datetime.min.time(), TOKYO) + timedelta(days=1), why


def test_a_day_the_office_adds_gives_a_period_of_months_no_more_time() -> None:
    office = Calendar(added={day("2026-12-15"): "創立記念日"})

    assert months_after(day("2026-11-15"), 1, office) == day("2026-12-15")
