"""Many rows in one statement: on PostgreSQL as arrays, on SQLite one by one.

SQLite lies in our own process, where a statement more is cheap; to a server each is a message there and back. Columns
are compared and written by their names; a value that only finds a row stands under ``key_`` and the column's name.
Every statement is made once: so what is written beside the rows (``more``, ``when``) are constants of whoever calls.
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
More = tuple[tuple[str, Any], ...]
"""Columns that get the same expression of SQL in every row."""


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
    if not in_arrays(db, rows):
        db.execute(_one_insertion(table), list(rows))
        return
    names = tuple(rows[0])
    db.execute(insertions(table, names), arrays(rows, names))


def added(db: Connection, table: Table, rows: Rows, *wanted: Column[Any], more: More = ()) -> list[Row[Any]]:
    """Insert these rows, which have the same columns all; return the *wanted* columns of each, in no order."""
    if not in_arrays(db, rows):
        return list(db.execute(_one_insertion(table, more, wanted), list(rows)))
    names = tuple(rows[0])
    return list(db.execute(insertions(table, names, more, wanted), arrays(rows, names)))


def change(
    db: Connection, table: Table, rows: Rows, *, more: More = (), when: ColumnElement[bool] | None = None
) -> int:
    """Change the rows found by their keys, which have the same columns all; return how many there were.

    ``when`` must hold of a row besides.
    """
    if not rows:
        return 0
    names = tuple(sorted(rows[0]))
    if in_arrays(db, rows):
        return db.execute(changes(table, names, more, when), arrays(rows, names)).rowcount
    return db.execute(one_change(table, names, more, when), list(rows) if len(rows) > 1 else rows[0]).rowcount


def remove(db: Connection, table: Table, keys: Rows) -> None:
    """Delete the rows with these keys."""
    if not keys:
        return
    names = tuple(sorted(keys[0]))
    if in_arrays(db, keys):
        db.execute(removals(table, names), arrays(keys, names))
    else:
        db.execute(one_removal(table, names), list(keys) if len(keys) > 1 else keys[0])


def in_arrays(db: Connection, rows: Rows) -> bool:
    """Whether these rows are sent as arrays. Raises Unlike."""
    if any(row.keys() != rows[0].keys() for row in rows):
        raise Unlike(", ".join(sorted({name for row in rows for name in row.keys() ^ rows[0].keys()})))
    return len(rows) > FEW and db.dialect.name == "postgresql"


def arrays(rows: Rows, names: Sequence[str], prefix: str = "") -> dict[str, list[Any]]:
    """Return the parameters of a statement that takes arrays."""
    return {f"{prefix}{name}": [row[name] for row in rows] for name in names}


# -- the statements, made once; ``prefix`` goes before the names of parameters -----------------------------------------


@cache
def _one_insertion(table: Table, more: More = (), wanted: tuple[Column[Any], ...] = ()) -> Insert:
    statement = insert(table)
    if more:
        statement = statement.values(dict(more))
    return statement.returning(*wanted) if wanted else statement


@cache
def insertions(
    table: Table, names: tuple[str, ...], more: More = (), wanted: tuple[Any, ...] = (), prefix: str = ""
) -> Insert:
    """Return what inserts rows given as arrays."""
    given = _given(table, names, prefix)
    values = [given.c[name] for name in names] + [value for _, value in more]
    statement = insert(table).from_select([*names, *(name for name, _ in more)], select(*values))
    return statement.returning(*wanted) if wanted else statement


@cache
def changes(
    table: Table, names: tuple[str, ...], more: More = (), when: ColumnElement[bool] | None = None, prefix: str = ""
) -> Update:
    """Return what changes rows given as arrays."""
    given = _given(table, names, prefix).c
    statement = update(table).where(*_found(table, names, given)).values({n: given[n] for n in _new(names)})
    return _besides(statement, more, when)


@cache
def one_change(
    table: Table, names: tuple[str, ...], more: More = (), when: ColumnElement[bool] | None = None, prefix: str = ""
) -> Update:
    """Return what changes one row."""
    given = _parameters(table, names, prefix)
    statement = update(table).where(*_found(table, names, given)).values({n: given[n] for n in _new(names)})
    return _besides(statement, more, when)


@cache
def removals(table: Table, names: tuple[str, ...], prefix: str = "") -> Delete:
    """Return what deletes rows given as arrays."""
    return delete(table).where(*_found(table, names, _given(table, names, prefix).c))


@cache
def one_removal(table: Table, names: tuple[str, ...], prefix: str = "") -> Delete:
    """Return what deletes one row."""
    return delete(table).where(*_found(table, names, _parameters(table, names, prefix)))


def _besides(statement: Update, more: More, when: ColumnElement[bool] | None) -> Update:
    if more:
        statement = statement.values(dict(more))
    return statement if when is None else statement.where(when)


def _new(names: Sequence[str]) -> list[str]:
    """Return the columns that are written, not looked for."""
    return [name for name in names if not name.startswith(KEY)]


def _found(table: Table, names: Sequence[str], given: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """Return the conditions that find a row by its keys."""
    return [table.c[name.removeprefix(KEY)] == given[name] for name in names if name.startswith(KEY)]


def _parameters(table: Table, names: Sequence[str], prefix: str) -> dict[str, Any]:
    """Return one row's parameters by the names of what they give."""
    return {name: bindparam(f"{prefix}{name}", type_=table.c[name.removeprefix(KEY)].type) for name in names}


def _given(table: Table, names: Sequence[str], prefix: str) -> Any:
    """Return what is given as a table: one array a column, unnested side by side."""
    types = {name: table.c[name.removeprefix(KEY)].type for name in names}
    given = [bindparam(f"{prefix}{name}", type_=ARRAY(kind, dimensions=1)) for name, kind in types.items()]
    columns = [column(name, kind) for name, kind in types.items()]
    return func.unnest(*given).table_valued(*columns, name="given").render_derived()
