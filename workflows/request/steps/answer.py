"""The answer: decided right by right, released by somebody else, corrected where it was wrong."""

from collections.abc import Mapping
from dataclasses import replace

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.payloads import Nothing
from workflows.engine.values import Reason
from workflows.law.values import Right, RightOutcome
from workflows.letters import LetterState
from workflows.request import billing, guards, paying, put_right, searches
from workflows.request.case import Case, Change
from workflows.request.consequences import release, void_letters
from workflows.request.payloads import CorrectAnswer, Decide, Fulfil, TakeBack
from workflows.request.rights import needs_confirmation
from workflows.request.states import APPROVER, CLERK, VERIFIER, forms_returned, fulfilled, id_verified, refused, request
from workflows.request.values import LetterKind


@request.transition(
    id_verified,
    forms_returned,
    by=[CLERK, VERIFIER],
    takes=Decide,
    unless=[guards.steps_before_done],
    undone_by=["decide"],
)
def decide(case: Case, p: Decide, at: At) -> Change | Refused:
    """Decide each right; a later decision replaces an earlier one, and both stay in the history."""
    reasons = (*guards.outcomes_fit(case, p, at), *paying.untold(case, p, at))
    if reasons:
        return Refused(reasons)
    facts: dict[str, object] = {"decided_by": at.actor.name}
    before, fates, told = billing.dropped(case, at, keep_ahead=True)
    account = before.plus((), paying.of_decision(case, p, case.seq + 1))
    if account != case.account:
        facts["account"] = account
    details = {"outcomes": _told(p.outcomes)}
    told = (*told, *searches.told_when_decided(case.searches, p.outcomes))
    return Change(facts=facts, rights=dict(p.outcomes), fates=fates, told=told, details=details)


def _told(outcomes: Mapping[Right, RightOutcome]) -> dict[Right, str]:
    """Return what was decided, in codes: for the history."""
    return {
        right: outcome.outcome if outcome.ground is None else f"{outcome.outcome}:{outcome.ground}"
        for right, outcome in outcomes.items()
    }


@request.transition(
    id_verified,
    by=[APPROVER],
    to=fulfilled,
    takes=Fulfil,
    unless=[
        guards.every_right_decided,
        guards.something_granted,
        guards.steps_before_done,
        guards.released_by_another,
        guards.departments_confirmed,
        guards.what_was_found_is_chosen,
        guards.someone_can_be_answered,
        guards.still_proven,
        billing.fee_settled,
        guards.paid_before_it_goes,
    ],
    letters=[LetterKind.DISCLOSURE_NOTIFICATION, LetterKind.DISC_PASSPHRASE],
    undone_by=["correct_answer"],
)
def fulfil(case: Case, p: Fulfil, at: At) -> Change | Refused:
    """Release the answer: the disclosure notification is ordered."""
    unconfirmed = tuple(
        Reason("confirm_once_more", {"right": f"right.{right}", "word": right})
        for right, outcome in case.rights.items()
        if outcome is not None and needs_confirmation(right, outcome) and right not in p.confirm
    )
    if unconfirmed:
        return Refused(unconfirmed)
    released = release(case, at)
    told = (*searches.told_at_release(case.searches, case.rights), *paying.goes_back(case, fulfilled, at))
    return replace(released, told=(*released.told, *told))


@request.transition(
    id_verified,
    forms_returned,
    by=[APPROVER],
    to=refused,
    unless=[
        guards.every_right_decided,
        guards.everything_refused,
        guards.steps_before_done,
        guards.released_by_another,
        guards.someone_can_be_answered,
        guards.still_proven,
        guards.refusal_goes_where_the_forms_went,
    ],
    letters=[LetterKind.DISCLOSURE_NOTIFICATION],
    undone_by=["correct_answer"],
)
def refuse(case: Case, p: Nothing, at: At) -> Change:
    """Release the refusal of every right: the disclosure notification is ordered."""
    released = release(case, at)
    return replace(released, told=(*released.told, *paying.goes_back(case, refused, at)))


