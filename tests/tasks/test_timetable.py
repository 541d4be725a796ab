"""Lists that must agree: the timetable and the tasks, the procedure and the tasks, the queues and the workers."""

import inspect
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from desk.supervisor import Desk
from settings import load
from tasks.app import app
from tasks.door import Unsound, judged, shapes
from tasks.publish import Bell, headers
from tasks.queues import QUEUES
from worker import app as workers
from workflows.request.procedure import request

ENTRIES: dict[str, dict[str, Any]] = workers.conf.beat_schedule


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    app.loader.import_default_modules()


def queue_of(task: str) -> str:
    """Return the queue that Celery sends a task to by itself, as declared: the default one is no declaration."""
    way = app.amqp.router.lookup_route(task, (), {}, {})
    assert way, f"{task} names no queue"
    return str(way["queue"])


def a_message(bell: Bell) -> str:
    """Return the bell as it lies in the broker."""
    said = {
        "body": json.dumps([[], bell.kwargs, {}]),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": headers(bell),
        "properties": {"delivery_info": {}, "delivery_tag": "1", "body_encoding": None},
    }
    return json.dumps(said)


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_rings_for_a_task_that_takes_its_arguments(entry: str) -> None:
    planned = ENTRIES[entry]

    task = app.tasks[planned["task"]]

    inspect.signature(task.run).bind(*planned.get("args", ()), **planned["kwargs"])


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_comes_through_the_door(entry: str) -> None:
    planned = ENTRIES[entry]
    queue = str(planned["options"]["queue"])
    rung = a_message(Bell(planned["task"], f"beat.{queue}", queue, planned["kwargs"]))

    let_in = judged(rung, queue, shapes(app.tasks))

    assert let_in["headers"]["task"] == planned["task"]


@pytest.mark.parametrize(
    ("follows", "comes_in"), [(True, True), (False, True), (1, False), ("yes", False), (None, False)]
)
def test_a_turn_that_follows_comes_through_the_door_and_only_a_yes_or_no_says_so(follows: Any, comes_in: bool) -> None:
    rung = a_message(Bell("timers.sweep", "timers.sweep.1", "clock", {"follows": follows}))

    with nullcontext() if comes_in else pytest.raises(Unsound, match="arguments"):
        judged(rung, "clock", shapes(app.tasks))


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_goes_to_its_task_s_queue_and_never_expires(entry: str) -> None:
    planned = ENTRIES[entry]

    assert planned["options"]["queue"] in QUEUES
    assert "expires" not in planned["options"]
    if not planned["task"].startswith("heartbeats"):
        assert planned["options"]["queue"] == queue_of(planned["task"])


def test_every_queue_has_a_heartbeat() -> None:
    beats = {e["kwargs"]["queue"]: e["options"]["queue"] for e in ENTRIES.values() if e["task"] == "heartbeats.beat"}

    assert beats == {queue: queue for queue in QUEUES}


def test_every_transition_staff_can_order_has_a_task_and_the_clock_s_own_have_none() -> None:
    wanted = {f"request.{name}" for name, transition in request.transitions.items() if transition.by_staff}

    assert wanted == {name for name in app.tasks if name.startswith("request.")}


def test_every_task_of_ours_names_its_queue_and_takes_ids_only() -> None:
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    ids = {
        "case",
        "cases",
        "order",
        "effect",
        "effects",
        "queue",
        "run",
        "first",
        "follows",
        "last",
        "event",
        "version",
    }

    for name, task in ours.items():
        assert queue_of(name) in QUEUES
        assert set(inspect.signature(task.run).parameters) <= ids, name


def test_the_workers_of_the_desk_read_every_queue_once(home: Path) -> None:
    desk = Desk(load({"MADOGUCHI_HOME": str(home)}))

    read = []
    for name in ("desk1", "desk2"):
        command = list(desk._worker(name).command)
        read += command[command.index("-Q") + 1].split(",")

    assert sorted(read) == sorted(QUEUES)


def test_the_settings_that_promises_hang_on() -> None:
    conf = app.conf

    assert conf.task_acks_late
    assert conf.task_ignore_result
    assert conf.result_backend is None
    assert conf.accept_content == ["json"]
    assert conf.task_create_missing_queues is False
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_soft_time_limit < conf.task_time_limit < conf.broker_transport_options["visibility_timeout"]
    assert conf.task_reject_on_worker_lost is False
    assert conf.broker_connection_max_retries is None
