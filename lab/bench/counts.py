"""What copied cases count for in the office's figures: of each kind one is counted as always, and the others from it.

Copies of a kind differ by nothing but the day they lie on, and what a case counts for moves with its days: so a million
cases are counted in seconds, where `services.engine.counting` reads each one's history. tests/lab/test_years.py holds
that both ways write the same rows.
"""

import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import add
from typing import Any

from sqlalchemy import Row

from lab.bench.loading import as_owner, load
from models import many, tally
from services.engine import counting
from tests.office import TestOffice
from workflows.engine.figures import ALL, EVER, Counted

LOT = 5_000
"""How many rows of sums one statement writes."""
Line = tuple[str, str, str, str]
"""Procedure, head, value, what is counted."""


@dataclass(slots=True)
class Alike:
    """Copies of one kind: their ids, and for each how many days ago it lies."""

    ids: "array[int]" = field(default_factory=lambda: array("q"))
    ago: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, case: int, ago: int = 0) -> None:
        """Note one more of them."""
        self.ids.append(case)
        self.ago.append(ago)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind with the first of its cases as it was counted; ``days`` of its entries as if it lay no days ago."""

    row: Row[Any]
    now: Counted
    alike: Alike

    @property
    def days(self) -> dict[date, int]:
        first = self.alike.ago[0]
        return {day: day.toordinal() + first for day, _ in self.now.entries}


def count(office: TestOffice, kinds: Iterable[Alike]) -> None:
    """Count these copies, of which none is counted yet; what waits to be counted beside them is counted as always."""
    counting.sweep(office.unit)
    by_id = {alike.ids[0]: alike for alike in kinds}
    with as_owner(office) as db:
        found = [_Kind(row, now, by_id[row.id]) for row, now in counting.counted_now(db, office.at(db), list(by_id))]
        load(db, "counted", ("case_id", "seq", "heads", "entries"), _rows(found))
        sums = _sums(found)
        for row in tally.all_sums(db):
            sums.setdefault((row.procedure, row.head, row.unit, row.span, row.value), Counter()).update(row.sums)
        tally.forget_sums(db)
        rows = [{**dict(zip(tally.KEY, key, strict=True)), "sums": dict(counts)} for key, counts in sums.items()]
        for start in range(0, len(rows), LOT):
            many.add(db, tally.tally, rows[start : start + LOT])
        head = tally.head(db)
        tally.turn(db, head.rounds + 1, head.form)


def _rows(kinds: Collection[_Kind]) -> Iterator[tuple[int, int, str, str]]:
    """Yield what is kept of each case: id, last row of its history, heads and entries as JSON."""
    written = {}
    for kind in kinds:
        kept = counting.stored(kind.now)
        heads = json.dumps(kept["heads"])
        days = {day.isoformat(): moved for day, moved in kind.days.items()}
        parts = [
            ('"%s": ' if day in days else f'"{day}": ') + json.dumps(counts).replace("%", "%%")
            for day, counts in kept["entries"].items()
        ]
        pattern = f"{{{', '.join(parts)}}}"
        moved = [days[day] for day in kept["entries"] if day in days]
        for case, ago in zip(kind.alike.ids, kind.alike.ago, strict=True):
            for day in moved:
                if day - ago not in written:
                    written[day - ago] = date.fromordinal(day - ago).isoformat()
            yield case, kind.row.seq, heads, pattern % tuple([written[day - ago] for day in moved])


def _sums(kinds: Collection[_Kind]) -> counting.Sums:
    """Return what the copies count for together: by day, by month, and without a day."""
    spans = [(min(kind.days.values()) - max(kind.alike.ago), max(kind.days.values())) for kind in kinds]
    first, last = min((first for first, _ in spans), default=0), max((last for _, last in spans), default=0)
    lines: dict[Line, list[int]] = {}
    sums: counting.Sums = {}
    for kind in kinds:
        procedure, days, oldest = kind.row.definition, kind.days, max(kind.alike.ago)
        by_ago = Counter(kind.alike.ago)
        cases = [by_ago[ago] for ago in range(oldest, min(by_ago) - 1, -1)]
        for (day, what), number in kind.now.entries.items():
            begin = days[day] - oldest - first
            counts = [number * each for each in cases]
            for head, value in kind.now.heads:
                line = lines.setdefault((procedure, head, value, what), [0] * (last - first + 1))
                line[begin : begin + len(counts)] = map(add, line[begin : begin + len(counts)], counts)
        ever = sums.setdefault((procedure, ALL, "ever", EVER, ""), Counter())
        for what, number in kind.now.ever.items():
            ever[what] += number * len(kind.alike.ids)
    written = [date.fromordinal(first + n).isoformat() for n in range(last - first + 1)]
    for (procedure, head, value, what), line in lines.items():
        for span_of_day, number in zip(written, line, strict=True):
            if number:
                for unit, span in (("day", span_of_day), ("month", span_of_day[:7])):
                    sums.setdefault((procedure, head, unit, span, value), Counter())[what] += number
    return sums
