"""``python -m lab.tutorials`` (``make tutorials``): carry the tutorials out and write into them what came.

Exit 0: every page was carried out. 1: one was not, and stays as it is. Nothing is left running.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lab.tutorials.carried import WentOtherwise, reader
from lab.tutorials.page import written
from settings import PROJECT

PAGES = tuple(PROJECT / "docs" / f"tutorial-{name}.md" for name in ("clerk", "clerk.ja", "operator", "operator.ja"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the pages that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m lab.tutorials", description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path, default=PAGES, metavar="PAGE", help="these pages alone")
    status = 0
    for page in parser.parse_args(arguments).pages:
        lines = page.read_text("utf-8").split("\n")
        try:
            with reader() as somebody:
                page.write_text("\n".join(written(lines, somebody.follow(lines))), "utf-8")
        except WentOtherwise as otherwise:
            sys.stderr.write(f"{page}: {otherwise}\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
