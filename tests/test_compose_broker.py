"""The broker's access list of docker-compose.yml for real: each user may do what it needs, and no more."""

import base64
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk import broker, compose_secrets
from desk.flower_auth import credentials
from desk.processes import Program, Running
from desk.supervisor import Desk
from settings import PROJECT, Settings, load

Urls = dict[str, str]


@pytest.fixture
def guarded_broker(home: Path, tmp_path: Path) -> Iterator[Urls]:
    """A broker that knows the users of the access list only, as in production; its URL for each of them."""
    laid_out = tmp_path / "for"
    compose_secrets.make(tmp_path / "secrets", laid_out)
    program = broker.program(load({"MADOGUCHI_HOME": str(home / "guarded")}), fsync=False)
    options = list(program.command)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    options[options.index("--port") + 1] = port
    options += ["--bind", "127.0.0.1", "--aclfile", str(laid_out / "broker" / "broker.acl")]
    with Running(replace(program, command=options)) as server:
        server.wait_ready()
        lying = {
            name: (laid_out / name / "broker_url").read_text("ascii").strip() for name in ("work", "beat", "flower")
        }
        yield {name: url.replace("broker:6379", f"127.0.0.1:{port}") for name, url in lying.items()}


FORBIDDEN_TO_ALL = (
    ["FLUSHALL"], ["CONFIG", "GET", "*"], ["KEYS", "*"], ["SCAN", "0"], ["SHUTDOWN"], ["ACL", "LIST"], ["MONITOR"],
    ["REPLICAOF", "NO", "ONE"], ["CLIENT", "KILL", "TYPE", "normal"],
)  # fmt: skip
FORBIDDEN: dict[str, tuple[list[str], ...]] = {
    "work": (),
    # Beat puts bells into queues, and takes and reads none.
    "beat": (
        ["RPOP", "commands"], ["LRANGE", "commands", "0", "-1"], ["DEL", "commands"], ["LPUSH", "elsewhere", "x"],
        ["PUBLISH", "/0.celery.pidbox", "x"], ["GET", "commands"], ["HGET", "unacked", "x"],
    ),
    # Flower sees how many messages wait, and neither what they say nor can it add one.
    "flower": (
        ["LPUSH", "commands", "x"], ["RPOP", "effects"], ["LRANGE", "commands", "0", "-1"], ["DEL", "bulk"],
        ["HGET", "unacked", "x"], ["SADD", "elsewhere", "x"],
    ),
    "metrics": (["LPUSH", "commands", "x"], ["LRANGE", "commands", "0", "-1"], ["PUBLISH", "x", "x"], ["LLEN", "x"]),
}  # fmt: skip


def test_the_brokers_users_may_do_what_each_needs_and_no_more(
    guarded_broker: Urls, home: Path, stub_project: Path
) -> None:
    import redis

    told = {"MADOGUCHI_HOME": str(home), "MADOGUCHI_BROKER_URL": guarded_broker["work"], "MADOGUCHI_FLOWER_PORT": "0"}
    house = load(told)
    environment = {**os.environ, **house.environment(), "PYTHONPATH": str(PROJECT)}

    def inspect(url: str) -> str:
        # Waited for until both have answered.
        nodes = ",".join(f"{name}@{socket.gethostname()}" for name in ("desk1", "desk2"))
        asked = ["inspect", "-d", nodes, "--timeout", "60", "ping"]
        command = [sys.executable, "-m", "celery", "-A", "tasks.viewer", *asked]
        return subprocess.run(
            command, cwd=PROJECT, env={**environment, "MADOGUCHI_BROKER_URL": url}, check=True,
            capture_output=True, text=True, timeout=150,
        ).stdout  # fmt: skip

    with TheirOwn(house, guarded_broker, stub_project) as desk:
        subprocess.run(
            [sys.executable, "-c", "import worker; worker.note.delay('hello')"],
            cwd=stub_project, env=environment, check=True,
        )  # fmt: skip
        awaited((home / "noted").exists)
        answered = inspect(guarded_broker["flower"])
        seen_by_flower = workers_in_flower(house, desk)
        rung = (house.logs / "beat.log").read_text(encoding="utf-8")

    assert "2 nodes online" in answered
    assert {name.partition("@")[0] for name in seen_by_flower} == {"desk1", "desk2"}
    assert "No" not in rung and "WRONG" not in rung  # noqa: PT018 - beat tells the broker's own word
    for user, url in guarded_broker.items():
        client = redis.Redis.from_url(url)
        for forbidden in (*FORBIDDEN_TO_ALL, *FORBIDDEN[user]):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command(*forbidden)  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
        client.close()
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis.from_url(guarded_broker["work"].replace("office:", "default:")).ping()


class TheirOwn(Desk):
    """A desk in which beat and Flower come to the broker under users of their own, as in compose."""

    def __init__(self, house: Settings, urls: Urls, project: Path) -> None:
        super().__init__(house, project=project, environment={"PYTHONPATH": str(PROJECT)}, with_counter=False)
        self._urls = urls

    def _beat(self) -> Program:
        return self._as("beat", super()._beat())

    def _flower(self) -> Program:
        return self._as("flower", super()._flower())

    def _as(self, user: str, program: Program) -> Program:
        return replace(program, environment={**program.environment, "MADOGUCHI_BROKER_URL": self._urls[user]})


def workers_in_flower(house: Settings, desk: Desk) -> list[str]:
    """Return the workers that Flower shows, once it shows any."""
    secret = base64.b64encode(credentials(house.flower_auth).encode()).decode()
    address = (desk.flower_url or "").removeprefix("http://").rstrip("/")

    def ask() -> list[str]:
        connection = http.client.HTTPConnection(address, timeout=60)
        connection.request("GET", "/workers?json=1", headers={"Authorization": f"Basic {secret}"})
        return [worker["hostname"] for worker in json.loads(connection.getresponse().read())["data"]]

    awaited(lambda: len(ask()) == 2)
    return ask()


def awaited(reached: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)
