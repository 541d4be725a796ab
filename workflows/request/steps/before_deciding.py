"""What the office's own procedure puts before a decision: windows, a word that the request is here, further steps."""

from dataclasses import replace
from datetime import date

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request import choosing
from workflows.request.case import Case, Change
from workflows.request.course import StepTaken
from workflows.request.course_payloads import Acknowledge, FinishStep, MoveWindow, OpenStep, UndoStep
from workflows.request.states import CLERK, OPEN, VERIFIER, request


@request.transition(
    *OPEN,
    by=[CLERK, VERIFIER],
    takes=OpenStep,
    offered=lambda case: any(case.course.step(step.code) is None for step in case.office.desks.steps),
    only_if_offered=True,
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
    only_if_offered=True,
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
    done = replace(taken, done_on=on, done_by=at.actor.name, done_seq=case.seq + 1, result=p.result)
    return Change(
        facts={"course": case.course.with_step(done)},
        details={"step": p.step, "result": str(p.result), "on": on.isoformat()},
    )


def _only_opened(case: Case, p: UndoStep) -> bool:
    taken = case.course.step(p.step) if case.state in OPEN else None
    return taken is not None and taken.done_on is None


@request.transition(
    *OPEN,
    by=[CLERK, VERIFIER],
    takes=UndoStep,
    on_hold=True,
    becomes=lambda case, p: "undo_step_opening" if _only_opened(case, p) else None,
    offered=lambda case: bool(case.course.steps),
    only_if_offered=True,
    undone_by=["finish_step"],
    typed="undo-step CASE --step STEP --why",
)
def undo_step(case: Case, p: UndoStep, at: At) -> Change | Refused:
    """Take back that a step is done: it is open again, and its own time runs on."""
    taken = case.course.step(p.step)
    if taken is None or taken.done_seq is None:
        return Refused((Reason("step_not_opened", {"step": p.step, "case": case.number}),))
    course = case.course.with_step(replace(taken, done_on=None, done_by=None, done_seq=None, result=None))
    return Change(facts={"course": course}, undoes=taken.done_seq, details={"step": p.step})


@request.transition(
    *OPEN,
    by=[CLERK, VERIFIER],
    takes=UndoStep,
    on_hold=True,
    offered=lambda case: any(step.done_on is None for step in case.course.steps),
    only_if_offered=True,
    undone_by=["open_step"],
    typed="undo-step CASE --step STEP --why",
)
def undo_step_opening(case: Case, p: UndoStep, at: At) -> Change | Refused:
    """Take back that a step was opened."""
    taken = case.course.step(p.step)
    if taken is None or taken.done_on is not None:
        return Refused((Reason("step_not_opened", {"step": p.step, "case": case.number}),))
    return Change(facts={"course": case.course.without_step(p.step)}, undoes=taken.seq, details={"step": p.step})


@request.transition(
    *OPEN,
    by=[CLERK],
    takes=MoveWindow,
    on_hold=True,
    offered=lambda case: bool(case.office.desks.windows),
    only_if_offered=True,
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
    return Change(
        facts={"course": replace(case.course, window=p.window)},
        notices=choosing.told_of(case, p.window),
        details={"window": p.window, "was": case.course.window},
    )


@request.transition(
    *OPEN,
    by=[CLERK],
    takes=Acknowledge,
    on_hold=True,
    offered=lambda case: any(each.until == "acknowledgement" for each in case.office.times.promises),
    only_if_offered=True,
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
