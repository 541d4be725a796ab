"""What a person must do next in a request, who may, and by when the office wants it done."""

from workflows.engine.jobs import Job, Jobs, Todo, Within
from workflows.letters import Letter, LetterState
from workflows.request import billing, course_clocks, delivery, execution, guards
from workflows.request.case import MAILINGS, Case
from workflows.request.guards import newest_copies
from workflows.request.states import (
    APPROVER,
    CLERK,
    CLOSED,
    LEAD,
    VERIFIER,
    contacted,
    forms_mailed,
    forms_returned,
    id_verified,
    lapsed,
)

REGISTER_WITHIN = 1
"""Working days within which what was scanned is registered: the arrival is a legal moment, and the clock waits."""


def next_job(case: Case) -> Todo | None:
    """Return the next job of people; None while the case waits for the person, for the end of a hold, or for nothing.

    Of several things that could be done it is the one the others wait for: what lies there is registered before
    anything is done with the case, and nobody decides on what the system holds. A letter that is ordered is to be
    printed: it is made by itself, within a second.
    """
    if case.state in CLOSED:
        late_return = case.state == lapsed and case.scanned_on is not None
        return Todo.REGISTER if late_return else _with_letters(case)
    if case.state == forms_mailed and case.scanned_on is not None:
        return Todo.REGISTER
    if case.hold is not None and case.hold.by_system:
        return Todo.HOLD
    if case.state == contacted:
        return _first_mailing(case)
    if case.state == forms_mailed or case.on_hold:
        return _with_letters(case)
    return _with_papers(case) or _with_letters(case)


def _first_mailing(case: Case) -> Todo | None:
    """Return what is to be done with the round's mailing; where none can go, somebody must find an address first."""
    letter = case.round_letter
    if letter is not None and (todo := _to_send(letter)) is not None:
        return todo
    return _with_letters(case) or (None if case.on_hold else Todo.NOTICE)


def _with_papers(case: Case) -> Todo | None:
    """Return what is to be done with what came back."""
    outcomes = list(case.rights.values())
    decided = case.decided_by is not None and None not in outcomes
    if any(True for _ in guards.steps_open(case)):
        return Todo.STEP
    if case.state == id_verified:
        if billing.standing(case) is not None and billing.to_bill(case, case.entered_on).lacking:
            return None  # the answer is held until the bill is paid
        return Todo.RELEASE if decided else Todo.DECIDE
    if case.state == forms_returned and decided:
        return Todo.RELEASE
    # The office stopped waiting for what it asked for again: what once arrived is to be answered as it is.
    gave_up = case.posted_on is not None and case.arrived_on is not None and case.arrived_on < case.posted_on
    return Todo.DECIDE if gave_up else Todo.VERIFY


def _with_letters(case: Case) -> Todo | None:
    """Return what is to be done with the letters: those in the house are sent, one that came back is looked into."""
    letters = newest_copies(case.letters)
    found = {_to_send(letter) for letter in letters if not delivery.waits_to_be_collected(case, letter)}
    found |= {_to_hand_over(case, letter) for letter in letters if delivery.waits_to_be_collected(case, letter)}
    for todo in (Todo.PRINT, Todo.POST, Todo.HAND_OVER):
        if todo in found:
            return todo
    back = [letter for letter in letters if letter.state is LetterState.RETURNED and letter.kind not in MAILINGS]
    if any(not delivery.kept_until_asked(case, letter) for letter in back):
        return Todo.NOTICE
    return _afterwards(case) if case.state in CLOSED else None


def _to_hand_over(case: Case, letter: Letter) -> Todo | None:
    """Return what is to be done with an answer that its person fetches: once they were told, it is their turn."""
    if letter.state in (LetterState.ORDERED, LetterState.MADE):
        return Todo.PRINT
    told = case.course.ready is not None or case.course.not_collected is not None
    return Todo.HAND_OVER if letter.state is LetterState.PRINTED and not told else None


def _afterwards(case: Case) -> Todo | None:
    """Return what is still to be done once the answer is out: carry it out, and see to the papers when it is time."""
    if execution.to_be_carried_out(case):
        return Todo.CARRY_OUT
    return Todo.PAPERS if course_clocks.papers_due(case) else None


def _to_send(letter: Letter) -> Todo | None:
    if letter.state in (LetterState.ORDERED, LetterState.MADE):
        return Todo.PRINT
    return Todo.POST if letter.state is LetterState.PRINTED else None


JOBS = Jobs(
    next=next_job,
    kinds={
        Todo.REGISTER: Job(by=(CLERK,), terms=(Within(REGISTER_WITHIN, since="scanned_on"),)),
        Todo.PRINT: Job(by=(CLERK,), terms=("escalate", "unposted", "promised", "acknowledge_by")),
        Todo.POST: Job(by=(CLERK,), terms=("escalate", "unposted", "promised", "acknowledge_by")),
        Todo.VERIFY: Job(by=(VERIFIER,), terms=("escalate", "promised")),
        Todo.DECIDE: Job(by=(CLERK, VERIFIER), terms=("escalate", "promised")),
        Todo.RELEASE: Job(by=(APPROVER,), terms=("escalate", "promised"), not_by=("verified_by", "decided_by")),
        Todo.HOLD: Job(by=(LEAD,), terms=("hold_watch",)),
        Todo.NOTICE: Job(by=(CLERK, APPROVER), terms=("escalate", "came_back")),
        Todo.STEP: Job(by=(CLERK, VERIFIER), terms=("escalate", "step_due", "promised")),
        Todo.HAND_OVER: Job(by=(CLERK,), terms=("unposted", "promised")),
        Todo.CARRY_OUT: Job(by=(CLERK,), terms=("execution_due",)),
        Todo.PAPERS: Job(by=(CLERK,), terms=("papers_evidence", "papers_forms")),
    },
)
