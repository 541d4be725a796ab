"""Steps that stand before a decision (a committee, a doctor, a branch, a third person), and the office's windows."""

from dataclasses import dataclass

from workflows.engine.values import Role
from workflows.law.values import Right
from workflows.office.said import Said
from workflows.office.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBefore:
    """One step before a decision: what it is, who is asked, by when it is to be done, how often it is chased then.

    ``always``: no right of ``rights`` is decided before it is done; else only where somebody opened it.
    """

    code: str
    said: Said
    within: Span
    who: Said | None = None
    chased_every: Span | None = None
    rights: frozenset[Right] = frozenset(Right)
    always: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One of several windows a request may come in by; ``told`` are the roles that hear of it at once."""

    code: str
    said: Said
    told: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """The steps before a decision, and the windows; nothing: none."""

    steps: tuple[StepBefore, ...] = ()
    windows: tuple[Window, ...] = ()

    def step(self, code: str) -> StepBefore | None:
        """Return the step of that code."""
        return next((step for step in self.steps if step.code == code), None)

    def window(self, code: str) -> Window | None:
        """Return the window of that code."""
        return next((window for window in self.windows if window.code == code), None)
