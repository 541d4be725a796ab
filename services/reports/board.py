"""The board: one page for a lead's wall, of the same figures as `stats` and `forecast`; nothing in it is loaded.

Every chart has a table beside it, with the same numbers, for whoever does not see it. Small numbers are kept back here
always: a page wanders.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sqlalchemy import Connection

from services.engine.moments import iso
from services.engine.office import Office
from services.letters import profile
from services.reports import charts
from services.reports.charts import Series
from services.reports.forecast import LATE, SORTS, forecast
from services.reports.stats import PLAIN, Asked, stats
from services.reports.stats_page import number_of, row_name, state_of
from settings import PROJECT
from workflows.engine.figures import ALL
from workflows.engine.values import Language
from workflows.law.values import OutcomeName
from workflows.tongue import Tongue

if TYPE_CHECKING:
    from jinja2 import Template

MONTHS = 12
PEOPLE = 12
"""How many people the page names."""


@dataclass(frozen=True, slots=True)
class Part:
    """One chart with its table: ``heads`` over ``rows``; ``legend`` names the series, as they are filled."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    chart: Markup | None = None
    legend: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page shows: of those days by month and by right, and what comes."""

    by_month: Mapping[str, Any]
    by_right: Mapping[str, Any]
    coming: Mapping[str, Any]
    at: str
    sample: bool


def figures(db: Connection, office: Office, since: date | None, until: date | None, days: int) -> Figures:
    """Return the figures; of the last twelve months where no first day is named."""
    first = since or _a_year_before(until or office.calendar.today(office.now))
    by_month, by_right = (stats(db, office, Asked(first, until, by)) for by in ("month", "right"))
    at = str(iso(office.now, office))[:16].replace("T", " ")
    return Figures(by_month, by_right, forecast(db, office, days), at, office.founded.demo)


def _a_year_before(day: date) -> date:
    months = day.year * 12 + day.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def page(found: Figures, tongue: Tongue) -> bytes:
    """Return the page in one language; every text is escaped."""
    card = profile.organisation()
    told = found.by_month
    days = tongue.tell("board.days", since=told["since"] or "", until=told["until"] or found.at[:10])
    tiles = [
        (tongue.tell(f"stats.head.{name}"), number_of(told[name]))
        for name in ("received", "carried_over", "closed", "open", *PLAIN)
    ]
    notes = [tongue.tell("stats.kept_back", threshold=told["threshold"])]
    notes += [tongue.tell("stats.uncounted", number=told["uncounted"])] if told["uncounted"] else []
    notes += [tongue.tell("board.sample")] if found.sample else []
    text = _template().render(
        language=tongue.language,
        title=tongue.tell("board.title"),
        office=card.name_ja if tongue.language == Language.JA else card.name_en,
        days=days,
        at=tongue.tell("board.at", at=found.at),
        tiles=tiles,
        in_figures=tongue.tell("board.in_figures"),
        parts=list(_parts(found, tongue)),
        as_table=tongue.tell("board.as_table"),
        nothing=tongue.tell("board.nothing"),
        notes=notes,
        patterns=charts.PATTERNS,
        inks=charts.INKS,
    )
    return text.encode()


def _parts(found: Figures, tongue: Tongue) -> Iterator[Part]:
    yield _months(found.by_month["rows"], tongue)
    yield _outcomes(found.by_right["outcomes"], tongue)
    yield _grounds(found.by_right["grounds"], tongue)
    yield _took(found.by_month["days"], tongue)
    yield _rights(found.by_right["rows"], tongue)
    yield _coming(found.coming, tongue)
    yield _load(found.coming["people"], tongue)
    yield _departments(found.by_month["searches"], tongue)


def _months(rows: Sequence[Mapping[str, Any]], tongue: Tongue) -> Part:
    names = ("received", "closed")
    series = [Series(tongue.tell(f"stats.head.{name}"), [row[name] for row in rows]) for name in names]
    return _charted("months", charts.columns, [row["what"] for row in rows], series, "stats.head.month", tongue)


def _outcomes(outcomes: Mapping[str, Mapping[str, Any]], tongue: Tongue) -> Part:
    labels = [tongue.noun(f"right_in_short.{right}") for right in outcomes]
    series = [
        Series(tongue.tell(f"stats.outcome.{name}"), [by_name[name] for by_name in outcomes.values()])
        for name in OutcomeName
    ]
    return _charted("outcomes", charts.bars, labels, series, "stats.head.right", tongue)


def _grounds(grounds: Sequence[Mapping[str, Any]], tongue: Tongue) -> Part:
    heads = [tongue.tell(f"stats.head.{name}") for name in ("ground", "article", "right", "number")]
    rows = [
        [
            tongue.noun(f"ground.{one['ground']}"),
            (one["article"] or {}).get(tongue.language, ""),
            tongue.noun(f"right_in_short.{one['right']}"),
            number_of(one["number"]),
        ]
        for one in grounds
    ]
    return Part("grounds", tongue.tell("board.part.grounds"), heads, rows)


def _took(days: Mapping[str, Mapping[str, Any]], tongue: Tongue) -> Part:
    """Return the days in each state: up to the median, and on to the 90th percentile."""
    labels = [state_of(state, tongue) for state in days]
    medians = [each["median"] for each in days.values()]
    more = [None if each["p90"] is None else each["p90"] - each["median"] for each in days.values()]
    rows = [
        [label, *("-" if each[name] is None else str(each[name]) for name in ("median", "p90"))]
        for label, each in zip(labels, days.values(), strict=True)
    ]
    heads = [tongue.tell(f"stats.head.{name}") for name in ("state", "median", "p90")]
    named = [tongue.tell("board.to_the_median"), tongue.tell("board.to_the_p90")]
    series = [Series(named[0], medians), Series(named[1], more)]
    title = tongue.tell("board.part.days")
    chart = charts.bars("days", title, _about(heads, rows, tongue), labels, series)
    return Part("days", title, heads, rows, chart if any(medians) or any(more) else None, named)


def _rights(rows: Sequence[Mapping[str, Any]], tongue: Tongue) -> Part:
    names = ("received", "closed", "overdue")
    heads = [tongue.tell(f"stats.head.{name}") for name in ("right", *names, "median", "p90")]
    told = [
        [
            row_name(row["what"], "right", tongue),
            *(number_of(row[name]) for name in names),
            *("-" if row["days"][ALL][name] is None else str(row["days"][ALL][name]) for name in ("median", "p90")),
        ]
        for row in rows
    ]
    return Part("rights", tongue.tell("board.part.rights"), heads, told)


def _coming(coming: Mapping[str, Any], tongue: Tongue) -> Part:
    days = [(tongue.tell("forecast.late") if one["day"] == LATE else one["day"][5:], one) for one in coming["days"]]
    series = [Series(tongue.tell(f"forecast.head.{sort}"), [one[sort] for _, one in days]) for sort in SORTS]
    return _charted("coming", charts.bars, [label for label, _ in days], series, "forecast.head.day", tongue)


def _load(people: Sequence[Mapping[str, Any]], tongue: Tongue) -> Part:
    shown = people[:PEOPLE]
    labels = [one["name"] or tongue.tell("forecast.nobody") for one in shown]
    series = [
        Series(tongue.tell("forecast.head.late"), [one["late"] for one in shown]),
        Series(tongue.tell("board.to_come"), [one["all"] - one["late"] for one in shown]),
    ]
    return _charted("load", charts.bars, labels, series, "forecast.head.person", tongue)


def _departments(searches: Mapping[str, Any], tongue: Tongue) -> Part:
    names = ("received", "closed", "overdue", "reminders")
    heads = [tongue.tell(f"stats.head.{name}") for name in ("department", *names, "median", "p90")]
    rows = [
        [
            row_name(row["what"], "department", tongue),
            *(number_of(row[name]) for name in names),
            *("-" if row["days"][ALL][name] is None else str(row["days"][ALL][name]) for name in ("median", "p90")),
        ]
        for row in searches["rows"]
    ]
    return Part("departments", tongue.tell("board.part.departments"), heads, rows)


def _charted(key: str, draw: Any, labels: Sequence[str], series: Sequence[Series], first: str, tongue: Tongue) -> Part:
    heads = [tongue.tell(first), *(one.name for one in series)]
    rows = [[label, *(number_of(one.numbers[row]) for one in series)] for row, label in enumerate(labels)]
    title = tongue.tell(f"board.part.{key}")
    some = any(number for one in series for number in one.numbers)
    chart = draw(key, title, _about(heads, rows, tongue), labels, series) if some else None
    return Part(key, title, heads, rows, chart, [one.name for one in series])


def _about(heads: Sequence[str], rows: Sequence[Sequence[str]], tongue: Tongue) -> str:
    """Return in a sentence what a chart shows, for whoever has it read aloud; the numbers stand in its table."""
    return tongue.tell("board.about", heads=tongue.listed(heads[1:]), first=heads[0], rows=len(rows))


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: whoever makes no page needs none of it

    pages = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("pages/board.html.j2")
