"""Money: what came otherwise than with forms, what was given back, the bill before an answer and what becomes of it."""

from dataclasses import replace

from workflows.engine.case import At, Tell
from workflows.engine.machine import Refused
from workflows.engine.payloads import Fired, Nothing
from workflows.engine.values import Reason
from workflows.letters import LetterFate, LetterState
from workflows.office.money import BILLED, Receipts, Unpaid, in_units, shown
from workflows.request import billing, guards, paying
from workflows.request.account import Account, Entry, Paid, What
from workflows.request.case import Case, Change, OrderLetter
from workflows.request.charges import EVERY, balance, refund_owed
from workflows.request.consequences import next_letter, void_letters
from workflows.request.payloads import RecordPayment, Refund, TakeBack, UndoPayment
from workflows.request.states import (
    APPROVER,
    CLERK,
    CLOSED,
    LEAD,
    OPEN,
    SYSTEM,
    VERIFIER,
    id_verified,
    lapsed,
    request,
)
from workflows.request.values import LetterKind
from workflows.request.waiting import put_off_instead

# -- what comes, and what goes back -----------------------------------------------------------------------------------


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=RecordPayment,
    on_hold=True,
    becomes=lambda case, p: "pay_late" if _takes_up(case, p) else None,
    offered=lambda case: case.office.fees.charged,
    only_if_offered=True,
    letters=[LetterKind.RECEIPT],
    undone_by=["undo_payment"],
)
def record_payment(case: Case, p: RecordPayment, at: At) -> Change | Refused:
    """Record money that came otherwise than with the forms; what is not taken is to be sent back."""
    return _recorded(case, p, at)


@request.transition(
    lapsed,
    by=[CLERK],
    to=id_verified,
    takes=RecordPayment,
    reopens=True,
    offered=lambda case: case.account.bill is not None,
    only_if_offered=True,
    letters=[LetterKind.RECEIPT],
    undone_by=["undo_pay_late"],
    typed="record-payment CASE",
)
def pay_late(case: Case, p: RecordPayment, at: At) -> Change | Refused:
    """Take up a case that lapsed unpaid, because its bill is paid after all."""
    if not _takes_up(case, p):
        return Refused((Reason("fee.not_all_of_it", {"case": case.number}),))
    change = _recorded(case, p, at, becomes=id_verified)
    if isinstance(change, Refused):
        return change
    return replace(change, fates=(*change.fates, *void_letters(case, at, LetterKind.LAPSE_NOTICE)))


def _takes_up(case: Case, p: RecordPayment) -> bool:
    """Whether a payment takes up a case that lapsed because its bill was not paid: it pays all that is lacking."""
    if case.state != lapsed or case.account.bill is None:
        return False
    amount = in_units(p.amount, case.office.fees.currency)
    open_ = balance(case, case.entered_on, BILLED)
    taken = {means for charge in open_.charges for means in charge.by}
    return amount is not None and p.means in taken and 0 < open_.lacking <= amount


def _recorded(case: Case, p: RecordPayment, at: At, *, becomes: str | None = None) -> Change | Refused:
    """Record a payment; what is told of it afterwards is true of the state the case *becomes* by it."""
    fees, on = case.office.fees, p.on or at.today
    paid = Paid(means=p.means, amount=p.amount, issued_on=p.issued_on)
    reasons = [*paying.believable(case, on, at), *paying.unreadable(case, [paid], on)]
    if not fees.charged:
        reasons.append(Reason("fee.none_charged", {"case": case.number}))
    if reasons:
        return Refused(tuple(reasons))
    account = paying.with_payments(case, [paid], on, at)
    wanted = fees.receipts is Receipts.ALWAYS or (fees.receipts is Receipts.ON_REQUEST and p.wants_receipt)
    receipt = wanted and account.entries[-1].counts and case.addressed
    if receipt:
        account = confirmed(account, case.seq + 1, next_letter(case))
    after = replace(case, account=account, state=becomes or case.state)
    return Change(
        facts={"account": account},
        letters=(OrderLetter(kind=LetterKind.RECEIPT),) if receipt else (),
        fates=() if billing.to_bill(after, at.today).lacking else void_letters(case, at, LetterKind.BILL),
        told=(*paying.paid_told(case.account, account, case), *_stands(after, at), *_beyond(after, at)),
        details=paying.recorded(case.account, account),
    )


