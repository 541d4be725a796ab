"""What several transitions of the request write alike: a pack, an amendment, a release, a hold for the lead. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from workflows.engine.case import At, OnHold, Tell
from workflows.engine.machine import Refused
from workflows.engine.numbers import letter_number
from workflows.engine.values import Reason, Role
from workflows.law.values import RepresentativeKind, Right
from workflows.letters import DeliveryWay, LetterFate, LetterState
from workflows.office.forms import PROXY_STATEMENT
from workflows.office.start import SentBy
from workflows.request import (
    clocks,
    deficiency,
    delivery,
    forms,
    guards,
    identity,
    representation,
    rights,
    searches,
    standing,
)
from workflows.request.case import MAILINGS, Case, Change, OrderLetter
from workflows.request.payloads import Amend
from workflows.request.values import FormName, HoldReason, LetterKind, PackOut, Party, Vouched

HOLD_WORKING_DAYS = 20
"""How long a hold lasts where nobody says otherwise."""

ADDRESS = frozenset({"address", "postcode", "country", "name"})


def pack(round_: int, case: Case) -> tuple[OrderLetter, ...]:
    """Return the order of a round's pack: each form that the case needs, once (S16)."""
    return (OrderLetter(kind=LetterKind.REQUEST_FORMS, round=round_, forms=forms.needed(case)),)


def mailing_again(case: Case, shows: bool, at: At) -> tuple[tuple[OrderLetter, ...], tuple[LetterFate, ...], int]:
    """Return the round's mailing ordered again where an amendment changes what it shows and it is not yet posted."""
    if case.state != "contacted" or not case.addressed:
        return (), (), case.rounds
    letter = case.round_letter
    if letter is None or not letter.unposted:  # none yet, or it came back: the next round
        return pack(case.rounds + 1, case), (), case.rounds + 1
    if not shows:
        return (), (), case.rounds
    fates = (LetterFate(number=letter.number, state=LetterState.VOID, on=at.today), *void_supplements(case, at))
    if letter.kind == LetterKind.REQUEST_FORMS:
        return pack(case.rounds, case), fates, case.rounds
    found = guards.deficiencies(case, at)
    wanted = [str(reason.params["what"]) for reason in found]
    again = OrderLetter(
        kind=letter.kind,
        round=case.rounds,
        missing=deficiency.told(found, wanted, case, at.today),
        forms=forms_again(case, wanted, found),
    )
    return (again,), fates, case.rounds


def sent_again(case: Case, amended: Case, at: At) -> Change:
    """Return what sends the round's forms once more: a new code, the old one void, and nothing said of the post.

    A notice asks again for what it asked for, and for what the rules find missing in the case as *amended*.
    """
    letter = case.round_letter
    rounds = case.rounds + 1
    letters = pack(rounds, amended)
    if letter is not None and letter.kind == LetterKind.DEFICIENCY_NOTICE:
        found = guards.deficiencies(amended, at)
        asked = case.past.last("ask_again")
        named = [] if asked is None else [str(word) for word in asked.details.get("missing", ())]
        wanted = list(dict.fromkeys([*named, *(str(reason.params["what"]) for reason in found)]))
        letters = (
            OrderLetter(
                kind=letter.kind,
                round=rounds,
                missing=deficiency.told(found, wanted, amended, at.today),
                forms=forms_again(amended, wanted, found),
            ),
        )
    out = letter.number if letter is not None else ""
    return Change(
        facts={"rounds": rounds, "posted_on": None, "mailed_to": None},
        letters=letters,
        fates=end_of_waiting(case, at, *MAILINGS),
        void_codes=True,
        told=(Reason("sent_again", {"letter": out}),),
        details={"letter": out, "round": rounds},
    )


def unless_known(what: str, case: Case) -> Reason | None:
    """Return why a word of ``ask-again --missing`` or ``override --what`` cannot be used."""
    sentence = identity.explain_missing(what, case.regime, case.office)
    return None if sentence.code.startswith("deficiency.") else sentence


