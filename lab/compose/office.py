"""What an office does in its containers: its people come in under logins of their own, and carry cases to answers.

Everything goes through ``exec ... ./admin.py``, as docs/operations.md prints it. Post and paper are the virtual post
office's part (lab/post_office): it fills in what was printed, and makes pictures of it for the scanner's tray.
"""

import base64
import csv
import io
import json
import re
import secrets
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lab.compose.stack import DrillFailed, Said, Stack, await_that
from lab.compose.words import say
from lab.post_office.fates import Machine, Page, Piece, Wear
from lab.post_office.filling import Wish
from lab.post_office.stacks import Source, make, piece_of, stacked
from workflows.engine.values import Language
from workflows.law.values import Right
from workflows.request.values import Person

LEAD, CLERK, VERIFIER, APPROVER, SECOND = "kudo", "sato", "tanaka", "mori", "ito"
STAFF: Mapping[str, tuple[str, ...]] = {
    CLERK: ("clerk",),
    VERIFIER: ("verifier",),
    # May do both; never for the same case.
    APPROVER: ("verifier", "approver"),
    SECOND: ("approver",),
}
SERVICE = "worker-commands"
ADMIN = "./admin.py"
PRINTED, SCANNED = "/srv/madoguchi/var/print", "/srv/madoguchi/var/scanned"
BACKUPS, VAULT = "/srv/madoguchi/backups", "/srv/madoguchi/vault"
PERSONAL_URL = "postgresql+psycopg://{login}@database/madoguchi"
FOUNDING = ("run", "--rm", "--no-deps", "migrate", "./admin.py", "office", "found", "--lead")
CREATEUSER = ("createuser", "--username=madoguchi", "--pwprompt", "-g", "madoguchi_work")
# In memory, and gone with the container.
CONTACTS = "/srv/madoguchi/var/run/contacts.csv"
_ZONE = ZoneInfo("Asia/Tokyo")
_SEED = 29
_LETTERS_PATIENCE = 180
_DIGITS = "零一二三四五六七八九"


