"""The desk's health, looked at from the database: what stalls is red within 30 seconds, even while every process lives.

A worker that is alive and consumes nothing is the fault people do not see: so each queue proves itself by a heartbeat,
a row that is written only by consuming a message of that queue. Nothing here talks to the broker: the caller says what
became of asking it. What is no fault but must be seen (a shifted clock, a demo, an office of one) is a note.
"""

import math
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from clock import machine_now
from models import dropped, letter_kind, staff
from models import office as office_table
from models.base import Moment
from models.command import command
from models.effect import effect
from models.history import EPOCH
from models.incident import incident, notice
from models.letter import letter
from models.retry import retry
from models.timer import timer
from services.engine.office import Office
from services.letters import letter_kinds
from services.letters.post import morning_count, overdue_before
from services.returns import papers, tray
from settings import Settings
from workflows.engine.values import Reason, Role
from workflows.registry import main, procedures

QUEUES = ("commands", "clock", "effects", "bulk")
"""The queues that must be consumed; tests hold them against the application's own."""

SILENT = timedelta(seconds=27)
"""A queue without a heartbeat for so long is deaf: two did not come and the third is due, so red within 30 seconds."""
FORGOTTEN = timedelta(minutes=10)
"""A worker silent for so long beside others that beat has gone; it is no longer waited for."""
CHANCE = 1e-4
"""How likely a false alarm may be where several workers share a queue and each heartbeat goes to one of them."""
BEAT_EVERY = timedelta(seconds=10)
CLOCKS_AGREE, CLOCKS_DIFFER = timedelta(seconds=2), timedelta(seconds=60)
"""Up to the first nothing is said, up to the second it is a note; what is further off is not even nearly set."""
LATE = timedelta(seconds=60)
UNANSWERED = timedelta(seconds=30)
DAY = timedelta(days=1)
LEAST_FREE = 256 * 1024**2
"""Bytes: room for the letters of a busy hour and for the database to close in order."""
LEAST_SHARE = 10
"""A file system smaller than ten times that must have a tenth of itself free."""
NO_ROOM = ("ENOSPC", "EDQUOT")
NEIGHBOURS = 5000

