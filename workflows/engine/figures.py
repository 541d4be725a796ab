"""What one case counts for in the office's figures: under which heads, and what on which day. Pure.

The figures of an office are nothing but the sums of these, so they can be kept as sums (`services.engine.counting`) and
made anew from the histories at any time. Nothing here is personal: days, states and codes.

A wrong record that was put right counts for nothing: a stay the case was taken back from never was, and a step that was
taken back was not taken. So figures of days long past may move a little; they say what is known today.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.engine.past import BACK_TO, Row, past

FORM = 2
"""Which way of counting this is: whoever counts otherwise raises it, and all cases are counted anew."""
ALL = "all"
Facts = Mapping[str, Any]
Entries = Mapping[tuple[date, str], int]
"""(day, what is counted) -> how often."""
EVER = ""
"""What stands in the place of the day for what is counted of all days together, for monitors: no figure of a report."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a procedure counts beside what any case counts for.

    ``heads`` are (by what, which) the figures are shown for, from what is kept of a case; ``ends`` what a closed one
    ended with; ``steps`` under which names steps are counted, ``late`` the deadlines whose first firing says that a
    case is late, beside the law's own dates.
    """

    heads: Callable[[Facts], Iterable[tuple[str, str]]] = lambda facts: ()
    ends: Callable[[str, Facts], Iterable[str]] = lambda state, facts: ()
    steps: Mapping[str, str] = field(default_factory=dict)
    late: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """What a case counts for: ``heads`` it counts under, the first (all, ""); ``entries`` under each of them.

    ``ever`` is what it counts for without a day, wrong records too: each step, its state, its letters that left.
    """

    heads: tuple[tuple[str, str], ...]
    entries: Entries
    ever: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Stay:
    state: str
    seq: int
    since: date
    until: date | None = None


def counted(
    opened_on: date,
    facts: Facts,
    rows: Sequence[Row],
    *,
    closed: AbstractSet[str],
    late: AbstractSet[str],
    own: Figures,
    day_of: Callable[[int], date],
) -> Counted:
    """Return what a case counts for by its history (``rows`` in order) and what is kept of it.

    ``closed`` are the states that close a case, ``late`` the names of the law's dates; *day_of* gives the office's day
    of a row's time.
    """
    entries: Counter[tuple[date, str]] = Counter({(opened_on, "received"): 1})
    stays = _stays(rows, day_of)
    for stay in stays:
        if stay.until is not None and stay.state not in closed:
            entries[stay.until, f"days:{stay.state}:{_days(stay.since, stay.until)}"] += 1
    heads = [(ALL, ""), *own.heads(facts)]
    if stays and (end := stays[-1]).state in closed:
        for what in (f"closed:{end.state}", f"days:{ALL}:{_days(opened_on, end.since)}", *own.ends(end.state, facts)):
            entries[end.since, what] += 1
            heads += [("ground", what.rpartition(":")[2])] if what.startswith("ground:") else []
    days = {row.seq: day_of(row.at) for row in rows}
    for step in past(rows, day_of).steps:
        if (name := own.steps.get(step.name)) is not None:
            entries[days[step.seq], name] += 1
    if (first := next((row.seq for row in rows if _timer(row.cause) in late), None)) is not None:
        entries[days[first], "overdue"] += 1
    return Counted(tuple(dict.fromkeys(heads)), dict(entries), _ever(rows))


def _ever(rows: Sequence[Row]) -> Mapping[str, int]:
    """Return how often each step was taken, and the state the case is in."""
    found = Counter(f"step:{row.transition}" for row in rows)
    found.update([f"state:{rows[-1].target}"] if rows else [])
    return dict(found)


def _stays(rows: Iterable[Row], day_of: Callable[[int], date]) -> list[_Stay]:
    """Return the stays of a case that were right, each with the day it ended; the last one has not."""
    found: list[_Stay] = []
    for row in rows:
        if row.source == row.target:
            continue
        if back := row.details.get(BACK_TO):
            while found and found[-1].seq >= back["seq"]:
                found.pop()
            found.append(_Stay(row.target, row.seq, date.fromisoformat(back["since"])))
            continue
        today = day_of(row.at)
        if found:
            found[-1].until = today
        found.append(_Stay(row.target, row.seq, today))
    return found


def _days(since: date, until: date) -> int:
    return max(0, (until - since).days)


def _timer(cause: str) -> str:
    kind, _, rest = cause.partition(":")
    return rest.partition(":")[0] if kind == "timer" else ""


# -- what sums of these say ---------------------------------------------------------------------------------------


def spread(sums: Mapping[str, int], state: str) -> dict[int, int]:
    """Return how many took how many days in a state (``all``: from first to last), from sums by what is counted."""
    prefix = f"days:{state}:"
    return {int(what[len(prefix) :]): number for what, number in sums.items() if number and what.startswith(prefix)}


def percentile(days: Mapping[int, int], share: float) -> int | None:
    """Return the number of days within which that share was done (nearest rank); None where there is none."""
    wanted = -(-sum(days.values()) * round(share * 100) // 100)
    reached = 0
    for number in sorted(days):
        reached += days[number]
        if reached >= wanted:
            return number
    return None


def months_and_days(since: date | None, until: date | None) -> Iterator[tuple[str, str, str]]:
    """Yield (unit, first, last) of spans that together are the days from *since* to *until*, whole months where it can.

    Spans are written ``2026-11`` and ``2026-11-30``; ``""`` comes before all of them, ``9999`` after all.
    """
    first = "" if since is None else since.isoformat()
    last = "9999" if until is None else until.isoformat()
    from_month = first[:7] if not first or first.endswith("-01") else _next(first[:7])
    to_month = last[:7] if until is None or _next_day(until).day == 1 else _before(last[:7])
    if from_month > to_month:
        if first <= last:
            yield "day", first, last
        return
    if first and not first.endswith("-01"):
        yield "day", first, f"{first[:7]}-31"
    yield "month", from_month, to_month
    if until is not None and to_month != last[:7]:
        yield "day", f"{last[:7]}-01", last


def _next_day(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def _before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{year:04}-{number - 1:02}" if number > 1 else f"{year - 1:04}-12"
