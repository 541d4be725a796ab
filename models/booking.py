"""The books: every payment and refund of a request, and what was recorded wrongly, booked back; rows only grow.

A payment stands in as many rows as it was booked for; the amounts of a step's entry add up to it. What is given back is
negative, and so is what is booked back. The office has what the rows come to. Nothing in them is personal, so they stay
when a case is erased.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    select,
)

from models.base import Moment, metadata
from models.case import case
from models.history import append_only

booking = Table(
    "booking",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    # The step that booked it, and the number of the entry in its case.
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, primary_key=True),
    # What it is for: the rights of a fee joined by +, postage, something chosen beside, excess, refund.
    Column("label", Text, primary_key=True),
    # payment | refund | taken_back
    Column("kind", Text, nullable=False),
    Column("means", Text, nullable=False),
    # In the smallest unit of the currency.
    Column("amount", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    # The day it came or was given back; of what is booked back, the day that was recorded.
    Column("on_day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    CheckConstraint("amount <> 0", name="amount_is_some"),
    Index("ix_booking_on_day", "on_day"),
)

_ROWS = select(booking, case.c.number).join(case, case.c.id == booking.c.case_id)
_OF_CASES = select(booking.c.case_id, booking.c.seq, booking.c.on_day, booking.c.amount, booking.c.currency).where(
    booking.c.case_id.in_(bindparam("ids", expanding=True))
)
_ORDER = (booking.c.on_day, booking.c.case_id, booking.c.seq, booking.c.entry, booking.c.label)


def rows(db: Connection, since: date | None, until: date | None) -> Iterator[Row[Any]]:
    """Yield the rows of these days, both included, the earliest first."""
    wanted = _ROWS
    if since is not None:
        wanted = wanted.where(booking.c.on_day >= since)
    if until is not None:
        wanted = wanted.where(booking.c.on_day <= until)
    yield from db.execute(wanted.order_by(*_ORDER))


def of_cases(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return what was booked of these cases: ``case_id``, ``seq``, ``on_day``, ``amount``, ``currency``."""
    return list(db.execute(_OF_CASES, {"ids": list(ids)}))


def triggers(dialect: str) -> list[str]:
    """Return the statements by which a row that was booked never changes."""
    key = "case_id = NEW.case_id AND seq = NEW.seq AND entry = NEW.entry AND label = NEW.label"
    return append_only(dialect, booking.name, key)