_BEATS: Select[Any] = select(
    office_table.heartbeat.c.queue,
    office_table.heartbeat.c.worker,
    office_table.heartbeat.c.at,
    office_table.heartbeat.c.ahead,
)
# Deadlines of a case that was set aside are told of as incidents.
_DEAD = select(retry.c.case_id).where(retry.c.case_id == timer.c.case_id, retry.c.dead).exists()
_LATE = (
    select(timer.c.due_at, timer.c.name)
    .where(timer.c.due_at <= bindparam("before"), ~_DEAD)
    .order_by(timer.c.due_at)
    .limit(1)
)
_LATE_LEGAL = _LATE.where(timer.c.legal)
_OLDEST_ORDER = select(func.min(command.c.placed_at), func.count()).where(command.c.outcome.is_(None))
# A letter of a stopped kind waits because somebody wants it to.
_KEPT_BACK = (
    select(letter.c.id)
    .join(letter_kind.letter_kind, letter_kind.letter_kind.c.kind == letter.c.kind)
    .where(letter.c.number == effect.c.subject, letter.c.copy == effect.c.copy, letter_kind.letter_kind.c.stopped)
    .exists()
)
_OLDEST_EFFECT = (
    select(effect.c.id, effect.c.ordered_at)
    .where(effect.c.state == "waiting", ~_KEPT_BACK)
    .order_by(effect.c.ordered_at)
    .limit(1)
)
_WAITING_EFFECTS = select(func.count()).where(effect.c.state == "waiting", ~_KEPT_BACK)
_CLAIMED = (
    select(effect.c.id).where(effect.c.id >= bindparam("first"), effect.c.claimed_at >= bindparam("since")).limit(1)
)
# What waits because of trouble that passes: how many, since when, and what the newest is.
_TROUBLED_ORDERS: Any = select(func.count(), func.min(command.c.troubled_at), func.max(command.c.trouble)).where(
    command.c.outcome.is_(None), command.c.troubled_at.is_not(None)
)
_TROUBLED_LETTERS: Any = select(func.count(), func.min(effect.c.troubled_at), func.max(effect.c.fault)).where(
    effect.c.state == "waiting", effect.c.troubled_at.is_not(None), ~_KEPT_BACK
)
_TROUBLED_CASES: Any = select(func.count(), func.min(retry.c.since), func.max(retry.c.fault)).where(
    retry.c.dead.is_(False)
)
_OPEN_INCIDENTS: Select[Any] = (
    select(incident.c.kind, incident.c.case_number, incident.c.subject, incident.c.fault, incident.c.at)
    .where(incident.c.closed_at.is_(None))
    .order_by(incident.c.id.desc())
    .limit(200)
)
_KINDS_UNREAD = (
    select(func.min(notice.c.at, type_=Moment).label("since"))
    .where(notice.c.read_at.is_(None), notice.c.role == Role.LEAD)
    .group_by(notice.c.case_number, notice.c.code)
    .subquery()
)
# One a case and reason, however often it was told.
_UNREAD = select(func.count(), func.min(_KINDS_UNREAD.c.since, type_=Moment))
_STOOD_STILL = (
    select(notice.c.params)
    .where(notice.c.read_at.is_(None), notice.c.code == "notice.stood_still")
    .order_by(notice.c.id.desc())
    .limit(1)
)
_UNPOSTED = select(func.count(), func.min(letter.c.made_at)).where(
    letter.c.state.in_(["made", "printed"]), letter.c.made_at < bindparam("before")
)
_FINGERPRINT = select(office_table.definition.c.fingerprint).where(
    office_table.definition.c.name == bindparam("name"), office_table.definition.c.version == bindparam("version")
)
_MOVED = (
    select(staff.office_event.c.at, staff.office_event.c.details)
    .where(staff.office_event.c.what == "clock_moved")
    .order_by(staff.office_event.c.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``note``: no fault, but something people must know while they read the rest."""

    name: str
    ok: bool
    detail: Reason
    note: bool = False


def checks(
    db: Connection | None, office: Office | None, settings: Settings, broker_fault: str | None, *, busy: bool = False
) -> list[Check]:
    """Return everything looked at; without a database what can be seen without it.

    *broker_fault* is the kind of error the broker was reached with (or not), None where it answered. *busy*: the
    database is there, but somebody holds what was to be looked at.
    """
    found = [_database(db, busy=busy), _broker(broker_fault)]
    if db is not None and office is not None:
        found += [*_from_the_database(db, office)]
    notes = () if office is None else _notes(office)
    return [*found, *_disks(settings), *notes]


def _from_the_database(db: Connection, office: Office) -> Iterator[Check]:
    now = machine_now(db)
    beats: list[Row[Any]] = list(db.execute(_BEATS))
    for queue in QUEUES:
        yield queue_check(queue, [row for row in beats if row.queue == queue], now)
    yield _beat([row.at for row in beats if row.queue == "clock"], now)
    yield _clocks(beats, now, machine_now() - now)
    yield _troubled(db, "timers", _TROUBLED_CASES, now) or _timers(db, office)
    yield _troubled(db, "orders", _TROUBLED_ORDERS, now) or _orders(db, now)
    yield _troubled(db, "letters", _TROUBLED_LETTERS, now, office) or _letters(db, now)
    yield from _stopped_kinds(db, office)
    yield _incidents(db, office)
    yield _messages(db, office)
    yield _definition(db)
    yield _count(db)
    yield _unposted(db, office)
    yield _returns(db)
    yield _tray(db, office)
    yield _notices(db, office)
    yield from _stood_still(db)


def _database(db: Connection | None, *, busy: bool) -> Check:
    if db is None and busy:
        return Check("database", ok=False, detail=Reason("health.database_busy"))
    if db is None:
        return Check("database", ok=False, detail=Reason("health.database_away"))
    return Check("database", ok=True, detail=Reason("health.database", {"kind": db.dialect.name}))


def _broker(fault: str | None) -> Check:
    if fault is None:
        return Check("broker", ok=True, detail=Reason("health.broker"))
    return Check("broker", ok=False, detail=Reason("health.broker_away", {"fault": fault}))


# -- queues -----------------------------------------------------------------------------------------------------


def queue_check(queue: str, beats: Iterable[Row[Any]], now: datetime) -> Check:
    """Return whether a queue is consumed, by every worker that consumed it lately."""
    name = f"queue_{queue}"
    ages = {row.worker: now - row.at for row in beats}
    if not ages:
        return Check(name, ok=False, detail=Reason("health.queue_never", {"queue": queue}))
    freshest = min(ages, key=lambda worker: ages[worker])
    if ages[freshest] > SILENT:
        params = {"queue": queue, "worker": freshest, "age": age(ages[freshest])}
        return Check(name, ok=False, detail=Reason("health.queue_silent", params))
    known = {worker: silence for worker, silence in ages.items() if silence < FORGOTTEN}
    patience = patience_with(len(known))
    deaf = {worker: silence for worker, silence in known.items() if silence > patience}
    if deaf:
        worker = max(deaf, key=lambda one: deaf[one])
        params = {"queue": queue, "worker": worker, "age": age(deaf[worker]), "count": len(deaf)}
        return Check(name, ok=False, detail=Reason("health.worker_deaf", params))
    params = {"queue": queue, "workers": sorted(known), "age": age(ages[freshest])}
    return Check(name, ok=True, detail=Reason("health.queue", params))


def patience_with(workers: int) -> timedelta:
    """Return how long one of so many workers may be silent on a queue they share before it counts as deaf.

    Each heartbeat goes to one of them by chance; after n heartbeats a sound worker has had none with (1 - 1/k)^n.
    """
    if workers < 2:
        return SILENT
    heartbeats = math.ceil(math.log(CHANCE) / math.log(1 - 1 / workers))
    return max(SILENT, min(heartbeats * BEAT_EVERY, FORGOTTEN))


def _beat(heard: list[datetime], now: datetime) -> Check:
    # What is consumed from the queue of the clock was rung by beat: nobody else rings there.
    if not heard or now - max(heard) > SILENT:
        silence = age(now - max(heard)) if heard else "-"
        return Check("beat", ok=False, detail=Reason("health.beat_silent", {"age": silence}))
    return Check("beat", ok=True, detail=Reason("health.beat", {"age": age(now - max(heard))}))


def _clocks(beats: Iterable[Row[Any]], now: datetime, own: timedelta) -> Check:
    """Whether the clocks agree, of the workers, of the database and of whoever asks: nothing here depends on it."""
    ahead = {row.worker: timedelta(milliseconds=row.ahead) for row in beats if now - row.at < FORGOTTEN}
    ahead["admin"] = own
    worst = max(ahead, key=lambda who: abs(ahead[who]))
    off = abs(ahead[worst])
    if off < CLOCKS_AGREE:
        return Check("clocks", ok=True, detail=Reason("health.clocks"))
    code = "health.clock_ahead" if ahead[worst] > timedelta(0) else "health.clock_behind"
    near = off <= CLOCKS_DIFFER
    return Check("clocks", ok=near, detail=Reason(code, {"who": worst, "age": age(off)}), note=near)


# -- what waits -------------------------------------------------------------------------------------------------


def _timers(db: Connection, office: Office) -> Check:
    """Whether what is due is fired: legal dates at any hour, everything else while the office is open."""
    moved = _clock_moved(db, office)
    late: list[tuple[timedelta, str]] = []
    opening = office.calendar.opening(office.calendar.today(office.now))
    looks: list[tuple[Select[Any], datetime | None]] = [(_LATE_LEGAL, None)]
    if office.calendar.in_hours(office.now):
        looks.append((_LATE, opening))
    for statement, not_before in looks:
        row = db.execute(statement, {"before": office.now - LATE}).one_or_none()
        if row is not None:
            since = max(moment for moment in (row.due_at, not_before, moved) if moment is not None)
            late.append((office.now - since, row.name))
    worst, name = max(late, default=(timedelta(0), ""))
    if worst > LATE:
        return Check("timers", ok=False, detail=Reason("health.timers_late", {"age": age(worst), "timer": name}))
    return Check("timers", ok=True, detail=Reason("health.timers"))


def _troubled(db: Connection, name: str, statement: Any, now: datetime, office: Office | None = None) -> Check | None:
    """Return what waits for trouble to pass: red, though nothing of it is lost, until it goes through.

    Where the spool has no room, its own file system is named (*office* given).
    """
    count, since, fault = db.execute(statement).one()
    if not count:
        return None
    params = {"count": count, "age": age(now - since), "fault": fault}
    if office is not None and any(word in fault for word in NO_ROOM):
        spool = office.settings.spool
        params |= {"folder": str(spool), "free": shutil.disk_usage(_existing(spool)).free // 1024**2}
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
    oldest = db.execute(_OLDEST_EFFECT).one_or_none()
    if oldest is None:
        return Check("letters", ok=True, detail=Reason("health.letters"))
    waited = now - oldest.ordered_at
    moving = waited <= LATE or bool(
        db.execute(_CLAIMED, {"first": oldest.id - NEIGHBOURS, "since": now - SILENT}).first()
    )
    params = {"count": db.execute(_WAITING_EFFECTS).scalar_one(), "age": age(waited)}
    return Check("letters", ok=moving, detail=Reason("health.letters_wait", params))


def _stopped_kinds(db: Connection, office: Office) -> Iterator[Check]:
    """Which kinds of letters a lead has stopped, and what waits for their start: a decision, no fault."""
    for kind in letter_kinds.stopped(db):
        params = {
            "kind": f"letter.{kind.kind}",
            "since": _shown(kind.since, office) if kind.since is not None else "-",
            "by": kind.by,
            "reason": letter_kinds.reason_words(kind.reason or "-"),
            "to_be_made": kind.to_be_made,
            "to_be_printed": kind.to_be_printed,
        }
        yield Check("letter_kinds", ok=True, detail=Reason("health.kind_stopped", params), note=True)


# -- what people must look at -----------------------------------------------------------------------------------


def _incidents(db: Connection, office: Office) -> Check:
    """Whether something was set aside: until it is brought back or went through, a discarded message for a day."""
    rows: list[Row[Any]] = list(db.execute(_OPEN_INCIDENTS))
    still = [row for row in rows if row.kind != "message" or office.now - row.at < DAY]
    if not still:
        return Check("incidents", ok=True, detail=Reason("health.incidents"))
    newest = still[0]
    params = {"count": len(still), "case": newest.case_number or "-", "subject": newest.subject, "fault": newest.fault}
    return Check("incidents", ok=False, detail=Reason("health.incidents_open", params))


def _messages(db: Connection, office: Office) -> Check:
    """How many messages the workers dropped today: they do no harm, but somebody writes to the broker."""
    found = dropped.of_day(db, office.calendar.today(office.now))
    kinds = [f"dropped.{kind}" for kind in found]
    code = "health.messages_dropped" if found else "health.messages"
    return Check(
        "messages", ok=True, detail=Reason(code, {"count": sum(found.values()), "kinds": kinds}), note=bool(found)
    )


def _definition(db: Connection) -> Check:
    """Whether each procedure of this code is the one the office works under; the main one is named where all are."""
    for each in procedures():
        machine = each.machine
        known = db.execute(_FINGERPRINT, {"name": machine.name, "version": machine.version}).scalar_one_or_none()
        params = {"version": machine.version, "fingerprint": machine.fingerprint}
        if known is not None and known != machine.fingerprint:
            return Check("definition", ok=False, detail=Reason("health.definition_changed", {**params, "known": known}))
    machine = main().machine
    params = {"version": machine.version, "fingerprint": machine.fingerprint}
    return Check("definition", ok=True, detail=Reason("health.definition", params))


def _count(db: Connection) -> Check:
    count = morning_count(db)
    code = "health.count_stopped" if count["stopped"] else "health.count"
    code = code if count["balanced"] else "health.count_wrong"
    return Check(
        "count", ok=count["balanced"], detail=Reason(code, {k: v for k, v in count.items() if k != "balanced"})
    )


def _unposted(db: Connection, office: Office) -> Check:
    """Letters that lie in the house for more than a working day: the lead is told of each; it is no stall."""
    count, _ = db.execute(_UNPOSTED, {"before": overdue_before(office)}).one()
    code = "health.unposted_some" if count else "health.unposted"
    return Check("unposted", ok=True, detail=Reason(code, {"count": count}), note=bool(count))


def _returns(db: Connection) -> Check:
    """Pieces of mail in = arrivals registered: what was scanned, and nobody gave its case the order yet."""
    cases = papers.unregistered(db)
    code = "health.returns_some" if cases else "health.returns"
    return Check("returns", ok=True, detail=Reason(code, {"count": len(cases), "cases": cases[:3]}), note=bool(cases))


def _tray(db: Connection, office: Office) -> Check:
    """Scanned pages that nobody has sorted for more than a working day: the clerks are told; it is no stall."""
    count = tray.overdue(db, office)
    code = "health.tray_some" if count else "health.tray"
    return Check("tray", ok=True, detail=Reason(code, {"count": count}), note=bool(count))


def _notices(db: Connection, office: Office) -> Check:
    count, oldest = db.execute(_UNREAD).one()
    if not count:
        return Check("notices", ok=True, detail=Reason("health.notices"))
    params = {"count": count, "oldest": office.calendar.today(oldest).isoformat()}
    return Check("notices", ok=True, detail=Reason("health.notices_unread", params), note=True)


def _stood_still(db: Connection) -> Iterator[Check]:
    """What was missed while the desk stood still, said once: until somebody has read the notice of it."""
    params = db.execute(_STOOD_STILL).scalar_one_or_none()
    if params is not None:
        yield Check("stood_still", ok=True, detail=Reason("health.stood_still", params), note=True)


# -- the machine and the settings -------------------------------------------------------------------------------


def _disks(settings: Settings) -> Iterator[Check]:
    for name, folder in (("disk_var", settings.var), ("disk_spool", settings.spool), ("disk_keys", settings.keys)):
        usage = shutil.disk_usage(_existing(folder))
        least = min(LEAST_FREE, usage.total // LEAST_SHARE)
        params = {"folder": Path(folder).name, "free": usage.free // 1024**2, "least": math.ceil(least / 1024**2)}
        code = "health.disk" if usage.free >= least else "health.disk_full"
        yield Check(name, ok=usage.free >= least, detail=Reason(code, params))


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _notes(office: Office) -> Iterator[Check]:
    """What the office was founded as: known only where its database is."""
    yield Check("residency", ok=True, detail=Reason("health.residency", {"country": office.founded.residency}))
    if office.founded.shifted:
        params = {"now": _shown(office.now, office)}
        yield Check("clock", ok=True, detail=Reason("health.clock_shifted", params), note=True)
    if office.founded.demo:
        yield Check("allow_as", ok=True, detail=Reason("health.allow_as"), note=True)
    if office.founded.sole:
        yield Check("sole", ok=True, detail=Reason("health.sole"), note=True)


def _shown(moment: datetime, office: Office) -> str:
    return moment.astimezone(ZoneInfo(office.calendar.zone)).strftime("%Y-%m-%d %H:%M")


def age(span: timedelta) -> str:
    """Return a span as hours, minutes and seconds, the same in every language: ``0:02:13``."""
    seconds = max(0, round(span.total_seconds()))
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
