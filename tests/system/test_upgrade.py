"""The upgrade as the operators' page prints it, from an office that the release before has left behind."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from models.session import migrate, reading
from services.audit.doctor import examine
from services.engine import upgrades
from services.engine.office import Office
from services.engine.orders import Wanted, known_all
from services.office.staff import os_login
from services.reports.cases import personal
from settings import PROJECT
from tests.golden.release import NOW, TOLD, lay_out, move_to_postgresql
from tests.office import APPROVER, CLERK, GRANTED, VERIFIER, TestOffice, codes_of
from tests.system.conftest import until
from workflows.request.payloads import Amend, AskAgain, Fulfil, MailForms, Unverify, VerifyIdentity
from workflows.request.procedure import request as procedure

PAGE = PROJECT / "docs" / "operations.md"


def printed_steps() -> list[str]:
    """Return the lines of the page's block of the upgrade, without their remarks."""
    section = PAGE.read_text(encoding="utf-8").partition("\n## Upgrading\n")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    lines = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    return [line for line in lines if line]


class Shell:
    """Runs lines as an operator does, in the checkout, with the home of one office."""

    def __init__(self, home: Path) -> None:
        # The code is this checkout's already, so what make would do first is done.
        mine = {
            "MADOGUCHI_HOME": str(home),
            "MADOGUCHI_LANG": "en",
            "MADOGUCHI_FLOWER_PORT": "0",
            "PYTHON": "true",  # what make would run desk/setup.py with; of MAKEFLAGS it takes no "-o setup"
        }
        self.environment = {**os.environ, **mine}
        self.said = ""

    def run(self, line: str) -> int:
        """Run one line and return its exit status."""
        words = ["bash", "-c", line]
        done = subprocess.run(
            words, cwd=PROJECT, env=self.environment, capture_output=True, text=True, timeout=150, check=False
        )
        self.said = done.stdout + done.stderr
        return done.returncode

    def begin(self, line: str) -> "subprocess.Popen[str]":
        """Start a line that goes on until Ctrl-C."""
        nowhere = subprocess.DEVNULL
        words = ["bash", "-c", line]
        return subprocess.Popen(
            words, cwd=PROJECT, env=self.environment, start_new_session=True, text=True, stdout=nowhere, stderr=nowhere
        )


@pytest.fixture
def shell(home: Path) -> Shell:
    """The office of the release before, as it was left, and a shell in front of it."""
    lay_out(home, os_login())
    return Shell(home)


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestOffice]:
    """The office of the release before under the tables and the procedure of this code, without processes."""
    home = tmp_path / "home"
    home.mkdir()
    database = lay_out(home)
    url, server = f"sqlite:///{database}", None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.create()
        move_to_postgresql(database, url)
    migrate(url)
    office = TestOffice(url, home, now=None, staffed=True)
    with office.writing() as db:
        upgrades.check_start(db, procedure, office.at(db).now)
    yield office
    office.close()
    if server is not None:
        server.drop(url)


def must_end(shell: Shell, line: str, status: int = 0) -> None:
    assert shell.run(line) == status, f"{line}: {shell.said}"


def nothing_but_spelling(shell: Shell, line: str) -> None:
    """Run the doctor: it says only that hashes are to be made anew, by the newer rule of spelling (`--repair`)."""
    must_end(shell, line, 1)
    assert set(re.findall(r"\[([a-z_]+)\]", shell.said)) == {"old_spelling", "words_differ"}, shell.said


def test_the_printed_steps_bring_an_office_of_the_release_before_to_its_next_answer(shell: Shell, home: Path) -> None:
    pull, setup, move, plan, desk, doctor = printed_steps()
    assert (pull, setup) == ("git pull", "make setup")

    must_end(shell, move)
    must_end(shell, plan)
    assert "10 open cases, 10 would come under this version" in shell.said
    running = shell.begin(desk)
    try:
        until(lambda: all((home / "var" / "run" / f"ready-{name}").exists() for name in ("desk1", "desk2")), desk)
        office = TestOffice(f"sqlite:///{home / 'var' / 'madoguchi.sqlite3'}", home, now=None, staffed=True)
        waits = "SELECT 1 FROM command WHERE outcome IS NULL UNION SELECT 1 FROM effect WHERE state = 'waiting'"
        until(lambda: not office.ask(waits), "what waited to be carried out")
        behind = 'SELECT 1 FROM "case" WHERE open AND version < :version'
        until(lambda: not office.ask(behind, version=procedure.version), "every open case under the new version")
        nothing_but_spelling(shell, doctor)

        case = TOLD["ordered"]  # its forms came in as an order that waited
        for transition, payload, by in (
            ("verify_identity", VerifyIdentity(), VERIFIER),
            ("decide", GRANTED, VERIFIER),
            ("fulfil", Fulfil(), APPROVER),
        ):  # fmt: skip
            ticket = office.place(transition, payload, by, case)
            until(lambda: not office.ask(waits), transition)
            assert office.ask("SELECT outcome FROM command WHERE id = :id", id=ticket.command_id)[0].outcome == "done"
        answer = "SELECT path FROM letter WHERE number LIKE :case AND kind = 'disclosure_notification'"
        (letter,) = office.ask(answer, case=f"{case}-%")
        assert (office.settings.spool / letter.path).stat().st_size > 10_000
        assert office.case(case).state == "fulfilled"
        nothing_but_spelling(shell, doctor)
        office.close()
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(60)


