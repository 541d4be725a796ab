"""What one deed writes, collected and sent at once: on PostgreSQL one statement for all tables, on SQLite one a kind.

The parts of that one statement (data-modifying WITH) see the tables as they were before it, and none the others; so
what one part must find written by another is sent before. Foreign keys, CHECKs and triggers hold as ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    Executable,
    Row,
    Table,
    bindparam,
    func,
    insert,
    literal_column,
    select,
)

from models import many
from models.many import More, Rows
from models.questions import SideBySide

SHAPES = 256
"""Of how many different deeds the statement is kept; a procedure has some dozens."""

Kind = Literal["add", "change", "remove"]


@dataclass(frozen=True, slots=True)
class _Shape:
    """One part of the statement, without its values: the same shapes make the same statement."""

    kind: Kind
    table: Table
    names: tuple[str, ...]
    more: More
    when: ColumnElement[bool] | None
    wanted: tuple[Column[Any], ...]
    arrays: bool

    def made(self, prefix: str) -> Any:
        """Return this part as a statement whose parameters begin with *prefix*."""
        if self.kind == "remove":
            return (many.removals if self.arrays else many.one_removal)(self.table, self.names, prefix)
        if self.kind == "change":
            build = many.changes if self.arrays else many.one_change
            return build(self.table, self.names, self.more, self.when, prefix).returning(literal_column("1").label("n"))
        if self.arrays:
            return many.insertions(self.table, self.names, self.more, self.wanted, prefix)
        given = {name: bindparam(f"{prefix}{name}", type_=self.table.c[name].type) for name in self.names}
        one = insert(self.table).values({**given, **dict(self.more)})
        return one.returning(*self.wanted) if self.wanted else one

    def told(self, part: CTE) -> Any:
        """Return the statement that tells what came of this part; None where nobody asks."""
        if self.kind == "change":
            return select(func.count().label("changed")).select_from(part)
        return select(*part.c) if self.wanted else None


@dataclass(eq=False, slots=True)
class Part:
    """Rows for one table. Once all is sent: how many there were (``count``, of changes), and the rows asked for."""

    kind: Kind
    table: Table
    given: Rows
    more: More = ()
    when: ColumnElement[bool] | None = None
    wanted: tuple[Column[Any], ...] = ()
    count: int = 0
    rows: list[Row[Any]] = field(default_factory=list)

    def send(self, db: Connection) -> None:
        """Write it by itself."""
        if self.kind == "remove":
            many.remove(db, self.table, self.given)
        elif self.kind == "change":
            self.count = many.change(db, self.table, self.given, more=self.more, when=self.when)
        elif self.wanted:
            self.rows = many.added(db, self.table, self.given, *self.wanted, more=self.more)
        else:
            many.add(db, self.table, self.given)

    def pieces(self, db: Connection) -> Iterator[tuple[_Shape, Rows]]:
        """Yield the shapes it takes in one statement, with the rows of each: arrays, or a shape a row."""
        together = many.in_arrays(db, self.given)
        names = tuple(sorted(self.given[0]))
        shape = _Shape(self.kind, self.table, names, self.more, self.when, self.wanted, together)
        for rows in [self.given] if together else [[row] for row in self.given]:
            yield shape, rows


class Writes:
    """What a deed writes, in the order it is given where it goes a statement a kind."""

    def __init__(self, db: Connection) -> None:
        """Take the connection, in whose transaction it is written."""
        self.db = db
        self._parts: list[Part] = []

    def add(self, table: Table, rows: Rows, *wanted: Column[Any], more: More = ()) -> Part:
        """Insert these rows, which have the same columns all; the *wanted* columns of each are told, in no order."""
        usual = _usual(table)
        return self._take(Part("add", table, [{**usual, **row} for row in rows], more, wanted=wanted))

    def change(self, table: Table, rows: Rows, *, more: More = (), when: ColumnElement[bool] | None = None) -> Part:
        """Change the rows found by their keys, which have the same columns all; ``when`` must hold of each besides."""
        return self._take(Part("change", table, rows, more, when))

    def remove(self, table: Table, keys: Rows) -> Part:
        """Delete the rows with these keys."""
        return self._take(Part("remove", table, keys))

    def send(self) -> None:
        """Write all of it."""
        parts, self._parts = self._parts, []
        if len(parts) < 2 or self.db.dialect.name != "postgresql":
            for part in parts:
                part.send(self.db)
            return
        pieces = [(part, shape, rows) for part in parts for shape, rows in part.pieces(self.db)]
        statement, told = _statement(tuple(shape for _, shape, _ in pieces))
        values: dict[str, Any] = {}
        for number, (_, shape, rows) in enumerate(pieces):
            values |= _values(shape, rows, f"p{number}_")
        found = list(self.db.execute(statement, values))
        if told is None:
            return
        asked = iter(told.told(found))
        for part, shape, _ in pieces:
            if shape.kind == "change":
                part.count += next(asked)[0].changed
            elif shape.wanted:
                part.rows += next(asked)

    def _take(self, part: Part) -> Part:
        if part.given:
            self._parts.append(part)
        return part


@cache
def _usual(table: Table) -> Mapping[str, Any]:
    """Return what a new row says in the columns nobody names."""
    return {column.name: column.default.arg for column in table.c if column.default is not None}  # type: ignore[attr-defined]  # ours are plain values


@lru_cache(SHAPES)
def _statement(shapes: Sequence[_Shape]) -> tuple[Executable, SideBySide | None]:
    """Return the statement that writes parts of these shapes, and what sorts out its rows (None: it has none)."""
    parts = [shape.made(f"p{number}_").cte(f"p{number}") for number, shape in enumerate(shapes)]
    asked = [told for shape, part in zip(shapes, parts, strict=True) if (told := shape.told(part)) is not None]
    if not asked:
        return select(literal_column("1")).add_cte(*parts), None
    told = SideBySide(asked)
    return told.statement.add_cte(*parts), told


def _values(shape: _Shape, rows: Rows, prefix: str) -> dict[str, Any]:
    if shape.arrays:
        return many.arrays(rows, shape.names, prefix)
    return {f"{prefix}{name}": rows[0][name] for name in shape.names}
