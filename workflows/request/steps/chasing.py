"""What the office does by itself where a time of its own procedure runs out: it tells, and tells again."""

from dataclasses import replace

from workflows.engine.case import At, Tell
from workflows.engine.payloads import Fired
from workflows.engine.values import Reason
from workflows.letters import DeliveryWay
from workflows.office.answer import NotCollected
from workflows.request import course_clocks
from workflows.request.case import Case, Change
from workflows.request.course import Chased
from workflows.request.course_clocks import Due
from workflows.request.states import CLERK, CLOSED, OPEN, SYSTEM, fulfilled, refused, request
from workflows.request.values import Chosen


@request.transition(
    *OPEN, *CLOSED, by=[SYSTEM], takes=Fired, on_hold=True, stands="it tells staff, and notes that it did"
)
def chase(case: Case, p: Fired, at: At) -> Change:
    """Tell who must hear that a time of the office's own has run out, and note it: the next word counts from here."""
    due = tuple(course_clocks.ran_out(case, p.name, at.calendar, at.today))
    return Change(
        facts={"course": case.course.with_chased(_chased(case, due, at))} if due else {},
        notices=tuple(Tell(each.tells, _told(case, p.name, each)) for each in due),
        details={"timer": p.name, "fire_no": p.fire_no, "what": [each.what for each in due], "missed": p.missed},
    )


def _chased(case: Case, due: tuple[Due, ...], at: At) -> list[Chased]:
    return [Chased(what=each.what, entry=each.entry, seq=case.seq + 1, on=at.today) for each in due]


def _told(case: Case, name: str, due: Due) -> Reason:
    params: dict[str, object] = {"case": case.number}
    kind, _, which = due.what.partition(":")
    if kind == "step":
        params["step"] = which
    if kind == "papers":
        params["what"] = f"paper_kind.{which}"
    if due.letter is not None:
        params["letter"] = due.letter
    notice = "papers_due" if kind == "papers" else name
    return Reason(f"notice.{notice}", params)


@request.transition(fulfilled, refused, by=[SYSTEM], takes=Fired, on_hold=True, undone_by=["choose_delivery"])
def end_collecting(case: Case, p: Fired, at: At) -> Change:
    """Stop waiting for somebody to collect the answer: it is posted, or kept, as the office says."""
    due = tuple(course_clocks.ran_out(case, p.name, at.calendar, at.today))
    details = {"timer": p.name, "fire_no": p.fire_no, "letter": p.letter, "missed": p.missed}
    collect = case.office.answer.collect
    if not due or collect is None:
        return Change(details=details)
    course = case.course.with_chased(_chased(case, due, at))
    posts = collect.then is NotCollected.POST
    if posts:
        course = replace(course, ready=None, chosen=replace(course.chosen or Chosen(), way=DeliveryWay.POST))
    else:
        course = replace(course, not_collected=due[0].letter)
    code = "notice.uncollected_post" if posts else "notice.uncollected_kept"
    told = Tell(CLERK, Reason(code, {"case": case.number, "letter": due[0].letter}))
    return Change(facts={"course": course}, notices=(told,), details={**details, "posted": posts})
