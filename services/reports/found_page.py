"""Who was found, told: a line a case."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.lines import Line, Table
from workflows.tongue import Tongue

WIDEST = (14, 10, 16, 14)
"""Columns each cell takes at most, that a line fits 80; what is left of the line goes to the names."""


def found_page(lines: Sequence[Mapping[str, Any]], beside: Sequence[str], tongue: Tongue) -> list[Line | Table]:
    """Say of each case since when it runs, where it stands, what is to be done, and whose it is; and what is beside."""
    return [*([_table(lines, tongue)] if lines else []), *(Line(said, colour="grey") for said in beside)]


def _table(lines: Sequence[Mapping[str, Any]], tongue: Tongue) -> Table:
    shows_todo = any(line["todo"] for line in lines)
    heads = ["case", "opened", "state", *(["todo"] if shows_todo else []), "name"]
    rows = [
        [
            line["case"],
            line["opened_on"],
            _state(line, tongue),
            *([tongue.noun(f"todo.{line['todo']}") if line["todo"] else "-"] if shows_todo else []),
            _name(line, tongue),
        ]
        for line in lines
    ]
    return Table([tongue.tell(f"find.head.{head}") for head in heads], rows, WIDEST[: len(heads) - 1])


def _state(line: Mapping[str, Any], tongue: Tongue) -> str:
    return tongue.tell(f"inquiry.state.{line['state']}") if line["inquiry"] else tongue.noun(f"state.{line['state']}")


def _name(line: Mapping[str, Any], tongue: Tongue) -> str:
    if line["representative"] is None:
        return str(line["name"])
    return tongue.tell("find.represented", name=line["name"], by=line["representative"])
