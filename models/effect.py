"""What must be done outside the database, once each: written with the transition, carried out after it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
    text,
    update,
)

from models.base import Moment, metadata

effect = Table(
    "effect",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("ord", Integer, nullable=False),
    Column("case_number", Text, nullable=False),
    # letter
    Column("kind", Text, nullable=False),
    # The letter's number and copy.
    Column("subject", Text, nullable=False),
    Column("copy", Integer, nullable=False, default=1),
    # All the letter says, the form code included; wiped once it is made.
    Column("sealed", LargeBinary),
    Column("ordered_at", Moment, nullable=False),
    # waiting | done | void | set_aside
    Column("state", Text, nullable=False, default="waiting"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("claimed_at", Moment),
    Column("done_at", Moment),
    Column("fault", Text),
    UniqueConstraint("case_id", "seq", "ord"),
    Index(
        "ix_effect_waiting",
        "ordered_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

_WAITING = (
    select(effect.c.id, effect.c.case_number, effect.c.seq, effect.c.ord, effect.c.attempts)
    .where(effect.c.state == "waiting", effect.c.ordered_at <= bindparam("before"))
    .where(effect.c.claimed_at.is_(None) | (effect.c.claimed_at <= bindparam("lease")))
    .order_by(effect.c.ordered_at, effect.c.id)
    .limit(bindparam("most"))
)
_ONE = select(effect).where(effect.c.id == bindparam("id"))
_CLAIM = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("seen"))
    .values(attempts=effect.c.attempts + 1, claimed_at=bindparam("now"))
)
_END = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting")
    .values(state=bindparam("new_state"), done_at=bindparam("now"), sealed=None, fault=bindparam("new_fault"))
)


def waiting(db: Connection, *, before: datetime, lease: datetime, most: int) -> list[Row[Any]]:
    """Return effects ordered before *before* that nobody has claimed since *lease*."""
    return list(db.execute(_WAITING, {"before": before, "lease": lease, "most": most}))


def one(db: Connection, effect_id: int) -> Row[Any] | None:
    """Return one effect."""
    return db.execute(_ONE, {"id": effect_id}).one_or_none()


def claim(db: Connection, row: Row[Any], now: datetime) -> bool:
    """Count one attempt; False where another worker came first."""
    return db.execute(_CLAIM, {"key_id": row.id, "seen": row.attempts, "now": now}).rowcount == 1


def end(db: Connection, effect_id: int, state: str, now: datetime, fault: str | None = None) -> None:
    """Close an effect that waits and wipe what it carried; one made void meanwhile stays void."""
    db.execute(_END, {"key_id": effect_id, "new_state": state, "now": now, "new_fault": fault})
