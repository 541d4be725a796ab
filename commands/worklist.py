"""``list``: the work list."""

from typing import Any

import click

from commands.context import call, said
from commands.office import looking
from commands.output import answer, coloured, columns
from commands.shape import command, option
from commands.spans import span
from commands.wide import cut, pad, width
from workflows.law.values import Right
from workflows.request.procedure import request
from workflows.words import noun


@command("list")
@option("--state", "states", multiple=True, type=click.Choice(list(request.states)))
@option("--overdue", is_flag=True)
@option("--stalled", is_flag=True)
@option("--due-within", metavar="5d")
@option("--right", type=click.Choice([str(right) for right in Right]))
@option("--owner", metavar="NAME")
@option("--limit", type=click.IntRange(min=1))
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
        return [said("該当する請求はありません。", "no cases.")]
    heads = [said(*words) for words in _HEADS]
    rows = [
        [
            line["case"],
            noun(f"state.{line['state']}", language) + _mark(line),
            ("! " if line["overdue"] else "  ") + (line["due_at"] or "-")[5:16].replace("T", " "),
            due_words(line["next"], language),
            line["owner"] or "-",
            said("、", ", ").join(said(*_RIGHTS.get(right, (right, right))) for right in line["rights"]),
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
            passed = said(f"  {name}：{legal['at'][:10]} を過ぎています", f"  {name}: passed on {legal['at'][:10]}")
            shown.append(coloured(passed, "red"))
    count = len(lines)
    late = sum(1 for line in lines if line["overdue"])
    return [
        *shown,
        coloured(
            said(f"{count}件（期限超過 {late}件）", f"{count} {'case' if count == 1 else 'cases'}, {late} overdue"),
            "grey",
        ),
    ]


def _mark(line: dict[str, Any]) -> str:
    """Return what keeps the case back: a hold, or a letter of a kind that is stopped."""
    if line["hold"]:
        return said("・保留", " (held)")
    return said("・手紙停止", " (stop)") if line["letter_stopped"] else ""


# A line has little room: what staff call the rights, not what the forms do.
_RIGHTS = {
    "purpose_notice": ("利用目的", "purposes"), "disclosure": ("開示", "disclosure"),
    "provision_records": ("提供記録", "records"), "correction": ("訂正等", "correction"),
    "halt_use": ("利用停止", "halt use"), "halt_provision": ("提供停止", "halt provision"),
}  # fmt: skip
_HEADS = (
    ("請求", "case"), ("状態", "state"), ("  期限", "  due"), ("次に", "next"), ("担当", "owner"),
    ("請求の種類", "rights"),
)  # fmt: skip


def _row(cells: list[str], widths: list[int]) -> str:
    padded = [pad(cut(cell, size), size) for cell, size in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()
