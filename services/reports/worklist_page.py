"""The work list, told: a line a case, most urgent first."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.reports.words import due_words, nouns
from workflows.lines import Line, Table
from workflows.tongue import Tongue
from workflows.words import is_noun

WIDEST = (13, 12, 10, 16, 10)
"""Columns each cell takes at most, that a line fits 80; what is left of the line goes to state and rights."""


def worklist_page(lines: Iterable[Mapping[str, Any]], tongue: Tongue) -> list[Line | Table]:
    """Say of each case what a person must do next and by when, who has it, and where it stands.

    Of each line only the words are kept.
    """
    cells, colours, below, last = [], list[str](), list[str](), "state"
    for line in lines:
        cells.append(_cells(line, tongue))
        colours.append("red" if line["overdue"] else "")
        below.append(_passed(line, tongue))
        last = "name" if "name" in line else "state"
    if not cells:
        return [Line(tongue.tell("worklist.none"))]
    heads = [tongue.tell(f"worklist.head.{name}") for name in ("case", "todo", "by", "law", "owner", last)]
    count, late = len(cells), colours.count("red")
    total = tongue.tell("worklist.counted_one" if count == 1 else "worklist.counted", count=count, late=late)
    return [Table(heads, cells, WIDEST, colours, below), Line(total, colour="grey")]


def _cells(line: Mapping[str, Any], tongue: Tongue) -> tuple[str, ...]:
    # A line has little room: what staff call the rights, not what the forms do.
    rights = tongue.listed(tongue.noun(f"right_in_short.{right}") for right in line["rights"])
    state = tongue.noun(f"state.{line['state']}") + _mark(line, tongue)
    state = tongue.tell("worklist.state_of", state=state, rights=rights) if rights else state
    return (
        line["case"],
        job_words(line, tongue),
        ("! " if line["overdue"] else "  ") + _day(line),
        law_words(line, tongue),
        line["owner"] or "-",
        # Whoever asks for names looks for a person; the rest stands in `show`.
        (line["name"] or "-") if "name" in line else state,
    )


def job_words(line: Mapping[str, Any], tongue: Tongue) -> str:
    """Return what a person must do next; in brackets what the clock does, where it is nobody's turn."""
    if line["todo"] is not None:
        return tongue.noun(f"todo.{line['todo']}")
    if line["next"] is None:
        return "-"
    short = f"due_in_short.{line['next']}"
    what = tongue.noun(short) if is_noun(short) else due_words(line["next"], tongue.language)
    return tongue.tell("worklist.clocks", what=what)


def _day(line: Mapping[str, Any]) -> str:
    """Return the month and day by which the office wants the job done, or on which the clock does something."""
    at: str | None = line["due_at"] if line["todo"] is None else line["by"]
    return (at or "-")[5:10] or "-"


def law_words(line: Mapping[str, Any], tongue: Tongue) -> str:
    """Return the law's day with its year, and how many days are left."""
    legal = line["legal"]
    return "" if legal is None else tongue.tell("worklist.law", day=legal["at"][:10], days=line["days_left"])


def who_words(line: Mapping[str, Any], tongue: Tongue) -> str:
    """Return who may do the next job: the roles, and who may not although they have them."""
    who = line["who"]
    if who is None:
        return "-"
    roles = nouns("role", who["roles"], tongue.language)
    return tongue.tell("worklist.who_but", roles=roles, names=who["not"]) if who["not"] else roles


def _mark(line: Mapping[str, Any], tongue: Tongue) -> str:
    """Return what keeps the case back: a hold, or a letter of a kind that is stopped."""
    if line["hold"]:
        return tongue.tell("worklist.held")
    return tongue.tell("worklist.stopped") if line["letter_stopped"] else ""


def _passed(line: Mapping[str, Any], tongue: Tongue) -> str:
    """Return the legal date that has passed, if one has."""
    legal = line["legal"]
    if legal is None or not legal["passed"]:
        return ""
    name, day = due_words(legal["name"], tongue.language), legal["at"][:10]
    return tongue.tell("worklist.passed", name=name, day=day)