def forms_again(case: Case, wanted: Iterable[str], found: Iterable[Reason] = ()) -> tuple[FormName, ...]:
    """Return the forms a deficiency notice encloses: those named, or all where a signature or pages are missing.

    A mandate that came, and of which nothing was *found* wrong, is not asked for again.
    """
    words = set(wanted)
    needed = forms.needed(case)
    if words & {"pages"}:
        return needed
    named = {word.removeprefix("form:") for word in words if word.startswith("form:")}
    if "unsigned" in words:
        named |= {form for form, signed in case.forms.items() if not signed}
        named |= {str(forms.form_of(case, right)) for right, signed in case.asked.items() if not signed}
    if "unsealed" in words:
        named |= {*case.unsealed}
    if "correction" in words:
        named |= {str(forms.form_of(case, Right.CORRECTION))}
    if "authority" in words and not _mandate_stands(case, found):
        named |= {*forms.mandates(case.office)}
    papers = {word.removeprefix("paper:") for word in words if word.startswith("paper:")}
    named |= {form.code for form in case.office.start.forms if form.paper in papers}
    return tuple(form for form in needed if form in named)


def _mandate_stands(case: Case, found: Iterable[Reason]) -> bool:
    """Whether something else than the mandate is missing of the right to represent."""
    lacking = [reason for reason in found if reason.params.get("what") == "authority"]
    faulty = any(reason.params.get("document") == PROXY_STATEMENT for reason in lacking)
    came = any(proof.type == PROXY_STATEMENT for proof in standing.authorities(case)[0])
    return bool(lacking) and came and not faulty


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
    if unfit := tuple(_unfit_representative(case, p, kind, mail_to)):
        return Refused(unfit)
    rights = case.rights if p.rights is None else {right: case.rights.get(right) for right in p.rights}
    addresses = frozenset(party for party in Party if given[party].get("address", party in case.addresses))
    if p.drop_representative:
        addresses -= {Party.REPRESENTATIVE}
    stated = case.proposed if case.proposed is not None else case.stated
    names = ("category", "channel", "language", "received_at", "address_on_record")
    facts = {name: value for name in names if (value := getattr(p, name)) is not None}
    if moves and p.address_on_record is None:
        facts["address_on_record"] = False  # what was said to be on record was the address before
    facts |= {"mail_to": mail_to, "addresses": addresses, "representative": kind, "stated": stated}
    facts |= _emails_anew(case, given) | _registered_anew(case, p)
    written = any(not ADDRESS.isdisjoint(said) for said in given.values())  # the mail may be sent there later
    births = any("birth_date" in said for said in given.values())
    facts["said_by"] = said_by(case, at, address=moves or written, birth=births)
    shows = moves or p.rights is not None or p.language is not None or kind is not case.representative
    shows = shows or "name" in given[Party.SUBJECT]
    amended = _amended(
        case, rights=rights, representative=kind, mail_to=mail_to, addresses=addresses, stated=stated,
        address_on_record=bool(facts.get("address_on_record", case.address_on_record)),
    )  # fmt: skip
    letters, fates, rounds = mailing_again(amended, shows and not case.unchanged, at)
    if case.unchanged and not letters:  # what came back is sent to the same address once more; else it is a slip
        return Refused((Reason("amended_nothing", {"case": case.number}),))
    change = Change(
        facts={**facts, "rounds": rounds, **owed_anew(case, rights), **_before_anew(case, p)},
        rights=rights if p.rights is not None else None,
        subject=p.subject,
        agent=p.representative,
        note=p.note,
        letters=letters,
        fates=fates,
        void_codes=bool(letters),
        hold=in_place_of(case.hold, suspected(case, at)),
        notices=suspicions_told(case),
        told=(
            *_told_of_the_pack(case, p, shows=moves or "name" in given[Party.SUBJECT]),
            *_newly_missing(case, amended, at),
            *known_already(replace(case, linked=()), suspected(case, at)),
        ),
        details={"changed": sorted(changed(p))},
    )
    lacking = forms_after(case, amended) if p.pack is None else ()
    return _with_forms_after(change, case, lacking, rounds) if lacking else change


