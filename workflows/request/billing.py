"""The bill: what is asked for before an answer goes out, up to which day, and what then. Pure.

A bill that tells of a decision releases it: who makes it has neither verified nor decided (S51). The answer is held
until it is paid; what was decided stays, whatever becomes of the bill.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from workflows.engine.calendars import ONE_DAY, Calendar, months_later
from workflows.engine.case import At
from workflows.engine.declaring import Start
from workflows.engine.values import Reason
from workflows.letters import Letter, LetterFate, LetterState
from workflows.office.money import BILLED, Due, Unpaid
from workflows.office.spans import Span, SpanUnit
from workflows.request.account import Account, Billed
from workflows.request.case import Case, OrderLetter
from workflows.request.charges import Balance, balance, refund_owed
from workflows.request.paying import told
from workflows.request.values import LetterKind

REMINDED_WORKING_DAYS = 10
"""How long a bill may still be paid after the reminder of it was posted."""


# -- what is billed ---------------------------------------------------------------------------------------------------


def decided(case: Case) -> bool:
    """Whether every right is decided."""
    return None not in case.rights.values()


def to_bill(case: Case, today: date) -> Balance:
    """Return what a bill would ask for by now."""
    return balance(case, today, BILLED)


def ahead(case: Case) -> bool:
    """Whether a bill would ask for what is due before the decision."""
    return not decided(case) and any(row.due is Due.AFTER_IDENTITY for row in case.office.fees.rows)


def standing(case: Case) -> Billed | None:
    """Return the bill that is out or lies in the house; one that is void or came back asks for nothing."""
    bill = case.account.bill
    letter = None if bill is None else case.letter(bill.letter)
    gone = letter is None or letter.state in (LetterState.VOID, LetterState.RETURNED)
    return None if gone else bill


def billable(case: Case, at: At) -> Iterator[Reason]:
    """There is something to be billed, it is known how much, and no bill asks for it yet."""
    found, bill = to_bill(case, at.today), standing(case)
    if found.untold:
        yield Reason("fee.decide_with_counts", {"rows": [charge.code for charge in found.untold]})
    elif not found.lacking:
        yield Reason("fee.nothing_to_bill", {"case": case.number})
    elif bill is not None and bill.amount >= found.lacking:
        yield Reason("fee.billed_already", {"letter": bill.letter})


def fee_settled(case: Case, at: At) -> Iterator[Reason]:
    """What is to be paid before the answer is paid, or two people took it away."""
    found, bill = to_bill(case, at.today), standing(case)
    if found.untold:
        yield Reason("fee.decide_with_counts", {"rows": [charge.code for charge in found.untold]})
    elif found.lacking and bill is None:
        yield Reason("fee.unbilled", {"case": case.number, **told(found.lacking, case.office.fees.currency)})
    elif found.lacking and bill is not None:
        yield Reason("fee.unpaid", {"letter": bill.letter, **told(found.lacking, case.office.fees.currency)})


def made(case: Case, at: At, number: str) -> tuple[Account, OrderLetter]:
    """Return the account with the bill of that number, and the letter."""
    found = to_bill(case, at.today)
    first = at.calendar.add_working_days(at.today, 1)  # the day it can be in the post
    days = [pay_day(span, first, at.calendar) for span in _spans(case, found, at.today)]
    bill = Billed(letter=number, amount=found.lacking, by=at.actor.name, seq=case.seq + 1, ahead=not decided(case))
    return replace(case.account, bill=bill), OrderLetter(kind=LetterKind.BILL, told=max(days, default=None))


def _spans(case: Case, found: Balance, today: date) -> list[Span]:
    codes = {charge.code for charge, open_ in zip(found.charges, found.open, strict=True) if open_}
    rows = [row for row in case.office.fees.rows_on(case.first_arrived_on or today) if row.pay_within is not None]
    return [row.pay_within for row in rows if row.pay_within is not None and (row.code in codes or not codes)] or [
        row.pay_within for row in rows if row.pay_within is not None
    ]


def pay_day(span: Span, start: date, calendar: Calendar) -> date:
    """Return the last day of a time to pay that begins on the day after *start*."""
    if span.unit is SpanUnit.WORKING_DAYS:
        return calendar.add_working_days(start, span.number)
    if span.unit is SpanUnit.MONTHS:
        return months_later(start, span.number)
    return start + span.number * (7 if span.unit is SpanUnit.WEEKS else 1) * ONE_DAY


def unpaid_then(case: Case, today: date) -> Unpaid:
    """Return what becomes of an answer that is not paid for; the lead decides where rows say different things."""
    rows = [row for row in case.office.fees.rows_on(case.first_arrived_on or today) if row.due in BILLED and row.costs]
    return Unpaid.LAPSE if rows and all(row.unpaid is Unpaid.LAPSE for row in rows) else Unpaid.DECIDE


# -- its posting, its time, its end -----------------------------------------------------------------------------------


def posted(case: Case, letter: Letter, on: date, at: At) -> dict[str, object]:
    """Return what the posting of a bill, or of its reminder, says of the day up to which it may be paid."""
    bill = case.account.bill
    if bill is None or letter.kind != LetterKind.BILL:
        return {}
    if letter.number == bill.letter:
        days = [pay_day(span, on, at.calendar) for span in _spans(case, to_bill(case, at.today), at.today)]
        bill = replace(bill, pay_by=max([*days, *([letter.told] if letter.told else [])], default=on))
    elif letter.number == bill.reminder:
        given = at.calendar.add_working_days(on, REMINDED_WORKING_DAYS)
        bill = replace(bill, remind_by=given if letter.told is None else max(given, letter.told))
    return {"account": replace(case.account, bill=bill)}


def _runs(case: Case, number: str | None) -> Letter | None:
    """Return a bill while it is waited for: it was posted, and did not come back."""
    letter = None if number is None else case.letter(number)
    waits = case.state == "id_verified" and letter is not None and letter.state is LetterState.POSTED
    return letter if waits else None


def first_time(case: Case) -> Iterator[Start]:
    """Yield the time of a bill that is not paid and of which nobody was reminded."""
    bill = case.account.bill
    letter = None if bill is None else _runs(case, bill.letter)
    if bill is None or letter is None or bill.pay_by is None or bill.reminder is not None:
        return
    if to_bill(case, case.entered_on).lacking:
        yield Start(letter.entry, bill.pay_by)


def last_time(case: Case) -> Iterator[Start]:
    """Yield the time that the reminder of a bill gives."""
    bill = case.account.bill
    letter = None if bill is None else _runs(case, bill.reminder)
    if bill is None or letter is None or bill.remind_by is None or bill.told:
        return
    if to_bill(case, case.entered_on).lacking:
        yield Start(letter.entry, bill.remind_by)


def refund_due(case: Case) -> Iterator[Start]:
    """Yield the time within which something is to be given back."""
    entries = case.account.entries
    if entries and refund_owed(case, case.entered_on):
        closed = case.state not in ("contacted", "forms_mailed", "forms_returned", "id_verified")
        since = max(entry.recorded_on for entry in entries)
        last = max(entry.undone or entry.seq for entry in entries)
        yield Start(last, max(since, case.entered_on) if closed else since)


def waits(case: Case, today: date) -> bool:
    """Whether it is the person's turn: a bill is out, and its time runs."""
    bill = standing(case)
    if bill is None or not to_bill(case, today).lacking:
        return False
    letter = case.letter(bill.reminder or bill.letter)
    last = bill.remind_by if bill.reminder is not None else bill.pay_by
    return letter is not None and letter.state is LetterState.POSTED and last is not None and today <= last


Dropped = tuple[Account, tuple[LetterFate, ...], tuple[Reason, ...]]


def dropped(case: Case, at: At, *, keep_ahead: bool = False) -> Dropped:
    """Return the account without a bill that holds no more, the end of its letters, and which of them is out."""
    bill = case.account.bill
    if bill is None or (bill.ahead and keep_ahead):
        return case.account, (), ()
    letters = [case.letter(number) for number in (bill.letter, bill.reminder) if number is not None]
    here = [letter for letter in letters if letter is not None and letter.unposted]
    out = [letter for letter in letters if letter is not None and letter.state is LetterState.POSTED]
    fates = tuple(LetterFate(number=letter.number, state=LetterState.VOID, on=at.today) for letter in here)
    return (
        replace(case.account, bill=None),
        fates,
        (
            *(Reason("letter_void_now", {"letter": letter.number}) for letter in here),
            *(Reason("fee.bill_is_out", {"letter": letter.number}) for letter in out),
        ),
    )
