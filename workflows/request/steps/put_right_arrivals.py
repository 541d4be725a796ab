"""What arrived, registered wrongly, put right; and what was asked for again by mistake."""

from dataclasses import replace

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import LetterState
from workflows.request import put_right
from workflows.request.arrivals import arrival
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.consequences import pack
from workflows.request.payloads import ReceiveAgain, TakeBack
from workflows.request.states import (
    CLERK,
    contacted,
    forms_mailed,
    forms_returned,
    id_verified,
    lapsed,
    request,
)
from workflows.request.values import CodeState, LetterKind

# -- letters ----------------------------------------------------------------------------------------------------------


@request.transition(
    forms_returned,
    id_verified,
    contacted,
    forms_mailed,
    by=[CLERK],
    to=forms_returned,
    takes=ReceiveAgain,
    on_hold=True,
    looks_back=True,
    offered=lambda case: case.first_arrived_on is not None,
    undone_by=["receive_again"],
    typed="receive-forms CASE --again --file F --why",
)
def receive_again(case: Case, p: ReceiveAgain, at: At) -> Change | Refused:
    """Register anew what came back, where it was registered wrongly: the papers of before count no more."""
    step = case.past.last(*put_right.ARRIVALS)
    if step is None:
        return Refused((Reason("nothing_registered_yet", {"case": case.number}),))
    before = put_right.before_it(case)
    if before is None:
        return Refused((Reason("registered_before_it_was_kept", {"case": case.number}),))
    code = case.code_state if p.code else CodeState(str(step.details.get("code", CodeState.MISSING)))
    blank = replace(put_right.without_it(case, step, before), code_state=code)
    began = put_right.began_with(case)
    if began:  # what was wrong may be the day on which everything began
        blank = replace(blank, opened_on=min(blank.opened_on, at.calendar.today(p.arrived_at)))
    change = arrival(blank, p, at, code_known=not p.code)
    if isinstance(change, Refused):
        return change
    waits = case.state == contacted
    notices = [each for each in case.letters if waits and put_right.is_mailing(each) and each.unposted]
    facts: dict[str, object] = {"halt": before.halt, "method": before.method, "came_from": before.came_from}
    facts |= {"proven_on": before.proven_on, "stops": before.stops, **change.facts}
    facts |= {"verified_by": None, "decided_by": None, "corrections": before.corrections + len(p.corrections)}
    facts |= put_right.law_anew(case, facts["first_arrived_on"])
    facts |= {"opened_on": blank.opened_on, "came_from": case.came_from} if began else {}
    fits = put_right.code_fits(code, lapsed=blank.state == lapsed)
    return replace(
        change,
        facts=facts,
        rights=dict.fromkeys(blank.rights if change.rights is None else change.rights),
        fates=(*change.fates, *put_right.voided(notices, at)),
        use_code=change.use_code and not waits and case.state != forms_mailed,
        void_codes=waits,
        replaces=step.seq,
        undoes_evidence=step.seq,
        lift_hold=put_right.held_for_it(case, step, fits=fits, suspected=bool(case.suspicions)),
        told=(*change.told, *put_right.told_again(case, facts, notices)),
        details={**change.details, **put_right.law_told(case, facts), "verified_by": case.verified_by},
    )