def confirmed(account: Account, seq: int, letter: str) -> Account:
    """Return the account whose payments of a step are confirmed by a receipt."""
    entries = tuple(
        replace(entry, receipt=letter) if entry.seq == seq and entry.counts else entry for entry in account.entries
    )
    return replace(account, entries=entries)


def _stands(case: Case, at: At) -> tuple[Reason, ...]:
    """Return how it stands with the fee, for whoever recorded something."""
    currency = case.office.fees.currency
    found, back = balance(case, at.today, EVERY), refund_owed(case, at.today)
    told = [Reason("fee.still_lacking", paying.told(found.lacking, currency))] if found.lacking else []
    told += [] if found.lacking or found.untold else [Reason("fee.nothing_lacking", {"case": case.number})]
    return (*told, *((Reason("fee.too_much", paying.told(back, currency)),) if back else ()))


def _beyond(case: Case, at: At) -> tuple[Reason, ...]:
    """Say that more came than anything asks for by now, where it is not to be given back yet: it may be mistyped."""
    last, found = case.account.entries[-1], balance(case, at.today, EVERY)
    if not last.counts or not found.excess or refund_owed(case, at.today):
        return ()
    more = paying.told(found.excess, case.office.fees.currency)
    return (Reason("fee.beyond", {"case": case.number, "entry": last.no, **more}),)


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=Refund,
    on_hold=True,
    offered=lambda case: case.account.kept > 0,
    only_if_offered=True,
    undone_by=["undo_payment"],
)
def refund(case: Case, p: Refund, at: At) -> Change | Refused:
    """Record that money was given back, by what and why; never more than was paid."""
    currency, on = case.office.fees.currency, p.on or at.today
    amount = in_units(p.amount, currency)
    reasons = list(paying.believable(case, on, at))
    if not amount:
        reasons.append(Reason("fee.no_amount", {"word": p.amount, "currency": f"currency.{currency}"}))
    elif amount > case.account.kept:
        reasons.append(Reason("fee.more_than_paid", paying.told(case.account.kept, currency)))
    if reasons or not amount:
        return Refused(tuple(reasons))
    owed = refund_owed(case, at.today)
    entry = Entry(
        no=len(case.account.entries) + 1,
        seq=case.seq + 1,
        what=What.REFUND,
        means=p.means,
        amount=amount,
        on=on,
        recorded_on=at.today,
        covers={"refund": amount},
    )
    account = paying.settled(replace(case, account=case.account.plus((entry,))), on)
    return Change(
        facts={"account": account},
        told=(Reason("fee.more_than_owed", paying.told(owed, currency)),) if amount > owed else (),
        details={"refund": f"{p.means}:{amount}", "owed": owed},
    )


@request.transition(
    *OPEN,
    *CLOSED,
    by=[CLERK],
    takes=UndoPayment,
    on_hold=True,
    becomes=lambda case, p: "undo_pay_late" if _brought_it_back(case, p) else None,
    looks_back=True,
    offered=lambda case: any(entry.undone is None for entry in case.account.entries),
    only_if_offered=True,
    undone_by=["record_payment"],
    typed="record-payment CASE --undo --entry --why",
)
def undo_payment(case: Case, p: UndoPayment, at: At) -> Change | Refused:
    """Take back that something was paid or given back: it was recorded wrongly. The entry stays, and counts no more."""
    return _taken_back(case, p, at)


