"""What becomes of the papers a person sent once the answer is out: sent back with it, kept, destroyed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.office.spans import Span, days, months, span
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {
    "documents.evidence": "what becomes of identity documents and proofs: `end` (`returned`: in the envelope of the "
    "answer; `destroyed`), `within` (from the answer, or from the end of a request without one; 30 days by default); "
    "left out, they are destroyed within 30 days",
    "documents.forms": "the same of the forms (`end`, `within`); left out, they stay as long as the data of the case",
}
"""What each key of this part means, for docs/procedure-file.md."""


class PaperKind(StrEnum):
    """Which papers: what proves identity and the right to represent, or the forms."""

    EVIDENCE = "evidence"
    FORMS = "forms"


class PapersEnd(StrEnum):
    """How it ends: in the envelope of the answer, or destroyed with a record."""

    RETURNED = "returned"
    DESTROYED = "destroyed"


_USUAL = days(30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What becomes of one kind of papers, and within which time of the answer; RETURNED goes with the answer."""

    end: PapersEnd
    within: Span = _USUAL


USUAL = Ending(end=PapersEnd.DESTROYED)
"""What becomes of proofs where no file says anything of them: nobody needs them once the answer is posted (APPI 22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersAfter:
    """What the office's file says of the papers; None: it says nothing of that kind."""

    evidence: Ending | None = None
    forms: Ending | None = None

    def said(self, kind: PaperKind) -> Ending | None:
        """Return what the file says of one kind."""
        return self.evidence if kind is PaperKind.EVIDENCE else self.forms

    def of(self, kind: PaperKind) -> Ending | None:
        """Return what becomes of one kind: as the file says, else proofs are destroyed and forms stay."""
        return self.said(kind) or (USUAL if kind is PaperKind.EVIDENCE else None)


def read(top: Table) -> PapersAfter:
    """Return what the file says of the papers afterwards."""
    return top.inner("documents", _documents) or PapersAfter()


def _documents(table: Table) -> PapersAfter:
    return PapersAfter(evidence=table.inner("evidence", _ending), forms=table.inner("forms", _ending))


def _ending(table: Table) -> Ending | None:
    end, within = table.word("end", PapersEnd), span(table, "within")
    return None if end is None else Ending(end=end, within=within or _USUAL)


AT_MOST = months(36)
"""As long as the personal data of a closed case is kept; nobody needs a copy of a passport longer."""


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    for kind in PaperKind:
        ending = whole.papers.of(kind)
        if ending is not None and ending.within.longest > AT_MOST.longest:
            params = {"months": AT_MOST.number, "article": regime.storage}
            yield Fault(f"documents, {kind}", Reason("office_papers.kept_too_long", params))