@request.transition(
    forms_returned,
    by=[CLERK],
    to=forms_mailed,
    takes=TakeBack,
    on_hold=True,
    looks_back=True,
    becomes=lambda case, p: (
        "undo_reopening"
        if put_right.came_to_a_lapsed_case(case)
        else "undo_own_arrival"
        if put_right.came_before_ours_went(case)
        else None
    ),
    offered=lambda case: case.first_arrived_on is not None and not put_right.began_with(case),
    undone_by=["receive_forms"],
    typed="receive-forms CASE --undo --why",
)
def undo_arrival(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that something came back: it belongs to another case, and this one goes on waiting."""
    return _without_arrival(case, at)


@request.transition(
    forms_returned,
    by=[CLERK],
    to=contacted,
    takes=TakeBack,
    on_hold=True,
    looks_back=True,
    offered=put_right.came_before_ours_went,
    letters=[LetterKind.REQUEST_FORMS],
    undone_by=["receive_own_forms"],
    typed="receive-forms CASE --undo --why",
)
def undo_own_arrival(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that somebody brought a form of their own before ours went: ours are ordered anew."""
    if not put_right.came_before_ours_went(case):
        return Refused((Reason("nothing_came_in_this_round", {"case": case.number}),))
    change = _without_arrival(case, at)
    if isinstance(change, Refused):
        return change
    before = put_right.before_it(case)
    asked = case if before is None else replace(case, rights=dict.fromkeys(before.rights), circumstances=())
    rounds = case.rounds + 1 if case.addressed else case.rounds
    return replace(
        change,
        facts={**change.facts, "rounds": rounds},
        letters=pack(rounds, asked) if case.addressed else (),
        back_to=case.past.stay_in(contacted, before=case.seq),
    )


@request.transition(
    forms_returned,
    by=[CLERK],
    to=lapsed,
    takes=TakeBack,
    on_hold=True,
    looks_back=True,
    offered=put_right.came_to_a_lapsed_case,
    letters=[LetterKind.LAPSE_NOTICE],
    undone_by=["reopen"],
    typed="receive-forms CASE --undo --why",
)
def undo_reopening(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that forms came to a lapsed case after all: it has lapsed, and its notice goes out."""
    if not put_right.came_to_a_lapsed_case(case):
        return Refused((Reason("nothing_came_in_this_round", {"case": case.number}),))
    change = _without_arrival(case, at)
    if isinstance(change, Refused):
        return change
    told = [each for each in case.letters if each.kind == LetterKind.LAPSE_NOTICE]
    again = bool(told) and told[-1].state is LetterState.VOID
    letters = (OrderLetter(kind=LetterKind.LAPSE_NOTICE),) if again else ()
    return replace(change, letters=letters, lift_hold=case.on_hold)


def _without_arrival(case: Case, at: At) -> Change | Refused:
    step = case.past.last(*put_right.ARRIVALS)
    reasons = tuple(put_right.arrival_taken_back(case, step))
    before = put_right.before_it(case)
    if step is None or before is None or reasons:
        return Refused(reasons)
    waited = case.past.stay_in(forms_mailed, lapsed, before=step.seq)
    mailing = put_right.posted_of(case, case.rounds)
    good = step.details.get("code") in (CodeState.GOOD, CodeState.EXPIRED)
    facts = put_right.facts_without(case, step, before)
    facts["scanned_on"] = None if case.lay_since is None else at.calendar.today(case.lay_since)
    return Change(
        facts=facts,
        forms=before.forms,
        rights=dict.fromkeys(before.rights),
        revive=mailing.number if mailing is not None and good else None,
        undoes=step.seq,
        undoes_evidence=step.seq,
        back_to=waited,
        lift_hold=put_right.held_for_it(case, step, fits=True, suspected=False),
        details={"round": case.rounds, **put_right.law_told(case, facts)},
    )


@request.transition(
    contacted,
    by=[CLERK],
    to=forms_returned,
    takes=TakeBack,
    on_hold=True,
    looks_back=True,
    offered=lambda case: put_right.notice_unposted(case) is not None,
    undone_by=["ask_again"],
)
def unask(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that something was asked for again, before the notice is posted: the papers are looked at once more."""
    notice, step = put_right.notice_unposted(case), case.past.last("ask_again")
    if notice is None or step is None:
        return Refused((Reason("no_notice_here", {"case": case.number}),))
    mailing = put_right.posted_of(case, case.rounds - 1)
    seen = step.details.get("circumstances", ())
    return Change(
        facts={
            "rounds": case.rounds - 1,
            "posted_on": None if mailing is None else mailing.posted_on,
            "circumstances": tuple(each for each in case.circumstances if each not in seen),
        },
        fates=put_right.voided([notice], at),
        void_codes=True,
        undoes=step.seq,
        back_to=case.past.before(step),
        told=(Reason("letter_void_now", {"letter": notice.number}),),
        details={"letter": notice.number, "round": case.rounds},
    )
