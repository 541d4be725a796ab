"""A worker refuses to start where it would strand a case; one that ends in order is waited for by nobody."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import update

from models.office import definition
from services.engine import upgrades
from settings import PROJECT
from tests.office import MONDAY, TestOffice
from workflows.request.procedure import request


@pytest.mark.parametrize("pool", ["solo", "prefork"])
def test_a_worker_whose_definition_changed_under_its_version_ends_with_the_reason(
    sqlite_url: str, home: Path, broker_url: str, pool: str
) -> None:
    office = TestOffice(sqlite_url, home)
    with office.writing() as db:
        upgrades.check_start(db, request, MONDAY)
        db.execute(update(definition).values(fingerprint="another"))
    office.close()
    place = {
        "MADOGUCHI_HOME": str(home),
        "MADOGUCHI_DATABASE_URL": sqlite_url,
        "MADOGUCHI_BROKER_URL": broker_url,
    }
    line = [sys.executable, "-m", "celery", "-A", "worker", "worker", "--pool", pool, "-Q", "bulk", "-n", "late@%h"]

    ended = subprocess.run(
        line, cwd=PROJECT, env={**os.environ, **place}, capture_output=True, text=True, timeout=150, check=False
    )

    assert ended.returncode not in (0, None)
    assert "raise its version" in ended.stderr


@pytest.mark.parametrize("pool", ["solo", "prefork"])
@pytest.mark.parametrize(("how", "remembered"), [(signal.SIGTERM, 0), (signal.SIGKILL, 1)], ids=["in order", "killed"])
def test_a_worker_that_ended_in_order_is_forgotten_and_one_that_was_killed_is_missed(
    sqlite_url: str, home: Path, broker_url: str, pool: str, how: signal.Signals, remembered: int
) -> None:
    office = TestOffice(sqlite_url, home)
    place = {
        "MADOGUCHI_HOME": str(home),
        "MADOGUCHI_DATABASE_URL": sqlite_url,
        "MADOGUCHI_BROKER_URL": broker_url,
    }
    line = [sys.executable, "-m", "celery", "-A", "worker", "worker", "--pool", pool, "-c", "1", "-Q", "bulk"]
    worker = subprocess.Popen(
        [*line, "-n", "gone@%h"], cwd=PROJECT, env={**os.environ, **place},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    beats = "SELECT count(*) AS number FROM heartbeat WHERE worker LIKE 'gone@%'"

    try:
        deadline = time.monotonic() + 150
        while office.ask(beats)[0].number == 0:
            assert time.monotonic() < deadline, "no heartbeat came"
            time.sleep(0.1)
        (worker.terminate if how is signal.SIGTERM else worker.kill)()
        worker.wait(60)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
    left = office.ask(beats)[0].number
    office.close()

    assert left == remembered
