"""Other inquiries (S32): recorded when they come, promoted to a case where one turns out to be a request."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Integer, LargeBinary, Row, Table, Text, bindparam, select

from models.base import Moment, metadata
from models.partial import fixed, partial

inquiry = Table(
    "inquiry",
    metadata,
    Column("id", Integer, primary_key=True),
    # I26-000001-X; also the name of the key that seals it.
    Column("number", Text, nullable=False, unique=True),
    # The first contact: promoting keeps it.
    Column("received_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("language", Text, nullable=False),
    # open | promoted | answered
    Column("state", Text, nullable=False),
    Column("case_number", Text),
    # Sealed: who asked, and what.
    Column("sealed", LargeBinary),
)

KEPT: ColumnElement[bool] = (inquiry.c.state == fixed("answered")) & inquiry.c.sealed.is_not(None)
"""Answered without a case, and not erased: what is to be erased one day. Of a case, it goes with the case."""
partial("ix_inquiry_kept", inquiry.c.recorded_at, inquiry.c.id, where=KEPT)

_OVER = (
    select(inquiry.c.number)
    .where(KEPT, inquiry.c.recorded_at < bindparam("before"))
    .order_by(inquiry.c.recorded_at, inquiry.c.id)
    .limit(bindparam("most"))
)
_ONE = select(inquiry).where(inquiry.c.number == bindparam("number"))
_LOCKED = _ONE.with_for_update()
_ALL = select(inquiry).order_by(inquiry.c.received_at, inquiry.c.id)


def find(db: Connection, number: str) -> Row[Any] | None:
    """Return the inquiry of that number."""
    return db.execute(_ONE, {"number": number}).one_or_none()


def lock(db: Connection, number: str) -> Row[Any] | None:
    """Lock the inquiry of that number and return it."""
    return db.execute(_LOCKED, {"number": number}).one_or_none()


def everything(db: Connection, *, open_only: bool) -> list[Row[Any]]:
    """Return the inquiries, the oldest first."""
    return list(db.execute(_ALL.where(inquiry.c.state == "open") if open_only else _ALL))


def over(db: Connection, before: datetime, most: int) -> list[str]:
    """Return the numbers of inquiries that were recorded before that and needed no case, the oldest first."""
    return list(db.execute(_OVER, {"before": before, "most": most}).scalars())
