"""What procedure.toml says of money, read, and what the law and good sense forbid of it.

The values stand in `workflows.office.money`. A fee nobody can pay, be short of, or wait for an end of is refused, and
so is every charge for a right of which the law knows none.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from workflows.engine.values import Reason
from workflows.law import Regime
from workflows.law.values import ChargedFor, Right
from workflows.office.money import (
    BILLED,
    CURRENCIES,
    MEASURED,
    Due,
    Excess,
    Extra,
    Fee,
    Fees,
    For,
    Means,
    MeansRule,
    Per,
    Postage,
    Rate,
    Receipts,
    Refund,
    Shortage,
    Unpaid,
    Waiver,
    in_units,
)
from workflows.office.spans import Span, SpanUnit, span
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

__all__ = ["KEYS", "Due", "Excess", "Extra", "Fee", "Fees", "For", "Means", "Per", "Postage", "forbidden", "read"]

ESTIMATED = "estimated"
REFUSE = "refuse:"
AGE_UNITS = ("days", "months")

KEYS: dict[str, str] = {
    "fees.currency": "the currency of every amount (ISO 4217); left out, JPY",
    "fees.tax": "per cent of tax that a bill adds; left out, every amount includes it",
    "fees.receipts": "always | on_request | never: whether a receipt is posted; left out, never",
    "fees.ja, fees.en": "a sentence of the office on its fees, printed where they are told",
    "fee.rights": 'the rights it is taken for; "all" is every right, also those of which the law allows no fee',
    "fee.amount": 'what it is, 0 where the rule stands and nothing is taken, or "estimated": told with the decision',
    "fee.per": "request | right | item | name | page | half_hour | disc: what the amount is counted by",
    "fee.free": "so many of them cost nothing",
    "fee.electronic": "the amount for an answer that is not on paper, where it is another one",
    "fee.amounts": "the amount for whoever pays by that means: { card = 1000 }",
    "fee.plus": 'what is added: [{ amount = 10, per = "page", free = 20 }]',
    "fee.by": "by what it may be paid: stamps, money_order, transfer, cash, cash_registered, revenue_stamp, debit, "
    "card, cheque, voucher",
    "fee.due": "with_forms | after_identity | after_decision (both by a bill) | with_answer",
    "fee.pay_within": "of a bill: the time to pay, { months = 1 }, in days, working_days, weeks or months",
    "fee.unpaid": "of a bill nobody paid: lapse (the answer is not sent, the person is told) | decide (the lead does)",
    "fee.money_order_issued_within_months": "how old a postal money order may be",
    "fee.when": "excessive | further_copy: taken only where two people found the request so (override --what "
    "charge:excessive, approve), by a bill after the decision; left out, always",
    "fee.code": "a name for the row, for the books; left out, fee-1, fee-2 ...",
    "fee_means.means": "one means, of which more is to be said",
    "fee_means.issued_within": "how old it may be when it arrives: { months = 6 }, in days or months",
    "fee_means.surcharge": "what whoever pays by it adds",
    "fee_means.ja, fee_means.en": "how it is done: the payee, the account, what stays blank",
    "fee_extra.code": "what the person may choose and pays beside; a class of post, express or no_forwarding is "
    "how the answer is posted: it is offered by this row, and used once it is paid",
    "fee_extra.amount": "what it costs",
    "fee_extra.rights": "for which rights it may be chosen; left out, all of which a fee is lawful",
    "fee_extra.ja, fee_extra.en": "what it is called",
    "answer_postage.rights": "the rights whose answer the person pays the postage of",
    "answer_postage.stamps": "the amount; or dated, [{ from = 2026-10-01, amount = 430 }]; left out, as it turns out",
    "answer_postage.envelope": "true: an addressed envelope is to be enclosed",
    "answer_postage.by": "by what it may be paid; left out, stamps",
    "answer_postage.due": "with_forms, or by a bill as a fee is",
    "answer_postage.pay_within, answer_postage.unpaid": "of a bill, as those of a fee",
    "fee_shortage.ask": "true: what is missing, short, too old or of another kind is asked for in the one notice",
    "fee_shortage.then": '"refuse:method_not_followed": the ground on which the request is refused if it never comes',
    "fee_shortage.excess": "stamps | returned | kept: what becomes of what was paid too much; left out, returned",
    "fee_refund.refused": "true: given back where everything is refused",
    "fee_refund.not_held": "true: given back where nothing is held",
    "fee_refund.withdrawn": "true: given back where the request is taken back",
    "fee_waiver.code": "a name for a case in which no fee is taken",
    "fee_waiver.ja, fee_waiver.en": "when that is, in the office's words",
}
"""What each key of this part means, for docs/procedure-file.md."""


# -- reading ----------------------------------------------------------------------------------------------------------


def read(top: Table) -> Fees:
    """Return what the file says of fees."""
    general = top.inner("fees", _general) or Fees()
    currency = general.currency
    rows = top.each("fee", lambda table: _fee(table, currency), name="by")
    return replace(
        general,
        rows=tuple(row if row.code else replace(row, code=f"fee-{n}") for n, row in enumerate(rows, start=1)),
        postage=top.inner("answer_postage", lambda table: _postage(table, currency)),
        extras=top.each("fee_extra", lambda table: _extra(table, currency)),
        means=top.each("fee_means", lambda table: _means(table, currency), name="means"),
        shortage=top.inner("fee_shortage", _shortage),
        refund=top.inner("fee_refund", _refund),
        waivers=top.each("fee_waiver", _waiver),
    )


def _general(table: Table) -> Fees:
    return Fees(
        currency=table.one_of("currency", CURRENCIES, "JPY") or "JPY",
        tax=table.number("tax", 0, least=0) or 0,
        receipts=table.word("receipts", Receipts, Receipts.NEVER) or Receipts.NEVER,
        said=table.bilingual(required=False),
    )


def _fee(table: Table, currency: str) -> Fee:
    estimated = table.raw("amount") == ESTIMATED
    return Fee(
        rights=table.rights(),
        amount=None if estimated else _amount(table, "amount", currency, required=True),
        per=table.word("per", Per, Per.REQUEST) or Per.REQUEST,
        free=table.number("free", 0, least=0) or 0,
        by=table.members("by", Means, ()),
        due=table.word("due", Due, Due.WITH_FORMS) or Due.WITH_FORMS,
        code=table.text("code", ""),
        electronic=_amount(table, "electronic", currency) if "electronic" in table else table.raw("electronic"),
        amounts=_amounts(table, currency),
        plus=table.each("plus", lambda row: _rate(row, currency), name="per"),
        money_order_months=table.number("money_order_issued_within_months"),
        pay_within=span(table, "pay_within"),
        unpaid=table.word("unpaid", Unpaid) if "unpaid" in table else table.raw("unpaid"),
        when=table.word("when", ChargedFor) if "when" in table else None,
    )


def _rate(table: Table, currency: str) -> Rate | None:
    per = table.word("per", Per)
    amount, free = _amount(table, "amount", currency, required=True), table.number("free", 0, least=0) or 0
    return None if per is None else Rate(amount=amount, per=per, free=free)


def _postage(table: Table, currency: str) -> Postage:
    return Postage(
        rights=table.rights(),
        amounts=_dated(table, currency),
        by=table.members("by", Means, (Means.STAMPS,)),
        due=table.word("due", Due, Due.WITH_FORMS) or Due.WITH_FORMS,
        envelope=table.flag("envelope"),
        pay_within=span(table, "pay_within"),
        unpaid=table.word("unpaid", Unpaid) if "unpaid" in table else table.raw("unpaid"),
    )


def _dated(table: Table, currency: str) -> tuple[tuple[date | None, int], ...]:
    if not isinstance(table.raw("stamps"), list):
        return ((None, _amount(table, "stamps", currency)),) if "stamps" in table else ()
    rows = table.each(
        "stamps", lambda row: (row.day("from", required=True), _amount(row, "amount", currency, required=True)), "from"
    )
    return tuple(sorted(rows, key=lambda row: row[0] or date.min))


def _extra(table: Table, currency: str) -> Extra | None:
    code, amount = table.text("code"), _amount(table, "amount", currency, required=True)
    said, rights = table.bilingual(), table.rights(default=tuple(Right))
    return None if said is None else Extra(code=code, amount=amount, said=said, rights=rights)


def _means(table: Table, currency: str) -> MeansRule | None:
    means = table.word("means", Means)
    within = table.period("issued_within", AGE_UNITS)
    age = None if within is None else Span(within[0], SpanUnit(within[1]))
    surcharge = _amount(table, "surcharge", currency) if "surcharge" in table else (table.raw("surcharge") or 0)
    said = table.bilingual(required=False)
    return None if means is None else MeansRule(means=means, within=age, surcharge=surcharge, said=said)


def _shortage(table: Table) -> Shortage:
    then = table.optional("then")
    if then is not None and not then.startswith(REFUSE):
        table.refuse("office_fees.then_refuses", value=then, known=f"{REFUSE}method_not_followed")
    return Shortage(
        ask=table.flag("ask", True),
        then=None if then is None else then.removeprefix(REFUSE),
        excess=table.word("excess", Excess, Excess.RETURNED) or Excess.RETURNED,
    )


def _refund(table: Table) -> Refund:
    return Refund(refused=table.flag("refused"), not_held=table.flag("not_held"), withdrawn=table.flag("withdrawn"))


def _waiver(table: Table) -> Waiver | None:
    code, said = table.text("code"), table.bilingual()
    return None if said is None else Waiver(code=code, said=said)


def _amount(table: Table, key: str, currency: str, *, required: bool = False) -> int:
    value = table.raw(key)
    amount = in_units(value, currency)
    if amount is not None and not isinstance(value, str):
        return amount
    if value is None and required:
        table.refuse("office_file.missing", key=key)
    else:
        table.refuse("office_fees.no_amount", key=key, value=repr(value)[:40], currency=f"currency.{currency}")
    return 0


def _amounts(table: Table, currency: str) -> Mapping[Means, int]:
    found: dict[Means, int] = {}
    inner = table.table("amounts")
    for means in Means if inner is not None else ():
        if inner is not None and means in inner:
            found[means] = _amount(inner, means, currency)
    if inner is not None:
        inner.finish()
    return found


# -- what is refused --------------------------------------------------------------------------------------------------


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what must not be: a charge the law does not know, and one without a rule for what goes wrong with it."""
    fees = whole.fees
    for number, row in enumerate(fees.rows, start=1):
        place = f"fee {number}" + (f" ({', '.join(row.by)})" if row.by else "")
        yield from _unlawful(place, row.rights - _charged_only(row, regime), regime)
        if row.when is not None and row.due is not Due.AFTER_DECISION:
            yield Fault(place, Reason("office_fees.found_too_late", {"when": str(row.when), "due": str(row.due)}))
        yield from _unfit(place, row)
    if fees.postage is not None:
        yield from _unlawful("answer_postage", fees.postage.rights, regime)
        yield from _endless("answer_postage", fees.postage.due, fees.postage.pay_within, fees.postage.unpaid)
        if not fees.postage.amounts and fees.postage.due is Due.WITH_FORMS and not fees.postage.envelope:
            yield Fault("answer_postage", Reason("office_fees.told_too_late", {"key": "stamps"}))
    if fees.extras and not any(law.fee for law in regime.rights.values()):
        yield from _unlawful("fee_extra", frozenset(regime.rights), regime)
    yield from _doubled(fees)
    yield from _shortages(fees, regime)


