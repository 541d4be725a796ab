"""``python -m lab.afternoon`` (``make afternoon``): what an auditor does at a real desk; writes docs/an-afternoon.md.

Exit 0: everything ended as the afternoon tells it. 1: something went otherwise. Nothing is left running.
"""

import argparse
import json
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from desk.opening import open_the_office
from desk.supervisor import Desk
from lab.day.paper import contacts
from lab.day.recorder import Recorder, WentOtherwise
from lab.demo.home import fresh_home, settings_for, take
from lab.demo.undisturbed import Undisturbed, end_at_the_first_interrupt
from services.office.staff import os_login
from settings import PROJECT, settings

PAGE = PROJECT / "docs" / "an-afternoon.md"
CLERK, LEAD = "sato", "kudo"
HEAD = (
    "# An auditor's afternoon", "",
    "Made by `make afternoon`: the real desk on a practice clock, a small office that worked in the morning, and",
    "somebody who does not take its word for anything. Long answers are cut in the middle; `--as` and `--lang` are",
    "left out. Everybody in it is invented. What is behind it: [for auditors](auditing.md).", "",
)  # fmt: skip
FORGED = """
DROP TRIGGER history_no_update; DROP TRIGGER history_no_delete; DROP TRIGGER case_no_way_back;
DELETE FROM history WHERE case_id = 2 AND seq = 2;
UPDATE "case" SET seq = 1, head = (SELECT hash FROM history WHERE case_id = 2 AND seq = 1) WHERE id = 2;
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Live through the afternoon and write its page."""
    parser = argparse.ArgumentParser(prog="python -m lab.afternoon", description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where to write the page")
    asked = parser.parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    ours = settings_for(settings(), "afternoon")
    take(ours)
    end_at_the_first_interrupt()
    with fresh_home(ours) as home:
        open_the_office(ours)
        folder = home / "out"
        folder.mkdir()
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        environment = {**ours.environment(), "PATH": path, "HOME": str(home), "LANG": "C.UTF-8"}
        with Undisturbed(Desk(ours)):
            recorder = Recorder(environment, folder, "en")
            try:
                Afternoon(recorder, ours.var / "madoguchi.sqlite3", ours.checkpoints).told()
            except WentOtherwise as otherwise:
                console.print(f"went otherwise: {otherwise}")
                return 1
    asked.output.write_text("\n".join([*HEAD, *recorder.page]), encoding="utf-8")
    console.print(f"{asked.output} is written")
    return 0


class Afternoon:
    """The office of the afternoon, and whoever looks at it."""

    def __init__(self, recorder: Recorder, database: Path, checkpoints: Path) -> None:
        """Take the desk's recorder, and where its database and its checkpoints lie."""
        self.at = recorder
        self.database = database
        self.checkpoints = checkpoints

    def told(self) -> None:
        """Live through it."""
        cases = self.the_office_worked()
        self.what_is_there_verifies()
        self.it_is_carried_away()
        self.a_case_is_given_account_of(cases[1])
        self.somebody_cuts_a_history(cases[1])

    def the_office_worked(self) -> list[str]:
        """Open a few cases and do something with them; return their numbers."""
        at = self.at
        for name, role in ((LEAD, "lead"), (CLERK, "clerk")):
            at.run(os_login(), f"staff add {name} --role {role}", shown=False)
        contacts(at.folder / "contacts.csv", 5)
        at.run(CLERK, "import contacts.csv --out cases.csv", shown=False)
        cases = [row["case"] for row in json.loads(at.run(CLERK, "list --json", shown=False))]
        cases.sort()
        for case in cases[:3]:
            at.run(CLERK, f"hold {case} --reason other", shown=False)
        at.run(CLERK, f"resume {cases[0]}", shown=False)
        return cases

    def what_is_there_verifies(self) -> None:
        """Sign, and verify."""
        at = self.at
        at.say(
            "## Is it as it was recorded?",
            "The desk signs what was recorded every five minutes. She wants the last minutes signed as well, and the\n"
            "public half of the key, which she keeps.",
        )
        at.run(CLERK, "audit checkpoint")
        at.run(CLERK, "audit key")
        at.run(CLERK, "audit verify")

    def it_is_carried_away(self) -> None:
        """Export everything and verify it elsewhere."""
        at = self.at
        at.say(
            "## Without their program",
            "She takes the whole history, the checkpoints, the key and one short script with her, and runs it at home.",
        )
        at.run(LEAD, "audit verify --export history.jsonl.gz")
        key = json.loads(at.run(CLERK, "audit key --json", shown=False))["pem"]
        (at.folder / "key.pem").write_text(key, "ascii")
        (at.folder / "checkpoints.jsonl").write_bytes((self.checkpoints / "checkpoints.jsonl").read_bytes())
        script = PROJECT / "templates" / "evidence" / "verify_history.py"
        (at.folder / script.name).write_bytes(script.read_bytes())
        at.shell(
            "auditor", "python3 -I verify_history.py history.jsonl.gz --checkpoints checkpoints.jsonl --key key.pem"
        )

    def a_case_is_given_account_of(self, case: str) -> None:
        """Have one case as a package, and verify that."""
        at = self.at
        at.say(
            "## One case",
            "Somebody complained to the commission about one request. The lead puts together what it asks for, and no\n"
            "more.",
        )
        at.run(LEAD, f"evidence {case} --out {case}.zip --why 'asked by the commission, letter of 12 January'")
        at.shell("auditor", f"python3 -I -m zipfile -e {case}.zip unpacked", shown=False)
        at.shell("auditor", f"python3 -I unpacked/verify_history.py {case}.zip --key key.pem")
        at.shell("auditor", "head -c 360 unpacked/dates.json")

    def somebody_cuts_a_history(self, case: str) -> None:
        """Cut the end of a history as the database's owner, and be found out."""
        at = self.at
        at.say(
            "## Somebody owns the database",
            "In the evening somebody opens the database file itself, takes the triggers away, and cuts the last row\n"
            f"of {case}, with the case made to fit. Every hash is right.",
        )
        database = sqlite3.connect(self.database, timeout=30)
        try:
            database.executescript(FORGED)
        finally:
            database.close()
        at.run(CLERK, "audit verify", status=1)
        at.say("The checkpoint of the afternoon had signed the row that is gone.")


if __name__ == "__main__":
    sys.exit(main())