@request.transition(
    id_verified,
    by=[CLERK],
    to=lapsed,
    takes=UndoPayment,
    on_hold=True,
    looks_back=True,
    offered=lambda case: any(entry.seq == case.entered_seq for entry in case.account.entries),
    only_if_offered=True,
    undone_by=["pay_late"],
    typed="record-payment CASE --undo --entry --why",
)
def undo_pay_late(case: Case, p: UndoPayment, at: At) -> Change | Refused:
    """Take back that a bill was paid late: the case has lapsed unpaid, as it had."""
    if not _brought_it_back(case, p):
        return Refused((Reason("fee.no_such_entry", {"entry": p.entry, "known": []}),))
    change = _taken_back(case, p, at)
    return change if isinstance(change, Refused) else replace(change, undoes=case.entered_seq, lift_hold=case.on_hold)


def _brought_it_back(case: Case, p: UndoPayment) -> bool:
    """Whether the entry is the payment that took up a case which had lapsed unpaid."""
    entry = case.account.entry(p.entry)
    paid = entry is not None and entry.undone is None and entry.seq == case.entered_seq
    return paid and case.state == id_verified and case.account.bill is not None


def _taken_back(case: Case, p: UndoPayment, at: At) -> Change | Refused:
    entry = case.account.entry(p.entry)
    if entry is None or entry.undone is not None:
        known = [str(each.no) for each in case.account.entries if each.undone is None]
        return Refused((Reason("fee.no_such_entry", {"entry": p.entry, "known": known}),))
    account = paying.settled(replace(case, account=case.account.taken_back(p.entry, case.seq + 1)), at.today)
    if account.kept < 0:
        return Refused((Reason("fee.given_back_already", {"entry": p.entry}),))
    letter = None if entry.receipt is None else case.letter(entry.receipt)
    fates: tuple[LetterFate, ...] = ()
    told: list[Reason] = []
    if letter is not None and letter.unposted:
        fates = (LetterFate(number=letter.number, state=LetterState.VOID, on=at.today),)
        told.append(Reason("letter_void_now", {"letter": letter.number}))
    elif letter is not None and letter.posted_on is not None:
        told.append(Reason("fee.receipt_is_out", {"letter": letter.number}))
    return Change(
        facts={"account": account},
        fates=fates,
        told=(*told, *_stands(replace(case, account=account), at)),
        details={
            "entry": entry.no,
            "of": entry.seq,
            "was": f"{entry.what}:{entry.means}:{shown(entry.amount, case.office.fees.currency)}",
        },
    )


# -- the bill ---------------------------------------------------------------------------------------------------------


@request.transition(
    id_verified,
    by=[APPROVER],
    unless=[
        guards.every_right_decided,
        guards.something_granted,
        guards.released_by_another,
        guards.someone_can_be_written_to,
        guards.still_proven,
        billing.billable,
    ],
    becomes=lambda case, p: "bill_ahead" if billing.ahead(case) else None,
    offered=lambda case: case.office.fees.charged,
    only_if_offered=True,
    letters=[LetterKind.BILL],
    undone_by=["withdraw_bill"],
)
def bill(case: Case, p: Nothing, at: At) -> Change:
    """Release the decision with a bill: the answer is held until what it costs is paid."""
    return _billed(case, at)


@request.transition(
    id_verified,
    by=[CLERK, VERIFIER],
    unless=[guards.someone_can_be_written_to, guards.still_proven, billing.billable],
    offered=billing.ahead,
    only_if_offered=True,
    letters=[LetterKind.BILL],
    undone_by=["withdraw_bill"],
    typed="bill CASE",
)
def bill_ahead(case: Case, p: Nothing, at: At) -> Change | Refused:
    """Ask by a bill for what is due before anything is decided."""
    if not billing.ahead(case):
        return Refused((Reason("fee.decided_already", {"case": case.number}),))
    return _billed(case, at)


def _billed(case: Case, at: At) -> Change:
    before, fates, told = billing.dropped(case, at)
    account, letter = billing.made(replace(case, account=before), at, next_letter(case))
    amount = 0 if account.bill is None else account.bill.amount
    return Change(
        facts={"account": account},
        letters=(letter,),
        fates=fates,
        told=told,
        details={"amount": amount, "decided_by": case.decided_by, "verified_by": case.verified_by},
    )


