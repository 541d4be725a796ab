"""What was recorded wrongly, put right: letters that were not posted or did not come back, arrivals, closed cases.

Each is a step like any other: it says why, it names the row it takes back, and nothing is taken out of the history.
"""

from dataclasses import replace
from datetime import timedelta

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import AmendPosting, LetterFate, LetterState, UndoPosting, UndoReturn
from workflows.request import billing, guards, put_right
from workflows.request.case import MAILINGS, Case, Change
from workflows.request.consequences import pack, void_letters
from workflows.request.payloads import TakeBack
from workflows.request.promises import CODE_DAYS
from workflows.request.states import (
    CLERK,
    CLOSED,
    LEAD,
    OPEN,
    contacted,
    forms_mailed,
    forms_returned,
    lapsed,
    request,
    voided,
    withdrawn,
)
from workflows.request.values import LetterKind

# -- letters ----------------------------------------------------------------------------------------------------------


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=UndoPosting,
    on_hold=True,
    looks_back=True,
    becomes=lambda case, p: "undo_mailing" if case.state == forms_mailed and guards.rounds_mailing(case, p) else None,
    offered=lambda case: any(letter.state is LetterState.POSTED for letter in case.letters),
    undone_by=["record_posting"],
    typed="posted LETTER --undo --why",
)
def undo_posting(case: Case, p: UndoPosting, at: At) -> Change | Refused:
    """Take back that a letter was posted: it lies in the house, and is to go out or is void."""
    letter = case.letter(p.letter)
    reasons = (*put_right.posting_taken_back(letter, case, p.letter), *put_right.mailing_taken_back(letter, case))
    if letter is None or reasons:
        return Refused(reasons)
    step = case.past.last("mail_forms", "record_posting", "hand_over", letter=letter.number)
    goes = put_right.still_to_go(case, letter)
    state = LetterState.PRINTED if goes else LetterState.VOID
    fate = LetterFate(number=letter.number, state=state, on=at.today, takes_back=LetterState.POSTED)
    facts: dict[str, object] = {"corrects": None} if letter.number == case.corrects else {}
    course = case.course.without_leaving(letter.number)
    if course != case.course:
        facts["course"] = course
    return Change(
        facts=facts,
        fates=(fate,),
        undoes=None if step is None else step.seq,
        told=() if goes else (Reason("letter_void_now", {"letter": letter.number}),),
        details={"letter": letter.number, "was": str(letter.posted_on), "letter_is": str(state)},
    )


@request.transition(
    forms_mailed,
    by=[CLERK],
    to=contacted,
    takes=UndoPosting,
    on_hold=True,
    looks_back=True,
    undone_by=["mail_forms"],
    typed="posted LETTER --undo --why",
)
def undo_mailing(case: Case, p: UndoPosting, at: At) -> Change | Refused:
    """Take back that the round's forms were posted: the case and its deadlines are where they were."""
    letter = case.round_letter
    if letter is None or letter.number != p.letter:
        return Refused((Reason("not_the_rounds_mailing", {"letter": p.letter, "case": case.number}),))
    reasons = (*put_right.posting_taken_back(letter, case, p.letter), *put_right.nothing_lies_here(case))
    if reasons:
        return Refused(reasons)
    step = case.past.last("mail_forms", letter=letter.number)
    reminders = [each for each in case.letters if each.kind == LetterKind.REMINDER and each.ordinal > letter.ordinal]
    told = tuple(Reason("reminded_already", {"letter": each.number}) for each in reminders if each.posted_on)
    fate = LetterFate(number=letter.number, state=LetterState.PRINTED, on=at.today, takes_back=LetterState.POSTED)
    return Change(
        facts={
            "posted_on": None,
            "mailed_to": None,
            "code_expires_on": None,
            "mailed": {number: to for number, to in case.mailed.items() if number != letter.number},
        },
        fates=(fate, *void_letters(case, at, LetterKind.REMINDER)),
        undoes=None if step is None else step.seq,
        back_to=case.past.before(step),
        told=told,
        details={"letter": letter.number, "was": str(letter.posted_on), "round": case.rounds},
    )


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=AmendPosting,
    on_hold=True,
    looks_back=True,
    offered=lambda case: any(letter.posted_on is not None for letter in case.letters),
    undone_by=["amend_posting"],
    typed="posted LETTER --on D --why",
)
def amend_posting(case: Case, p: AmendPosting, at: At) -> Change | Refused:
    """Put right on which day a letter was posted, or how: the deadlines count anew from the right day."""
    letter = case.letter(p.letter)
    on = p.on or (letter.posted_on if letter is not None and letter.posted_on is not None else at.today)
    reasons = tuple(put_right.posting_amended(letter, on, case, at, p.letter))
    if letter is None or reasons:
        return Refused(reasons)
    moved = on != letter.posted_on
    if not moved and p.tracking is None and p.mail_class is None:
        return Refused((Reason("posting_is_right", {"letter": letter.number, "day": on.isoformat()}),))
    facts: dict[str, object] = {}
    fates: tuple[LetterFate, ...] = ()
    if moved and letter == case.round_letter and case.posted_on is not None:
        # A reminder that still lies here names a day that is wrong.
        facts = {"posted_on": on, "code_expires_on": on + timedelta(days=CODE_DAYS)}
        fates = void_letters(case, at, LetterKind.REMINDER)
    facts |= billing.posted(case, letter, on, at) if moved else {}
    fate = LetterFate(
        number=letter.number, state=letter.state, on=on, mail_class=p.mail_class, tracking=p.tracking, amends=True
    )
    step = case.past.last("mail_forms", "record_posting", letter=letter.number)
    return Change(
        facts=facts,
        fates=(fate, *fates),
        told=tuple(Reason("reminder_void", {"letter": each.number}) for each in fates),
        details={
            "letter": letter.number,
            "amends": None if step is None else step.seq,
            "was": str(letter.posted_on),
            "on": on.isoformat(),
        },
    )


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=UndoReturn,
    on_hold=True,
    looks_back=True,
    becomes=lambda case, p: "undo_undeliverable" if put_right.brought_it_back(case, case.letter(p.letter)) else None,
    offered=lambda case: any(letter.state is LetterState.RETURNED for letter in guards.newest_copies(case.letters)),
    undone_by=["record_return"],
    typed="returned LETTER --undo --why",
)
def undo_return(case: Case, p: UndoReturn, at: At) -> Change | Refused:
    """Take back that a letter came back: it was another one, or it reached the person after all."""
    letter = case.letter(p.letter)
    reasons = tuple(put_right.return_taken_back(letter, case, p.letter))
    if letter is None or reasons:
        return Refused(reasons)
    step = case.past.last("undeliverable", "record_return", letter=letter.number)
    fate = LetterFate(number=letter.number, state=LetterState.POSTED, on=at.today, takes_back=LetterState.RETURNED)
    newer = put_right.is_mailing(letter) and case.state in (contacted, forms_mailed)
    return Change(
        fates=(fate,),
        undoes=None if step is None else step.seq,
        told=(Reason("newer_forms_count", {"letter": letter.number}),) if newer else (),
        details={"letter": letter.number, "was": str(letter.returned_on)},
    )


