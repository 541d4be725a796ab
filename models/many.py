"""Many rows in one statement: on PostgreSQL as arrays, on SQLite one by one.

SQLite lies in our own process, where a statement more is cheap; to a server each is a message there and back. Columns
are compared and written by their names; a value that only finds a row stands under ``key_`` and the column's name.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Row,
    Table,
    Update,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    update,
)

KEY = "key_"
FEW = 2
"""Up to so many rows go one by one: arrays would cost more."""

Rows = Sequence[Mapping[str, Any]]


class Unlike(TypeError):
    """Rows of different columns were to be written together: some of them would be lost."""


def alike(rows: Rows) -> list[list[Mapping[str, Any]]]:
    """Return the rows in groups of the same columns."""
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(sorted(row)), []).append(row)
    return list(groups.values())


def add(db: Connection, table: Table, rows: Rows) -> None:
    """Insert these rows, which have the same columns all."""
    if not _in_arrays(db, rows):
        db.execute(insert(table), list(rows))
        return
    names = tuple(rows[0])
    db.execute(_insertion(table, names), _arrays(rows, names))


def added(
    db: Connection, table: Table, rows: Rows, *wanted: Column[Any], more: Mapping[str, Any] | None = None
) -> list[Row[Any]]:
    """Insert these rows, which have the same columns all; return the *wanted* columns of each, in no order.

    ``more`` are columns that get the same value everywhere: expressions of SQL.
    """
    if not _in_arrays(db, rows):
        return list(db.execute(insert(table).values(more or {}).returning(*wanted), list(rows)))
    names = tuple(rows[0])
    return list(db.execute(_insertion(table, names, **(more or {})).returning(*wanted), _arrays(rows, names)))


def change(
    db: Connection,
    table: Table,
    rows: Rows,
    *,
    more: Mapping[str, Any] | None = None,
    when: ColumnElement[bool] | None = None,
) -> int:
    """Change the rows found by their keys, which have the same columns all; return how many there were.

    ``more`` are columns that get the same value everywhere (expressions of SQL); ``when`` must hold of a row besides.
    """
    if not rows:
        return 0
    names, together = tuple(sorted(rows[0])), _in_arrays(db, rows)
    statement = (_changes if together else _one_change)(table, names)
    if more is not None:
        statement = statement.values(more)
    if when is not None:
        statement = statement.where(when)
    if together:
        return db.execute(statement, _arrays(rows, names)).rowcount
    return db.execute(statement, list(rows) if len(rows) > 1 else rows[0]).rowcount


def remove(db: Connection, table: Table, keys: Rows) -> None:
    """Delete the rows with these keys."""
    if not keys:
        return
    names = tuple(sorted(keys[0]))
    if _in_arrays(db, keys):
        db.execute(_removal(table, names), _arrays(keys, names))
    else:
        db.execute(_one_removal(table, names), list(keys) if len(keys) > 1 else keys[0])


def _in_arrays(db: Connection, rows: Rows) -> bool:
    if any(row.keys() != rows[0].keys() for row in rows):
        raise Unlike(", ".join(sorted({name for row in rows for name in row.keys() ^ rows[0].keys()})))
    return len(rows) > FEW and db.dialect.name == "postgresql"


def _arrays(rows: Rows, names: Sequence[str]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in names}


@cache
def _insertion(table: Table, names: tuple[str, ...], **more: Any) -> Insert:
    given = _given(table, names)
    return insert(table).from_select([*names, *more], select(*(given.c[name] for name in names), *more.values()))


@cache
def _changes(table: Table, names: tuple[str, ...]) -> Update:
    given = _given(table, names)
    return (
        update(table)
        .where(*_found(table, names, given.c))
        .values({n: given.c[n] for n in names if not n.startswith(KEY)})
    )


@cache
def _one_change(table: Table, names: tuple[str, ...]) -> Update:
    return update(table).where(*_found(table, names)).values({n: bindparam(n) for n in _new(names)})


@cache
def _removal(table: Table, names: tuple[str, ...]) -> Delete:
    return delete(table).where(*_found(table, names, _given(table, names).c))


@cache
def _one_removal(table: Table, names: tuple[str, ...]) -> Delete:
    return delete(table).where(*_found(table, names))


def _new(names: Sequence[str]) -> list[str]:
    """Return the columns that are written, not looked for."""
    return [name for name in names if not name.startswith(KEY)]


def _found(table: Table, names: Sequence[str], given: Mapping[str, Any] | None = None) -> list[ColumnElement[bool]]:
    """Return the conditions that find a row by its keys: those *given*, or one row's parameters."""
    keys = [name for name in names if name.startswith(KEY)]
    return [table.c[name.removeprefix(KEY)] == (bindparam(name) if given is None else given[name]) for name in keys]


def _given(table: Table, names: Sequence[str]) -> Any:
    """Return what is given as a table: one array a column, unnested side by side."""
    types = {name: table.c[name.removeprefix(KEY)].type for name in names}
    arrays = [bindparam(name, type_=ARRAY(kind, dimensions=1)) for name, kind in types.items()]
    columns = [column(name, kind) for name, kind in types.items()]
    return func.unnest(*arrays).table_valued(*columns, name="given").render_derived()
