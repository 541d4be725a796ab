"""The figures counted the slow and simple way, from the histories alone: what the kept sums must come to.

Nothing here is shared with the product but the reading of rows: each question is asked of each history anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tests.office import TestOffice

TOKYO = ZoneInfo("Asia/Tokyo")
CLOSED = ("fulfilled", "refused", "withdrawn", "lapsed", "voided")


@dataclass(frozen=True)
class Life:
    """A request: what was told at its opening, and its history, each row with the office's day."""

    number: str
    opened_on: date
    category: str
    rights: tuple[str, ...]
    rows: tuple[tuple[date, Any], ...]

    @property
    def standing(self) -> list[tuple[date, Any]]:
        """The rows without what went back: from the stay that was wrong to the step that took it back."""
        kept: list[tuple[date, Any]] = []
        for day, row in self.rows:
            if (back := row.details.get("back_to")) is not None:
                right = [(day, one) for day, one in kept if one.seq < back["seq"]]
                kept = [*right, (date.fromisoformat(back["since"]), row)]
            else:
                kept.append((day, row))
        return kept

    @property
    def ended(self) -> tuple[date, str] | None:
        """The day it was closed and how; None while it is open."""
        moves = [(day, row.target) for day, row in self.rows if row.source != row.target]
        return moves[-1] if moves[-1][1] in CLOSED else None

    @property
    def outcomes(self) -> dict[str, str]:
        """How each right ended, and by what ground: as the newest decision in the history has it."""
        if self.ended is None or self.ended[1] not in ("fulfilled", "refused"):
            return {}
        decided = [row.details["outcomes"] for _, row in self.rows if row.transition in ("decide", "correct_answer")]
        found: dict[str, str] = decided[-1]
        return found


def lives(office: TestOffice) -> list[Life]:
    """Return every request of an office."""
    with office.writing() as db:
        from sqlalchemy import select

        from models.case import case
        from models.history import history

        found = []
        for one in db.execute(select(case).where(case.c.definition == "request").order_by(case.c.id)):
            rows = db.execute(select(history).where(history.c.case_id == one.id).order_by(history.c.seq))
            days = tuple((datetime.fromtimestamp(row.at / 1e6, UTC).astimezone(TOKYO).date(), row) for row in rows)
            facts = one.facts
            found.append(Life(one.number, one.opened_on, facts["category"], tuple(facts["rights"]), days))
        return found


def within(day: date, since: date | None, until: date | None) -> bool:
    """Whether a day is one of these."""
    return (since is None or since <= day) and (until is None or day <= until)


def nearest_rank(values: Sequence[int], share: float) -> int | None:
    """Return the percentile by nearest rank, of the values themselves."""
    return sorted(values)[math.ceil(len(values) * share) - 1] if values else None


def figures(found: Sequence[Life], since: date | None, until: date | None) -> dict[str, Any]:
    """Return the figures of these requests in these days."""
    received = [one for one in found if within(one.opened_on, since, until)]
    closed = [one for one in found if one.ended is not None and within(one.ended[0], since, until)]
    outcomes: dict[str, dict[str, int]] = {}
    grounds: dict[tuple[str, str], int] = {}
    for one in closed:
        for right, words in one.outcomes.items():
            name, _, ground = words.partition(":")
            by_name = outcomes.setdefault(right, {})
            by_name[name] = by_name.get(name, 0) + 1
            if ground:
                grounds[right, ground] = grounds.get((right, ground), 0) + 1
    before = [one for one in found if since is not None and one.opened_on < since]
    open_before = [one for one in before if one.ended is None or (since is not None and one.ended[0] >= since)]
    return {
        "received": len(received),
        "carried_over": len(open_before),
        "closed": len(closed),
        "open": len(open_before) + len(received) - len(closed),
        "endings": {name: sum(one.ended is not None and one.ended[1] == name for one in closed) for name in CLOSED},
        "outcomes": outcomes,
        "grounds": grounds,
        "days": _days(found, closed, since, until),
        "reminders": _steps(found, ("remind",), since, until),
        "extended": _steps(found, ("extend",), since, until),
        "returns": _steps(found, ("undeliverable", "record_return"), since, until),
        "overdue": sum(
            within(next(day for day, row in one.rows if _law(row)), since, until)
            for one in found
            if any(_law(row) for _, row in one.rows)
        ),
    }


def _law(row: Any) -> bool:
    return bool(row.cause.startswith(("timer:appi_39:", "timer:answer_due:", "timer:answer_due_extended:")))


def _steps(found: Sequence[Life], names: tuple[str, ...], since: date | None, until: date | None) -> int:
    taken_back = {
        (one.number, row.details["undoes"]) for one in found for _, row in one.rows if "undoes" in row.details
    }
    return sum(
        row.transition in names and within(day, since, until) and (one.number, row.seq) not in taken_back
        for one in found
        for day, row in one.rows
    )


def _days(found: Sequence[Life], closed: Sequence[Life], since: date | None, until: date | None) -> dict[str, Any]:
    took: dict[str, list[int]] = {"all": [(one.ended[0] - one.opened_on).days for one in closed if one.ended]}
    for one in found:
        moves = [(day, row) for day, row in one.standing if row.source != row.target]
        for (entered, row), (left, _) in pairwise(moves):
            if row.target not in CLOSED and within(left, since, until):
                took.setdefault(row.target, []).append((left - entered).days)
    return {
        state: {"median": nearest_rank(values, 0.5), "p90": nearest_rank(values, 0.9)} for state, values in took.items()
    }
