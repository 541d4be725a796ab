"""The office's log against its chain, its head and the cases that witness it; staff, founding, calendar against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from models import founding
from models.case import case
from models.office import calendar_day
from models.staff import chain, log_head, office_event, staff
from services.audit import procedures
from services.audit.cases import ANSWERED_FOR, nobodys
from services.office.adopting import LOGGED
from workflows.engine.calendars import Calendar
from workflows.engine.values import Reason, Role

Told = tuple[str | None, str, Reason]

LOT = 1_000
KEY_MADE = "audit_key_made"
"""What the log says of a key by which checkpoints are signed."""

_LOT = select(office_event).where(office_event.c.seq > bindparam("after")).order_by(office_event.c.seq).limit(LOT)
_HEAD = select(log_head.c.seq, log_head.c.hash).where(log_head.c.id == 1)
# Of a case that moved before the log had its first row, or before cases witnessed it, nothing is known: (0, "").
_UNKNOWN = ((case.c.log_seq != 0) | (case.c.log_hash != "")) & ~select(office_event.c.seq).where(
    office_event.c.seq == case.c.log_seq, office_event.c.hash == case.c.log_hash
).exists()
_WITNESSES = select(func.count(), func.min(case.c.number), func.max(case.c.log_seq)).where(_UNKNOWN)
_STAFF = select(staff).order_by(staff.c.name)
_DAYS = select(calendar_day.c.day, calendar_day.c.sort)
_LAW = Calendar()


@dataclass(slots=True)
class Log:
    """What the log says: where it ends, what was founded, who works here, which days differ from the law's, its faults.

    ``adopted`` are the procedures it says were adopted, by number.

    ``keys`` are those it says checkpoints are signed by (public halves).

    ``missing`` are the cases it names under whose numbers there is neither a case nor an order: {number: kind of row}.
    """

    seq: int = 0
    head: str = ""
    founded: Mapping[str, Any] | None = None
    members: dict[str, tuple[frozenset[str], bool]] = field(default_factory=dict)
    days: dict[date, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    adopted: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    faults: list[Told] = field(default_factory=list)


def read(db: Connection) -> Log:
    """Return what the whole log says, in one look."""
    log = Log()
    broken = False
    while rows := list(db.execute(_LOT, {"after": log.seq})):
        for row in rows:
            if row.seq != log.seq + 1 or row.prev_hash != log.head or chain(row._asdict()) != row.hash:
                broken = broken or _broken(log, row)
            log.seq, log.head = row.seq, row.hash
            try:
                _take(log, row)
            except (AttributeError, KeyError, TypeError, ValueError):  # nobody ever wrote a row of such a form
                broken = broken or _broken(log, row)
        named = {str(row.details["case"]): row.what for row in rows if _names_a_case(row)}
        log.missing |= {number: named[number] for number in nobodys(db, list(named))}
    return log


def _broken(log: Log, row: Row[Any]) -> bool:
    log.faults.append((None, "log_broken", Reason("doctor.log_broken", {"seq": row.seq})))
    return True


def _names_a_case(row: Row[Any]) -> bool:
    return isinstance(row.details, dict) and bool(row.details.get("case")) and row.details.get("what") != ANSWERED_FOR


def _take(log: Log, row: Row[Any]) -> None:
    details: Mapping[str, Any] = row.details
    if row.what == "office_founded" and log.founded is None:
        log.founded = details
    if row.what == KEY_MADE:
        log.keys.add(str(details["key"]))
    if row.what == LOGGED:
        log.adopted[int(details["number"])] = details
    if row.what == "calendar_changed":
        for day in map(date.fromisoformat, details.get("days", ())):
            log.days.pop(day, None)
            if _LAW.is_open(day) is (details["sort"] == "closed"):  # otherwise it is as the law has it again
                log.days[day] = details["sort"]
    if row.what not in ("staff_added", "staff_removed") or not isinstance(name := details.get("name"), str):
        return
    by = row.actor.partition(" (by ")[0]
    roles, active = log.members.get(by, (frozenset(), False))
    # The first member founds the office; whoever comes after is let in by a lead.
    if log.members and not (active and Role.LEAD in roles):
        params = {"seq": row.seq, "name": name, "by": row.actor}
        log.faults.append((None, "staff_by_no_lead", Reason("doctor.staff_by_no_lead", params)))
    if row.what == "staff_added":
        log.members[name] = frozenset(details.get("roles", ())), True
    else:
        log.members[name] = log.members.get(name, (frozenset(), False))[0], False


def end(db: Connection) -> tuple[int, str]:
    """Return where the log is said to end: number and hash of its last row."""
    head = db.execute(_HEAD).one_or_none()
    return (0, "") if head is None else (head.seq, head.hash)


def examine(db: Connection, log: Log) -> Iterator[Told]:
    """Yield everything about the log and the staff that is not as it must be."""
    yield from log.faults
    said = end(db)
    if said != (log.seq, log.head):
        yield None, "log_cut", Reason("doctor.log_cut", {"seq": log.seq, "head": said[0]})
    cases, first, seq = db.execute(_WITNESSES).one()
    if cases:
        yield first, "log_forgotten", Reason("doctor.log_forgotten", {"cases": cases, "seq": seq})
    yield from _founding(db, log)
    yield from _staff(db, log)
    stored: dict[date, str] = {day.day: day.sort for day in db.execute(_DAYS)}
    yield from procedures.examine(db, log.adopted)
    unexplained = sorted(day for day in stored.keys() | log.days.keys() if stored.get(day) != log.days.get(day))
    if unexplained:
        params = {"days": len(unexplained), "first": unexplained[0].isoformat()}
        yield None, "calendar_unexplained", Reason("doctor.calendar_unexplained", params)


def _founding(db: Connection, log: Log) -> Iterator[Told]:
    """An office from before there was founding has no such row in its log: then nothing can be compared."""
    office = founding.find(db)
    if log.founded is None:
        return
    stored = {name: getattr(office, name, None) for name in log.founded}
    if differing := sorted(name for name, told in log.founded.items() if stored[name] != told):
        yield None, "founding_differs", Reason("doctor.founding_differs", {"fields": differing})


def _staff(db: Connection, log: Log) -> Iterator[Told]:
    stored = {row.name: (frozenset(row.roles), bool(row.active)) for row in db.execute(_STAFF)}
    for name in sorted(stored.keys() | log.members.keys()):
        if stored.get(name) != log.members.get(name):
            params = {"name": name, "stored": _said(stored.get(name)), "told": _said(log.members.get(name))}
            yield None, "staff_unexplained", Reason("doctor.staff_unexplained", params)


def _said(member: tuple[frozenset[str], bool] | None) -> str:
    return "-" if member is None or not member[1] else ", ".join(sorted(member[0])) or "-"
