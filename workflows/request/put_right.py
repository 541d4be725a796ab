"""What may be put right of a request, and how the case stood before it was recorded wrongly. Pure.

Each function says why something cannot be taken back, and what would work; or it returns the case, or what is written,
as it was before. The steps themselves stand in `workflows.request.steps.put_right`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.past import LAW_ANEW, Step
from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right, RightOutcome
from workflows.letters import Letter, LetterFate, LetterState
from workflows.office.start import Way
from workflows.request import paying, standing
from workflows.request.account import Account
from workflows.request.case import MAILINGS, Case, Change
from workflows.request.course import Course
from workflows.request.values import Before, CodeState, HoldReason, LetterKind

ARRIVALS = ("receive_forms", "receive_own_forms", "reopen", "receive_again", "open_with_forms")
"""The steps that register what came."""
OF_CODES = frozenset({HoldReason.MISSING_CODE, HoldReason.WRONG_CODE, HoldReason.OLD_CODE, HoldReason.FOREIGN_CODE})
"""Why the system holds a case whose code did not fit."""


# -- letters ----------------------------------------------------------------------------------------------------------


def is_mailing(letter: Letter) -> bool:
    """Whether a letter asks for forms."""
    return letter.kind in MAILINGS


def posting_taken_back(letter: Letter | None, case: Case, number: str) -> Iterator[Reason]:
    """Only what is recorded as posted, and nothing followed from, was not posted after all."""
    if letter is None:
        yield Reason("no_such_letter", {"letter": number, "case": case.number})
    elif letter.state is LetterState.RETURNED:
        yield Reason("came_back_since", {"letter": letter.number})
    elif letter.state is not LetterState.POSTED:
        yield Reason("posting_not_recorded", {"letter": letter.number})


def mailing_taken_back(letter: Letter | None, case: Case) -> Iterator[Reason]:
    """The posting of a mailing is taken back while its forms are waited for, and not once something came of it."""
    if letter is None or letter.state is not LetterState.POSTED or not is_mailing(letter):
        return
    if case.state not in ("contacted", "forms_mailed", "forms_returned", "id_verified"):
        yield Reason("mailing_of_a_closed_case", {"letter": letter.number, "case": case.number})
    elif letter.round != case.rounds:
        yield Reason("round_is_over", {"letter": letter.number, "case": case.number})
    elif case.state != "forms_mailed":
        yield Reason("forms_came_since", {"letter": letter.number, "case": case.number})


def nothing_lies_here(case: Case) -> Iterator[Reason]:
    """What lies in the house came with forms that were sent: they cannot have stayed here."""
    if case.house.pages or case.house.tray:
        pages = case.house.pages + case.house.tray
        yield Reason("pages_lie_here", {"case": case.number, "pages": pages})


def still_to_go(case: Case, letter: Letter) -> bool:
    """Whether a letter that was not posted after all is still to leave the house."""
    wanted = {
        LetterKind.REMINDER: case.state == "forms_mailed",
        LetterKind.LAPSE_NOTICE: case.state == "lapsed",
        LetterKind.WITHDRAWAL_CONFIRMATION: case.state == "withdrawn",
        LetterKind.DISCLOSURE_NOTIFICATION: letter.ordinal > case.taken_back,
    }
    return wanted.get(LetterKind(letter.kind), True)


def posting_amended(letter: Letter | None, on: date, case: Case, at: At, number: str) -> Iterator[Reason]:
    """The right day lies neither before the printing, nor in the future, nor after what came of the posting."""
    if letter is None:
        yield Reason("no_such_letter", {"letter": number, "case": case.number})
        return
    days = {"letter": letter.number, "day": on.isoformat()}
    if letter.state not in (LetterState.POSTED, LetterState.RETURNED):
        yield Reason("posting_not_recorded", {"letter": letter.number})
    elif on > at.today:
        yield Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    elif letter.printed_on is not None and on < letter.printed_on:
        yield Reason("posted_before_printed", {"day": on.isoformat(), "printed": letter.printed_on.isoformat()})
    elif letter.returned_on is not None and on > letter.returned_on:
        yield Reason("posted_after_return", {**days, "returned": letter.returned_on.isoformat()})
    elif _answers(case, letter) and case.arrived_on is not None and on > case.arrived_on:
        yield Reason("posted_after_arrival", {**days, "arrived": case.arrived_on.isoformat(), "case": case.number})


def _answers(case: Case, letter: Letter) -> bool:
    """Whether what arrived last came in answer to this mailing."""
    return is_mailing(letter) and letter.round == case.rounds and case.state not in ("contacted", "forms_mailed")


def return_taken_back(letter: Letter | None, case: Case, number: str) -> Iterator[Reason]:
    """Only what is recorded as come back did not come back after all."""
    if letter is None:
        yield Reason("no_such_letter", {"letter": number, "case": case.number})
    elif letter.copy > 1 and letter.state is not LetterState.RETURNED:
        yield Reason("copy_ordered_since", {"letter": letter.number, "copy": letter.copy})
    elif letter.state is not LetterState.RETURNED:
        yield Reason("return_not_recorded", {"letter": letter.number})


def brought_it_back(case: Case, letter: Letter | None) -> bool:
    """Whether the return of this mailing is why the case stands where it does."""
    stay = case.past.stay
    if letter is None or stay is None or letter.state is not LetterState.RETURNED or case.state != "contacted":
        return False
    step = case.past.last("undeliverable", letter=letter.number)
    return step is not None and stay.by == "undeliverable" and step.seq == stay.seq


def sent_again_from(case: Case) -> Step | None:
    """Return the step by which the forms of a case are sent once more, while the new ones lie in the house."""
    stay, step = case.past.stay, case.past.last("mail_again")
    came_by = stay is not None and step is not None and stay.seq == step.seq
    return step if came_by and case.state == "contacted" else None


def waited_for_again(case: Case, letter: Letter, step: Step, at: At, code_days: int) -> Change:
    """Return what lets a case wait for a mailing again that it waited for before *step*.

    Its code holds, what was ordered in its place is void, the deadlines go on from its posting.
    """
    newer = [each for each in case.letters if is_mailing(each) and each.unposted]
    expires = None if letter.posted_on is None else letter.posted_on + timedelta(days=code_days)
    return Change(
        facts={
            "posted_on": letter.posted_on,
            "mailed_to": case.mailed.get(letter.number),
            "rounds": letter.round,
            "code_expires_on": expires,
        },
        fates=voided(newer, at),
        void_codes=bool(newer),
        revive=letter.number,
        undoes=step.seq,
        back_to=case.past.before(step),
        told=tuple(Reason("letter_void_now", {"letter": each.number}) for each in newer),
        details={"letter": letter.number, "was": str(letter.returned_on), "round": letter.round},
    )


def voided(letters: list[Letter], at: At) -> tuple[LetterFate, ...]:
    """Return the end of these letters."""
    return tuple(LetterFate(number=letter.number, state=LetterState.VOID, on=at.today) for letter in letters)


def posted_of(case: Case, round_: object) -> Letter | None:
    """Return the mailing of a round that was posted."""
    found = [each for each in case.letters if is_mailing(each) and each.round == round_ and each.posted_on is not None]
    return found[0] if found else None


# -- arrivals ---------------------------------------------------------------------------------------------------------


def before_it(case: Case) -> Before | None:
    """Return what the last arrival added to; None where nobody kept it.

    Cases that received something before it was kept have it where that was their only arrival: it added to nothing.
    """
    if case.before is not None:
        return case.before
    arrivals = [step for step in case.past.steps if step.name in ARRIVALS]
    return Before(rights=tuple(case.rights)) if len(arrivals) == 1 else None


def without_it(case: Case, step: Step, before: Before) -> Case:
    """Return the case as it stood when the arrival of *step* was registered: waiting for it, without it."""
    mailing = posted_of(case, step.details.get("round"))
    # What a verification vouched for goes with it; what was said of an address for a notice stays.
    kept = () if case.state == "id_verified" else tuple(v for v in case.vouched if v.how != standing.SIGNED)
    return replace(
        case,
        state="lapsed" if reopened_by(case, step) else "forms_mailed",
        rounds=int(str(step.details.get("round", case.rounds))),
        posted_on=None if mailing is None else mailing.posted_on,
        rights=dict.fromkeys(before.rights),
        forms=before.forms,
        asked=before.asked,
        halt=before.halt,
        method=before.method,
        corrections=before.corrections,
        further=before.further,
        circumstances=before.circumstances,
        arrived_on=before.arrived_on,
        first_arrived_on=before.first_arrived_on,
        came_from=before.came_from,
        vouched=(*before.vouched, *kept),
        before=before.before,
        documents=tuple(document for document in case.documents if document.arrived_on != case.arrived_on),
        authorities=tuple(proof for proof in case.authorities if proof.arrived_on != case.arrived_on),
        proven_on=before.proven_on,
        stops=before.stops,
        unsealed=before.unsealed,
        course=_course_without(case, step, before),
        account=case.account.without(step.seq, case.seq + 1),
    )


def facts_without(case: Case, step: Step, before: Before) -> dict[str, object]:
    """Return the facts of a case of which the last arrival, registered by *step*, is taken back."""
    kept = tuple(v for v in case.vouched if v.how != standing.SIGNED)
    facts: dict[str, object] = {
        "asked": before.asked, "halt": before.halt, "method": before.method,
        "corrections": before.corrections, "further": before.further, "circumstances": before.circumstances,
        "unsealed": before.unsealed, "course": _course_without(case, step, before),
        "arrived_on": before.arrived_on, "arrived_at": None,
        "first_arrived_on": before.first_arrived_on, "came_from": before.came_from,
        "vouched": (*before.vouched, *kept), "before": before.before, "decided_by": None,
        "account": _account_without(case, step, before),
        "proven_on": before.proven_on, "stops": before.stops,
    }  # fmt: skip
    return facts | law_anew(case, before.first_arrived_on)


def _course_without(case: Case, step: Step, before: Before) -> Course:
    """Return the course without what the arrival of *step* chose, unless somebody has chosen anew since."""
    course, moved, wished = case.course, case.past.last("move_window"), case.past.last("choose_delivery")
    if "window" in step.details and (moved is None or moved.seq < step.seq):
        course = replace(course, window=before.window)
    if "delivery" in step.details and (wished is None or wished.seq < step.seq):
        course = replace(course, chosen=before.chosen)
    return course


def _account_without(case: Case, step: Step, before: Before) -> Account:
    """Return the account without the money that the arrival of *step* brought."""
    account = replace(case.account.without(step.seq, case.seq + 1), settled_on=None)
    stood = replace(case, rights=dict.fromkeys(before.rights), account=account)
    return paying.settled(stood, before.arrived_on or case.opened_on)


def law_anew(case: Case, first: object) -> dict[str, object]:
    """Return what starts the law's clock anew where the day of the first arrival was wrong."""
    return {} if first == case.first_arrived_on else {"legal_entry": case.seq + 1}


