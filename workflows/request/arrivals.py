"""What comes back, registered: papers, forms, boxes, signatures, and what they add to. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason, Role
from workflows.law.times import Event
from workflows.law.values import Right
from workflows.office.forms import PROXY_STATEMENT
from workflows.office.start import Inbound, Way
from workflows.request import choosing, clocks, guards, paying, standing
from workflows.request import forms as form_sets
from workflows.request.account import Account
from workflows.request.case import Case, Change
from workflows.request.consequences import (
    end_of_waiting,
    held_by_system,
    in_place_of,
    owed_anew,
    suspected,
    suspicions_told,
)
from workflows.request.forms import form_of
from workflows.request.payloads import ReceiveForms
from workflows.request.possible import of_rights
from workflows.request.values import Authority, Before, CodeState, Document, FormName, HoldReason, LetterKind, Party

HOLD_OF_CODE = {
    CodeState.MISSING: HoldReason.MISSING_CODE,
    CodeState.WRONG: HoldReason.WRONG_CODE,
    CodeState.OLD: HoldReason.OLD_CODE,
    CodeState.VOID: HoldReason.OLD_CODE,
    CodeState.FOREIGN: HoldReason.FOREIGN_CODE,
    CodeState.EXPIRED: HoldReason.OLD_CODE,
}


def arrival(case: Case, p: ReceiveForms, at: At, *, code_known: bool = False) -> Change | Refused:
    """Register an arrival: its evidence adds up with what is there, and the first one starts the legal clock.

    ``code_known``: the code was judged before, and nobody is told of it again.
    """
    if case.code_state is CodeState.MISSING and case.office.start.begins_with_forms:
        # A form of their own will do: it bears no code, and proves none.
        case = replace(case, code_state=CodeState.NONE)
    arrived = at.calendar.today(p.arrived_at)
    reasons = (
        *guards.arrival_believable(case, p, at),
        *of_rights(case.regime, p.rights or (), arrived),
        *form_sets.arrival_of_this_office(case, p),
        *paying.unreadable(case, p.fees, arrived),
        *paying.chosen_badly(case, p.extras),
        *choosing.unfit(case, p.window, p.delivery),
    )
    if reasons:
        return Refused(reasons)
    good = case.code_state is CodeState.GOOD or (case.code_state is CodeState.EXPIRED and case.state == "lapsed")
    missed = not good and case.code_state is not CodeState.NONE
    held = None if not missed or code_known else held_by_system(case, HOLD_OF_CODE[case.code_state], at)
    held = held or suspected(case, at)
    forms, authorities = _signed(case, p)
    rights = _rights_asked(case, p)
    facts = _facts_of_arrival(case, p, at, rights, good=good)
    account = _paid(case, p, at, rights)
    now = replace(case, rights=dict.fromkeys(rights), account=account)
    choice = choosing.chosen(now, p.window, p.delivery, at.today)
    facts |= choice.facts(case)
    if choice.account != account:
        facts["account"] = account = paying.settled(replace(now, account=choice.account), arrived)
    told: list[Reason] = []
    if missed and not code_known:
        told.append(Reason(f"code_{case.code_state}", {"case": case.number}))
    told += [tell.reason for tell in suspicions_told(case)]
    notices = (*(Tell(Role.LEAD, reason) for reason in told), *choice.notices)
    told += [*_by_which_post(case, p), *choice.told]
    documents, proofs = tuple(_arrived(case, p, arrived)), tuple(_arrived_proofs(case, p, authorities, arrived))
    return Change(
        facts=facts | _proven(case, documents, proofs, at, arrived),
        rights=dict.fromkeys(rights) if p.rights else None,
        forms=forms,
        documents=documents,
        authorities=proofs,
        corrections=p.corrections,
        fates=end_of_waiting(case, at, LetterKind.LAPSE_NOTICE),
        use_code=good and not code_known,
        hold=in_place_of(case.hold, held),
        notices=notices,
        told=(*told, *paying.paid_told(case.account, account, case)),
        details={**_details(case, p, at, account), **choice.details},
    )


def _arrived(case: Case, p: ReceiveForms, arrived: date) -> Iterator[Document]:
    """Yield the papers as they came: on that day, held against what the people stated then."""
    looked_at = (p.way or Way.LETTER).looked_at
    for document in p.documents:
        yield replace(document, arrived_on=arrived, judged=case.stated.get(document.holder), looked_at=looked_at)


def _arrived_proofs(
    case: Case, p: ReceiveForms, authorities: Iterable[Authority], arrived: date
) -> Iterator[Authority]:
    looked_at = (p.way or Way.LETTER).looked_at
    subject, acting = case.stated.get(Party.SUBJECT), case.stated.get(Party.REPRESENTATIVE)
    for proof in authorities:
        yield replace(proof, arrived_on=arrived, subject=subject, representative=acting, looked_at=looked_at)


def _proven(
    case: Case, documents: tuple[Document, ...], proofs: tuple[Authority, ...], at: At, arrived: date
) -> dict[str, object]:
    """Return the day by which what came proves who they are, where the law counts from it and this arrival makes it so.

    What a person must still confirm or approve is not proven by paper: then the law counts from the last arrival.
    """
    if case.proven_on is not None or not clocks.counts_from(case.regime, Event.IDENTITY):
        return {}
    authorities = (*case.authorities, *proofs)
    seen = replace(case, documents=(*case.documents, *documents), authorities=authorities, arrived_on=arrived)
    missing = any(True for guard in (guards.identity_proven, guards.representation_proven) for _ in guard(seen, at))
    return {} if missing else {"proven_on": arrived}


def _details(case: Case, p: ReceiveForms, at: At, account: Account) -> dict[str, object]:
    """Return what the history says of an arrival."""
    return {
        "arrived_on": at.calendar.today(p.arrived_at).isoformat(),
        "forms": list(p.forms),
        "pages": p.pages,
        "code": case.code_state,
        **({"way": str(p.way)} if p.way is not None else {}),
        **({"came_by": str(p.came_by)} if p.came_by is not None else {}),
        **({"papers": list(p.papers)} if p.papers else {}),
        "documents": [f"{document.holder}:{document.type}" for document in p.documents],
        "round": case.rounds,
        **paying.recorded(case.account, account),
    }


def _by_which_post(case: Case, p: ReceiveForms) -> list[Reason]:
    """Return what is said of an envelope that came by another class of post than the office asks for: it is taken."""
    wanted = case.office.start.inbound
    if p.came_by is None or not wanted or p.came_by in wanted or Inbound.ANY in wanted:
        return []
    known = [f"inbound.{each}" for each in wanted]
    return [Reason("came_by_another_class", {"came": f"inbound.{p.came_by}", "known": known})]


def _paid(case: Case, p: ReceiveForms, at: At, rights: tuple[Right, ...]) -> Account:
    """Return the account with the money that came in the envelope, booked for the rights asked for now."""
    seq, arrived = case.seq + 1, at.calendar.today(p.arrived_at)
    now = replace(
        case,
        rights=dict.fromkeys(rights),
        method=p.method or case.method,
        first_arrived_on=case.first_arrived_on or arrived,
    )
    return paying.with_payments(now, p.fees, arrived, at, paying.of_arrival(p, seq))


def as_it_stands(case: Case) -> Before:
    """Return what an arrival adds to, as it is now: should it be registered wrongly, it is put right from here."""
    return Before(
        rights=tuple(case.rights),
        forms=case.forms,
        asked=case.asked,
        halt=case.halt,
        method=case.method,
        corrections=case.corrections,
        further=case.further,
        circumstances=case.circumstances,
        arrived_on=case.arrived_on,
        first_arrived_on=case.first_arrived_on,
        came_from=case.came_from,
        vouched=tuple(v for v in case.vouched if v.how == standing.SIGNED),
        before=case.before,
        proven_on=case.proven_on,
        stops=case.stops,
        unsealed=case.unsealed,
        window=case.course.window,
        chosen=case.course.chosen,
    )


def _facts_of_arrival(
    case: Case, p: ReceiveForms, at: At, rights: tuple[Right, ...], *, good: bool
) -> dict[str, object]:
    """Return what the arrival says of the case; *good*: its code is."""
    arrived = at.calendar.today(p.arrived_at)
    signed_now = [form for form in p.forms if (p.signed or {}).get(form, False)]
    facts: dict[str, object] = {
        "arrived_on": arrived,
        "arrived_at": p.arrived_at,
        "scanned_on": None,
        "first_arrived_on": case.first_arrived_on or arrived,
        "asked": _ticked(case, p, rights),
        "before": as_it_stands(case),
        "further": tuple(dict.fromkeys([*case.further, *_papers(case, p)])),
        "circumstances": tuple(dict.fromkeys([*case.circumstances, *p.circumstances])),
        "unsealed": tuple(_unsealed(case, p)),
        "vouched": (*case.vouched, *standing.signatures(case, signed_now, at.actor.name)),
    }
    facts |= owed_anew(case, rights) | clocks.stops_after(case, arrived)
    if case.first_arrived_on is not None and clocks.counts_from(case.regime, Event.COMPLETE):
        facts["legal_entry"] = case.seq + 1  # the law counts anew, from the arrival that leaves nothing to be asked for
    if p.halt is not None:
        facts["halt"] = p.halt
    if p.method is not None and (_asks_for_data(case, p) or not case.regime.own_form_required):
        facts["method"] = p.method  # it stands on that form, and nothing else in the envelope says so
    if good and case.came_from is None:
        facts["came_from"] = case.mailed_to
    return facts


def _unsealed(case: Case, p: ReceiveForms) -> Iterator[FormName]:
    """Yield the forms that are here without the seal the office wants: a seal, like a signature, was seen on one."""
    for form in dict.fromkeys([*case.unsealed, *p.forms]):
        wanted = form_sets.wants_seal(case.office, form) and (form in case.unsealed or form not in case.forms)
        if wanted and not (form in p.forms and (p.sealed or {}).get(form, False)):
            yield form


def _papers(case: Case, p: ReceiveForms) -> Iterator[str]:
    """Yield the further papers that came: named, or as a form of the office that is one and was signed."""
    yield from p.papers
    for code in p.forms:
        form = case.office.start.form(code)
        if form is not None and form.paper is not None and (p.signed or {}).get(code, False):
            yield form.paper


def _signed(case: Case, p: ReceiveForms) -> tuple[dict[FormName, bool], list[Authority]]:
    """Return the forms that are here, each with whether it is signed, and the proofs of representation that came."""
    signed = p.signed or {}
    forms = dict(case.forms)
    for form in p.forms:
        forms[form] = forms.get(form, False) or signed.get(form, False)
    for form in _claimed_anew(case, p):  # a signature is of the claims it stands under
        forms[form] = form in p.forms and signed.get(form, False)
    proxies = form_sets.mandates(case.office)
    came = [form for form in proxies if form in p.forms]
    proofs = []
    for proof in (*([] if p.authority is None else [p.authority]), *p.proofs):
        here = True
        for form in (came or proxies[:1]) if proof.type == PROXY_STATEMENT else ():
            signed_here = signed.get(form, proof.signed)
            forms[form] = forms.get(form, False) or signed_here
            here = here and signed_here
        proofs.append(replace(proof, signed=proof.signed and here) if proof.type == PROXY_STATEMENT else proof)
    unsaid = p.authority is None and all(proof.type != PROXY_STATEMENT for proof in proofs)
    if came and unsaid and _is_for(case, came[0]):
        # The form IS the proof, and this one's signature counts: the one before may have named another agent.
        proofs.append(Authority(type=PROXY_STATEMENT, signed=signed.get(came[0], False)))
    return forms, proofs


def _is_for(case: Case, mandate: FormName) -> bool:
    """Whether a mandate on a form of the office's is what proves the right of whoever represents here."""
    form = case.office.start.form(mandate)
    return case.representative is not None and form is not None and str(case.representative) in form.holders


