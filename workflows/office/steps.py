"""Steps that stand before a decision (a committee, a doctor, a branch, a third person), and the office's windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.engine.values import Reason, Role
from workflows.law import Regime
from workflows.law.values import Right
from workflows.office.said import Said
from workflows.office.spans import Span, of, span
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {
    "step": "a row for each step before a decision (committee, doctor, branch, a third person heard): `code`, `ja`, "
    "`en`, `who_ja` and `who_en` (who is asked), `within` (by when; it must be there), `chased_every` (from then "
    "on), `rights` (all by default), `always = false` (only where somebody opens it)",
    "window": "a row for each window a request may come in by: `code`, `ja`, `en`, `told` (roles that hear it)",
}
"""What each key of this part means, for docs/procedure-file.md."""


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


def read(top: Table) -> Desks:
    """Return what the file says of steps before a decision, and of windows."""
    steps, windows = top.each("step", _step), top.each("window", _window)
    for key, codes in (("step", [each.code for each in steps]), ("window", [each.code for each in windows])):
        for code in dict.fromkeys(code for code in codes if code and codes.count(code) > 1):
            top.refuse("office_steps.twice", key=key, code=code)
    return Desks(steps=steps, windows=windows)


def _step(table: Table) -> StepBefore | None:
    code, said, who = table.text("code"), table.bilingual(), table.bilingual("who", required=False)
    if "within" not in table:
        table.refuse("office_steps.waits")
    within, chased = span(table, "within"), span(table, "chased_every")
    rights, always = table.rights(default=tuple(Right)), table.flag("always", True)
    if said is None or within is None:
        return None
    return StepBefore(code=code, said=said, within=within, who=who, chased_every=chased, rights=rights, always=always)


def _window(table: Table) -> Window | None:
    code, said, told = table.text("code"), table.bilingual(), table.members("told", Role, ())
    return None if said is None else Window(code=code, said=said, told=told)


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    for number, step in enumerate(whole.desks.steps, start=1):
        law = regime.answer
        if law is not None and step.within.longest >= of(law.span).longest:
            params = {"law": f"{law.span.number} {of(law.span).unit}", "article": law.article}
            yield Fault(f"step {number} ({step.code})", Reason("office_steps.later_than_law", params))
