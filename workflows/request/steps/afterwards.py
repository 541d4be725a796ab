"""The papers afterwards: what the office says becomes of them is a duty with a day, and somebody signs for it."""

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request import papers_after
from workflows.request.case import Case, Change
from workflows.request.course import PapersEnded
from workflows.request.course_payloads import EndPapers, UndoPapers
from workflows.request.states import CLERK, CLOSED, request


@request.transition(
    *CLOSED,
    by=[CLERK],
    takes=EndPapers,
    offered=lambda case: any(True for _ in papers_after.owed(case)),
    only_if_offered=True,
    undone_by=["undo_papers"],
    typed="end-papers CASE --what WHAT --end END",
)
def end_papers(case: Case, p: EndPapers, at: At) -> Change | Refused:
    """Record what became of a kind of papers: destroyed, or sent back; whoever records it signs for it."""
    on = p.on or at.today
    if not papers_after.here(case, p.what):
        ended = case.course.ended(p.what)
        code = "no_papers_here" if ended is None else "papers_ended_already"
        params = {"case": case.number, "what": f"paper_kind.{p.what}"}
        return Refused((Reason(code, params if ended is None else {**params, "on": ended.on.isoformat()}),))
    if on > at.today:
        return Refused((Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()}),))
    first = case.first_arrived_on or case.opened_on
    if on < first:
        return Refused((Reason("done_too_early", {"day": on.isoformat(), "first": first.isoformat()}),))
    ended = PapersEnded(kind=p.what, end=p.end, on=on, by=at.actor.name, seq=case.seq + 1)
    return Change(
        facts={"course": case.course.with_papers([ended])},
        details={"what": str(p.what), "end": str(p.end), "on": on.isoformat()},
    )


@request.transition(
    *CLOSED,
    by=[CLERK],
    takes=UndoPapers,
    offered=lambda case: bool(case.course.papers),
    only_if_offered=True,
    undone_by=["end_papers"],
    typed="undo-papers CASE --what WHAT --why",
)
def undo_papers(case: Case, p: UndoPapers, at: At) -> Change | Refused:
    """Take back the record of what became of a kind of papers: they are still here, or their end was another."""
    ended = case.course.ended(p.what)
    if ended is None:
        params = {"case": case.number, "what": f"paper_kind.{p.what}"}
        return Refused((Reason("papers_not_ended", params),))
    return Change(
        facts={"course": case.course.without_papers(p.what)},
        undoes=ended.seq,
        details={"what": str(p.what), "was": str(ended.end), "on": ended.on.isoformat()},
    )
