"""What several transitions of the request write alike: a pack, an arrival, a release, a hold for the lead. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workflows.engine.case import At, OnHold, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason, Role
from workflows.law.values import RepresentativeKind, Right
from workflows.letters import LetterFate, LetterState
from workflows.request import guards, identity, standing
from workflows.request.case import MAILINGS, Case, Change, OrderLetter
from workflows.request.payloads import (
    Amend,
    ReceiveForms,
)
from workflows.request.rights import form_of, forms_for
from workflows.request.values import Authority, Before, CodeState, FormName, HoldReason, LetterKind, Party, Vouched

HOLD_WORKING_DAYS = 20
"""How long a hold lasts where nobody says otherwise."""

ADDRESS = frozenset({"address", "postcode", "country", "name"})
HOLD_OF_CODE = {
    CodeState.MISSING: HoldReason.MISSING_CODE,
    CodeState.WRONG: HoldReason.WRONG_CODE,
    CodeState.OLD: HoldReason.OLD_CODE,
    CodeState.VOID: HoldReason.OLD_CODE,
    CodeState.FOREIGN: HoldReason.FOREIGN_CODE,
    CodeState.EXPIRED: HoldReason.OLD_CODE,
}


def pack(round_: int, rights: Iterable[Right], kind: RepresentativeKind | None) -> tuple[OrderLetter, ...]:
    """Return the order of a round's pack: each needed form once (S16)."""
    return (OrderLetter(kind=LetterKind.REQUEST_FORMS, round=round_, forms=forms_for(rights, kind)),)


def mailing_again(case: Case, shows: bool, at: At) -> tuple[tuple[OrderLetter, ...], tuple[LetterFate, ...], int]:
    """Return the round's mailing ordered again where an amendment changes what it shows and it is not yet posted."""
    if case.state != "contacted" or not case.addressed:
        return (), (), case.rounds
    letter = case.round_letter
    if letter is None or not letter.unposted:  # none yet, or it came back: the next round
        return pack(case.rounds + 1, case.rights, case.representative), (), case.rounds + 1
    if not shows:
        return (), (), case.rounds
    fates = (LetterFate(number=letter.number, state=LetterState.VOID, on=at.today),)
    if letter.kind == LetterKind.REQUEST_FORMS:
        return pack(case.rounds, case.rights, case.representative), fates, case.rounds
    found = guards.deficiencies(case, at)
    wanted = [str(reason.params["what"]) for reason in found]
    again = OrderLetter(
        kind=letter.kind,
        round=case.rounds,
        missing=deficiencies_told(found, wanted, case),
        forms=forms_again(case, wanted),
    )
    return (again,), fates, case.rounds


def sent_again(case: Case, amended: Case, at: At) -> Change:
    """Return what sends the round's forms once more: a new code, the old one void, and nothing said of the post.

    A notice asks again for what it asked for, and for what the rules find missing in the case as *amended*.
    """
    letter = case.round_letter
    rounds = case.rounds + 1
    letters = pack(rounds, amended.rights, amended.representative)
    if letter is not None and letter.kind == LetterKind.DEFICIENCY_NOTICE:
        found = guards.deficiencies(amended, at)
        asked = case.past.last("ask_again")
        named = [] if asked is None else [str(word) for word in asked.details.get("missing", ())]
        wanted = list(dict.fromkeys([*named, *(str(reason.params["what"]) for reason in found)]))
        letters = (
            OrderLetter(
                kind=letter.kind,
                round=rounds,
                missing=deficiencies_told(found, wanted, amended),
                forms=forms_again(amended, wanted),
            ),
        )
    out = letter.number if letter is not None else ""
    return Change(
        facts={"rounds": rounds, "posted_on": None, "mailed_to": None},
        letters=letters,
        fates=void_letters(case, at, LetterKind.REMINDER, *MAILINGS),
        void_codes=True,
        told=(Reason("sent_again", {"letter": out}),),
        details={"letter": out, "round": rounds},
    )


