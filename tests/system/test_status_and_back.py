"""``status`` of an office whose desk is off, stops, or dies: the lines it prints are run, and it is green again."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import update

from clock import machine_now
from models.command import command
from models.effect import effect
from models.office import heartbeat
from settings import PROJECT, Settings, load
from tests.checkouts import Checkout
from tests.office import LEAD, TestOffice
from tests.people import a_contact
from tests.system.conftest import signal_group, until

LONG_AGO = timedelta(minutes=5)
QUEUES = {"queue_commands", "queue_clock", "queue_effects", "queue_bulk"}


@pytest.fixture
def house(home: Path) -> Settings:
    made = load({
        "MADOGUCHI_HOME": str(home), "MADOGUCHI_ALLOW_AS": "demo", "MADOGUCHI_CLOCK": "shifted", "MADOGUCHI_LANG": "en",
        "MADOGUCHI_FLOWER_PORT": "0",
    })  # fmt: skip
    assert Checkout(PROJECT).admin(made, "office", "found", "--lead", LEAD).status == 0
    return made


def red(house: Settings) -> dict[str, str]:
    """Return the lines to run beside what is red."""
    said = Checkout(PROJECT).admin(house, "status", "--json")
    return {one["name"]: one["run"] for one in json.loads(said.out)["checks"] if not one["ok"]}


@contextmanager
def running(line: str, house: Settings) -> Iterator[psutil.Process]:
    """Run a line that keeps running, in the checkout; ended by Ctrl-C where it still runs."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    with subprocess.Popen(  # noqa: S602
        line, shell=True, cwd=PROJECT, env={**theirs, **house.environment()}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as started:  # fmt: skip
        try:
            yield psutil.Process(started.pid)
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGINT)


@contextmanager
def stopped(desk: psutil.Process, worker: str, office: TestOffice) -> Iterator[None]:
    """Let a worker and its children stand still, as if it hung."""
    (group,) = {
        os.getpgid(one.pid)
        for one in desk.children(recursive=True)
        if f"{worker}@" in " ".join(one.cmdline()) and "MainProcess" in " ".join(one.cmdline())
    }
    signal_group(group, signal.SIGSTOP, office)
    yield
    signal_group(group, signal.SIGCONT, office)


def shown(line: str) -> str:
    return subprocess.run(line, shell=True, check=True, capture_output=True, text=True, timeout=60).stdout  # noqa: S602


def long_ago(office: TestOffice, column: Any, *queues: str) -> None:
    """Let whatever waits have waited for long, and these queues be silent for as long."""
    with office.as_owner() as db:
        then = machine_now(db) - LONG_AGO
        db.execute(update(column.table).values({column.name: then}))
        db.execute(update(column.table).where(column.table.c.claimed_at.is_not(None)).values(claimed_at=then))
        db.execute(update(heartbeat).where(heartbeat.c.queue.in_(queues)).values(at=then))


def test_what_is_red_while_the_desk_is_off_stopped_or_killed_is_green_after_its_line(house: Settings) -> None:
    off = red(house)
    assert off == dict.fromkeys({"broker", "beat", *QUEUES}, "make desk")
    with running(off["broker"], house) as desk:
        # Until the workers are there, each look would cost a start of its own, beside theirs.
        until(lambda: all((house.run / f"ready-{name}").exists() for name in ("desk1", "desk2")), "the workers", 150)
        until(lambda: not red(house), "a green desk", 150)
        office = TestOffice(house.database_url, house.home, now=None, staffed=True)

        with stopped(desk, "desk1", office):
            office.place("open", a_contact(), LEAD)
            long_ago(office, command.c.placed_at, "commands", "clock")
            deaf = red(house)
            log = shown(deaf["orders"])
        until(lambda: not red(house), "the order carried out")

        with stopped(desk, "desk2", office):
            ticket = office.place("open", a_contact(), LEAD)
            office.carry_out(ticket)
            long_ago(office, effect.c.ordered_at, "effects", "bulk")
            waiting = red(house)
            shown(waiting["letters"])
        until(lambda: not red(house), "the letter made")

        for one in [*desk.children(recursive=True), desk]:
            with suppress(psutil.NoSuchProcess):  # ended meanwhile, a zombie among them
                if one.cmdline()[-2:] == ["-m", "desk"]:
                    one.kill()
        desk.wait(60)
        until(lambda: "broker" in red(house), "everything gone with the desk")
        long_ago(office, command.c.placed_at, "commands", "clock", "effects", "bulk")
        dead = red(house)
        office.close()

    logs = house.logs
    assert deaf == dict.fromkeys(
        ["queue_commands", "queue_clock", "beat", "orders"], f"tail -n 40 {logs}/desk1.log"
    ) | {"beat": f"tail -n 40 {logs}/beat.log"}
    assert "desk1@" in log
    assert waiting == dict.fromkeys(["queue_effects", "queue_bulk", "letters"], f"tail -n 40 {logs}/desk2.log")
    assert dead == off
