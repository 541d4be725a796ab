"""How pressing a case is, kept in its row: written by the step that changes it, so that no list reads a history.

It follows from the history alone: `marks` says it step by step, `told` of a whole history, for whoever holds the two
against each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row

from workflows.engine.case import Case
from workflows.registry import procedures

NOBODY, PERSON, OFFICE = range(3)
"""Whom the clock has chased since the case came into its state."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """Whom the clock chased in the present state, and whether a date of the law has ever passed."""

    chased: int = NOBODY
    overran: bool = False

    def after(self, cause: str, *, entered: bool) -> "Urgency":
        """Return it after one more row of the history, which brought the case into its state or did not."""
        chased = NOBODY if entered else max(self.chased, _chased_by(cause))
        return Urgency(chased, self.overran or cause in _dates_of_the_law())

    def columns(self, *, is_open: bool) -> dict[str, Any]:
        """Return the columns of the case's row: the office is never late with a closed one."""
        late = is_open and (self.chased == OFFICE or self.overran)
        return {"chased": self.chased, "overran": self.overran, "late": late}


def marks(row: Row[Any] | None, after: Case, cause: str, *, is_open: bool) -> dict[str, Any]:
    """Return the columns that say so after a step, by the row before it (None: it opens the case)."""
    before = Urgency() if row is None else Urgency(row.chased, row.overran)
    return before.after(cause, entered=after.entered_seq == after.seq).columns(is_open=is_open)


def told(rows: Iterable[Row[Any]], *, is_open: bool) -> dict[str, Any]:
    """Return the same columns as a case's whole history tells them, its rows in order."""
    found, state = Urgency(), ""
    for row in rows:
        found = found.after(row.cause, entered=row.target != state)
        state = row.target
    return found.columns(is_open=is_open)


def _chased_by(cause: str) -> int:
    if cause.startswith(("timer:escalate:", "asked:")):
        return OFFICE
    return PERSON if cause.startswith("timer:remind:") else NOBODY


@cache
def _dates_of_the_law() -> frozenset[str]:
    """Return the causes in a history that tell that the law's own time has run out."""
    clocks = [clock for each in procedures() for clock in each.machine.clocks.values()]
    return frozenset(f"timer:{clock.deadline.name}:0:1" for clock in clocks if clock.legal and not clock.warns)
