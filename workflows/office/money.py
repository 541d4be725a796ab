"""What a request costs and how it is paid, as values: every amount in the smallest unit of its currency.

The file says what is charged (`workflows.office.fees` reads it); what a case owes follows in
`workflows.request.charges`. Nothing here decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from workflows.engine.calendars import ONE_DAY, months_later
from workflows.law.values import ChargedFor, Right
from workflows.letters import MailClass, MailExtra
from workflows.office.said import Said
from workflows.office.spans import Span, SpanUnit, months

CURRENCIES: Mapping[str, int] = {
    "JPY": 0, "KRW": 0, "AUD": 2, "CAD": 2, "CHF": 2, "EUR": 2, "GBP": 2, "HKD": 2, "NZD": 2, "SGD": 2, "USD": 2,
}  # fmt: skip
"""How many places each currency has after the point (ISO 4217)."""
LARGEST = 1_000_000_000
"""No amount of an office is larger, in the smallest unit."""


class Means(StrEnum):
    """By what a fee may be paid."""

    STAMPS = "stamps"
    MONEY_ORDER = "money_order"
    TRANSFER = "transfer"
    CASH = "cash"
    CASH_REGISTERED = "cash_registered"
    REVENUE_STAMP = "revenue_stamp"
    DEBIT = "debit"
    CARD = "card"
    CHEQUE = "cheque"
    VOUCHER = "voucher"


class Per(StrEnum):
    """What a fee is counted by."""

    REQUEST = "request"
    RIGHT = "right"
    ITEM = "item"
    NAME = "name"
    PAGE = "page"
    HALF_HOUR = "half_hour"
    DISC = "disc"


MEASURED = frozenset({Per.PAGE, Per.HALF_HOUR, Per.DISC})
"""What nobody can count before the answer is there."""


class Due(StrEnum):
    """When a fee must be there."""

    WITH_FORMS = "with_forms"
    AFTER_IDENTITY = "after_identity"
    AFTER_DECISION = "after_decision"
    WITH_ANSWER = "with_answer"


BILLED = (Due.AFTER_IDENTITY, Due.AFTER_DECISION)
"""What is asked for by a bill, and waited for."""


BEFORE = (Due.WITH_FORMS, Due.AFTER_IDENTITY)
"""What is to be paid before anything is decided."""


class For(StrEnum):
    """What is paid for: the handling, the way back, or what the person chose beside."""

    FEE = "fee"
    POSTAGE = "postage"
    EXTRA = "extra"


class Excess(StrEnum):
    """What becomes of what was paid too much: back as stamps, back by the office's own means, or it is kept."""

    STAMPS = "stamps"
    RETURNED = "returned"
    KEPT = "kept"


class Unpaid(StrEnum):
    """What becomes of an answer whose bill is not paid: it lapses by itself, or the lead decides."""

    LAPSE = "lapse"
    DECIDE = "decide"


