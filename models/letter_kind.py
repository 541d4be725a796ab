"""The kinds of letters that were ever stopped: a wrong template waits for its correction, the office goes on."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Connection, Row, Select, Table, Text, func, select

from models.base import Moment, metadata
from models.effect import WAITING, effect
from models.letter import in_house, letter
from models.office import upsert
from workflows.letters import LetterState

letter_kind = Table(
    "letter_kind",
    metadata,
    # A kind without a row was never stopped.
    Column("kind", Text, primary_key=True),
    Column("stopped", Boolean, nullable=False),
    # A code or the lead's own words: why it was stopped. It stays when the kind is started again.
    Column("reason", Text, nullable=False),
    # Of the last stop or start.
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", Text, nullable=False),
)

_ALL = select(letter_kind)
_STOPPED = select(letter_kind.c.kind).where(letter_kind.c.stopped)
_OF_A_STOPPED_KIND = (
    select(letter.c.id)
    .join(letter_kind, letter_kind.c.kind == letter.c.kind)
    .where(letter.c.number == effect.c.subject, letter.c.copy == effect.c.copy, letter_kind.c.stopped)
    .correlate(effect)
    .exists()
)
_TO_BE_MADE: Select[Any] = (
    select(letter.c.kind, func.count().label("letters"))
    .join(effect, (effect.c.subject == letter.c.number) & (effect.c.copy == letter.c.copy))
    .where(in_house(LetterState.ORDERED), WAITING)
    .group_by(letter.c.kind)
)
_MADE: Select[Any] = (
    select(letter.c.kind, func.count().label("letters")).where(in_house(LetterState.MADE)).group_by(letter.c.kind)
)


def everything(db: Connection) -> dict[str, Row[Any]]:
    """Return what is recorded of each kind."""
    return {row.kind: row for row in db.execute(_ALL)}


def stopped(db: Connection) -> frozenset[str]:
    """Return the kinds that are stopped now."""
    return frozenset(db.execute(_STOPPED).scalars())


def keeps_back(db: Connection) -> ColumnElement[bool] | None:
    """Return the condition under which an effect waits because its letter's kind is stopped; None: nothing is stopped.

    So an office without a stop pays nothing for it.
    """
    return _OF_A_STOPPED_KIND if stopped(db) else None


def write(db: Connection, kind: str, *, stopped: bool, reason: str, by: str, now: datetime) -> None:
    """Stop a kind, or start it again."""
    row = {"kind": kind, "stopped": stopped, "reason": reason, "changed_at": now, "changed_by": by}
    upsert(db, letter_kind, row, ["kind"])


def held(db: Connection, kinds: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return how many letters of each of these kinds wait to be made, and how many are made and wait for the printer.

    Nothing is counted where no kind is asked for, so that an office without a stop pays nothing.
    """
    if not kinds:
        return {}
    ordered = {row.kind: row.letters for row in db.execute(_TO_BE_MADE)}
    made = {row.kind: row.letters for row in db.execute(_MADE)}
    return {kind: (ordered.get(kind, 0), made.get(kind, 0)) for kind in kinds}
