"""Whom the clock has chased, kept in the case's row by the step that changes it, so that no list reads a history.

It follows from the history alone: `marks` says it step by step, `told` of a whole history, for whoever holds the two
against each other. By when people must act is another matter (`services.engine.todos`).
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from workflows.engine.case import Case

NOBODY, PERSON, OFFICE = range(3)
"""Whom the clock has chased since the case came into its state."""


def marks(row: Row[Any] | None, after: Case, cause: str) -> dict[str, Any]:
    """Return the columns that say so after a step, by the row before it (None: it opens the case)."""
    return {"chased": _after(NOBODY if row is None else row.chased, cause, entered=after.entered_seq == after.seq)}


def told(rows: Iterable[Row[Any]]) -> dict[str, Any]:
    """Return the same columns as a case's whole history tells them, its rows in order."""
    found, state = NOBODY, ""
    for row in rows:
        found = _after(found, row.cause, entered=row.target != state)
        state = row.target
    return {"chased": found}


def _after(chased: int, cause: str, *, entered: bool) -> int:
    """Return whom it has chased after one more row of the history, which brought the case into its state or did not."""
    return NOBODY if entered else max(chased, _chased_by(cause))


def _chased_by(cause: str) -> int:
    if cause.startswith(("timer:escalate:", "asked:")):
        return OFFICE
    return PERSON if cause.startswith("timer:remind:") else NOBODY