@request.transition(
    id_verified,
    by=[CLERK, APPROVER],
    takes=TakeBack,
    on_hold=True,
    offered=lambda case: case.account.bill is not None,
    only_if_offered=True,
    undone_by=["bill"],
)
def withdraw_bill(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take a bill back: it asks for what is not owed, or not yet."""
    if case.account.bill is None:
        return Refused((Reason("fee.no_bill", {"case": case.number}),))
    account, fates, told = billing.dropped(case, at)
    return Change(facts={"account": account}, fates=fates, told=told, details={"letter": case.account.bill.letter})


# -- what the clock does ----------------------------------------------------------------------------------------------


@request.transition(
    id_verified,
    by=[SYSTEM],
    takes=Fired,
    letters=[LetterKind.BILL],
    becomes=put_off_instead,
    stands="a reminder binds nobody; it is void with the bill it reminds of",
)
def remind_payment(case: Case, p: Fired, at: At) -> Change:
    """Remind the addressee by post that the bill is not paid."""
    given = at.calendar.add_working_days(at.calendar.add_working_days(at.today, 1), billing.REMINDED_WORKING_DAYS)
    bill = case.account.bill
    if bill is None:
        return Change(details={"timer": p.name})
    account = replace(case.account, bill=replace(bill, reminder=next_letter(case)))
    return Change(
        facts={"account": account},
        letters=(OrderLetter(kind=LetterKind.BILL, told=given),),
        details={"reminds": bill.letter, "missed": p.missed},
    )


@request.transition(
    id_verified,
    by=[SYSTEM],
    to=lapsed,
    takes=Fired,
    letters=[LetterKind.LAPSE_NOTICE],
    becomes=lambda case, p: put_off_instead(case, p) or _unpaid_otherwise(case),
    undone_by=["reinstate_unpaid", "pay_late"],
)
def lapse_unpaid(case: Case, p: Fired, at: At) -> Change:
    """Close a case whose bill was not paid: the answer is not sent, what was decided stays, the person is told."""
    return Change(
        letters=(OrderLetter(kind=LetterKind.LAPSE_NOTICE),),
        fates=void_letters(case, at, LetterKind.BILL),
        details={"letter": None if case.account.bill is None else case.account.bill.letter},
    )


def _unpaid_otherwise(case: Case) -> str | None:
    return None if billing.unpaid_then(case, case.entered_on) is Unpaid.LAPSE else "tell_unpaid"


@request.transition(
    id_verified, by=[SYSTEM], takes=Fired, stands="it tells the lead, and changes nothing of what was decided"
)
def tell_unpaid(case: Case, p: Fired, at: At) -> Change:
    """Tell the lead that a bill was not paid in time: people decide what becomes of the answer."""
    bill = case.account.bill
    tell = Tell(LEAD, Reason("notice.unpaid", {"case": case.number, "letter": "" if bill is None else bill.letter}))
    facts = {} if bill is None else {"account": replace(case.account, bill=replace(bill, told=True))}
    return Change(facts=facts, notices=(tell,), details={"timer": p.name})


@request.transition(
    lapsed,
    by=[LEAD],
    to=id_verified,
    takes=TakeBack,
    looks_back=True,
    reopens=True,
    offered=lambda case: case.account.bill is not None,
    only_if_offered=True,
    undone_by=["withdraw"],
    typed="reinstate CASE --why",
)
def reinstate_unpaid(case: Case, p: TakeBack, at: At) -> Change | Refused:
    """Take up again a case that lapsed unpaid by mistake: a new bill may be made."""
    step = case.past.last("lapse_unpaid")
    if step is None or case.account.bill is None:
        return Refused((Reason("fee.no_bill", {"case": case.number}),))
    account, fates, told = billing.dropped(case, at)
    return Change(
        facts={"account": account},
        fates=(*fates, *void_letters(case, at, LetterKind.LAPSE_NOTICE)),
        undoes=step.seq,
        told=told,
        details={"letter": case.account.bill.letter},
    )