@request.transition(
    fulfilled,
    refused,
    by=[CLERK, VERIFIER],
    to=id_verified,
    takes=CorrectAnswer,
    looks_back=True,
    reopens=True,
    becomes=lambda case, p: "correct_refusal" if case.state == refused and case.verified_by is None else None,
    undone_by=["undo_correction"],
    typed="correct-answer CASE --file F --why",
)
def correct_answer(case: Case, p: CorrectAnswer, at: At) -> Change | Refused:
    """Decide anew what a released answer said wrongly: somebody else releases the letter that corrects it."""
    return correction(case, p, at, state=id_verified)


@request.transition(
    refused,
    by=[CLERK, VERIFIER],
    to=forms_returned,
    takes=CorrectAnswer,
    looks_back=True,
    reopens=True,
    offered=lambda case: case.verified_by is None,
    undone_by=["undo_correction"],
    typed="correct-answer CASE --file F --why",
)
def correct_refusal(case: Case, p: CorrectAnswer, at: At) -> Change | Refused:
    """Take up anew what was refused before anybody was verified: its papers, or the decision."""
    if case.verified_by is not None:
        return Refused((Reason("verified_before", {"case": case.number}),))
    return correction(case, p, at, state=forms_returned)


def correction(case: Case, p: CorrectAnswer, at: At, *, state: str) -> Change | Refused:
    """Write the new decision, and which notification the next one takes the place of.

    One that is still in the house never leaves it: then nothing is corrected, and the next one is the answer.
    """
    reasons = tuple(guards.outcomes_fit(replace(case, state=state), p, at)) if p.outcomes else ()
    if reasons:
        return Refused(reasons)
    answers = [each for each in guards.newest_copies(case.letters) if each.kind == LetterKind.DISCLOSURE_NOTIFICATION]
    sent = [each for each in answers if each.state is LetterState.POSTED and each.ordinal > case.taken_back]
    corrects = sent[-1].number if sent else case.corrects
    fates = void_letters(case, at, LetterKind.DISCLOSURE_NOTIFICATION, LetterKind.DISC_PASSPHRASE)
    released = case.past.last("fulfil", "refuse")
    return Change(
        facts={
            "decided_by": at.actor.name if p.outcomes else None,
            "released_by": None,
            "sole": False,
            "corrects": corrects,
            "taken_back": max((each.ordinal for each in case.letters), default=0),
            "account": replace(case.account, bill=None),
        },
        rights=dict(p.outcomes) if p.outcomes else dict.fromkeys(case.rights),
        fates=fates,
        undoes=None if released is None else released.seq,
        told=(
            *(Reason("letter_void_now", {"letter": each.number}) for each in fates),
            *((Reason("will_correct", {"letter": corrects}), Reason("copies_may_be_gone", {})) if sent else ()),
        ),
        details={
            "outcomes": _told(p.outcomes),
            "were": {right: None if was is None else was.outcome for right, was in case.rights.items()},
            "corrects": corrects,
            "verified_by": case.verified_by,
            "decided_by": case.decided_by,
            "released_by": None if released is None else released.actor,
            "sole": case.sole,
            "sent": bool(sent),
            "before": [case.corrects, case.taken_back],
        },
    )


@request.transition(
    id_verified,
    forms_returned,
    by=[CLERK, VERIFIER],
    to=fulfilled,
    takes=TakeBack,
    looks_back=True,
    becomes=lambda case, p: "undo_correction_of_refusal" if put_right.all_refused(case.said_before) else None,
    offered=lambda case: put_right.correction_of_what_was_sent(case) is not None,
    undone_by=["correct_answer"],
    typed="correct-answer CASE --undo --why",
)
def undo_correction(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that an answer is corrected: the notification that was sent stands as it is."""
    return put_right.answer_stands(case, at)


@request.transition(
    id_verified,
    forms_returned,
    by=[CLERK, VERIFIER],
    to=refused,
    takes=TakeBack,
    looks_back=True,
    offered=lambda case: put_right.correction_of_what_was_sent(case) is not None,
    undone_by=["correct_answer"],
    typed="correct-answer CASE --undo --why",
)
def undo_correction_of_refusal(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that a refusal is corrected: the notification that was sent stands as it is."""
    return put_right.answer_stands(case, at)