def _asks_for_data(case: Case, p: ReceiveForms) -> bool:
    """Whether a form came on which data may be asked for: it stands there how."""
    return bool(form_sets.bearing(case.office, p.forms, Right.DISCLOSURE, Right.PROVISION_RECORDS))


def _claimed_anew(case: Case, p: ReceiveForms) -> Iterator[FormName]:
    """Yield the forms on which claims stand that came now and are other than before.

    Where the law wants no form of ours, a letter may claim without one.
    """
    known = dict.fromkeys([*p.forms, *(case.forms if case.regime.own_form_required else ())])
    if p.corrections:
        yield from form_sets.bearing(case.office, known, Right.CORRECTION)
    if p.halt is not None and p.halt != case.halt:
        yield from form_sets.bearing(case.office, known, Right.HALT_USE, Right.HALT_PROVISION)


def _rights_asked(case: Case, p: ReceiveForms) -> tuple[Right, ...]:
    """Return what is asked for now: the boxes ticked on what came, and those of signed forms that came before.

    A form that came again takes the place of the one before it only where it is signed.
    """
    if not p.rights:
        return tuple(case.rights)
    again = [form for form in p.forms if (p.signed or {}).get(form, False)]
    before = [
        right
        for right in case.rights
        if right in case.asked
        and (form_of(case, right) not in p.forms or (case.asked[right] and form_of(case, right) not in again))
    ]
    return tuple(dict.fromkeys([*before, *p.rights]))


def _ticked(case: Case, p: ReceiveForms, rights: Iterable[Right]) -> dict[Right, bool]:
    """Return the rights whose box stands ticked on a form that came back, and whether such a form was signed.

    A box left empty on a signed form that came again is ticked no more. Where the law wants no form of ours, any
    writing asks for what it asks for; one that names nothing adds nothing to what was asked before.
    """
    signed = p.signed or {}
    again = [form for form in p.forms if p.rights and signed.get(form, False)]
    ticked = {right: was for right, was in case.asked.items() if form_of(case, right) not in again}
    for right in rights:
        form = form_of(case, right)
        if form is not None and form in p.forms:
            ticked[right] = ticked.get(right, False) or signed.get(form, False)
        elif not case.regime.own_form_required and form not in case.forms and (p.rights or not case.asked):
            ticked[right] = True
    return ticked
