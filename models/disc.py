"""The discs that go with answers: the file that is written onto one is itself encrypted."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Integer, LargeBinary, Row, Table, Text, select

from models.base import Moment, metadata
from models.letter import letter as letter_table

disc = Table(
    "disc",
    metadata,
    Column("id", Integer, primary_key=True),
    # The notification it goes with.
    Column("letter", Text, nullable=False, unique=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    # How many files it holds.
    Column("files", Integer, nullable=False),
    # Sealed under the case's key: the passphrase, for a letter that is sent once more.
    Column("passphrase", LargeBinary),
    # Of the encrypted file, relative to the folder of discs; NULL: not made yet.
    Column("path", Text),
    Column("sha256", Text),
    Column("bytes", BigInteger),
    Column("made_at", Moment),
    # How often it was handed out to be written onto a disc.
    Column("written", Integer, nullable=False, server_default="0"),
)


def of_letter(db: Connection, number: str) -> Row[Any] | None:
    """Return the disc that goes with a letter."""
    return db.execute(select(disc).where(disc.c.letter == number)).one_or_none()


def of_cases(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return the discs of these cases, the newest last, each with the state of its letter (of its first copy)."""
    query = (
        select(disc, letter_table.c.state.label("letter_state"))
        .join(letter_table, (letter_table.c.number == disc.c.letter) & (letter_table.c.copy == 1))
        .where(disc.c.case_id.in_(ids))
        .order_by(disc.c.id)
    )
    return list(db.execute(query))
