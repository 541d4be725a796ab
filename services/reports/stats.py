"""The figures a regulator asks for: what came in, how it ended and by what grounds, how long it took, what was late.

They come from sums (`services.reports.sums`), never from the cases, so that a million cases cost no more than a
thousand. What of them would point at one person is kept back: a lead has a table without small numbers
(`workflows.suppressing`) or, asking for it, all; everybody else has whole lots of whole months
(`services.reports.lots`), of which two answers tell no more than one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.engine.office import Office
from services.letters import profile
from services.office import laws
from services.reports import lots
from services.reports import sums as reading
from services.reports.sums import Sums, day_before
from workflows.engine.figures import ALL, percentile, spread
from workflows.law.citing import short
from workflows.law.values import OutcomeName, Right
from workflows.registry import machine
from workflows.suppressing import kept_back

BY = ("right", "ground", "category", "month", "regime")
PLAIN = {"overdue": "overdue", "extended": "extended", "reminders": "reminded", "returns": "returned"}
"""What a case is late, extended, ... -> under which name that is counted."""
FLOWS = ("received", "carried_over", "closed", "open")

Cell = tuple[Any, ...]


@dataclass(slots=True)
class Group:
    """One row of the figures: ``what`` it is of (None: all), the numbers by cell, and the days by state."""

    what: str | None
    cells: dict[Cell, int] = field(default_factory=dict)
    days: dict[str, dict[str, int | None]] = field(default_factory=dict)
    fees: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which days, by what, and whether small numbers are shown, or everything in lots."""

    since: date | None = None
    until: date | None = None
    by: str | None = None
    in_full: bool = False
    in_lots: bool = False


def asked_in_lots(office: Office, since: date | None, until: date | None, by: str | None) -> Asked | None:
    """Return what is answered where figures are told in lots: months that are over; None where other days are meant."""
    over = lots.months_over(office.calendar.today(office.now))
    if not lots.whole_months(since, until, over):
        return None
    return Asked(since, until or over, by, in_lots=True)


def stats(db: Connection, office: Office, asked: Asked) -> dict[str, Any]:
    """Return the figures of requests, and of the searches departments were asked for."""
    threshold = 1 if asked.in_full else profile.smallest_shown()

    def read(sums: Sums) -> dict[str, Any]:
        if asked.in_lots:
            sums = lots.InLots(sums.db, sums.waiting, sums.uncounted, threshold)
        requests = _of_procedure(sums, "request", asked, asked.by, threshold)
        searches = _of_procedure(sums, "search", asked, "department", threshold)
        return {
            "since": None if asked.since is None else asked.since.isoformat(),
            "until": None if asked.until is None else asked.until.isoformat(),
            "by": asked.by,
            "threshold": threshold,
            "in_full": asked.in_full,
            "lots": threshold if asked.in_lots else None,
            "uncounted": sums.uncounted,
            **requests,
            "searches": searches,
        }

    found: dict[str, Any] = reading.at_one_moment(db, office, read)
    return found


def _of_procedure(sums: Sums, procedure: str, asked: Asked, by: str | None, threshold: int) -> dict[str, Any]:
    """Return the figures of a procedure: of all its cases, and ``rows`` of some."""
    groups = list(_groups(sums, procedure, asked, by))
    if asked.in_lots:
        return {
            **_told(groups[0], set(), threshold),
            "hidden": 0,
            "rows": [_told(g, set(), threshold) for g in groups[1:]],
        }
    hidden = kept_back(
        {(number, *cell): value for number, group in enumerate(groups) for cell, value in group.cells.items()},
        list(_reckonable(groups, by)),
        threshold,
        # How many are open from one month to the next says nothing of anybody, and follows from what came and went.
        shown={(0, name) for name in FLOWS}
        | {(number, name) for number in range(len(groups)) for name in ("carried_over", "open") if by == "month"},
        rather={(number, name) for number in range(len(groups)) for name in ("received", "closed")},
    )
    told = [
        _told(group, {cell[1:] for cell in hidden if cell[0] == number}, threshold)
        for number, group in enumerate(groups)
    ]
    return {**told[0], "hidden": len(hidden), "rows": told[1:]}


def _groups(sums: Sums, procedure: str, asked: Asked, by: str | None) -> Iterator[Group]:
    """Yield the figures of all cases, then of each row."""
    states = machine(procedure).states
    now = sums.between(procedure, ALL, asked.since, asked.until)
    before = _before(sums, procedure, ALL, asked)
    yield _group(None, now.get("", Counter()), before.get("", Counter()), states)
    if by == "month":
        open_ = before.get("", Counter())
        for month, counts in sorted(sums.between(procedure, ALL, asked.since, asked.until, by_month=True).items()):
            yield _group(month, counts, open_, states)
            open_ = Counter({
                "received": open_["received"] + counts["received"], lots.CLOSED: _closed(open_) + _closed(counts),
            })  # fmt: skip
    elif by is not None:
        now, before = sums.between(procedure, by, asked.since, asked.until), _before(sums, procedure, by, asked)
        for value in _in_order(by, {*now, *before}):
            group = _group(value, now.get(value, Counter()), before.get(value, Counter()), states)
            yield _only(group, by)


def _before(sums: Sums, procedure: str, head: str, asked: Asked) -> dict[str, Counter[str]]:
    return {} if asked.since is None else sums.between(procedure, head, None, day_before(asked.since))


def _in_order(by: str, values: set[str]) -> list[str]:
    known = [str(right) for right in Right] if by == "right" else []
    return [value for value in known if value in values] + sorted(values - set(known))


def _closed(counts: Mapping[str, int]) -> int:
    if lots.CLOSED in counts:
        return counts[lots.CLOSED]
    return sum(number for what, number in counts.items() if what.startswith("closed:"))


