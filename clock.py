"""The two clocks. Nothing else in the house asks the time.

The office's clock is for the procedure: it enters a task once and is handed down as an argument. It is the machine's
time plus an offset kept in one database row (none unless the office was founded so, for demos and drills), read anew at
every look, so that beat and workers need no restart. The machine's clock is for heartbeats, leases and the age of
orders.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, literal, select, text

from models import founding, office
from models.base import Moment, database_time

_DATABASE_TIME = text("SELECT clock_timestamp()")
_DATABASE_TIME_AND_OFFSET = select(database_time(), office.OFFSET.scalar_subquery())


def machine_now(db: Connection | None = None) -> datetime:
    """Return the time of the machine, aware, in UTC.

    On PostgreSQL the database's clock counts, so that workers whose own clocks differ agree.
    """
    if db is not None and db.dialect.name == "postgresql":
        moment: datetime = db.execute(_DATABASE_TIME).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)


def machine_moment(db: Connection) -> ColumnElement[datetime]:
    """Return the time of the machine as an expression to be written: on PostgreSQL one question less."""
    return database_time() if db.dialect.name == "postgresql" else literal(machine_now(), Moment)


def office_now(db: Connection) -> datetime:
    """Return the office's time, aware, in UTC."""
    if db.dialect.name == "postgresql":
        moment, ahead = db.execute(_DATABASE_TIME_AND_OFFSET).one()
        found: datetime = moment.astimezone(UTC) + timedelta(microseconds=ahead or 0)
        return found
    return machine_now(db) + timedelta(microseconds=office.offset(db))


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
