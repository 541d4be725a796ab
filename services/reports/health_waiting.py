"""What waits, and whether it waits too long: deadlines, orders, letters, and kinds of letters somebody stopped."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from models import letter_kind, staff
from models.command import TROUBLED as ORDERS_TROUBLED
from models.command import WAITING as ORDERS_WAIT
from models.command import command
from models.effect import TROUBLED as EFFECTS_TROUBLED
from models.effect import WAITING as EFFECTS_WAIT
from models.effect import effect
from models.history import EPOCH
from models.letter import letter
from models.retry import retry
from models.timer import LEGAL, timer
from services.engine.office import Office
from services.letters import letter_kinds
from services.reports.health_check import Check, age, existing, shown
from services.reports.health_lines import NO_ROOM
from services.reports.health_queues import SILENT
from workflows.engine.values import Reason

LATE = timedelta(seconds=60)
UNANSWERED = timedelta(seconds=30)
NEIGHBOURS = 5000
# Deadlines of a case that was set aside are told of as incidents.
_DEAD = select(retry.c.case_id).where(retry.c.case_id == timer.c.case_id, retry.c.dead).exists()
_LATE = (
    select(timer.c.due_at, timer.c.name)
    .where(timer.c.due_at <= bindparam("before"), ~_DEAD)
    .order_by(timer.c.due_at)
    .limit(1)
)
_LATE_LEGAL = _LATE.where(LEGAL)
_OLDEST_ORDER = select(func.min(command.c.placed_at), func.count()).where(ORDERS_WAIT)
# A letter of a stopped kind waits because somebody wants it to; looked for only while a kind is stopped.
KEPT_BACK = (
    select(letter.c.id)
    .join(letter_kind.letter_kind, letter_kind.letter_kind.c.kind == letter.c.kind)
    .where(letter.c.number == effect.c.subject, letter.c.copy == effect.c.copy, letter_kind.letter_kind.c.stopped)
    .exists()
)
_OLDEST_EFFECT = select(effect.c.id, effect.c.ordered_at).where(EFFECTS_WAIT).order_by(effect.c.ordered_at).limit(1)
_WAITING_EFFECTS = select(func.count()).where(EFFECTS_WAIT)
_CLAIMED = (
    select(effect.c.id).where(effect.c.id >= bindparam("first"), effect.c.claimed_at >= bindparam("since")).limit(1)
)
# What waits because of trouble that passes: how many, since when, and what the newest is.
_TROUBLED_ORDERS: Any = select(func.count(), func.min(command.c.troubled_at), func.max(command.c.trouble)).where(
    ORDERS_TROUBLED
)
_TROUBLED_LETTERS: Any = select(func.count(), func.min(effect.c.troubled_at), func.max(effect.c.fault)).where(
    EFFECTS_TROUBLED, ~KEPT_BACK
)
_TROUBLED_CASES: Any = select(func.count(), func.min(retry.c.since), func.max(retry.c.fault)).where(
    retry.c.dead.is_(False)
)
_MOVED = (
    select(staff.office_event.c.at, staff.office_event.c.details)
    .where(staff.office_event.c.what == "clock_moved")
    .order_by(staff.office_event.c.seq.desc())
    .limit(1)
)


def waiting(db: Connection, office: Office, now: datetime) -> Iterator[Check]:
    """Look at deadlines, orders and letters, each in trouble or merely waiting, and at stopped kinds of letters.

    *now* by the database's clock, which knows no shifted time.
    """
    yield _troubled(db, "timers", _TROUBLED_CASES, now) or _timers(db, office)
    yield _troubled(db, "orders", _TROUBLED_ORDERS, now) or _orders(db, now)
    yield _troubled(db, "letters", _TROUBLED_LETTERS, now, office) or _letters(db, now)
    yield from _stopped_kinds(db, office)


def _timers(db: Connection, office: Office) -> Check:
    """Whether what is due is fired: legal dates at any hour, everything else while the office is open."""
    worst, name = max(overdue(db, office, LATE).values(), default=(timedelta(0), ""))
    if worst > LATE:
        return Check("timers", ok=False, detail=Reason("health.timers_late", {"age": age(worst), "timer": name}))
    return Check("timers", ok=True, detail=Reason("health.timers"))


def overdue(db: Connection, office: Office, by: timedelta = timedelta(0)) -> dict[str, tuple[timedelta, str]]:
    """Return how long the longest due deadline waits to be fired, and its name: of ``legal`` dates, and of ``all``.

    Only what is due for longer than *by*; nothing but the law's dates is due while the office is closed.
    """
    moved = _clock_moved(db, office)
    opening = office.calendar.opening(office.calendar.today(office.now))
    looks: dict[str, tuple[Select[Any], datetime | None]] = {"legal": (_LATE_LEGAL, None)}
    if office.calendar.in_hours(office.now):
        looks["all"] = (_LATE, opening)
    found = {}
    for which, (statement, not_before) in looks.items():
        row = db.execute(statement, {"before": office.now - by}).one_or_none()
        if row is not None:
            since = max(moment for moment in (row.due_at, not_before, moved) if moment is not None)
            found[which] = (office.now - since, row.name)
    return found


def _troubled(db: Connection, name: str, statement: Any, now: datetime, office: Office | None = None) -> Check | None:
    """Return what waits for trouble to pass: red, though nothing of it is lost, until it goes through.

    Where the spool has no room, its own file system is named (*office* given).
    """
    count, since, fault = db.execute(statement).one()
    if not count:
        return None
    params = {"count": count, "age": age(now - since), "fault": fault, "of": name}
    if office is not None and any(word in fault for word in NO_ROOM):
        spool = office.settings.spool
        params |= {"folder": str(spool), "free": shutil.disk_usage(existing(spool)).free // 1024**2}
        return Check(name, ok=False, detail=Reason("health.spool_full", params))
    return Check(name, ok=False, detail=Reason("health.troubled", params))


def _clock_moved(db: Connection, office: Office) -> datetime | None:
    """Return when the office's clock was last moved: what became due by that is late only from then on."""
    if not office.founded.shifted:
        return None
    row = db.execute(_MOVED).one_or_none()
    return None if row is None else EPOCH + timedelta(microseconds=row.at, seconds=row.details["seconds"])


