"""Every step of a request, recorded wrongly in every state in which it can be; and what puts each right.

`RECORDED` brings a case to a state and does there what was wrong; `PAYLOADS` are what the steps carry that put it
right.
A step that is declared and not described here fails `tests/services/test_every_wrong_record.py`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from models.session import reading
from tests.office import APPROVER, CLERK, GRANTED, LEAD, REFUSED, VERIFIER, TestOffice
from tests.own_forms import a_request, every_way, what_came
from tests.services.righting import view
from tests.services.wrong_money_records import DECIDED, MONEY_BY, MONEY_PAYLOADS, MONEY_RECORDED, waived
from tests.services.wrong_office_records import OFFICE_CANNOT_BE, OFFICE_PAYLOADS, OFFICE_RECORDED
from workflows.engine.payloads import Nothing
from workflows.law.values import ExtendReason, OutcomeName, Right, RightOutcome
from workflows.letters import (
    AmendPosting,
    LetterState,
    RecordPosting,
    RecordReturn,
    ReturnReason,
    UndoPosting,
    UndoReturn,
)
from workflows.request.payloads import (
    Amend,
    Approve,
    AskOverride,
    CorrectAnswer,
    Decide,
    Extend,
    Fulfil,
    Hold,
    MailForms,
    ReceiveAgain,
    ReceiveForms,
    TakeBack,
    Undeliverable,
    Unverify,
    Void,
    Withdraw,
)
from workflows.request.values import HoldReason, ToldHow, VoidReason

WHY = "a slip of the finger"
OPEN = ("contacted", "forms_mailed", "forms_returned", "id_verified")
CLOSED = ("fulfilled", "refused", "withdrawn", "lapsed", "voided")
PROCEDURAL = Decide(
    outcomes={
        Right.DISCLOSURE: RightOutcome(outcome=OutcomeName.REFUSED, ground="identity_not_proven", explanation="-")
    }
)
CANNOT_BE = {
    ("record_posting", "voided"): "voiding a case voids every letter that is not posted",
    ("undo_posting", "voided"): "a letter of a voided case that was not posted after all is not posted again",
    ("undo_correction", "forms_returned"): "what was granted was verified, and goes back through id_verified",
    **OFFICE_CANNOT_BE,
}
"""(step, state) that the declaration allows and no case comes to -> why."""

Office = TestOffice


def with_a_letter(office: Office, state: str) -> str:
    """Return a case in a state with a letter that waits to be posted and asks for no forms."""
    if state in ("fulfilled", "refused", "withdrawn", "lapsed"):
        case = office.in_state(state)
        office.make_letters(case)
    else:
        case = gdpr(office, "contacted" if state == "voided" else state)
    office.print_letters(case)
    return case


def gdpr(office: Office, state: str) -> str:
    """Return a case under the law that knows extensions, with the notice of one made."""
    ways: Mapping[str, Callable[..., Any]] = {
        "contacted": office.opened,
        "forms_mailed": lambda **more: office.mailed(**more)[0],
        "forms_returned": office.returned,
        "id_verified": office.verified,
    }
    case: str = ways[state](regime="eu-gdpr")
    office.must(case, "extend", Extend(reason=ExtendReason.COMPLEXITY), by=APPROVER)
    office.make_letters(case)
    return case


def newest(office: Office, case: str, *states: LetterState) -> str:
    """Return the newest letter of a case in one of these states that asks for no forms, or any where none does not."""
    found = [letter for letter in view(office, case).letters if letter.state in states]
    plain = [letter for letter in found if letter.round is None]
    return (plain or found)[-1].number


def _posted(office: Office, state: str) -> str:
    case = with_a_letter(office, state)
    office.must(case, "record_posting", RecordPosting(letter=newest(office, case, LetterState.PRINTED)))
    if state == "voided":
        office.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    return case


def _came_back(office: Office, state: str) -> str:
    case = _posted(office, state)
    number = newest(office, case, LetterState.POSTED)
    office.must(case, "record_return", RecordReturn(letter=number, reason=ReturnReason.MOVED))
    return case


def _began_with_forms(office: Office) -> str:
    every_way(office)
    return office.must(None, "open", a_request(_now(office))).case


def _brought(office: Office) -> str:
    every_way(office)
    case = office.opened()
    office.must(case, "receive_forms", what_came(_now(office)))
    return case


def _now(office: Office) -> datetime:
    with reading(office.engine) as db:
        return office.at(db).now


def _undeliverable(office: Office) -> str:
    case = office.in_state("forms_mailed")
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    return case


def _asked_again(office: Office) -> str:
    case = office.returned(proven=False)
    office.must(case, "ask_again")
    return case


def _gave_up(office: Office) -> str:
    case = _asked_again(office)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    posted = office.today
    office.reminded(case, posted)
    office.working_day(posted, 41)
    office.sweep()
    return case


def _withdrawn(office: Office, state: str) -> str:
    case = office.in_state(state)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    return case


def _voided(office: Office, state: str) -> str:
    case = _began_with_forms(office) if state == "forms_returned" else office.in_state(state)
    office.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    return case


def _decided(office: Office, state: str) -> str:
    case = office.verified() if state == "id_verified" else office.returned(proven=False)
    office.must(case, "decide", GRANTED if state == "id_verified" else PROCEDURAL, by=VERIFIER)
    return case


def _refused(office: Office, state: str) -> str:
    if state == "id_verified":
        return office.in_state("refused")
    case = _decided(office, state)
    office.must(case, "refuse", by=APPROVER)
    return case


def _corrected(office: Office, state: str, *, verified: bool = True) -> str:
    case = office.fulfilled() if state == "fulfilled" else _refused(office, "id_verified" if verified else "papers")
    office.post_letters(case)
    outcomes = (REFUSED if state == "fulfilled" else GRANTED).outcomes if verified else {}
    office.must(case, "correct_answer", CorrectAnswer(why=WHY, outcomes=outcomes), by=VERIFIER)
    return case


def _held(office: Office, state: str) -> str:
    case = office.in_state(state)
    office.must(case, "hold", Hold(reason=HoldReason.OTHER))
    return case


def _done(
    way: Callable[[Office], str], step: str, payload: Any = None, by: str = CLERK
) -> Callable[[Office, str], str]:
    """Return a way that goes on by one step more."""

    def go(office: Office, state: str) -> str:
        case = way(office)
        made = PAYLOADS[step](office, case) if payload is None else payload
        office.must(case, step, made, by=by)
        return case

    return go


def _then(way: Callable[[Office, str], str], step: str, by: str = CLERK) -> Callable[[Office, str], str]:
    def go(office: Office, state: str) -> str:
        case = way(office, state)
        office.must(case, step, PAYLOADS[step](office, case), by=by)
        return case

    return go


def _amended(office: Office, state: str) -> str:
    case = office.in_state(state)
    office.must(case, "amend", Amend(why=WHY, note="rang"))
    return case


def _received_again(office: Office, state: str) -> str:
    ways: Mapping[str, Callable[[Office], str]] = {
        "forms_returned": lambda office: office.returned(),
        "id_verified": lambda office: office.verified(),
        "contacted": _asked_again,
        "forms_mailed": _mailed_notice,
    }
    case = ways[state](office)
    office.must(case, "receive_again", PAYLOADS["receive_again"](office, case))
    return case


def _mailed_notice(office: Office) -> str:
    case = _asked_again(office)
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    return case


def _reopened(office: Office) -> str:
    case = office.lapsed()
    office.must(case, "reopen", office.an_arrival(None))
    return case


def _reinstated_papers(office: Office, state: str) -> str:
    if state == "withdrawn":
        case = office.returned()
        office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    else:
        case = _asked_again(office)
        office.must(case, "void", Void(reason=VoidReason.MISTAKE), by=LEAD)
    office.must(case, "reinstate", TakeBack(why=WHY), by=LEAD)
    return case


def _reinstated(office: Office, state: str) -> str:
    case = office.in_state(state)
    office.must(case, "reinstate", TakeBack(why=WHY), by=LEAD)
    return case


def _undone_correction(office: Office, state: str, *, granted: bool) -> str:
    case = _corrected(office, "fulfilled" if granted else "refused", verified=state == "id_verified")
    office.must(case, "undo_correction", TakeBack(why=WHY))
    return case


def _overridden(office: Office) -> str:
    case = office.returned(proven=False)
    office.must(case, "override", AskOverride(what="document:subject", reason=WHY))
    return case


RECORDED: dict[str, Callable[[Office, str], str]] = {
    "open": lambda office, _: office.opened(),
    "open_with_forms": lambda office, _: _began_with_forms(office),
    "receive_own_forms": lambda office, _: _brought(office),
    "undo_own_arrival": _done(_brought, "undo_own_arrival"),
    "amend": _amended,
    "mail_forms": lambda office, _: office.mailed()[0],
    "undeliverable": lambda office, _: _undeliverable(office),
    "mail_again": _done(lambda office: office.in_state("forms_mailed"), "mail_again"),
    "undo_mail_again": _then(_done(lambda office: office.in_state("forms_mailed"), "mail_again"), "undo_mail_again"),
    "receive_forms": lambda office, _: office.returned(),
    "ask_again": lambda office, _: _asked_again(office),
    "verify_identity": lambda office, _: office.verified(),
    "unverify": _done(lambda office: office.verified(), "unverify"),
    "decide": _decided,
    "fulfil": lambda office, _: office.fulfilled(),
    "refuse": _refused,
    "correct_answer": _corrected,
    "correct_refusal": lambda office, _: _corrected(office, "refused", verified=False),
    "undo_correction": lambda office, state: _undone_correction(office, state, granted=True),
    "undo_correction_of_refusal": lambda office, state: _undone_correction(office, state, granted=False),
    "withdraw": _withdrawn,
    "void": _voided,
    "lapse": lambda office, _: office.lapsed(),
    "give_up_waiting": lambda office, _: _gave_up(office),
    "reopen": lambda office, _: _reopened(office),
    "hold": _held,
    "resume": _then(_held, "resume"),
    "record_posting": _posted,
    "record_return": _came_back,
    "override": lambda office, state: (
        _overridden(office) if state == "forms_returned" else waived(office, state, approved=False)
    ),
    "approve": lambda office, state: (
        _done(_overridden, "approve", by=APPROVER)(office, state)
        if state == "forms_returned"
        else waived(office, state, approved=True)
    ),
    "undo_posting": _then(_posted, "undo_posting"),
    "undo_mailing": _done(lambda office: office.in_state("forms_mailed"), "undo_posting"),
    "amend_posting": _then(_posted, "amend_posting"),
    "undo_return": _then(_came_back, "undo_return"),
    "undo_undeliverable": _done(_undeliverable, "undo_return"),
    "receive_again": _received_again,
    "undo_arrival": _done(lambda office: office.returned(), "undo_arrival"),
    "undo_reopening": _done(_reopened, "undo_arrival"),
    "unask": _done(_asked_again, "unask"),
    "reinstate": _reinstated,
    "reinstate_papers": _reinstated_papers,
    **OFFICE_RECORDED,
    **MONEY_RECORDED,
}
"""Of each step: how a case comes to a state and has it recorded there."""


def _decision(office: Office, case: str) -> Decide:
    if office.case(case).state != "id_verified":
        return PROCEDURAL
    return DECIDED if view(office, case).office.fees.charged else GRANTED


def _arrival(office: Office, case: str) -> ReceiveForms:
    mailing = [letter for letter in view(office, case).letters if letter.round is not None]
    assert mailing
    return office.an_arrival(None)


def _again(office: Office, case: str) -> ReceiveAgain:
    own = "procedure" in office.case(case).facts
    came = what_came(_now(office)) if own else office.an_arrival(None)
    told = {name: getattr(came, name) for name in ReceiveForms.__dataclass_fields__}
    posted = view(office, case).posted_on
    with reading(office.engine) as db:
        now = office.at(db).now
    assert posted is None or posted <= now.date() + timedelta(days=1)
    return ReceiveAgain(why=WHY, **told)


PAYLOADS: dict[str, Callable[[Office, str], Any]] = {
    "amend": lambda *_: Amend(why=WHY, note="as it was"),
    "mail_forms": lambda *_: MailForms(),
    "undeliverable": lambda *_: Undeliverable(reason=ReturnReason.MOVED),
    "mail_again": lambda *_: TakeBack(why=WHY),
    "undo_mail_again": lambda *_: TakeBack(why=WHY),
    "receive_forms": _arrival,
    "receive_own_forms": lambda office, case: what_came(_now(office)),
    "reopen": _arrival,
    "ask_again": lambda *_: Nothing(),
    "verify_identity": lambda *_: Nothing(),
    "unverify": lambda *_: Unverify(why=WHY),
    "decide": _decision,
    "fulfil": lambda *_: Fulfil(),
    "correct_answer": lambda office, case: CorrectAnswer(why=WHY),
    "undo_correction": lambda *_: TakeBack(why=WHY),
    "undo_correction_of_refusal": lambda *_: TakeBack(why=WHY),
    "withdraw": lambda office, _: Withdraw(on=office.today, how=ToldHow.PHONE),
    "void": lambda *_: Void(reason=VoidReason.MISTAKE),
    "hold": lambda *_: Hold(reason=HoldReason.OTHER),
    "resume": lambda *_: Nothing(),
    "override": lambda office, case: AskOverride(
        what="document:subject" if office.case(case).state == "forms_returned" else "fee", reason=WHY
    ),
    "approve": lambda *_: Approve(),
    "record_posting": lambda office, case: RecordPosting(letter=newest(office, case, LetterState.PRINTED)),
    "record_return": lambda office, case: RecordReturn(
        letter=newest(office, case, LetterState.POSTED), reason=ReturnReason.MOVED
    ),
    "undo_posting": lambda office, case: UndoPosting(letter=newest(office, case, LetterState.POSTED), why=WHY),
    "undo_mailing": lambda office, case: UndoPosting(letter=newest(office, case, LetterState.POSTED), why=WHY),
    "amend_posting": lambda office, case: AmendPosting(
        letter=newest(office, case, LetterState.POSTED), why=WHY, tracking=f"{office.case(case).seq}"
    ),
    "undo_return": lambda office, case: UndoReturn(letter=newest(office, case, LetterState.RETURNED), why=WHY),
    "undo_undeliverable": lambda office, case: UndoReturn(letter=newest(office, case, LetterState.RETURNED), why=WHY),
    "receive_again": _again,
    "undo_arrival": lambda *_: TakeBack(why=WHY),
    "undo_own_arrival": lambda *_: TakeBack(why=WHY),
    "undo_reopening": lambda *_: TakeBack(why=WHY),
    "unask": lambda *_: TakeBack(why=WHY),
    "reinstate": lambda *_: TakeBack(why=WHY),
    **{name: carried for name, carried in OFFICE_PAYLOADS.items() if name != "undo_posting"},
    **MONEY_PAYLOADS,
}
"""What each step that puts something right carries."""

BY: dict[str, str] = {
    "verify_identity": VERIFIER, "decide": VERIFIER, "void": LEAD, "reinstate": LEAD, "correct_answer": VERIFIER,
    "approve": APPROVER, "fulfil": APPROVER, **MONEY_BY,
}  # fmt: skip
"""Whose step it is, where it is not a clerk's."""
