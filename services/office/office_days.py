"""Holidays and closures of this office, and the deadlines that a change of them moves.

A change is written with its row in the office's log; then every case with a timer is looked at again, some hundreds a
transaction. What moves keeps its natural key, so that no reminder is doubled or dropped, and each case whose timers
moved gets one history row that names the change. Broken off at any point, the sweep or ``calendar recount`` goes on
where it was: how far it came stands in the database.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.exc import OperationalError

from models import case as cases
from models import history, office, staff
from models import timer as timers
from services.engine.loading import load
from services.engine.office import Office
from services.engine.recounts import AT, CHANGED, cause_of, finish, next_cases, set_mark, unfinished
from services.engine.timers import moves
from services.engine.unit import UnitOfWork
from workflows.engine.calendars import Calendar
from workflows.engine.payloads import MovedTimer
from workflows.engine.values import Reason

LOCK_TRIES = 5

_DAY = office.calendar_day
_CASES_WITH_TIMERS = select(func.count(timers.timer.c.case_id.distinct()))
_BY_IDS = select(cases.case).where(cases.case.c.id.in_(bindparam("ids", expanding=True))).order_by(cases.case.c.id)
_MOVED = (
    select(cases.case.c.number, history.history.c.details)
    .join(cases.case, cases.case.c.id == history.history.c.case_id)
    .where(
        history.history.c.case_id.in_(bindparam("ids", expanding=True)), history.history.c.cause == bindparam("cause")
    )
    .order_by(history.history.c.case_id)
)


class PastDay(ValueError):
    """A day that is over would move deadlines now: what happened on it cannot be undone."""

    def __init__(self, day: date, moved: int) -> None:
        self.day = day
        self.moved = moved
        super().__init__(f"{day} is over, and {moved} deadlines would move")


class CalendarBusy(RuntimeError):
    """Somebody reads the calendar in a long transaction (a backup, a report); trying again later will do."""


@dataclass(frozen=True, slots=True)
class Change:
    """Days on which the office closes, or opens after all, and what the day is called."""

    days: tuple[date, ...]
    closes: bool
    name: str

    def on(self, calendar: Calendar) -> tuple[Calendar, list[date]]:
        """Return the calendar with the change, and the days that it changes; the others are so already."""
        added, removed = dict(calendar.added), set(calendar.removed)
        changed = []
        for day in self.days:
            if calendar.is_open(day) is not self.closes:
                continue
            changed.append(day)
            added.pop(day, None)
            removed.discard(day)
            if not self.closes and not _LAW.is_open(day):
                removed.add(day)
            elif self.closes and _LAW.is_open(day):
                added[day] = self.name
        return replace(calendar, added=added, removed=removed), changed


_LAW = Calendar()
"""What is open and closed where an office adds and removes nothing."""


@dataclass(frozen=True, slots=True)
class Move:
    """One deadline of one case that is due at another moment now, and why."""

    case: str
    timer: str
    fire_no: int
    was: datetime
    now: datetime
    why: Reason


@dataclass(frozen=True, slots=True)
class Done:
    """A change carried through: its row in the office's log (None: all was so already) and what moved."""

    event: int | None
    changed: tuple[date, ...]
    moved: tuple[Move, ...]


# -- looking --------------------------------------------------------------------------------------------------------


def preview(unit: UnitOfWork, change: Change) -> Iterator[Move]:
    """Yield every deadline that the change would move; nothing is written, and nobody waits for it."""
    after = 0
    while True:
        with unit.look() as db:
            here = unit.office(db)
            ids = next_cases(db, after)
            if not ids:
                return
            calendar, _ = change.on(here.calendar)
            found = load(db, list(db.execute(_BY_IDS, {"ids": ids})), replace(here, calendar=calendar))
            moved = [
                _move(number, timer)
                for number, loaded in found.items()
                for timer in moves(loaded, here.calendar, replace(here, calendar=calendar))
            ]
        yield from moved
        after = ids[-1]


def cases_with_deadlines(db: Connection) -> int:
    """Return how many cases a recount looks at."""
    return int(db.execute(_CASES_WITH_TIMERS).scalar_one())


def moved_by(unit: UnitOfWork, event: int) -> Iterator[Move]:
    """Yield what a change moved, as the history tells it, whoever carried it through."""
    after = 0
    while True:
        with unit.look() as db:
            ids = next_cases(db, after)
            if not ids:
                return
            rows = list(db.execute(_MOVED, {"ids": ids, "cause": cause_of(event)}))
        yield from (_told(row.number, timer) for row in rows for timer in row.details["moved"])
        after = ids[-1]


