"""What is done in two stages: the decision is told first, then the person says how, then it is carried out."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.law.values import Right
from workflows.office.spans import Span


class Manner(StrEnum):
    """How what was granted is carried out (APPI 87(1): inspection, or the delivery of a copy)."""

    VIEWING = "viewing"
    COPIES = "copies"
    POST = "post"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """Carried out after the decision. ``apply_within``: from the posting of the decision; None: nobody need apply.

    ``within`` counts from the application, or from the posting where none is needed.
    """

    within: Span
    rights: frozenset[Right]
    apply_within: Span | None = None
    manners: tuple[Manner, ...] = tuple(Manner)
