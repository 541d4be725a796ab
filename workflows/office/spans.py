"""Times as an office writes them: ``{ weeks = 2 }``, ``{ working_days = 10 }``; counted as the engine counts."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.engine.deadlines import Count, Unit
from workflows.office.table import Table


class SpanUnit(StrEnum):
    """What an office counts in. A week is seven calendar days and keeps its name in letters."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"


_COUNTED = {
    SpanUnit.DAYS: (1, Unit.CALENDAR_DAYS),
    SpanUnit.WORKING_DAYS: (1, Unit.WORKING_DAYS),
    SpanUnit.WEEKS: (7, Unit.CALENDAR_DAYS),
    SpanUnit.MONTHS: (1, Unit.MONTHS),
}
_AS_WRITTEN = {
    Unit.CALENDAR_DAYS: SpanUnit.DAYS,
    Unit.WORKING_DAYS: SpanUnit.WORKING_DAYS,
    Unit.MONTHS: SpanUnit.MONTHS,
}
_AT_MOST_DAYS = {SpanUnit.DAYS: 1.0, SpanUnit.WORKING_DAYS: 7 / 5, SpanUnit.WEEKS: 7.0, SpanUnit.MONTHS: 31.0}


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, working days, weeks or months, counted from the day after the one it starts on."""

    number: int
    unit: SpanUnit

    @property
    def count(self) -> Count:
        """What a deadline counts for it."""
        size, unit = _COUNTED[self.unit]
        return Count(self.number * size, unit)

    @property
    def longest(self) -> float:
        """How many calendar days it may take, holidays aside: by this it is held against another one."""
        return self.number * _AT_MOST_DAYS[self.unit]


def days(number: int) -> Span:
    """Calendar days."""
    return Span(number, SpanUnit.DAYS)


def months(number: int) -> Span:
    """Months."""
    return Span(number, SpanUnit.MONTHS)


def of(count: Count) -> Span:
    """Return a time of the law as an office would write it."""
    return Span(count.number, _AS_WRITTEN[count.unit])


def span(table: Table, key: str, *, required: bool = False) -> Span | None:
    """Return the time written under a key: ``{ weeks = 2 }``."""
    found = table.period(key, [str(unit) for unit in SpanUnit], required=required)
    return None if found is None else Span(found[0], SpanUnit(found[1]))
