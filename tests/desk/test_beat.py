"""The desk's own beat rings as Celery's does, with the same timetable, and is harmed by no clock and no broker."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from beat_schedule import SCHEDULE
from desk.beat import SAYS, Beat
from desk.processes import Program, Running
from lab.broker import Broker
from settings import PROJECT, Settings
from tasks.app import app
from tasks.door import judged, shapes
from tasks.queues import MOST, QUEUES


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def client(broker_server: Broker) -> Iterator[redis.Redis]:
    with redis.Redis(unix_socket_path=str(broker_server.socket)) as made:
        yield made


def rung(client: Any) -> Counter[str]:
    """Return what a worker would take, by the task and its queue, after all of it came through the door; take it."""
    app.loader.import_default_modules()
    known, found = shapes(app.tasks), Counter[str]()
    for queue in QUEUES:
        while raw := client.rpop(queue):
            found[f"{judged(raw, queue, known)['headers']['task']} {queue}"] += 1
    return found


def planned(*, in_seconds: float) -> Counter[str]:
    """Return what the timetable says for so many seconds, the first moment with them and the last one too."""
    entries = SCHEDULE.values()
    return Counter({f"{e['task']} {e['options']['queue']}": 1 + int(in_seconds // e["schedule"]) for e in entries})


def test_it_rings_for_everything_at_once_and_then_when_the_timetable_says(client: Any, broker_url: str) -> None:
    time = Time()
    beat = Beat(SCHEDULE, broker_url, now=time)

    pause = beat.ring()
    at_once = rung(client)
    in_a_minute = at_once.copy()
    while time.now + pause <= 160:
        time.now += pause
        pause = beat.ring()
        in_a_minute += rung(client)

    assert at_once == planned(in_seconds=0)
    assert in_a_minute == planned(in_seconds=60)


def test_two_of_them_ring_twice_and_that_is_all(client: Any, broker_url: str) -> None:
    for _ in range(2):
        Beat(SCHEDULE, broker_url).ring()

    assert rung(client) == planned(in_seconds=0) + planned(in_seconds=0)


def test_a_queue_nobody_consumes_holds_a_few_bells_however_long_it_lasts(client: Any, broker_url: str) -> None:
    time = Time()
    beat = Beat(SCHEDULE, broker_url, now=time)

    while time.now < 1000:
        time.now += beat.ring()
        client.delete("effects")
    most = client.llen("clock")

    assert MOST <= most < MOST + len(SCHEDULE)  # what is due together is rung for together
    assert client.llen("bulk") == MOST


def test_while_the_broker_is_away_everything_stays_due_and_is_rung_for_once(
    client: Any, broker_url: str, home: Path
) -> None:
    time = Time()
    beat = Beat(SCHEDULE, f"redis+socket://{home}/none.sock", now=time)

    for _ in range(100):
        time.now += 1
        with pytest.raises(FileNotFoundError):
            beat.ring()
    beat._url = broker_url
    beat.ring()

    assert rung(client) == planned(in_seconds=0)


def test_something_else_under_a_queues_name_does_not_silence_the_other_queues(client: Any, broker_url: str) -> None:
    client.set("effects", "mine")

    Beat(SCHEDULE, broker_url).ring()
    client.delete("effects")

    assert rung(client) == planned(in_seconds=0) - Counter({"heartbeats.beat effects": 1})


def test_it_says_when_it_is_ready_and_loads_nothing_of_celery(
    client: Any, broker_url: str, house: Settings, tmp_path: Path
) -> None:
    code = (
        "import sys, time; from desk import beat\n"
        "def look(pause):\n"
        "    strangers = {'celery', 'kombu', 'redis', 'sqlalchemy'} & set(sys.modules)\n"
        "    raise SystemExit(f'strangers: {strangers}')\n"
        "beat.time.sleep = look\n"
        "beat.main()\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={**house.environment(), "MADOGUCHI_BROKER_URL": broker_url},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout.startswith(SAYS)
    assert "strangers: set()" in ran.stderr
    assert rung(client) == planned(in_seconds=0)


def test_celerys_own_beat_rings_with_the_same_timetable(
    client: Any, broker_url: str, house: Settings, tmp_path: Path
) -> None:
    schedule = ["-s", str(tmp_path / "schedule"), "--pidfile=", "-l", "INFO"]
    program = Program(
        name="beat",
        command=[sys.executable, "-m", "celery", "-A", "worker", "beat", *schedule],
        log=tmp_path / "beat.log",
        folder=PROJECT,
        environment={**house.environment(), "MADOGUCHI_BROKER_URL": broker_url},
        ready="Sending due task",
    )

    with Running(program) as running:
        running.wait_ready(40)
        raw = client.blpop(["clock"], timeout=20)

    message = json.loads(raw[1])
    assert message["headers"]["task"] in {entry["task"] for entry in SCHEDULE.values()}
