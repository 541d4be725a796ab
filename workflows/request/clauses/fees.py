"""What a request costs, how it is paid, what becomes of money that is short or too much, and who bears the postage."""

from collections.abc import Iterable, Iterator

from workflows.office.money import Due, Fee, For, Means, MeansRule, Postage, Rate, Receipts, shown
from workflows.office.spans import Span, SpanUnit
from workflows.request.clauses.spans import span
from workflows.request.clauses.values import (
    Checks,
    Clauses,
    Group,
    Noun,
    Sentence,
    Situation,
    Slip,
    Topic,
    only,
    says,
    starting,
)

UNSAID = {Means.TRANSFER: "said_fees.account_asked", Means.CASH: "said_fees.cash_at_counter"}
"""What is said of a means where the office says nothing itself."""


def due(s: Situation, *when: Due) -> list[Fee]:
    """Return the fees that may fall due for what is asked, at one of these times; none named: at any."""
    return [fee for fee in s.office.fees.rows if s.concerns(fee.rights) and (not when or fee.due in when)]


def say(s: Situation) -> Clauses:
    """Yield each fee, how it is paid and what goes wrong with it; or that there is none."""
    fees = s.office.fees
    rows = due(s)
    charged = [*rows, *_postage_rows(s)]
    for paragraph in (*(_row(s, row) for row in rows), _postage(s)):
        yield from ((Topic.FEE, sentence) for sentence in _paragraph(paragraph))
    for extra in fees.extras:
        if s.concerns(extra.rights):
            yield (
                Topic.FEE,
                says("said_fees.extra", what=extra.said, money=_money(s, extra.amount), only=only(s, extra.rights)),
            )
    if any(row.costs for row in charged):
        yield from ((Topic.FEE, sentence) for sentence in _paragraph(_paying(s, charged)))
    for waiver in fees.waivers if rows else ():
        yield Topic.FEE, says("said_fees.waived", when=waiver.said)
    if fees.said is not None:
        yield Topic.FEE, says("said.own", text=fees.said)
    if not any(row.costs for row in rows):
        yield Topic.COSTS, says("said_fees.none")
    if not s.published:
        yield Topic.COSTS, says("said_fees.postage")


def _paragraph(found: Iterable[Sentence]) -> Iterator[Sentence]:
    for number, sentence in enumerate(found):
        yield sentence if number else starting(sentence)


def checks(s: Situation) -> Checks:
    """Yield a line for each fee that must be enclosed, and for the stamps and envelope of the answer."""
    for row in enclosed(s):
        code = "said_fees.check_postage" if row.of is For.POSTAGE else "said_fees.check"
        yield Group.FEE, says(code, money=_money(s, row.amount or 0), means=_named(row.by))
    postage = s.office.fees.postage
    if postage is not None and postage.envelope and s.concerns(postage.rights):
        yield Group.FEE, says("said_fees.check_envelope")


def slip(s: Situation) -> Slip:
    """Yield what of the fee is ticked on the return slip."""
    if enclosed(s):
        yield says("said_fees.slip")


def enclosed(s: Situation) -> list[Fee]:
    """Return what of money must come with the forms."""
    return [row for row in (*due(s, Due.WITH_FORMS), *_postage_rows(s)) if row.costs and row.due is Due.WITH_FORMS]


# -- rows -------------------------------------------------------------------------------------------------------------


def _row(s: Situation, row: Fee) -> Iterator[Sentence]:
    rights = [Noun(f"right.{right}") for right in s.rights if right in row.rights]
    if not row.costs:
        yield says("said_fees.free", rights=rights)
        return
    if row.when is not None:
        yield says(f"said_fees.when_{row.when}")
    if row.amount is None:
        yield says("said_fees.estimated", rights=rights)
    else:
        yield says("said_fees.amount", rights=rights, per=Noun(f"per.{row.per}"), money=_money(s, row.amount))
    if row.free:
        yield says("said_fees.first_free", number=row.free, per=Noun(f"per.{row.per}"))
    for rate in row.plus:
        yield _rate(s, rate)
    if row.electronic is not None:
        yield says("said_fees.electronic", money=_money(s, row.electronic))
    for means, amount in row.amounts.items():
        yield says("said_fees.by_means", means=Noun(f"means.{means}"), money=_money(s, amount))
    yield says(f"said_fees.{row.due}")
    yield from _billed(row)
    yield says("said_fees.by", means=_named(row.by))


