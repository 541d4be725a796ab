"""``python -m lab.procedures``: a file for each row of published facts, cases lived through under it, and a page."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lab.procedures.file import Written
from lab.procedures.laws import at_hand
from lab.procedures.lives import trials
from lab.procedures.page import page
from lab.procedures.rows import rows
from lab.procedures.writing import written
from settings import PROJECT

ROWS = PROJECT / "samples" / "procedures" / "published.jsonl"
PAGE = PROJECT / "docs" / "procedures.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every row and write the page. Return 2 where the file of rows cannot be read."""
    parser = argparse.ArgumentParser(prog="make procedures", description=__doc__)
    parser.add_argument("--rows", type=Path, default=ROWS, help="the file of rows, a JSON object a line")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page goes")
    parser.add_argument("--files", type=Path, help="a folder for the files that are made")
    asked = parser.parse_args(arguments)
    try:
        found = rows(asked.rows)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    with at_hand():
        return _tried([written(row) for row in found], asked)


def _tried(read: Sequence[Written], asked: argparse.Namespace) -> int:
    """Try every row and write the page."""
    if asked.files is not None:
        asked.files.mkdir(parents=True, exist_ok=True)
        for one in read:
            (asked.files / f"{one.row.id}.toml").write_text(one.text, encoding="utf-8")
    tried = trials(read, _counted if sys.stderr.isatty() else lambda _done, _of: None)
    asked.page.write_text(page(tried), encoding="utf-8")
    print(f"{sum(one.runs for one in tried)} of {len(tried)}: {asked.page}")
    return 0


def _counted(done: int, of: int) -> None:
    print(f"\r{done} of {of}", end="" if done < of else "\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
