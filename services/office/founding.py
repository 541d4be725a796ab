"""Founding an office: the one deed that makes a database, a home and keys, and what it is held to ever after.

Done in an order in which any moment may be the last: folders, schema, keys, and at the very end one transaction that
writes what the office is. Before its commit there is no office, and founding is simply done again.

| killed                            | what is there                     | who goes on            |
|-----------------------------------|-----------------------------------|------------------------|
| before the schema is committed    | folders, an empty database        | founding, done again   |
| while the keys are made           | a whole secret, or none           | founding, done again   |
| before the last commit            | everything but an office          | founding, done again   |
| after it, before the answer       | the office                        | founding again says so |
"""

import errno
import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, literal, select

import clock
from models import founding, staff
from models import office as office_table
from models.case import case, counter
from models.command import command
from models.founding import Founding
from models.inquiry import inquiry
from models.keys import Keys
from models.letter import letter
from models.machine import machine_name, this_machine
from models.scan import scan_page, tray
from models.session import engine_for, has_schema, migrate, reading, transaction
from services.engine.office import agree
from services.office import staff as staffing
from settings import Says, Settings
from workflows.engine.values import Reason
from workflows.names import name_fault

# What may stand in the log of an office in which nothing has happened.
_QUIET = frozenset({"office_founded", "staff_added", "staff_removed", "clock_moved", "audit_key_made", "first_start"})
_OTHER_EVENTS = (
    select(staff.office_event.c.seq)
    .where(staff.office_event.c.what.not_in(bindparam("quiet", expanding=True)))
    .limit(1)
)
# Numbers of cases and pages are reserved before anything else of them is written.
_TRACES = (counter, case, command, inquiry, scan_page, tray, letter)


