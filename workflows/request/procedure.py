"""The procedure: a request for disclosure, etc. (開示等の請求等), from first contact to the answer.

All of it stands here: the states, what becomes due in each, the clocks of the case, and every transition with who may
do it, what must be true first and what it writes. What a condition means is in workflows.request.guards and the rule
files beside it, what several transitions write alike in workflows.request.consequences; the law's numbers are data in
workflows/law.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from workflows.engine.case import At, OnHold, Tell
from workflows.engine.deadlines import (
    Deadline,
    after,
    every,
    months,
    on_calendar_day,
    on_calendar_day_at_opening,
    then,
    working_days,
)
from workflows.engine.machine import Machine, Refused, Start
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.procedure import Procedure
from workflows.engine.values import Reason, Role
from workflows.law.values import RepresentativeKind
from workflows.letters import LetterFate, LetterState, MailClass, RecordPosting, RecordReturn
from workflows.request import guards, standing
from workflows.request.case import MAILINGS, Case, Change, OrderLetter
from workflows.request.case import after as after_change
from workflows.request.consequences import (
    HOLD_WORKING_DAYS,
    amendment,
    arrival,
    deficiencies_told,
    forms_again,
    pack,
    release,
    said_by,
    suspected,
    suspicions_told,
    undone_by,
    unless_known,
    void_letters,
    vouching,
)
from workflows.request.letters import RequestLetter
from workflows.request.payloads import (
    Amend,
    Approve,
    AskAgain,
    AskOverride,
    Decide,
    Extend,
    Fulfil,
    Hold,
    MailForms,
    Open,
    ReceiveForms,
    Undeliverable,
    Unverify,
    VerifyIdentity,
    Void,
    Withdraw,
)
from workflows.request.promises import REMINDER_WORKING_DAYS, REPLY_WORKING_DAYS, promise
from workflows.request.rights import needs_confirmation, under_appi_39
from workflows.request.values import LetterKind, Override, Party
from workflows.request.waiting import end_instead, put_off_instead, their_time_is_over, told_to_register, unsorted

CLERK, VERIFIER, APPROVER, LEAD, SYSTEM = Role.CLERK, Role.VERIFIER, Role.APPROVER, Role.LEAD, Role.SYSTEM
CODE_DAYS = 180

ARRIVED = "arrived"
NOT_ARRIVED = "not arrived"

request: Machine[Change] = Machine(
    "request",
    version=3,
    change=Change,
    after=after_change,
    conditions={
        ARRIVED: lambda case: case.first_arrived_on is not None,
        NOT_ARRIVED: lambda case: case.first_arrived_on is None,
    },
    promise=promise,
    first=["hold_end"],
)


def chase(*, first: int, then_every: int) -> Deadline:
    """Return the office's way of chasing: at *first* and every *then_every* working days, five times, then every 5."""
    return then(working_days(first), then_every=working_days(then_every), times=5, at_last=working_days(5)).do(
        "escalate"
    )


def ends_their_time(fires: str) -> Deadline:
    """Return the end of waiting for forms: the last day is theirs, and a reminder was posted and gave its time."""
    ends = after(working_days(REPLY_WORKING_DAYS)).do(fires).after_the_whole_day()
    return ends.after_reminders(working_days(REMINDER_WORKING_DAYS))


# -- states, and what becomes due in them -----------------------------------------------------------------------

contacted = request.state(
    "contacted",
    initial=True,
    deadlines=[chase(first=2, then_every=2)],
)
forms_mailed = request.state(
    "forms_mailed",
    anchor="posted_on",
    deadlines=[
        after(working_days(10), working_days(20)).do("remind").after_reminders(working_days(REMINDER_WORKING_DAYS)),
        ends_their_time("lapse").when(NOT_ARRIVED),
        ends_their_time("give_up_waiting").when(ARRIVED),
    ],
)
forms_returned = request.state(
    "forms_returned",
    deadlines=[chase(first=3, then_every=3)],
)
id_verified = request.state(
    "id_verified",
    deadlines=[chase(first=5, then_every=3)],
)
fulfilled = request.state("fulfilled", closed=True)
refused = request.state("refused", closed=True)
withdrawn = request.state("withdrawn", closed=True)
lapsed = request.state("lapsed", closed=True)
voided = request.state("voided", closed=True)

OPEN = (contacted, forms_mailed, forms_returned, id_verified)
CLOSED = (fulfilled, refused, withdrawn, lapsed, voided)

# -- clocks of the case, of a hold and of letters ---------------------------------------------------------------


