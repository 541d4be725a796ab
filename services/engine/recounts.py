"""A changed calendar carried through to every case with a timer: some hundreds a batch, each case once.

How far it came stands in the database, so that any number of processes may go on with it, one after the other, after
whatever broke it off. A case that will not go waits or is set aside, and none of its deadlines is fired meanwhile.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, union

from clock import machine_now
from models import case as cases
from models import office, staff
from models import retry as retries
from models import timer as timers
from services.engine import todos, troubled
from services.engine.loading import load
from services.engine.office import Office
from services.engine.order import Order
from services.engine.sweep import Work, always, bounded, run
from services.engine.timers import moves
from services.engine.transaction import carry_out
from services.engine.trouble import Fault, Kind
from services.engine.unit import UnitOfWork
from services.engine.upgrades import brought_up
from services.engine.versions import outdated
from workflows.engine.calendars import Calendar
from workflows.engine.payloads import Recount
from workflows.engine.values import SYSTEM
from workflows.registry import known

CHUNK = 300
"""How many cases one transaction looks at: short enough to stay out of people's way."""
CHANGED, RECOUNTED, AT = "calendar/changed", "calendar/recounted", "calendar/at"
"""Marks in the table of counters: the newest change, the newest one carried through, the last case looked at."""

_MARKS = select(cases.counter).where(cases.counter.c.name.in_((CHANGED, RECOUNTED, AT)))
_MARK_AT = select(cases.counter).where(cases.counter.c.name == AT).with_for_update()
_TIMED = (
    select(timers.timer.c.case_id)
    .where(timers.timer.c.case_id > bindparam("after"))
    .distinct()
    .order_by(timers.timer.c.case_id)
    .limit(bindparam("most"))
)
# What waits to be registered has a term and perhaps no timer.
_LYING = (
    select(cases.case.c.id.label("case_id"))
    .where(cases.LYING, cases.case.c.id > bindparam("after"))
    .order_by(cases.case.c.id)
    .limit(bindparam("most"))
)
_BOTH = union(select(_TIMED.subquery()), select(_LYING.subquery())).subquery()
_NEXT_CASES = select(_BOTH.c.case_id).order_by(_BOTH.c.case_id).limit(bindparam("most"))
_EVENT = select(staff.office_event.c.details).where(staff.office_event.c.seq == bindparam("seq"))


def unfinished(db: Connection) -> int | None:
    """Return the change that was written and not carried through to every case yet."""
    marks = _marks(db)
    changed = marks.get(CHANGED, 0)
    return changed if changed > marks.get(RECOUNTED, 0) else None


def finish(
    unit: UnitOfWork,
    progress: Callable[[int], None] = lambda _: None,
    *,
    most: int | None = None,
) -> bool:
    """Carry a change that was written through to every case; False where *most* transactions were not enough.

    Any number of processes may do this at once: they take turns, and none does a case twice. A case that will not go
    waits or is set aside, and none of its deadlines is fired meanwhile.
    """
    more = bounded(always, most)

    def told(db: Connection, here: Office, items: Sequence[Looked]) -> list[int]:
        seen = _together(db, here, items)
        looked.extend(seen)
        return seen

    def go_on() -> bool:
        while looked:
            progress(looked.pop(0))
        return more()

    looked: list[int] = []
    run(replace(_WORK, together=told), unit, go_on)
    with unit.begin() as db:
        return unfinished(db) is None


@dataclass(frozen=True, slots=True)
class Looked:
    """A case to be recounted after a change; ``again``: it would not go when its turn was."""

    case_id: int
    event: int
    again: bool = False


def _claim(db: Connection, here: Office) -> list[Looked]:
    """Return the next cases of the change that is being carried through, or those that are to be tried again."""
    event = unfinished(db)
    if outdated(db):
        return []  # cases under a newer version can only be recounted by newer code; so it carries the change through
    if event is not None:
        ids = next_cases(db, _take_turn(db))
        if ids:
            return [Looked(case_id, event) for case_id in ids]
        set_mark(db, RECOUNTED, event)
    again = retries.due(db, "recount", machine_now(db), known(), CHUNK)
    return [Looked(row.case_id, row.event, again=True) for row in again]


