"""What becomes of the papers a person sent."""

from workflows.office.afterwards import Ending, PaperKind, PapersEnd
from workflows.request.clauses.spans import span
from workflows.request.clauses.values import Checks, Clauses, Sentence, Situation, Slip, Topic, says


def say(s: Situation) -> Clauses:
    """Yield what becomes of each kind of paper."""
    evidence, forms = (s.office.papers.said(kind) for kind in (PaperKind.EVIDENCE, PaperKind.FORMS))
    yield Topic.AFTERWARDS, _told("evidence", evidence) if evidence else says("said_afterwards.evidence")
    if forms is not None:
        yield Topic.AFTERWARDS, _told("forms", forms)


def checks(s: Situation) -> Checks:
    """Yield nothing."""
    yield from ()


def slip(s: Situation) -> Slip:
    """Yield nothing."""
    yield from ()


def withdrawn(s: Situation) -> Sentence:
    """Return what becomes of identity documents where the request is taken back."""
    evidence = s.office.papers.evidence
    if evidence is None:
        return says("said_letters.withdrawn_copies")
    if evidence.end is PapersEnd.RETURNED:
        return says("said_letters.withdrawn_returned")
    return says("said_letters.withdrawn_destroyed", span=span(evidence.within))


def returned_with_answer(s: Situation) -> list[Sentence]:
    """Return what the answer says of papers that lie in its envelope; nothing where none do."""
    return [says(f"said_letters.returned_{kind}") for kind in s.returned]


def _told(kind: str, ending: Ending) -> Sentence:
    if ending.end is PapersEnd.RETURNED:
        return says(f"said_afterwards.{kind}_returned")
    return says(f"said_afterwards.{kind}_destroyed", span=span(ending.within))