# -- changing -------------------------------------------------------------------------------------------------------


def carry_through(
    unit: UnitOfWork,
    change: Change,
    by: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Done:
    """Write the change and move what it moves. ``progress`` hears after each transaction how many cases were looked at.

    Raises:
        PastDay: a day is over and deadlines would move; nothing was written.
        CalendarBusy: the calendar could not be locked; nothing was written.
    """
    finish(unit)
    with unit.look() as db:
        here = unit.office(db)
    _, changed = change.on(here.calendar)
    past = [day for day in changed if day < here.calendar.today(here.now)]
    if past:
        moved = sum(1 for _ in preview(unit, replace(change, days=tuple(past))))
        if moved:
            raise PastDay(past[0], moved)
    event, changed = _write(unit, change, by)
    if event is None:
        return Done(None, (), ())
    finish(unit, progress)
    return Done(event, tuple(changed), tuple(moved_by(unit, event)))


def _write(unit: UnitOfWork, change: Change, by: str) -> tuple[int | None, list[date]]:
    """Write the days, the office's log and the marks; return the log's row and the days that really change."""
    for _ in range(LOCK_TRIES):
        try:
            with unit.begin() as db:
                office.wait_for_deeds(db)
                if unfinished(db) is None:
                    return _written(db, unit.office(db), change, by)
        except OperationalError as error:
            if type(error.orig).__name__ != "LockNotAvailable":
                raise
            continue
        finish(unit)  # somebody else changed a day in this moment: theirs is carried through first
    raise CalendarBusy


def _written(db: Connection, here: Office, change: Change, by: str) -> tuple[int | None, list[date]]:
    calendar, changed = change.on(here.calendar)
    if not changed:
        return None, []
    before = [[day.isoformat(), *_exception(here.calendar, day)] for day in changed]
    db.execute(delete(_DAY).where(_DAY.c.day.in_(changed)))
    for day in changed:
        sort, name = _exception(calendar, day)
        if sort is not None:
            row = {"day": day, "sort": sort, "name": name or change.name, "added_by": by, "added_at": here.now}
            office.upsert(db, _DAY, row, ["day"])
    details = {
        "days": [day.isoformat() for day in changed],
        "sort": "closed" if change.closes else "open",
        "name": change.name,
        "before": before,
    }
    event = staff.log(db, here.now, "calendar_changed", by, details)
    set_mark(db, CHANGED, event)
    set_mark(db, AT, 0)
    return event, changed


def _exception(calendar: Calendar, day: date) -> tuple[str | None, str | None]:
    """Return how the table says what this calendar says of a day: closed with its name, open, or nothing."""
    if day in calendar.added:
        return "closed", calendar.added[day]
    return ("open", None) if day in calendar.removed else (None, None)


# -- small things ---------------------------------------------------------------------------------------------------


def _move(number: str, timer: MovedTimer) -> Move:
    return Move(number, timer.name, timer.fire_no, timer.was, timer.now, timer.why)


def _told(number: str, timer: Mapping[str, Any]) -> Move:
    was, now = (datetime.fromisoformat(timer[name]) for name in ("was", "now"))
    return Move(number, timer["timer"], timer["fire_no"], was, now, Reason(*timer["why"]))


# -- the list -------------------------------------------------------------------------------------------------------


def listing(db: Connection, here: Office, first: date, last: date, language: str) -> list[dict[str, Any]]:
    """Return the days in that time on which the office is closed on a weekday, and those on which staff decided.

    ``source`` is who says so: office (added or taken away here), law (a public holiday) or closing (every year's).
    """
    decided = {row.day: row for row in db.execute(select(_DAY).where(_DAY.c.day.between(first, last)))}
    calendar, today = here.calendar, here.calendar.today(here.now)
    found = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        row = decided.get(day)
        if row is None and (day.weekday() > 4 or calendar.is_open(day)):
            continue
        source = "office" if row is not None else "law" if calendar.is_public_holiday(day) else "closing"
        found.append(
            {
                "day": day.isoformat(),
                "open": calendar.is_open(day),
                "name": calendar.why_closed(day, language) or _LAW.why_closed(day, language),
                "source": source,
                "forecast": calendar.is_forecast(day, today),
                "by": None if row is None else row.added_by,
            }
        )
    return found