@dataclass(slots=True)
class ComposeOffice:
    """One office in the containers, and the people who come in."""

    stack: Stack
    passwords: dict[str, str] = field(default_factory=dict)

    # -- people -------------------------------------------------------------------------------------------------------

    def found(self) -> None:
        """Found it, as the owner of the tables, whom the migration alone is: the lead is a name, never this login."""
        self.stack.compose(*FOUNDING, LEAD)

    def let_in(self) -> None:
        """Make a login for each person, in the working role that the migration made; the lead makes them staff."""
        for login in (LEAD, *STAFF):
            self.passwords[login] = secrets.token_urlsafe(18)
            twice = f"{self.passwords[login]}\n" * 2
            self.stack.exec("database", *CREATEUSER, login, stdin=twice.encode())
        for login, roles in STAFF.items():
            self.done(LEAD, "staff", "add", login, "--role", *roles)

    def call(self, login: str, *command: str, stdin: bytes | None = None) -> Said:
        """Let a person run the admin script under the login of the database that is theirs."""
        url = PERSONAL_URL.format(login=login)
        variables = ("-e", "PGPASSWORD", "-e", "MADOGUCHI_DATABASE_URL_FILE=", "-e", f"MADOGUCHI_DATABASE_URL={url}")
        password = {"PGPASSWORD": self.passwords[login]}
        line = (ADMIN, *command, "--json")
        return self.stack.exec(SERVICE, *line, stdin=stdin, options=variables, told=password, check=False)

    def done(self, login: str, *command: str, stdin: bytes | None = None) -> Any:
        """Let a person do something that must succeed, and return its answer. Raises DrillFailed."""
        said = self.call(login, *command, stdin=stdin)
        if said.code:
            told = f"  {said.out.strip()}\n  {said.err.strip()}"
            line = shlex.join([f"{login}:", ADMIN, *command])
            raise DrillFailed(say("command_failed", self.stack.language, line=line, status=said.code, said=told))
        return json.loads(said.out)

    def sql(self, statement: str) -> list[str]:
        """Return the rows of a question to the database, under the owner of its tables."""
        psql = ("psql", "--username=madoguchi", "--tuples-only", "--no-align", "--command", statement)
        return self.stack.exec("database", *psql).out.split("\n")[:-1]

    def must(self, what: str, found: object, wanted: object) -> None:
        """Raise DrillFailed where what was found is not what must be."""
        if found != wanted:
            raise DrillFailed(say("otherwise", self.stack.language, what=what, found=found, wanted=wanted))

    # -- a case's way -------------------------------------------------------------------------------------------------

    def open_cases(self, count: int) -> dict[str, Person]:
        """Open so many from a CSV file, wait for their forms; return who asked, by case."""
        people = [person(index) for index in range(count)]
        self.put(CONTACTS, _as_csv(people))
        opened = self.done(CLERK, "import", CONTACTS, "--wait", "120")
        self.stack.exec(SERVICE, "rm", CONTACTS)
        self.must("import", (opened["opened"], opened["pending"], opened["faults"]), (count, 0, []))
        # Names are sealed in the database; the order of the rows is that of the numbers.
        cases = [row["case"] for row in sorted(self.done(CLERK, "list"), key=lambda row: str(row["case"]))]
        self.must("list", len(cases), count)
        self.await_letters(count)
        return dict(zip(cases, people, strict=True))

    def await_letters(self, count: int) -> None:
        """Return when so many letters lie ready to be printed."""

        def made() -> bool:
            return [row["state"] for row in self.done(CLERK, "letters", "--unposted")].count("made") == count

        await_that(made, f"{count} letters made", _LETTERS_PATIENCE, self.stack.language)

    def print_and_post(self, count: int) -> list[dict[str, Any]]:
        """Print what is ready, record its posting; return the letters of the batch as its manifest lists them."""
        printed = self.done(CLERK, "print")
        self.must("print", printed["letters"], count)
        manifest = json.loads(self.stack.exec(SERVICE, "cat", printed["manifest"]).out)
        self.done(CLERK, "posted", "--batch", printed["batch"], "--wait", "120")
        items: list[dict[str, Any]] = manifest["items"]
        return items

    def put(self, path: str, content: bytes) -> None:
        """Lay a file into the container."""
        self.stack.exec(SERVICE, "sh", "-c", f"cat > {shlex.quote(path)}", stdin=content)

    def fetch(self, name: str, folder: Path) -> Path:
        """Take a file out of the tray of what was printed."""
        inside = shlex.quote(f"{PRINTED}/{name}")
        # Through base64: an exec of some engines turns line ends.
        text = self.stack.exec(SERVICE, "sh", "-c", f"base64 -w0 {inside}").out
        target = folder / name
        target.write_bytes(base64.b64decode(text))
        return target

    def return_forms(self, senders: Mapping[str, Person], letters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Let everybody fill in their forms and send them back; scan the pile, and return what ``scan`` said."""
        today = datetime.now(_ZONE).date()
        with tempfile.TemporaryDirectory(prefix="madoguchi-drill-") as place:
            folder = Path(place)
            files = {one["case"]: self.fetch(one["file"], folder) for one in letters}
            pieces = {case: _piece(case, path) for case, path in files.items()}
            wishes = {case: _wish(senders[case], pieces[case], today) for case in files}
            sources = {case: Source(files[case], wishes[case]) for case in files}
            pages = [
                Page(piece.name, leaf, 1, Wear(Machine.SCANNER)) for piece in pieces.values() for leaf in piece.leaves
            ]
            names = []
            for pile in stacked(_SEED, pages, today):
                drawn = make(pile, sources, _SEED, folder).path
                names.append(f"{SCANNED}/{drawn.name}")
                self.put(names[-1], drawn.read_bytes())
            found: dict[str, Any] = self.done(CLERK, "scan", *names)
            self.must("scan", sum(form["pages"] for form in found["matched"]), len(pages))
            self.stack.exec(SERVICE, "rm", *names)
        return found

    def receive(self, scanned: Mapping[str, Any]) -> int:
        """Register each arrival with the line that ``scan`` printed; a person fills in its file."""
        arrived = datetime.now(_ZONE) - timedelta(minutes=1)
        lines = {form["case"]: form["next"] for form in scanned["matched"]}
        for case, line in lines.items():
            code = re.search(r"--code (\S+)", line)
            if code is None:
                raise DrillFailed(f"{case}: {line}")
            facts = json.dumps(_facts(scanned.get("arrived_at") or arrived.isoformat())).encode()
            self.done(CLERK, "receive-forms", case, "--code", code[1], "--file", "-", stdin=facts)
        return len(lines)

    def answer(self, cases: Sequence[str]) -> None:
        """Verify, decide and release each; the first one's decider tries to release it as well, and may not."""
        outcome = json.dumps({"outcomes": {"disclosure": {"outcome": "granted", "enclosures": 3}}}).encode()
        for case in cases:
            decider, releaser = (APPROVER, SECOND) if case == cases[0] else (VERIFIER, APPROVER)
            self.done(decider, "verify-identity", case)
            self.done(decider, "decide", case, "--file", "-", stdin=outcome)
            if case == cases[0]:
                refused = self.call(decider, "fulfil", case)
                self.must(f"{decider}: fulfil {case}", (refused.code, "done" in refused.out), (1, False))
            self.done(releaser, "fulfil", case)


def person(index: int) -> Person:
    """Return somebody invented, at an address that nobody else has."""
    given = "".join(_DIGITS[int(digit)] for digit in str(index))
    return Person(name=f"見本 {given}郎", postcode="000-0101", address=f"東京都例示市見本町{index + 1}-2-3")


def contact(index: int) -> dict[str, Any]:
    """Return a first contact as ``open --file`` reads it."""
    one = person(index)
    subject = {"name": one.name, "postcode": one.postcode, "address": one.address}
    return {"rights": ["disclosure"], "category": "customer", "channel": "post", "language": "ja", "subject": subject}


def _as_csv(people: Sequence[Person]) -> bytes:
    told = io.StringIO()
    heads = ("key", "rights", "category", "channel", "language", "subject.name", "subject.postcode")
    writer = csv.writer(told)
    writer.writerow([*heads, "subject.address"])
    for index, one in enumerate(people):
        usual = (f"drill-{index}", "disclosure", "customer", "post", "ja")
        writer.writerow([*usual, one.name, one.postcode, one.address])
    return told.getvalue().encode()


def _piece(case: str, letter: Path) -> Piece:
    whole = piece_of(case, letter)
    return Piece(whole.name, whole.forms, whole.papers, slip=False)


def _wish(sender: Person, piece: Piece, today: date) -> Wish:
    forms = tuple(piece.forms)
    return Wish(language=Language.JA, subject=sender, rights=(Right.DISCLOSURE,), day=today, forms=forms)


def _facts(arrived_at: str) -> dict[str, Any]:
    """Return what the clerk sees on the paper that came."""
    licence = {
        "holder": "subject", "type": "drivers_licence", "photo": True, "expires_on": "2031-04-01",
        "address": "stated", "name_matches": True, "masking": "not_shown",
    }  # fmt: skip
    return {
        "arrived_at": arrived_at, "forms": ["disclosure"], "pages": 2, "signed": {"disclosure": True},
        "rights": ["disclosure"], "documents": [licence], "method": "paper",
    }  # fmt: skip
