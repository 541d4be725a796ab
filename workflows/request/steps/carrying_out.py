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
from workflows.request.payloads import ApplyExecution, CarryOut, TakeBack
from workflows.request.states import CLERK, fulfilled, request

AT_THE_COUNTER = frozenset({Manner.VIEWING, Manner.COPIES})


@request.transition(
    fulfilled,
    by=[CLERK],
    takes=ApplyExecution,
    offered=execution.waits_for_a_choice,
    undone_by=["undo_execution"],
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
    undone_by=["undo_execution"],
    typed="carry-out CASE --manner MANNER",
)
def carry_out(case: Case, p: CarryOut, at: At) -> Change | Refused:
    """Record that what was granted was carried out: posted, or at the counter to somebody who was known again."""
    on = p.on or at.today
    if reasons := tuple(execution.carrying_gaps(case, p.manner, on, at)):
        return Refused(reasons)
    if p.manner in AT_THE_COUNTER and (p.paper is None or case.regime.paper(p.paper, at.today) is None):
        return Refused((Reason("look_at_a_paper", {"case": case.number}),))
    kind = (p.mail_class or MailClass.SIMPLE_REGISTERED) if p.manner is Manner.POST else None
    done = CarriedOut(on=on, by=at.actor.name, manner=p.manner, mail_class=kind, paper=p.paper)
    return Change(
        facts={"course": replace(case.course, carried_out=done)},
        details={"manner": str(p.manner), "on": on.isoformat(), "class": kind, "paper": p.paper},
    )


@request.transition(
    fulfilled,
    by=[CLERK],
    takes=TakeBack,
    offered=lambda case: case.course.applied is not None or case.course.carried_out is not None,
    undone_by=["apply_execution", "carry_out"],
    typed="undo-execution CASE --why",
)
def undo_execution(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back the last record of the second stage: that it was carried out, or the manner that was asked for."""
    if case.course.carried_out is not None:
        course = replace(case.course, carried_out=None)
    elif case.course.applied is not None:
        course = replace(case.course, applied=None)
    else:
        return Refused((Reason("nothing_carried_out", {"case": case.number}),))
    return Change(facts={"course": course}, details={"carried_out": case.course.carried_out is not None})
