"""What the rules see of a search, and what a step writes. Nothing personal: words stay sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.engine import case as engine
from workflows.engine.case import At
from workflows.search.values import Act, Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(engine.Case):
    """One question to one department.

    ``parent`` is the request it is asked for, open or not; ``due_on`` the last day the department has, as step
    ``due_seq`` gave it. ``answered`` is its answer, the former one too while more is asked for. ``finds`` are the
    numbers of all that was taken in for it. What the store adds for the rules: ``departments`` the office has, with
    the working days each is given, and ``speaks_for``: of whoever orders, the department, where they are of one.
    """

    parent: str = ""
    parent_state: str = ""
    parent_open: bool = True
    department: str = ""
    act: Act = Act.LOOK
    due_on: date = date.min
    due_seq: int = 0
    asked_by: str = ""
    answered: Answered | None = None
    finds: tuple[str, ...] = ()
    departments: Mapping[str, int] = field(default_factory=dict)
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(engine.Change):
    """What a step writes: ``facts`` are fields of the case, ``said`` what is to be sealed, by the names of `Kept`."""

    facts: Mapping[str, object] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


def after(case: Case, target: str, change: Change, at: At) -> Case:
    """Return the search as it stands once the change is written."""
    facts: dict[str, Any] = dict(change.facts)
    return engine.after(case, target, change, at, **facts)
