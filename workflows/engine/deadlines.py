"""Deadlines: how they are declared, when they are due, and why on that day.

A declaration reads as the procedure says it::

    every(working_days(2), times=5, then=working_days(5)).do("escalate")   # 2, 4, 6, 8, 10, 15, 20 ... for ever
    after(working_days(10), working_days(20)).do("remind")                 # twice, then no more
    as_the_case_says("escalate", name="answer_due")                        # a law's time: each case has its own

The n-th time a deadline fires is its fire number, from 1. Everything is computed from the anchor day, the fire number,
the calendar and the days on hold: nothing depends on when it is asked or on what was missed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from workflows.engine.calendars import ONE_DAY, Calendar, Held, StandsStillError, months_later
from workflows.engine.values import Reason

if TYPE_CHECKING:
    from workflows.engine.spans import Span

KeyT = TypeVar("KeyT")


class Unit(StrEnum):
    """What a deadline counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the letters of the present round promise.

    ``told`` is the latest day that a posted letter gives for the reply, ``reminded`` the day the last reminder was
    posted, ``waits_for`` the number of a reminder that still lies in the house.
    """

    told: date | None = None
    reminded: date | None = None
    waits_for: str | None = None


NOTHING = Promise()


# -- declaring --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """A number of days or months."""

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"{self.number} {self.unit}: a deadline counts at least 1")


def working_days(number: int) -> Count:
    """Working days of the office calendar; holds stop them."""
    return Count(number, Unit.WORKING_DAYS)


def months(number: int) -> Count:
    """Months by Regulation (EEC, Euratom) No 1182/71; neither holds nor the office's own closings stop them."""
    return Count(number, Unit.MONTHS)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something becomes due, and the transition it fires.

    ``counts`` are the firings from the anchor, ``step`` is added for ever after the last of them, ``condition`` is a
    mark that the machine interprets. Working days are due at the opening hour; calendar days and months at 0:00, when
    the period has run out, unless ``at_opening``.

    ``whole_day``: the day counted out was told to a person and is theirs to its end, so that it fires at the opening of
    the next working day. ``grace``: how many working days a posted reminder gives before it may fire; while a reminder
    lies unposted it does not. ``span``: the case itself says how long this run of it is.
    """

    name: str
    fires: str
    unit: Unit
    counts: tuple[int, ...]
    step: int | None = None
    at_opening: bool = True
    condition: str | None = None
    whole_day: bool = False
    grace: int | None = None
    span: "Span | None" = None

    @property
    def endless(self) -> bool:
        """Whether it goes on firing until the case moves."""
        return self.step is not None

    @property
    def legal(self) -> bool:
        """Whether the law's clock is counted, which no hold and no closing of the office stops."""
        return self.unit is not Unit.WORKING_DAYS or self.span is not None

    def count(self, fire_no: int) -> int | None:
        """Return how many days or months after the anchor it fires for the *fire_no*-th time; None if it does not."""
        if fire_no < 1:
            raise ValueError(f"there is no firing {fire_no}; the first is 1")
        beyond = fire_no - len(self.counts)
        if beyond <= 0:
            return self.counts[fire_no - 1]
        return None if self.step is None else self.counts[-1] + beyond * self.step

    def over(self, span: "Span") -> "Deadline":
        """Return the deadline as it runs for a case that says how long it is: it fires once."""
        return replace(self, counts=(1,), span=span)

    def when(self, condition: str) -> "Deadline":
        """Return the deadline as it stands only while the condition holds."""
        return replace(self, condition=condition)

    def after_the_whole_day(self) -> "Deadline":
        """Return the deadline as one that ends a person's time: the last day, and its mail, are theirs."""
        return replace(self, whole_day=True)

    def after_reminders(self, grace: Count) -> "Deadline":
        """Return the deadline as one that waits until a reminder is posted and has given so much time."""
        _require_one_unit([grace, Count(1, self.unit)])
        return replace(self, grace=grace.number)

    def shape(self) -> dict[str, object]:
        """Return all that a stored timer depends on, as plain data for the definition's fingerprint."""
        return {
            "name": self.name,
            "fires": self.fires,
            "unit": self.unit.value,
            "counts": list(self.counts),
            "step": self.step,
            "at_opening": self.at_opening,
            "condition": self.condition,
            "whole_day": self.whole_day,
            "grace": self.grace,
        }


