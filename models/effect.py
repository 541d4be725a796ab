"""What must be done outside the database, once each: written with the transition, carried out after it."""

from collections.abc import Collection
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
from models.letter import letter

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
# A letter of a stopped kind waits without being rung for. The kinds are looked up only while one is stopped.
_WAITING_BESIDE_STOPPED = _WAITING.where(
    ~select(letter.c.id)
    .where(letter.c.number == effect.c.subject, letter.c.copy == effect.c.copy)
    .where(letter.c.kind.in_(bindparam("stopped", expanding=True)))
    .exists()
)
_ONE = select(effect).where(effect.c.id == bindparam("id"))
_HELD = select(effect.c.id).where(
    effect.c.id == bindparam("key_id"),
    effect.c.attempts == bindparam("held"),
    effect.c.state.in_(("waiting", "void")),
)
_CLAIM = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("seen"))
    .values(attempts=effect.c.attempts + 1, claimed_at=bindparam("now"))
)
# Set aside after the last attempt, while that one was only slow: it is made after all.
_DONE = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state.in_(("waiting", "set_aside")))
    .where(effect.c.attempts == bindparam("held"))
    .values(state="done", done_at=bindparam("now"), sealed=None)
)
# What it carried stays sealed in place: once the cause is mended, the letter can still be made.
_SET_ASIDE = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("held"))
    .values(state="set_aside", done_at=bindparam("now"), fault=bindparam("new_fault"))
)


def waiting(
    db: Connection, *, before: datetime, lease: datetime, most: int, stopped: Collection[str] = ()
) -> list[Row[Any]]:
    """Return effects ordered before *before* that nobody has claimed since *lease*, none of a *stopped* kind."""
    limits: dict[str, Any] = {"before": before, "lease": lease, "most": most}
    if stopped:
        return list(db.execute(_WAITING_BESIDE_STOPPED, {**limits, "stopped": sorted(stopped)}))
    return list(db.execute(_WAITING, limits))


def one(db: Connection, effect_id: int) -> Row[Any] | None:
    """Return one effect."""
    return db.execute(_ONE, {"id": effect_id}).one_or_none()


def claim(db: Connection, row: Row[Any], now: datetime) -> bool:
    """Count one attempt; False where another worker came first."""
    return db.execute(_CLAIM, {"key_id": row.id, "seen": row.attempts, "now": now}).rowcount == 1


def holds(db: Connection, row: Row[Any]) -> bool:
    """Whether the claim that was made on *row* still stands: nobody has claimed the effect since."""
    return db.execute(_HELD, {"key_id": row.id, "held": row.attempts + 1}).first() is not None


def done(db: Connection, row: Row[Any], now: datetime) -> bool:
    """Close an effect under the claim made on *row* and wipe what it carried; False where that claim is no more."""
    return db.execute(_DONE, {"key_id": row.id, "held": row.attempts + 1, "now": now}).rowcount == 1


def set_aside(db: Connection, effect_id: int, attempts: int, now: datetime, fault: str) -> bool:
    """Set an effect aside as it was after so many attempts; False where it has gone on or is closed."""
    key = {"key_id": effect_id, "held": attempts, "now": now, "new_fault": fault}
    return db.execute(_SET_ASIDE, key).rowcount == 1