def test_plan_before_the_migration_says_which_line_to_run(shell: Shell) -> None:
    must_end(shell, "./admin.py plan", status=5)

    assert "run .venv/bin/python -m models.migrate once" in shell.said


def test_the_office_was_founded_by_its_first_lead_and_all_its_cases_are_there(upgraded: TestOffice) -> None:
    (founded,) = upgraded.ask("SELECT lead, demo, clock FROM founding")
    states = {row.number: row.state for row in upgraded.ask('SELECT number, state FROM "case"')}

    assert tuple(founded) == ("kudo", 0, "shifted")
    assert len(states) == 12
    for state in ("contacted", "forms_mailed", "forms_returned", "id_verified", "fulfilled", "refused"):
        assert states[TOLD[state]] == state


def test_an_order_of_the_release_before_is_still_the_same_order_and_another_is_not(upgraded: TestOffice) -> None:
    arrival = replace(upgraded.an_arrival(TOLD["receive_code"]), arrived_at=NOW)
    given = Wanted(TOLD["receive_key"], "receive_forms", arrival, CLERK, CLERK, TOLD["ordered"])
    others = [
        replace(given, payload=replace(arrival, pages=3)), replace(given, actor=VERIFIER, staff=VERIFIER),
        replace(given, case=TOLD["contacted"]), replace(given, transition="reopen"),
    ]  # fmt: skip

    with reading(upgraded.engine) as db:
        here = upgraded.at(db)
        same = known_all(db, [given], here)[given.key]
        taken = [whether_taken(db, other, here) for other in others]

    assert same is not None
    assert (same.case, same.repeated, same.earlier) == (TOLD["ordered"], True, None)
    assert taken == [True, True, True, True]


def whether_taken(db: Connection, wanted: Wanted, here: Office) -> bool:
    return known_all(db, [wanted], here)[wanted.key] is None


def test_what_waited_is_carried_out_and_the_doctor_finds_nothing(upgraded: TestOffice) -> None:
    outcomes = upgraded.sweep_orders()
    adopted = upgrades.sweep(upgraded.unit)
    made = upgraded.make_letters()

    assert [(one.transition, one.outcome) for one in outcomes] == [("receive_forms", "done"), ("open", "done")]
    assert (adopted, made) == (9, ["made", "made"])
    assert upgraded.ask("SELECT 1 FROM incident") == []
    found = {one.what for one in examine(upgraded.unit)}
    assert found == {"old_spelling", "words_differ"}  # --repair makes the hashes anew by the newer rule


def test_papers_from_before_count_again_once_they_were_asked_for_and_looked_at(upgraded: TestOffice) -> None:
    case = TOLD["decided"]
    refused = upgraded.do(case, "fulfil", Fulfil(), by=APPROVER)

    upgraded.must(case, "unverify", Unverify(why="looked at before papers were kept with a name"), by=VERIFIER)
    upgraded.must(case, "ask_again", AskAgain())
    code = upgraded.code_of(case)
    upgraded.make_letters(case)
    upgraded.print_letters(case)
    upgraded.must(case, "mail_forms", MailForms())
    upgraded.must(case, "receive_forms", upgraded.an_arrival(code))
    upgraded.must(case, "verify_identity", VerifyIdentity(), by=VERIFIER)
    upgraded.must(case, "decide", GRANTED, by=VERIFIER)
    upgraded.must(case, "fulfil", Fulfil(), by=APPROVER)

    assert codes_of(refused.reasons) == ["right_not_ticked"]
    assert upgraded.case(case).state == "fulfilled"


def test_what_was_sealed_before_is_shown_and_kept_when_more_is_added(upgraded: TestOffice) -> None:
    case = TOLD["amended"]

    upgraded.must(case, "amend", Amend(why="a telephone", subject={"phone": "03-0000-0001"}))

    with reading(upgraded.engine) as db:
        told = personal(db, upgraded.case(case), upgraded.at(db))
    assert [one["why"] for one in told["reasons"]] == ["moved house", "a telephone"]
    assert (told["subject"]["address"], told["subject"]["phone"]) == ("2-2 Example, Minato-ku, Tokyo", "03-0000-0001")