@request.transition(
    contacted,
    by=[CLERK],
    to=forms_mailed,
    takes=UndoReturn,
    on_hold=True,
    looks_back=True,
    offered=lambda case: any(put_right.brought_it_back(case, letter) for letter in case.letters),
    undone_by=["undeliverable"],
    typed="returned LETTER --undo --why",
)
def undo_undeliverable(case: Case, p: UndoReturn, at: At) -> Change | Refused:
    """Take back that the round's forms came back: their code holds again, the deadlines go on from the posting day."""
    letter = case.letter(p.letter)
    reasons = list(put_right.return_taken_back(letter, case, p.letter))
    if letter is not None and not reasons and not put_right.brought_it_back(case, letter):
        reasons = [Reason("not_the_rounds_mailing", {"letter": p.letter, "case": case.number})]
    step = case.past.last("undeliverable", letter=p.letter)
    if letter is None or reasons or step is None or letter.posted_on is None:
        return Refused(tuple(reasons))
    change = put_right.waited_for_again(case, letter, step, at, CODE_DAYS)
    fate = LetterFate(number=letter.number, state=LetterState.POSTED, on=at.today, takes_back=LetterState.RETURNED)
    return replace(change, fates=(fate, *change.fates))


# -- closed cases -----------------------------------------------------------------------------------------------------


@request.transition(
    withdrawn,
    voided,
    lapsed,
    by=[LEAD],
    to=contacted,
    takes=TakeBack,
    looks_back=True,
    reopens=True,
    becomes=lambda case, p: put_right.reinstated_as(case),
    letters=[*MAILINGS],
    undone_by=["withdraw", "void"],
)
def reinstate(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take up again a case that was closed by mistake: its forms are sent anew, with a new code."""
    rounds = case.rounds + 1 if case.addressed else case.rounds
    return Change(
        facts={"rounds": rounds, "posted_on": None, "mailed_to": None, "withdrawn_on": None},
        letters=pack(rounds, case) if case.addressed else (),
        fates=void_letters(case, at, *put_right.CLOSING),
        void_codes=True,
        undoes=put_right.closed_by(case),
        told=put_right.told_of_closing(case),
        details={"round": rounds},
    )


@request.transition(
    withdrawn,
    voided,
    by=[LEAD],
    to=forms_returned,
    takes=TakeBack,
    looks_back=True,
    reopens=True,
    offered=lambda case: case.first_arrived_on is not None,
    undone_by=["withdraw"],
    typed="reinstate CASE --why",
)
def reinstate_papers(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take up again a case that was closed by mistake after its forms had come: the papers are looked at once more."""
    if case.first_arrived_on is None:
        return Refused((Reason("nothing_registered_yet", {"case": case.number}),))
    return Change(
        facts={"withdrawn_on": None, "verified_by": None, "decided_by": None},
        rights=dict.fromkeys(case.rights),
        fates=void_letters(case, at, *put_right.CLOSING),
        undoes=put_right.closed_by(case),
        told=put_right.told_of_closing(case),
        details={"round": case.rounds},
    )
