"""The counter at a desk at work, on both databases: what it shows, an order through it, and whom it serves.

On an embedded desk callers are logins of the machine. On PostgreSQL they are logins of the database: the counter, which
has its own, serves its own login of the machine and nobody else, and whoever comes with a login of the database's runs
the call by themselves, under it.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.processes import Running
from services.office.staff import os_login
from settings import PROJECT, Settings
from tests.office import CLERK, TestOffice
from tests.people import a_contact
from tests.roles import url_of, working_role
from tests.system.conftest import RealDesk
from tests.system.counters import Answer, Calls, connected, counter

PATIENT = ("--wait", "100")
FOREIGN_LOGIN = 65534
"""The user id of nobody: no login of the office's."""


class DeskCalls(Calls):
    """Calls at a desk whose database may be a server, in an office founded as a demo."""

    def environment(self, **more: str) -> dict[str, str]:
        """Return the same with where the database is, for which the home says nothing."""
        place = (
            {} if self.house.database_url.startswith("sqlite") else {"MADOGUCHI_DATABASE_URL": self.house.database_url}
        )
        return super().environment(**{**place, "MADOGUCHI_ALLOW_AS": "demo", **more})

    def at_the_counter(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run a call that only the counter can carry out: this end knows none of our packages."""
        thin = (
            "import sys; from counter import client;"
            f"client._directly = lambda folder: sys.exit('no counter'); client.main({str(PROJECT)!r})"
        )
        done = subprocess.run(
            [str(PROJECT / ".venv/bin/python"), "-c", thin, *arguments], cwd=PROJECT, env=self.environment(),
            input=stdin, capture_output=True, timeout=150, check=False,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def running(desk: RealDesk, tmp_path: Path) -> Iterator[Running]:
    """The counter of that desk."""
    with counter(desk.settings, tmp_path / "counter.log") as made:
        yield made


@pytest.fixture
def calls(desk: RealDesk, running: Running, tmp_path: Path) -> DeskCalls:
    """Calls at that desk."""
    return DeskCalls(desk.settings, tmp_path)


def test_what_is_shown_is_as_without_the_counter_and_an_order_through_it_is_carried_out_by_the_worker(
    desk: RealDesk, calls: DeskCalls
) -> None:
    case = desk.must(None, "open", a_contact()).case
    desk.settle()

    for arguments in (["list", "--limit", "5"], ["show", case, "--json"], ["history", case]):
        through = calls.at_the_counter(*arguments)
        assert through.status == 0, through
        assert through == calls.here(*arguments)

    held = calls.at_the_counter("--as", CLERK, "--json", "hold", case, "--reason", "other", *PATIENT)
    again = calls.at_the_counter("--as", CLERK, "--json", "hold", case, "--reason", "other", *PATIENT)

    done, refused = json.loads(held.out), json.loads(again.out)
    assert (held.status, done["outcome"], done["case"], done["seq"]) == (0, "done", case, 2), held
    assert (again.status, refused["outcome"]) == (1, "refused"), again
    [row] = desk.office.ask("SELECT actor, staff, login FROM command WHERE case_number = :case AND transition = 'hold'"
                            " AND outcome = 'done'", case=case)  # fmt: skip
    assert (row.actor, row.staff) == (f"{CLERK} (by {os_login()})", CLERK)
    service = None if desk.office.engine.dialect.name == "sqlite" else "postgres"
    assert row.login == service


def said_to(uid: int, house: Settings) -> bytes:
    """Return what the counter says to another login of the machine that comes near and says nothing."""
    out, into = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            os.write(into, connected(house).recv(100))
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def test_on_postgresql_the_counter_hears_no_other_login_of_the_machine(
    postgres_url: str, home: Path, tmp_path: Path
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can call as another login")
    house = replace(TestOffice(postgres_url, home, None).settings, lang="en")
    with counter(house, tmp_path / "counter.log"):
        own = connected(house)
        for folder in (home, house.hatch):  # as near as an administrator could let them
            folder.chmod(0o711)
        (house.hatch / "s.sock").chmod(0o666)
        told = said_to(FOREIGN_LOGIN, house)
        own.close()

    assert told == b"stranger\n"


def test_with_a_login_of_the_database_s_own_a_call_is_run_under_it(
    postgres_url: str, home: Path, tmp_path: Path
) -> None:
    office = TestOffice(postgres_url, home, None)
    case = office.opened()
    house = replace(office.settings, lang="en")
    with working_role(postgres_url) as login, counter(house, tmp_path / "counter.log"):
        login(CLERK).dispose()
        calls = Calls(house, tmp_path)

        answer = calls(
            "hold", case, "--reason", "other", "--json", "--wait", "0",
            MADOGUCHI_DATABASE_URL=url_of(postgres_url, CLERK),
        )  # fmt: skip

        [row] = office.ask("SELECT actor, login FROM command WHERE transition = 'hold'")
    office.close()
    assert (answer.status, json.loads(answer.out)["outcome"]) == (4, "pending"), answer
    assert (row.actor, row.login) == (CLERK, CLERK)
