"""How pressing a case is, kept in its row: written by the step that changes it, so that no list reads a history.

It follows from the history alone: `marks` says it step by step, `told` of a whole history, for whoever holds the two
against each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row

from workflows.engine.case import Case
from workflows.engine.past import LAW_ANEW
from workflows.registry import procedures

NOBODY, PERSON, OFFICE = range(3)
"""Whom the clock has chased since the case came into its state."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """Whom the clock chased in the present state, and whether a date of the law has ever passed."""

    chased: int = NOBODY
    overran: bool = False

    def after(self, cause: str, details: Mapping[str, Any], *, entered: bool) -> "Urgency":
        """Return it after one more row of the history, which brought the case into its state or did not.

        Where the law's dates count from another day than before, what had passed has not passed yet.
        """
        chased = NOBODY if entered else max(self.chased, _chased_by(cause))
        overran = self.overran and LAW_ANEW not in details
        return Urgency(chased, overran or _is_a_date_of_the_law(cause))

    def columns(self, *, is_open: bool) -> dict[str, Any]:
        """Return the columns of the case's row: the office is never late with a closed one."""
        late = is_open and (self.chased == OFFICE or self.overran)
        return {"chased": self.chased, "overran": self.overran, "late": late}


def marks(
    row: Row[Any] | None, after: Case, cause: str, details: Mapping[str, Any], *, is_open: bool
) -> dict[str, Any]:
    """Return the columns that say so after a step, by the row before it (None: it opens the case)."""
    before = Urgency() if row is None else Urgency(row.chased, row.overran)
    return before.after(cause, details, entered=after.entered_seq == after.seq).columns(is_open=is_open)


def told(rows: Iterable[Row[Any]], *, is_open: bool) -> dict[str, Any]:
    """Return the same columns as a case's whole history tells them, its rows in order."""
    found, state = Urgency(), ""
    for row in rows:
        found = found.after(row.cause, row.details, entered=row.target != state)
        state = row.target
    return found.columns(is_open=is_open)


def _chased_by(cause: str) -> int:
    if cause.startswith(("timer:escalate:", "asked:")):
        return OFFICE
    return PERSON if cause.startswith("timer:remind:") else NOBODY


def _is_a_date_of_the_law(cause: str) -> bool:
    """Whether a row of the history tells that the law's own time has run out."""
    kind, _, rest = cause.partition(":")
    return kind == "timer" and rest.partition(":")[0] in _dates_of_the_law() and cause.endswith(":1")


@cache
def _dates_of_the_law() -> frozenset[str]:
    clocks = [clock for each in procedures() for clock in each.machine.clocks.values()]
    return frozenset(clock.deadline.name for clock in clocks if clock.legal and not clock.warns)
