"""``python -m lab.day`` (``make day``): the real desk, three people, thirty contacts; writes docs/a-day.md.

Exit 0: every command ended as the day tells it. 1: something went otherwise. Nothing is left running.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from desk.opening import open_the_office
from desk.supervisor import Desk
from lab.day.recorder import Recorder, WentOtherwise
from lab.day.story import APPROVER, CLERK, MORNING, VERIFIER, Day
from lab.demo.home import fresh_home, settings_for, take
from lab.demo.undisturbed import Undisturbed, end_at_the_first_interrupt
from services.office.staff import os_login
from settings import PROJECT, settings

PAGE = PROJECT / "docs" / "a-day.md"
ROLES = {CLERK: "clerk", VERIFIER: "verifier", APPROVER: "approver"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Live through the day and write its page."""
    parser = argparse.ArgumentParser(prog="python -m lab.day", description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where to write the page")
    asked = parser.parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    ours = settings_for(settings(), "day")
    take(ours)
    end_at_the_first_interrupt()
    with fresh_home(ours) as home:
        open_the_office(ours)
        folder = home / "out"
        folder.mkdir()
        environment = {
            **ours.environment(),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": str(home),
            "LANG": "C.UTF-8",
        }
        with Undisturbed(Desk(ours)):
            recorder = Recorder(environment, folder, "en")
            _people_come(recorder)
            day = Day(recorder, ours.spool)
            try:
                day.told()
            except WentOtherwise as otherwise:
                console.print(f"went otherwise: {otherwise}")
                return 1
    most, least = max(recorder.of_case.values()), min(recorder.of_case.values())
    asked.output.write_text("\n".join([*_head(recorder, day), *recorder.page]), encoding="utf-8")
    console.print(f"{len(recorder.slips)} slips; {least} to {most} commands a case, {recorder.batch} for many")
    return 0


def _people_come(recorder: Recorder) -> None:
    lead = os_login()
    for name, role in ROLES.items():
        recorder.run(lead, f"staff add {name} --role {role}", shown=False, counts=False)
    recorder.run(lead, f"clock --set {MORNING}", shown=False, counts=False)


def _head(recorder: Recorder, day: Day) -> list[str]:
    ordinary = [recorder.of_case[case] for case in day.cases[9:24]]
    return [
        "# A recorded day", "",
        "Made by `make day`: the real desk on a practice clock, three people, everything they typed and what they saw.",
        "Long answers are cut in the middle. `--as` and `--lang` are left out: on a practice desk they say",
        "who types (the name before `$`) and in which language. Everybody in it is invented.", "",
        "| | |", "|---|---|",
        f"| contacts imported | {len(day.rows)} |",
        f"| commands for an ordinary case, from first contact to its answer | {max(ordinary)} |",
        f"| commands for many at once, all day | {recorder.batch} |",
        "| files written by hand | 0 |",
        f"| slips put right | {len(recorder.slips)} |", "",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
