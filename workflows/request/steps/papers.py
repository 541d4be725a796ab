"""The papers that come back: registered, asked for again, verified; and a verification taken back."""

from dataclasses import replace

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import LetterFate, LetterState
from workflows.request import billing, deficiency, forms, guards, paying, standing
from workflows.request.arrivals import arrival
from workflows.request.case import MAILINGS, Case, Change, OrderLetter
from workflows.request.consequences import (
    amendment,
    forms_again,
    undone_by,
    unless_known,
    vouching,
)
from workflows.request.payloads import Amend, AskAgain, ReceiveForms, Unverify, VerifyIdentity
from workflows.request.states import CLERK, VERIFIER, contacted, forms_mailed, forms_returned, id_verified, request
from workflows.request.values import LetterKind


@request.transition(
    forms_mailed,
    by=[CLERK],
    to=forms_returned,
    takes=ReceiveForms,
    on_hold=True,
    becomes=lambda case, p: (
        "receive_own_forms" if case.state == contacted and case.office.start.begins_with_forms else None
    ),
    undone_by=["receive_again", "undo_arrival"],
)
def receive_forms(case: Case, p: ReceiveForms, at: At) -> Change | Refused:
    """Register what came back, at its arrival time; a code that does not fit holds the case for the lead."""
    return arrival(case, p, at)


@request.transition(
    contacted,
    by=[CLERK],
    to=forms_returned,
    takes=ReceiveForms,
    on_hold=True,
    unless=[forms.own_forms_will_do],
    undone_by=["receive_again", "undo_own_arrival"],
    typed="receive-forms CASE --file",
)
def receive_own_forms(case: Case, p: ReceiveForms, at: At) -> Change | Refused:
    """Register a form of their own of somebody who was in touch, before ours went into the post: ours stays here."""
    change = arrival(case, p, at)
    if isinstance(change, Refused):
        return change
    waiting = [letter for letter in case.letters if letter.kind in MAILINGS and letter.unposted]
    void = tuple(LetterFate(number=letter.number, state=LetterState.VOID, on=at.today) for letter in waiting)
    known = {fate.number for fate in change.fates}
    return replace(
        change,
        fates=(*change.fates, *(fate for fate in void if fate.number not in known)),
        use_code=False,
        void_codes=True,
        told=(*change.told, *(Reason("letter_void_now", {"letter": letter.number}) for letter in waiting)),
    )


@request.transition(
    forms_returned,
    by=[CLERK, VERIFIER],
    to=contacted,
    takes=AskAgain,
    unless=[guards.someone_can_be_written_to, guards.vouched_by_another],
    sees=lambda case, p, at: vouching(case, at, address_by="on_record" if p.address_on_record else None, birth=False),
    letters=[LetterKind.DEFICIENCY_NOTICE],
    undone_by=["unask", "receive_again"],
)
def ask_again(case: Case, p: AskAgain, at: At) -> Change | Refused:
    """Ask for all that is missing in ONE deficiency notice; what was accepted is never asked for again."""
    if p.address_on_record and not at.actor.may_act_as([VERIFIER]):
        return Refused((Reason("missing_role", {"roles": [f"role.{VERIFIER}"]}),))
    found = guards.deficiencies(case, at)
    missing = [str(reason.params["what"]) for reason in found]
    beyond = list(guards.asked_for_more(case, p, at))
    wanted = tuple(dict.fromkeys([*p.missing, *(missing if not p.missing else ())]))
    if beyond or not wanted:
        return Refused(tuple(beyond or [Reason("nothing_missing", {"case": case.number})]))
    wanted = tuple(dict.fromkeys([*missing, *wanted]))  # one notice lists everything, or a second would follow
    unknown = (*(unless_known(what, case) for what in p.missing), paying.unless_charged(case, p.missing))
    if any(unknown):
        return Refused(tuple(reason for reason in unknown if reason is not None))
    sentences = deficiency.told(found, wanted, case, at.today)
    seen = [word.partition(":")[2] for word in wanted if word in forms.circumstantial(case)]
    seen = [code for code in seen if code not in case.circumstances]
    asked = replace(case, circumstances=(*case.circumstances, *seen))
    order = OrderLetter(
        kind=LetterKind.DEFICIENCY_NOTICE,
        round=case.rounds + 1,
        missing=sentences,
        forms=forms_again(asked, wanted, found),
    )
    return Change(
        facts={
            "rounds": case.rounds + 1,
            "posted_on": None,
            "decided_by": None,
            "vouched": case.vouched,
            "circumstances": asked.circumstances,
        },
        letters=(order,),
        void_codes=True,
        rights=dict.fromkeys(case.rights),
        details={
            "missing": list(wanted),
            "round": case.rounds + 1,
            "reason_given": p.reason is not None,
            **({"address_on_record": True} if p.address_on_record else {}),
            **({"circumstances": seen} if seen else {}),
        },
    )


@request.transition(
    forms_returned,
    by=[VERIFIER],
    to=id_verified,
    unless=[
        guards.forms_complete,
        guards.identity_proven,
        guards.representation_proven,
        guards.address_proven,
        paying.fee_paid,
        guards.birth_dates_seen,
        guards.vouched_by_another,
    ],
    takes=VerifyIdentity,
    sees=lambda case, p, at: vouching(
        case, at, address_by="on_record" if p.address_on_record else p.address_shown_by, birth=p.birth_date_seen
    ),
    undone_by=["unverify"],
)
def verify_identity(case: Case, p: VerifyIdentity, at: At) -> Change | Refused:
    """Confirm that the person is who they say and may ask; what no paper shows is vouched for by name."""
    lacking = tuple(guards.paper_shows_an_address(case, p, at))
    if lacking:
        return Refused(lacking)
    vouched = [f"{v.what}:{v.how}" for v in case.vouched if v.by == at.actor.name and v.how != standing.SIGNED]
    return Change(
        facts={"verified_by": at.actor.name, "decided_by": None, "vouched": case.vouched},
        rights=dict.fromkeys(case.rights),
        details={
            "overridden": sorted(standing.overridden(case)),
            **({"vouched": vouched} if vouched else {}),
            **guards.masking_taken_on(case, at),
        },
    )


@request.transition(
    id_verified,
    by=[CLERK, VERIFIER],
    to=forms_returned,
    takes=Unverify,
    on_hold=True,
    undone_by=["verify_identity"],
)
def unverify(case: Case, p: Unverify | Amend, at: At) -> Change | Refused:
    """Take the verification back: it was a mistake, or what it was given for changes. Papers that still fit count."""
    # A mistake is taken back with what was vouched for in it; a change leaves standing what was said of what stays.
    kept = tuple(v for v in case.vouched if v.how == standing.SIGNED)
    change = amendment(case, p, at) if isinstance(p, Amend) else Change(facts={"vouched": kept})
    if isinstance(change, Refused):
        return change
    amended = p if isinstance(p, Amend) else None
    told = Reason("verification_undone", {"case": case.number})
    account, fates, bills = billing.dropped(case, at)
    return replace(
        change,
        facts={**change.facts, "verified_by": None, "decided_by": None, "account": account},
        fates=(*change.fates, *fates),
        rights=dict.fromkeys(case.rights if amended is None or amended.rights is None else amended.rights),
        notices=(*change.notices, Tell(VERIFIER, told)),
        told=(told, *bills, *change.told),
        details={
            **change.details,
            "undone": [] if amended is None else undone_by(case, amended),
            "verified_by": case.verified_by,
        },
    )