def reopened_by(case: Case, step: Step) -> bool:
    """Whether an arrival, or the one it put right, took up a lapsed case."""
    return waited_in(case, step) == "lapsed"


def waited_in(case: Case, step: Step) -> str | None:
    """Return in which state the case waited for an arrival."""
    stay = case.past.stay_in("forms_mailed", "lapsed", before=step.seq)
    return None if stay is None else stay.state


def began_with(case: Case) -> bool:
    """Whether the last arrival is what the case began with, registered once or anew."""
    return case.began is not Way.CONTACT and case.rounds == 0


def came_before_ours_went(case: Case) -> bool:
    """Whether the last arrival was a form of their own, of somebody whose forms lay here unposted."""
    step = case.past.last(*ARRIVALS)
    if step is not None and step.name == "receive_again":
        step = next((each for each in reversed(case.past.steps) if each.name in ARRIVALS[:3]), None)
    return step is not None and step.name == "receive_own_forms"


def arrival_taken_back(case: Case, step: Step | None) -> Iterator[Reason]:
    """An arrival is taken back while nothing followed from it: it is of this round, and was all that moved the case."""
    if began_with(case):
        yield Reason("began_with_it", {"case": case.number})
    elif step is None or step.details.get("round") != case.rounds:
        yield Reason("nothing_came_in_this_round", {"case": case.number})
    elif before_it(case) is None:
        yield Reason("registered_before_it_was_kept", {"case": case.number})