def _charged_only(row: Fee, regime: Regime) -> frozenset[Right]:
    """Return the rights for which the law allows a fee for that alone. GDPR 12(5)(a)."""
    return frozenset(right for right, law in regime.rights.items() if row.when is not None and row.when in law.fee_only)


def _unlawful(place: str, rights: Iterable[Right], regime: Regime) -> Iterator[Fault]:
    free = sorted(right for right in rights if right not in regime.rights or not regime.rights[right].fee)
    if free:
        known = sorted(right for right, law in regime.rights.items() if law.fee)
        params: dict[str, object] = {"rights": free, "article": regime.fee_article}
        if known:
            yield Fault(place, Reason("office_fees.right_is_free", {**params, "known": known}))
        else:
            yield Fault(place, Reason("office_fees.all_is_free", params))


def _unfit(place: str, row: Fee) -> Iterator[Fault]:
    """Yield why a row could not be asked for, or not be paid."""
    counted = {row.per, *(rate.per for rate in row.plus)} & MEASURED
    if row.due in (Due.WITH_FORMS, Due.AFTER_IDENTITY) and row.amount is None:
        yield Fault(place, Reason("office_fees.told_too_late", {"key": "amount"}))
    elif row.due in (Due.WITH_FORMS, Due.AFTER_IDENTITY) and counted:
        yield Fault(place, Reason("office_fees.counted_too_late", {"per": sorted(counted)}))
    if row.costs and not row.by:
        yield Fault(place, Reason("office_fees.no_means", {}))
    strange = sorted(means for means in row.amounts if means not in row.by)
    if strange:
        yield Fault(place, Reason("office_fees.means_not_taken", {"means": strange, "known": sorted(row.by)}))
    if row.costs:
        yield from _endless(place, row.due, row.pay_within, row.unpaid)


