"""Ends without an answer: the request is taken back, or never was one."""

from workflows.engine.case import At
from workflows.engine.machine import Refused
from workflows.engine.values import Reason
from workflows.request import forms, guards, paying
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.consequences import void_letters
from workflows.request.payloads import Void, Withdraw
from workflows.request.states import (
    CLERK,
    LEAD,
    OPEN,
    contacted,
    forms_mailed,
    forms_returned,
    request,
    voided,
    withdrawn,
)
from workflows.request.values import LetterKind

NO_RECEIPTS = tuple(kind for kind in LetterKind if kind is not LetterKind.RECEIPT)
"""What says nothing any more once a case is closed; a receipt is of money that came."""


@request.transition(
    *OPEN,
    by=[CLERK],
    to=withdrawn,
    takes=Withdraw,
    on_hold=True,
    letters=[LetterKind.WITHDRAWAL_CONFIRMATION],
    undone_by=["reinstate"],
)
def withdraw(case: Case, p: Withdraw, at: At) -> Change | Refused:
    """Close the case because the subject takes the request back."""
    on = p.on or at.today
    if on > at.today:
        return Refused((Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()}),))
    if on < case.opened_on:
        days = {"day": on.isoformat(), "opened": case.opened_on.isoformat()}
        return Refused((Reason("withdrawn_before_opened", days),))
    elsewhere = tuple(guards.withdrawal_told_where_they_live(case, at))
    if elsewhere:
        return Refused(elsewhere)
    return Change(
        facts={"withdrawn_on": on},
        lift_hold=case.on_hold,
        letters=(OrderLetter(kind=LetterKind.WITHDRAWAL_CONFIRMATION),) if case.addressed else (),
        fates=void_letters(case, at, *NO_RECEIPTS),
        void_codes=True,
        told=(
            *(() if case.addressed else (Reason("no_letter_without_address", {"case": case.number}),)),
            *paying.goes_back(case, withdrawn, at),
        ),
        details={"on": on.isoformat(), "how": p.how},
    )


@request.transition(
    contacted,
    forms_mailed,
    forms_returned,
    by=[LEAD],
    to=voided,
    takes=Void,
    unless=[forms.began_with_what_is_here],
    on_hold=True,
    undone_by=["reinstate"],
)
def void(case: Case, p: Void, at: At) -> Change:
    """Close a case that never was a request: a duplicate, misdirected, or opened by mistake."""
    return Change(
        lift_hold=case.on_hold,
        fates=void_letters(case, at, *NO_RECEIPTS),
        void_codes=True,
        told=tuple(paying.goes_back(case, voided, at)),
        details={"reason": p.reason},
    )
