"""What must be true before a transition, one function each: (case, at) -> the reasons why not.

A guard reads like the condition it stands for and says what is missing in words staff can act on. Guards that need the
payload too take it in the middle and are called by the transition's body.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from workflows import identity, representation, rights
from workflows.case import At, Case, Letter
from workflows.deadlines import months_after
from workflows.payloads import AskAgain, Decide, ReceiveForms, RecordPosting
from workflows.values import FormName, LetterState, OutcomeName, Party, Reason, Right, RightOutcome, Role


def someone_can_be_written_to(case: Case, at: At) -> Iterator[Reason]:
    """A letter needs a postal address."""
    if not case.addressed:
        yield Reason("no_address", {"case": case.number})


def the_rounds_letter_printed(case: Case, at: At) -> Iterator[Reason]:
    """What moves a case is the recorded posting of a printed letter, never the printing."""
    letter = case.round_letter
    if letter is None:
        yield Reason("no_mailing", {"case": case.number})
    elif letter.state in (LetterState.ORDERED, LetterState.MADE):
        yield Reason("not_printed", {"letter": letter.number})
    elif letter.state is not LetterState.PRINTED:
        yield Reason("already_posted", {"letter": letter.number})


def postable(letter: Letter | None, on: date | None, case: Case, at: At, number: str) -> Iterator[Reason]:
    """The posting day lies neither before the printing nor in the future; a void letter names its successor."""
    if letter is None:
        yield Reason("no_such_letter", {"letter": number, "case": case.number})
        return
    if letter.state is LetterState.VOID:
        successor = case.round_letter
        if successor is not None and letter.round is not None:
            yield Reason("letter_void_successor", {"letter": letter.number, "successor": successor.number})
        else:
            yield Reason("letter_void", {"letter": letter.number})
    elif letter.state in (LetterState.ORDERED, LetterState.MADE):
        yield Reason("not_printed", {"letter": letter.number})
    elif letter.state is not LetterState.PRINTED:
        yield Reason("already_posted", {"letter": letter.number})
    elif on is not None and on > at.today:
        yield Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    elif on is not None and letter.printed_on is not None and on < letter.printed_on:
        yield Reason("posted_before_printed", {"day": on.isoformat(), "printed": letter.printed_on.isoformat()})


def returnable(letter: Letter | None, on: date | None, case: Case, at: At, number: str) -> Iterator[Reason]:
    """Only a posted letter comes back, and not before it went."""
    if letter is None:
        yield Reason("no_such_letter", {"letter": number, "case": case.number})
    elif letter.state is not LetterState.POSTED:
        yield Reason("not_posted", {"letter": letter.number})
    elif on is not None and on > at.today:
        yield Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    elif on is not None and letter.posted_on is not None and on < letter.posted_on:
        yield Reason("returned_before_posted", {"day": on.isoformat(), "posted": letter.posted_on.isoformat()})


def arrival_believable(case: Case, p: ReceiveForms, at: At) -> Iterator[Reason]:
    """Forms arrive after the case began and not in the future; the arrival is the legal moment (S18)."""
    arrived = at.calendar.today(p.arrived_at)
    if p.arrived_at > at.now:
        yield Reason("in_the_future", {"day": arrived.isoformat(), "today": at.today.isoformat()})
    elif arrived < case.opened_on:
        yield Reason("arrived_before_opened", {"day": arrived.isoformat(), "opened": case.opened_on.isoformat()})
    elif case.posted_on is not None and arrived < case.posted_on:
        yield Reason("arrived_before_posted", {"day": arrived.isoformat(), "posted": case.posted_on.isoformat()})


def forms_complete(case: Case, at: At) -> Iterator[Reason]:
    """Every form the rights and the representation ask for is here and signed (S16, S19).

    A regime that does not know our own forms (GDPR) takes any writing; what was sent back must still be signed.
    """
    for form in rights.forms_for(case.rights, case.representative):
        what = f"form:{form}"
        if form not in case.forms:
            if what not in case.overridden and case.regime.own_form_required:
                yield Reason("form_missing", {"form": f"form.{form}", "what": what})
        elif not case.forms[form] and "unsigned" not in case.overridden:
            yield Reason("form_unsigned", {"form": f"form.{form}", "what": "unsigned"})
    asked = Right.CORRECTION in case.rights and FormName.CORRECTION in case.forms
    if asked and not case.corrections and "correction" not in case.overridden:
        yield Reason("correction_unnamed", {"what": "correction"})


def identity_proven(case: Case, at: At) -> Iterator[Reason]:
    """One document with a photograph or two others, for the subject and for the representative (S22-S27)."""
    holders = [Party.SUBJECT] if case.representative is None else [Party.SUBJECT, Party.REPRESENTATIVE]
    for holder in holders:
        yield from identity.gaps(holder, case.documents, case.regime, overridden=case.overridden)


def representation_proven(case: Case, at: At) -> Iterator[Reason]:
    """The right to represent is proven by any one paper of the table (S24-S26)."""
    if case.representative is not None:
        yield from representation.gaps(
            case.representative,
            case.authorities,
            case.regime,
            subject_birth_date=case.birth_date,
            arrived_on=case.arrived_on or at.today,
            documents=case.documents,
            overridden=case.overridden,
        )


def masking_taken_on(case: Case, at: At) -> dict[str, list[str]]:
    """Return the proofs whose masking nobody wrote down: whoever verifies the case answers for it (S27)."""
    if case.representative is None:
        return {}
    types = representation.unanswered(
        case.representative,
        case.authorities,
        case.regime,
        arrived_on=case.arrived_on or at.today,
        documents=case.documents,
    )
    return {"masking_by_verifier": types} if types else {}


def address_proven(case: Case, at: At) -> Iterator[Reason]:
    """The answer goes only to an address that the evidence shows or that is already on record."""
    yield from identity.address_gaps(
        case.mail_to,
        case.documents,
        case.regime,
        on_record=case.address_on_record,
        overridden=case.overridden,
    )


def deficiencies(case: Case, at: At) -> list[Reason]:
    """Return all that is missing before identity is verified: the engine's own list for one deficiency notice."""
    guards = (forms_complete, identity_proven, representation_proven, address_proven)
    return [reason for guard in guards for reason in guard(case, at)]


