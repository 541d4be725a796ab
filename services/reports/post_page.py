"""The post room, told: the letters and where they stand, a batch that was printed, copies that were made."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from services.letters.printing import NotPrinted, Printed
from workflows.engine.values import Reason
from workflows.lines import Table
from workflows.tongue import Tongue

Answer = tuple[dict[str, Any], list[str], list[str]]
"""What was done as programs read it, what was done as people do, and what was refused."""


def letters_page(rows: Sequence[Mapping[str, Any]], tongue: Tongue) -> list[str | Table]:
    """Say of each letter where it stands."""
    if not rows:
        return [tongue.tell("post.none")]
    heads = tongue.tell("post.heads").split()
    cells = [
        [
            row["letter"] if row["copy"] == 1 else f"{row['letter']} ({row['copy']})",
            tongue.noun(f"letter_state.{row['state']}"),
            row["posted_at"] or "",
            row["language"],
            str(row["pages"] or ""),
            row["batch"] or "",
            tongue.noun(f"letter.{row['kind']}"),
        ]
        for row in rows
    ]
    return [Table(heads, cells)]


def earlier_page(printed: Printed, tongue: Tongue) -> Iterator[str]:
    """Say what became of batches that broke off before."""
    for one in printed.earlier:
        params = {"batch": one.batch, "letters": one.letters, "file": str(one.merged)}
        yield tongue.say(Reason(f"print.earlier_{one.became}", params))


def batch_page(printed: Printed, tongue: Tongue) -> Answer:
    """Say what is in a batch, where it lies, and what comes next."""
    document = {
        "batch": printed.batch,
        "letters": printed.letters,
        "pages": printed.pages,
        "merged": None if printed.merged is None else str(printed.merged),
        "manifest": None if printed.manifest is None else str(printed.manifest),
        "refused": _refused(printed.refused, tongue),
        "earlier": [
            {"batch": one.batch, "became": one.became, "merged": str(one.merged), "letters": one.letters}
            for one in printed.earlier
        ],
    }
    batch, letters, pages, merged = printed.batch, printed.letters, printed.pages, printed.merged
    lines = [tongue.tell("post.nothing_to_print")]
    if batch is not None and merged is not None:
        lines = [
            tongue.tell("post.printed", batch=batch, letters=letters, pages=pages),
            f"  {merged}",
            tongue.tell("post.list", page=merged.with_suffix(".txt")),
            tongue.tell("post.once_posted", batch=batch),
        ]
    return document, lines, [tongue.say(one.reason) for one in printed.refused]


def copies_page(made: Sequence[tuple[str, Path, int]], refused: Sequence[NotPrinted], tongue: Tongue) -> Answer:
    """Say where the marked copies lie."""
    document = {
        "batch": None,
        "letters": len(made),
        "pages": sum(pages for _, _, pages in made),
        "merged": str(made[0][1]) if len(made) == 1 else None,
        "manifest": None,
        "copies": [{"letter": number, "file": str(file), "pages": pages} for number, file, pages in made],
        "refused": _refused(refused, tongue),
    }
    return document, [str(file) for _, file, _ in made], [tongue.say(one.reason) for one in refused]


def _refused(letters: Sequence[NotPrinted], tongue: Tongue) -> list[dict[str, Any]]:
    return [{"letter": one.letter, "reasons": [tongue.say(one.reason)], "codes": [one.reason.code]} for one in letters]