@dataclass(frozen=True, slots=True)
class Schedule:
    """The firings of a deadline that has no deed yet: end it with `do`."""

    unit: Unit
    counts: tuple[int, ...]
    step: int | None = None
    at_opening: bool = True

    def do(self, fires: str, *, name: str | None = None) -> Deadline:
        """Return the deadline that fires this transition; it is known by its own name where one is given."""
        return Deadline(name or fires, fires, self.unit, self.counts, self.step, self.at_opening)


def after(*counts: Count) -> Schedule:
    """Fire at each of these counts from the anchor, then no more."""
    return _schedule(counts)


def every(step: Count, *, times: int | None = None, then: Count | None = None) -> Schedule:
    """Fire at every *step* for ever; with *times* that often and no more; with *then* at every such step after that."""
    if times is None:
        if then is not None:
            raise ValueError("every(..., then=...) needs times=: how often before the step changes")
        return _schedule([step], step)
    return _schedule(_row(step, step, times), then)


def then(first: Count, *, then_every: Count, times: int, at_last: Count) -> Schedule:
    """Fire at *first* and at every *then_every* after it, *times* in all, then at every *at_last* for ever."""
    return _schedule(_row(first, then_every, times), at_last)


def on_calendar_day(number: int) -> Schedule:
    """Fire once, at 0:00 of the n-th calendar day after the anchor: when that day begins."""
    return _schedule([Count(number, Unit.CALENDAR_DAYS)])


def on_calendar_day_at_opening(number: int) -> Schedule:
    """Fire once, at the opening hour of the n-th calendar day after the anchor, should the office be closed or not."""
    return replace(on_calendar_day(number), at_opening=True)


def as_the_case_says(fires: str, *, name: str, at_opening: bool = False) -> Deadline:
    """Fire once, after the `Span` that each run of the clock brings with it."""
    return Deadline(name, fires, Unit.CALENDAR_DAYS, (), at_opening=at_opening)


def _row(first: Count, step: Count, times: int) -> list[Count]:
    if times < 1:
        raise ValueError(f"times={times}: a deadline fires at least once")
    _require_one_unit([first, step])
    return [replace(first, number=first.number + n * step.number) for n in range(times)]


def _schedule(counts: Sequence[Count], step: Count | None = None) -> Schedule:
    if not counts:
        raise ValueError("a deadline needs at least one count, such as working_days(10)")
    _require_one_unit([*counts, *([] if step is None else [step])])
    numbers = tuple(count.number for count in counts)
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise ValueError(f"the counts must rise, each from the same anchor: {list(numbers)}")
    unit = counts[0].unit
    return Schedule(unit, numbers, None if step is None else step.number, unit is Unit.WORKING_DAYS)


def _require_one_unit(counts: Iterable[Count]) -> None:
    units = sorted({count.unit for count in counts})
    if len(units) > 1:
        raise ValueError(f"one deadline counts one unit, not {' and '.join(units)}")


# -- computing --------------------------------------------------------------------------------------------------


def due_at(
    deadline: Deadline,
    fire_no: int,
    anchor: date,
    calendar: Calendar,
    held: Sequence[Held] = (),
    promise: Promise = NOTHING,
) -> datetime | None:
    """Return the moment of the *fire_no*-th firing, in the office's zone.

    None where there is none: the deadline fires no more (``deadline.count(fire_no)`` is None too), or nobody can say
    when: its count stands still on a hold without an end, or it waits for the posting of a reminder.
    """
    try:
        day = last_day(deadline, fire_no, anchor, calendar, held, promise)
        if day is not None and deadline.whole_day:
            day = calendar.add_working_days(day, 1, held)
    except StandsStillError:
        return None
    if day is None or (deadline.grace is not None and promise.waits_for is not None):
        return None
    return calendar.opening(day) if deadline.at_opening else calendar.start_of(day)