def _unfit_representative(case: Case, p: Amend, kind: RepresentativeKind | None, mail_to: Party) -> Iterator[Reason]:
    """Yield why what an amendment says of a representative cannot be."""
    if nobody_named(case, p) or (p.representative and kind is None):
        yield Reason("representative_unnamed", {"case": case.number})
    elif mail_to is Party.REPRESENTATIVE and kind is None:
        yield Reason("no_representative", {"case": case.number})
    yield from representation.not_taken(kind, case.regime)
    yield from representation.written_to_the_dead(kind, mail_to)


def _emails_anew(case: Case, given: Mapping[Party, Mapping[str, object]]) -> dict[str, object]:
    """Return whose e-mail address is known after an amendment, where forms may go there."""
    if SentBy.EMAIL not in case.office.start.forms_sent_by:
        return {}
    return {"emails": frozenset(party for party in Party if given[party].get("email", party in case.emails))}


def _registered_anew(case: Case, p: Amend) -> dict[str, object]:
    """Return whether the number of a representative's registration is known after an amendment."""
    if p.drop_representative:
        return {"registered": False}
    given = p.representative or {}
    return {"registered": bool(given["registration"])} if "registration" in given else {}


def _with_forms_after(change: Change, case: Case, lacking: tuple[FormName, ...], rounds: int) -> Change:
    """Return an amendment that sends the forms after which the ones in the post lack."""
    return replace(
        change,
        facts={**change.facts, "supplements": (*case.supplements, next_letter(case))},
        letters=(OrderLetter(kind=LetterKind.REQUEST_FORMS, round=rounds, forms=lacking),),
        told=(Reason("form_sent_after", {"forms": [forms.named(case.office, form) for form in lacking]}), *change.told),
    )


def _amended(case: Case, **fields: Any) -> Case:
    """Return the case with these fields: the same one where none of them says anything new."""
    return case if all(getattr(case, name) == value for name, value in fields.items()) else replace(case, **fields)


def owed_anew(case: Case, rights: Iterable[Right]) -> dict[str, object]:
    """Return what starts the law's clock anew where only now a right is asked for that it counts for (APPI 39(1)).

    It ran for one that was dropped, perhaps, and then fired: a run of its own may fire again.
    """
    law = case.regime
    begins = case.first_arrived_on is not None and not clocks.counts(law, case.rights) and clocks.counts(law, rights)
    return {"legal_entry": case.seq + 1} if begins else {}


def _before_anew(case: Case, p: Amend) -> dict[str, object]:
    """Return what the last arrival added to, where other rights are asked for now: it would go back to these."""
    return {} if p.rights is None or case.before is None else {"before": replace(case.before, rights=p.rights)}


def forms_after(case: Case, amended: Case) -> tuple[FormName, ...]:
    """Return the forms that an amended case needs and the forms that are out in the post lack."""
    if case.state != "forms_mailed" or not amended.addressed:
        return ()
    out = forms.needed(case)
    return tuple(form for form in forms.needed(amended) if form not in out)


def next_letter(case: Case) -> str:
    """Return the number of the letter that a case orders next."""
    return letter_number(case.number, case.next_ordinal)


