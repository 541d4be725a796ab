"""The letters: ordered, made (in the spool, hashed), printed, posted, perhaps returned; or void for ever."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from models.base import Json, Moment, metadata
from models.partial import among, fixed, partial
from models.questions import Question, ask, by_case
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
    # The row of the history that made it void.
    Column("void_seq", Integer),
    # What goes into its envelope, and by which class of post: `workflows.letters.Envelope`. None: nobody knows.
    Column("envelope", Json),
    UniqueConstraint("number", "copy"),
    Index("ix_letter_case_id", "case_id"),
    Index("ix_letter_batch", "batch"),
    CheckConstraint(
        "state IN ('ordered', 'void') OR (sha256 IS NOT NULL AND path IS NOT NULL)", name="made_has_a_file"
    ),
)

UNPOSTED: ColumnElement[bool] = among(letter.c.state, (LetterState.ORDERED, LetterState.MADE, LetterState.PRINTED))
"""In the house, and to leave it. Whoever wants some of these states says this too (`in_house`)."""


def _not_dated(*, made: bool, printed: bool, posted: bool) -> ColumnElement[bool]:
    """Return the condition that not exactly these of a letter's days are there."""
    columns = {letter.c.made_at: made, letter.c.printed_at: printed, letter.c.posted_on: posted}
    return or_(*(column.is_(None) if there else column.is_not(None) for column, there in columns.items()))


ODD: ColumnElement[bool] = or_(
    and_(letter.c.state == fixed("ordered"), _not_dated(made=False, printed=False, posted=False)),
    and_(letter.c.state == fixed("made"), _not_dated(made=True, printed=False, posted=False)),
    and_(letter.c.state == fixed("printed"), _not_dated(made=True, printed=True, posted=False)),
    and_(among(letter.c.state, ("posted", "returned")), _not_dated(made=True, printed=True, posted=True)),
    # Void at any time: what came later did not come without what comes before.
    and_(letter.c.state == fixed("void"), letter.c.printed_at.is_not(None), letter.c.made_at.is_(None)),
    and_(letter.c.state == fixed("void"), letter.c.posted_on.is_not(None), letter.c.printed_at.is_(None)),
)
"""Its days say something else than its state. There is none; should there be one, an index holds it ready."""
partial("ix_letter_unposted", letter.c.id, where=UNPOSTED)
partial("ix_letter_in_house", letter.c.made_at, letter.c.state, letter.c.kind, where=UNPOSTED)
partial("ix_letter_odd", letter.c.id, where=ODD)

OF_CASES = Question(
    select(letter).where(letter.c.case_id.in_(bindparam("ids", expanding=True))), "case_id", "ordinal", "copy"
)
"""The letters of the cases ``ids``, in the order they were ordered."""


def in_house(*states: LetterState) -> ColumnElement[bool]:
    """Return the condition that a letter lies in the house in one of these states."""
    return and_(UNPOSTED, among(letter.c.state, states))


_THAT_LEFT = (
    select(letter.c.case_id, letter.c.state, func.count().label("letters"))
    .where(letter.c.case_id.in_(bindparam("ids", expanding=True)), letter.c.state.in_(("posted", "returned", "void")))
    .group_by(letter.c.case_id, letter.c.state)
)


def that_left(db: Connection, ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Return of these cases how many letters are no longer in the house, by "letter:STATE" (posted, returned, void)."""
    found: dict[int, dict[str, int]] = {}
    for row in db.execute(_THAT_LEFT, {"ids": list(ids)}):
        found.setdefault(row.case_id, {})[f"letter:{row.state}"] = row.letters
    return found


def of_cases(db: Connection, ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """Return the letters of these cases in the order they were ordered."""
    return by_case(ask(db, [OF_CASES], {"ids": list(ids)})[OF_CASES])


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
        ordered_on=day(row.ordered_at),
    )
