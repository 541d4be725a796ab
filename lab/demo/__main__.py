"""``python -m lab.demo`` (``make demo``): the real desk, every sample request from first contact to its answer.

Exit 0: every case ended as its story says. 1: something went otherwise, or the demo could not begin. 130: interrupted.
Whatever happens, no process is left behind.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from desk.broker import BrokerMissing
from desk.opening import open_the_office
from desk.processes import ProcessFault
from desk.supervisor import Desk, DeskRefused
from lab.demo import departments, own
from lab.demo.findings import deviations, numbers, scans
from lab.demo.home import DemoRefused, fresh_home, settings_for, take
from lab.demo.office import DemoOffice, Stuck
from lab.demo.report import Run, hints, near, tables
from lab.demo.screen import Screen, console
from lab.demo.telling import Telling
from lab.demo.undisturbed import Undisturbed, end_at_the_first_interrupt
from lab.demo.words import say
from lab.stories import FOLDER, Story, holders, office, stories
from services.intake import BadInput
from settings import Settings, settings

INTERRUPTED = 130
# The office goes on for as long after the last story as it takes to see that nothing more becomes due.
LEAST_DAYS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo and return the exit status."""
    began = time.monotonic()
    ours = settings_for(settings())
    parser = argparse.ArgumentParser(prog="python -m lab.demo", description=say("usage", ours.lang))
    parser.add_argument("--only", nargs="+", metavar="NN", default=[], help=say("only", ours.lang))
    parser.add_argument("--samples", type=Path, metavar="DIR", default=FOLDER, help=say("samples", ours.lang))
    options = parser.parse_args(arguments)
    terminal = console()
    take(ours)
    end_at_the_first_interrupt()
    try:
        chosen = choose(options.samples, options.only, ours.lang)
        with fresh_home(ours):
            return _run(ours, chosen, options.samples, terminal, began)
    except (DemoRefused, DeskRefused, ProcessFault, BrokerMissing) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except (Stuck, BadInput) as fault:
        sys.stderr.write(f"{say('failed', ours.lang, why=fault)}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(f"{say('interrupted', ours.lang)}\n")
        return INTERRUPTED


def choose(folder: Path, names: Sequence[str], language: str) -> list[Story]:
    """Return the stories of these numbers or names, all where none is named. Raises DemoRefused for an unknown one."""
    try:
        every = [*stories(folder), *stories(folder / departments.FOLDER)]
    except (ValueError, OSError) as fault:
        raise DemoRefused(say("bad_samples", language, folder=folder, why=fault)) from fault
    if not every:
        raise DemoRefused(say("bad_samples", language, folder=folder, why="stories/*.yaml"))
    if not names:
        return every
    chosen: dict[str, Story] = {}
    for name in names:
        found = [one for one in every if one.name == name or one.name.startswith(f"{name}-")]
        if not found:
            raise DemoRefused(say("no_story", language, name=name))
        chosen |= {one.name: one for one in found}
    return [one for one in every if one.name in chosen]


def _run(ours: Settings, chosen: Sequence[Story], folder: Path, terminal: Console, began: float) -> int:
    """Start the desk, tell the stories, look at what came of them, stop the desk, report."""
    language = ours.lang
    terminal.print(say("starting", language), style="dim")
    own.settle_in(folder, ours)
    departments.settle_in(folder, ours)
    open_the_office(ours)
    with Undisturbed(Desk(ours)) as desk:
        auth = near(ours.flower_auth)
        terminal.print(say("flower_now", language, address=desk.flower_url, auth=auth), markup=False, soft_wrap=True)
        demo = DemoOffice(ours)
        demo.engage([*office(), *holders(folder / departments.FOLDER)])
        own.adopt(folder, demo)
        telling = Telling(demo, chosen, ours.home / "out", folder)
        calendar = demo.calendar
        until = max(telling.ends, calendar.add_working_days(telling.begins, LEAST_DAYS - 1))
        days = calendar.working_days_between(telling.begins, until) + 1
        terminal.print(say("begin", language, count=len(chosen), days=days))
        terminal.print()
        with Screen(terminal, language, len(chosen), days) as screen:
            telling.tell(screen.day)
            telling.go_on(until)
        wrong = deviations(telling)
        found = numbers(demo)
        run = Run(
            home=ours.home,
            spool=ours.spool,
            batch=telling.batches[0] if telling.batches else None,
            flower=desk.flower_url,
            first=telling.begins,
            last=until,
            days=days,
            seconds=time.monotonic() - began,
            example=max(telling.tales, key=lambda tale: len(tale.days)).case,
            scans=scans(telling),
            returns=telling.returns.folder,
            scanned=telling.returns.cases[-1] if telling.returns.cases else None,
            asked=departments.counted(demo),
        )
    quiet = calendar.working_days_between(telling.ends, until)
    if quiet and not wrong:
        terminal.print(say("quiet", language, days=quiet, until=until))
    tables(terminal, found, run, language)
    if wrong:
        terminal.print(say("deviations", language, count=len(wrong)), style="bold red")
        for sentence in wrong:
            terminal.print(f"  {sentence}", markup=False, soft_wrap=True)
        return 1
    terminal.print(say("all_as_told", language), style="bold green")
    if run.scans is not None:
        terminal.print(say("all_found", language), style="bold green")
    terminal.print()
    hints(terminal, run, language)
    terminal.print(say("nothing_left", language), style="dim")
    return 0


if __name__ == "__main__":
    sys.exit(main())