def _told_of_the_pack(case: Case, p: Amend, *, shows: bool) -> tuple[Reason, ...]:
    """Return what is said of forms that are out in the post under a name or to an address that is no more."""
    letter = case.round_letter
    if case.state != "forms_mailed" or not shows or p.pack is PackOut.SEND_AGAIN or letter is None:
        return ()
    return (Reason("pack_is_out", {"letter": letter.number, "case": case.number}),)


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
    if before.first_arrived_on is None or after is before:
        return ()
    return tuple(guards.newly_deficient(before, after, at))


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
        letters=tuple(OrderLetter(kind=kind) for kind in _answers(case)),
        fates=void_letters(case, at, LetterKind.REMINDER, *MAILINGS),
        void_codes=True,
        told=_how_it_goes(case),
        details={
            "outcomes": outcomes,
            "verified_by": case.verified_by,
            "decided_by": case.decided_by,
            "sole": sole,
            **({} if case.corrects is None else {"corrects": case.corrects}),
        },
    )


def _answers(case: Case) -> Iterator[LetterKind]:
    """Yield the letters of an answer: where a disc goes with it, its passphrase goes in an envelope of its own."""
    yield LetterKind.DISCLOSURE_NOTIFICATION
    if any(
        file.enclosed
        for right in rights.on_discs(case.rights, case.method)
        for _, file in searches.files(case.searches, right)
    ):
        yield LetterKind.DISC_PASSPHRASE


def _how_it_goes(case: Case) -> tuple[Reason, ...]:
    """Return how the answer will go, where the office's own procedure says it."""
    if not case.office.digest:
        return ()
    goes = delivery.going(case)
    if goes.way is not DeliveryWay.POST:
        return (Reason("answer_goes", {"to": goes.to, "way": f"way.{goes.way}"}),)
    posts = [f"mail_class.{goes.mail_class}", *(f"mail_extra.{extra}" for extra in goes.extras)]
    return (Reason("answer_goes_by", {"to": goes.to, "posts": posts}),)


def void_supplements(case: Case, at: At) -> tuple[LetterFate, ...]:
    """Return the end of every unposted mailing that was to bring a form after the round's own."""
    return tuple(
        LetterFate(number=letter.number, state=LetterState.VOID, on=at.today)
        for letter in case.letters
        if letter.unposted and letter.number in case.supplements
    )


def end_of_waiting(case: Case, at: At, *kinds: LetterKind) -> tuple[LetterFate, ...]:
    """Return the end of all that would still have gone out while forms were waited for, and of these kinds."""
    return (*void_letters(case, at, LetterKind.REMINDER, *kinds), *void_supplements(case, at))


def void_letters(case: Case, at: At, *kinds: LetterKind) -> tuple[LetterFate, ...]:
    """Return the end of every unposted letter of these kinds: it must not leave the house any more."""
    return tuple(
        LetterFate(number=letter.number, state=LetterState.VOID, on=at.today)
        for letter in case.letters
        if letter.unposted and letter.kind in kinds
    )


def held_by_system(
    case: Case, code: HoldReason, at: At, linked: tuple[str, ...] = (), why: tuple[str, ...] = ()
) -> OnHold:
    """Return a hold that only the lead lifts, with the cases it is shared with and the sentences that say why."""
    until = at.calendar.add_working_days(at.today, HOLD_WORKING_DAYS)
    return OnHold("system", code, at.today, until, case.seq + 1, linked, why)


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
    why = tuple(dict.fromkeys(tell.reason.code for tell in suspicions_told(case)))
    return held_by_system(case, HoldReason.SUSPECTED_FRAUD, at, linked, why)


def suspicions_told(case: Case) -> tuple[Tell, ...]:
    """Return what the lead is told of the patterns found."""
    return tuple(Tell(Role.LEAD, Reason(f"suspicion_{s.code}", {"cases": list(s.cases)})) for s in case.suspicions)


def known_already(case: Case, held: OnHold | None) -> tuple[Reason, ...]:
    """Return what whoever opens a case is told of others at once: what it is linked to, why it is held, for how long.

    Words of the number alone: a preview has none yet.
    """
    told = [Reason("linked_to", {"cases": list(case.linked)})] if case.linked else []
    told += [tell.reason for tell in suspicions_told(case)]
    if held is not None:
        told.append(Reason("held_until_lifted", {"day": held.until.isoformat()}))
    return tuple(told)


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
