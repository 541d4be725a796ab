"""An import, told: what became of each line of the file, and which case it is now."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any, Protocol

from services.reports.letter_events import Counts, counts_document, counts_lines
from services.reports.opened import Opened
from workflows.engine.values import Reason
from workflows.tongue import Tongue

SHOWN = 30
"""How many lines of the file are told one by one on a screen; a file of cases holds them all."""


class Fault(Protocol):
    """What is wrong with a line, as the border names it (`services.intake.Fault`)."""

    @property
    def line(self) -> int | None:
        """Where."""

    @property
    def field(self) -> str:
        """Of which column."""

    @property
    def message(self) -> str:
        """What."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file and its case: ``opened``, ``known`` before, ``pending``, or (looked through) ``would_open``.

    ``told`` is what the rules had to say of it; ``new`` what is known of the case the moment it was opened.
    """

    line: int
    case: str | None
    outcome: str
    told: tuple[Reason, ...] = ()
    new: Opened | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole file: its lines in their order, what was wrong, and the letters that were ordered."""

    source: str
    rows: Sequence[Row]
    faults: Sequence[Fault]
    letters: Counts
    dry_run: bool = False

    def count(self, outcome: str) -> int:
        """Return how many lines became that."""
        return sum(row.outcome == outcome for row in self.rows)


def with_news(rows: Iterable[Row], news: Mapping[str, Opened]) -> list[Row]:
    """Return the lines in their order, those that were opened with what is known of their cases."""
    found = (
        replace(row, new=news.get(row.case)) if row.outcome == "opened" and row.case is not None else row
        for row in rows
    )
    return sorted(found, key=lambda row: row.line)


def import_document(told: Imported) -> dict[str, Any]:
    """Return what became of a file, as programs read it."""
    document: dict[str, Any] = {
        "opened": told.count("opened"),
        "known": told.count("known"),
        "pending": told.count("pending"),
        "faults": [{"line": one.line, "field": one.field, "message": one.message} for one in told.faults],
        "cases": [
            {
                "line": row.line, "case": row.case, "outcome": row.outcome,
                "hold": None if row.new is None else row.new.hold,
                "linked": [] if row.new is None else list(row.new.linked),
                "codes": list(dict.fromkeys(reason.code for reason in row.told)),
            }
            for row in told.rows
        ],
        "letters": counts_document(told.letters),
    }  # fmt: skip
    return {**document, "dry_run": True, "would_open": told.count("would_open")} if told.dry_run else document


def import_lines(told: Imported, tongue: Tongue, faults: Iterable[str], *, listed: bool) -> Iterator[str]:
    """Say what was wrong, what is to be known of each new case, which line is which case, and the counts.

    *faults*: what was wrong, in words. *listed*: the cases were written into a file of their own.
    """
    for fault in faults:
        yield f"{told.source}:{fault}"
    yield from _some([line for row in told.rows for line in _remarks(told, row, tongue)], tongue)
    fresh = [row for row in told.rows if row.outcome in ("opened", "pending")]
    if not listed and fresh:
        yield from _some([f"{told.source}:{row.line}: {row.case}" for row in fresh], tongue)
    yield from counts_lines(told.letters, tongue, foreseen=told.dry_run)
    if told.rows and told.count("known") == len(told.rows) and not told.faults:
        yield tongue.tell("imported.all_known")
    code = "imported.would" if told.dry_run else "imported.summary"
    opened = told.count("would_open" if told.dry_run else "opened")
    yield tongue.tell(code, opened=opened, known=told.count("known"), faults=len(told.faults), held=_held(told))


def _held(told: Imported) -> int:
    return sum(row.new is not None and row.new.hold is not None for row in told.rows)


def _remarks(told: Imported, row: Row, tongue: Tongue) -> Iterator[str]:
    name = "" if row.case is None else f" {row.case}:"
    for reason in row.told:
        yield f"{told.source}:{row.line}:{name} {tongue.say(reason)}"


def _some(lines: Sequence[str], tongue: Tongue) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield tongue.tell("imported.more", count=len(lines) - SHOWN)


def import_csv(told: Imported) -> bytes:
    """Return which line became which case, as a spreadsheet opens it (UTF-8 with its mark)."""
    out = StringIO(newline="")
    written = csv.writer(out)
    written.writerow(["line", "case", "outcome", "hold", "hold_until", "hold_with", "linked"])
    for row in told.rows:
        hold = (row.new.hold if row.new is not None else None) or {"code": "", "until": "", "with": []}
        linked = () if row.new is None else row.new.linked
        held = [hold["code"], hold["until"], ";".join(hold["with"])]
        written.writerow([row.line, row.case or "", row.outcome, *held, ";".join(linked)])
    return out.getvalue().encode("utf-8-sig")