def asked_for_more(case: Case, p: AskAgain, at: At) -> Iterator[Reason]:
    """Nobody may ask for more than the table without a recorded reason."""
    found = {str(reason.params.get("what")) for reason in deficiencies(case, at)}
    beyond = [what for what in p.missing if what not in found]
    approved = {o.what for o in case.overrides if o.approved_by is not None}
    if beyond and not p.reason and not set(beyond) <= approved:
        yield Reason("asks_for_more", {"beyond": beyond, "missing": sorted(found)})


def outcomes_fit(case: Case, p: Decide, at: At) -> Iterator[Reason]:
    """Each right has its own outcome, with ground and explanation where they are asked for (section 7)."""
    for right in case.rights:
        if right not in p.outcomes:
            yield Reason("right_undecided", {"right": f"right.{right}"})
    for right, outcome in p.outcomes.items():
        if right not in case.rights:
            yield Reason("right_not_asked", {"right": f"right.{right}"})
        else:
            yield from rights.outcome_gaps(
                right,
                outcome,
                case.regime,
                state=case.state,
                asked_method=case.method,
                halt=case.halt,
                corrections=case.claims,
                on=at.today,
            )


def every_right_decided(case: Case, at: At) -> Iterator[Reason]:
    """Nothing is released while a right has no outcome (S5)."""
    for right, outcome in case.rights.items():
        if outcome is None:
            yield Reason("right_undecided", {"right": f"right.{right}"})


def something_granted(case: Case, at: At) -> Iterator[Reason]:
    """Fulfilled means that at least one right was not refused."""
    if _all_refused(case.rights.values()):
        yield Reason("all_refused", {"case": case.number})


