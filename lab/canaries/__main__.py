"""``python -m lab.canaries`` (``make canaries``): the demo with mail, a backup and every report; who stands where.

Every text the stories tell of people is looked for in everything the desk has or says, then everything is erased, the
backup from before is restored elsewhere, and it is looked for again. ``--only`` takes some stories alone; without it
docs/canaries.md is written. Exit 1: something stands where it may not, or nothing where it must.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from sqlalchemy import func, select

from commands.table import WRITTEN
from desk.opening import open_the_office
from desk.supervisor import Desk
from lab.canaries.places import (
    MAY,
    OF_THE_HOME,
    OUTSIDE,
    PICTURES,
    REST,
    Content,
    in_the_database,
    in_the_home,
    while_it_runs,
)
from lab.canaries.watching import Watch, told_by
from lab.demo import departments, own
from lab.demo.__main__ import choose
from lab.demo.home import fresh_home, settings_for, take
from lab.demo.office import DemoOffice
from lab.demo.telling import Telling
from lab.demo.undisturbed import Undisturbed, end_at_the_first_interrupt
from lab.stories import FOLDER, holders, office
from models.mail import mail
from services.office import staff
from services.office.staff import os_login
from settings import PROJECT, Settings, load, settings
from tests.services.post_boxes import Boxes, free_port, serving, url

PAGE = PROJECT / "docs" / "canaries.md"
NOBODY = "Wqapzil Jokvex"
"""Somebody who is looked for and whom the office does not know."""
PATIENCE = 180.0
ASKED = (
    "today", "list", "list --json", "notices", "letters", "status", "stats --by right --csv", "stats --in-full --json",
    "forecast", "board --out given/board.html", "log --limit 100000", "log --looks --json --limit 100000", "mail list",
    "incidents", "retention --dry-run", "calendar", "search list", "audit verify --export given/history.jsonl.gz",
    "doctor", "metrics", "tray list", "disposals",
)  # fmt: skip
"""What is asked that may tell of nobody."""
OF_A_CASE = ("why", "history", "draft")
OTHERS = ("answers", "metrics", "Flower", "process table", "mail")
ABOUT_PEOPLE = ("show", "show --json", "papers")


@dataclass(slots=True)
class Scan:
    """What was looked through at one time: of each place how many bytes, and what stood where."""

    bytes: dict[str, int] = field(default_factory=dict)
    hits: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def look(self, watch: Watch, contents: Iterable[Content]) -> None:
        """Look through these."""
        for one in contents:
            self.bytes[one.place] = self.bytes.get(one.place, 0) + len(one.content)
            self.hits.setdefault(one.place, []).extend((one.what, text) for text in sorted(watch.within(one.content)))


class Canaries:
    """A demo in a home of its own, and what is found of its people."""

    def __init__(self, ours: Settings, only: Sequence[str], boxes: Boxes) -> None:
        """Take the stories; what they tell is watched for."""
        self.ours, self.boxes = ours, boxes
        self.stories = choose(FOLDER, only, ours.lang)
        self.watch = Watch({*told_by(self.stories, FOLDER), NOBODY})
        self.before, self.after, self.restored = Scan(), Scan(), Scan()
        self.cases: list[str] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        """Live through it all."""
        own.settle_in(FOLDER, self.ours)
        departments.settle_in(FOLDER, self.ours)
        open_the_office(self.ours)
        for name in ("given", "evidence"):
            (self.ours.home / name).mkdir()
        with Undisturbed(Desk(self.ours)) as desk:
            self._told()
            self._asked()
            self._looked(self.before, desk)
            self._erased()
            self._looked(self.after, desk)
        self._restored()
        self._judged()

    def _told(self) -> None:
        demo = DemoOffice(self.ours)
        demo.engage([*office(), *holders(FOLDER / departments.FOLDER)])
        own.adopt(FOLDER, demo)
        with demo.writing() as (db, here):
            by = staff.identify(db, os_login(), None)
            for one in [by.staff, *(each.login for each in office())]:
                staff.mailed(db, one, f"{one}@office.example", "ja", by, here.now)
        telling = Telling(demo, self.stories, self.ours.home / "out", FOLDER)
        telling.tell(lambda day: None)
        telling.go_on(demo.calendar.add_working_days(telling.ends, 3))
        self.wrong += telling.deviations
        self.cases = [tale.case for tale in telling.tales]
        waiting = select(func.count()).select_from(mail).where(mail.c.state == "waiting")
        until = time.monotonic() + PATIENCE
        while demo.ask(waiting)[0][0] and time.monotonic() < until:
            time.sleep(0.2)  # another process sends it

    def _asked(self) -> None:
        names = self.ours.home / "whom.json"
        for line in ASKED:
            if line.split()[0] in WRITTEN or line.split()[0] == "search":
                self._keep("answers", line, self._said(line))
        for case in self.cases:
            for line in OF_A_CASE if case == self.cases[0] else ():
                self._keep("answers", line, self._said(f"{line} {case}"))
            for line in ABOUT_PEOPLE if case in self.cases[:3] else ():
                self._keep("answers about people", line, self._said(f"{line} {case}"))
        self._said(f"evidence {self.cases[0]} --out evidence/{self.cases[0]}.zip")
        self._keep("answers about people", "list --names", self._said("list --names --state fulfilled,refused"))
        people = [{"name": str(one)} for one in self._names()[:3]]
        for whom in [*people, {"name": NOBODY}]:
            names.write_text(json.dumps(whom, ensure_ascii=False), encoding="utf-8")
            self._keep("answers about people", "find", self._said("find --file whom.json"))
        names.unlink()
        self._said("backup --out backup", status=0)

    def _names(self) -> list[str]:
        from services.intake import load_file

        return [load_file(story.contact)["subject"]["name"] for story in self.stories]

    def _keep(self, place: str, what: str, said: bytes) -> None:
        self.before.look(self.watch, [Content(place, what, said)])

    def _said(self, line: str, *, status: int | None = None, home: Path | None = None) -> bytes:
        """Let the lead type a command; return what it said on both streams."""
        told = self.ours.environment()
        if home is not None:
            same = {name: told[name] for name in ("MADOGUCHI_CLOCK", "MADOGUCHI_ALLOW_AS", "MADOGUCHI_LANG")}
            told = load({**same, "MADOGUCHI_HOME": str(home)}).environment()
        told |= {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "LANG": "C.UTF-8"}
        done = subprocess.run(
            [str(PROJECT / "admin.py"), *line.split()],
            cwd=home or self.ours.home, env=told, capture_output=True, timeout=900, check=False,
        )  # fmt: skip
        if status is not None and done.returncode != status:
            self.wrong.append(
                f"{line}: {done.returncode}: {(done.stdout + done.stderr).decode(errors='replace')[-400:]}"
            )
        return done.stdout + done.stderr

    def _looked(self, scan: Scan, desk: Desk) -> None:
        """Look through everything there is now."""
        scan.look(self.watch, in_the_home(self.ours.home))
        scan.look(self.watch, in_the_database())
        scan.look(self.watch, while_it_runs(self.ours, desk))
        scan.look(self.watch, (Content("mail", str(one["Message-ID"]), one.as_bytes()) for one in self.boxes.came))
        scan.look(self.watch, (Content("mail", "as it came", one) for one in self.boxes.raw))

    def _erased(self) -> None:
        for case in self.cases:
            self._said(f"end-papers {case} --what evidence --end destroyed")  # refused where none came on paper
            self._said(f"erase {case} --why drill --yes", status=0)
        for line in ("list --names --state fulfilled,refused", *(f"show {case}" for case in self.cases[:3])):
            self.after.look(self.watch, [Content("answers about people", line, self._said(line))])

    def _restored(self) -> None:
        """Bring the backup from before the end back, into another home."""
        home = self.ours.home / "again"
        home.mkdir(mode=0o700)
        self._said(f"restore {self.ours.home / 'backup'}", status=0, home=home)
        for case in self.cases[:3]:
            self.restored.look(self.watch, [Content("restored", "show", self._said(f"show {case}", home=home))])
        found = (Content("restored", one.what, one.content) for one in in_the_home(home))
        self.restored.look(self.watch, found)

    def _judged(self) -> None:
        """Say what stands where it may not, and where it must stand and does not."""
        for place, hits in self.before.hits.items():
            if place not in MAY and hits:
                self.wrong.append(f"{place}: {hits[:5]}")
        for place in MAY:
            if not self.before.hits.get(place) and place not in PICTURES:
                self.wrong.append(f"nothing was found in {place}, where it must be: nothing was looked through")
        for scan in (self.after, self.restored):
            for place, hits in scan.hits.items():
                if place not in OUTSIDE and hits:
                    self.wrong.append(f"{place} after all was erased: {hits[:5]}")
        known = {*MAY, *OF_THE_HOME.values(), *OTHERS}
        if missing := known - self.before.bytes.keys():
            self.wrong.append(f"never looked at: {sorted(missing)}")
        if not self.boxes.came:
            self.wrong.append("no mail came")


def page(found: Canaries) -> str:
    """Return docs/canaries.md."""
    lines = [
        "# Who stands where", "",
        "Made by `make canaries`: the whole demo with mail to staff, a backup, every report, and then the end of all",
        f"its people. {len(found.watch.plain)} texts that {len(found.stories)} stories tell of them (names and",
        "readings, addresses, telephone numbers, mail, numbers of papers, what was said, what was found, who was",
        "looked for) are looked for in everything the desk has or says, whatever the encoding",
        "([how](../lab/canaries/watching.py)). A place that may tell of people must: else the search would pass by",
        "looking at nothing (but for pages as pictures, in which no text is found).", "",
        "| place | may tell of people | bytes | texts found | after everybody was erased |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for place in sorted(found.before.bytes, key=lambda name: (name not in MAY, name)):
        after = "out of reach" if place in OUTSIDE else str(len({text for _, text in found.after.hits.get(place, [])}))
        hits = len({text for _, text in found.before.hits[place]})
        lines.append(f"| {place} | {MAY.get(place, 'no')} | {found.before.bytes[place]:,} | {hits} | {after} |")
    restored = len(found.restored.hits.get("restored", []))
    size = found.restored.bytes.get("restored", 0)
    lines += [
        f"| the backup from before the end, restored elsewhere | no | {size:,} | - | {restored} |", "",
        f"*{REST.capitalize()}* is every file that no other row names. Out of reach is what was handed out, what the",
        "post brought and what a department has of its own.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m lab.canaries", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NN", default=[], help="some stories; the page is not written")
    asked = parser.parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    port = free_port()
    ours = load({**settings_for(settings(), "canaries").environment(), "MADOGUCHI_SMTP_URL": url(port)})
    take(ours)
    end_at_the_first_interrupt()
    boxes = Boxes()
    with fresh_home(ours), serving(boxes, port):
        found = Canaries(ours, asked.only, boxes)
        found.run()
    console.print(page(found))
    for sentence in found.wrong:
        console.print(sentence)
    if not asked.only and not found.wrong:
        PAGE.write_text(page(found), encoding="utf-8")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
