"""``python -m lab.week`` (``make week``): an operator's week at a real desk; writes docs/an-operators-week.md.

Exit 0: everything ended as the week tells it. 1: something went otherwise. Nothing is left running.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from desk.opening import open_the_office
from lab.day.recorder import Recorder, WentOtherwise
from lab.demo.home import fresh_home, settings_for, take
from lab.demo.undisturbed import end_at_the_first_interrupt
from lab.week.machine import Machine
from lab.week.story import Week
from settings import PROJECT, settings

PAGE = PROJECT / "docs" / "an-operators-week.md"
HEAD = (
    "# An operator's week", "",
    "Made by `make week`: the real desk on a practice clock, what an operator typed and saw. Lines that begin with",
    "`---` are the desk's own, from its terminal. Long answers are cut in the middle; `--as` and `--lang` are left",
    "out. Everybody in it is invented. What to do by symptom: [the runbook](runbook.md).", "",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Live through the week and write its page."""
    parser = argparse.ArgumentParser(prog="python -m lab.week", description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where to write the page")
    asked = parser.parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    ours = settings_for(settings(), "week")
    take(ours)
    end_at_the_first_interrupt()
    with fresh_home(ours) as home:
        open_the_office(ours)
        folder = home / "out"
        folder.mkdir()
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        environment = {**ours.environment(), "PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}
        recorder = Recorder(environment, folder, "en")
        with Machine(ours, recorder) as machine:
            try:
                Week(recorder, machine).told()
            except WentOtherwise as otherwise:
                console.print(f"went otherwise: {otherwise}")
                return 1
    asked.output.write_text("\n".join([*HEAD, *recorder.page]), encoding="utf-8")
    console.print(f"{asked.output} is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
