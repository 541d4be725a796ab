"""The rows of an office as both databases tell them alike: read in one order, written past triggers, compared.

A row is a tuple of Python's values in the order of the table's columns, with JSON as the text that is stored: what is
chained is never written anew. SQLite compares text by its bytes, and PostgreSQL is asked to: so the rows of two
databases stand side by side, and of a million no more than a few thousand are in memory.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    cast,
    func,
    insert,
    select,
    text,
)

from models.moving import moving
from models.session import load_tables

LOT = 2_000
Values = tuple[Any, ...]
Count = Callable[[int], None]

_BY_BYTES = "C"
_BITS: dict[type, int] = {Integer: 31, SmallInteger: 15}
_TRIGGERS = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name")


class Differs(Exception):
    """A row that is not the same in both places, by its key; ``column`` is None where it is missing."""

    def __init__(self, table: Table, row: Values, column: str | None) -> None:
        """Name it."""
        self.table, self.column = table.name, column
        self.row = "/".join(str(row[at]) for at in _key_at(table))
        super().__init__(f"{table.name} {self.row} {column or ''}")


class CannotHold(Exception):
    """A value this database has no room for; ``row`` names it by its key."""

    def __init__(self, table: Table, row: Values, column: str) -> None:
        """Name it."""
        self.table, self.column = table.name, column
        self.row = "/".join(str(row[at]) for at in _key_at(table))
        super().__init__(f"{table.name} {self.row} {column}")


def tables() -> list[Table]:
    """Return every table an office has, parents before their children; not the one that says that it moves."""
    return [table for table in load_tables().sorted_tables if table is not moving]


def how_many(db: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table.name: db.execute(select(func.count()).select_from(table)).scalar_one() for table in tables()}


def rows_of(db: Connection, table: Table) -> Iterator[Values]:
    """Yield the rows by their primary key."""
    order = [_by_bytes(db, column) for column in table.primary_key]
    # yield_per: PostgreSQL keeps the rest on its side of the line.
    asked = select(*(_told(column) for column in table.c)).order_by(*order).execution_options(yield_per=LOT)
    for row in db.execute(asked):
        yield tuple(row)


def _told(column: Column[Any]) -> Any:
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _by_bytes(db: Connection, column: Column[Any]) -> Any:
    text_of_theirs = db.dialect.name == "postgresql" and isinstance(column.type, Text)
    return column.collate(_BY_BYTES) if text_of_theirs else column


def fill(db: Connection, table: Table, rows: Iterator[Values], count: Count) -> None:
    """Write rows into an empty table whose triggers are off. Raises CannotHold."""
    held = _fitting(db, table, rows)
    if db.dialect.name == "sqlite":
        plain = _plain(table)
        names = table.c.keys()
        while named := [dict(zip(names, row, strict=True)) for row in _lot(held)]:
            db.execute(insert(plain), named)
            count(len(named))
        return
    listed = ", ".join(f'"{column.name}"' for column in table.c)
    cursor: Any = db.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({listed}) FROM STDIN') as into:
        while lot := list(_lot(held)):
            for row in lot:
                into.write_row(row)
            count(len(lot))


def _lot(rows: Iterator[Values]) -> Iterator[Values]:
    for _, row in zip(range(LOT), rows, strict=False):
        yield row


def _fitting(db: Connection, table: Table, rows: Iterator[Values]) -> Iterator[Values]:
    """Yield the rows, held against what PostgreSQL holds: integers of SQLite have 64 bits, its texts any character."""
    if db.dialect.name == "sqlite":
        yield from rows
        return
    bits = [_BITS.get(type(column.type), 63) for column in table.c]
    for row in rows:
        for at, value in enumerate(row):
            too_long = type(value) is int and value.bit_length() > bits[at]
            if too_long or (type(value) is str and "\0" in value):
                raise CannotHold(table, row, table.c[at].name)
        yield row


def _plain(table: Table) -> Table:
    """Return the table with JSON as the text it is."""
    kinds = ((c.name, Text() if isinstance(c.type, JSON) else c.type) for c in table.c)
    return Table(table.name, MetaData(), *(Column(name, kind) for name, kind in kinds))


@contextmanager
def unguarded(db: Connection, table: Table) -> Iterator[None]:
    """Let rows of a table be written as they are, past its triggers, to the end of the block."""
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
        yield
        db.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
        return
    db.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    kept = list(db.execute(_TRIGGERS, {"name": table.name}))
    for row in kept:
        db.exec_driver_sql(f"DROP TRIGGER {row.name}")
    yield
    for row in kept:
        db.exec_driver_sql(row.sql)


def compared(here: Connection, there: Connection, table: Table, count: Count) -> str:
    """Hold a table against its copy, row by row; return the SHA-256 of its rows, hexadecimal. Raises Differs."""
    digest = hashlib.sha256(table.name.encode())
    ours, theirs = rows_of(here, table), rows_of(there, table)
    seen = 0
    while True:
        one, other = next(ours, None), next(theirs, None)
        if one != other:
            raise _difference(table, one, other)
        if one is None:
            count(seen % LOT)
            return digest.hexdigest()
        digest.update(repr(one).encode())
        seen += 1
        if seen % LOT == 0:
            count(LOT)


def _difference(table: Table, one: Values | None, other: Values | None) -> Differs:
    if one is None or other is None:
        return Differs(table, one or other or (), None)
    first, second = (_key(table, row) for row in (one, other))
    if first != second:
        return Differs(table, min(one, other, key=lambda row: _key(table, row)), None)
    columns = (c.name for c, ours, theirs in zip(table.c, one, other, strict=True) if ours != theirs)
    return Differs(table, one, next(columns))


def _key_at(table: Table) -> Sequence[int]:
    names = table.c.keys()
    return [names.index(column.name) for column in table.primary_key]


def _key(table: Table, row: Values) -> Values:
    return tuple(row[at] for at in _key_at(table))