def _group(what: str | None, now: Counter[str], before: Counter[str], states: Mapping[str, Any]) -> Group:
    carried, closed = before["received"] - _closed(before), _closed(now)
    cells: dict[Cell, int] = {
        ("received",): now["received"],
        ("carried_over",): carried,
        ("closed",): closed,
        ("open",): carried + now["received"] - closed,
        **{("endings", name): now[f"closed:{name}"] for name, state in states.items() if state.closed},
        **{(name,): now[counted] for name, counted in PLAIN.items()},
    }
    for counted, number in now.items():
        kind, *rest = counted.split(":")
        if kind == "outcome":
            for name in OutcomeName if "refused" in states else (rest[1],):
                cells.setdefault(("outcomes", rest[0], str(name)), 0)
            cells["outcomes", rest[0], rest[1]] = number
        elif kind == "ground" and number:
            cells["grounds", *rest] = number
    group = Group(what, cells)
    for state in (*(name for name, each in states.items() if not each.closed), ALL):
        took = spread(now, state)
        group.days[state] = {
            "number": sum(took.values()), "median": percentile(took, 0.5), "p90": percentile(took, 0.9),
        }  # fmt: skip
    group.fees = {
        currency: now[f"fee:{currency}"] if now[f"fees:{currency}"] else 0
        for currency in sorted({counted[5:] for counted in now if counted.startswith("fees:")})
    }
    group.cells |= {("payments", currency): now[f"fees:{currency}"] for currency in group.fees}
    return group


def _only(group: Group, by: str) -> Group:
    """Return of a row what is its own: of a right its outcomes, of a ground what was refused by it."""
    if by == "right":
        foreign = [cell for cell in group.cells if cell[0] == "outcomes" and cell[1] != group.what]
        foreign += [cell for cell in group.cells if cell[0] == "grounds" and cell[2] != group.what]
    elif by == "ground":
        foreign = [cell for cell in group.cells if cell[0] in ("received", "carried_over", "open", "outcomes")]
        foreign += [cell for cell in group.cells if cell[0] == "grounds" and cell[3] != group.what]
    else:
        return group
    foreign += [cell for cell in group.cells if cell[0] == "payments"]
    return Group(group.what, {cell: n for cell, n in group.cells.items() if cell not in foreign}, group.days)


def _reckonable(groups: Sequence[Group], by: str | None) -> Iterator[dict[Cell, int]]:
    """Yield the sums that hold between the cells: within each row, and of the rows with all."""
    for number, group in enumerate(groups):
        own = group.cells
        if ("received",) in own:
            yield {(number, "received"): 1, (number, "carried_over"): 1, (number, "closed"): -1, (number, "open"): -1}
        yield _comes_to(number, [cell for cell in own if cell[0] == "endings"], ("closed",))
        outcomes = [cell for cell in own if cell[0] == "outcomes"]
        answered = [("endings", name) for name in ("fulfilled", "refused", "answered") if ("endings", name) in own]
        yield _comes_to(number, outcomes, *answered)
        for right in {cell[1] for cell in outcomes}:
            grounds = [cell for cell in own if cell[0] == "grounds" and cell[2] == right]
            if grounds:
                yield _comes_to(number, grounds, ("outcomes", right, "refused"))
    for cell in groups[0].cells:
        parts: dict[Cell, int] = {
            (number, *cell): 1 for number, group in enumerate(groups) if number and cell in group.cells
        }
        if parts and not (by == "month" and cell[0] in ("carried_over", "open")):
            yield {**parts, (0, *cell): -1}
    if by == "month":  # what is open at the end of one is carried over to the next
        for number in range(1, len(groups) - 1):
            yield {(number, "open"): 1, (number + 1, "carried_over"): -1}


def _comes_to(number: int, parts: Sequence[Cell], *wholes: Cell) -> dict[Cell, int]:
    return {**{(number, *cell): 1 for cell in parts}, **{(number, *cell): -1 for cell in wholes}}


def _told(group: Group, hidden: set[Cell], threshold: int) -> dict[str, Any]:
    """Return a row as reports show it; None is kept back."""
    shown = {cell: None if cell in hidden else number for cell, number in group.cells.items()}
    outcomes: dict[str, dict[str, int | None]] = {}
    for cell, number in shown.items():
        if cell[0] == "outcomes":
            outcomes.setdefault(cell[1], {})[cell[2]] = number
    return {
        **({} if group.what is None else {"what": group.what}),
        **{name: shown[name,] for name in FLOWS if (name,) in shown},
        "endings": {cell[1]: number for cell, number in shown.items() if cell[0] == "endings"},
        "outcomes": {right: outcomes[right] for right in _in_order("right", set(outcomes))},
        "grounds": [
            _ground(cell[1], cell[2], cell[3], number) for cell, number in sorted(shown.items()) if cell[0] == "grounds"
        ],
        "days": {state: _shown_days(each, threshold) for state, each in group.days.items()},
        **{name: shown[name,] for name in PLAIN},
        "fees": {
            currency: amount if ((shown["payments", currency]) is not None) else None
            for currency, amount in group.fees.items()
        },
    }


def _shown_days(days: Mapping[str, int | None], threshold: int) -> dict[str, int | None]:
    few = (days["number"] or 0) < threshold
    return {name: None if few else days[name] for name in ("median", "p90")}


def _ground(regime: str, right: str, ground: str, number: int | None) -> dict[str, Any]:
    """Return how often a right was refused by a ground of a law; the article is the law's as it stands now."""
    law = laws.regime(regime) if regime in laws.names() else None
    known = None if law is None else law.grounds.get(ground)
    article = None if law is None or known is None else short(known.article_for(Right(right)), law.acts)
    return {"regime": regime, "right": right, "ground": ground, "article": article, "number": number}
