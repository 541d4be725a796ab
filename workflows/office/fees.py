"""What a request costs, how it is paid, and what becomes of a fee that is short, in excess or of the wrong kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.law import Regime
from workflows.law.values import Right
from workflows.office.table import Fault, Table

if TYPE_CHECKING:
    from workflows.office.procedure import OfficeProcedure

KEYS: dict[str, str] = {}
"""What each key of this part means, for docs/procedure-file.md."""


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


def read(top: Table) -> Fees:
    """Return what the file says of fees."""
    return Fees(currency=top.text("currency", "JPY"), rows=top.each("fee", _fee, name="by"))


def _fee(table: Table) -> Fee:
    estimated = table.raw("amount") == "estimated"
    return Fee(
        rights=table.rights(),
        amount=None if estimated else table.number("amount", least=0, required=True),
        per=table.word("per", Per, Per.REQUEST) or Per.REQUEST,
        by=table.members("by", Means),
        due=table.word("due", Due, Due.WITH_FORMS) or Due.WITH_FORMS,
    )


def forbidden(whole: "OfficeProcedure", regime: Regime) -> Iterator[Fault]:
    """Yield what the law forbids of it."""
    yield from ()
