"""The day itself: thirty contacts from the web form to their answers, by three people, with ten slips put right."""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lab.day.paper import contacts, returned
from lab.day.recorder import Recorder, WentOtherwise
from models.letter import letter
from models.session import reading
from services.intake import Contact
from services.office.staff import os_login

CLERK, VERIFIER, APPROVER = "sato", "suzuki", "mori"
CONTACTS, RETURNED = 30, 24
MORNING, A_WEEK_LATER = "2027-01-18T10:00", "2027-01-25T10:00"
ORDINARY = {"blocking out": "not_shown", "expires on": "2031-04-01"}
"""What nobody may answer for the person who looks at the paper: everything else is Enter."""


class Day:
    """The office of the day and its people."""

    def __init__(self, recorder: Recorder, spool: Path) -> None:
        """Take the desk's recorder and where its letters lie."""
        self.at = recorder
        self.spool = spool
        self.rows: list[Contact] = []
        self.cases: list[str] = []

    def told(self) -> None:
        """Live through it."""
        self.the_contacts_come()
        self.the_letters_go_out()
        self.the_forms_come_back()
        self.they_are_checked()
        self.they_are_answered()

    # -- the first morning --------------------------------------------------------------------------------------

    def the_contacts_come(self) -> None:
        """Import what the web form collected over the weekend."""
        at = self.at
        at.say(
            "## Monday: thirty people have written",
            "The web form's list is imported as the browser saved it, and the day's work looked at.",
        )
        self.rows = contacts(at.folder / "contacts.csv", CONTACTS)
        at.run(CLERK, "import contacts.csv --out cases.csv")
        with (at.folder / "cases.csv").open(encoding="utf-8-sig", newline="") as lines:
            opened = {int(row["line"]): row["case"] for row in csv.DictReader(lines)}
        self.cases = [opened[row.line] for row in self.rows]
        at.slip("the same list is imported a second time: nothing is opened twice.")
        at.run(CLERK, "import contacts.csv")
        at.run(CLERK, "today")

    def the_letters_go_out(self) -> None:
        """Print and post the packs."""
        at, (first, second, third) = self.at, self.cases[:3]
        at.say("The packs are printed as one batch, and handed to the post.")
        self._letters_made()
        self._printed_and_posted("tray")
        at.slip(
            f"one envelope still lies on the desk: its posting ({first}) is taken back, and recorded when it is true."
        )
        at.run(CLERK, f"posted {first}-01 --undo --why 'found on the desk'")
        at.run(CLERK, f"posted {first}-01")
        at.slip(f"another one ({second}) went on Friday already, with a tracking number.")
        at.run(CLERK, f"posted {second}-01 --tracking 12345678903 --why 'the receipt came'")
        at.slip(f"{third} was held by mistake: the wrong number was typed.")
        at.run(CLERK, f"hold {third} --reason other")
        at.run(CLERK, f"resume {third}")

    # -- a week later -------------------------------------------------------------------------------------------

    def the_forms_come_back(self) -> None:
        """Scan the returns and register them in one go."""
        at = self.at
        at.say(
            "## A week later: the forms come back",
            "Twenty-four packs came back in mixed stacks, two letters could not be delivered.",
        )
        at.run(os_login(), f"clock --set {A_WEEK_LATER}", shown=False, counts=False)
        back = self.cases[:RETURNED]
        files = returned(self._packs(back), date(2027, 1, 25), at.folder / "scans")
        at.run(CLERK, "scan " + " ".join(str(file.relative_to(at.folder)) for file in files))
        at.talk(CLERK, "receive-forms --scanned", ORDINARY)
        lost, wrong = self.cases[RETURNED], self.cases[RETURNED + 1]
        at.run(CLERK, f"returned {lost}-01 --reason moved")
        at.slip(f"the second returned letter is {self.cases[RETURNED + 2]}'s, not {wrong}'s.")
        at.run(CLERK, f"returned {wrong}-01 --reason moved")
        at.run(CLERK, f'returned {wrong}-01 --undo --why "the neighbour\'s letter"')
        at.run(CLERK, f"returned {self.cases[RETURNED + 2]}-01 --reason moved")
        caller = self.rows[RETURNED].payload.subject
        at.say("One of them rings: the number is not at hand, the name is, and the new address is written down.")
        at.talk(CLERK, "find", {":": caller.name})
        self._moved(lost)

    def _moved(self, case: str) -> None:
        self.at.talk(
            CLERK,
            f"amend {case}",
            {
                "subject, what changes": "postcode address", "what changes": "subject",
                "why": "moved, told by telephone", "postcode": "100-0099", "address": "東京都千代田区架空町99-1",
            },
        )  # fmt: skip

    def they_are_checked(self) -> None:
        """Verify who they are."""
        at, checked = self.at, self.cases[:RETURNED]
        at.say(
            "## The papers are checked",
            "The verifier sees what waits for her, and verifies case by case with the paper in her hand.",
        )
        at.run(VERIFIER, "list --todo verify --limit 5")
        at.slip(f"the arrival of {checked[4]} was registered with the wrong day: it came on Friday.")
        at.talk(
            CLERK,
            f"receive-forms {checked[4]} --again --why 'it came on Friday'",
            {**ORDINARY, "arrived": "2027-01-22 11:00"},
        )
        for number, case in enumerate(checked):
            at.run(VERIFIER, f"verify-identity {case}", shown=number < 2)
        at.slip(f"{checked[5]} was verified in place of another case: it is taken back and looked at again.")
        at.run(VERIFIER, f"unverify {checked[5]} --why 'looked at another paper'")
        at.run(VERIFIER, f"verify-identity {checked[5]}")

    def they_are_answered(self) -> None:
        """Decide, release, print and post the answers."""
        at, answered = self.at, self.cases[:RETURNED]
        at.say("## They are answered", "The clerk decides, somebody else releases.")
        for number, case in enumerate(answered):
            at.run(CLERK, f"decide {case} --granted --enclosures 2", shown=number < 1)
        at.slip(f"{answered[6]} has three enclosures, not two: decided anew before anybody released it.")
        at.run(CLERK, f"decide {answered[6]} --granted --enclosures 3")
        at.run(APPROVER, "list --todo release --limit 5")
        for number, case in enumerate(answered):
            at.run(APPROVER, f"fulfil {case}", shown=number < 1)
        self._letters_made()
        self._printed_and_posted("answers")
        wrong = answered[7]
        at.slip(
            f"a page was left out of the answer to {wrong}, which is posted: decided anew, released again, corrected."
        )
        at.talk(CLERK, f"correct-answer {wrong}", {"why": "a page was left out", "enclosures": "3"})
        at.run(APPROVER, f"fulfil {wrong}")
        self._letters_made()
        self._printed_and_posted("corrected")
        at.slip("a clerk types one character of a case's number wrongly: told at once, and nothing is done.")
        mistyped = answered[8][:-1] + ("A" if answered[8][-1] != "A" else "B")
        at.run(CLERK, f"withdraw {mistyped} --how phone", status=3)
        at.run(CLERK, "today")

    # -- small things -------------------------------------------------------------------------------------------

    def _printed_and_posted(self, folder: str) -> None:
        said = self.at.run(CLERK, f"print --out {folder}")
        batch = re.search(r"\bB\d{2}-\d+[0-9A-Z-]*", said)
        if batch is None:
            raise WentOtherwise(f"print named no batch: {said}")
        self.at.run(CLERK, f"posted --batch {batch[0]}")

    def _letters_made(self) -> None:
        """Wait until the desk has made what was ordered: a person would fetch a coffee."""
        from time import monotonic, sleep

        until = monotonic() + 180
        while monotonic() < until:
            with reading() as db:
                if not db.execute(select(letter.c.number).where(letter.c.state == "ordered").limit(1)).first():
                    return
            sleep(0.5)
        raise TimeoutError("the letters were not made")

    def _packs(self, cases: Sequence[str]) -> dict[str, tuple[Contact, Path]]:
        with reading() as db:
            rows = db.execute(select(letter.c.number, letter.c.path).where(letter.c.kind == "request_forms"))
            paths: dict[str, Any] = {row.number.rsplit("-", 1)[0]: row.path for row in rows}
        return {case: (self.rows[position], self.spool / paths[case]) for position, case in enumerate(cases)}


def began() -> datetime:
    """Return the moment at which the day begins, on the office's clock."""
    return datetime.fromisoformat(MORNING)
