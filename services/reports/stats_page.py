"""The figures as a page of 80 columns, and as a table of one figure a line."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from services.letters.profile import department_named as named
from services.reports.stats import FLOWS, PLAIN
from workflows.engine.figures import ALL
from workflows.law.values import OutcomeName
from workflows.lines import Line, Table, title
from workflows.office.money import shown
from workflows.tongue import Tongue

KEPT_BACK = "*"
COLUMNS = ("of", "by", "row", "figure", "detail", "number")
Told = Mapping[str, Any]


def page(found: Told, tongue: Tongue) -> Iterator[Line | Table]:
    """Say the figures of requests, then those of searches, if there were any."""
    yield title(tongue.tell("stats.title", days=_days(found, tongue)))
    if found["uncounted"]:
        yield Line(tongue.tell("stats.uncounted", number=found["uncounted"]), colour="red")
    yield from _figures(found, tongue)
    if found["by"]:
        yield from _rows(found["rows"], found["by"], tongue)
        if not found["rows"]:
            yield Line(tongue.tell("stats.no_rows"))
    searches = found["searches"]
    if searches["received"] or searches["carried_over"]:
        yield Line("")
        yield title(tongue.tell("stats.searches"))
        yield from _flows(searches, ("overdue", "reminders"), tongue)
        yield from _answers(searches, tongue)
        yield from _took(searches, tongue)
        yield from _rows(searches["rows"], "department", tongue)
    if found["hidden"] or searches["hidden"]:
        yield Line(tongue.tell("stats.kept_back", threshold=found["threshold"]), colour="grey")
    if found["lots"]:
        yield Line(tongue.tell("stats.in_lots", lot=found["lots"], off=found["lots"] - 1), colour="grey")
    if found["in_full"]:
        yield Line(tongue.tell("stats.in_full"), colour="yellow")


def _days(found: Told, tongue: Tongue) -> str:
    given = {name: found[name] for name in ("since", "until") if found[name] is not None}
    code = {0: "stats.all_days", 2: "stats.days"}.get(len(given)) or f"stats.days_{next(iter(given))}"
    return tongue.tell(code, **given)


def _figures(found: Told, tongue: Tongue) -> Iterator[Line | Table]:
    yield from _flows(found, tuple(PLAIN), tongue)
    yield Line("")
    yield Table(
        [tongue.noun(f"state.{state}") for state in found["endings"]],
        [[number_of(number) for number in found["endings"].values()]],
    )
    if found["outcomes"]:
        yield Line("")
        names = [str(name) for name in OutcomeName]
        yield Table(
            [tongue.tell("stats.head.right"), *(tongue.tell(f"stats.outcome.{name}") for name in names)],
            [
                [tongue.noun(f"right_in_short.{right}"), *(number_of(by_name[name]) for name in names)]
                for right, by_name in found["outcomes"].items()
            ],
        )
    if found["grounds"]:
        yield Line("")
        yield Table(
            [tongue.tell(f"stats.head.{name}") for name in ("number", "right", "ground", "article")],
            [
                [
                    number_of(one["number"]),
                    tongue.noun(f"right_in_short.{one['right']}"),
                    tongue.noun(f"ground.{one['ground']}"),
                    (one["article"] or {}).get(tongue.language, ""),
                ]
                for one in found["grounds"]
            ],
            widest=(7, 12, 28),
        )
    yield Line("")
    yield from _took(found, tongue)
    if paid := [_money(currency, amount, tongue) for currency, amount in found["fees"].items()]:
        yield Line(tongue.tell("stats.fees", amounts=tongue.listed(paid)))


def _flows(found: Told, more: Sequence[str], tongue: Tongue) -> Iterator[Table]:
    names = [name for name in (*FLOWS, *more) if name in found]
    yield Table([tongue.tell(f"stats.head.{name}") for name in names], [[number_of(found[name]) for name in names]])


def _took(found: Told, tongue: Tongue) -> Iterator[Table]:
    yield Table(
        [tongue.tell(f"stats.head.{name}") for name in ("state", "median", "p90")],
        [
            [state_of(state, tongue), *(_of_days(days[name], tongue) for name in ("median", "p90"))]
            for state, days in found["days"].items()
        ],
    )


def _answers(found: Told, tongue: Tongue) -> Iterator[Table]:
    rows = [
        [tongue.noun(f"act.{act}"), tongue.noun(f"found.{name}"), number_of(number)]
        for act, by_name in found["outcomes"].items()
        for name, number in by_name.items()
    ]
    if rows:
        yield Table([tongue.tell(f"stats.head.{name}") for name in ("act", "found", "number")], rows)


_IN_ROWS = ("received", "closed", "overdue")
_ENDS = ("fulfilled", "refused")


def _rows(rows: Sequence[Told], by: str, tongue: Tongue) -> Iterator[Line | Table]:
    if not rows:
        return
    names = [name for name in _IN_ROWS if all(name in row for row in rows)]
    ends = [name for name in _ENDS if by != "department"]
    yield Line("")
    yield Table(
        [
            tongue.tell(f"stats.head.{by}"),
            *(tongue.tell(f"stats.head.{name}") for name in names),
            *(tongue.noun(f"state.{name}") for name in ends),
            *(tongue.tell(f"stats.head.{name}") for name in ("median", "p90")),
        ],
        [
            [
                row_name(row["what"], by, tongue),
                *(number_of(row[name]) for name in names),
                *(number_of(row["endings"][name]) for name in ends),
                *(_of_days(row["days"][ALL][name], tongue) for name in ("median", "p90")),
            ]
            for row in rows
        ],
        widest=(24,),
    )


def row_name(what: str, by: str, tongue: Tongue) -> str:
    """Return what a row is called."""
    if by in ("month", "regime"):
        return what
    if by == "department":
        return named(what, tongue.language)
    return tongue.noun(f"{'right_in_short' if by == 'right' else by}.{what}")


def state_of(state: str, tongue: Tongue) -> str:
    """Return what a state is called; ``all`` is the whole time."""
    return tongue.tell("stats.whole_time") if state == ALL else tongue.noun(f"state.{state}")


def number_of(number: int | None) -> str:
    """Return a number as it is shown, or the sign of one that is kept back."""
    return KEPT_BACK if number is None else f"{number:,}"


def _of_days(number: int | None, tongue: Tongue) -> str:
    return "-" if number is None else tongue.tell("stats.number_of_days", number=number)


def _money(currency: str, amount: int | None, tongue: Tongue) -> str:
    figures = KEPT_BACK if amount is None else f"{'-' if amount < 0 else ''}{shown(abs(amount), currency)}"
    return tongue.tell("fees.money", amount=figures, currency=tongue.noun(f"currency.{currency}"))


# -- one figure a line ------------------------------------------------------------------------------------------------


def table(found: Told) -> str:
    """Return every figure as a line of CSV, in codes; a number that is kept back is a star."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for of, told, by in (("request", found, found["by"]), ("search", found["searches"], "department")):
        for row in (told, *told["rows"]):
            for figure, detail, number in _lines(row):
                what = row.get("what", "")
                shown_number = KEPT_BACK if number is None else number
                writer.writerow([of, by if what else "", what, figure, detail, shown_number])
    return out.getvalue()


def _lines(row: Told) -> Iterator[tuple[str, str, Any]]:
    yield from ((name, "", row[name]) for name in (*FLOWS, *PLAIN) if name in row)
    yield from (("ended", state, number) for state, number in row["endings"].items())
    for right, by_name in row["outcomes"].items():
        yield from (("outcome", f"{right} {name}", number) for name, number in by_name.items())
    for one in row["grounds"]:
        yield "ground", " ".join(str(one[name]) for name in ("regime", "right", "ground")), one["number"]
    for state, days in row["days"].items():
        yield from ((f"days_{name}", state, number) for name, number in days.items() if number is not None)
    yield from (("fees", currency, amount) for currency, amount in row["fees"].items())
