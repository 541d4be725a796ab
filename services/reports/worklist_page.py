"""The work list, told: a line a case, most urgent first."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.reports.words import due_words
from workflows.lines import Line, Table
from workflows.tongue import Tongue

WIDEST = (13, 21, 13, 16, 10)
"""Columns each cell takes at most, that a line fits 80; what is left of the line goes to the rights."""


def worklist_page(lines: Sequence[Mapping[str, Any]], tongue: Tongue) -> list[Line | Table]:
    """Say of each case where it stands, what comes next, and who has it."""
    if not lines:
        return [Line(tongue.tell("worklist.none"))]
    heads = [
        tongue.tell("worklist.head.case"),
        tongue.tell("worklist.head.state"),
        tongue.tell("worklist.head.due"),
        tongue.tell("worklist.head.next"),
        tongue.tell("worklist.head.owner"),
        tongue.tell("worklist.head.name" if "name" in lines[0] else "worklist.head.rights"),
    ]
    colours = ["red" if line["overdue"] else "" for line in lines]
    below = [_passed(line, tongue) for line in lines]
    count, late = len(lines), sum(1 for line in lines if line["overdue"])
    total = tongue.tell("worklist.counted_one" if count == 1 else "worklist.counted", count=count, late=late)
    return [
        Table(heads, [_cells(line, tongue) for line in lines], WIDEST, colours, below),
        Line(total, colour="grey"),
    ]


def _cells(line: Mapping[str, Any], tongue: Tongue) -> list[str]:
    return [
        line["case"],
        tongue.noun(f"state.{line['state']}") + _mark(line, tongue),
        ("! " if line["overdue"] else "  ") + (line["due_at"] or "-")[5:16].replace("T", " "),
        due_words(line["next"], tongue.language),
        line["owner"] or "-",
        # Whoever asks for names looks for a person; the rights stand in `show`.
        (line["name"] or "-")
        if "name" in line
        # A line has little room: what staff call the rights, not what the forms do.
        else tongue.listed(tongue.noun(f"right_in_short.{right}") for right in line["rights"]),
    ]


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
