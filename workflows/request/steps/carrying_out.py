"""The second stage: what was granted is carried out after the decision, in the manner the person says."""

from dataclasses import replace

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import MailClass
from workflows.office.execution import Manner
from workflows.request import execution
from workflows.request.case import Case, Change
from workflows.request.course import Applied, CarriedOut
from workflows.request.course_payloads import ApplyExecution, CarryOut
from workflows.request.payloads import TakeBack
from workflows.request.states import CLERK, fulfilled, request

AT_THE_COUNTER = frozenset({Manner.VIEWING, Manner.COPIES})


@request.transition(
    fulfilled,
    by=[CLERK],
    takes=ApplyExecution,
    offered=execution.waits_for_a_choice,
    only_if_offered=True,
    undone_by=["undo_application"],
    typed="apply-execution CASE --manner MANNER",
)
def apply_execution(case: Case, p: ApplyExecution, at: At) -> Change | Refused:
    """Record in which manner the person wants to have what was granted; the office's time runs from here."""
    on = p.on or at.today
    if reasons := tuple(execution.application_gaps(case, p.manner, on, at, excused=p.excused)):
        return Refused(reasons)
    applied = Applied(manner=p.manner, on=on, seq=case.seq + 1)
    return Change(
        facts={"course": replace(case.course, applied=applied)},
        details={"manner": str(p.manner), "on": on.isoformat(), "excused": p.excused},
    )


@request.transition(
    fulfilled,
    by=[CLERK],
    takes=CarryOut,
    offered=execution.to_be_carried_out,
    only_if_offered=True,
    undone_by=["undo_execution"],
    typed="carry-out CASE --manner MANNER",
)
def carry_out(case: Case, p: CarryOut, at: At) -> Change | Refused:
    """Record that what was granted was carried out: posted, or at the counter to a person known again."""
    on = p.on or at.today
    if reasons := tuple(execution.carrying_gaps(case, p.manner, on, at)):
        return Refused(reasons)
    if p.manner in AT_THE_COUNTER and (p.paper is None or case.regime.paper(p.paper, at.today) is None):
        return Refused((Reason("look_at_a_paper", {"case": case.number}),))
    kind = (p.mail_class or MailClass.SIMPLE_REGISTERED) if p.manner is Manner.POST else None
    done = CarriedOut(on=on, by=at.actor.name, manner=p.manner, seq=case.seq + 1, mail_class=kind, paper=p.paper)
    return Change(
        facts={"course": replace(case.course, carried_out=done)},
        details={"manner": str(p.manner), "on": on.isoformat(), "class": kind, "paper": p.paper},
    )


@request.transition(
    fulfilled,
    by=[CLERK],
    takes=TakeBack,
    becomes=lambda case, p: "undo_application" if case.course.carried_out is None else None,
    offered=lambda case: case.course.carried_out is not None,
    only_if_offered=True,
    undone_by=["carry_out"],
    typed="undo-execution CASE --why",
)
def undo_execution(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that what was granted was carried out: it is to be done still."""
    done = case.course.carried_out
    if done is None:
        return Refused((Reason("nothing_carried_out", {"case": case.number}),))
    return Change(facts={"course": replace(case.course, carried_out=None)}, undoes=done.seq)


@request.transition(
    fulfilled,
    by=[CLERK],
    takes=TakeBack,
    offered=lambda case: case.course.applied is not None and case.course.carried_out is None,
    only_if_offered=True,
    undone_by=["apply_execution"],
    typed="undo-execution CASE --why",
)
def undo_application(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back in which manner the person wants what was granted: nobody has said so yet."""
    applied = case.course.applied
    if applied is None or case.course.carried_out is not None:
        return Refused((Reason("nothing_carried_out", {"case": case.number}),))
    return Change(facts={"course": replace(case.course, applied=None)}, undoes=applied.seq)