def _together(db: Connection, here: Office, items: Sequence[Looked]) -> list[int]:
    """Recount these cases and return how many were looked at."""
    at = _take_turn(db)
    items = [item for item in items if item.again or (item.case_id > at and item.event == unfinished(db))]
    locked = {row.id: row for row in cases.lock_free(db, [item.case_id for item in items]).values()}
    for event in sorted({item.event for item in items}):
        rows = [locked[item.case_id] for item in items if item.event == event and item.case_id in locked]
        again = {item.case_id for item in items if item.again}
        troubled.settled(db, here, [row for row in rows if row.id in again], "recount")
        _recount(db, rows, here, event)
    for item in items:
        if item.case_id not in locked:  # somebody else is at it: nobody waits here, its turn comes again
            _put_back(db, here, item, _HELD)
    _passed(db, items)
    return [len(items)] if items else []


_HELD = Fault(Kind.TRANSIENT, "locked by somebody else")


def _recount(db: Connection, rows: Sequence[Row[Any]], here: Office, event: int) -> None:
    """Move the timers of these cases, each through one transition of its own."""
    before = _calendar_before(db, here.calendar, event)
    locked = brought_up(db, {row.number: row for row in rows}, here)
    loaded = load(db, list(locked.values()), here)
    orders = [
        Order(number, "recount", Recount(event=event, moved=tuple(moved)), SYSTEM, cause_of(event))
        for number, one in loaded.items()
        if (moved := moves(one, before, here))
    ]
    moving = {order.case for order in orders}
    # A job's term may have no timer of its own, or one that has fired.
    todos.written(db, {number: one for number, one in loaded.items() if number not in moving}, here)
    carry_out(db, orders, here, locked={order.case: locked[order.case] for order in orders})


def _put_back(db: Connection, here: Office, item: Looked, fault: Fault) -> None:
    if fault.kind is Kind.TRANSIENT:
        troubled.put_back(db, here, item.case_id, fault, work="recount", event=item.event)
        _passed(db, [item])


def _set_aside(db: Connection, here: Office, item: Looked, fault: Fault) -> None:
    about = f"recount #{item.event}"
    troubled.set_aside(db, here, item.case_id, fault, work="recount", event=item.event, subject=lambda _: about)
    _passed(db, [item])


def _passed(db: Connection, items: Sequence[Looked]) -> None:
    """Write how far the change has come."""
    ids = [item.case_id for item in items if not item.again]
    if ids and max(ids) > _take_turn(db):
        set_mark(db, AT, max(ids))


_WORK: Work[Looked, int] = Work(
    claim=_claim,
    together=_together,
    put_back=_put_back,
    set_aside=_set_aside,
    judge=troubled.judge,
    tries=lambda _: 0,
    most_tries=1,
)


def _calendar_before(db: Connection, now: Calendar, event: int) -> Calendar:
    """Return the calendar as it was before the change, from what the office's log says of it."""
    details: Mapping[str, Any] = db.execute(_EVENT, {"seq": event}).scalar_one()
    added, removed = dict(now.added), set(now.removed)
    for text, sort, name in details["before"]:
        day = date.fromisoformat(text)
        added.pop(day, None)
        removed.discard(day)
        if sort == "closed":
            added[day] = name
        elif sort == "open":
            removed.add(day)
    return replace(now, added=added, removed=removed)


def next_cases(db: Connection, after: int) -> list[int]:
    """Return the ids of the next cases after that id that have a timer, or a term without one."""
    return [row.case_id for row in db.execute(_NEXT_CASES, {"after": after, "most": CHUNK})]


def _marks(db: Connection) -> dict[str, int]:
    return {row.name: row.value for row in db.execute(_MARKS)}


def set_mark(db: Connection, name: str, value: int) -> None:
    """Write how far a change has come."""
    office.upsert(db, cases.counter, {"name": name, "value": value}, ["name"])


def _take_turn(db: Connection) -> int:
    """Wait for whoever recounts at this moment, and return the last case that was looked at."""
    row = db.execute(_MARK_AT).one_or_none()
    return 0 if row is None else int(row.value)


def cause_of(event: int) -> str:
    """Return the cause that the history of a recounted case names."""
    return f"calendar:{event}"
