"""The first contact, and the forms that go out to the person."""

from dataclasses import replace
from datetime import timedelta

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.letters import LetterFate, LetterState, MailClass, RecordPosting
from workflows.office.start import SentBy
from workflows.request import forms, guards, opening, possible, put_right, standing
from workflows.request.case import MAILINGS, Case, Change, after
from workflows.request.consequences import (
    amendment,
    end_of_waiting,
    sent_again,
    undone_by,
)
from workflows.request.payloads import Amend, MailForms, Open, TakeBack, Undeliverable
from workflows.request.promises import CODE_DAYS
from workflows.request.states import CLERK, OPEN, contacted, forms_mailed, forms_returned, id_verified, request
from workflows.request.values import LetterKind, PackOut


@request.transition(
    by=[CLERK],
    to=contacted,
    takes=Open,
    becomes=lambda case, p: "open_with_forms" if opening.with_forms(p) else None,
    letters=[LetterKind.REQUEST_FORMS],
    undone_by=["void"],
)
def open_(case: Case, p: Open, at: At) -> Change | Refused:
    """Take up a first contact; with a postal address the first round's pack is ordered."""
    return opening.in_touch(case, p, at)


@request.transition(
    by=[CLERK],
    to=forms_returned,
    takes=Open,
    entrance=True,
    undone_by=["receive_again", "void"],
    typed="open --file",
)
def open_with_forms(case: Case, p: Open, at: At) -> Change | Refused:
    """Take up a request that came with its own forms: it begins where others are once their forms came back."""
    return opening.with_its_forms(case, p, at)


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
    impossible = tuple(possible.of_amending(case, p, at))
    return Refused(impossible) if impossible else amendment(case, p, at)


@request.transition(
    contacted,
    by=[CLERK],
    to=forms_mailed,
    takes=MailForms,
    unless=[guards.the_rounds_letter_printed],
    undone_by=["undo_mailing", "amend_posting"],
)
def mail_forms(case: Case, p: MailForms | RecordPosting, at: At) -> Change | Refused:
    """Record that the round's forms went into the post, or out by e-mail: the deadlines count from that day."""
    letter = case.round_letter
    on = p.on or at.today
    by = p.by if isinstance(p, MailForms) and p.by is not None else SentBy.POST
    reasons = [*guards.postable(letter, on, case, at, ""), *forms.can_be_sent(case, by)]
    if letter is None or reasons:
        return Refused(tuple(reasons))
    fate = LetterFate(
        number=letter.number,
        state=LetterState.POSTED,
        on=on,
        mail_class=p.mail_class or MailClass.ORDINARY,
        tracking=p.tracking,
    )
    # What went out by e-mail shows nobody's postal address, and neither does its code.
    to = case.stated.get(case.mail_to, standing.NOTHING_STATED).address if by is SentBy.POST else None
    return Change(
        facts={
            "posted_on": on,
            "code_expires_on": on + timedelta(days=CODE_DAYS),
            "mailed_to": to,
            "mailed": {**case.mailed, letter.number: to},
        },
        fates=(fate,),
        details={
            "letter": letter.number,
            "on": on.isoformat(),
            "round": case.rounds,
            **({"by": str(by), "to": str(case.mail_to)} if by is not SentBy.POST else {}),
        },
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
    impossible = tuple(possible.of_amending(case, p, at))
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
