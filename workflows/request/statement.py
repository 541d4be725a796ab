"""What a bill, a receipt and the notice of a case that lapsed unpaid say of money: finished lines in one language."""

from dataclasses import dataclass
from datetime import date

from workflows.days import day
from workflows.engine.values import Language, Reason
from workflows.letters import Years
from workflows.office.money import Fees, Means, Unpaid
from workflows.request import billing
from workflows.request.account import Entry
from workflows.request.case import Case
from workflows.request.charges import EXCESS, Charge, means_taken
from workflows.request.clauses.fees import UNSAID
from workflows.request.paying import told
from workflows.request.values import LetterKind
from workflows.words import noun, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What something is, and what it comes to."""

    what: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The lines, what they come to, what of it was paid before, and what is to be paid; ``how`` are sentences.

    ``reminds`` is the number of the bill that this one reminds of.
    """

    lines: tuple[Line, ...]
    total: str
    paid: str | None = None
    to_pay: str | None = None
    how: tuple[str, ...] = ()
    reminds: str | None = None
    releases: bool = False


def of(
    case: Case, kind: LetterKind, number: str, today: date, language: Language, years: Years = Years.WESTERN
) -> Statement | None:
    """Return what a letter of that kind says of money; None where it says nothing of it."""
    if kind is LetterKind.BILL and case.account.bill is not None:
        return _bill(case, number, today, language)
    if kind is LetterKind.RECEIPT:
        return _receipt(case, number, Written(language, years))
    if kind is LetterKind.LAPSE_NOTICE and case.account.bill is not None:
        return _bill(case, case.account.bill.letter, today, language)
    return None


def _bill(case: Case, number: str, today: date, language: Language) -> Statement:
    found, bill = billing.to_bill(case, today), case.account.bill
    fees = case.office.fees
    open_ = [charge for charge, rest in zip(found.charges, found.open, strict=True) if rest]
    taken = means_taken(open_)
    how = [_say("said_fees.by", language, means=[f"means.{means}" for means in taken])] if taken else []
    how += [said for means in taken if (said := _done_by(means, fees, language))]
    how.append(_say(f"said_fees.unpaid_{Unpaid(billing.unpaid_then(case, today))}", language))
    reminder = bill is not None and number == bill.reminder
    return Statement(
        lines=tuple(Line(what=_named(charge, case, language), amount=_money(charge.amount or 0, case, language))
                    for charge in found.charges),
        total=_money(found.owed, case, language),
        paid=_money(found.covered, case, language) if found.covered else None,
        to_pay=_money(found.lacking, case, language),
        how=tuple(how),
        reminds=bill.letter if reminder and bill is not None else None,
        releases=bill is not None and not bill.ahead,
    )  # fmt: skip


def _done_by(means: Means, fees: Fees, language: Language) -> str:
    """Return how that means is used; of a transfer somebody must at least learn where to ask for the account."""
    said = fees.rule(means).said
    if said is not None:
        return said[language]
    return _say(UNSAID[means], language) if means in UNSAID else ""


@dataclass(frozen=True, slots=True)
class Written:
    """In which language, and how years are counted in it."""

    language: Language
    years: Years


def _receipt(case: Case, number: str, written: Written) -> Statement:
    entries = [entry for entry in case.account.entries if entry.receipt == number]
    lines = [
        Line(what=_paid_for(label, entry, written), amount=_money(amount, case, written.language))
        for entry in entries
        for label, amount in entry.covers.items()
    ]
    return Statement(lines=tuple(lines), total=_money(sum(entry.amount for entry in entries), case, written.language))


def _named(charge: Charge, case: Case, language: Language) -> str:
    what = _label(charge.label, language)
    if charge.count == 1 and charge.per not in ("page", "half_hour", "item", "name", "disc"):
        return what
    each = {"amount": "", **told(charge.each or 0, case.office.fees.currency)}
    return _say("statement.counted", language, what=what, unit=f"unit.{charge.per}", count=charge.count, **each)


def _paid_for(label: str, entry: Entry, written: Written) -> str:
    means, on = f"means.{entry.means}", day(entry.on, written.language, written.years)
    return _say("statement.received", written.language, what=_label(label, written.language), means=means, day=on)


def _label(label: str, language: Language) -> str:
    """Return what money is for, in words: the fee of some rights, the postage, something chosen beside."""
    if label == EXCESS:
        return _say("statement.excess", language)
    kind, _, code = label.partition(":")
    if code:
        return noun(f"paid_for.{'tax' if code == 'tax' else kind}", language)
    return _say("statement.fee", language, rights=[f"right.{right}" for right in label.split("+")])


def _money(amount: int, case: Case, language: Language) -> str:
    return _say("said_fees.money", language, **told(amount, case.office.fees.currency))


def _say(code: str, language: Language, **params: object) -> str:
    return say(Reason(code, params), language)
