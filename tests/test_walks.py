"""The walks of docs/architecture.md are the ways the code goes: what they name is called, and in that order.

The script runs here, its worker is a thread that takes the messages from a real broker and does the tasks they name;
the worker that is killed is a process of its own.
"""

import base64
import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import redis

from commands.main import run
from lab.broker import Broker
from models import session
from settings import PROJECT, settings
from tests.office import CLERK, TestOffice
from tests.services.ordering import age
from tests.tracing import Called, traced
from worker import app

PAGE = PROJECT / "docs" / "architecture.md"
MOST = 12
WALKS = ("A clerk gives an order", "A case stands still", "A worker is killed")
STOP = re.compile(r"^(\d+)\. \[?`([\w/]+\.py): (\w+)`", re.MULTILINE)
PATIENCE = 90


def stops(walk: str) -> list[Called]:
    """Return the stops of the walk under that heading; they are numbered from 1."""
    (section,) = re.findall(
        rf"^## {walk}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    found = STOP.findall(section)
    assert [int(number) for number, _, _ in found] == list(range(1, len(found) + 1))
    assert len(found) == len(re.findall(r"^\d+\. ", section, re.MULTILINE)), f"{walk}: a stop names no function"
    return [Called(file, name) for _, file, name in found]


def strays(named: Sequence[Called], calls: Iterable[Called]) -> list[Called]:
    """Return the stops at which the calls part from the walk: nobody calls it, or not in its turn. None: they agree.

    Each is first called in the order in which it is first named, and what is named twice is called again in its turn.
    """
    mine = [call for call in calls if call in set(named)]
    first_called, first_named = list(dict.fromkeys(mine)), list(dict.fromkeys(named))
    wrong = [stop for position, stop in enumerate(first_named) if first_called[position : position + 1] != [stop]]
    rest = iter(mine)
    return wrong or [stop for stop in named if stop not in rest]


class House:
    """An office with its script here and its workers' queues in a real broker; ``calls`` is what was called."""

    def __init__(self, office: TestOffice, broker: Broker, notes: Path) -> None:
        self.office = office
        self.calls: list[Called] = []
        self._queues = redis.Redis(unix_socket_path=str(broker.socket))
        self._notes = notes

    def heard(self, queue: str) -> tuple[str, dict[str, Any]]:
        """Wait for the next message of a queue; return the task it names and its arguments."""
        taken: Any = self._queues.brpop([queue], timeout=PATIENCE)
        assert taken is not None, f"nothing came into {queue}"
        message = json.loads(taken[1])
        return message["headers"]["task"], json.loads(base64.b64decode(message["body"]))[1]

    def do(self, task: str, kwargs: dict[str, Any] | None = None) -> Any:
        """Do a task as a worker does."""
        return app.tasks[task].apply(kwargs=kwargs or {}, throw=True).result

    def die_of(self, where: Called, task: str, kwargs: dict[str, Any]) -> None:
        """Let a worker do a task that is killed where that function is called."""
        command = [sys.executable, "-m", "tests.dying", *where, str(self._notes), task, json.dumps(kwargs)]
        died = subprocess.run(command, cwd=PROJECT, timeout=PATIENCE, check=False)
        assert died.returncode == -signal.SIGKILL
        self.calls += [Called(*line.split()) for line in self._notes.read_text().splitlines()]

    def steps(self) -> list[str]:
        """Return every transition there was, in order."""
        return [row.transition for row in self.office.ask("SELECT transition FROM history ORDER BY case_id, seq")]

    def asks(self, *words: str, meanwhile: Callable[[], object]) -> int:
        """Run the script as a clerk, *meanwhile* in a thread beside it; return its exit status."""
        came: list[BaseException] = []

        def work() -> None:
            try:
                meanwhile()
            except BaseException as trouble:  # noqa: BLE001 - raised below, in the test's own thread
                came.append(trouble)

        beside = threading.Thread(target=work)
        with traced(self.calls.append):
            beside.start()
            status = run(["--as", CLERK, *words])
            beside.join()
        if came:
            raise came[0]
        return status


@pytest.fixture
def house(
    sqlite_url: str, home: Path, tmp_path: Path, broker_url: str, broker_server: Broker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """An office on SQLite at ten o'clock of a working day."""
    told = {"HOME": str(home), "DATABASE_URL": sqlite_url, "BROKER_URL": broker_url, "LANG": "en"}
    for name, value in {**told, "CLOCK": "shifted", "ALLOW_AS": "demo"}.items():
        monkeypatch.setenv(f"MADOGUCHI_{name}", value)
    settings.cache_clear()
    session.forget_engines()
    app.loader.import_default_modules()
    office = TestOffice(sqlite_url, home, now=None)
    office.working_day(office.today, 1)
    yield House(office, broker_server, tmp_path / "notes")
    office.close()
    session.engine().dispose()
    settings.cache_clear()
    session.forget_engines()


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_has_at_most_twelve_stops(walk: str) -> None:
    assert 6 <= len(stops(walk)) <= MOST


def test_the_way_of_a_staff_order(house: House) -> None:
    case = house.office.returned(proven=False)

    status = house.asks("ask-again", case, meanwhile=lambda: house.do(*house.heard("commands")))
    with traced(house.calls.append):
        made = house.do(*house.heard("effects"))

    assert (status, made) == (0, "made")
    assert strays(stops(WALKS[0]), house.calls) == []


def test_the_way_of_a_reminder(house: House) -> None:
    house.office.mailed()
    house.office.working_day(house.office.today, 10)

    with traced(house.calls.append):
        fired = house.do("timers.sweep")
        made = house.do(*house.heard("effects"))

    assert (fired, made) == (1, "made")
    assert house.steps()[-1] == "remind"
    assert strays(stops(WALKS[1]), house.calls) == []


def test_the_way_of_a_killed_worker(house: House) -> None:
    case, named = house.office.returned(proven=False), stops(WALKS[2])
    writes = Called("services/engine/writing.py", "write")
    assert writes in named
    messages: list[tuple[str, dict[str, Any]]] = []

    def workers() -> None:
        messages.append(house.heard("commands"))
        house.die_of(writes, *messages[0])
        age(house.office, 4)
        assert house.do("orders.sweep") == 1

    status = house.asks("ask-again", case, meanwhile=workers)
    with traced(house.calls.append):
        late = house.do(*messages[0])

    assert (status, late) == (0, "done")
    assert house.steps().count("ask_again") == 1
    assert strays(named, house.calls) == []


# -- and it would be noticed --------------------------------------------------------------------------------------

A, B, C = (Called("services/a.py", name) for name in "abc")


@pytest.mark.parametrize(
    ("calls", "wrong"),
    [
        ([A, B, C, B], []),
        ([A, A, B, B, C, A, B, C], []),
        ([A, C, B, B], [B, C]),
        ([A, B, B], [C]),
        ([B, A, C, B], [A, B]),
        ([A, B, C], [B]),
    ],
)
def test_a_walk_that_parts_from_the_code_is_noticed(calls: list[Called], wrong: list[Called]) -> None:
    assert strays([A, B, C, B], calls) == wrong
