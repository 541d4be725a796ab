"""What a deadline is made of, and what is said of it as data: why on that day, what moved it, what is no deadline."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workflows.engine.calendars import Calendar, Held
from workflows.engine.deadlines import (
    Count,
    Deadline,
    Moved,
    Schedule,
    Unit,
    after,
    due_at,
    every,
    explain,
    months,
    months_after,
    moved,
    on_calendar_day,
    on_calendar_day_at_opening,
    then,
    working_days,
)
from workflows.engine.values import Reason

OFFICE = Calendar()
TOKYO = ZoneInfo("Asia/Tokyo")
REMINDERS = after(working_days(10), working_days(20)).do("remind")
CHASE = every(working_days(3)).do("chase")
APPI_39 = on_calendar_day(15).do("escalate", name="appi_39")
WARNING = on_calendar_day_at_opening(10).do("escalate", name="warn")
ONE_MONTH = after(months(1)).do("answer")


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


# -- what is declared -----------------------------------------------------------------------------------------------

KEPT: dict[str, Any] = {"whole_day": False, "grace": None}
PLAIN: dict[str, Any] = {"step": None, "at_opening": True, "condition": None, **KEPT}
SHAPES: list[tuple[Deadline, dict[str, Any]]] = [
    (REMINDERS, {"name": "remind", "fires": "remind", "unit": "working_days", "counts": [10, 20], **PLAIN}),
    (
        APPI_39.when("arrived"),
        {
            "name": "appi_39", "fires": "escalate", "unit": "calendar_days", "counts": [15], "step": None,
            "at_opening": False, "condition": "arrived", **KEPT,
        },
    ),
    (
        WARNING,
        {"name": "warn", "fires": "escalate", "unit": "calendar_days", "counts": [10], **PLAIN},
    ),
    (
        ONE_MONTH,
        {"name": "answer", "fires": "answer", "unit": "months", "counts": [1], **PLAIN, "at_opening": False},
    ),
    (CHASE, {"name": "chase", "fires": "chase", "unit": "working_days", "counts": [3], **PLAIN, "step": 3}),
    (
        then(working_days(5), then_every=working_days(3), times=2, at_last=working_days(4)).do("chase", name=""),
        {"name": "chase", "fires": "chase", "unit": "working_days", "counts": [5, 8], **PLAIN, "step": 4},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("deadline", "shape"), SHAPES)
def test_the_shape_of_a_deadline_is_all_that_its_timers_depend_on(deadline: Deadline, shape: dict[str, Any]) -> None:
    assert deadline.shape() == shape


def test_a_deadline_ends_at_opening_and_without_condition_unless_it_says_otherwise() -> None:
    bare = Deadline("remind", "remind", Unit.WORKING_DAYS, (10,))

    assert (bare.step, bare.at_opening, bare.condition, bare.endless) == (None, True, None, False)
    assert Schedule(Unit.WORKING_DAYS, (10,)).do("remind") == bare


@pytest.mark.parametrize(
    ("deadline", "legal"), [(REMINDERS, False), (CHASE, False), (APPI_39, True), (ONE_MONTH, True)]
)
def test_all_but_working_days_are_the_laws(deadline: Deadline, legal: bool) -> None:
    assert deadline.legal is legal


NO_THEN = "every(..., then=...) needs times=: how often before the step changes"
NONSENSE: list[tuple[Callable[[], object], str]] = [
    (lambda: working_days(0), "0 working_days: a deadline counts at least 1"),
    (lambda: on_calendar_day(-1), "-1 calendar_days: a deadline counts at least 1"),
    (after, "a deadline needs at least one count, such as working_days(10)"),
    (lambda: after(working_days(20), working_days(10)), "the counts must rise, each from the same anchor: [20, 10]"),
    (lambda: after(working_days(1), working_days(1)), "the counts must rise, each from the same anchor: [1, 1]"),
    (lambda: after(working_days(1), months(2)), "one deadline counts one unit, not months and working_days"),
    (lambda: every(working_days(2), then=working_days(5)), NO_THEN),
    (lambda: every(working_days(2), times=0), "times=0: a deadline fires at least once"),
    (
        lambda: every(working_days(2), times=2, then=months(1)),
        "one deadline counts one unit, not months and working_days",
    ),
    (
        lambda: then(months(1), then_every=working_days(1), times=1, at_last=months(1)),
        "one deadline counts one unit, not months and working_days",
    ),
    (lambda: REMINDERS.count(0), "there is no firing 0; the first is 1"),
    (
        lambda: explain(REMINDERS, 3, day("2026-11-02"), OFFICE),
        "remind fires 2 times; there is no firing 3 to explain",
    ),
]


@pytest.mark.parametrize(("nonsense", "said"), NONSENSE)
def test_what_makes_no_sense_is_refused_with_what_would(nonsense: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        nonsense()


def test_a_count_of_one_and_one_time_are_the_least() -> None:
    assert working_days(1) == Count(1, Unit.WORKING_DAYS)
    assert every(working_days(2), times=1) == after(working_days(2))


# -- when it is due -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        (REMINDERS, "2026-11-17T09:30"),
        (APPI_39, "2026-11-17T00:00"),
        (WARNING, "2026-11-12T09:30"),
        (ONE_MONTH, "2026-12-03T00:00"),
    ],
)
def test_working_days_are_due_at_opening_and_the_law_at_midnight(deadline: Deadline, due: str) -> None:
    assert due_at(deadline, 1, day("2026-11-02"), OFFICE) == at(due)


@pytest.mark.parametrize(
    ("anchor", "last"),
    [
        ("2026-11-04", "2026-12-04"),  # a Friday
        ("2026-11-05", "2026-12-07"),  # a Saturday moves to Monday
        ("2026-11-06", "2026-12-07"),  # a Sunday too
        ("2026-11-07", "2026-12-07"),
    ],
)
def test_a_period_of_months_ends_on_no_saturday_and_on_no_sunday(anchor: str, last: str) -> None:
    assert months_after(day(anchor), 1, OFFICE) == day(last)


# -- why on that day ------------------------------------------------------------------------------------------------

# deadline, firing, from, on hold, told on, the parts of the sentence, what they say besides the start
TOLD_LONG_BEFORE = "2026-11-02"
EXPLAINED: list[tuple[Deadline, int, str, tuple[str, str | None] | None, str | None, str, dict[str, object]]] = [
    (
        every(working_days(1)).do("x"), 1, "2026-11-04", None, None,
        "due_working_day",
        {"count": 1, "plain": "2026-11-05", "due": "2026-11-05"},
    ),
    (
        CHASE, 1, "2026-11-02", None, None,
        "due_working_days+closed_one",
        {"count": 3, "plain": "2026-11-06", "closed_last": "2026-11-03", "due": "2026-11-06"},
    ),
    (
        REMINDERS, 2, "2026-11-02", None, None,
        "due_working_days+closed_many",
        {"count": 20, "plain": "2026-12-02", "closed": ["2026-11-03"], "closed_last": "2026-11-23",
         "due": "2026-12-02"},
    ),
    (
        REMINDERS, 1, "2026-12-11", ("2026-12-14", "2026-12-14"), None,
        "due_working_days+held_one",
        {"count": 10, "plain": "2026-12-25", "due": "2026-12-28", "held": 1},
    ),
    (
        REMINDERS, 1, "2026-12-11", ("2026-12-14", "2026-12-15"), None,
        "due_working_days+held_many+more_many",
        {"count": 10, "plain": "2026-12-25", "due": "2027-01-04", "held": 2,
         "more": ["2026-12-29", "2026-12-30", "2026-12-31"], "more_last": "2027-01-01"},
    ),
    (
        REMINDERS, 1, "2026-11-04", ("2026-11-10", None), None,
        "due_working_days+standing",
        {"count": 10, "plain": "2026-11-18", "since": "2026-11-10"},
    ),
    (
        REMINDERS, 1, "2029-03-12", None, TOLD_LONG_BEFORE,
        "due_working_days+closed_one+forecast_one",
        {"count": 10, "plain": "2029-03-27", "closed_last": "2029-03-20", "due": "2029-03-27",
         "forecast_last": "2029-03-20"},
    ),
    (
        REMINDERS, 1, "2029-03-12", None, None,
        "due_working_days+closed_one",
        {"count": 10, "plain": "2029-03-27", "closed_last": "2029-03-20", "due": "2029-03-27"},
    ),
    (
        ONE_MONTH, 1, "2026-11-02", None, None,
        "due_month",
        {"count": 1, "last": "2026-12-02"},
    ),
    (
        after(months(3)).do("x"), 1, "2026-11-30", None, None,
        "due_months+moved_on",
        {"count": 3, "last": "2027-03-01", "nominal": "2027-02-28"},
    ),
    # neither a hold nor a closed office stops what the law counts
    (
        ONE_MONTH, 1, "2026-12-01", ("2026-12-02", None), None,
        "due_month+moved_on",
        {"count": 1, "last": "2027-01-04", "nominal": "2027-01-01"},
    ),
    # the equinox of 20 March 2029 may yet be another day, so it matters one day before the end, and no earlier
    (
        ONE_MONTH, 1, "2029-02-21", None, TOLD_LONG_BEFORE,
        "due_month+forecast_one",
        {"count": 1, "last": "2029-03-21", "forecast_last": "2029-03-20"},
    ),
    (ONE_MONTH, 1, "2029-02-22", None, TOLD_LONG_BEFORE, "due_month", {"count": 1, "last": "2029-03-22"}),
    (
        ONE_MONTH, 1, "2029-02-20", None, TOLD_LONG_BEFORE,
        "due_month+moved_on+forecast_one",
        {"count": 1, "last": "2029-03-21", "nominal": "2029-03-20", "forecast_last": "2029-03-20"},
    ),
    (
        ONE_MONTH, 1, "2029-02-20", None, None,
        "due_month+moved_on",
        {"count": 1, "last": "2029-03-21", "nominal": "2029-03-20"},
    ),
    (APPI_39, 1, "2026-04-01", ("2026-04-02", None), None, "due_calendar_day", {"count": 15, "due": "2026-04-16"}),
    (WARNING, 1, "2026-04-01", None, None, "due_calendar_day", {"count": 10, "due": "2026-04-11"}),
    (
        on_calendar_day(10).do("x"), 1, "2026-04-01", None, None,
        "due_calendar_day",
        {"count": 10, "due": "2026-04-11"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("deadline", "fire_no", "start", "stretch", "today", "code", "besides"), EXPLAINED)
def test_a_day_is_explained_by_what_was_counted(
    deadline: Deadline,
    fire_no: int,
    start: str,
    stretch: tuple[str, str | None] | None,
    today: str | None,
    code: str,
    besides: dict[str, object],
) -> None:
    held = [] if stretch is None else [Held(day(stretch[0]), None if stretch[1] is None else day(stretch[1]))]

    reason = explain(deadline, fire_no, day(start), OFFICE, held, today=None if today is None else day(today))

    assert reason == Reason(code, {"start": start, **besides})


def test_a_count_that_stands_still_forecasts_to_its_plain_end() -> None:
    reason = explain(
        REMINDERS, 1, day("2029-03-12"), OFFICE, [Held(day("2029-03-13"), None)], today=day(TOLD_LONG_BEFORE)
    )

    assert reason.code == "due_working_days+closed_one+standing+forecast_one"
    assert "due" not in reason.params


# -- what moved it --------------------------------------------------------------------------------------------------


def what_moved(deadline: Deadline, start: str, now: Calendar, before: Calendar = OFFICE) -> list[Moved[str]]:
    return list(moved([("timer", deadline, 1, day(start), ())], before, now))


def closing(*days: str, **differs: Any) -> Calendar:
    return Calendar(added={day(text): "臨時休業" for text in days}, **differs)


def test_a_move_names_its_timer_both_moments_and_every_day_that_did_it() -> None:
    found = what_moved(REMINDERS, "2026-11-02", closing("2026-11-05", "2026-11-06", "2026-11-09"))

    params = {"was": "2026-11-17", "now": "2026-11-20", "now_closed": ["2026-11-05", "2026-11-06"]}
    reason = Reason("due_moved+now_closed_many", {**params, "now_closed_last": "2026-11-09"})
    assert found == [Moved("timer", at("2026-11-17T09:30"), at("2026-11-20T09:30"), reason)]


def test_days_closed_and_days_opened_are_told_apart() -> None:
    now = Calendar(added={day("2026-11-05"): "臨時休業", day("2026-11-06"): "臨時休業"}, removed=[day("2026-11-03")])

    (found,) = what_moved(REMINDERS, "2026-11-02", now)

    assert found.reason == Reason(
        "due_moved+now_closed_many+now_open_one",
        {
            "was": "2026-11-17",
            "now": "2026-11-18",
            "now_closed": ["2026-11-05"],
            "now_closed_last": "2026-11-06",
            "now_open_last": "2026-11-03",
        },
    )


@pytest.mark.parametrize(
    ("closed", "named"),
    [
        ("2026-11-04", None),  # the anchor's own day is not counted
        ("2026-11-05", "2026-11-05"),
        ("2026-11-18", "2026-11-18"),  # the last day is
        ("2026-11-19", None),
    ],
)
def test_only_days_between_the_anchor_and_the_end_move_anything(closed: str, named: str | None) -> None:
    found = what_moved(REMINDERS, "2026-11-04", closing(closed))

    assert [one.reason.params["now_closed_last"] for one in found] == ([] if named is None else [named])


def test_a_day_beyond_the_new_end_is_not_named() -> None:
    (found,) = what_moved(REMINDERS, "2026-11-04", closing("2026-11-04", "2026-11-05", "2026-11-19", "2026-11-20"))

    assert found.now == at("2026-11-24T09:30")
    assert (found.reason.params["now_closed"], found.reason.params["now_closed_last"]) == (
        ["2026-11-05", "2026-11-19"],
        "2026-11-20",
    )


def test_a_day_before_the_old_end_is_named_although_the_new_end_is_earlier() -> None:
    (found,) = what_moved(REMINDERS, "2026-11-04", OFFICE, before=closing("2026-11-18", "2026-11-19"))

    assert (found.was, found.now) == (at("2026-11-20T09:30"), at("2026-11-18T09:30"))
    assert found.reason.code == "due_moved+now_open_many"
    assert found.reason.params["now_open_last"] == "2026-11-19"


def test_a_day_opened_at_the_very_end_is_named_beside_the_day_closed_before() -> None:
    (found,) = what_moved(REMINDERS, "2026-11-02", closing("2026-11-05"), before=closing("2026-11-18"))

    assert (found.was, found.now) == (at("2026-11-17T09:30"), at("2026-11-18T09:30"))
    assert found.reason == Reason(
        "due_moved+now_closed_one+now_open_one",
        {"was": "2026-11-17", "now": "2026-11-18", "now_closed_last": "2026-11-05", "now_open_last": "2026-11-18"},
    )


def test_a_count_that_the_change_brings_to_a_standstill_or_out_of_it_has_not_moved() -> None:
    on_hold = [Held(day("2026-11-18"), None)]
    timers = [("held", REMINDERS, 1, day("2026-11-02"), on_hold), ("free", REMINDERS, 1, day("2026-11-02"), [])]

    into, out_of = moved(timers, OFFICE, closing("2026-11-05")), moved(timers, closing("2026-11-05"), OFFICE)

    assert due_at(REMINDERS, 1, day("2026-11-02"), OFFICE, on_hold) == at("2026-11-17T09:30")
    assert due_at(REMINDERS, 1, day("2026-11-02"), closing("2026-11-05"), on_hold) is None
    assert [one.key for one in into] == [one.key for one in out_of] == ["free"]


def test_other_hours_are_said_to_the_minute() -> None:
    (found,) = what_moved(REMINDERS, "2026-11-02", Calendar(opens=time(10)))

    assert found.reason == Reason("due_moved_hours", {"was": "2026-11-17T09:30+09:00", "now": "2026-11-17T10:00+09:00"})


def test_other_hours_on_the_same_day_are_what_moved_it_whatever_else_changed() -> None:
    both = Calendar(added={day("2026-11-05"): "臨時休業"}, removed=[day("2026-11-03")], opens=time(10))

    (found,) = what_moved(REMINDERS, "2026-11-02", both)

    assert found.reason.code == "due_moved_hours"


def test_what_stays_and_what_has_no_moment_is_left_out_and_the_rest_goes_on() -> None:
    endless = [Held(day("2026-11-10"), None)]
    timers: list[tuple[str, Deadline, int, date, list[Held]]] = [
        ("by law", APPI_39, 1, day("2026-11-02"), []),
        ("on hold", REMINDERS, 1, day("2026-11-02"), endless),
        ("over", REMINDERS, 3, day("2026-11-02"), []),
        ("second", REMINDERS, 2, day("2026-11-02"), []),
        ("held and moved", REMINDERS, 1, day("2026-11-02"), [Held(day("2026-11-10"), day("2026-11-11"))]),
    ]

    found = list(moved(timers, OFFICE, closing("2026-11-18")))

    assert [(one.key, one.was, one.now) for one in found] == [
        ("second", at("2026-12-02T09:30"), at("2026-12-03T09:30")),
        ("held and moved", at("2026-11-19T09:30"), at("2026-11-20T09:30")),
    ]


def test_a_period_of_months_names_the_public_holiday_at_its_end_alone() -> None:
    now = Calendar(added={day("2026-12-10"): "臨時休業"}, removed=[day("2027-01-01"), day("2026-12-29")])

    (found,) = what_moved(ONE_MONTH, "2026-12-01", now)

    assert found.reason == Reason(
        "due_moved+now_open_one", {"was": "2027-01-05", "now": "2027-01-02", "now_open_last": "2027-01-01"}
    )
