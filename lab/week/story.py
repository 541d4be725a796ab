"""The week itself: what goes wrong from Monday to the Monday after, what `status` says each time, and what was run."""

import json
import shutil
import signal
from pathlib import Path

from sqlalchemy import select

from lab.day.paper import contacts
from lab.day.recorder import Recorder
from lab.week.machine import Machine
from models.command import command
from models.effect import effect
from models.letter import letter
from models.session import reading
from services.office.staff import os_login
from tests.checkouts import Checkout, Edit
from tests.system.next_release import next_release

OPERATOR, CLERK, SUCCESSOR = "kudo", "sato", "mori"
WRONG = Edit(
    "templates/request/ja/request_forms.typ.j2", "{% block body %}\n", "{% block body %}\n#case-fakts(letter)\n"
)
"""A slip of whoever wrote the next release."""
MONDAY, FRIDAY, LATER = "2027-01-18T09:30", "2027-01-22T17:00", "2027-03-08T09:30"


class Week:
    """The office of the week, and who keeps it running."""

    def __init__(self, recorder: Recorder, machine: Machine) -> None:
        """Take what keeps the page, and the machine."""
        self.at, self.machine = recorder, machine
        self.home = machine.settings.home
        self.cases: list[str] = []

    def told(self) -> None:
        """Live through it."""
        self.monday()
        self.tuesday()
        self.wednesday()
        self.thursday()
        self.friday()
        self.friday_noon()
        self.friday_evening()
        self.the_monday_after()

    def monday(self) -> None:
        """The office opens; all is well."""
        at = self.at
        for name, role in ((OPERATOR, "lead"), (CLERK, "clerk"), (SUCCESSOR, "clerk")):
            at.run(os_login(), f"staff add {name} --role {role}", shown=False)
        at.run(os_login(), f"clock --set {MONDAY}", shown=False)
        contacts(at.folder / "contacts.csv", 12)
        at.run(CLERK, "import contacts.csv --out cases.csv", shown=False)
        self.cases = sorted(row["case"] for row in json.loads(at.run(CLERK, "list --json", shown=False)))
        at.run(OPERATOR, f"assign {' '.join(self.cases[:3])} {CLERK}", shown=False)
        self._letters_made()
        at.say("## Monday: is it well?", "Two looks: `status`, and the window on the queue.")
        at.run(OPERATOR, "status")
        self._page("operator$ Flower, Workers:", *self.machine.flower_shows())
        at.run(CLERK, "print --out tray", shown=False)
        at.run(CLERK, "posted --batch B27-0001")

    def tuesday(self) -> None:
        """A worker is killed, another one hears nothing."""
        at, machine = self.at, self.machine
        at.say(
            "## Tuesday: a worker is killed, another one is deaf",
            "The machine ran short of memory, and the kernel killed the worker that makes letters. It is back before\n"
            "anybody has looked.",
        )
        before = machine.kill("desk2", signal.SIGKILL)
        machine.another_life("desk2", before)
        machine.terminal("desk2")
        at.say(
            "In the afternoon the other worker stands still: it lives, and takes no order. What a clerk orders is\n"
            "accepted (exit 4), and carried out once the desk has found it out."
        )
        before = machine.kill("desk1", signal.SIGSTOP)
        at.run(CLERK, f"hold {self.cases[0]} --reason other", status=4)
        machine.another_life("desk1", before)
        machine.terminal("desk1")
        machine.until(self._orders_done, "the order carried out")
        at.run(CLERK, f"resume {self.cases[0]}")
        self._well()
        at.run(OPERATOR, "status")

    def wednesday(self) -> None:
        """The broker is away; a backup is made and tried."""
        at, machine = self.at, self.machine
        at.say("## Wednesday: the broker is away", "Nothing answers where the queue should be.")
        machine.kill("broker", signal.SIGSTOP)
        at.run(CLERK, f"hold {self.cases[1]} --reason other", status=4)
        at.run(OPERATOR, "status", status=1)
        at.say("It is killed, and the desk starts it again. Nothing has to be repeated: the order was in the database.")
        before = machine.kill("broker", signal.SIGKILL)
        machine.another_life("broker", before)
        machine.terminal("broker")
        machine.until(self._orders_done, "the order carried out")
        self._well()
        at.run(CLERK, f"resume {self.cases[1]}")
        at.say(
            "### The backup, and whether it is one",
            "Made while everybody works; then brought back in an empty place, as once a quarter.",
        )
        at.run(OPERATOR, "backup --out backups/wednesday --keys vault/wednesday")
        trial = self.home.parent / "week-trial"
        shutil.rmtree(trial, ignore_errors=True)
        elsewhere = Recorder({**at.environment, **_of(trial)}, at.folder, "en", page=at.page)
        self._page("operator$ export MADOGUCHI_HOME=~/trial")
        elsewhere.run(OPERATOR, "restore backups/wednesday --keys vault/wednesday")
        elsewhere.run(OPERATOR, "doctor")
        elsewhere.run(OPERATOR, "audit verify")
        shutil.rmtree(trial)

    def thursday(self) -> None:
        """Letters are held back; a colleague leaves; keys are changed."""
        at, machine = self.at, self.machine
        at.say(
            "## Thursday: letters are held back",
            "A clerk finds a wrong sentence in the packs. The kind is stopped, not the office; what is ordered\n"
            "meanwhile waits.",
        )
        at.run(OPERATOR, "letter-kinds stop request_forms --reason wrong_wording")
        contacts(at.folder / "one-more.csv", 13)
        at.run(CLERK, "import one-more.csv")
        at.run(OPERATOR, "status", status=None)
        at.say("The template is mended, the desk started again (it reads templates once), and the kind let go.")
        machine.stop()
        machine.start()
        at.run(OPERATOR, "letter-kinds start request_forms")
        self._letters_made()
        at.run(CLERK, "print --out tray", shown=False)
        at.run(CLERK, "posted --batch B27-0002")
        self._well()
        at.run(OPERATOR, "incidents --open")
        at.say(
            "### A colleague leaves",
            f"{CLERK} had three cases, and could copy the folder of keys. The cases go to {SUCCESSOR}, the keys are\n"
            "changed while everybody works, and there is a backup of the new ones.",
        )
        at.run(OPERATOR, f"staff remove {CLERK} --to {SUCCESSOR}")
        at.run(OPERATOR, "keys rotate")
        at.run(OPERATOR, "backup --out backups/thursday --keys vault/thursday")

    def friday(self) -> None:
        """An upgrade to a release that has moved on."""
        at, machine = self.at, self.machine
        at.run(os_login(), f"clock --set {FRIDAY}", shown=False)
        at.say(
            "## Friday: another release",
            "The desk is stopped, the next release brought in (`git pull`, `make setup`), the tables brought up\n"
            "to date. It has a new step, a deadline a day earlier, a column more; `plan` says what becomes of cases.",
        )
        machine.stop()
        folder = self.home.parent / "week-release"
        shutil.rmtree(folder, ignore_errors=True)
        newer = next_release(folder)
        newer.change(WRONG)
        (newer.folder / "REVISION").unlink()  # only an image has it
        machine.bring_in(newer.folder)
        at.shell("operator", "python3 -m models.migrate", folder=newer.folder)
        at.run(OPERATOR, "plan")
        machine.start()
        self._well()
        at.run(OPERATOR, "doctor")
        at.run(OPERATOR, "--version")

    def friday_noon(self) -> None:
        """A template of the new release is wrong: a letter is set aside, and brought back."""
        at, machine = self.at, self.machine
        at.say(
            "### A letter is set aside",
            "The new release has a fault that nobody saw: a template cannot be set. The desk tries three times and\n"
            "sets the letter aside; its case and everybody else's letters go on.",
        )
        contacts(at.folder / "two-more.csv", 14)
        at.run(SUCCESSOR, "import two-more.csv")
        machine.until(self._is_set_aside, "a letter set aside")
        at.run(OPERATOR, "status", status=1)
        at.run(OPERATOR, "incidents --open")
        at.say(
            "The template is mended, the desk started again, and what was set aside is brought back: a lead says why."
        )
        machine.stop()
        Checkout(machine.project).change(Edit(WRONG.path, WRONG.new, WRONG.old))
        machine.start()
        at.run(OPERATOR, "requeue --all --why 'the template is mended'")
        self._letters_made()
        at.run(SUCCESSOR, "print --out tray", shown=False)
        at.run(SUCCESSOR, "posted --batch B27-0003")
        self._well()
        at.run(OPERATOR, "incidents --open")

    def friday_evening(self) -> None:
        """Proof, and what must go; then the machine is switched off."""
        at, machine = self.at, self.machine
        at.say("Is what was recorded this week still what it was? And what is nobody to keep any more?")
        at.run(OPERATOR, "audit checkpoint")
        at.run(OPERATOR, "audit verify")
        at.run(OPERATOR, "disposals --out papers.pdf")
        at.run(OPERATOR, "retention --dry-run")
        at.say("In the evening the power of the building is switched off for works, longer than planned.")
        machine.stop()

    def the_monday_after(self) -> None:
        """The desk was down over reminders: they are caught up with, each once."""
        at, machine = self.at, self.machine
        at.run(os_login(), f"clock --set {LATER}", shown=False)
        at.say("## A Monday, much later", "Before the desk is started: what stood still?")
        at.run(OPERATOR, "status", status=1)
        machine.start()
        at.say("Started. What came due meanwhile is dealt with, each case once: a reminder, not two.")
        machine.until(self._caught_up, "the reminders")
        self._letters_made()
        self._well()
        at.run(OPERATOR, "status")
        at.run(SUCCESSOR, "today")
        at.run(OPERATOR, "notices --unread --read")
        at.run(OPERATOR, "audit verify")
        machine.stop()
        shutil.rmtree(machine.project)

    # -- small things -------------------------------------------------------------------------------------------------

    def _well(self) -> None:
        """Wait until `status` is green: what was away is heard again within half a minute."""

        def is_well() -> bool:
            return bool(json.loads(self.at.run(OPERATOR, "status --json", shown=False, status=None))["ok"])

        self.machine.until(is_well, "a green status")

    def _orders_done(self) -> bool:
        with reading() as db:
            return not db.execute(select(command.c.id).where(command.c.outcome.is_(None)).limit(1)).first()

    def _letters_made(self) -> None:
        def made() -> bool:
            with reading() as db:
                return not db.execute(select(letter.c.number).where(letter.c.state == "ordered").limit(1)).first()

        self.machine.until(made, "the letters")

    def _is_set_aside(self) -> bool:
        with reading() as db:
            return bool(db.execute(select(effect.c.id).where(effect.c.state == "set_aside").limit(1)).first())

    def _caught_up(self) -> bool:
        with reading() as db:
            return len(db.execute(select(letter.c.number).where(letter.c.kind == "reminder")).all()) >= len(self.cases)

    def _page(self, *lines: str) -> None:
        self.at.page += ["```text", *lines, "```", ""]


def _of(home: Path) -> dict[str, str]:
    """Return the variables that lead to another place."""
    return {
        "MADOGUCHI_HOME": str(home), "MADOGUCHI_DATABASE_URL": "", "MADOGUCHI_KEYS": "", "MADOGUCHI_HATCH": "",
        "MADOGUCHI_CHECKPOINTS": "",
    }  # fmt: skip
