"""The newest checkpoint, as letters print it and `audit verify` holds it against the file: one row.

What was signed stands in the file, outside the database (services/audit/signed.py).
"""

import json
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, Table, Text, cast, func, literal, select

from models.base import Moment, metadata, upserting_insert

FILE = "checkpoints.jsonl"
SHOWN = 16
"""How many digits of a hash are printed: 64 bits, which nobody finds a second row for."""

checkpoint = Table(
    "checkpoint",
    metadata,
    # One row, id 1.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    # SHA-256 of what was signed.
    Column("digest", Text, nullable=False),
    # The machine's time.
    Column("at", Moment, nullable=False),
    # The office's time in microseconds, as the history has it: whatever is older was looked at.
    Column("mark", BigInteger, nullable=False),
)

IN_BRIEF = (
    select(cast(checkpoint.c.number, Text) + literal(" ") + func.substr(checkpoint.c.digest, 1, SHOWN))
    .where(checkpoint.c.id == 1)
    .scalar_subquery()
    .label("checkpoint")
)
"""For any question to be asked along: the newest one as letters print it, "17 b02d4e5f6a7b8c9d"."""

LONGEST = 1 << 21
"""Bytes from a file's end in which its last line is looked for: more than two lines have."""

_NEWEST = select(checkpoint).where(checkpoint.c.id == 1)


def newest(db: Connection) -> Row[tuple[int, int, str, datetime, int]] | None:
    """Return the newest checkpoint; None before the first."""
    return db.execute(_NEWEST).one_or_none()


def last_in(path: Path) -> int:
    """Return the number of the last whole line of a file of checkpoints; 0 where there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST))
            lines = file.read().splitlines()
    except FileNotFoundError:
        return 0
    for line in reversed(lines):
        try:
            return int(json.loads(line)["number"])
        except (ValueError, KeyError, TypeError):  # a piece, which a writer that died left
            continue
    return 0


def write(db: Connection, number: int, digest: str, at: datetime, mark: int) -> None:
    """Write which checkpoint is the newest."""
    row = {"id": 1, "number": number, "digest": digest, "at": at, "mark": mark}
    db.execute(upserting_insert(db, checkpoint).values(row).on_conflict_do_update(index_elements=["id"], set_=row))
