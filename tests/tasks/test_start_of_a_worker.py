"""A worker refuses to start where it would strand a case; one that ends in order is waited for by nobody."""

import fcntl
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import redis
from sqlalchemy import update

from lab.broker import Broker
from models.office import definition
from services.engine import upgrades
from settings import PROJECT
from tasks.publish import Bell, publish
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


def wait_until(reached: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline, f"waited for {what}"
        time.sleep(0.02)


def unread_by(pid: int) -> int:
    """Return how many bytes wait in the pipes of a process."""
    waiting = 0
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if str(one.readlink()).startswith("pipe:") and os.access(one, os.R_OK):
                end = os.open(one, os.O_RDONLY | os.O_NONBLOCK)
                try:
                    waiting += int.from_bytes(fcntl.ioctl(end, termios.FIONREAD, bytes(4)), sys.byteorder)
                finally:
                    os.close(end)
    return waiting


def test_a_worker_ends_at_once_though_its_child_took_something_up_that_it_has_forgotten(
    sqlite_url: str, home: Path, broker_url: str, broker_server: Broker
) -> None:
    office = TestOffice(sqlite_url, home)
    place = {"MADOGUCHI_HOME": str(home), "MADOGUCHI_DATABASE_URL": sqlite_url, "MADOGUCHI_BROKER_URL": broker_url}
    line = [sys.executable, "-m", "desk.celery_command", "-A", "worker", "worker", "--pool", "prefork", "-c", "1"]
    worker = subprocess.Popen(
        [*line, "-Q", "bulk", "-n", "leaving@%h", "-I", "tests.tasks.patient"], cwd=PROJECT,
        env={**os.environ, **place}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    lying = redis.Redis(unix_socket_path=str(broker_server.socket))
    try:
        wait_until(lambda: office.ask("SELECT 1 FROM heartbeat WHERE worker LIKE 'leaving@%'"), "a heartbeat")
        wait_until(lambda: not lying.hlen("unacked"), "it to be acknowledged")
        main = psutil.Process(worker.pid)
        (child,) = main.children()
        child.suspend()
        publish(broker_url, [Bell("heartbeats.beat", "not-taken-up", "bulk", {"queue": "bulk"})])
        wait_until(lambda: unread_by(child.pid), "the child to be handed it")
        threads = main.num_threads()
        main.terminate()
        wait_until(lambda: main.num_threads() > threads, "the worker to wait for its child alone")
        child.resume()
        status = worker.wait(100)
        back = lying.llen("bulk")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        lying.close()
        office.close()

    assert status == 0
    assert back == 1
