"""The orders staff gave: accepted once under their key, sealed, and answered once.

A message in the queue only says that an order may wait here. `outcome` is empty until the order was carried out,
refused, or set aside, and is written once; what was set aside may be brought back (`requeue`), which is counted.
Who ordered what is never changed: triggers of both databases say so (`models.guards`).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    bindparam,
    null,
    select,
    text,
    update,
)

from models.base import Json, Moment, metadata

command = Table(
    "command",
    metadata,
    Column("id", Integer, primary_key=True),
    # The idempotency key, global; ours where the caller gave none.
    Column("key", Text, nullable=False, unique=True),
    Column("case_number", Text, nullable=False),
    Column("transition", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    # Keyed hash over who ordered (actor, staff, login), case, transition and payload: the same key with anything else
    # is another order, and an order that no longer has its fingerprint is not carried out.
    Column("fingerprint", Text, nullable=False),
    Column("actor", Text, nullable=False),
    # The staff member whose roles count, where the recorded name says by whose login it was typed.
    Column("staff", Text, nullable=False),
    # The database's own login (session_user), written by a trigger whatever the writer says; NULL on SQLite, which has
    # none.
    Column("login", Text),
    # machine time: how long an order has waited is no matter of the office's clock.
    Column("placed_at", Moment, nullable=False),
    Column("office_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("claimed_at", Moment),
    # How often it was set aside and brought back.
    Column("requeued", Integer, nullable=False, default=0, server_default=text("0")),
    Column("outcome", Text),
    Column("answered_at", Moment),
    Column("state", Text),
    Column("seq", Integer),
    Column("reasons", Json),
    Index(
        "ix_command_waiting",
        "placed_at",
        sqlite_where=text("outcome IS NULL"),
        postgresql_where=text("outcome IS NULL"),
    ),
    Index("ix_command_case_number", "case_number"),
)

_BY_ID = select(command).where(command.c.id.in_(bindparam("ids", expanding=True))).order_by(command.c.id)
_LOCK_BY_ID = _BY_ID.with_for_update()
_BY_KEY = select(command).where(command.c.key == bindparam("key"))
_BY_KEYS = select(command).where(command.c.key.in_(bindparam("keys", expanding=True)))
_ANSWER = (
    update(command)
    .where(command.c.id == bindparam("key_id"), command.c.outcome.is_(None))
    .values({name: bindparam(name) for name in ("outcome", "answered_at", "state", "seq", "reasons")})
)
_REQUEUE = (
    update(command)
    .where(command.c.id.in_(bindparam("ids", expanding=True)), command.c.outcome == "set_aside")
    .values(
        requeued=command.c.requeued + 1,
        attempts=0,
        claimed_at=None,
        outcome=None,
        answered_at=None,
        state=None,
        seq=None,
        reasons=null(),
    )
)
_WAITING = (
    select(command)
    .where(command.c.outcome.is_(None), command.c.placed_at <= bindparam("before"))
    .where((command.c.claimed_at.is_(None)) | (command.c.claimed_at <= bindparam("lease")))
    .order_by(command.c.placed_at, command.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(command)
    .where(command.c.id.in_(bindparam("ids", expanding=True)))
    .values(attempts=command.c.attempts + 1, claimed_at=bindparam("now"))
)


def by_ids(db: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return these orders by id."""
    return {row.id: row for row in db.execute(_BY_ID, {"ids": list(ids)})}


def lock(db: Connection, ids: Collection[int]) -> None:
    """Lock these orders: where a case is yet to be opened, its order stands in for it."""
    db.execute(_LOCK_BY_ID, {"ids": list(ids)})


def by_key(db: Connection, key: str) -> Row[Any] | None:
    """Return the order accepted under that key."""
    return db.execute(_BY_KEY, {"key": key}).one_or_none()


def by_keys(db: Connection, keys: Collection[str]) -> dict[str, Row[Any]]:
    """Return the orders accepted under these keys."""
    return {row.key: row for row in db.execute(_BY_KEYS, {"keys": list(keys)})}


def answer(db: Connection, answers: list[dict[str, Any]]) -> int:
    """Write the outcomes of orders that have none yet; return how many: fewer than given means somebody else won."""
    if not answers:
        return 0
    return db.execute(_ANSWER, answers if len(answers) > 1 else answers[0]).rowcount


def requeue(db: Connection, ids: Collection[int]) -> int:
    """Let orders that were set aside wait again, tried never; return how many did. Each return is counted in the row.

    Whoever calls it says so in the office's log (`order_requeued`), in the same transaction.
    """
    return db.execute(_REQUEUE, {"ids": list(ids)}).rowcount


def login_of(db: Connection) -> str | None:
    """Return the login the database will write into an order of this connection, without asking it."""
    if db.dialect.name != "postgresql":
        return None
    # The server reports it by itself whenever it changes.
    found: str | None = db.connection.driver_connection.info.parameter_status("session_authorization")  # type: ignore[union-attr]  # psycopg's connection
    return found


def claim_waiting(db: Connection, *, before: datetime, lease: datetime, now: datetime, most: int) -> list[Row[Any]]:
    """Claim orders placed before *before* and not claimed since *lease*; each claim counts as one attempt."""
    rows = list(db.execute(_WAITING, {"before": before, "lease": lease, "most": most}))
    if rows:
        db.execute(_CLAIM, {"ids": [row.id for row in rows], "now": now})
    return rows