def _rate(s: Situation, rate: Rate) -> Sentence:
    code = "said_fees.plus_after" if rate.free else "said_fees.plus"
    return says(code, money=_money(s, rate.amount), per=Noun(f"per.{rate.per}"), free=rate.free)


def _billed(row: Fee) -> Iterator[Sentence]:
    """Yield how long a bill may be paid, and what then."""
    if row.pay_within is not None:
        yield says("said_fees.pay_within", span=span(row.pay_within))
    if row.unpaid is not None:
        yield says(f"said_fees.unpaid_{row.unpaid}")


# -- the way back -----------------------------------------------------------------------------------------------------


def _postage_rows(s: Situation) -> list[Fee]:
    postage = s.office.fees.postage
    return [] if postage is None or not s.concerns(postage.rights) else [postage.fee(s.on)]


def _postage(s: Situation) -> Iterator[Sentence]:
    postage: Postage | None = s.office.fees.postage
    if postage is None or not s.concerns(postage.rights):
        return
    rights = [Noun(f"right.{right}") for right in s.rights if right in postage.rights]
    amount = postage.on(s.on)
    if amount is None:
        yield says("said_fees.postage_as_it_is", rights=rights, means=_named(postage.by))
    else:
        yield says("said_fees.postage_of", money=_money(s, amount), rights=rights, means=_named(postage.by))
        for first, later in postage.amounts:
            if first is not None and first > s.on:
                yield says("said_fees.postage_from", day=first, money=_money(s, later))
    if postage.envelope:
        yield says("said_fees.envelope")
    if postage.due is not Due.WITH_FORMS:
        yield says(f"said_fees.postage_{postage.due}")
    yield from _billed(postage.fee(s.on))


# -- how it is paid ---------------------------------------------------------------------------------------------------


def _paying(s: Situation, charged: Iterable[Fee]) -> Iterator[Sentence]:
    fees = s.office.fees
    used = dict.fromkeys(means for row in charged for means in row.by)
    for means in used:
        yield from _means(s, means, fees.rule(means), charged)
    if fees.tax:
        yield says("said_fees.tax", tax=fees.tax)
    yield from _wrong(s)
    if fees.receipts is not Receipts.NEVER:
        yield says(f"said_fees.receipt_{fees.receipts}")


def _means(s: Situation, means: Means, rule: MeansRule, charged: Iterable[Fee]) -> Iterator[Sentence]:
    within = rule.within
    months = [row.money_order_months for row in charged if row.money_order_months is not None]
    if within is None and means is Means.MONEY_ORDER and months:
        within = Span(min(months), SpanUnit.MONTHS)
    if within is not None:
        yield says("said_fees.issued_within", means=Noun(f"means.{means}"), span=span(within))
    if rule.surcharge:
        yield says("said_fees.surcharge", means=Noun(f"means.{means}"), money=_money(s, rule.surcharge))
    if rule.said is not None:
        yield says("said.own", text=rule.said)
    elif means in UNSAID:
        yield says(UNSAID[means])


def _wrong(s: Situation) -> Iterator[Sentence]:
    """Yield what becomes of money that is missing, short, too much, or paid for nothing."""
    short, refund = s.office.fees.shortage, s.office.fees.refund
    if short is not None:
        if short.ask:
            yield says("said_fees.short_asked")
        ground = s.regime.grounds.get(short.then or "")
        if ground is not None:
            yield says("said_fees.short_refused_after" if short.ask else "said_fees.short_refused")
        yield says(f"said_fees.excess_{short.excess}")
    if refund is not None:
        given = {"refused": refund.refused, "not_held": refund.not_held, "withdrawn": refund.withdrawn}
        for code in ("said_fees.refunded", "said_fees.not_refunded"):
            cases = [
                says(f"said_fees.refund.{name}")
                for name, back in given.items()
                if back is (code == "said_fees.refunded")
            ]
            if cases:
                yield says(code, cases=cases)


def _named(means: Iterable[Means]) -> list[Noun]:
    return [Noun(f"means.{each}") for each in means]


def _money(s: Situation, amount: int) -> Sentence:
    currency = s.office.fees.currency
    return says("said_fees.money", amount=shown(amount, currency), currency=Noun(f"currency.{currency}"))
