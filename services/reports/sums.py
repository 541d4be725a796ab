"""The office's sums as whoever reports reads them: those that are kept, and with them what waits to be counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from models import tally
from services.engine import counting
from services.engine.office import Office
from workflows.engine.figures import FORM, months_and_days

MOST = 1000
"""So many cases that wait are counted while somebody reads; where it is more, it is said that they are lacking."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums at one moment; ``uncounted`` says how many cases at least are not in them."""

    db: Connection
    waiting: counting.Sums
    uncounted: int

    def between(
        self, procedure: str, head: str, since: date | None, until: date | None, *, by_month: bool = False
    ) -> dict[str, Counter[str]]:
        """Return what was counted in these days, both included, by value of that head; or by month."""
        found: dict[str, Counter[str]] = {}
        for span, value, sums in self._rows(procedure, head, since, until):
            into = found.setdefault(span[:7] if by_month else value, Counter())
            for what, number in sums.items():
                into[what] += number
        return found

    def _rows(
        self, procedure: str, head: str, since: date | None, until: date | None
    ) -> Iterator[tuple[str, str, dict[str, int] | Counter[str]]]:
        for unit, first, last in months_and_days(since, until):
            for row in tally.between(self.db, procedure, head, unit, first, last):
                yield row.span, row.value, row.sums
            for key, sums in self.waiting.items():
                if key[:3] == (procedure, head, unit) and first <= key[3] <= last:
                    yield key[3], key[4], sums


def at_one_moment(db: Connection, office: Office, read: Any) -> Any:
    """Return what *read* makes of the sums; read again where somebody counted meanwhile."""
    while True:
        head = tally.head(db)
        sums = _sums(db, office, otherwise=head.form != FORM)
        found = read(sums)
        if tally.head(db).rounds == head.rounds:
            return found


def _sums(db: Connection, office: Office, *, otherwise: bool) -> Sums:
    waits = len(tally.waiting(db, MOST + 1))
    if otherwise or waits > MOST:
        return Sums(db, {}, max(waits, 1))
    return Sums(db, counting.read(db, office, MOST).sums, 0)


def day_before(day: date | None) -> date | None:
    """Return the day before; None: before all days."""
    return None if day is None else day - timedelta(days=1)