def _answer_owed(case: Case) -> Iterator[Start]:
    """APPI 39(1): runs from the first arrival until the answer is posted; neither hold nor closure stops it."""
    if case.regime.name != "jp-appi" or case.first_arrived_on is None or not under_appi_39(case.rights):
        return
    if case.state in (withdrawn, lapsed, voided) or any(
        letter.kind == LetterKind.DISCLOSURE_NOTIFICATION and letter.posted_on is not None for letter in case.letters
    ):
        return
    yield Start(0, case.first_arrived_on)


request.clock(on_calendar_day_at_opening(10).do("escalate", name="warn"), legal=True, warns=True, named=True)(
    _answer_owed
)
request.clock(on_calendar_day(15).do("escalate", name="appi_39"), legal=True, named=True)(_answer_owed)


@request.clock(after(months(1)).do("escalate", name="answer_due"), legal=True)
def _answer_due(case: Case) -> Iterator[Start]:
    """The law's own time for the answer, from the first contact. GDPR 12(3)."""
    if case.regime.answer is not None and not case.extended and case.state in OPEN:
        yield Start(0, case.opened_on)


@request.clock(after(months(3)).do("escalate", name="answer_due_extended"), legal=True)
def _extended_answer_due(case: Case) -> Iterator[Start]:
    """The same, two months later: an extension was told in time. GDPR 12(3)."""
    if case.regime.answer is not None and case.extended and case.state in OPEN:
        yield Start(0, case.opened_on)


@request.clock(after(working_days(1)).do("resume", name="hold_end"), stops=False)
def _hold_ends(case: Case) -> Iterator[Start]:
    """A hold set by a person ends after its last day, and the lead is told."""
    if case.hold is not None and not case.hold.by_system:
        yield Start(case.hold.seq, case.hold.until)


@request.clock(every(working_days(1), times=1, then=working_days(5)).do("escalate", name="hold_watch"), stops=False)
def _system_hold_outlasts(case: Case) -> Iterator[Start]:
    """A hold set by the system does not end by itself: the lead is told again and again."""
    if case.hold is not None and case.hold.by_system:
        yield Start(case.hold.seq, case.hold.until)


@request.clock(every(working_days(1), times=1, then=working_days(2)).do("escalate", name="unposted"), stops=False)
def _lies_unposted(case: Case) -> Iterator[Start]:
    """A letter that was made and not posted: one working day, then every two, for closed cases too."""
    for letter in case.letters:
        if letter.made_on is not None and letter.state in (LetterState.MADE, LetterState.PRINTED):
            yield Start(letter.entry, letter.made_on, letter.number)


@request.clock(every(working_days(2), times=1, then=working_days(5)).do("escalate", name="came_back"), stops=False)
def _came_back(case: Case) -> Iterator[Start]:
    """A letter that came back (a round's mailing has its own way: undeliverable)."""
    for letter in guards.newest_copies(case.letters):
        if letter.state is LetterState.RETURNED and letter.returned_on is not None and letter.kind not in MAILINGS:
            yield Start(letter.entry, letter.returned_on, letter.number)


# -- transitions ------------------------------------------------------------------------------------------------


@request.transition(by=[CLERK], to=contacted, takes=Open, letters=[LetterKind.REQUEST_FORMS])
def open_(case: Case, p: Open, at: At) -> Change | Refused:
    """Take up a first contact; with a postal address the first round's pack is ordered."""
    received = at.calendar.today(p.received_at or at.now)
    if received > at.today:
        return Refused((Reason("in_the_future", {"day": received.isoformat(), "today": at.today.isoformat()}),))
    kind = p.representative.kind if p.representative is not None else None
    legal = kind in (RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD)
    mail_to = p.mail_to or (Party.REPRESENTATIVE if legal else Party.SUBJECT)
    people = ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative))
    addresses = frozenset(party for party, person in people if person is not None and person.address)
    addressed = mail_to in addresses
    return Change(
        facts={
            "opened_on": received,
            "received_at": p.received_at or at.now,
            "category": p.category,
            "channel": p.channel,
            "language": p.language,
            "representative": kind,
            "mail_to": mail_to,
            "addresses": addresses,
            "address_on_record": p.address_on_record,
            "said_by": said_by(case, at, address=True, birth=any(person.birth_date for _, person in people if person)),
            "rounds": 1 if addressed else 0,
            "linked": case.linked,
        },
        rights=dict.fromkeys(p.rights),
        note=p.note,
        letters=pack(1, p.rights, kind) if addressed else (),
        hold=suspected(case, at),
        notices=suspicions_told(case),
        told=() if addressed else (Reason("no_address_yet", {"case": case.number}),),
        details={
            "rights": list(p.rights),
            "channel": p.channel,
            "linked": list(case.linked),
            "regime": case.regime.name,
        },
    )


