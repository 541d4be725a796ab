"""What becomes of the papers a person sent once the answer is out: sent back with it, kept, destroyed."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.office.spans import Span, days


class PaperKind(StrEnum):
    """Which papers: the forms, or what proves identity and the right to represent."""

    FORMS = "forms"
    EVIDENCE = "evidence"


class PapersEnd(StrEnum):
    """How it ends: in the envelope of the answer, or destroyed with a record."""

    RETURNED = "returned"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What becomes of one kind of papers, and within which time of the answer; RETURNED goes with the answer."""

    end: PapersEnd
    within: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersAfter:
    """What the office says of the papers; ``said`` False: it says nothing, and the project's own rule holds.

    That is: what proves identity is destroyed within 30 days of the answer; the forms stay as long as the case's data.
    """

    said: bool = False
    evidence: Ending = Ending(end=PapersEnd.DESTROYED, within=days(30))
    forms: Ending | None = None
