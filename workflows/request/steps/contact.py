"""The first contact, and the forms that go out to the person."""

from dataclasses import replace
from datetime import timedelta

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.law.values import RepresentativeKind
from workflows.letters import LetterFate, LetterState, MailClass
from workflows.request import guards, possible, put_right, standing
from workflows.request.case import MAILINGS, Case, Change, after
from workflows.request.consequences import (
    amendment,
    end_of_waiting,
    known_already,
    pack,
    said_by,
    sent_again,
    suspected,
    suspicions_told,
    undone_by,
)
from workflows.request.payloads import Amend, MailForms, Open, TakeBack, Undeliverable
from workflows.request.promises import CODE_DAYS
from workflows.request.states import CLERK, OPEN, contacted, forms_mailed, id_verified, request
from workflows.request.values import LetterKind, PackOut, Party


@request.transition(by=[CLERK], to=contacted, takes=Open, letters=[LetterKind.REQUEST_FORMS], undone_by=["void"])
def open_(case: Case, p: Open, at: At) -> Change | Refused:
    """Take up a first contact; with a postal address the first round's pack is ordered."""
    received = at.calendar.today(p.received_at or at.now)
    if received > at.today:
        return Refused((Reason("in_the_future", {"day": received.isoformat(), "today": at.today.isoformat()}),))
    if impossible := tuple(possible.of_opening(case, p, received, at)):
        return Refused(impossible)
    kind = p.representative.kind if p.representative is not None else None
    legal = kind in (RepresentativeKind.MINOR, RepresentativeKind.ADULT_WARD)
    mail_to = p.mail_to or (Party.REPRESENTATIVE if legal else Party.SUBJECT)
    people = ((Party.SUBJECT, p.subject), (Party.REPRESENTATIVE, p.representative))
    addresses = frozenset(party for party, person in people if person is not None and person.address)
    addressed = mail_to in addresses
    held = suspected(case, at)
    unaddressed = () if addressed else (Reason("no_address_yet", {"case": case.number}),)
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
        hold=held,
        notices=suspicions_told(case),
        told=(*unaddressed, *known_already(case, held)),
        details={
            "rights": list(p.rights),
            "channel": p.channel,
            "linked": list(case.linked),
            "regime": case.regime.name,
            **({"procedure": case.office.digest} if case.office.digest else {}),
        },
    )


@request.transition(
    *OPEN,
    by=[CLERK],
    takes=Amend,
    on_hold=True,
    becomes=lambda case, p: (
        "unverify"
        if case.state == id_verified and undone_by(case, p)
        else "mail_again"
        if case.state == forms_mailed and p.pack is PackOut.SEND_AGAIN
        else None
    ),
    letters=[*MAILINGS],
    undone_by=["amend"],
)
def amend(case: Case, p: Amend, at: At) -> Change | Refused:
    """Change the address, contact, representative or rights, and say why."""
    impossible = tuple(possible.of_amending(p, at))
    return Refused(impossible) if impossible else amendment(case, p, at)


@request.transition(
    contacted,
    by=[CLERK],
    to=forms_mailed,
    takes=MailForms,
    unless=[guards.the_rounds_letter_printed],
    undone_by=["undo_mailing", "amend_posting"],
)
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
    to = case.stated.get(case.mail_to, standing.NOTHING_STATED).address
    return Change(
        facts={
            "posted_on": on,
            "code_expires_on": on + timedelta(days=CODE_DAYS),
            "mailed_to": to,
            "mailed": {**case.mailed, letter.number: to},
        },
        fates=(fate,),
        details={"letter": letter.number, "on": on.isoformat(), "round": case.rounds},
    )


@request.transition(forms_mailed, by=[CLERK], to=contacted, takes=Undeliverable, undone_by=["undo_undeliverable"])
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
            *end_of_waiting(case, at),
        ),
        void_codes=True,
        notices=(tell,),
        details={"letter": letter.number, "on": on.isoformat(), "reason": p.reason},
    )


@request.transition(
    forms_mailed,
    by=[CLERK],
    to=contacted,
    takes=TakeBack,
    looks_back=True,
    unless=[guards.someone_can_be_written_to],
    letters=[*MAILINGS],
    undone_by=["undo_mail_again"],
)
def mail_again(case: Case, p: TakeBack | Amend, at: At) -> Change | Refused:
    """Send the round's forms once more, with a new code: the post lost them, or nobody has them any more."""
    if not isinstance(p, Amend):
        return sent_again(case, case, at)
    impossible = tuple(possible.of_amending(p, at))
    change = Refused(impossible) if impossible else amendment(case, p, at)
    if isinstance(change, Refused):
        return change
    amended = after(case, contacted, change, at)
    if not amended.addressed:
        return Refused((Reason("no_address", {"case": case.number}),))
    again = sent_again(case, amended, at)
    return replace(
        change,
        facts={**change.facts, **again.facts},
        letters=again.letters,
        fates=again.fates,
        void_codes=True,
        told=(*again.told, *change.told),
        details={**change.details, **again.details},
    )


@request.transition(
    contacted,
    by=[CLERK],
    to=forms_mailed,
    takes=TakeBack,
    on_hold=True,
    looks_back=True,
    offered=lambda case: put_right.sent_again_from(case) is not None,
    undone_by=["mail_again"],
    typed="mail-again CASE --undo --why",
)
def undo_mail_again(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take back that the round's forms are sent once more: those that are out are waited for, and their code holds."""
    step = put_right.sent_again_from(case)
    letter = None if step is None else case.letter(str(step.details["letter"]))
    if step is None or letter is None:
        return Refused((Reason("not_sent_again", {"case": case.number}),))
    return put_right.waited_for_again(case, letter, step, at, CODE_DAYS)