def code_fits(state: CodeState, *, lapsed: bool) -> bool:
    """Whether forms with such a code are taken for what they say."""
    return state is CodeState.GOOD or (state is CodeState.EXPIRED and lapsed)


def held_for_it(case: Case, step: Step, *, fits: bool, suspected: bool) -> bool:
    """Whether the system holds the case for nothing but this arrival, and no longer has a reason to."""
    hold = case.hold
    if hold is None or not hold.by_system or suspected:
        return False
    return fits and (hold.code in OF_CODES or hold.seq == step.seq)


def came_to_a_lapsed_case(case: Case) -> bool:
    """Whether the last arrival took up a case that had lapsed."""
    step = case.past.last(*ARRIVALS)
    return step is not None and reopened_by(case, step)


def law_told(case: Case, facts: Mapping[str, object]) -> dict[str, object]:
    """Return what the history says where the law's clock starts anew: the wrong day, and the right one."""
    if "legal_entry" not in facts:
        return {}
    first = facts["first_arrived_on"]
    return {"first_arrived_was": _iso(case.first_arrived_on), "first_arrived_on": _iso(first), LAW_ANEW: True}


def told_again(case: Case, facts: Mapping[str, object], notices: list[Letter]) -> Iterator[Reason]:
    """Yield what follows from an arrival that is registered anew, beside what follows from any."""
    if case.verified_by is not None:
        yield Reason("verification_undone_by_arrival", {"case": case.number})
    if case.decided_by is not None:
        yield Reason("decision_dropped", {"case": case.number})
    if "legal_entry" in facts:
        yield Reason("law_counts_anew", {"day": _iso(facts["first_arrived_on"]), "was": _iso(case.first_arrived_on)})
    for letter in notices:
        yield Reason("letter_void_now", {"letter": letter.number})


