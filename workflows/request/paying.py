"""What comes in money, judged and booked; and what is said of a fee that did not come as it should. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from workflows.engine.case import At
from workflows.engine.values import Reason
from workflows.office.money import BEFORE, Due, For, Means, in_units, shown
from workflows.request.account import Account, Entry, NotTaken, Paid, Told, What
from workflows.request.case import Case
from workflows.request.charges import CHARGE, Charge, balance, booked, charges, lawful, refund_owed
from workflows.request.payloads import Decide, ReceiveForms
from workflows.request.standing import overridden

FEE, ENVELOPE = "fee", "envelope"
"""The words of ``ask-again --missing`` and of ``override --what`` for money and for what the answer goes in."""


def told(amount: int, currency: str) -> dict[str, object]:
    """Return an amount as the parameters of a sentence: ``{amount}{currency}``."""
    return {"amount": shown(amount, currency), "currency": f"currency.{currency}"}


# -- what comes -------------------------------------------------------------------------------------------------------


def unreadable(case: Case, paid: Sequence[Paid], on: date) -> Iterator[Reason]:
    """Yield why money cannot be registered as somebody wrote it down."""
    fees = case.office.fees
    for each in paid:
        amount = in_units(each.amount, fees.currency)
        if not amount:
            yield Reason("fee.no_amount", {"word": each.amount, "currency": f"currency.{fees.currency}"})
        if each.issued_on is None and fees.stale_from(each.means, on) is not None:
            yield Reason("fee.issued_on_missing", {"means": f"means.{each.means}"})
        elif each.issued_on is not None and each.issued_on > on:
            yield Reason("fee.issued_later", {"means": f"means.{each.means}"})


def believable(case: Case, on: date, at: At) -> Iterator[Reason]:
    """Money comes and goes after the case began and not in the future."""
    if on > at.today:
        yield Reason("in_the_future", {"day": on.isoformat(), "today": at.today.isoformat()})
    elif on < case.opened_on:
        yield Reason("fee.before_the_case", {"day": on.isoformat(), "opened": case.opened_on.isoformat()})


def with_payments(case: Case, paid: Sequence[Paid], on: date, at: At, told_now: Told | None = None) -> Account:
    """Return the account of *case* with what came on that day; the case says what it is for."""
    account, seq = case.account.plus((), told_now), case.seq + 1
    for each in paid:
        amount = in_units(each.amount, case.office.fees.currency) or 0
        entry = Entry(
            no=len(account.entries) + 1,
            seq=seq,
            what=What.PAYMENT,
            means=each.means,
            amount=amount,
            on=on,
            recorded_on=at.today,
            issued_on=each.issued_on,
            not_taken=_not_taken(case, each, on),
        )
        if entry.counts:
            now = replace(case, account=account.plus((entry,)))
            entry = replace(entry, covers=booked(charges(now, on), account, entry))
        account = account.plus((entry,))
    return settled(replace(case, account=account), on)


def settled(case: Case, on: date) -> Account:
    """Return the account with the day since which nothing is lacking of what is due before the decision."""
    account = case.account
    if not case.office.fees.charged or balance(case, on, BEFORE).lacking:
        return replace(account, settled_on=None)
    return account if account.settled_on is not None else replace(account, settled_on=on)


def _not_taken(case: Case, paid: Paid, on: date) -> NotTaken | None:
    """Return why something does not count; where nothing is charged, all of it is too much and goes back as that."""
    fees = case.office.fees
    rights = lawful(case)
    taken = {means for row in fees.rows_on(on) if row.rights & rights for means in row.by}
    if taken and paid.means not in taken:
        return NotTaken.WRONG_MEANS
    last = None if paid.issued_on is None else fees.stale_from(paid.means, paid.issued_on)
    return NotTaken.STALE if last is not None and on > last else None


def of_arrival(p: ReceiveForms, seq: int) -> Told:
    """Return what forms said of what the fee is counted by."""
    return Told(seq=seq, counts=dict(p.counts or {}), extras=p.extras, envelope=bool(p.envelope))


def chosen_badly(case: Case, extras: Collection[str] | None) -> Iterator[Reason]:
    """Yield which choices the office does not offer."""
    known = sorted(extra.code for extra in case.office.fees.extras)
    for code in extras or ():
        if code not in known:
            yield Reason("fee.unknown_extra", {"word": code, "known": known})


def paid_told(before: Account, after: Account, case: Case) -> Iterator[Reason]:
    """Yield what whoever registered money is told of it: what goes back to its sender, and what was too much."""
    for entry in after.entries[len(before.entries) :]:
        means = {"means": f"means.{entry.means}", **told(entry.amount, case.office.fees.currency)}
        if entry.not_taken is not None:
            yield Reason(f"fee.goes_back_{entry.not_taken}", means)


def goes_back(case: Case, state: str, at: At) -> Iterator[Reason]:
    """Yield what is to be given back once the case is in that state, for whoever brings it there."""
    back = refund_owed(replace(case, state=state), at.today)
    if back:
        yield Reason("fee.too_much", told(back, case.office.fees.currency))


def recorded(before: Account, after: Account) -> dict[str, object]:
    """Return what the history says of money that came: means and amounts, in the smallest unit."""
    new = after.entries[len(before.entries) :]
    return {"fees": [f"{entry.means}:{entry.not_taken or entry.amount}" for entry in new]} if new else {}


# -- what is lacking --------------------------------------------------------------------------------------------------


def fee_paid(case: Case, at: At) -> Iterator[Reason]:
    """What is due with the forms came with them: the fee, by a means that is taken, and what the answer goes in."""
    fees, lifted = case.office.fees, overridden(case)
    if not fees.charged:
        return
    if FEE not in lifted:
        yield from lacking(case, at.today, (Due.WITH_FORMS,))
    envelope = fees.postage is not None and fees.postage.envelope and bool(fees.postage.rights & lawful(case))
    if envelope and not case.account.envelope and ENVELOPE not in lifted:
        yield Reason("fee.envelope_missing", {"what": ENVELOPE})


def with_the_answer(case: Case, at: At) -> Iterator[Reason]:
    """What is due with the answer is paid, or two people took it away, before the answer leaves the house."""
    found = balance(case, at.today, (Due.WITH_ANSWER,))
    if found.untold:
        yield Reason("fee.decide_with_counts", {"rows": [charge.code for charge in found.untold]})
    elif found.lacking:
        by = [f"means.{means}" for means in _taken(found.charges)]
        yield Reason("fee.pay_first", {"by": by, **told(found.lacking, case.office.fees.currency)})


def unless_charged(case: Case, wanted: Collection[str]) -> Reason | None:
    """Return why money cannot be asked for: nothing is charged for any right of the case."""
    asked = {FEE, ENVELOPE} & set(wanted)
    rows = case.office.fees.rows_on(case.opened_on)
    charged = any(row.costs and row.rights & lawful(case) for row in rows) or case.office.fees.extras
    return Reason("fee.none_charged", {"case": case.number}) if asked and not charged else None


def unless_charged_so(case: Case, what: str) -> Reason | None:
    """Return why a request cannot be found to be charged for that: the office's procedure takes nothing for it."""
    known = sorted({f"{CHARGE}:{row.when}" for row in case.office.fees.rows if row.when is not None and row.costs})
    return None if what in known else Reason("fee.not_charged_so", {"word": what, "known": known})


