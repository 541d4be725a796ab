"""What must be true before a transition, one function each: (case, at) -> the reasons why not.

A guard reads like the condition it stands for and says what is missing in words staff can act on. Guards that need the
payload too take it in the middle and are called by the transition's body.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from workflows.engine.case import At
from workflows.engine.values import Reason, Role
from workflows.law.values import Nature, OutcomeName, Right, RightOutcome
from workflows.letters import Letter, LetterState, RecordPosting
from workflows.office.answer import IN_PERSON, AnswerAddress
from workflows.request import clocks, delivery, forms, identity, representation, rights, searches, standing
from workflows.request.case import Case
from workflows.request.paying import fee_paid, with_the_answer
from workflows.request.payloads import Approve, AskAgain, CorrectAnswer, Decide, ReceiveForms, VerifyIdentity
from workflows.request.values import Override, Party


def someone_can_be_written_to(case: Case, at: At) -> Iterator[Reason]:
    """A letter needs a postal address."""
    if not case.addressed:
        yield Reason("no_address", {"case": case.number})


def someone_can_be_answered(case: Case, at: At) -> Iterator[Reason]:
    """Whoever the answer is addressed to has a postal address."""
    if delivery.addressee(case) not in case.addresses:
        yield Reason("no_address", {"case": case.number})


def the_rounds_letter_printed(case: Case, at: At) -> Iterator[Reason]:
    """What moves a case is the recorded posting of a printed letter, never the printing."""
    letter = case.round_letter
    if letter is None:
        yield Reason("no_mailing", {"case": case.number})
    elif letter.state in (LetterState.ORDERED, LetterState.MADE):
        yield Reason("not_printed", {"letter": letter.number})
    elif letter.state is LetterState.RETURNED:
        yield Reason("came_back_already", {"letter": letter.number})
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
    elif letter.state is LetterState.RETURNED:
        yield Reason("came_back_already", {"letter": letter.number})
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
    """Every form the rights and the representation ask for is here and signed (S16, S19), each right's box ticked (F5).

    A regime that does not know our own forms (GDPR) takes any writing; what was sent back must still be signed.
    """
    lifted = standing.overridden(case)
    for form in forms.needed(case):
        yield from forms.complete(case, form, lifted)
    for right in case.rights:  # where a form is no must, a right may stand on none
        if forms.form_of(case, right) is None and right not in case.asked:
            yield Reason("right_unwritten", {"right": f"right.{right}", "what": "unsigned"})
    yield from forms.papers_complete(case, lifted)
    came = forms.bearing(case.office, case.forms, Right.CORRECTION)
    if Right.CORRECTION in case.rights and came and not case.corrections and "correction" not in lifted:
        yield Reason("correction_unnamed", {"what": "correction"})


def identity_proven(case: Case, at: At) -> Iterator[Reason]:
    """The papers the rule asks for, of the subject and of the representative (S22-S27)."""
    for holder in representation.who_must_prove(case.representative, case.regime):
        papers = standing.papers(case, holder)
        asked = standing.asked_of(case, holder)
        found = identity.gaps(holder, papers.counting, case.regime, overridden=standing.overridden(case), asked=asked)
        yield from found
        if found:
            yield from papers.stale


def representation_proven(case: Case, at: At) -> Iterator[Reason]:
    """The right to represent is proven by any one paper of the table (S24-S26)."""
    if case.representative is None:
        return
    counting, stale = standing.authorities(case)
    found = representation.gaps(
        case.representative,
        counting,
        case.regime,
        subject_birth_date=case.birth_date,
        arrived_on=case.arrived_on or at.today,
        documents=case.documents,
        subjects=standing.papers(case, Party.SUBJECT).counting,
        overridden=standing.overridden(case),
    )
    yield from found
    if found:
        yield from stale
        return
    yield from representation.unnumbered(case.representative, counting, registered=case.registered)
    if case.representative.nature is not Nature.MANDATE or "authority" in standing.overridden(case):
        return
    # A mandate speaks for what it was given for; without a limit written down it speaks for what is asked.
    mandates = [proof for proof in counting if proof.type == "proxy_statement"]
    if mandates and all(proof.rights is not None for proof in mandates):
        given = {right for proof in mandates for right in proof.rights or ()}
        for right in case.rights:
            if right not in given:
                yield Reason("representation.beyond_the_mandate", {"what": "authority", "right": f"right.{right}"})


def masking_taken_on(case: Case, at: At) -> dict[str, list[str]]:
    """Return the proofs whose masking nobody wrote down: whoever verifies the case answers for it (S27)."""
    if case.representative is None:
        return {}
    types = representation.unanswered(
        case.representative,
        standing.authorities(case)[0],
        case.regime,
        arrived_on=case.arrived_on or at.today,
        documents=case.documents,
    )
    return {"masking_by_verifier": types} if types else {}


def address_proven(case: Case, at: At) -> Iterator[Reason]:
    """The answer goes only to an address that the evidence shows or that a verifier says is already on record.

    An office may say that the one stated will do; then it goes by a class of post that somebody must sign for.
    """
    if case.office.answer.address is AnswerAddress.AS_STATED:
        return
    to = delivery.answer_to(case)
    papers = standing.papers(case, to)
    for gap in identity.address_gaps(
        to,
        papers.counting,
        case.regime,
        on_record=standing.vouched_for(case, "address"),
        overridden=standing.overridden(case),
    ):
        if gap.code.startswith("identity.address_") and case.address_on_record:
            yield Reason("identity.address_hinted", gap.params)
        elif gap.code == "identity.address_differs" and papers.moved:
            yield Reason("identity.address_changed", gap.params)
        else:
            yield gap


def birth_dates_seen(case: Case, at: At) -> Iterator[Reason]:
    """A birth date told after the papers were judged was compared with none of them: whoever verifies looks again."""
    if not standing.vouched_for(case, "birth"):
        for holder in standing.unseen_birth_dates(case):
            yield Reason("identity.birth_date_unseen", {"what": f"document:{holder}", "holder": str(holder)})


def vouched_by_another(case: Case, at: At) -> Iterator[Reason]:
    """Nobody vouches for an address or a birth date they wrote down themselves."""
    for what in ("address", "birth"):
        if standing.vouchings(case, what) and not standing.vouched_for(case, what):
            yield Reason("vouched_their_own_word", {"what": f"vouched.{what}"})


def paper_shows_an_address(case: Case, p: VerifyIdentity, at: At) -> Iterator[Reason]:
    """The paper said to show the address as it now stands is an accepted one that shows an address."""
    if p.address_shown_by is None or p.address_on_record:
        return
    to = delivery.answer_to(case)
    papers = standing.papers(case, to).counting
    shown = identity.accepted(to, papers, case.regime, overridden=standing.overridden(case))
    showing = sorted({document.type for document in shown if identity.shows_an_address(document, case.regime)})
    if p.address_shown_by not in showing:
        yield Reason("no_paper_shows_an_address", {"word": p.address_shown_by, "known": showing})


def still_proven(case: Case, at: At) -> Iterator[Reason]:
    """What was verified covers the case as it is at the moment of release; a procedural refusal is looked at apart."""
    if case.verified_by is not None:
        yield from deficiencies(case, at)
        yield from birth_dates_seen(case, at)


def refusal_goes_where_the_forms_went(case: Case, at: At) -> Iterator[Reason]:
    """A refusal before anybody was verified goes to the address the forms were sent to, or to a proven one."""
    stated = case.stated.get(case.mail_to)
    elsewhere = case.verified_by is None and stated is not None and stated.address != case.mailed_to
    if elsewhere and any(True for _ in address_proven(case, at)):
        yield Reason("refusal_to_another_address", {"case": case.number})


def paid_before_it_goes(case: Case, at: At) -> Iterator[Reason]:
    """An answer nobody stands at the counter for is made once what is due with it is paid: then nothing holds it."""
    if delivery.going(case).way not in IN_PERSON:
        yield from with_the_answer(case, at)


def paid_before_posting(case: Case, letter: Letter, at: At) -> Iterator[Reason]:
    """Nothing of an answer goes into the post that is still to be paid for."""
    answer = delivery.answer_of(case)
    if answer is not None and answer.number == letter.number:
        yield from with_the_answer(case, at)


def withdrawal_told_where_they_live(case: Case, at: At) -> Iterator[Reason]:
    """Who ends somebody's request must not be able to keep it from them: they are told where they get their mail.

    That is where the forms came back from, before any did where they were sent; or an address that is proven.
    """
    stated, theirs = case.stated.get(case.mail_to), case.came_from or case.mailed_to
    elsewhere = theirs is not None and stated is not None and stated.address != theirs
    if elsewhere and any(True for _ in address_proven(case, at)):
        yield Reason("withdrawal_to_another_address", {"case": case.number})


def deficiencies(case: Case, at: At) -> list[Reason]:
    """Return all that is missing before identity is verified: the engine's own list for one deficiency notice."""
    guards = (forms_complete, identity_proven, representation_proven, address_proven, fee_paid)
    return [reason for guard in guards for reason in guard(case, at)]


