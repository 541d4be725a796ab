"""The letters: ordered, made (in the spool, hashed), printed, posted, perhaps returned; or void for ever."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

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
    UniqueConstraint,
    bindparam,
    select,
    text,
)

from models.base import Moment, metadata
from workflows.letters import Letter, LetterState

letter = Table(
    "letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    # 1 for the original; a marked copy under the same number counts on.
    Column("copy", Integer, nullable=False, default=1),
    Column("ordinal", Integer, nullable=False),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("round", Integer),
    Column("state", Text, nullable=False),
    # The day it gives for a reply: once posted, a promise.
    Column("reply_by", Date),
    Column("ordered_at", Moment, nullable=False),
    Column("made_at", Moment),
    Column("pages", Integer),
    # Of the plain PDF in the spool; path is relative to the spool.
    Column("sha256", Text),
    Column("path", Text),
    Column("printed_at", Moment),
    Column("batch", Text),
    Column("posted_on", Date),
    Column("mail_class", Text),
    Column("tracking", Text),
    Column("returned_on", Date),
    Column("return_reason", Text),
    Column("voided_at", Moment),
    UniqueConstraint("number", "copy"),
    Index("ix_letter_case_id", "case_id"),
    Index(
        "ix_letter_unposted",
        "state",
        "id",
        sqlite_where=text("state IN ('ordered', 'made', 'printed')"),
        postgresql_where=text("state IN ('ordered', 'made', 'printed')"),
    ),
    Index("ix_letter_batch", "batch"),
    CheckConstraint(
        "state IN ('ordered', 'void') OR (sha256 IS NOT NULL AND path IS NOT NULL)", name="made_has_a_file"
    ),
)

_OF_CASES = (
    select(letter)
    .where(letter.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(letter.c.case_id, letter.c.ordinal, letter.c.copy)
)


def of_cases(db: Connection, ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """Return the letters of these cases in the order they were ordered."""
    found: dict[int, list[Row[Any]]] = {}
    for row in db.execute(_OF_CASES, {"ids": list(ids)}):
        found.setdefault(row.case_id, []).append(row)
    return found


def view(row: Row[Any], zone: ZoneInfo) -> Letter:
    """Return the letter as the rules see it, its moments as days of the office."""

    def day(moment: datetime | None) -> Any:
        return None if moment is None else moment.astimezone(zone).date()

    return Letter(
        number=row.number,
        ordinal=row.ordinal,
        kind=row.kind,
        state=LetterState(row.state),
        round=row.round,
        copy=row.copy,
        made_on=day(row.made_at),
        printed_on=day(row.printed_at),
        posted_on=row.posted_on,
        returned_on=row.returned_on,
        told=row.reply_by,
    )
