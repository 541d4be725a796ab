"""Founding may be killed at any moment and is simply done again; nothing else makes an office."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import text

from lab.postgres import Postgres
from models import founding, session
from models.keys import Keys, KeystoreAbsent
from models.session import engine_for, migrate, reading
from services.office.founding import CannotFound, establish, look, open_up
from settings import PROJECT, Settings, load
from tests.office import TestOffice

NOW = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
# What of a call leaves the process: files made, written, synced, named; statements; the ends of transactions.
STEPS = frozenset(
    {"mkdir", "open", "write", "fsync", "link", "unlink", "connect", "execute", "executemany", "commit", "rollback"}
)

EACH = int(os.environ.get("MADOGUCHI_TEST_EACH_STEP", "10"))
"""Before every how many of the steps that leave something founding is killed, and its last five; 1: before every one.

On PostgreSQL before every eighth at least: a second founding there takes fewer steps than the first.
"""


@pytest.fixture
def house(blank_database_url: str, home: Path) -> Settings:
    """The settings of an empty place, on both databases."""
    return load({"MADOGUCHI_HOME": str(home / "office"), "MADOGUCHI_DATABASE_URL": blank_database_url})


def found_until(house: Settings, last: int) -> tuple[bool, list[str]]:
    """Found an office in a child killed before its step of that number; return whether it lived, and its steps."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        steps = 0

        def before(_frame: FrameType, event: str, called: Any) -> None:
            nonlocal steps
            name = getattr(called, "__name__", "")
            if event != "c_call" or name not in STEPS:
                return
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)
            sys.setprofile(None)
            os.write(writes, f"{name}\n".encode())
            sys.setprofile(before)

        try:
            session.forget_engines()
            sys.setprofile(before)
            establish(house, "hanako", "root", NOW)
            sys.setprofile(None)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads) as told:
        names = told.read().split()
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WIFSIGNALED(status), f"founding failed after {names[-5:]}"
    return status == 0, names


def is_whole(house: Settings) -> bool:
    """Whether there is exactly one office, with one lead, its log and keys that work."""
    engine = engine_for(house.database_url)
    with reading(engine) as db:
        counts = [
            db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608 - our own names
            for table in ("founding", "staff", "office_event")
        ]
        lead = db.execute(text("SELECT lead FROM founding")).scalar_one()
    engine.dispose()
    keys = Keys(house.keys)
    keys.create(["26-000001-D"])
    return (counts, lead) == ([1, 1, 2], "hanako") and keys.get("26-000001-D") is not None


def places(request: pytest.FixtureRequest, home: Path) -> Generator[Settings, None, None]:
    """Yield one empty place after the other on the kind of database the test asks for."""
    number = 0
    while True:
        number += 1
        folder = home / f"office{number}"
        if request.node.callspec.params["kind"] == "sqlite":
            yield load({"MADOGUCHI_HOME": str(folder)})
            continue
        server: Postgres = request.getfixturevalue("postgres")
        url = server.create()
        yield load({"MADOGUCHI_HOME": str(folder), "MADOGUCHI_DATABASE_URL": url})
        server.drop(url)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_any_step_founding_is_simply_done_again(
    request: pytest.FixtureRequest, home: Path, kind: str
) -> None:
    fresh = places(request, home)
    establish(next(fresh), "hanako", "root", NOW)  # what is learnt once is no step of the others
    lived, steps = found_until(next(fresh), 0)
    assert lived
    # Each step that makes, writes or names a file, and of the many statements some; the files are the same on both.
    at = [
        number
        for number, name in enumerate(steps, 1)
        if name not in ("execute", "open") or steps[number - 2] != name or number % 60 == 0
    ]
    at = [*at[: -5 : EACH if kind == "sqlite" else min(EACH, 8)], *at[-5:]]
    offices = []

    for last in at:
        house = next(fresh)
        lived, done = found_until(house, last)
        if lived:  # what the first call had to learn, this one knew: fewer steps
            assert len(done) < last
            break
        before = look(house.database_url)
        again = establish(house, "hanako", "root", NOW)
        offices.append(before is not None)
        assert again.new == (before is None), (last, done[-3:])
        assert is_whole(house), (last, done[-3:])

    fresh.close()
    assert {"mkdir", "link", "fsync", "execute"} <= set(steps)
    assert len(offices) > 5
    assert offices == sorted(offices)  # no office, until there is one