def everything_refused(case: Case, at: At) -> Iterator[Reason]:
    """Refused means that every right was."""
    if any(outcome is not None and outcome.outcome is not OutcomeName.REFUSED for outcome in case.rights.values()):
        yield Reason("not_all_refused", {"case": case.number})


def released_by_another(case: Case, at: At) -> Iterator[Reason]:
    """Who releases has neither verified nor decided what is now in force (S51, F4)."""
    if at.sole:
        return
    if at.actor.name == case.verified_by:
        yield Reason("verified_it_themselves", {})
    if at.actor.name == case.decided_by:
        yield Reason("decided_it_themselves", {})


def answer_address_proven(case: Case, at: At) -> Iterator[Reason]:
    """A released answer, too, goes only where it may; a procedural refusal goes where the forms went."""
    if case.verified_by is not None:
        yield from address_proven(case, at)


def lead_if_the_system_held(case: Case, at: At) -> Iterator[Reason]:
    """A hold set by the system is lifted by the lead alone."""
    if case.hold is None:
        yield Reason("not_on_hold", {"case": case.number})
    elif case.hold.by_system and Role.LEAD not in at.actor.roles:
        yield Reason("held_by_system", {"code": f"hold.{case.hold.code}"})


def not_yet_on_hold(case: Case, at: At) -> Iterator[Reason]:
    """A case is on hold once."""
    if case.hold is not None:
        yield Reason("already_on_hold", {"until": case.hold.until.isoformat()})


def regime_extends(case: Case, at: At) -> Iterator[Reason]:
    """An extension exists only where the law knows it, once, and is told in time. GDPR 12(3); the APPI has none."""
    if case.regime.extension is None:
        yield Reason("regime_knows_no_extension", {"regime": case.regime.name})
    elif case.extended:
        yield Reason("extended_already", {"case": case.number})
    else:
        last = months_after(case.opened_on, case.regime.extension.notice_within_months, at.calendar)
        if at.today > last:
            yield Reason("too_late_to_extend", {"last": last.isoformat(), "opened": case.opened_on.isoformat()})


def a_letter_came_back(case: Case, at: At) -> Iterator[Reason]:
    """Only what came back is posted again."""
    if not any(letter.state is LetterState.RETURNED for letter in newest_copies(case.letters)):
        yield Reason("nothing_returned", {"case": case.number})


def newest_copies(letters: Iterable[Letter]) -> list[Letter]:
    """Return each letter once, as its newest copy."""
    return list({letter.number: letter for letter in sorted(letters, key=lambda x: (x.ordinal, x.copy))}.values())


def an_override_is_asked_for(case: Case, at: At) -> Iterator[Reason]:
    """Approving needs something to approve."""
    if not any(o.approved_by is None for o in case.overrides):
        yield Reason("nothing_to_approve", {"case": case.number})


def approved_by_another(case: Case, at: At) -> Iterator[Reason]:
    """Accepting less evidence takes a reason and a second person (S23, F3)."""
    if not at.sole and any(o.approved_by is None and o.asked_by == at.actor.name for o in case.overrides):
        yield Reason("asked_it_themselves", {})


def no_evidence_for_a_new_address(case: Case, changes_address: bool, at: At) -> Iterator[Reason]:
    """From id_verified on, an address changes only where accepted evidence shows it."""
    if not changes_address or case.state != "id_verified":
        return
    shown = identity.accepted(case.mail_to, case.documents, case.regime)
    if not any(document.address == "other" for document in shown):
        yield Reason("address_needs_evidence", {"case": case.number})


def rounds_mailing(case: Case, p: RecordPosting) -> bool:
    """Whether the letter is the round's mailing of a case that waits for its posting."""
    letter = case.round_letter
    return letter is not None and letter.number == p.letter


def _all_refused(outcomes: Iterable[RightOutcome | None]) -> bool:
    return all(outcome is not None and outcome.outcome is OutcomeName.REFUSED for outcome in outcomes)