def newly_deficient(before: Case, after: Case, at: At) -> list[Reason]:
    """Return the deficiencies of a case that it did not have before; one that lacks nothing now is not asked twice."""
    missing = deficiencies(after, at)
    known = deficiencies(before, at) if missing else ()
    return [reason for reason in missing if reason not in known]


def asked_for_more(case: Case, p: AskAgain, at: At) -> Iterator[Reason]:
    """Nobody may ask for more than the table without a recorded reason."""
    found = {str(reason.params.get("what")) for reason in deficiencies(case, at)}
    beyond = [what for what in p.missing if what not in found]
    beyond = [what for what in beyond if what not in forms.circumstantial(case)]
    approved = standing.overridden(case)
    if beyond and not p.reason and not set(beyond) <= approved:
        yield Reason("asks_for_more", {"beyond": beyond, "missing": sorted(found)})


def outcomes_fit(case: Case, p: Decide | CorrectAnswer, at: At) -> Iterator[Reason]:
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
    yield from searches.nothing_to_grant(case.searches, p.outcomes, case.rights)


def steps_before_done(case: Case, at: At) -> Iterator[Reason]:
    """Nothing is decided on the merits while a step of the office's own that stands before it is open."""
    yield from steps_open(case)


def steps_open(case: Case) -> Iterator[Reason]:
    """Yield the steps before the decision that are still to be taken; there are none before somebody is verified."""
    if case.verified_by is None:
        return
    for step in case.office.desks.steps:
        taken = case.course.step(step.code)
        if taken is None and step.always and not step.rights.isdisjoint(case.rights):
            yield Reason("step_not_opened", {"case": case.number, "step": step.code})
        elif taken is not None and taken.done_on is None:
            yield Reason("step_open", {"case": case.number, "step": step.code, "on": taken.opened_on.isoformat()})


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
    if at.actor.name in searches.found_by(case.searches):
        yield Reason("found_it_themselves", {})
    if at.actor.name in searches.chosen_by(case.searches):
        yield Reason("masked_it_themselves", {})