class Receipts(StrEnum):
    """Whether a receipt is sent: of every payment, of those that ask for one, or of none."""

    ALWAYS = "always"
    ON_REQUEST = "on_request"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So much more per page, item, half hour; ``free``: so many of them cost nothing."""

    amount: int
    per: Per
    free: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One fee. ``amount`` None: estimated, told with the decision; ``plus`` is added to it.

    ``electronic``: another amount for an answer that is not on paper. ``amounts``: another one for whoever pays by that
    means. ``money_order_months``: within how many months a money order must have been issued, where this row says so.
    ``pay_within`` and ``unpaid`` are of a fee that a bill asks for. ``when``: only where it was found so.
    """

    rights: frozenset[Right]
    amount: int | None
    per: Per = Per.REQUEST
    by: tuple[Means, ...] = ()
    due: Due = Due.WITH_FORMS
    code: str = ""
    of: For = For.FEE
    free: int = 0
    electronic: int | None = None
    amounts: Mapping[Means, int] = field(default_factory=dict)
    plus: tuple[Rate, ...] = ()
    money_order_months: int | None = None
    pay_within: Span | None = None
    unpaid: Unpaid | None = None
    when: ChargedFor | None = None

    @property
    def costs(self) -> bool:
        """Whether it can cost anything: an amount of 0 is written where the rule stands and nothing is taken."""
        return self.amount != 0 or bool(self.plus) or bool(self.electronic) or any(self.amounts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Postage:
    """Stamps for the answer: the amount by the day from which it holds (postage rises); none: as it turns out to be.

    ``envelope``: an addressed envelope is to be enclosed as well.
    """

    rights: frozenset[Right]
    amounts: tuple[tuple[date | None, int], ...] = ()
    by: tuple[Means, ...] = (Means.STAMPS,)
    due: Due = Due.WITH_FORMS
    envelope: bool = False
    pay_within: Span | None = None
    unpaid: Unpaid | None = None

    def on(self, day: date) -> int | None:
        """Return the amount on that day; None where it is told with the decision."""
        held = [amount for first, amount in self.amounts if first is None or first <= day]
        return held[-1] if held else (self.amounts[0][1] if self.amounts else None)

    def fee(self, day: date) -> Fee:
        """Return it as a fee of that day."""
        return Fee(
            rights=self.rights,
            amount=self.on(day),
            by=self.by,
            due=self.due,
            code="postage",
            of=For.POSTAGE,
            pay_within=self.pay_within,
            unpaid=self.unpaid,
        )


CLASSES, ASKED_BESIDE = frozenset(map(str, MailClass)), frozenset(map(str, MailExtra))
EVERY_POST = CLASSES | ASKED_BESIDE
"""The codes of an extra that are how the answer is posted, and not something laid beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What the person may choose and then pays beside: express, addressee-only, a second copy."""

    code: str
    amount: int
    said: Said
    rights: frozenset[Right] = frozenset(Right)

    @property
    def posts(self) -> bool:
        """Whether it is a class of post, or something asked of the post beside it."""
        return self.code in EVERY_POST


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansRule:
    """What holds of one means: how old it may be, what is added; ``said`` is how it is done (payee, account).

    ``within``: it was issued at most so long before it arrives.
    """

    means: Means
    within: Span | None = None
    surcharge: int = 0
    said: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """What becomes of a fee that is missing, short, stale or of the wrong kind.

    ``ask``: it is asked for in the deficiency notice; ``then``: the ground on which the request is refused where it
    never comes (None: people decide). ``excess``: what becomes of what was paid too much.
    """

    ask: bool = True
    then: str | None = None
    excess: Excess = Excess.RETURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Whether what was paid is given back where the request comes to nothing."""

    refused: bool = False
    not_held: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """When a fee is waived, in the office's words."""

    code: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """All that is said of money; nothing: no fee, as the source's silence is read (S45).

    ``tax``: per cent added to what a bill says; 0: the amounts include it. ``shortage`` None: nothing was said, and
    nothing is charged that could be short. ``refund`` None: the office says nothing of it.
    """

    currency: str = "JPY"
    rows: tuple[Fee, ...] = ()
    postage: Postage | None = None
    extras: tuple[Extra, ...] = ()
    means: tuple[MeansRule, ...] = ()
    shortage: Shortage | None = None
    refund: Refund | None = None
    waivers: tuple[Waiver, ...] = ()
    receipts: Receipts = Receipts.NEVER
    tax: int = 0
    said: Said | None = None

    @property
    def charged(self) -> bool:
        """Whether the office takes anything at all."""
        return any(row.costs for row in self.rows) or self.postage is not None or bool(self.extras)

    def rows_on(self, day: date) -> tuple[Fee, ...]:
        """Return what is charged on that day, the postage of the answer among it."""
        return (*self.rows, *(() if self.postage is None else (self.postage.fee(day),)))

    def rule(self, means: Means) -> MeansRule:
        """Return what holds of one means."""
        return next((rule for rule in self.means if rule.means is means), MeansRule(means=means))

    def stale_from(self, means: Means, issued: date) -> date | None:
        """Return the last day on which something issued then is taken; None where its age does not matter."""
        of_rows = [row.money_order_months for row in self.rows if row.money_order_months is not None]
        within = self.rule(means).within
        if within is None and means is Means.MONEY_ORDER and of_rows:
            within = months(min(of_rows))
        if within is None:
            return None
        return (
            months_later(issued, within.number) if within.unit is SpanUnit.MONTHS else issued + within.number * ONE_DAY
        )


# -- amounts as people write them -------------------------------------------------------------------------------------


def in_units(value: object, currency: str) -> int | None:
    """Return an amount as somebody wrote it, in the smallest unit: 500, ``"1,100"``, 12.5; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        amount = Decimal(str(value).replace(",", "").strip()).scaleb(CURRENCIES.get(currency, 0))
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= LARGEST:
        return None
    return int(amount)


def shown(amount: int, currency: str) -> str:
    """Return an amount in figures, with its places after the point: ``1,100``, ``12.50``."""
    places = CURRENCIES.get(currency, 0)
    return f"{Decimal(amount).scaleb(-places):,.{places}f}"
