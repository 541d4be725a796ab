"""At which stage the office's look-ups are hashed, and how far a rotation has come: marks in the table of counters."""

from typing import Any

from sqlalchemy import Connection, select

from models.base import upserting_insert
from models.case import counter

WANTED, REACHED, WORDS = "lookup/wanted", "lookup/stage", "lookup/words"
"""The stage asked for, the one people and papers are hashed at, and the one all words people are found by are of."""
CASE, INQUIRY = "lookup/case", "lookup/inquiry"
"""The last case, and the last inquiry, whose words were made anew."""

STAGE = select(counter.c.value).where(counter.c.name == REACHED).scalar_subquery().label("lookup_stage")
"""For any question to be asked along: the stage at which people are hashed; NULL: the first."""

_MARKS = select(counter.c.name, counter.c.value).where(counter.c.name.in_((WANTED, REACHED, WORDS, CASE, INQUIRY)))


def marks(db: Connection) -> dict[str, int]:
    """Return the marks that are there."""
    return {row.name: row.value for row in db.execute(_MARKS)}


def set_mark(db: Connection, name: str, value: int) -> None:
    """Write a mark."""
    row = {"name": name, "value": value}
    db.execute(upserting_insert(db, counter).values(row).on_conflict_do_update(index_elements=["name"], set_=row))


def of_words(db: Connection, reached: int) -> range:
    """Return the stages of which there are words to find people by; *reached* is the office's own."""
    made = marks(db).get(WORDS, 1) if reached > 1 else reached
    return range(min(made, reached), reached + 1)


def locked(db: Connection, name: str) -> Any:
    """Wait for whoever goes on with it at this moment; return the mark, None where it is not there."""
    return db.execute(select(counter.c.value).where(counter.c.name == name).with_for_update()).scalar_one_or_none()
