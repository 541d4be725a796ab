"""The books, told: what came in, what was given back, by right, by means or by month; and row by row for a table."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any

from sqlalchemy import Connection, Row

from models import booking
from services.engine.moments import iso
from services.engine.office import Office
from workflows.lines import Line, Table
from workflows.office.money import shown
from workflows.tongue import Tongue

BY = ("right", "means", "month")
COLUMNS = ("day", "case", "entry", "kind", "means", "for", "amount", "currency", "recorded_at", "by")


def books(db: Connection, office: Office, since: date | None, until: date | None, by: str) -> dict[str, Any]:
    """Return what the books come to in these days, grouped; amounts in the smallest unit of their currency."""
    groups: dict[tuple[str, str], dict[str, int]] = {}
    for row in booking.rows(db, since, until):
        sums = groups.setdefault((_group(row, by), row.currency), {"paid": 0, "given_back": 0, "sum": 0})
        # What is booked back takes away from what it was.
        given = row.label == "refund"
        sums["given_back" if given else "paid"] += -row.amount if given else row.amount
        sums["sum"] += row.amount
    rows: list[dict[str, Any]] = [
        {"what": what, "currency": currency, **sums} for (what, currency), sums in sorted(groups.items())
    ]
    currencies = sorted({currency for _, currency in groups})
    return {
        "since": None if since is None else since.isoformat(),
        "until": None if until is None else until.isoformat(),
        "by": by,
        "rows": rows,
        "totals": {
            currency: {name: sum(row[name] for row in rows if row["currency"] == currency) for name in _SUMS}
            for currency in currencies
        },
    }


_SUMS = ("paid", "given_back", "sum")


def _group(row: Row[Any], by: str) -> str:
    if by == "month":
        return f"{row.on_day:%Y-%m}"
    return str(row.means if by == "means" else row.label)


def page(found: Mapping[str, Any], tongue: Tongue) -> Iterator[Line | Table]:
    """Say the groups and what they come to."""
    if not found["rows"]:
        yield Line(tongue.tell("fees.none"))
        return
    heads = [tongue.tell(f"fees.head.{name}") for name in (found["by"], *_SUMS)]
    rows = [
        [_named(row["what"], found["by"], tongue), *_amounts(row, row["currency"], tongue)] for row in found["rows"]
    ]
    for currency, sums in found["totals"].items():
        rows.append([tongue.tell("fees.total"), *_amounts(sums, currency, tongue)])
    yield Table(heads, rows, widest=(32, 18, 18))


def _amounts(sums: Mapping[str, int], currency: str, tongue: Tongue) -> list[str]:
    return [_money(sums[name], currency, tongue) for name in _SUMS]


def _money(amount: int, currency: str, tongue: Tongue) -> str:
    sign = "-" if amount < 0 else ""
    figures = f"{sign}{shown(abs(amount), currency)}"
    return tongue.tell("fees.money", amount=figures, currency=tongue.noun(f"currency.{currency}"))


def _named(what: str, by: str, tongue: Tongue) -> str:
    if by == "month":
        return what
    if by == "means":
        return tongue.noun(f"means.{what}")
    if what in ("refund", "excess"):
        return tongue.noun(f"paid_for.{what}")
    kind, _, code = what.partition(":")
    if code:
        return tongue.noun(f"paid_for.{'tax' if code == 'tax' else kind}")
    return tongue.listed(tongue.noun(f"right_in_short.{right}") for right in what.split("+"))


def table(rows: Iterable[Row[Any]], office: Office) -> str:
    """Return the rows as a CSV table, amounts in the currency and not in its smallest unit."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        sign = "-" if row.amount < 0 else ""
        amount = sign + shown(abs(row.amount), row.currency).replace(",", "")
        writer.writerow(
            [
                row.on_day.isoformat(), row.number, row.entry, row.kind, row.means, row.label, amount, row.currency,
                iso(row.at, office), row.actor,
            ]
        )  # fmt: skip
    return out.getvalue()