def test_many_who_found_at_once_found_one_office(house: Settings) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from services.office.founding import establish\n"
        "from settings import settings; sys.stdin.readline()\n"
        "print(establish(settings(), 'hanako', 'root', datetime.now(UTC)).new)\n"
    )
    environment = {**os.environ, **house.environment()}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    founders = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=PROJECT, **pipes)  # type: ignore[call-overload]
        for _ in range(3)
    ]

    for founder in founders:
        founder.stdin.write("go\n")
        founder.stdin.flush()
    answers = [founder.communicate(timeout=120)[0].strip() for founder in founders]

    assert sorted(answers) == ["False", "False", "True"]
    assert is_whole(house)


def test_a_key_store_left_without_its_table_is_finished_by_founding(home: Path) -> None:
    folder = home / "keys"
    folder.mkdir()
    half = sqlite3.connect(folder / "case-keys.sqlite")
    half.execute("PRAGMA journal_mode = WAL")
    half.close()

    Keys(folder).make()

    keys = Keys(folder)
    keys.create(["26-000001-D"])
    assert keys.get("26-000001-D") is not None


def test_nothing_but_founding_makes_keys(home: Path) -> None:
    keys = Keys(home / "keys")

    for use in (
        lambda: keys.create(["26-000001-D"]),
        lambda: keys.get("26-000001-D"),
        lambda: keys.lookup_hash("document", "1"),
    ):
        with pytest.raises(KeystoreAbsent, match="no keys in"):
            use()

    assert not (home / "keys").exists()


def test_a_worker_and_a_migration_found_nothing(home: Path, broker_url: str) -> None:
    place = {"MADOGUCHI_HOME": str(home / "office"), "MADOGUCHI_BROKER_URL": broker_url, "MADOGUCHI_LANG": "en"}
    worker = ["-m", "celery", "-A", "worker", "worker", "--pool", "solo", "-Q", "bulk", "-n", "early@%h"]

    ended = [
        subprocess.run(
            [sys.executable, *line], cwd=PROJECT, env={**os.environ, **place}, capture_output=True, text=True,
            timeout=150, check=False,
        )
        for line in (worker, ["-m", "models.migrate"])
    ]  # fmt: skip

    assert all(one.returncode not in (0, None) for one in ended)
    assert all("no office here" in one.stderr for one in ended)
    assert ended[1].returncode == 5
    assert not (home / "office").exists()


def test_whoever_runs_the_desk_in_an_empty_place_founds_an_office_and_later_ones_find_it(house: Settings) -> None:
    first = open_up(house, "hanako", NOW)
    second = open_up(house, "jiro", NOW)

    assert (first.new, first.office.lead) == (True, "hanako")
    assert (second.new, second.office) == (False, first.office)
    assert is_whole(house)


def test_an_office_from_before_there_was_founding_keeps_its_lead_and_its_clock(house: Settings) -> None:
    house.var.mkdir(parents=True, exist_ok=True)
    migrate(house.database_url, "0005")
    engine = engine_for(house.database_url)
    roles = """'["lead"]'"""
    with engine.begin() as db:
        db.exec_driver_sql("INSERT INTO office_clock VALUES (1, 60000000)")
        true = "TRUE" if db.dialect.name == "postgresql" else "1"
        db.exec_driver_sql(
            f"INSERT INTO staff (name, roles, active, added_at, added_by) "  # noqa: S608 - our own words
            f"VALUES ('kudo', {roles}, {true}, '2026-04-01 00:00:00', 'kudo')"
        )
    engine.dispose()

    opened = open_up(house, "somebody", NOW)

    assert not opened.new
    assert (opened.office.lead, opened.office.clock, opened.office.demo) == ("kudo", "shifted", False)


def test_keys_that_are_used_are_no_place_for_a_new_office(house: Settings) -> None:
    keys = Keys(house.keys)
    keys.make()
    keys.create(["26-000001-D"])

    with pytest.raises(CannotFound) as refused:
        open_up(house, "hanako", NOW)

    assert refused.value.reason.code == "office.keys_of_another"
    assert look(house.database_url) is None
    assert not house.var.exists()


def test_what_an_office_is_is_read_once_a_connection(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home)

    with office.writing() as db:
        first = founding.read(db)
        again = founding.read(db)

    assert first is again
    assert first == office.founded
    office.close()