def departments_confirmed(case: Case, at: At) -> Iterator[Reason]:
    """What the answer says was corrected, halted or erased was done by every department that was asked to."""
    yield from searches.unconfirmed(case.searches, case.rights)


def what_was_found_is_chosen(case: Case, at: At) -> Iterator[Reason]:
    """Each file a department found goes out or is withheld by somebody's choice, and the decision says the same."""
    yield from searches.unchosen(case.searches, case.rights)
    yield from searches.told_whole(case.searches, case.rights)
    yield from searches.too_much_paper(case.searches, case.rights, rights.on_discs(case.rights, case.method))


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
    """An extension exists only where the law knows it, as often as it says, and is told in time (GDPR 12(3))."""
    if case.regime.extension is None:
        yield Reason("regime_knows_no_extension", {"regime": case.regime.name})
        return
    reasons = [reason for each in case.regime.extensions for reason in each.reasons]
    missing = [list(extension_missing(case, reason, at)) for reason in reasons]
    if all(missing):
        yield from missing[0]


def extension_missing(case: Case, reason: str, at: At) -> Iterator[Reason]:
    """Yield why no more time can be taken for that reason now."""
    known = case.regime.extension_for(reason)
    if known is None:
        possible = [f"extend.{word}" for each in case.regime.extensions for word in each.reasons]
        yield Reason("no_such_reason_to_extend", {"reason": f"extend.{reason}", "known": possible})
    elif sum(word in known.reasons for word in case.extended_for) >= known.times:
        yield Reason("extended_already", {"case": case.number})
    else:
        last, since = clocks.notice_by(case, at.calendar, reason), clocks.answer_since(case)
        if last is None or since is None:
            yield Reason("nothing_to_extend_yet", {"case": case.number})
        elif at.today > last:
            yield Reason("too_late_to_extend", {"last": last.isoformat(), "opened": since.isoformat()})


def a_letter_came_back(case: Case, at: At) -> Iterator[Reason]:
    """Only what came back is posted again."""
    if not any(letter.state is LetterState.RETURNED for letter in newest_copies(case.letters)):
        yield Reason("nothing_returned", {"case": case.number})


def newest_copies(letters: Iterable[Letter]) -> list[Letter]:
    """Return each letter once, as its newest copy."""
    return list({letter.number: letter for letter in sorted(letters, key=lambda x: (x.ordinal, x.copy))}.values())


def an_override_is_asked_for(case: Case, at: At) -> Iterator[Reason]:
    """Approving needs something to approve; what was asked for before the case was changed is to be asked anew."""
    if not to_approve(case):
        yield Reason("nothing_to_approve", {"case": case.number})


def one_to_approve(case: Case, p: Approve, at: At) -> Iterator[Reason]:
    """One exception is approved, looked at by itself, and by a second person (S23, F3)."""
    waiting = [o.what for o in to_approve(case)]
    if p.what is None and len(waiting) > 1:
        yield Reason("approve_which", {"waiting": waiting})
    elif p.what is not None and p.what not in waiting:
        yield Reason("nothing_such_to_approve", {"word": p.what, "waiting": waiting})
    elif not at.sole and any(o.asked_by == at.actor.name for o in to_approve(case) if p.what in (None, o.what)):
        yield Reason("asked_it_themselves", {})


def to_approve(case: Case) -> list[Override]:
    """Return what was asked for and waits for a second person, of the case as it stands now."""
    return [o for o in case.overrides if o.approved_by is None and standing.still_covers(case, o.what, o.covers)]


def rounds_mailing(case: Case, p: RecordPosting) -> bool:
    """Whether the letter is the round's mailing of a case that waits for its posting."""
    letter = case.round_letter
    return letter is not None and letter.number == p.letter


def _all_refused(outcomes: Iterable[RightOutcome | None]) -> bool:
    return all(outcome is not None and outcome.outcome is OutcomeName.REFUSED for outcome in outcomes)
