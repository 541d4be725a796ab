"""``python -m lab.lead`` (``make lead``): an office of half a year, ten questions; writes docs/a-leads-questions.md.

Exit 0: every command answered. 1: one did not. The lives are the same each time; nobody in them exists.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from models import office as office_table
from models.session import migrate
from settings import PROJECT
from tests.office import APPROVER, CLERK, GRANTED, LEAD, REFUSED, TOKYO, VERIFIER, TestOffice
from workflows.law.values import Category, Right
from workflows.request.payloads import Fulfil, Withdraw
from workflows.request.values import ToldHow

PAGE = PROJECT / "docs" / "a-leads-questions.md"
BEGAN = datetime(2026, 4, 6, 10, 0, tzinfo=TOKYO)
WEEKS = 26
QUESTIONS = (
    ("How many requests came this half-year, how did they end, and how long did they take?", "stats"),
    ("Which months were heavy?", "stats --by month"),
    ("Why did we refuse?", "stats --by ground"),
    ("Who asks: customers, employees, shareholders?", "stats --by category"),
    ("What is late?", "list --overdue --limit 8"),
    ("What comes in the next two weeks, and who has how much of it?", "forecast --days 14"),
    ("What is to be done today?", "today"),
    ("Who looked at this person's request, and who worked on it?", "log --case {case}"),
    ("What did my clerk look at?", "log --by sato --looks --limit 5"),
    ("What do I hang on the wall?", "board --out board.html"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Live the half-year, ask, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m lab.lead", description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGE, metavar="FILE", help="where to write the page")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mg-lead-") as folder:
        home = Path(folder)
        (home / "var").mkdir()
        url = f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}"
        migrate(url)
        office = TestOffice(url, home, None, demo=True)
        case = _lived(office)
        office.close()
        _call(home, "show", case, by=CLERK)
        lines = list(_head())
        for number, (question, command) in enumerate(QUESTIONS, 1):
            words = command.format(case=case).split()
            status, said = _call(home, *words)
            if status:
                sys.stdout.write(f"{command}: exit {status}\n{said}")
                return 1
            typed = f"kudo$ ./admin.py {' '.join(words)}"
            lines += [f"## {number}. {question}", "", "```text", typed, said, "```", ""]
    asked.output.write_text("\n".join(lines), encoding="utf-8")
    return 0


def _head() -> Iterator[str]:
    yield "# A lead's ten questions"
    yield ""
    yield "Made by `make lead`: an office of half a year on a practice clock, everybody in it invented; each question"
    yield "is answered by one command. `--as` and `--lang` are left out. What `*` means stands below the figures."
    yield ""


def _call(home: Path, *words: str, by: str = LEAD) -> tuple[int, str]:
    """Return what a command of the product ended with and said."""
    environment = {
        **os.environ, "MADOGUCHI_HOME": str(home), "MADOGUCHI_ALLOW_AS": "demo", "MADOGUCHI_CLOCK": "shifted",
        "COLUMNS": "80",
    }  # fmt: skip
    environment.pop("MADOGUCHI_DATABASE_URL", None)
    call = [sys.executable, str(PROJECT / "admin.py"), "--as", by, "--lang", "en", *words]
    done = subprocess.run(call, cwd=home, env=environment, capture_output=True, text=True, check=False)
    by_login = f" (by {_login()})"
    said = (done.stdout or done.stderr).replace(f"{home}/", "").replace(by_login, " " * len(by_login))
    return done.returncode, "\n".join(line.rstrip() for line in said.splitlines()).rstrip()


def _login() -> str:
    from services.office.staff import os_login

    return os_login()


def _lived(office: TestOffice) -> str:
    """Live through the weeks; return the number of a case that is still open."""
    with office.writing() as db:
        office_table.set_offset(db, 0)
        office_table.set_offset(db, round((BEGAN - office.at(db).now).total_seconds() * 1_000_000))
    fate = random.Random(7)  # noqa: S311 - lives, no secrets
    while office.today < (BEGAN + timedelta(weeks=WEEKS)).date():
        _one(office, fate)
        office.sweep()
    return _hands(office)


def _later(office: TestOffice, fate: random.Random, most: int = 2) -> None:
    """Let some days go by, and the next one begin at ten."""
    days = fate.randint(0, most)
    if not days:
        return
    day = office.calendar().add_working_days(office.today, days)
    with office.writing() as db:
        now = office.at(db).now
    moment = datetime.combine(day, time(10), TOKYO)
    office.move_to(max(moment, now))


def _one(office: TestOffice, fate: random.Random) -> None:
    """Let one request live as far as it comes."""
    end = fate.choice(["fulfilled", "fulfilled", "fulfilled", "refused", "withdrawn", "mailed", "opened"])
    category = fate.choice([Category.CUSTOMER, Category.CUSTOMER, Category.EMPLOYEE, Category.SHAREHOLDER])
    if end == "opened":
        office.opened(category=category, rights=(Right.DISCLOSURE, Right.HALT_USE))
        return
    case, code = office.mailed(category=category)
    _later(office, fate)
    if end == "withdrawn":
        office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    elif end != "mailed":
        office.must(case, "receive_forms", office.an_arrival(code))
        _later(office, fate, 1)
        office.must(case, "verify_identity", by=VERIFIER)
        office.must(case, "decide", GRANTED if end == "fulfilled" else REFUSED, by=VERIFIER)
        if end == "fulfilled":
            office.must(case, "fulfil", Fulfil(), by=APPROVER)
        else:
            office.must(case, "refuse", by=APPROVER)
        office.post_letters(case)


def _hands(office: TestOffice) -> str:
    """Give the open cases to three people; return the number of the newest."""
    numbers = [row.number for row in office.ask('SELECT number FROM "case" WHERE open ORDER BY id')]
    for place, number in enumerate(numbers):
        owner = (CLERK, VERIFIER, None)[place % 3]
        if owner is not None:
            office.tell('UPDATE "case" SET owner = :owner WHERE number = :number', owner=owner, number=number)
    return str(numbers[-1])


if __name__ == "__main__":
    sys.exit(main())
