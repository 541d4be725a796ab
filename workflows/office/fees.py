"""What a request costs, how it is paid, and what becomes of a fee that is short, in excess or of the wrong kind."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.law.values import Right


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


class Due(StrEnum):
    """When a fee must be there."""

    WITH_FORMS = "with_forms"
    AFTER_DECISION = "after_decision"
    WITH_ANSWER = "with_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One fee in whole yen (or the currency of the procedure); ``amount`` None: estimated, told with the decision."""

    rights: frozenset[Right]
    amount: int | None
    per: Per = Per.REQUEST
    by: tuple[Means, ...] = ()
    due: Due = Due.WITH_FORMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """All that is said of money; nothing: no fee, as the source's silence is read (S45)."""

    currency: str = "JPY"
    rows: tuple[Fee, ...] = ()
