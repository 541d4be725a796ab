"""The calendar, told: which days are closed, and the deadlines that a change of it moves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.office.office_days import Move
from services.reports.words import due_name, due_words
from workflows.words.lines import Table
from workflows.words.tongue import Tongue

SHOWN = 40
"""How many moved deadlines a page shows; the document has them all."""


def days_page(found: Sequence[Mapping[str, Any]], tongue: Tongue) -> list[Table]:
    """Say of each day whether it is open, and what says so."""
    sources = {"office": tongue.tell("office"), "law": tongue.tell("by_law"), "closing": tongue.tell("every_year")}
    rows = [
        [
            shown(day["day"], tongue),
            tongue.tell("office_open") if day["open"] else tongue.tell("office_closed"),
            sources[day["source"]] + (tongue.tell("forecast") if day["forecast"] else ""),
            day["name"] or "",
        ]
        for day in found
    ]
    heads = [tongue.tell("day"), "", tongue.tell("by_whom"), tongue.tell("name")]
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
        return [tongue.tell("no_day_changes")]
    listed = tongue.listed(shown(day.isoformat(), tongue) for day in days)
    state = tongue.tell("office_closed") if closes else tongue.tell("office_open")
    head = tongue.tell("days_are", listed=listed, state=state) + ("" if done else tongue.tell("not_written_yet"))
    return [head, *moved_page(moved, tongue)]


def moved_page(moved: Sequence[Move], tongue: Tongue) -> list[str | Table]:
    """Return what moved, the deadlines of a case together; the why of the first few is that of all."""
    cases = len({move.case for move in moved})
    if not moved:
        return [tongue.tell("no_deadline_moves")]
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
        tongue.tell("case"),
        tongue.tell("deadline"),
        tongue.tell("was"),
        tongue.tell("is"),
        tongue.tell("why"),
    ]
    more = len(moved) - SHOWN
    rest = [tongue.tell("and_more_json_has_all", more=more)] if more > 0 else []
    total = tongue.tell("deadlines_of_cases", count=len(moved), cases=cases)
    return [Table(heads, rows), *rest, total]


def shown(day: str, tongue: Tongue) -> str:
    """Return a day with its weekday."""
    return f"{day} ({tongue.tell('weekdays').split()[date.fromisoformat(day).weekday()]})"
