"""What is done in two stages: the decision is told first, then the person says how, then it is carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.values import Right
from workflows.office.spans import Span, of, span
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {
    "execution.within": "by when what was granted is carried out, from the application for it, or from the posting of "
    "the decision where none is needed; it must be there",
    "execution.apply_within": "how long the person may apply for the manner, from the posting of the decision; left "
    "out, nobody need apply",
    "execution.rights": "the rights carried out in a second stage (by default those that give something out)",
    "execution.manners": "how it may be carried out: `viewing`, `copies`, `post`, `electronic` (all by default)",
}
"""What each key of this part means, for docs/procedure-file.md."""


class Manner(StrEnum):
    """How what was granted is carried out (APPI 87(1): inspection, or the delivery of a copy)."""

    VIEWING = "viewing"
    COPIES = "copies"
    POST = "post"
    ELECTRONIC = "electronic"


GIVEN_OUT = frozenset({Right.DISCLOSURE, Right.PROVISION_RECORDS})
"""Rights under which something is given out that a decision alone is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Executing:
    """What is carried out after the decision; nothing: the answer is the disclosure itself.

    ``apply_within`` counts from the posting of the decision; None: nobody need apply. ``within`` counts from the
    application, or from the posting where none is needed; None: there is no second stage.
    """

    within: Span | None = None
    rights: frozenset[Right] = GIVEN_OUT
    apply_within: Span | None = None
    manners: tuple[Manner, ...] = tuple(Manner)


def read(top: Table) -> Executing:
    """Return what the file says of a second stage."""
    return top.inner("execution", _execution) or Executing()


def _execution(table: Table) -> Executing:
    if "within" not in table:
        table.refuse("office_steps.waits")
    return Executing(
        within=span(table, "within"),
        rights=table.rights(default=tuple(GIVEN_OUT)),
        apply_within=span(table, "apply_within"),
        manners=table.members("manners", Manner, tuple(Manner)),
    )


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    said = whole.execution
    for right in sorted(said.rights - GIVEN_OUT):
        yield Fault("execution", Reason("office_execution.nothing_given", {"right": f"right.{right}"}))
    given, law = said.apply_within, regime.choice
    if given is not None and law is not None and given.longest < of(law.span).longest:
        told = {"days": int(of(law.span).longest), "article": law.article}
        yield Fault("execution", Reason("office_execution.too_short", told))
    if said.within is not None and not said.manners:
        yield Fault("execution", Reason("office_execution.no_manner"))
