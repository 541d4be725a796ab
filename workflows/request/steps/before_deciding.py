"""What the office's own procedure puts before a decision: windows, a word that the request is here, further steps."""

from dataclasses import replace
from datetime import date

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request.case import Case, Change
from workflows.request.course import StepTaken
from workflows.request.payloads import Acknowledge, FinishStep, MoveWindow, OpenStep, UndoStep
from workflows.request.states import CLERK, OPEN, VERIFIER, forms_returned, id_verified, request


@request.transition(
    forms_returned,
    id_verified,
    by=[CLERK, VERIFIER],
    takes=OpenStep,
    offered=lambda case: any(case.course.step(step.code) is None for step in case.office.desks.steps),
    undone_by=["undo_step"],
    typed="open-step CASE --step STEP",
)
def open_step(case: Case, p: OpenStep, at: At) -> Change | Refused:
    """Begin a step that stands before the decision: its own time runs from here."""
    step, on = case.office.desks.step(p.step), p.on or at.today
    if step is None:
        return _unknown(case, p.step)
    if case.course.step(p.step) is not None:
        return Refused((Reason("step_opened_already", {"step": p.step, "case": case.number}),))
    if wrong := _day(on, case.first_arrived_on or case.opened_on, at):
        return Refused((wrong,))
    taken = StepTaken(code=p.step, seq=case.seq + 1, opened_on=on, opened_by=at.actor.name)
    return Change(facts={"course": case.course.with_step(taken)}, details={"step": p.step, "on": on.isoformat()})


@request.transition(
    *OPEN,
    by=[CLERK, VERIFIER],
    takes=FinishStep,
    on_hold=True,
    offered=lambda case: any(step.done_on is None for step in case.course.steps),
    undone_by=["undo_step"],
    typed="finish-step CASE --step STEP --result RESULT",
)
def finish_step(case: Case, p: FinishStep, at: At) -> Change | Refused:
    """Record what came of a step before the decision."""
    on, taken = p.on or at.today, case.course.step(p.step)
    if case.office.desks.step(p.step) is None:
        return _unknown(case, p.step)
    if taken is None:
        return Refused((Reason("step_not_opened", {"step": p.step, "case": case.number}),))
    if taken.done_on is not None:
        return Refused((Reason("step_done_already", {"step": p.step, "on": taken.done_on.isoformat()}),))
    if wrong := _day(on, taken.opened_on, at):
        return Refused((wrong,))
    done = replace(taken, done_on=on, done_by=at.actor.name, result=p.result)
    return Change(
        facts={"course": case.course.with_step(done)},
        details={"step": p.step, "result": str(p.result), "on": on.isoformat()},
    )


@request.transition(
    *OPEN,
    by=[CLERK, VERIFIER],
    takes=UndoStep,
    on_hold=True,
    offered=lambda case: bool(case.course.steps),
    undone_by=["open_step", "finish_step"],
    typed="undo-step CASE --step STEP --why",
)
def undo_step(case: Case, p: UndoStep, at: At) -> Change | Refused:
    """Take back the last record of a step: that it is done, or that it was opened."""
    taken = case.course.step(p.step)
    if taken is None:
        return Refused((Reason("step_not_opened", {"step": p.step, "case": case.number}),))
    if taken.done_on is None:
        course = case.course.without_step(p.step)
    else:
        course = case.course.with_step(replace(taken, done_on=None, done_by=None, result=None))
    details = {"step": p.step, "was_done": taken.done_on is not None}
    return Change(facts={"course": course}, details=details)


@request.transition(
    *OPEN,
    by=[CLERK],
    takes=MoveWindow,
    on_hold=True,
    offered=lambda case: bool(case.office.desks.windows),
    undone_by=["move_window"],
    typed="move-window CASE --window WINDOW",
)
def move_window(case: Case, p: MoveWindow, at: At) -> Change | Refused:
    """Record by which window a request came in, or that another one has it now; who is to hear of it is told."""
    window = case.office.desks.window(p.window)
    if window is None:
        known = [each.code for each in case.office.desks.windows]
        return Refused((Reason("window_unknown", {"word": p.window, "known": known}),))
    if case.course.window == p.window:
        return Refused((Reason("window_already", {"case": case.number, "window": p.window}),))
    told = Reason("notice.window", {"case": case.number, "window": p.window})
    return Change(
        facts={"course": replace(case.course, window=p.window)},
        notices=tuple(Tell(role, told) for role in window.told),
        details={"window": p.window, "was": case.course.window},
    )


@request.transition(
    *OPEN,
    by=[CLERK],
    takes=Acknowledge,
    on_hold=True,
    offered=lambda case: any(each.until == "acknowledgement" for each in case.office.times.promises),
    undone_by=["acknowledge"],
    typed="acknowledge CASE --how HOW",
)
def acknowledge(case: Case, p: Acknowledge, at: At) -> Change | Refused:
    """Record that the person was told that the request is here; recorded anew, the later record counts."""
    on = p.on or at.today
    if wrong := _day(on, case.opened_on, at):
        return Refused((wrong,))
    course = replace(case.course, acknowledged_on=on)
    return Change(facts={"course": course}, details={"on": on.isoformat(), "how": str(p.how)})


def _unknown(case: Case, word: str) -> Refused:
    known = [step.code for step in case.office.desks.steps]
    return Refused((Reason("step_unknown", {"word": word, "known": known}),))


def _day(on: date, first: date, at: At) -> Reason | None:
    """Return what is wrong with the day something is said to have been done."""
    if on > at.today:
        return Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    return Reason("done_too_early", {"day": on.isoformat(), "first": first.isoformat()}) if on < first else None