def lacking(case: Case, today: date, dues: Collection[Due]) -> Iterator[Reason]:
    """Yield what of these charges is not paid, each kind in a sentence of its own, and why what came does not count."""
    found = balance(case, today, dues)
    if not found.lacking:
        return
    currency = case.office.fees.currency
    for entry in case.account.entries:
        if entry.not_taken is not None and entry.undone is None and entry.on == case.arrived_on:
            means = {"means": f"means.{entry.means}", **told(entry.amount, currency)}
            yield Reason(f"fee.{entry.not_taken}", {"what": FEE, **means})
    for postage in (False, True):
        lines = [
            (charge, open_)
            for charge, open_ in zip(found.charges, found.open, strict=True)
            if (charge.of is For.POSTAGE) is postage
        ]
        yield from _one_kind(lines, currency, "postage" if postage else "fee")


def _one_kind(lines: Sequence[tuple[Charge, int]], currency: str, kind: str) -> Iterator[Reason]:
    open_ = sum(amount for _, amount in lines)
    if not open_:
        return
    whole = sum(charge.amount or 0 for charge, _ in lines)
    by = [f"means.{means}" for means in _taken([charge for charge, amount in lines if amount])]
    params = {"what": FEE, "by": by, **told(open_, currency)}
    if open_ == whole:
        yield Reason(f"fee.{kind}_missing", params)
    else:
        yield Reason(f"fee.{kind}_short", {**params, "paid": shown(whole - open_, currency)})


def _taken(found: Sequence[Charge]) -> tuple[Means, ...]:
    return tuple(dict.fromkeys(means for charge in found for means in charge.by))


# -- what the decision tells ------------------------------------------------------------------------------------------


def of_decision(case: Case, p: Decide, seq: int) -> Told:
    """Return what a decision says of what the fee is counted by. Amounts that are none were refused before."""
    estimates = {code: in_units(amount, case.office.fees.currency) or 0 for code, amount in (p.estimates or {}).items()}
    return Told(seq=seq, counts=dict(p.counts or {}), estimates=estimates)


def untold(case: Case, p: Decide, at: At) -> Iterator[Reason]:
    """Yield what a decision must tell before its fee can be worked out, and what it tells for nothing."""
    fees = case.office.fees
    known = [row.code for row in fees.rows_on(at.today) if row.amount is None]
    for code, amount in (p.estimates or {}).items():
        if code not in known:
            yield Reason("fee.unknown_estimate", {"word": code, "known": known})
        elif in_units(amount, fees.currency) is None:
            yield Reason("fee.no_amount", {"word": amount, "currency": f"currency.{fees.currency}"})
    decided = replace(
        case, rights={**case.rights, **p.outcomes}, account=case.account.plus((), of_decision(case, p, case.seq + 1))
    )
    for charge in balance(decided, at.today).untold:
        if charge.each is None:
            yield Reason("fee.estimate_untold", {"row": charge.code})
        else:
            yield Reason("fee.count_untold", {"per": f"unit.{charge.per}", "word": str(charge.per)})