@request.transition(
    *OPEN,
    by=[CLERK],
    takes=Amend,
    on_hold=True,
    becomes=lambda case, p: "unverify" if case.state == id_verified and undone_by(case, p) else None,
    letters=[*MAILINGS],
)
def amend(case: Case, p: Amend, at: At) -> Change | Refused:
    """Change the address, contact, representative or rights, and say why."""
    return amendment(case, p, at)


@request.transition(contacted, by=[CLERK], to=forms_mailed, takes=MailForms, unless=[guards.the_rounds_letter_printed])
def mail_forms(case: Case, p: MailForms, at: At) -> Change | Refused:
    """Record that the round's forms went into the post: the deadlines count from the posting day."""
    letter = case.round_letter
    on = p.on or at.today
    reasons = list(guards.postable(letter, on, case, at, ""))
    if letter is None or reasons:
        return Refused(tuple(reasons))
    fate = LetterFate(
        number=letter.number,
        state=LetterState.POSTED,
        on=on,
        mail_class=p.mail_class or MailClass.ORDINARY,
        tracking=p.tracking,
    )
    return Change(
        facts={
            "posted_on": on,
            "code_expires_on": on + timedelta(days=CODE_DAYS),
            "mailed_to": case.stated.get(case.mail_to, standing.NOTHING_STATED).address,
        },
        fates=(fate,),
        details={"letter": letter.number, "on": on.isoformat(), "round": case.rounds},
    )


@request.transition(forms_mailed, by=[CLERK], to=contacted, takes=Undeliverable)
def undeliverable(case: Case, p: Undeliverable, at: At) -> Change | Refused:
    """Record that the round's forms came back: the code is void until an address is known."""
    letter = case.round_letter
    on = p.on or at.today
    reasons = list(guards.returnable(letter, on, case, at, ""))
    if letter is None or reasons:
        return Refused(tuple(reasons))
    tell = Tell(CLERK, Reason("mail_came_back", {"letter": letter.number, "why": f"return.{p.reason}"}))
    return Change(
        facts={"posted_on": None, "mailed_to": None},
        fates=(
            LetterFate(number=letter.number, state=LetterState.RETURNED, on=on, reason=p.reason),
            *void_letters(case, at, LetterKind.REMINDER),
        ),
        void_codes=True,
        notices=(tell,),
        details={"letter": letter.number, "on": on.isoformat(), "reason": p.reason},
    )


@request.transition(forms_mailed, by=[CLERK], to=forms_returned, takes=ReceiveForms, on_hold=True)
def receive_forms(case: Case, p: ReceiveForms, at: At) -> Change | Refused:
    """Register what came back, at its arrival time; a code that does not fit holds the case for the lead."""
    return arrival(case, p, at)