def last_day(
    deadline: Deadline,
    fire_no: int,
    anchor: date,
    calendar: Calendar,
    held: Sequence[Held] = (),
    promise: Promise = NOTHING,
) -> date | None:
    """Return the day the *fire_no*-th firing is counted to; where it ends a person's time, that day is still theirs.

    None where it fires no more. Raises `StandsStillError` where the count reaches into a hold without an end.
    """
    count = deadline.count(fire_no)
    if count is None:
        return None
    if deadline.span is not None:
        return deadline.span.fires_on(anchor, calendar)
    day = _due_day(deadline.unit, count, anchor, calendar, held)
    if deadline.grace is not None and promise.reminded is not None:
        day = max(day, calendar.add_working_days(promise.reminded, deadline.grace, held))
    if deadline.whole_day and promise.told is not None:
        day = max(day, promise.told)
    return day


def months_after(anchor: date, n: int, calendar: Calendar) -> date:
    """Return the last day of a period of *n* months from *anchor*. Regulation (EEC, Euratom) No 1182/71, article 3.

    The anchor is not counted; the period ends with the day of the same number, or the month's last (3(1), 3(2)(c)). A
    last day that is a public holiday, a Sunday or a Saturday moves to the next working day (3(4)). The office's own
    closings and added days are no public holidays: they never give it more time.
    """
    last = months_later(anchor, n)
    while last.weekday() >= 5 or calendar.is_public_holiday(last):
        last += ONE_DAY
    return last


def _due_day(unit: Unit, count: int, anchor: date, calendar: Calendar, held: Sequence[Held]) -> date:
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(anchor, count, held)
    if unit is Unit.CALENDAR_DAYS:
        return anchor + count * ONE_DAY
    # The last day belongs to the period (1182/71, article 3(2)(c)): it has run out when the day after begins.
    return months_after(anchor, count, calendar) + ONE_DAY


# -- explaining -------------------------------------------------------------------------------------------------


def explain(
    deadline: Deadline,
    fire_no: int,
    anchor: date,
    calendar: Calendar,
    held: Sequence[Held] = (),
    *,
    today: date | None = None,
    promise: Promise = NOTHING,
) -> Reason:
    """Return why the *fire_no*-th firing is due when it is; workflows.words.deadlines has the sentences.

    A code is the parts of its sentence joined by ``+``. Days are ISO strings; of a list of days the last is a
    parameter of its own, for the "and" before it. An equinox beyond the year after *today* (or the anchor) is forecast.
    """
    count = deadline.count(fire_no)
    if count is None:
        raise ValueError(f"{deadline.name} fires {len(deadline.counts)} times; there is no firing {fire_no} to explain")
    if deadline.span is not None:
        return deadline.span.explain(anchor, calendar, today or anchor)
    if deadline.unit is Unit.WORKING_DAYS:
        reason = _explain_working_days(count, anchor, calendar, held, today or anchor)
        return _with_the_promise(reason, deadline, calendar, held, promise)
    if deadline.unit is Unit.MONTHS:
        return _explain_months(count, anchor, calendar, today or anchor)
    due = _due_day(deadline.unit, count, anchor, calendar, held)
    params = {"count": count, "start": anchor.isoformat(), "due": due.isoformat()}
    return _with_the_promise(Reason("due_calendar_day", params), deadline, calendar, held, promise)


def _explain_working_days(count: int, anchor: date, calendar: Calendar, held: Sequence[Held], today: date) -> Reason:
    plain = calendar.add_working_days(anchor, count)
    parts = ["due_working_day" if count == 1 else "due_working_days"]
    params: dict[str, object] = {"count": count, "start": anchor.isoformat(), "plain": plain.isoformat()}
    closed = [day for day, _ in calendar.closed_days_between(anchor, plain)]
    parts += _listed("closed", closed, params)
    due = plain
    try:
        due = calendar.add_working_days(anchor, count, held)
        params["due"] = due.isoformat()
    except StandsStillError as still:
        parts.append("standing")
        params["since"] = still.since.isoformat()
    if due > plain:
        params["held"] = stopped = calendar.working_days_between(anchor, due) - count
        parts.append("held_one" if stopped == 1 else "held_many")
        parts += _listed("more", [day for day, _ in calendar.closed_days_between(plain, due)], params)
    parts += _listed("forecast", calendar.forecasts_between(anchor, due, today), params)
    return Reason("+".join(parts), params)


