"""Several questions put in one statement: to a server each is a message there and back, and each costs us a call.

A `Question` finds rows by ids and says in which order they come. `ask` puts a few of them side by side (UNION ALL, each
with columns of its own) where they are about few ids, and one by one where they are about many: then the rows count and
not the calls. Whoever asks sees no difference.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    cast,
    literal_column,
    null,
    union_all,
)
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

FEW = 2
"""About so many ids questions go together: of more, the empty columns beside each row would cost more than a call."""

Rows = list[Row[Any]]


class Question:
    """A statement that finds rows by its parameters, and the names of the columns they are put in order by.

    Its parameters are lists of ids; questions that are put together share those of the same name.
    """

    def __init__(self, statement: Select[Any], *order: str) -> None:
        """Take a statement without ORDER BY; its columns have names of their own."""
        self.statement = statement
        self.alone = statement.order_by(*(statement.selected_columns[name] for name in order))
        self._key = attrgetter(*order) if order else None

    def in_order(self, rows: Rows) -> Rows:
        """Return these rows in the order of the question."""
        return rows if self._key is None or len(rows) < 2 else sorted(rows, key=self._key)


Answers = Mapping[Question, Rows]


def ask(db: Connection, questions: Sequence[Question], values: Mapping[str, Collection[Any]]) -> Answers:
    """Return what each of these questions finds; ``values`` are their parameters by name."""
    if len(questions) < 2 or any(len(value) > FEW for value in values.values()):
        return {one: list(db.execute(one.alone, values)) for one in questions}
    together = side_by_side(*(one.statement for one in questions))
    found = together.told(list(db.execute(together.statement, values)))
    return {one: one.in_order(rows) for one, rows in zip(questions, found, strict=True)}


def by_case(rows: Sequence[Row[Any]]) -> dict[int, Rows]:
    """Return rows by the ids of their cases, in the order they have."""
    found: dict[int, Rows] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


class SideBySide:
    """Statements put together: ``statement`` yields the rows of all, `told` sorts them out again."""

    def __init__(self, statements: Sequence[Select[Any]]) -> None:
        columns = [list(each.selected_columns) for each in statements]
        self._names = [SimpleResultMetaData([str(column.key) for column in own]) for own in columns]
        ends = [1]
        for own in columns:
            ends.append(ends[-1] + len(own))
        self._slices = [slice(start, end) for start, end in pairwise(ends)]
        self.statement: CompoundSelect[Any] = union_all(
            *(self._widened(statement, number, columns) for number, statement in enumerate(statements))
        )

    def told(self, rows: Rows) -> list[Rows]:
        """Return the rows of each of the statements, as it alone would have yielded them."""
        values: list[list[Any]] = [[] for _ in self._slices]
        for row in rows:
            values[row[0]].append(row[self._slices[row[0]]])
        return [
            list(IteratorResult(names, iter(found))) if found else []
            for names, found in zip(self._names, values, strict=True)
        ]

    @staticmethod
    def _widened(statement: Select[Any], number: int, columns: Sequence[Sequence[ColumnElement[Any]]]) -> Select[Any]:
        """Return a statement with its number first, and the columns of the others empty."""
        wide: list[ColumnElement[Any]] = [literal_column(str(number)).label("asked")]
        for other, theirs in enumerate(columns):
            for column in theirs:
                value = column if other == number else cast(null(), column.type)
                wide.append(value.label(f"{column.key}_{other}"))
        return statement.with_only_columns(*wide)


@cache
def side_by_side(*statements: Select[Any]) -> SideBySide:
    """Return these statements, which are constants of the house, put together; made once."""
    return SideBySide(statements)
