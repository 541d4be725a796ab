"""Who works here and in which roles, and the office's own log: everything recorded that belongs to no case."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
)

from models.base import Json, Moment, metadata
from models.history import micros

staff = Table(
    "staff",
    metadata,
    Column("name", Text, primary_key=True),
    Column("roles", Json, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    # Of whoever has the role holder: for which department they answer.
    Column("department", Text),
    # Where mail goes to, and in which language; none where nothing is sent.
    Column("email", Text),
    Column("language", Text),
)

absence = Table(
    "absence",
    metadata,
    # Who is away, or will be; one time at a time.
    Column("name", Text, primary_key=True),
    Column("first", Date, nullable=False),
    # The last day; none where nobody knows.
    Column("last", Date),
    Column("substitute", Text, nullable=False),
    Column("by", Text, nullable=False),
    Index("ix_absence_substitute", "substitute"),
)

office_event = Table(
    "office_event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    # staff_added, clock_moved, case_seen, letters_printed, ...
    Column("what", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("details", Json, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_office_event_what", "what", "seq"),
)

log_head = Table(
    "log_head",
    metadata,
    # One row, id 1: where the log ends. A trigger writes it, and lets no row of the log in anywhere else.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

_ALL = select(staff).order_by(staff.c.name)
_ROLES = select(staff.c.name, staff.c.roles, staff.c.active)
_ONE = select(staff).where(staff.c.name.in_(bindparam("names", expanding=True)))
_LAST = select(office_event.c.seq, office_event.c.hash).order_by(office_event.c.seq.desc()).limit(1)


def everybody(db: Connection) -> list[Row[Any]]:
    """Return all members of staff by name."""
    return list(db.execute(_ALL))


def roles(db: Connection) -> list[Row[Any]]:
    """Return of each member of staff the name, the roles, and whether they count."""
    return list(db.execute(_ROLES))


def named(db: Connection, names: list[str]) -> dict[str, Row[Any]]:
    """Return these members of staff by name."""
    return {row.name: row for row in db.execute(_ONE, {"names": names})}


def in_turn(db: Connection) -> None:
    """Wait for every other writer of the log to commit, and keep them waiting until this transaction ends."""
    if db.dialect.name == "postgresql":
        # One writer at a time: the next number and the hash of the last row belong together.
        db.exec_driver_sql("LOCK TABLE office_event IN SHARE ROW EXCLUSIVE MODE")


def log(db: Connection, at: datetime, what: str, actor: str, details: Mapping[str, Any]) -> int:
    """Append one row to the office's log, chained to the row before, and return its number."""
    in_turn(db)
    last = db.execute(_LAST).one_or_none()
    row: dict[str, Any] = {
        "seq": 1 if last is None else last.seq + 1,
        "at": micros(at),
        "what": what,
        "actor": actor,
        "details": dict(details),
        "prev_hash": "" if last is None else last.hash,
    }
    db.execute(insert(office_event), {**row, "hash": chain(row)})
    return int(row["seq"])


def chain(row: Mapping[str, Any]) -> str:
    """Return the hash of a row of the log: form v1, all that it says and the hash of the row before."""
    said = {name: row[name] for name in ("seq", "at", "what", "actor", "details", "prev_hash")}
    text = json.dumps({"form": "v1", **said}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