def deficiencies_told(found: Iterable[Reason], wanted: Iterable[str], case: Case) -> tuple[Reason, ...]:
    """Return the sentences of a deficiency notice: what the rules found in its own words, then what a person named."""
    told = [identity.explain_gap(reason) for reason in found]
    known = {str(reason.params["what"]) for reason in found}
    return (*told, *(identity.explain_missing(what, case.regime) for what in wanted if what not in known))


def unless_known(what: str, case: Case) -> Reason | None:
    """Return why a word of ``ask-again --missing`` or ``override --what`` cannot be used."""
    sentence = identity.explain_missing(what, case.regime)
    return None if sentence.code.startswith("deficiency.") else sentence


def forms_again(case: Case, wanted: Iterable[str]) -> tuple[FormName, ...]:
    """Return the forms a deficiency notice encloses: those named, or all where a signature or pages are missing."""
    words = set(wanted)
    needed = forms_for(case.rights, case.representative)
    if words & {"pages"}:
        return needed
    named = {word.removeprefix("form:") for word in words if word.startswith("form:")}
    if "unsigned" in words:
        named |= {form for form, signed in case.forms.items() if not signed}
        named |= {form_of(right) for right, signed in case.asked.items() if not signed}
    if "correction" in words:
        named.add(FormName.CORRECTION)
    if "authority" in words and case.representative is RepresentativeKind.AGENT:
        named.add(FormName.PROXY)
    return tuple(form for form in needed if form in named)


def arrival(case: Case, p: ReceiveForms, at: At, *, code_known: bool = False) -> Change | Refused:
    """Register an arrival: its evidence adds up with what is there, and the first one starts the legal clock.

    ``code_known``: the code was judged before, and nobody is told of it again.
    """
    reasons = tuple(guards.arrival_believable(case, p, at))
    if reasons:
        return Refused(reasons)
    arrived = at.calendar.today(p.arrived_at)
    good = case.code_state is CodeState.GOOD or (case.code_state is CodeState.EXPIRED and case.state == "lapsed")
    held = None if good or code_known else held_by_system(case, HOLD_OF_CODE[case.code_state], at)
    held = held or suspected(case, at)
    forms, authority = _signed(case, p)
    rights = _rights_asked(case, p)
    told: list[Reason] = []
    if not good and not code_known:
        told.append(Reason(f"code_{case.code_state}", {"case": case.number}))
    told += [Reason(f"suspicion_{s.code}", {"cases": list(s.cases)}) for s in case.suspicions]
    return Change(
        facts=_facts_of_arrival(case, p, at, rights, good=good),
        rights=dict.fromkeys(rights) if p.rights else None,
        forms=forms,
        documents=tuple(
            replace(document, arrived_on=arrived, judged=case.stated.get(document.holder)) for document in p.documents
        ),
        authority=None
        if authority is None
        else replace(
            authority,
            arrived_on=arrived,
            subject=case.stated.get(Party.SUBJECT),
            representative=case.stated.get(Party.REPRESENTATIVE),
        ),
        corrections=p.corrections,
        fates=void_letters(case, at, LetterKind.REMINDER, LetterKind.LAPSE_NOTICE),
        use_code=good and not code_known,
        hold=in_place_of(case.hold, held),
        notices=tuple(Tell(Role.LEAD, reason) for reason in told),
        told=tuple(told),
        details={
            "arrived_on": arrived.isoformat(),
            "forms": list(p.forms),
            "pages": p.pages,
            "code": case.code_state,
            "documents": [f"{document.holder}:{document.type}" for document in p.documents],
            "round": case.rounds,
        },
    )


