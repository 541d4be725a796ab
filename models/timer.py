"""What will be due: one row for the next firing of each deadline that runs, under a natural key.

Rows are deleted when they fire, so the ordered index alone keeps the sweep short; there is no low-water mark, since a
row committed behind one would never be seen.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    and_,
    bindparam,
    select,
)

from models.base import Moment, metadata
from models.case import case, understood
from models.partial import among, partial
from models.questions import Question, ask, by_case
from models.writes import Writes
from workflows.registry import Known

timer = Table(
    "timer",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    # The history row that started it (a state's), 0 (the case's own), a hold's row or a letter's ordinal.
    Column("entry_seq", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("fire_no", Integer, primary_key=True),
    Column("due_at", Moment, nullable=False),
    # state | clock
    Column("scope", Text, nullable=False),
    # A letter's timers are swept apart from the case's.
    Column("letter", Text),
    # A legal date is due at any hour; everything else waits for office hours.
    Column("legal", Boolean, nullable=False),
    # Asked and put off because something lies in the house: not before then, and how often.
    Column("put_off_until", Moment),
    Column("asked", Integer, nullable=False, default=0, server_default="0"),
    # With the name: what falls due on which day is counted without a look at the rows.
    Index("ix_timer_due", "due_at", "name"),
)

# Out of office hours only these are fired; all that waits for the morning is not looked through each time.
LEGAL: ColumnElement[bool] = and_(timer.c.legal)
partial("ix_timer_legal", timer.c.due_at, where=LEGAL)

# Papers to be destroyed or sent back: a clock of theirs runs until somebody has signed for them.
PAPERS = ("papers_evidence", "papers_forms")
OF_PAPERS: ColumnElement[bool] = among(timer.c.name, PAPERS)
partial("ix_timer_papers", timer.c.entry_seq, timer.c.case_id, where=OF_PAPERS)

OF_CASES = Question(select(timer).where(timer.c.case_id.in_(bindparam("ids", expanding=True))), "due_at", "name")
"""The timers of the cases ``ids``, the next one first."""
_DUE = (
    select(timer.c.case_id)
    .join(case, case.c.id == timer.c.case_id)
    .where(timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at)
    .limit(bindparam("most"))
    # Cases somebody else holds are passed over, so that they do not take the place of those that are free.
    .with_for_update(key_share=True, skip_locked=True, of=case)
)
_DUE_LETTERS = _DUE.where(timer.c.letter.is_not(None))
_DUE_CASES = _DUE.where(timer.c.letter.is_(None))


def due_cases(
    db: Connection, now: datetime, *, office_open: bool, letters: bool, most: int, known: Known, waits: Any
) -> list[int]:
    """Return the ids of cases with something due that nobody else holds, the longest due first, each once.

    None under a definition that is not among the *known* ones, which is newer code's, and none for which the condition
    *waits* (over `case`) holds.
    """
    statement = (_DUE_LETTERS if letters else _DUE_CASES).where(~waits, understood(known))
    found = db.execute(statement if office_open else statement.where(LEGAL), {"now": now, "most": most})
    return list(dict.fromkeys(row.case_id for row in found))


def of_cases(db: Connection, ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """Return the timers of these cases, the next one first."""
    return by_case(ask(db, [OF_CASES], {"ids": list(ids)})[OF_CASES])


def write(
    writes: Writes,
    *,
    gone: list[dict[str, Any]],
    moved: list[dict[str, Any]],
    new: list[dict[str, Any]],
    put_off: Sequence[dict[str, Any]] = (),
) -> None:
    """Delete, move, put off and insert timers, a statement each."""
    writes.remove(timer, gone)
    writes.change(timer, moved)
    writes.change(timer, put_off)
    writes.add(timer, new)


def key(row: Any) -> dict[str, Any]:
    """Return the bind parameters that name a timer."""
    return {
        "key_case_id": row.case_id,
        "key_entry_seq": row.entry_seq,
        "key_name": row.name,
        "key_fire_no": row.fire_no,
    }
