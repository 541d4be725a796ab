"""By which words people are found: keyed hashes of the parts of their names, of numbers and places, or of beginnings.

A row says that somebody of that case (or inquiry) is found by that word, which nobody can tell who lacks the office's
keys (docs/adr/0040). What a word is, and what somebody who asks may mean, is `workflows.request.found_by`'s matter.
Rows go when their person changes or is erased; nothing refers to them.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Delete,
    Index,
    Integer,
    Select,
    SmallInteger,
    Table,
    bindparam,
    delete,
    func,
    select,
)

from models import many
from models.base import metadata
from models.case import case
from models.inquiry import inquiry
from models.writes import Writes


def _words(name: str, whose: str) -> Table:
    return Table(
        name,
        metadata,
        # The first eight bytes of the keyed hash. Whoever is found is opened and looked at, so that two words of one
        # hash cost a look and no mistake.
        Column("word", BigInteger, primary_key=True, autoincrement=False),
        # No foreign key: each of twenty rows a person would ask for the case. `doctor` looks for rows of nobody.
        Column(whose, Integer, primary_key=True, autoincrement=False),
        # 0 the subject, 1 the representative: all that is asked for is to be true of one of them.
        Column("party", SmallInteger, primary_key=True, autoincrement=False),
        Index(f"ix_{name}_{whose}", whose),
        # One tree in the order in which it is asked: by a word, the newest first.
        sqlite_with_rowid=False,
    )


person_word = _words("person_word", "case_id")
inquiry_word = _words("inquiry_word", "inquiry_id")

PARTIES = ("subject", "representative")
"""What the column ``party`` counts."""
MOST_WORDS = 5
"""How many words a question joins; of more the first are taken, for whoever is found is looked at anyway."""

Words = Mapping[int, Collection[int]]
"""The words of a case's (or an inquiry's) people by party."""


def replace(
    db: Connection, table: Table, new: Mapping[int, Words], *, known: bool = True, writes: Writes | None = None
) -> None:
    """Write by which words these people are found, {id: {party: words}}, and nothing else of them.

    *known*: they may have had words before. *writes*: whatever else is written with them, in one message to a server.
    """
    whose = _whose(table).name
    people = [{"key_whose": each, "key_party": party} for each, words in new.items() for party in words]
    if known and people:
        db.execute(_removal(table), people)
    rows = [(word, each, party) for each, words in new.items() for party, mine in words.items() for word in mine]
    if rows and db.dialect.name == "sqlite":
        # As they are: for whole numbers nothing is to be made ready, which takes twice as long as to write them.
        db.exec_driver_sql(f"INSERT INTO {table.name} (word, {whose}, party) VALUES (?, ?, ?)", rows)  # noqa: S608 - ours
    elif rows:
        add = partial(many.add, db) if writes is None else writes.add
        add(table, [{"word": word, whose: each, "party": party} for word, each, party in rows])


def erase(db: Connection, table: Table, each: int) -> None:
    """Let nobody find the people of a case (or an inquiry) any more: part of erasing it."""
    db.execute(delete(table).where(_whose(table) == each))


def of_these(db: Connection, table: Table, ids: Collection[int]) -> dict[int, dict[int, set[int]]]:
    """Return the words that are kept, {id: {party: words}}."""
    found: dict[int, dict[int, set[int]]] = {}
    for word, each, party in db.execute(_all_of(table), {"ids": list(ids)}) if ids else ():
        found.setdefault(each, {}).setdefault(party, set()).add(word)
    return found


def how_many(db: Connection, table: Table, word: int, most: int) -> int:
    """Return how many are found by a word; *most* for all that are found by more."""
    return int(db.execute(_counted(table), {"word": word, "most": most}).scalar_one())


def having(db: Connection, table: Table, words: Sequence[int], below: int, most: int) -> list[int]:
    """Return the newest ids below *below* of which one person has all these words, the newest first.

    Whoever has the first word is looked at for the others: it should be the rarest.
    """
    taken = words[:MOST_WORDS]
    given = {"below": below, "most": most, **{f"word{n}": word for n, word in enumerate(taken)}}
    return list(db.execute(_having(table, len(taken)), given).scalars())


def of_nobody(db: Connection, table: Table, most: int) -> list[int]:
    """Return ids under which words are kept and there is no case (or inquiry)."""
    owner, whose = (case if table is person_word else inquiry), _whose(table)
    there = select(owner.c.id).where(owner.c.id == whose).exists()
    return list(db.execute(select(whose).where(~there).distinct().order_by(whose).limit(most)).scalars())


def _whose(table: Table) -> ColumnElement[int]:
    return table.c[1]


@cache
def _removal(table: Table) -> Delete:
    return delete(table).where(_whose(table) == bindparam("key_whose"), table.c.party == bindparam("key_party"))


@cache
def _all_of(table: Table) -> Select[Any]:
    return select(table.c.word, _whose(table), table.c.party).where(_whose(table).in_(bindparam("ids", expanding=True)))


@cache
def _counted(table: Table) -> Select[Any]:
    some = select(table.c.word).where(table.c.word == bindparam("word")).limit(bindparam("most")).subquery()
    return select(func.count()).select_from(some)


@cache
def _having(table: Table, count: int) -> Select[Any]:
    first, *others = (table.alias(f"w{n}") for n in range(count))
    source: Any = first
    for n, other in enumerate(others, 1):
        same = (other.c[1] == first.c[1]) & (other.c.party == first.c.party)
        source = source.join(other, (other.c.word == bindparam(f"word{n}")) & same)
    return (
        select(first.c[1])
        .select_from(source)
        .where(first.c.word == bindparam("word0"), first.c[1] < bindparam("below"))
        .group_by(first.c[1])
        .order_by(first.c[1].desc())
        .limit(bindparam("most"))
    )
