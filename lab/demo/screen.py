"""What is seen while the demo runs: a line for each day on which something happened, and on a terminal a bar below."""

import sys
from collections.abc import Mapping
from datetime import date
from types import TracebackType
from typing import Self

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from lab.demo.telling import Day
from lab.demo.words import say

WIDTH = 80
_DAY_WIDTH = 14
_COLUMN_WIDTH = 8
# What is counted in each column: the transitions that have happened that day.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "opened": ("open",),
    "arrived": ("receive_forms", "reopen"),
    "asked": ("ask_again",),
    "answered": ("fulfil", "refuse"),
    "closed": ("withdraw", "lapse", "void"),
    "posted": ("mail_forms", "record_posting"),
    "reminded": ("remind",),
}


def console() -> Console:
    """Return the terminal, at most 80 columns wide so that tables look the same everywhere."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a question mark; it does not end the demo.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    made = Console(highlight=False)
    made.width = min(WIDTH, made.width)
    return made


class Screen:
    """The lines of the days, and the bar."""

    def __init__(self, terminal: Console, language: str, cases: int, days: int) -> None:
        """Prepare; nothing is shown yet."""
        self._terminal = terminal
        self._language = language
        self._cases = cases
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            console=terminal,
            transient=True,
            # Plain lines where nobody looks: a bar in a log is noise.
            disable=not terminal.is_terminal,
        )
        self._bar = self._progress.add_task("", total=days)
        self._begun = False

    def __enter__(self) -> Self:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._progress.stop()

    def day(self, happened: Day) -> None:
        """Show a day that has been lived."""
        counts = [sum(happened.done.get(name, 0) for name in names) for names in _COLUMNS.values()]
        counts.append(happened.notices)
        if not self._begun:
            heads = [say(f"column_{name}", self._language) for name in (*_COLUMNS, "told")]
            self._line(say("column_day", self._language), heads, style="bold")
            self._begun = True
        if any(counts):
            self._line(shown_day(happened.day, self._language), [str(count or "·") for count in counts])
        self.ahead(happened.day, happened.closed)

    def ahead(self, day: date, closed: int) -> None:
        """Move the bar on by one day."""
        shown = say("bar", self._language, day=day.isoformat(), closed=closed, cases=self._cases)
        self._progress.update(self._bar, advance=1, description=shown)

    def _line(self, head: str, cells: list[str], style: str = "") -> None:
        line = head + " " * (_DAY_WIDTH - cell_len(head))
        line += "".join(" " * (_COLUMN_WIDTH - cell_len(cell)) + cell for cell in cells)
        self._terminal.print(line, style=style, markup=False, soft_wrap=True)


def shown_day(day: date, language: str) -> str:
    """Return a day with its weekday."""
    return say("day", language, day=day.isoformat(), weekday=say(f"weekday_{day.weekday()}", language))