def as_it_stands(case: Case) -> Before:
    """Return what an arrival adds to, as it is now: should it be registered wrongly, it is put right from here."""
    return Before(
        rights=tuple(case.rights),
        forms=case.forms,
        asked=case.asked,
        halt=case.halt,
        method=case.method,
        corrections=case.corrections,
        arrived_on=case.arrived_on,
        first_arrived_on=case.first_arrived_on,
        came_from=case.came_from,
        vouched=tuple(v for v in case.vouched if v.how == standing.SIGNED),
        before=case.before,
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
        "first_arrived_on": case.first_arrived_on or arrived,
        "asked": _ticked(case, p, rights),
        "before": as_it_stands(case),
        "vouched": (*case.vouched, *standing.signatures(case, signed_now, at.actor.name)),
    }
    if p.halt is not None:
        facts["halt"] = p.halt
    if p.method is not None and (FormName.DISCLOSURE in p.forms or not case.regime.own_form_required):
        facts["method"] = p.method  # it stands on that form, and nothing else in the envelope says so
    if good and case.came_from is None:
        facts["came_from"] = case.mailed_to
    return facts


def _signed(case: Case, p: ReceiveForms) -> tuple[dict[FormName, bool], Authority | None]:
    """Return the forms that are here, each with whether it is signed, and the proof of representation that came."""
    signed = p.signed or {}
    forms = dict(case.forms)
    for form in p.forms:
        forms[form] = forms.get(form, False) or signed.get(form, False)
    for form in _claimed_anew(case, p):  # a signature is of the claims it stands under
        forms[form] = form in p.forms and signed.get(form, False)
    authority = p.authority
    if p.authority is not None and p.authority.type == "proxy_statement":
        here = signed.get(FormName.PROXY, p.authority.signed)
        forms[FormName.PROXY] = forms.get(FormName.PROXY, False) or here
        authority = replace(p.authority, signed=p.authority.signed and here)
    elif case.representative is RepresentativeKind.AGENT and p.authority is None and FormName.PROXY in p.forms:
        # The form IS the proof, and this one's signature counts: the one before may have named another agent.
        authority = Authority(type="proxy_statement", signed=signed.get(FormName.PROXY, False))
    return forms, authority


def _claimed_anew(case: Case, p: ReceiveForms) -> Iterator[FormName]:
    """Yield the forms on which claims stand that came now and are other than before.

    Where the law wants no form of ours, a letter may claim without one.
    """
    said = {FormName.CORRECTION: bool(p.corrections), FormName.HALT: p.halt is not None and p.halt != case.halt}
    for form, anew in said.items():
        if anew and (form in p.forms or (form in case.forms and case.regime.own_form_required)):
            yield form


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
        and (form_of(right) not in p.forms or (case.asked[right] and form_of(right) not in again))
    ]
    return tuple(dict.fromkeys([*before, *p.rights]))


def _ticked(case: Case, p: ReceiveForms, rights: Iterable[Right]) -> dict[Right, bool]:
    """Return the rights whose box stands ticked on a form that came back, and whether such a form was signed.

    A box left empty on a signed form that came again is ticked no more. Where the law wants no form of ours, any
    writing asks for what it asks for; one that names nothing adds nothing to what was asked before.
    """
    signed = p.signed or {}
    again = [form for form in p.forms if p.rights and signed.get(form, False)]
    ticked = {right: was for right, was in case.asked.items() if form_of(right) not in again}
    for right in rights:
        form = form_of(right)
        if form in p.forms:
            ticked[right] = ticked.get(right, False) or signed.get(form, False)
        elif not case.regime.own_form_required and form not in case.forms and (p.rights or not case.asked):
            ticked[right] = True
    return ticked


