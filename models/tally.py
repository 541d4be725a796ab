"""The office's figures, kept as sums: what all cases together count for, by day and by month. Nothing personal.

A step only notes that its case is to be counted (`uncounted`): nobody waits for a row that everybody writes. Later one
hand counts such cases: it adds what each counts for now to the sums (`tally`), takes away what it counted for before,
and keeps that beside (`counted`). So the sums are always those of `counted`, and whoever reads adds what waits.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)

from models.base import Json, metadata, upserting_insert
from models.case import case

uncounted = Table(
    "uncounted",
    metadata,
    # A row of the history that was not there yet when its case was counted.
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
)
counted = Table(
    "counted",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True, autoincrement=False),
    # Up to which row of its history.
    Column("seq", Integer, nullable=False),
    # Under which heads it counts, and what it counts for by day: what the sums have of it.
    Column("heads", Json, nullable=False),
    Column("entries", Json, nullable=False),
)
tally = Table(
    "tally",
    metadata,
    Column("procedure", Text, primary_key=True),
    # all | category | regime | right | ground | department
    Column("head", Text, primary_key=True),
    # day | month, each of which has all of it; ever: what is counted without a day (head all, span empty)
    Column("unit", Text, primary_key=True),
    # 2026-11-30 | 2026-11
    Column("span", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    # How often each thing was counted.
    Column("sums", Json, nullable=False),
)
tally_head = Table(
    "tally_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # How often cases were counted: whoever counts sees that nobody else did meanwhile.
    Column("rounds", Integer, nullable=False),
    # By which way of counting (`workflows.engine.figures.FORM`); -1 while everything is being forgotten.
    Column("form", Integer, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

KEY = ("procedure", "head", "unit", "span", "value")
_HEAD = select(tally_head).where(tally_head.c.id == 1)
_NEXT = (
    select(uncounted.c.case_id).distinct().order_by(uncounted.c.case_id).limit(bindparam("most"))
)  # fmt: skip
_MARKS = select(uncounted).where(uncounted.c.case_id.in_(bindparam("ids", expanding=True)))
_COUNTED = select(counted).where(counted.c.case_id.in_(bindparam("ids", expanding=True)))
_ALL: Select[Any] = select(case.c.definition, counted.c.heads, counted.c.entries).join(
    case, case.c.id == counted.c.case_id
)
_KNOWN = select(counted.c.case_id).order_by(counted.c.case_id).limit(bindparam("most"))
_UNMARKED = (
    select(case.c.id)
    .where(~select(uncounted.c.case_id).where(uncounted.c.case_id == case.c.id).exists())
    .order_by(case.c.id)
    .limit(bindparam("most"))
)
_SUMS = select(tally).where(
    tally.c.procedure == bindparam("procedure"),
    tally.c.head == bindparam("head"),
    tally.c.unit == bindparam("unit"),
)
_SPANS = _SUMS.where(tally.c.span.in_(bindparam("spans", expanding=True)))
_EVER = select(tally.c.procedure, tally.c.sums).where(
    tally.c.procedure.in_(bindparam("procedures", expanding=True)),
    tally.c.head == "all", tally.c.unit == "ever", tally.c.span == "", tally.c.value == "",
)  # fmt: skip
_BETWEEN = _SUMS.where(tally.c.span >= bindparam("first"), tally.c.span <= bindparam("last"))


def head(db: Connection, *, lock: bool = False) -> Row[Any]:
    """Return ``rounds`` and ``form``; with *lock* nobody else counts until the transaction ends."""
    return db.execute(_HEAD.with_for_update() if lock else _HEAD).one()


def turn(db: Connection, rounds: int, form: int) -> None:
    """Write that cases were counted once more."""
    db.execute(update(tally_head).where(tally_head.c.id == 1).values(rounds=rounds, form=form))


def waiting(db: Connection, most: int) -> list[int]:
    """Return the ids of so many cases that are to be counted."""
    return list(db.execute(_NEXT, {"most": most}).scalars())


def how_many(db: Connection, most: int) -> int:
    """Return how many rows wait to be counted, as far as *most*."""
    some = select(uncounted.c.case_id).limit(most).subquery()
    return int(db.execute(select(func.count()).select_from(some)).scalar_one())


def marks(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return the rows that say that these cases are to be counted."""
    return list(db.execute(_MARKS, {"ids": list(ids)}))


def known(db: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return what the sums have of these cases, by their ids."""
    return {row.case_id: row for row in db.execute(_COUNTED, {"ids": list(ids)})}


def everything_counted(db: Connection, lot: int) -> Iterator[Row[Any]]:
    """Yield what the sums have of each case, with its procedure; so many rows at a time."""
    yield from db.execution_options(yield_per=lot).execute(_ALL)


def all_sums(db: Connection) -> Iterator[Row[Any]]:
    """Yield every sum."""
    yield from db.execute(select(tally))


def of_spans(db: Connection, procedure: str, head: str, unit: str, spans: Collection[str]) -> list[Row[Any]]:
    """Return the sums of these spans."""
    return list(db.execute(_SPANS, {"procedure": procedure, "head": head, "unit": unit, "spans": list(spans)}))


def between(db: Connection, procedure: str, head: str, unit: str, first: str, last: str) -> list[Row[Any]]:
    """Return the sums from one span to another, both included."""
    return list(
        db.execute(_BETWEEN, {"procedure": procedure, "head": head, "unit": unit, "first": first, "last": last})
    )


def ever(db: Connection, procedures: Collection[str]) -> dict[str, dict[str, int]]:
    """Return by procedure what was counted without a day: ``step:NAME``, ``state:NAME``, ``letter:STATE``."""
    return {row.procedure: dict(row.sums) for row in db.execute(_EVER, {"procedures": list(procedures)})}


def to_forget(db: Connection, most: int) -> tuple[int, int] | None:
    """Return the first and the last id of the next *most* cases that the sums still have, or that have no mark."""
    for query in (_KNOWN, _UNMARKED):
        if ids := list(db.execute(query, {"most": most}).scalars()):
            return ids[0], ids[-1]
    return None


def forget(db: Connection, first: int, last: int) -> None:
    """Forget what the cases from one id to another count for, and note that they are to be counted."""
    db.execute(delete(counted).where(counted.c.case_id.between(first, last)))
    marks = select(case.c.id, case.c.seq).where(case.c.id.between(first, last))
    db.execute(upserting_insert(db, uncounted).from_select(["case_id", "seq"], marks).on_conflict_do_nothing())


def forget_sums(db: Connection) -> None:
    """Forget every sum."""
    db.execute(delete(tally))