def notice_unposted(case: Case) -> Letter | None:
    """Return the deficiency notice of the present round, while it lies in the house."""
    letter = case.round_letter
    if letter is None or letter.kind != LetterKind.DEFICIENCY_NOTICE or not letter.unposted:
        return None
    return letter


def _iso(day: object) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


# -- closed cases -----------------------------------------------------------------------------------------------------

CLOSING = (LetterKind.WITHDRAWAL_CONFIRMATION, LetterKind.LAPSE_NOTICE)
"""The letters that say a request is at its end."""


def reinstated_as(case: Case) -> str | None:
    """Return where a closed case is taken up again: with its bill, with its papers, or from the beginning (None)."""
    if case.state == "lapsed" and case.account.bill is not None:
        return "reinstate_unpaid"
    return "reinstate_papers" if case.first_arrived_on is not None else None


def closed_by(case: Case) -> int | None:
    """Return the step that closed the case."""
    return None if case.past.stay is None else case.past.stay.seq


def told_of_closing(case: Case) -> tuple[Reason, ...]:
    """Return which letters told the person that the request is at its end: somebody must tell them that it is not."""
    out = [each for each in case.letters if each.kind in CLOSING and each.posted_on is not None]
    return tuple(Reason("closing_letter_is_out", {"letter": each.number}) for each in out)


# -- answers ----------------------------------------------------------------------------------------------------------


def all_refused(outcomes: Mapping[Right, RightOutcome]) -> bool:
    """Whether an answer refused everything."""
    return bool(outcomes) and all(outcome.outcome is OutcomeName.REFUSED for outcome in outcomes.values())


def correction_of_what_was_sent(case: Case) -> Step | None:
    """Return the step by which an answer that was sent is being corrected, while it is."""
    step = case.past.last("correct_answer", "correct_refusal")
    return step if step is not None and step.details.get("sent") and case.corrects is not None else None


def answer_stands(case: Case, at: At) -> Change | Refused:
    """Return what closes a case again as it was answered, by the people who answered it."""
    step = correction_of_what_was_sent(case)
    if step is None or not case.said_before:
        return Refused((Reason("no_correction_here", {"case": case.number}),))
    people = {name: step.details.get(name) for name in ("verified_by", "decided_by", "released_by", "sole")}
    corrects, taken_back = step.details["before"]
    return Change(
        facts={**people, "corrects": corrects, "taken_back": taken_back},
        rights=dict(case.said_before),
        lift_hold=case.on_hold,
        undoes=step.seq,
        details={name: value for name, value in people.items() if name != "sole"},
    )
