"""``list``: the work list."""

from typing import Any

import click

from commands.context import call, joint, said
from commands.office import looking
from commands.output import answer, coloured, columns
from commands.shape import Command, Option
from commands.spans import span
from commands.wide import cut, pad, width
from workflows.law.values import Right
from workflows.request.procedure import request
from workflows.words import noun


@click.command(
    "list",
    cls=Command,
    words="worklist.help.list",
    examples=(
        "./admin.py list --overdue",
        "./admin.py list --state forms_returned --due-within 5d",
        "./admin.py list --right disclosure --json",
    ),
)
@click.option(
    "--state",
    "states",
    cls=Option,
    multiple=True,
    type=click.Choice(list(request.states)),
    words="worklist.help.list.state",
)
@click.option("--overdue", cls=Option, is_flag=True, words="worklist.help.list.overdue")
@click.option("--stalled", cls=Option, is_flag=True, words="worklist.help.list.stalled")
@click.option(
    "--due-within",
    cls=Option,
    metavar="5d",
    words="worklist.help.list.due_within",
)
@click.option(
    "--right",
    cls=Option,
    type=click.Choice([str(right) for right in Right]),
    words="worklist.help.list.right",
)
@click.option("--owner", cls=Option, metavar="NAME", words="worklist.help.list.owner")
@click.option("--limit", cls=Option, type=click.IntRange(min=1), words="worklist.help.list.limit")
def list_(
    states: tuple[str, ...],
    overdue: bool,
    stalled: bool,
    due_within: str | None,
    right: str | None,
    owner: str | None,
    limit: int | None,
) -> None:
    """Show the work list."""
    from services.reports.worklist import Wanted, worklist

    wanted = Wanted(
        states=states,
        right=None if right is None else Right(right),
        owner=owner,
        overdue=overdue,
        stalled=stalled,
        due_within=None if due_within is None else span(due_within, "--due-within"),
        most=limit,
    )
    with looking() as (db, office):
        lines = worklist(db, office, wanted)
    answer(lines, _table(lines))


def _table(lines: list[dict[str, Any]]) -> list[str]:
    """Return the list as a table that fits 80 columns; what is left of the line goes to the rights."""
    from services.reports.words import due_words

    language = call().language
    if not lines:
        return [said("worklist.none")]
    heads = [said(f"worklist.head.{head}") for head in _HEADS]
    rows = [
        [
            line["case"],
            noun(f"state.{line['state']}", language) + _mark(line),
            ("! " if line["overdue"] else "  ") + (line["due_at"] or "-")[5:16].replace("T", " "),
            due_words(line["next"], language),
            line["owner"] or "-",
            joint().join(noun(f"right_in_short.{right}", language) for right in line["rights"]),
        ]
        for line in lines
    ]
    widths = [max(width(head), *(width(row[n]) for row in rows)) for n, head in enumerate(heads)]
    widths = [min(size, most) for size, most in zip(widths, (13, 21, 13, 16, 10, 999), strict=True)]
    widths[-1] = max(columns() - sum(widths[:-1]) - 10, 10)
    shown = [coloured(_row(heads, widths), "bold")]
    for line, row in zip(lines, rows, strict=True):
        text = _row(row, widths)
        shown.append(coloured(text, "red") if line["overdue"] else text)
        legal = line["legal"]
        if legal is not None and legal["passed"]:
            name = due_words(legal["name"], language)
            passed = said("worklist.passed", name=name, day=legal["at"][:10])
            shown.append(coloured(passed, "red"))
    count = len(lines)
    late = sum(1 for line in lines if line["overdue"])
    return [
        *shown,
        coloured(
            said("worklist.counted_one" if count == 1 else "worklist.counted", count=count, late=late),
            "grey",
        ),
    ]


def _mark(line: dict[str, Any]) -> str:
    """Return what keeps the case back: a hold, or a letter of a kind that is stopped."""
    if line["hold"]:
        return said("worklist.held")
    return said("worklist.stopped") if line["letter_stopped"] else ""


_HEADS = ("case", "state", "due", "next", "owner", "rights")


def _row(cells: list[str], widths: list[int]) -> str:
    padded = [pad(cut(cell, size), size) for cell, size in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()