def _with_the_promise(
    reason: Reason, deadline: Deadline, calendar: Calendar, held: Sequence[Held], promise: Promise
) -> Reason:
    """Return the sentence with what letters promised: whose the last day is, and what a reminder gave."""
    parts, params = [reason.code], dict(reason.params)
    if deadline.grace is not None and promise.waits_for is not None:
        return Reason("+".join([*parts, "unposted"]), {**params, "letter": promise.waits_for})
    if "due" not in params:  # it stands still on a hold, and nobody can say what follows
        return reason
    day = date.fromisoformat(str(params["due"]))
    try:
        if deadline.grace is not None and promise.reminded is not None:
            given = calendar.add_working_days(promise.reminded, deadline.grace, held)
            if given > day:
                day = given
                parts.append("given")
                params |= {"reminded": promise.reminded.isoformat(), "grace": deadline.grace, "given": day.isoformat()}
        if deadline.whole_day:
            if promise.told is not None and promise.told > day:
                day = promise.told
                parts.append("told")
                params["told"] = day.isoformat()
            opens = calendar.add_working_days(day, 1, held)
            parts.append("theirs")
            params |= {"last": day.isoformat(), "opens": opens.isoformat()}
    except StandsStillError:
        return reason
    return Reason("+".join(parts), params)


def _explain_months(count: int, anchor: date, calendar: Calendar, today: date) -> Reason:
    nominal, last = months_later(anchor, count), months_after(anchor, count, calendar)
    parts = ["due_month" if count == 1 else "due_months"]
    params: dict[str, object] = {"count": count, "start": anchor.isoformat(), "last": last.isoformat()}
    if last != nominal:
        parts.append("moved_on")
        params["nominal"] = nominal.isoformat()
    parts += _listed("forecast", calendar.forecasts_between(nominal - ONE_DAY, last, today), params)
    return Reason("+".join(parts), params)


def _listed(what: str, days: Sequence[date], params: dict[str, object]) -> list[str]:
    """Put the days into *params* and return the part of the sentence that lists them."""
    if not days:
        return []
    params[f"{what}_last"] = days[-1].isoformat()
    if len(days) == 1:
        return [f"{what}_one"]
    params[what] = [day.isoformat() for day in days[:-1]]
    return [f"{what}_many"]


# -- a changed calendar -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moved(Generic[KeyT]):
    """One timer that is due at another moment under the new calendar, and which days made it so."""

    key: KeyT
    was: datetime
    now: datetime
    reason: Reason


def moved(
    timers: Iterable[tuple[KeyT, Deadline, int, date, Sequence[Held]]],
    before: Calendar,
    now: Calendar,
    promise: Promise = NOTHING,
) -> Iterator[Moved[KeyT]]:
    """Return the timers that a change of calendar moves, each ``(key, deadline, fire_no, anchor, held)``, with why.

    They are of one case; *promise* is what its letters told: a day told in a posted letter does not move earlier.
    """
    changed = before.differences(now)
    for key, deadline, fire_no, anchor, held in timers:
        was = due_at(deadline, fire_no, anchor, before, held, promise)
        will_be = due_at(deadline, fire_no, anchor, now, held, promise)
        if was is None or will_be is None or was == will_be:
            continue
        until = max(before.today(was), now.today(will_be))
        touched = [day for day in changed if anchor < day <= until]
        if deadline.unit is Unit.MONTHS or deadline.span is not None:
            # Only a public holiday at its very end moves such a period.
            touched = [day for day in touched if before.is_public_holiday(day) != now.is_public_holiday(day)]
        yield Moved(key, was, will_be, _why_moved(was, will_be, touched, before))


def _why_moved(was: datetime, will_be: datetime, touched: Sequence[date], before: Calendar) -> Reason:
    params: dict[str, object] = {"was": was.date().isoformat(), "now": will_be.date().isoformat()}
    closed = [day for day in touched if before.is_open(day)]
    opened = [day for day in touched if not before.is_open(day)]
    if was.date() == will_be.date() or not touched:
        hours = {"was": was.isoformat(timespec="minutes"), "now": will_be.isoformat(timespec="minutes")}
        return Reason("due_moved_hours", hours)
    parts = ["due_moved", *_listed("now_closed", closed, params), *_listed("now_open", opened, params)]
    return Reason("+".join(parts), params)
