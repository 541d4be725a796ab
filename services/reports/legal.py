"""The law's own dates of a case, to come and passed: a date that has passed does not vanish."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.engine import todos
from services.engine.moments import iso
from services.engine.office import Office
from services.engine.timers import of_the_law
from workflows.engine.case import Case


@dataclass(frozen=True, slots=True)
class LegalDate:
    """One date of the law: since when it counts, whether that moment has come, and its article in both languages."""

    name: str
    at: datetime
    day: date
    passed: bool
    article: Mapping[str, str] | None = None


def legal_dates(case: Case, office: Office) -> Iterator[LegalDate]:
    """Yield the law's dates that run for a case, passed or not, as long as what they are for is owed."""
    for run, at in todos.legal(case, office, of_the_law(case)):
        span = run.deadline.span
        article = None if span is None else span.article
        yield LegalDate(run.deadline.name, at, office.calendar.today(at), at <= office.now, article)


def shown(case: Case, office: Office) -> dict[str, Any] | None:
    """Return the first of them as the lists show it: ``{name, at, passed}``, or None where none runs."""
    first = min(legal_dates(case, office), key=lambda legal: legal.at, default=None)
    return None if first is None else {"name": first.name, "at": iso(first.at, office), "passed": first.passed}


def days_left(legal: Mapping[str, Any] | None, office: Office) -> int | None:
    """Return how many days are left until the date that `shown` gave; negative: it has passed for so long."""
    if legal is None:
        return None
    return (date.fromisoformat(legal["at"][:10]) - office.calendar.today(office.now)).days
