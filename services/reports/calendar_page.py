"""The calendar, told: which days are closed, and the deadlines that a change of it moves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.office.office_days import Move
from services.reports.words import due_name, due_words
from workflows.lines import Table
from workflows.tongue import Tongue

SHOWN = 40
"""How many moved deadlines a page shows; the document has them all."""


def days_page(found: Sequence[Mapping[str, Any]], tongue: Tongue) -> list[Table]:
    """Say of each day whether it is open, and what says so."""
    sources = {
        "office": tongue.tell("calendar.by.office"),
        "law": tongue.tell("calendar.by.law"),
        "closing": tongue.tell("calendar.by.yearly"),
    }
    rows = [
        [
            shown(day["day"], tongue),
            tongue.tell("calendar.open") if day["open"] else tongue.tell("calendar.closed"),
            sources[day["source"]] + (tongue.tell("calendar.forecast") if day["forecast"] else ""),
            day["name"] or "",
        ]
        for day in found
    ]
    heads = [tongue.tell("calendar.head.day"), "", tongue.tell("calendar.head.by"), tongue.tell("calendar.head.name")]
    return [Table(heads, rows)]


def change_document(days: Iterable[date], event: int | None, moved: Sequence[Move], tongue: Tongue) -> dict[str, Any]:
    """Return a change and what moves, as programs read it."""
    return {
        "days": [day.isoformat() for day in days],
        "event": event,
        "preview": False,
        "cases": len({move.case for move in moved}),
        "moved": [
            {
                "case": move.case,
                "timer": move.timer,
                "fire_no": move.fire_no,
                "was": move.was.isoformat(timespec="seconds"),
                "now": move.now.isoformat(timespec="seconds"),
                "why": tongue.say(move.why),
            }
            for move in moved
        ],
    }


def change_page(
    days: Sequence[date], moved: Sequence[Move], tongue: Tongue, *, closes: bool, done: bool
) -> list[str | Table]:
    """Say which days change, whether it is done, and what moves."""
    if not days:
        return [tongue.tell("calendar.no_day")]
    listed = tongue.listed(shown(day.isoformat(), tongue) for day in days)
    state = tongue.tell("calendar.closed") if closes else tongue.tell("calendar.open")
    head = tongue.tell("calendar.changed", listed=listed, state=state) + (
        "" if done else tongue.tell("calendar.not_written")
    )
    return [head, *moved_page(moved, tongue)]


def moved_page(moved: Sequence[Move], tongue: Tongue) -> list[str | Table]:
    """Return what moved, the deadlines of a case together; the why of the first few is that of all."""
    cases = len({move.case for move in moved})
    if not moved:
        return [tongue.tell("calendar.nothing_moves")]
    rows = [
        [
            move.case,
            due_words(due_name(move.timer, move.case), tongue.language),
            f"{move.was:%Y-%m-%d}",
            f"{move.now:%Y-%m-%d}",
            tongue.say(move.why),
        ]
        for move in moved[:SHOWN]
    ]
    heads = [
        tongue.tell("calendar.head.case"),
        tongue.tell("calendar.head.deadline"),
        tongue.tell("calendar.head.was"),
        tongue.tell("calendar.head.is"),
        tongue.tell("calendar.head.why"),
    ]
    more = len(moved) - SHOWN
    rest = [tongue.tell("calendar.more", more=more)] if more > 0 else []
    total = tongue.tell("calendar.moved", deadlines=len(moved), cases=cases)
    return [Table(heads, rows), *rest, total]


def shown(day: str, tongue: Tongue) -> str:
    """Return a day with its weekday."""
    weekday = date.fromisoformat(day).weekday()
    return f"{day} ({tongue.tell(f'calendar.weekday.{weekday}')})"
