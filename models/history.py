"""The history: who did what when, append-only and hash-chained per case.

The hash of a row covers its canonical form `v1` and the hash of the row before. The form is fixed for ever: chains
written today must verify in ten years. It holds no personal data; `commitment` binds the sealed payload of the order.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
)

from models.base import Json, metadata
from models.questions import Question
from models.writes import Writes

FORM = "v1"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

history = Table(
    "history",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    # Office time in microseconds since 1970 UTC: an integer cannot be rounded or shown in another zone.
    Column("at", BigInteger, nullable=False),
    Column("transition", Text, nullable=False),
    Column("source", Text),
    Column("target", Text, nullable=False),
    Column("actor", Text, nullable=False),
    # order:ID or timer:NAME:ENTRY:FIRE; unique per case, so that one cause has one effect.
    Column("cause", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Text, nullable=False),
    Column("details", Json, nullable=False),
    Column("commitment", Text),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("case_id", "cause"),
    # For checkpoints: what came since the last one.
    Index("ix_history_at", "at"),
)

COVERED = (
    "form", "case", "seq", "at", "transition", "source", "target", "actor", "cause", "definition", "version",
    "revision", "details", "commitment", "prev_hash",
)  # fmt: skip


def micros(moment: datetime) -> int:
    """Return microseconds since 1970 UTC."""
    delta = moment.astimezone(UTC) - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def moment(microseconds: int) -> datetime:
    """Return the moment that `micros` counts."""
    return EPOCH + timedelta(microseconds=microseconds)


def canonical(row: Mapping[str, Any]) -> bytes:
    """Return the bytes that are hashed (form v1): JSON, keys sorted, UTF-8, no blanks, integers for times."""
    return json.dumps(
        {name: row[name] for name in COVERED}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


def chain(row: Mapping[str, Any]) -> str:
    """Return the hash of a row; ``row["case"]`` is the case's number, ``row["prev_hash"]`` "" for the first row."""
    return hashlib.sha256(canonical(row)).hexdigest()


def append(writes: Writes, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert finished rows."""
    writes.add(history, rows)


_OF_CASE = select(history).where(history.c.case_id == bindparam("case_id")).order_by(history.c.seq)


def of_case(db: Connection, case_id: int) -> list[Row[Any]]:
    """Return the rows of one case in order."""
    return list(db.execute(_OF_CASE, {"case_id": case_id}))


_WHAT_HAPPENED = ("case_id", "seq", "at", "transition", "source", "target", "actor", "cause", "details")
OF_CASES = Question(
    select(*(history.c[name] for name in _WHAT_HAPPENED)).where(
        history.c.case_id.in_(bindparam("ids", expanding=True))
    ),
    "case_id",
    "seq",
)
"""What happened in the cases ``ids``, in the order it did: the rows without what chains them."""


def triggers(dialect: str) -> list[str]:
    """Return the statements that make history and the office's log append-only on this database."""
    tables = (
        ("history", "case_id = NEW.case_id AND (seq = NEW.seq OR cause = NEW.cause)"),
        ("office_event", "seq = NEW.seq"),
    )
    make = _sqlite_triggers if dialect == "sqlite" else _postgresql_triggers
    return [statement for table, key in tables for statement in make(table, key)]


def append_only(dialect: str, table: str, key: str) -> list[str]:
    """Return the statements that make *table* append-only; *key* tells in SQL whether a NEW row would replace one."""
    return _sqlite_triggers(table, key) if dialect == "sqlite" else _postgresql_triggers(table, key)


def _sqlite_triggers(table: str, key: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    # INSERT OR REPLACE deletes without firing DELETE triggers; the last one closes that hole.
    known = f"EXISTS (SELECT 1 FROM {table} WHERE {key})"  # noqa: S608 - our own names, no input
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {known} {refuse}",
    ]


def _postgresql_triggers(table: str, _: str) -> list[str]:
    body = f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    deeds = f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER {table}_no_change {deeds} EXECUTE FUNCTION {table}_append_only()",
    ]
