"""A worker that lives and consumes nothing is started again; nothing is its fault while broker or database are away."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import gt
from pathlib import Path

import psycopg
import pytest
import redis

from clock import machine_now
from desk.hearing import SERVES, Deaf, Hearing, _node
from desk.signs import FIRST_PAUSE, LONGEST_PAUSE
from desk.supervisor import Desk
from lab.broker import Broker
from models import office
from models.session import engine_for, transaction
from services.office.founding import establish
from settings import Settings, load
from tasks.queues import QUEUES, heard_file
from tests.desk.conftest import next_life
from tests.desk.test_supervisor import wait_for

READY = {"desk1": 11, "desk2": 12}


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Ears:
    """The hearing of a desk whose workers are played: they answer what a test says they do."""

    def __init__(self, url: str, broker: str, home: Path) -> None:
        self.time = Time()
        told = {"MADOGUCHI_HOME": str(home), "MADOGUCHI_DATABASE_URL": url, "MADOGUCHI_BROKER_URL": broker}
        self.hearing = Hearing(load(told), patience=27, monotonic=self.time)
        self.engine = engine_for(url)
        self.run = home / "var" / "run"
        self.run.mkdir(parents=True, exist_ok=True)
        self._beats = 0

    def beat(self, *queues: str) -> None:
        """Write a heartbeat for these queues, each another moment."""
        self._beats += 1
        if not queues:
            return
        with transaction(self.engine) as db:
            for queue in queues:
                name = next(name for name, served in SERVES.items() if queue in served)
                office.beat(db, queue, _node(name), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self._beats))
                file = heard_file(self.run, _node(name), queue)
                file.touch()
                os.utime(file, (self._beats, self._beats))

    def pass_by(self, seconds: float, *heard: str, ready: dict[str, int] | None = None) -> list[Deaf]:
        """Let time pass, a look and a heartbeat of these queues every five seconds; return who was found deaf."""
        found = []
        for _ in range(round(seconds / 5)):
            self.time.now += 5
            self.beat(*heard)
            found += self.hearing.look(READY if ready is None else ready)
        return found

    def close(self) -> None:
        self.hearing.close()
        self.engine.dispose()


@pytest.fixture
def ears(database_url: str, broker_url: str, home: Path) -> Iterator[Ears]:
    made = Ears(database_url, broker_url, home)
    yield made
    made.close()


@pytest.fixture
def broker(broker_server: Broker) -> Iterator[redis.Redis]:
    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        yield client


def test_workers_that_are_heard_are_left_alone(ears: Ears) -> None:
    assert ears.pass_by(300, *QUEUES) == []


def test_while_the_workers_are_heard_the_database_is_not_asked(ears: Ears) -> None:
    ears.pass_by(300, *QUEUES)

    assert ears.hearing._source is None


def test_a_worker_that_is_silent_on_one_of_its_queues_is_deaf_once_a_bell_of_ours_was_not_answered(
    ears: Ears, broker: redis.Redis
) -> None:
    ears.pass_by(20, *QUEUES)

    early = ears.pass_by(30, "commands", "clock", "bulk")
    rung = {queue: broker.llen(queue) for queue in QUEUES}
    found = ears.pass_by(15, "commands", "clock", "bulk")

    assert early == []
    assert rung == {"commands": 0, "clock": 0, "effects": 1, "bulk": 0}
    assert [(deaf.name, deaf.queue) for deaf in found] == [("desk2", "effects")]
    assert 37 <= found[0].seconds <= 45


def test_one_that_answers_our_bell_is_left_alone(ears: Ears) -> None:
    ears.pass_by(20, *QUEUES)
    found = ears.pass_by(30, "commands", "clock", "bulk")
    ears.beat("effects")

    found += ears.pass_by(20, "commands", "clock", "bulk")

    assert found == []


def test_a_worker_that_never_was_heard_in_this_life_is_deaf_too(ears: Ears) -> None:
    found = ears.pass_by(45, "commands", "clock")

    assert [deaf.name for deaf in found] == ["desk2"]


def test_one_that_is_not_ready_is_not_judged_and_a_new_life_begins_anew(ears: Ears) -> None:
    ears.pass_by(35, "commands", "clock")

    leaving = ears.pass_by(60, "commands", "clock", ready={"desk1": 11})
    young = ears.pass_by(30, "commands", "clock", ready={**READY, "desk2": 13})

    assert (leaving, young) == ([], [])


def test_what_cannot_be_helped_is_started_again_less_and_less_often_and_at_once_after_it_was_heard(
    sqlite_url: str, broker_url: str, home: Path
) -> None:
    ears, only = Ears(sqlite_url, broker_url, home), {"desk2": 12}

    moments = [ears.time.now for _ in range(2000 // 5) if ears.pass_by(5, ready=only)]
    ears.pass_by(20, "effects", "bulk", ready=only)
    again = ears.pass_by(45, ready=only)
    ears.close()

    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[:4] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 8 * FIRST_PAUSE]
    assert pauses[4:] == [LONGEST_PAUSE]
    assert [deaf.name for deaf in again] == ["desk2"]


def test_nobody_is_deaf_while_the_broker_is_away(database_url: str, home: Path) -> None:
    ears = Ears(database_url, f"redis+socket://{home}/none.sock", home)
    ears.hearing._ring = lambda queue: False  # type: ignore[method-assign]  # kombu takes five seconds to say so

    found = ears.pass_by(100)
    ears.close()

    assert found == []


def test_nobody_is_deaf_while_the_database_is_away_and_patience_begins_when_it_is_back(
    ears: Ears, broker_url: str, home: Path
) -> None:
    away = Ears(f"sqlite:///{home}/none.sqlite3", broker_url, home)

    found = away.pass_by(100)
    away.hearing._settings = ears.hearing._settings
    away.hearing.close()
    back = away.pass_by(25)
    away.close()

    assert (found, back) == ([], [])


def test_nobody_is_deaf_while_somebody_holds_what_a_heartbeat_is_written_to(
    postgres_url: str, broker_url: str, home: Path
) -> None:
    ears = Ears(postgres_url, broker_url, home)
    ears.beat(*QUEUES)

    with psycopg.connect(postgres_url.replace("+psycopg", "")) as forgotten:
        forgotten.execute("LOCK TABLE heartbeat IN SHARE MODE")
        found = ears.pass_by(45)
        forgotten.rollback()
    ears.close()

    assert found == []


@pytest.fixture
def real(request: pytest.FixtureRequest, home: Path) -> Settings:
    """The settings of a founded office, on the kind of database that is asked for."""
    told = {"MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en"}
    if request.param == "postgresql":
        told["MADOGUCHI_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    made = load(told)
    establish(made, "kudo", "kudo", machine_now())
    return made


@pytest.mark.parametrize("real", ["sqlite", "postgresql"], indirect=True)
def test_a_worker_that_lives_and_hears_nothing_is_started_again_and_hears(
    real: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    # Its time stands still until the test moves it: so whoever hears has as long for an answer as it takes.
    time = Time()
    hearing = Hearing(real, patience=1, answer=5, every=0.25, monotonic=time)
    # Looked at so often beat would be started again and again: it gives a sign every two seconds.
    monkeypatch.setattr(Desk, "_give_up_a_still_beat", lambda _: None)
    engine = engine_for(real.database_url)

    def heard() -> object:
        with transaction(engine) as db:
            return db.execute(office.heartbeat.select().where(office.heartbeat.c.queue == "effects")).fetchall()

    hears = [heard_file(real.run, _node("desk1"), queue) for queue in SERVES["desk1"]]

    def answers() -> list[int]:
        return [file.stat().st_mtime_ns for file in hears]

    with Desk(real, with_flower=False, tell=said.append, hearing=hearing) as desk:
        before = desk.pids()
        wait_for(lambda: all(file.exists() for file in hears))
        os.kill(before["desk2"], signal.SIGSTOP)  # alive, its connections open, and deaf
        while not deaf(said):
            answered = answers()
            time.now += 10  # all are rung for, and whoever had been, and did not answer, is deaf
            wait_for(lambda old=answered: all(map(gt, answers(), old)))  # type: ignore[misc]
        with suppress(ProcessLookupError):  # so that it ends when it is told to, not by its leash ten seconds on
            os.kill(before["desk2"], signal.SIGCONT)
        back = next_life(desk, "desk2", after=before["desk2"])
        silent = heard()
        wait_for(lambda: heard() != silent)  # beat rings for it
        lives = desk.pids()
    engine.dispose()

    assert back != before["desk2"]
    assert {**lives, "desk2": 0} == {**before, "desk2": 0}
    assert deaf(said)


def deaf(said: list[str]) -> list[str]:
    """Return what a desk has said of the worker that does not hear, of whichever of its queues it noticed first."""
    return [line for line in said if re.search("has not heard a bell of (effects|bulk) ", line)]