def _orders(db: Connection, now: datetime) -> Check:
    oldest, count = db.execute(_OLDEST_ORDER).one()
    if not count:
        return Check("orders", ok=True, detail=Reason("health.orders"))
    params = {"count": count, "age": age(now - oldest)}
    return Check("orders", ok=now - oldest <= UNANSWERED, detail=Reason("health.orders_wait", params))


def _letters(db: Connection, now: datetime) -> Check:
    """Whether ordered letters are made: a long line that moves is no fault, one that stands still is."""
    wanted = () if not letter_kind.stopped(db) else (~KEPT_BACK,)
    oldest = db.execute(_OLDEST_EFFECT.where(*wanted)).one_or_none()
    if oldest is None:
        return Check("letters", ok=True, detail=Reason("health.letters"))
    waited = now - oldest.ordered_at
    moving = waited <= LATE or bool(
        db.execute(_CLAIMED, {"first": oldest.id - NEIGHBOURS, "since": now - SILENT}).first()
    )
    params = {"count": db.execute(_WAITING_EFFECTS.where(*wanted)).scalar_one(), "age": age(waited)}
    return Check("letters", ok=moving, detail=Reason("health.letters_wait", params))


def _stopped_kinds(db: Connection, office: Office) -> Iterator[Check]:
    """Which kinds of letters a lead has stopped, and what waits for their start: a decision, no fault."""
    for kind in letter_kinds.stopped(db):
        params = {
            "kind": f"letter.{kind.kind}",
            "since": shown(kind.since, office) if kind.since is not None else "-",
            "by": kind.by,
            "reason": letter_kinds.reason_words(kind.reason or "-"),
            "to_be_made": kind.to_be_made,
            "to_be_printed": kind.to_be_printed,
        }
        yield Check("letter_kinds", ok=True, detail=Reason("health.kind_stopped", params), note=True)