def amendment(case: Case, p: Amend, at: At) -> Change | Refused:
    """Write what changes; a mailing that still lies in the house and shows it is ordered again.

    What the change takes away from what was proven is told to whoever ordered it.
    """
    given = {Party.SUBJECT: p.subject or {}, Party.REPRESENTATIVE: p.representative or {}}
    mail_to = p.mail_to or case.mail_to
    kind = amended_kind(case, given[Party.REPRESENTATIVE])
    if p.drop_representative:
        if p.representative or case.representative is None:
            return Refused((Reason("nobody_to_drop", {"case": case.number}),))
        kind, mail_to = None, p.mail_to or Party.SUBJECT
    moves = mail_to is not case.mail_to or not ADDRESS.isdisjoint(given[mail_to])
    if nobody_named(case, p) or (given[Party.REPRESENTATIVE] and kind is None):
        return Refused((Reason("representative_unnamed", {"case": case.number}),))
    if mail_to is Party.REPRESENTATIVE and kind is None:
        return Refused((Reason("no_representative", {"case": case.number}),))
    rights = case.rights if p.rights is None else {right: case.rights.get(right) for right in p.rights}
    addresses = frozenset(party for party in Party if given[party].get("address", party in case.addresses))
    if p.drop_representative:
        addresses -= {Party.REPRESENTATIVE}
    stated = case.proposed if case.proposed is not None else case.stated
    facts = {
        name: value
        for name in ("category", "channel", "language", "received_at", "address_on_record")
        if (value := getattr(p, name)) is not None
    }
    if moves and p.address_on_record is None:
        facts["address_on_record"] = False  # what was said to be on record was the address before
    facts |= {"mail_to": mail_to, "addresses": addresses, "representative": kind, "stated": stated}
    written = any(not ADDRESS.isdisjoint(said) for said in given.values())  # the mail may be sent there later
    births = any("birth_date" in said for said in given.values())
    facts["said_by"] = said_by(case, at, address=moves or written, birth=births)
    shows = moves or p.rights is not None or p.language is not None or kind is not case.representative
    amended = replace(
        case, rights=rights, representative=kind, mail_to=mail_to, addresses=addresses, stated=stated,
        address_on_record=bool(facts.get("address_on_record", case.address_on_record)),
    )  # fmt: skip
    letters, fates, rounds = mailing_again(amended, shows or "name" in given[Party.SUBJECT], at)
    if p.rights is not None and case.before is not None:
        facts["before"] = replace(case.before, rights=tuple(rights))
    return Change(
        facts={**facts, "rounds": rounds},
        rights=rights if p.rights is not None else None,
        subject=p.subject,
        agent=p.representative,
        note=p.note,
        letters=letters,
        fates=fates,
        void_codes=bool(letters),
        hold=in_place_of(case.hold, suspected(case, at)),
        notices=suspicions_told(case),
        told=_newly_missing(case, amended, at),
        details={"changed": sorted(changed(p))},
    )


def said_by(case: Case, at: At, *, address: bool, birth: bool) -> dict[str, tuple[str, ...]]:
    """Return who wrote down what no paper shows, with whoever does so now: they cannot vouch for it.

    In an office of one, chosen openly, there is nobody else.
    """
    now = [what for what, does in (("address", address), ("birth", birth)) if does and not at.sole]
    names = {what: tuple(dict.fromkeys([*case.said_by.get(what, ()), at.actor.name])) for what in now}
    return {**case.said_by, **names}


def nobody_named(case: Case, p: Amend) -> bool:
    """Whether an amendment tells something of a representative whom nobody has named."""
    return (
        bool(p.representative) and Party.REPRESENTATIVE not in case.stated and not (p.representative or {}).get("name")
    )


def undone_by(case: Case, p: Amend) -> list[str]:
    """Return what of the proven an amendment changes: with any of it, it is a step back, recorded as such."""
    kind = None if p.drop_representative else amended_kind(case, p.representative or {})
    mail_to = p.mail_to or (Party.SUBJECT if p.drop_representative else case.mail_to)
    unasked = [right for right in p.rights or () if not case.asked.get(right, False) and right not in case.rights]
    return sorted({*standing.touched(case, mail_to, kind), *(["rights"] if unasked else [])})


