"""The two clocks. Nothing else in the house asks the time.

The office's clock is for the procedure: it enters a task once and is handed down as an argument. It is the machine's
time plus an offset kept in one database row (none unless the office was founded so, for demos and drills), read anew at
every look, so that beat and workers need no restart. The machine's clock is for heartbeats, leases and the age of
orders.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, select, text

from models import founding, office
from models.questions import Question

_DATABASE_TIME = text("SELECT clock_timestamp()")


def machine_now(db: Connection | None = None) -> datetime:
    """Return the time of the machine, aware, in UTC.

    On PostgreSQL the database's clock counts, so that workers whose own clocks differ agree.
    """
    if db is not None and db.dialect.name == "postgresql":
        moment: datetime = db.execute(_DATABASE_TIME).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Look:
    """What the office says of itself at one moment: its time, aware, its days, and which procedures it adopted.

    The last two as stored, each one text (`models.office.exceptions`, `models.adopted.in_brief`). ``checkpoint`` is the
    newest one as letters print it (`models.checkpoint.IN_BRIEF`), ``stage`` that of the look-ups (`models.stage`).
    """

    now: datetime
    days: str | None
    adopted: str | None = None
    checkpoint: str | None = None
    stage: int = 1


def look(db: Connection) -> Look:
    """Look at clock and calendar."""
    return looked(office.look(db, machine_now()))


def looked(row: Row[Any]) -> Look:
    """Return what a row says that was asked with the columns of `models.office.look_columns`."""
    return Look(told(row), row.days, row.adopted, row.checkpoint, row.lookup_stage or 1)


def told(row: Row[Any]) -> datetime:
    """Return the office's time by a row with ``now`` and ``ahead``."""
    found: datetime = row.now + timedelta(microseconds=row.ahead or 0)
    return found


def machine_told(row: Row[Any]) -> datetime:
    """Return the time of the machine by such a row."""
    found: datetime = row.now
    return found


def office_now(db: Connection) -> datetime:
    """Return the office's time, aware, in UTC."""
    return told(db.execute(_time(db.dialect.name), {"here": machine_now()}).one())


@cache
def _time(dialect: str) -> Select[Any]:
    return select(*office.time_columns(dialect))


TIME = Question(_time("postgresql"))
"""The time as PostgreSQL tells it, to be asked along with something else."""


class ClockCannotGoBack(Exception):
    """The office's time never goes back: what was done would lie in the future."""


class ClockNotShifted(Exception):
    """The office was founded on the real time, which nobody moves."""


def advance(db: Connection, by: timedelta, *, back: bool = False) -> datetime:
    """Move the office's time and return it. *back* permits the past, in an office in which nothing has happened.

    Raises:
        ClockNotShifted: the office was not founded so.
        ClockCannotGoBack: *by* is negative.
    """
    if not founding.read(db).shifted:
        raise ClockNotShifted
    if by < timedelta(0) and not back:
        raise ClockCannotGoBack("the office's clock only moves forward")
    office.set_offset(db, office.offset(db) + round(by / timedelta(microseconds=1)))
    return office_now(db)
