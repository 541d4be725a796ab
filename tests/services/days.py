"""A case mailed in January, what was told of its days, and what the clock did."""

import json
from datetime import date, datetime, time
from typing import Any

from tests.office import TOKYO, TestOffice

POSTED = date(2027, 1, 28)
LAST, NEXT_DAY = date(2027, 3, 30), date(2027, 3, 31)
"""Forty working days from POSTED, which the letter tells, and the next working day."""


def at(day: date, hour: int = 9, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), TOKYO)


def steps(office: TestOffice, case: str) -> list[str]:
    query = 'SELECT h.transition FROM history h JOIN "case" c ON c.id = h.case_id WHERE c.number = :case ORDER BY h.seq'
    return [row.transition for row in office.ask(query, case=case)]


def plain(params: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(params) if isinstance(params, str) else params
    return found


def mailed_in_january(office: TestOffice) -> tuple[str, str]:
    office.move_to(at(POSTED, 11, 0))
    return office.mailed()


def swept(office: TestOffice, moment: datetime) -> list[str]:
    """Return which steps the clock takes at that moment."""
    office.move_to(moment)
    return [outcome.transition for outcome in office.sweep()]
