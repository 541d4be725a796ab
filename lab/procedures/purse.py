"""What somebody pays who reads what a file asks for, and what the office counts it by once it knows."""

from collections.abc import Collection
from datetime import date, timedelta

from workflows.law import Regime
from workflows.law.values import Right
from workflows.office import OfficeProcedure
from workflows.office.money import MEASURED, Due, Fee, Means, Per, shown
from workflows.request.account import Paid

COUNTS = {Per.PAGE: 10, Per.HALF_HOUR: 1, Per.DISC: 1}
"""How many pages, half hours and discs an answer of these lives comes to."""
ESTIMATE = 900
"""What an estimated fee comes to, in the smallest unit of its currency."""
_ISSUED_BEFORE = timedelta(days=10)


def charged(whole: OfficeProcedure, law: Regime, rights: Collection[Right], day: date, *dues: Due) -> list[Fee]:
    """Return the rows of the file that are taken for these rights, at these times."""
    lawful = {right for right in rights if right in law.rights and law.rights[right].fee}
    return [row for row in whole.fees.rows_on(day) if row.due in dues and row.rights & lawful and row.costs]


def with_forms(whole: OfficeProcedure, law: Regime, rights: Collection[Right], day: date) -> tuple[Paid, ...]:
    """Return what lies in the envelope with the forms."""
    rows = charged(whole, law, rights, day, Due.WITH_FORMS)
    return tuple(_paid(row, len(row.rights & set(rights)), whole.fees.currency, day) for row in rows)


def _paid(row: Fee, rights: int, currency: str, day: date) -> Paid:
    means = row.by[0]
    amount = (row.amount or 0) * (rights if row.per is Per.RIGHT else 1)
    aged = means in (Means.MONEY_ORDER, Means.CHEQUE)
    return Paid(means=means, amount=shown(amount, currency), issued_on=day - _ISSUED_BEFORE if aged else None)


def counts(rows: Collection[Fee]) -> dict[Per, int]:
    """Return what the rows are counted by, as whoever decides knows it."""
    per = {row.per for row in rows} | {rate.per for row in rows for rate in row.plus}
    return {each: COUNTS[each] for each in per if each in MEASURED}


def estimates(rows: Collection[Fee], currency: str) -> dict[str, str]:
    """Return what estimated rows come to."""
    return {row.code: shown(ESTIMATE, currency) for row in rows if row.amount is None}
