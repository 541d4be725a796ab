"""The desk's own beat rings as Celery's does, with the same timetable, and is harmed by no clock and no broker."""

import json
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import redis

from beat_schedule import SCHEDULE
from desk.beat import AGAIN, SAYS, Beat, main
from desk.processes import Program, Running
from lab.broker import Broker
from settings import PROJECT, Settings
from tasks.app import app
from tasks.door import judged, shapes
from tasks.publish import Unwilling
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


@pytest.fixture
def refusing(home: Path) -> Iterator[tuple[str, list[bytes]]]:
    """Return the address of a broker that says no to everything, and the answer it gives (to be changed)."""
    answer = [b"-LOADING Redis is loading the dataset in memory"]
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(home / "no.sock"))
        server.listen(50)

        def refuse() -> None:
            while True:
                one, _ = server.accept()
                with one:
                    if not one.recv(65536):
                        return
                    one.sendall(answer[0] + b"\r\n")

        refuser = threading.Thread(target=refuse, daemon=True)
        refuser.start()
        yield f"redis+socket://{home}/no.sock", answer
        with socket.socket(socket.AF_UNIX) as last:
            last.connect(str(home / "no.sock"))
        refuser.join(60)


@pytest.mark.parametrize("word", ["LOADING", "NOAUTH", "MISCONF", "OOM"])
def test_while_the_broker_refuses_everything_it_is_as_if_it_were_away(
    client: Any, broker_url: str, refusing: tuple[str, list[bytes]], word: str
) -> None:
    time = Time()
    refusing[1][0] = f"-{word} for some reason".encode()
    beat = Beat(SCHEDULE, refusing[0], now=time)

    for _ in range(10):
        time.now += 1
        with pytest.raises(Unwilling, match=f"^{word}$"):
            beat.ring()
    beat._url = broker_url
    beat.ring()

    assert rung(client) == planned(in_seconds=0)


def test_a_broker_that_is_full_refuses_what_it_would_have_to_keep(client: Any, broker_url: str) -> None:
    beat = Beat(SCHEDULE, broker_url)
    client.config_set("maxmemory", 1)
    try:
        with pytest.raises(Unwilling, match="OOM"):
            beat.ring()
    finally:
        client.config_set("maxmemory", 0)
    beat.ring()

    assert rung(client) == planned(in_seconds=0)


def test_that_the_broker_refuses_is_said_once_in_its_own_word(
    refusing: tuple[str, list[bytes]], house: Settings, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("desk.beat.settings", lambda: replace(house, broker_url=refusing[0], lang="en"))
    monkeypatch.setattr("desk.beat.time.sleep", pause)
    with pytest.raises(KeyboardInterrupt):
        main()

    assert pauses == [AGAIN] * 3
    assert capsys.readouterr().out.count("the broker is away (LOADING)") == 1


def test_something_else_under_every_name_that_is_due_is_no_broker_that_is_away(client: Any, broker_url: str) -> None:
    client.set("effects", "mine")
    only = {name: entry for name, entry in SCHEDULE.items() if entry["options"]["queue"] == "effects"}

    pause = Beat(only, broker_url).ring()
    client.delete("effects")

    assert pause > AGAIN


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
        running.wait_ready(60)
        raw = client.blpop(["clock"], timeout=60)

    message = json.loads(raw[1])
    assert message["headers"]["task"] in {entry["task"] for entry in SCHEDULE.values()}