class CannotFound(Exception):
    """No office can be founded here, or not as asked; ``reason`` says what would work."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.code)


@dataclass(frozen=True, slots=True)
class Founded:
    """The office of a place; ``new`` where this call founded it."""

    office: Founding
    new: bool


def look(url: str) -> Founding | None:
    """Return the office of a database, None where there is none; nothing is made by looking."""
    source = engine_for(url)
    try:
        with reading(source) as db:
            return founding.find(db)
    except founding.NoOffice:
        return None
    finally:
        source.dispose()


def establish(settings: Settings, lead: str, by: str, now: datetime) -> Founded:
    """Found the office of these settings, or find it founded so already; *by* is the login, *now* the machine's time.

    Raises:
        CannotFound: the lead cannot be one, another lead founded it, or keys of another office lie here.
        SaysOtherwise: it is founded, and as something else than the environment says.
        OSError: the place cannot be written to.
    """
    mark = None
    if look(settings.database_url) is None:
        _no_orphans(settings)
        if fault := name_fault(lead):
            raise CannotFound(fault)
        # One after the other: of the folders above, only the last would get the mode.
        settings.home.parent.mkdir(parents=True, exist_ok=True)
        for folder in (settings.home, settings.var):
            folder.mkdir(mode=0o700, exist_ok=True)
        migrate(settings.database_url)
        keys = Keys(settings.keys)
        keys.make()
        mark = keys.lookup_hash(*founding.KEYS_MARK)
    source = engine_for(settings.database_url)
    try:
        with transaction(source) as db:
            founded = found(db, settings.says, lead, by, now, mark)
    finally:
        source.dispose()
    return founded


def must_fit(settings: Settings) -> None:
    """Return where an office could be founded, before anybody is asked anything.

    Raises:
        CannotFound: keys of another office lie here.
        OSError: the place cannot be written to.
    """
    _no_orphans(settings)
    nearest = next(each for each in (settings.home, *settings.home.parents) if each.exists())
    if os.statvfs(nearest).f_flag & os.ST_RDONLY:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(nearest))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(nearest))


def open_up(settings: Settings, by: str, now: datetime) -> Founded:
    """Return the office of these settings for the desk that is to run it; in an empty place whoever runs it founds one.

    Raises what `establish` raises.
    """
    known = look(settings.database_url)
    if known is None and _is_from_before(settings.database_url):
        migrate(settings.database_url)
        known = look(settings.database_url)
    if known is None:
        return establish(settings, by, by, now)
    agree(settings.says, known)
    return Founded(known, new=False)


def found(db: Connection, says: Says, lead: str, by: str, now: datetime, keys: str | None = None) -> Founded:
    """Write what the office is, its lead, and both into its log; or return what it is already.

    *keys* is what its own keystore makes of `models.founding.KEYS_MARK`.

    Raises CannotFound, SaysOtherwise.
    """
    session = staffing.session_login(db)
    if session == lead:
        raise CannotFound(Reason("office.lead_is_service", {"name": lead}))
    office = Founding(
        founded_at=now,
        founded_by=by,
        lead=lead,
        demo=bool(says.demo),
        clock=says.clock or "system",
        sole=bool(says.sole),
        residency=says.residency or "JP",
        keys=keys,
    )
    if not founding.write(db, office):
        known = founding.find(db)
        if known is None:
            raise founding.NoOffice(founding.place(db))
        agree(says, known)
        if known.lead != lead:
            raise CannotFound(Reason("office.founded_already", {"lead": known.lead}))
        return Founded(known, new=False)
    if session is not None:
        _note(db, session, by if by != lead else None, now)
    details = {"lead": lead, "demo": office.demo, "clock": office.clock, "sole": office.sole}
    staff.log(db, now, "office_founded", by, {**details, "residency": office.residency})
    staffing.first_lead(db, lead, by, now)
    return Founded(office, new=True)


def at_work(db: Connection, says: Says, os_login: str, now: datetime, machine: str | None = None) -> None:
    """Hold a worker that starts against the office it is to serve, and write down the logins it runs under.

    *machine* is this one, unless a drill says otherwise.

    Raises:
        NoOffice: none was founded.
        SaysOtherwise: the environment contradicts what it was founded as.
        CannotFound: its database login is one of the staff's, or workers of another machine serve the office.
    """
    office = founding.find(db)
    if office is None:
        raise founding.NoOffice(founding.place(db))
    agree(says, office)
    machine = machine or this_machine()
    if not office_table.serve(db, machine, machine_name(), now):
        other = office_table.elsewhere(db, machine, now)
        raise CannotFound(Reason("office.served_elsewhere", {"machine": other.name if other is not None else "?"}))
    session = staffing.session_login(db)
    if session is None:
        return
    people = {row.name: row.active for row in staff.everybody(db)}
    if people.get(session):
        raise CannotFound(Reason("office.staff_is_service", {"name": session}))
    _note(db, session, None if os_login in people else os_login, now)


def _note(db: Connection, session: str, os_login: str | None, now: datetime) -> None:
    """Write down the logins of the service's, those that are not yet."""
    logins = {(session, "database")} | ({(os_login, "machine")} if os_login is not None else set())
    for name, kind in sorted(logins - founding.service_logins(db)):
        founding.note_service_login(db, name, kind, now)


def move_clock(db: Connection, by: timedelta, now: datetime, who: str) -> datetime:
    """Move the office's clock, by a lead's order, with a row in the office's log; return its time.

    Back only while nothing has happened in the office: what is recorded would lie in the future otherwise.
    Raises ClockNotShifted, ClockCannotGoBack.
    """
    # In turn: of two who move it at once the second sees what the first did.
    staff.in_turn(db)
    moved = clock.advance(db, by, back=by < timedelta(0) and nothing_happened(db))
    staff.log(db, now, "clock_moved", who, {"seconds": round(by.total_seconds())})
    return moved


def nothing_happened(db: Connection) -> bool:
    """Whether nothing is recorded but the founding, the staff and the clock: no order, no number given, no page."""
    if db.execute(_OTHER_EVENTS, {"quiet": sorted(_QUIET)}).first() is not None:
        return False
    return all(db.execute(select(literal(1)).select_from(table).limit(1)).first() is None for table in _TRACES)


def _no_orphans(settings: Settings) -> None:
    """Refuse a place that holds the keys of cases: their database is somewhere else, or lost."""
    if Keys(settings.keys).holds_any():
        raise CannotFound(Reason("office.keys_of_another", {"folder": str(settings.keys)}))


def _is_from_before(url: str) -> bool:
    """Whether the database holds tables: of an office from before there was founding, or of one half founded."""
    source = engine_for(url)
    try:
        return has_schema(source)
    except founding.NoOffice:
        return False
    finally:
        source.dispose()
