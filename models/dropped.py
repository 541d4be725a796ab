"""How many messages were dropped at the workers' door: a count of each kind and day, never what was in them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, Table, Text, bindparam, select

from models.base import Moment, metadata, upserting_insert

dropped = Table(
    "dropped",
    metadata,
    # The day it was in the office.
    Column("day", Date, primary_key=True),
    # What was wrong: tasks.door.KINDS.
    Column("kind", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)

_OF_DAY = select(dropped.c.kind, dropped.c.number).where(dropped.c.day == bindparam("of")).order_by(dropped.c.kind)


def add(db: Connection, *, day: date, kind: str, count: int, at: datetime) -> bool:
    """Count so many more; return whether they are the first of their kind on that day, whoever else counts."""
    row: dict[str, Any] = {"day": day, "kind": kind, "number": count, "last_at": at}
    statement = upserting_insert(db, dropped).values(row)
    more = {"number": dropped.c.number + statement.excluded.number, "last_at": statement.excluded.last_at}
    counted = statement.on_conflict_do_update(index_elements=["day", "kind"], set_=more).returning(dropped.c.number)
    return bool(db.execute(counted).scalar_one() == count)


def of_day(db: Connection, day: date) -> dict[str, int]:
    """Return how many of each kind were dropped on that day."""
    return {row.kind: row.number for row in db.execute(_OF_DAY, {"of": day})}