@request.transition(
    forms_returned,
    by=[CLERK, VERIFIER],
    to=contacted,
    takes=AskAgain,
    unless=[guards.someone_can_be_written_to, guards.vouched_by_another],
    sees=lambda case, p, at: vouching(case, at, address_by="on_record" if p.address_on_record else None, birth=False),
    letters=[LetterKind.DEFICIENCY_NOTICE],
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
    unknown = tuple(unless_known(what, case) for what in p.missing)
    if any(unknown):
        return Refused(tuple(reason for reason in unknown if reason is not None))
    sentences = deficiencies_told(found, wanted, case)
    order = OrderLetter(
        kind=LetterKind.DEFICIENCY_NOTICE,
        round=case.rounds + 1,
        missing=sentences,
        forms=forms_again(case, wanted),
    )
    return Change(
        facts={"rounds": case.rounds + 1, "posted_on": None, "decided_by": None, "vouched": case.vouched},
        letters=(order,),
        void_codes=True,
        rights=dict.fromkeys(case.rights),
        details={
            "missing": list(wanted),
            "round": case.rounds + 1,
            "reason_given": p.reason is not None,
            **({"address_on_record": True} if p.address_on_record else {}),
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
        guards.birth_dates_seen,
        guards.vouched_by_another,
    ],
    takes=VerifyIdentity,
    sees=lambda case, p, at: vouching(
        case, at, address_by="on_record" if p.address_on_record else p.address_shown_by, birth=p.birth_date_seen
    ),
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


@request.transition(id_verified, by=[CLERK, VERIFIER], to=forms_returned, takes=Unverify, on_hold=True)
def unverify(case: Case, p: Unverify | Amend, at: At) -> Change | Refused:
    """Take the verification back: it was a mistake, or what it was given for changes. Papers that still fit count."""
    # A mistake is taken back with what was vouched for in it; a change leaves standing what was said of what stays.
    kept = tuple(v for v in case.vouched if v.how == standing.SIGNED)
    change = amendment(case, p, at) if isinstance(p, Amend) else Change(facts={"vouched": kept})
    if isinstance(change, Refused):
        return change
    amended = p if isinstance(p, Amend) else None
    told = Reason("verification_undone", {"case": case.number})
    return replace(
        change,
        facts={**change.facts, "verified_by": None, "decided_by": None},
        rights=dict.fromkeys(case.rights if amended is None or amended.rights is None else amended.rights),
        notices=(*change.notices, Tell(VERIFIER, told)),
        told=(told, *change.told),
        details={
            **change.details,
            "undone": [] if amended is None else undone_by(case, amended),
            "verified_by": case.verified_by,
        },
    )


@request.transition(id_verified, forms_returned, by=[CLERK, VERIFIER], takes=Decide)
def decide(case: Case, p: Decide, at: At) -> Change | Refused:
    """Decide each right; a later decision replaces an earlier one, and both stay in the history."""
    reasons = tuple(guards.outcomes_fit(case, p, at))
    if reasons:
        return Refused(reasons)
    told = {
        right: outcome.outcome if outcome.ground is None else f"{outcome.outcome}:{outcome.ground}"
        for right, outcome in p.outcomes.items()
    }
    return Change(facts={"decided_by": at.actor.name}, rights=dict(p.outcomes), details={"outcomes": told})


@request.transition(
    id_verified,
    by=[APPROVER],
    to=fulfilled,
    takes=Fulfil,
    unless=[
        guards.every_right_decided,
        guards.something_granted,
        guards.released_by_another,
        guards.someone_can_be_written_to,
        guards.still_proven,
    ],
    letters=[LetterKind.DISCLOSURE_NOTIFICATION],
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
    return release(case, at)


@request.transition(
    id_verified,
    forms_returned,
    by=[APPROVER],
    to=refused,
    unless=[
        guards.every_right_decided,
        guards.everything_refused,
        guards.released_by_another,
        guards.someone_can_be_written_to,
        guards.still_proven,
        guards.refusal_goes_where_the_forms_went,
    ],
    letters=[LetterKind.DISCLOSURE_NOTIFICATION],
)
def refuse(case: Case, p: Nothing, at: At) -> Change:
    """Release the refusal of every right: the disclosure notification is ordered."""
    return release(case, at)


@request.transition(
    *OPEN, by=[CLERK], to=withdrawn, takes=Withdraw, on_hold=True, letters=[LetterKind.WITHDRAWAL_CONFIRMATION]
)
def withdraw(case: Case, p: Withdraw, at: At) -> Change | Refused:
    """Close the case because the subject takes the request back."""
    if p.on > at.today:
        return Refused((Reason("in_the_future", {"day": p.on.isoformat(), "today": at.today.isoformat()}),))
    if p.on < case.opened_on:
        days = {"day": p.on.isoformat(), "opened": case.opened_on.isoformat()}
        return Refused((Reason("withdrawn_before_opened", days),))
    elsewhere = tuple(guards.withdrawal_told_where_they_live(case, at))
    if elsewhere:
        return Refused(elsewhere)
    return Change(
        facts={"withdrawn_on": p.on},
        lift_hold=case.on_hold,
        letters=(OrderLetter(kind=LetterKind.WITHDRAWAL_CONFIRMATION),) if case.addressed else (),
        fates=void_letters(case, at, *LetterKind),
        void_codes=True,
        told=() if case.addressed else (Reason("no_letter_without_address", {"case": case.number}),),
        details={"on": p.on.isoformat(), "how": p.how},
    )


@request.transition(contacted, forms_mailed, by=[LEAD], to=voided, takes=Void, on_hold=True)
def void(case: Case, p: Void, at: At) -> Change:
    """Close a case that never was a request: a duplicate, misdirected, or opened by mistake."""
    return Change(
        lift_hold=case.on_hold, fates=void_letters(case, at, *LetterKind), void_codes=True, details={"reason": p.reason}
    )


@request.transition(forms_mailed, by=[SYSTEM], takes=Fired, letters=[LetterKind.REMINDER], becomes=put_off_instead)
def remind(case: Case, p: Fired, at: At) -> Change:
    """Remind the addressee by post that the forms have not come back."""
    return Change(letters=(OrderLetter(kind=LetterKind.REMINDER),), details={"reminder": p.fire_no, "missed": p.missed})


@request.transition(forms_mailed, by=[SYSTEM], takes=Fired)
def put_off(case: Case, p: Fired, at: At) -> Change:
    """Say nothing to the person while something lies in the house unregistered: staff must register it first."""
    here = case.house
    return Change(
        notices=told_to_register(case, p),
        details={
            "timer": p.name,
            "fire_no": p.fire_no,
            "asked": p.asked + 1,
            "pages": here.pages,
            "tray": here.tray,
            "orders": here.orders,
            "unsorted_days": unsorted(case, p),
        },
    )


@request.transition(*OPEN, *CLOSED, by=[SYSTEM], takes=Fired, on_hold=True)
def escalate(case: Case, p: Fired, at: At) -> Change:
    """Tell the lead that something stands still, or that a legal date nears."""
    params: dict[str, object] = {"case": case.number, "times": p.fire_no, "state": f"state.{case.state}"}
    if p.letter is not None:
        params["letter"] = p.letter
    name = p.name if p.name != "escalate" else f"stalled_{case.state}"
    tell = Tell(LEAD, Reason(f"notice.{name}", params))
    details = {"timer": p.name, "fire_no": p.fire_no, "letter": p.letter, "missed": p.missed}
    return Change(notices=(tell,), details=details)


@request.transition(
    forms_mailed,
    by=[SYSTEM],
    to=lapsed,
    takes=Fired,
    unless=[their_time_is_over],
    letters=[LetterKind.LAPSE_NOTICE],
    becomes=end_instead,
)
def lapse(case: Case, p: Fired, at: At) -> Change | Refused:
    """Close a case whose forms never came, with a notice; a late return can reopen it."""
    if case.first_arrived_on is not None:
        return Refused((Reason("something_arrived", {"case": case.number}),))
    return Change(
        letters=(OrderLetter(kind=LetterKind.LAPSE_NOTICE),),
        fates=void_letters(case, at, LetterKind.REMINDER),
        details={"fire_no": p.fire_no},
    )


@request.transition(
    forms_mailed, by=[SYSTEM], to=forms_returned, takes=Fired, unless=[their_time_is_over], becomes=end_instead
)
def give_up_waiting(case: Case, p: Fired, at: At) -> Change | Refused:
    """Stop waiting for what was asked again; what once arrived must be answered: the lead decides on what is there."""
    if case.first_arrived_on is None:
        return Refused((Reason("nothing_arrived", {"case": case.number}),))
    tell = Tell(LEAD, Reason("notice.gave_up_waiting", {"case": case.number}))
    return Change(notices=(tell,), fates=void_letters(case, at, LetterKind.REMINDER), details={"fire_no": p.fire_no})


@request.transition(lapsed, by=[CLERK], to=forms_returned, takes=ReceiveForms, reopens=True)
def reopen(case: Case, p: ReceiveForms, at: At) -> Change | Refused:
    """Take up a lapsed case whose forms came after all; an expired code will do, a void one not."""
    return arrival(case, p, at)


@request.transition(*OPEN, by=[CLERK], takes=Hold, unless=[guards.not_yet_on_hold])
def hold(case: Case, p: Hold, at: At) -> Change | Refused:
    """Let the office's deadlines stand still; the legal ones never do."""
    until = p.until or at.calendar.add_working_days(at.today, HOLD_WORKING_DAYS)
    if until < at.today:
        return Refused((Reason("hold_in_the_past", {"until": until.isoformat(), "today": at.today.isoformat()}),))
    held = OnHold(at.actor.name, p.reason, at.today, until, case.seq + 1)
    return Change(hold=held, details={"reason": p.reason, "until": until.isoformat()})


@request.transition(
    *OPEN, by=[CLERK, LEAD, SYSTEM], takes=Nothing, on_hold=True, unless=[guards.lead_if_the_system_held]
)
def resume(case: Case, p: Nothing | Fired, at: At) -> Change:
    """Let the deadlines run again, later by the working days on hold."""
    tell = Tell(LEAD, Reason("notice.hold_ended", {"case": case.number}))
    ended = isinstance(p, Fired)
    return Change(lift_hold=True, notices=(tell,) if ended else (), details={"by_itself": ended})


@request.transition(
    *OPEN,
    by=[APPROVER],
    takes=Extend,
    unless=[guards.regime_extends, guards.someone_can_be_written_to],
    letters=[LetterKind.EXTENSION_NOTICE],
)
def extend(case: Case, p: Extend, at: At) -> Change:
    """Take more time for the answer, once and with a notice, where the law knows that."""
    return Change(
        facts={"extended": True, "extend_reason": p.reason},
        letters=(OrderLetter(kind=LetterKind.EXTENSION_NOTICE),),
        details={"reason": p.reason},
    )


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=RecordPosting,
    on_hold=True,
    becomes=lambda case, p: "mail_forms" if case.state == contacted and guards.rounds_mailing(case, p) else None,
    offered=lambda case: any(letter.state is LetterState.PRINTED for letter in case.letters),
)
def record_posting(case: Case, p: RecordPosting, at: At) -> Change | Refused:
    """Record that a printed letter went into the post."""
    letter = case.letter(p.letter)
    on = p.on or at.today
    reasons = tuple(guards.postable(letter, on, case, at, p.letter))
    if letter is None or reasons:
        return Refused(reasons)
    fate = LetterFate(
        number=letter.number,
        state=LetterState.POSTED,
        on=on,
        mail_class=p.mail_class or MailClass.ORDINARY,
        tracking=p.tracking,
    )
    return Change(fates=(fate,), details={"letter": letter.number, "on": on.isoformat()})


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=RecordReturn,
    on_hold=True,
    becomes=lambda case, p: "undeliverable" if case.state == forms_mailed and guards.rounds_mailing(case, p) else None,
    offered=lambda case: any(letter.state is LetterState.POSTED for letter in case.letters),
)
def record_return(case: Case, p: RecordReturn, at: At) -> Change | Refused:
    """Record that the post brought a letter back."""
    letter = case.letter(p.letter)
    on = p.on or at.today
    reasons = tuple(guards.returnable(letter, on, case, at, p.letter))
    if letter is None or reasons:
        return Refused(reasons)
    fate = LetterFate(number=letter.number, state=LetterState.RETURNED, on=on, reason=p.reason)
    tell = Tell(CLERK, Reason("mail_came_back", {"letter": letter.number, "why": f"return.{p.reason}"}))
    details = {"letter": letter.number, "on": on.isoformat(), "reason": p.reason}
    return Change(fates=(fate,), notices=(tell,), details=details)


@request.transition(*CLOSED, by=[APPROVER], unless=[guards.a_letter_came_back, guards.answer_address_proven])
def post_again(case: Case, p: Nothing, at: At) -> Change:
    """Send what came back once more, as marked copy 2 of the same letter."""
    back = [letter for letter in guards.newest_copies(case.letters) if letter.state is LetterState.RETURNED]
    letter = back[-1]
    return Change(
        letters=(OrderLetter(kind=letter.kind, copy_of=letter.number),),
        details={"letter": letter.number, "copy": letter.copy + 1},
    )


@request.transition(forms_returned, by=[CLERK, VERIFIER], takes=AskOverride)
def override(case: Case, p: AskOverride, at: At) -> Change | Refused:
    """Ask to accept less (or to ask for more) evidence than the table; somebody else approves it."""
    unknown = unless_known(p.what, case)
    if unknown is not None:
        return Refused((unknown,))
    asked = Override(what=p.what, reason="", asked_by=at.actor.name, covers=standing.covered(case, p.what))
    kept = tuple(o for o in case.overrides if o.what != p.what)
    return Change(overrides=(*kept, asked), details={"what": p.what})


@request.transition(
    forms_returned,
    by=[VERIFIER, APPROVER],
    takes=Approve,
    unless=[guards.an_override_is_asked_for],
)
def approve(case: Case, p: Approve, at: At) -> Change | Refused:
    """Approve an override somebody else asked for; it lifts that gap only."""
    reasons = tuple(guards.one_to_approve(case, p, at))
    if reasons:
        return Refused(reasons)
    asked = [o for o in guards.to_approve(case) if p.what in (None, o.what)]
    lifted = [o.what for o in asked]
    approved = tuple(replace(o, approved_by=at.actor.name) if o in asked else o for o in case.overrides)
    return Change(overrides=approved, details={"lifted": lifted})


LETTERS = {str(kind): RequestLetter for kind in LetterKind}
request.check(letters=LETTERS)

PROCEDURE = Procedure(machine=request, letters=LETTERS)
