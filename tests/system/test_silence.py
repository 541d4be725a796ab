"""An idle desk rings and is silent: no line in its logs, no event in Flower, until a sweep finds something."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from celery import Celery

from beat_schedule import SCHEDULE
from tasks.publish import Bell
from tests.people import a_contact
from tests.system.conftest import RealDesk, until

LOGS = ("desk1.log", "desk2.log", "beat.log")


@contextmanager
def events_of(desk: RealDesk) -> Iterator[list[dict[str, Any]]]:
    """Collect what Flower would hear, but for the workers' own heartbeats."""
    app, beating = Celery("ears", broker=desk.settings.broker_url), threading.Event()
    heard: list[dict[str, Any]] = []

    def hear(event: dict[str, Any]) -> None:
        beating.set()
        if event["type"] != "worker-heartbeat":
            heard.append(event)

    with app.connection_for_read() as connection:
        receiver = app.events.Receiver(connection, handlers={"*": hear})
        listener = threading.Thread(target=partial(receiver.capture, limit=None, wakeup=False), daemon=True)
        listener.start()
        try:
            until(beating.is_set, "the first heartbeat")
            yield heard
        finally:
            receiver.should_stop = True
            listener.join(60)


def taken(desk: RealDesk, before: set[bytes]) -> bool:
    """Whether nothing lies in a queue, and nothing that was taken from one is still being worked on.

    But for what lay there *before*: a worker that was killed in another test leaves what it had in hand.
    """
    queues = desk.redis()
    waiting = any(queues.llen(entry["options"]["queue"]) for entry in SCHEDULE.values())
    return not waiting and set(queues.hkeys("unacked")) <= before


def rung_for(desk: RealDesk, times: int) -> None:
    """Ring for the whole timetable so often, and wait until all of it was heard."""
    before = set(desk.redis().hkeys("unacked"))
    for number in range(times):
        desk.ring(
            *(
                Bell(entry["task"], f"ring-{at}.{number}", entry["options"]["queue"], entry["kwargs"])
                for at, entry in enumerate(SCHEDULE.values())
            )
        )
        until(lambda: taken(desk, before), "everything heard")


def test_an_idle_desk_rings_in_silence_and_a_sweep_that_finds_something_is_seen(desk: RealDesk) -> None:
    desk.settle()
    rung_for(desk, 1)
    with events_of(desk) as heard:
        before = {name: (desk.settings.logs / name).stat().st_size for name in LOGS}

        rung_for(desk, 5)
        after = {name: (desk.settings.logs / name).stat().st_size for name in LOGS}
        in_silence = list(heard)
        ticket = desk.order("open", a_contact(), ring=False)
        desk.answer(ticket)
        until(lambda: [event for event in heard if event["type"] == "task-succeeded"], "the sweep's event")
        seen = [event for event in heard if event.get("name") == "orders.sweep"]
        told = [event["type"] for event in heard if seen and event.get("uuid") == seen[0]["uuid"]]
        log = (desk.settings.logs / "desk1.log").read_text(encoding="utf-8")[before["desk1.log"] :]

    assert after == before
    assert in_silence == []
    assert told == ["task-received", "task-started", "task-succeeded"]
    assert f"Task orders.sweep[{seen[0]['uuid']}] succeeded" in log


def test_a_silent_task_that_fails_is_in_the_log_and_in_flower(desk: RealDesk) -> None:
    desk.office.tell("ALTER TABLE heartbeat RENAME TO mislaid")
    with events_of(desk) as heard:
        desk.ring(Bell("heartbeats.beat", "odd-1", "clock", {"queue": "clock"}))
        until(lambda: [e for e in heard if (e["type"], e["uuid"]) == ("task-failed", "odd-1")], "the failure's event")
        log = (desk.settings.logs / "desk1.log").read_text(encoding="utf-8")
    desk.office.tell("ALTER TABLE mislaid RENAME TO heartbeat")

    told = [event["type"] for event in heard if event.get("uuid") == "odd-1"]
    assert told == ["task-received", "task-started", "task-failed"]
    assert "Task heartbeats.beat[odd-1] raised unexpected" in log


def test_pool_children_share_what_their_parent_loaded(desk: RealDesk) -> None:
    desk.stop("desk2")
    desk.start("desk2")
    rung_for(desk, 4)
    parent = psutil.Process(desk.lives["desk2"].wait_started())

    shares = [_dirty(child.pid, "Shared") / _dirty(child.pid, "Private") for child in parent.children()]

    assert len(shares) == 2
    assert min(shares) > 1.5  # without what keeps the collector away, 0.6


def _dirty(pid: int, kind: str) -> int:
    """Return the kB of a process that were written to, and are shared or its own."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}_Dirty"))
