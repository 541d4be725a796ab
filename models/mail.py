"""Mail to people who work here: a row a message, ordered once by its key, sent by one worker at a time.

What a message says is made of ids and numbers; the address stands with the person and is read when it is sent. A row
goes some months after it was ordered, whatever became of it (`services.ending.retention`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    update,
)

from models.base import Json, Moment, metadata, upserting_insert
from models.partial import fixed, partial

mail = Table(
    "mail",
    metadata,
    Column("id", Integer, primary_key=True),
    # What it is, once: "morning/DATE/NAME", "lead/NOTICE/NAME". Its Message-ID is made of it.
    Column("key", Text, nullable=False),
    # at_once | morning | test
    Column("kind", Text, nullable=False),
    # To whom it goes along with others: "lead", "department/CODE"; of the rest none.
    Column("circle", Text),
    Column("name", Text, nullable=False),
    # When it was ordered: the machine's time, as in every header; and the office's, for what it says.
    Column("ordered_at", Moment, nullable=False),
    Column("office_at", Moment, nullable=False),
    # What it says: lines of codes with their numbers (services/mail/letters.py).
    Column("says", Json, nullable=False),
    # waiting | sent | refused (the server will not have it for this address) | dropped (nobody needs it any more)
    Column("state", Text, nullable=False, default="waiting"),
    # How often it was claimed: the newest claim alone may write what became of it.
    Column("attempts", Integer, nullable=False, default=0),
    Column("claimed_at", Moment),
    Column("not_before", Moment),
    Column("ended_at", Moment),
    # The class of the last error and the server's number, never its words: they repeat the address.
    Column("fault", Text),
    UniqueConstraint("key"),
    # When a circle was written to last: how soon it may be again.
    Index("ix_mail_circle", "circle", "ordered_at"),
    # What is old enough to go.
    Index("ix_mail_ordered", "ordered_at", "id"),
)

LEASE = timedelta(minutes=5)
"""How long a claim keeps others away: longer than the messages of one turn may take at a server that answers at all."""

WAITING: ColumnElement[bool] = mail.c.state == fixed("waiting")
REFUSED: ColumnElement[bool] = mail.c.state == fixed("refused")
partial("ix_mail_waiting", mail.c.ordered_at, mail.c.id, where=WAITING)
partial("ix_mail_refused", mail.c.id, where=REFUSED)

_FREE = mail.c.claimed_at.is_(None) | (mail.c.claimed_at <= bindparam("lease"))
_DUE = (
    select(mail)
    .where(WAITING, _FREE, mail.c.not_before.is_(None) | (mail.c.not_before <= bindparam("now")))
    .order_by(mail.c.ordered_at, mail.c.id)
    .limit(bindparam("most"))
)
_HELD = (mail.c.id == bindparam("of_id"), mail.c.state == "waiting", mail.c.attempts == bindparam("held"))
_CLAIM = update(mail).where(*_HELD).values(attempts=mail.c.attempts + 1, claimed_at=bindparam("now"))
_END = (
    update(mail)
    .where(*_HELD)
    .values(state=bindparam("new_state"), ended_at=bindparam("now"), claimed_at=None, fault=bindparam("new_fault"))
)
_PUT_BACK = (
    update(mail).where(*_HELD).values(claimed_at=None, not_before=bindparam("later"), fault=bindparam("new_fault"))
)
_LATEST = select(func.max(mail.c.ordered_at, type_=Moment)).where(mail.c.circle == bindparam("of"))
_OLDEST = select(func.min(mail.c.ordered_at, type_=Moment), func.count()).where(WAITING)
_NEWEST_FAULT = (
    select(mail.c.fault).where(WAITING, mail.c.fault.is_not(None)).order_by(mail.c.not_before.desc()).limit(1)
)
_REFUSED = (
    select(mail.c.name, func.count().label("messages")).where(REFUSED).group_by(mail.c.name).order_by(mail.c.name)
)
_NEWEST = select(mail).order_by(mail.c.id.desc()).limit(bindparam("most"))
_AGAIN = (
    update(mail)
    .where(REFUSED, mail.c.name == bindparam("of"))
    .values(state="waiting", ended_at=None, claimed_at=None, not_before=None, fault=None)
)
_FORGET = (
    update(mail)
    .where(mail.c.name == bindparam("of"), mail.c.state.in_(("waiting", "refused")))
    .values(state="dropped", ended_at=bindparam("now"), claimed_at=None)
)
_OLD = (
    select(mail.c.id)
    .where(mail.c.ordered_at < bindparam("before"), _FREE)
    .order_by(mail.c.ordered_at, mail.c.id)
    .limit(bindparam("most"))
)
_REMOVE = delete(mail).where(mail.c.id.in_(bindparam("ids", expanding=True)), _FREE)


def order(db: Connection, rows: Sequence[dict[str, Any]]) -> int:
    """Order messages, each once by its key; return how many are new."""
    new = 0
    for row in rows:
        statement = upserting_insert(db, mail).values(row).on_conflict_do_nothing(index_elements=["key"])
        new += db.execute(statement.returning(mail.c.id)).first() is not None
    return new


def due(db: Connection, *, now: datetime, lease: datetime, most: int) -> list[Row[Any]]:
    """Return what may be sent now, the oldest first: not claimed since *lease*, its pause over at *now*."""
    return list(db.execute(_DUE, {"now": now, "lease": lease, "most": most}))


def claim(db: Connection, row: Row[Any], now: datetime) -> bool:
    """Claim one; False where somebody else did."""
    return db.execute(_CLAIM, {"of_id": row.id, "held": row.attempts, "now": now}).rowcount == 1


def end(db: Connection, row: Row[Any], state: str, now: datetime, fault: str | None = None) -> bool:
    """Write what became of one that this worker claimed (*row* as it was before); False where another has it by now."""
    held = {"of_id": row.id, "held": row.attempts + 1}
    return db.execute(_END, {**held, "new_state": state, "now": now, "new_fault": fault}).rowcount == 1


def put_back(db: Connection, row: Row[Any], later: datetime, fault: str) -> None:
    """Let one that this worker claimed wait until *later*."""
    db.execute(_PUT_BACK, {"of_id": row.id, "held": row.attempts + 1, "later": later, "new_fault": fault})


def latest(db: Connection, circle: str) -> datetime | None:
    """Return when something was last ordered for a circle."""
    found: datetime | None = db.execute(_LATEST, {"of": circle}).scalar_one()
    return found


def waiting(db: Connection) -> tuple[datetime | None, int, str | None]:
    """Return since when the oldest waits, how many wait, and the newest trouble of one of them."""
    oldest, count = db.execute(_OLDEST).one()
    return oldest, count, db.execute(_NEWEST_FAULT).scalar_one_or_none() if count else None


def refused(db: Connection) -> dict[str, int]:
    """Return how many messages the server would not have, by person."""
    return {row.name: row.messages for row in db.execute(_REFUSED)}


def newest(db: Connection, most: int) -> list[Row[Any]]:
    """Return the newest messages, the newest first."""
    return list(db.execute(_NEWEST, {"most": most}))


def again(db: Connection, name: str) -> int:
    """Let what was refused for somebody be sent again; return how many."""
    return db.execute(_AGAIN, {"of": name}).rowcount


def forget(db: Connection, name: str, now: datetime) -> int:
    """Drop what waits for somebody, or was refused; return how many."""
    return db.execute(_FORGET, {"of": name, "now": now}).rowcount


def old(db: Connection, *, before: datetime, lease: datetime, most: int) -> list[int]:
    """Return the ids of what was ordered before that, sent or not, the oldest first; not what somebody is sending."""
    return list(db.execute(_OLD, {"before": before, "lease": lease, "most": most}).scalars())


def remove(db: Connection, ids: Sequence[int], lease: datetime) -> int:
    """Take these away, but for what somebody has begun to send meanwhile; return how many are gone."""
    return db.execute(_REMOVE, {"ids": list(ids), "lease": lease}).rowcount