def _newly_missing(before: Case, after: Case, at: At) -> tuple[Reason, ...]:
    """Return what nobody would have asked for before the amendment: gaps of a case of which something arrived."""
    if before.first_arrived_on is None:
        return ()
    known = guards.deficiencies(before, at)
    return tuple(reason for reason in guards.deficiencies(after, at) if reason not in known)


def vouching(case: Case, at: At, *, address_by: str | None, birth: bool) -> Case:
    """Return the case with what whoever verifies vouches for by name."""
    said = [("address", address_by)] if address_by is not None else []
    said += [("birth", "seen")] if birth else []
    added = tuple(Vouched(what, str(how), standing.covered(case, what), at.actor.name) for what, how in said)
    return replace(case, vouched=(*case.vouched, *added))


def release(case: Case, at: At) -> Change:
    """Write who released, void what is obsolete, order the answer."""
    sole = at.sole and at.actor.name in (case.verified_by, case.decided_by)
    outcomes = {right: outcome.outcome for right, outcome in case.rights.items() if outcome is not None}
    return Change(
        facts={"released_by": at.actor.name, "sole": sole},
        letters=(OrderLetter(kind=LetterKind.DISCLOSURE_NOTIFICATION),),
        fates=void_letters(case, at, LetterKind.REMINDER, *MAILINGS),
        void_codes=True,
        details={
            "outcomes": outcomes,
            "verified_by": case.verified_by,
            "decided_by": case.decided_by,
            "sole": sole,
            **({} if case.corrects is None else {"corrects": case.corrects}),
        },
    )


def void_letters(case: Case, at: At, *kinds: LetterKind) -> tuple[LetterFate, ...]:
    """Return the end of every unposted letter of these kinds: it must not leave the house any more."""
    return tuple(
        LetterFate(number=letter.number, state=LetterState.VOID, on=at.today)
        for letter in case.letters
        if letter.unposted and letter.kind in kinds
    )


def held_by_system(case: Case, code: HoldReason, at: At, linked: tuple[str, ...] = ()) -> OnHold:
    """Return a hold that only the lead lifts, with the cases it is shared with."""
    until = at.calendar.add_working_days(at.today, HOLD_WORKING_DAYS)
    return OnHold("system", code, at.today, until, case.seq + 1, linked)


def in_place_of(before: OnHold | None, held: OnHold | None) -> OnHold | None:
    """A hold for the lead takes the place of a person's, which anybody could lift; the days on hold go on counting."""
    if held is None or before is None or before.by_system:
        return held if before is None else None
    return replace(held, since=before.since)


def suspected(case: Case, at: At) -> OnHold | None:
    """Return the hold for the lead where a pattern of fraud or mistake shows (F6)."""
    if not case.suspicions:
        return None
    linked = tuple(dict.fromkeys(number for suspicion in case.suspicions for number in suspicion.cases))
    return held_by_system(case, HoldReason.SUSPECTED_FRAUD, at, linked)


def suspicions_told(case: Case) -> tuple[Tell, ...]:
    """Return what the lead is told of the patterns found."""
    return tuple(Tell(Role.LEAD, Reason(f"suspicion_{s.code}", {"cases": list(s.cases)})) for s in case.suspicions)


def amended_kind(case: Case, given: Mapping[str, object]) -> RepresentativeKind | None:
    """Return by what right the representative acts once the amendment is written."""
    kind = given.get("kind")
    return RepresentativeKind(str(kind)) if kind is not None else case.representative


def changed(p: Amend) -> list[str]:
    """Return which keys were given, never what they say."""
    names = ("rights", "category", "channel", "language", "received_at", "mail_to", "address_on_record", "note")
    changed = [name for name in names if getattr(p, name) is not None]
    changed += ["representative"] if p.drop_representative else []
    for party, given in (("subject", p.subject), ("representative", p.representative)):
        changed += [f"{party}.{key}" for key in given or {}]
    return changed
