"""``python -m lab.round_trip`` (``make round-trip``): letters out, forms back through real pixels, nothing mixed up.

Exit 0: everything was found as it was. 1: something was not, or the run could not begin. 130: interrupted. Whatever
happens, no process is left behind.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from desk.broker import BrokerMissing
from desk.opening import open_the_office
from desk.processes import ProcessFault
from desk.supervisor import Desk, DeskRefused
from lab.demo.home import DemoRefused, fresh_home, settings_for, take
from lab.demo.office import DemoOffice, Stuck
from lab.demo.screen import console
from lab.demo.undisturbed import Undisturbed, end_at_the_first_interrupt
from lab.round_trip.report import show, write
from lab.round_trip.trip import RoundTrip
from lab.round_trip.words import say
from lab.stories import office
from settings import Settings, settings

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the round trip and return the exit status."""
    ours = settings_for(settings(), "round-trip")
    parser = argparse.ArgumentParser(prog="python -m lab.round_trip", description=say("usage", ours.lang))
    parser.add_argument("--packs", type=int, default=500, metavar="N", help=say("packs", ours.lang))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=say("seed", ours.lang))
    parser.add_argument("--keep", action="store_true", help=say("keep", ours.lang))
    parser.add_argument("--report", type=Path, metavar="FILE", help=say("report", ours.lang))
    options = parser.parse_args(arguments)
    terminal = console()
    take(ours)
    end_at_the_first_interrupt()
    try:
        with fresh_home(ours):
            return _run(ours, options, terminal)
    except (DemoRefused, DeskRefused, ProcessFault, BrokerMissing) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except Stuck as fault:
        sys.stderr.write(f"{say('failed', ours.lang, why=fault)}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(f"{say('interrupted', ours.lang)}\n")
        return INTERRUPTED


def _run(ours: Settings, options: argparse.Namespace, terminal: Console) -> int:
    language = ours.lang
    terminal.print(say("starting", language, packs=options.packs, seed=options.seed), style="dim", soft_wrap=True)
    open_the_office(ours)
    with Undisturbed(Desk(ours)), _Bars(terminal, language) as bars:
        demo = DemoOffice(ours)
        demo.engage(office())
        trip = RoundTrip(demo, options.packs, options.seed, bars.progress)
        figures = trip.run()
        revision = ours.code_revision
    wrong = trip.wrong
    show(terminal, figures, options.seed, revision, len(wrong), language)
    if options.report is not None:
        write(options.report, figures, options.seed, revision, len(wrong))
    if wrong or options.keep:
        terminal.print(say("kept", language, home=ours.home), markup=False, soft_wrap=True)
    else:
        shutil.rmtree(ours.var)
    if wrong:
        terminal.print(say("deviations", language, count=len(wrong)), style="bold red")
        for one in wrong:
            sentence = say(one.kind, language, about=one.about, wanted=one.wanted, found=one.found)
            terminal.print(f"  {sentence}", markup=False, soft_wrap=True)
        return 1
    terminal.print(say("all_well", language), style="bold green", soft_wrap=True)
    terminal.print(say("nothing_left", language), style="dim")
    return 0


class _Bars:
    """A bar for each thing that is done; plain lines where nobody looks."""

    def __init__(self, terminal: Console, language: str) -> None:
        self._terminal, self._language = terminal, language
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=terminal,
            disable=not terminal.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def progress(self, doing: str, done: int, of: int) -> None:
        """Show how far it has come; a new bar begins when the one before is full."""
        task = self._tasks.get(doing)
        if task is None or self._bars.tasks[task].finished:
            task = self._tasks[doing] = self._bars.add_task(say(doing, self._language), total=of)
        self._bars.update(task, completed=done)
        if done >= of and not self._terminal.is_terminal:
            self._terminal.print(f"{say(doing, self._language)}: {done}", style="dim")


if __name__ == "__main__":
    sys.exit(main())
