"""What becomes of a person's papers once nobody needs them: sent back, kept, destroyed; who still owes it. Pure."""

from collections.abc import Iterator
from datetime import date

from workflows.engine.case import At
from workflows.law.proving import Where
from workflows.letters import Letter
from workflows.office.afterwards import Ending, PaperKind, PapersEnd
from workflows.office.times import NotSupplied
from workflows.request.case import Case
from workflows.request.course import PapersEnded
from workflows.request.delivery import answer_of, answered_on
from workflows.request.values import Authority, Document

UNANSWERED = frozenset({"withdrawn", "lapsed", "voided"})
"""Endings without an answer: nobody waits for one, so what lies here is needed no more from that day on."""


def here(case: Case, kind: PaperKind) -> bool:
    """Whether papers of that kind came and no end of them is recorded; what came after an end has none yet."""
    came, ended = list(_came_on(case, kind)), case.course.ended(kind)
    return bool(came) and (ended is None or max(came) > ended.on)


def _came_on(case: Case, kind: PaperKind) -> Iterator[date]:
    """Yield the days on which papers of that kind came: what was shown at the counter or sent as a file is none."""
    if case.first_arrived_on is None:
        return
    if kind is PaperKind.FORMS:
        if case.rounds or (case.began.written and case.began.looked_at is not Where.ELECTRONIC):
            yield case.arrived_on or case.first_arrived_on
        return
    proofs: tuple[Document | Authority, ...] = (*case.documents, *case.authorities)
    for paper in proofs:
        if paper.looked_at is Where.POST:
            yield paper.arrived_on or case.first_arrived_on


def unneeded_since(case: Case) -> date | None:
    """Return since when nobody needs the papers: the answer is out, or the request ended without one."""
    if case.state in UNANSWERED:
        return case.entered_on
    return answered_on(case)


def owed(case: Case) -> Iterator[tuple[PaperKind, Ending, date]]:
    """Yield what the office still owes of its word on the papers: the kind, how it ends, and since when that counts."""
    since = unneeded_since(case)
    if since is None:
        return
    for kind in PaperKind:
        ending = case.office.papers.of(kind)
        if ending is not None and here(case, kind):
            yield kind, ending, since


def returns(case: Case) -> tuple[PaperKind, ...]:
    """Return the kinds that go back in the envelope of the answer.

    All of them do where the office hands back what did not follow its method.
    """
    if case.office.times.deficiency.then is NotSupplied.RETURNED and _not_followed(case):
        return tuple(kind for kind in PaperKind if here(case, kind))
    return tuple(
        kind
        for kind in PaperKind
        if here(case, kind) and (ending := case.office.papers.of(kind)) is not None and ending.end is PapersEnd.RETURNED
    )


def _not_followed(case: Case) -> bool:
    """Whether everything was refused because the method was not followed."""
    grounds = [None if outcome is None else outcome.ground for outcome in case.rights.values()]
    return bool(grounds) and all(ground == "method_not_followed" for ground in grounds)


def goes_along(case: Case, letter: Letter, on: date, at: At) -> Iterator[PapersEnded]:
    """Yield the papers that left with a letter: those the office returns, with the answer."""
    answer = answer_of(case)
    if answer is None or answer.number != letter.number:
        return
    for kind in returns(case):
        yield PapersEnded(
            kind=kind, end=PapersEnd.RETURNED, on=on, by=at.actor.name, seq=case.seq + 1, letter=letter.number
        )
