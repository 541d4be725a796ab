"""Partial indexes, spelt once: the index and whoever asks by it hold the very same condition.

SQLite takes a partial index only where the question says its condition word for word: not ``open`` for ``open = 1``,
not ``state IN (?, ?)`` for ``state IN ('made', 'printed')``. PostgreSQL is more lenient and cannot see through a
parameter either. So a condition is one expression of ours with its values written out (`fixed`, `among`), which an
index is made with (`partial`) and a question asks with; how it reads on a database is SQLAlchemy's matter.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Index, bindparam, select


def fixed(value: Any) -> Any:
    """Return a value that is written into the statement, not sent beside it. For words and numbers of ours only."""
    return bindparam(None, value, unique=True, literal_execute=True)


def among(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column is one of these words of ours, written out in this order."""
    listed = [str(value) for value in values]
    return column.in_(bindparam(None, listed, unique=True, expanding=True, literal_execute=True))


_DECLARED: list[tuple[str, tuple[ColumnElement[Any], ...], ColumnElement[bool]]] = []


def partial(name: str, *columns: ColumnElement[Any], where: ColumnElement[bool]) -> None:
    """Declare an index of those rows alone for which *where* is true, spelt as in a question's WHERE."""
    _DECLARED.append((name, columns, where))


def make_indexes() -> None:
    """Make what was declared: for migrations and whoever compares with them.

    To read and write nobody needs an index in Python, and one for PostgreSQL loads that dialect, which takes 20 ms.
    """
    while _DECLARED:
        name, columns, where = _DECLARED.pop()
        # A bare column reads otherwise in DDL than in a WHERE (open, open = 1): so it is taken from a WHERE.
        spelt = select(where).where(where).whereclause
        Index(name, *columns, sqlite_where=spelt, postgresql_where=spelt)