def _endless(place: str, due: Due, pay_within: Span | None, unpaid: Unpaid | None) -> Iterator[Fault]:
    """Yield why a bill would be waited for without an end."""
    if due in BILLED and (pay_within is None or unpaid is None):
        missing = [key for key, value in (("pay_within", pay_within), ("unpaid", unpaid)) if value is None]
        yield Fault(place, Reason("office_fees.waits_for_ever", {"keys": missing}))
    elif due not in BILLED and (pay_within is not None or unpaid is not None):
        yield Fault(place, Reason("office_fees.no_bill", {"due": str(due), "known": sorted(BILLED)}))


def _doubled(fees: Fees) -> Iterator[Fault]:
    for key, codes in (
        ("fee", [row.code for row in fees.rows]),
        ("fee_extra", [extra.code for extra in fees.extras]),
        ("fee_means", [rule.means for rule in fees.means]),
        ("fee_waiver", [waiver.code for waiver in fees.waivers]),
    ):
        for code in (code for code, times in Counter(codes).items() if times > 1):
            yield Fault(key, Reason("office_fees.twice", {"code": str(code)}))
    for one, other in combinations([row for row in fees.rows if row.amount is None], 2):
        if one.rights & other.rights and one.due is other.due:
            yield Fault("fee", Reason("office_fees.two_estimates", {"rows": [one.code, other.code]}))


def _shortages(fees: Fees, regime: Regime) -> Iterator[Fault]:
    """Yield what is missing to say what becomes of a fee that does not come as it should."""
    early = [row for row in fees.rows if row.costs and row.due is Due.WITH_FORMS]
    rule = fees.shortage
    if rule is None:
        if early:
            yield Fault("", Reason("office_fees.no_shortage", {"rows": [row.code for row in early]}))
        return
    if not rule.ask and rule.then is None:
        yield Fault("fee_shortage", Reason("office_fees.neither", {}))
    if rule.then is None:
        return
    ground = regime.grounds.get(rule.then)
    if ground is None or not ground.procedural:
        known = sorted(f"{REFUSE}{code}" for code, each in regime.grounds.items() if each.procedural)
        yield Fault("fee_shortage", Reason("office_fees.no_ground", {"value": f"{REFUSE}{rule.then}", "known": known}))
