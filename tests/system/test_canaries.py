"""A failed task shows a code and the place, never a text: not in logs, events, the broker, nor in Flower and its API.

Every task of the application fails in every way an error can carry data, in a solo worker and in a pool's children.
"""

import base64
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from kombu import Connection

from desk.processes import Running
from desk.supervisor import Desk
from models.session import reading
from services.engine.fingerprints import fingerprint
from tasks.app import app, route
from tasks.door import shapes
from tasks.publish import Bell
from tasks.queues import QUEUES
from tests.office import CLERK
from tests.people import a_contact
from tests.system.conftest import RealDesk, bell_of, until
from tests.system.test_orders import amendment
from tests.system.ways_to_fail import CANARY, SENTENCE, WAYS

ENDED = {"task-failed", "task-succeeded", "task-rejected"}


def bells() -> list[Bell]:
    """Return a message for every task of the application and every way to fail."""
    app.loader.import_default_modules()
    values = {int: 1, str: "x", list[int]: [1], list[str]: ["x"], bool: True}
    return [
        Bell(name, f"canary.{way}.{name}", queue_of(name), {argument: values[kind] for argument, kind in takes.items()})
        for name, takes in shapes(app.tasks).items()
        for way in WAYS
    ]


def queue_of(task: str) -> str:
    way = route(task)
    assert way is not None
    return way["queue"]


@contextmanager
def heard(desk: RealDesk) -> Iterator[list[dict[str, Any]]]:
    """Collect every event the workers send, as Flower would."""
    events: list[dict[str, Any]] = []
    with Connection(desk.settings.broker_url) as connection:
        receiver = app.events.Receiver(connection, handlers={"*": events.append})
        thread = threading.Thread(target=partial(receiver.capture, limit=None, timeout=None, wakeup=False))
        thread.start()
        try:
            until(lambda: list(events), "the first heartbeat of a worker")
            yield events
        finally:
            receiver.should_stop = True
            thread.join()


@contextmanager
def flower(desk: RealDesk) -> Iterator[Any]:
    """Run the real Flower; yield what asks its pages."""
    product = Desk(desk.settings, with_flower=True)
    running = Running(product._flower())
    password = base64.b64encode((desk.settings.flower_auth).read_text("ascii").strip().encode()).decode()

    def page(path: str) -> str:
        asked = urllib.request.Request(  # noqa: S310 - our own server
            f"{product.flower_url}{path.lstrip('/')}", headers={"Authorization": f"Basic {password}"}
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode())

    def up() -> bool:
        try:
            # It answers before it listens; by their heartbeats it knows the workers.
            return "desk3@" in page("/workers?json=1")
        except OSError:
            return False

    try:
        until(up, "Flower")
        yield page
    finally:
        running.stop()


def in_the_broker(desk: RealDesk) -> str:
    """Return everything the broker holds."""
    broker = desk.redis()
    readers = {b"string": broker.get, b"hash": broker.hgetall, b"set": broker.smembers}
    readers |= {b"list": lambda key: broker.lrange(key, 0, -1), b"zset": lambda key: broker.zrange(key, 0, -1)}
    readers |= {b"none": str}  # taken since: the workers go on
    return repr([(key, readers[broker.type(key)](key)) for key in broker.scan_iter()])


def in_the_logs(desk: RealDesk) -> str:
    return "".join(log.read_text("utf-8", "replace") for log in desk.settings.logs.glob("*.log"))


def broken_worker(desk: RealDesk, pool: list[str]) -> None:
    """Start a worker of all queues whose tasks all fail, instead of the product's."""
    desk.stop("beat", "desk1", "desk2")
    made = desk._program("desk1")
    words = ["tests.system.breaking_worker" if word == "worker" and before == "-A" else word
             for before, word in zip(["", *made.command], made.command, strict=False)]  # fmt: skip
    at = words.index("--pool")
    words[at : at + 4] = [*pool, "-Q", ",".join(QUEUES)]
    words = [word.replace("desk1@", "desk3@") for word in words]
    (desk.settings.run / "ready-desk3").unlink(missing_ok=True)
    program = replace(made, name="desk3", command=words, log=desk.settings.logs / "desk3.log")
    desk.lives["desk3"] = Running(program)
    until(lambda: desk.is_ready("desk3"), "the worker whose tasks fail")


# What a failure shows does not depend on the kind of database.
@pytest.mark.parametrize("real_desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("pool", [["--pool", "solo"], ["--pool", "prefork", "-c", "2"]], ids=["solo", "prefork"])
def test_whatever_a_task_raises_is_seen_as_a_code_and_a_place_and_nowhere_as_a_text(
    desk: RealDesk, pool: list[str]
) -> None:
    rung = bells()
    broken_worker(desk, pool)

    with heard(desk) as events, flower(desk) as page:
        worker = desk.lives["desk3"].wait_started()
        desk.ring(*rung)
        wanted = {bell.task_id for bell in rung}
        until(lambda: wanted <= {e["uuid"] for e in list(events) if e["type"] in ENDED}, "the end of every task")
        failed = [e for e in events if e["type"] == "task-failed" and e["uuid"].startswith("canary.")]
        must_fail = {task for task in wanted if task.split(".")[1] != "returns"}
        until(lambda: knows(page, failed[-1]["uuid"]), "Flower to know of the last failure")
        until(lambda: must_fail <= failures(page), f"Flower to know of {len(must_fail)} failures")
        known = json.loads(page("/api/tasks?limit=5000"))
        pages = page("/tasks") + "".join(page(f"/task/{rung[n].task_id}") for n in range(len(WAYS)))
        held = in_the_broker(desk)
        survived = desk.lives["desk3"].wait_started() == worker and desk.is_up("desk3")
    desk.stop("desk3")

    assert survived
    assert must_fail == {event["uuid"] for event in failed}
    assert len(must_fail) == (len(WAYS) - 1) * len(shapes(app.tasks))
    for event in failed:
        assert "TaskFailed" in event["exception"], event
        assert ".py:" in event["exception"], event
    told = {"events": repr(events), "Flower": json.dumps(known), "pages": pages, "broker": held}
    told["logs"] = in_the_logs(desk)
    assert "TaskFailed" in told["Flower"]
    assert "TaskFailed" in told["logs"]
    assert [place for place, text in told.items() if CANARY in text] == []


def knows(page: Any, task: str) -> bool:
    """Whether Flower has heard of a task; a list of all of them takes it a hundred times as long."""
    try:
        return task in page(f"/api/task/info/{task}")
    except urllib.error.HTTPError:
        return False


def failures(page: Any) -> set[str]:
    """Return the tasks that Flower shows as failed."""
    return set(json.loads(page("/api/tasks?limit=5000&state=FAILURE")))


def test_a_payload_of_a_changed_type_is_no_text_for_flower(desk: RealDesk) -> None:
    number = desk.must(None, "open", a_contact()).case
    ticket = desk.order("amend", amendment(1), CLERK, number, ring=False)
    (row,) = desk.office.ask("SELECT key, actor, staff, login FROM command WHERE id = :id", id=ticket.command_id)
    other = json.dumps({"why": SENTENCE, "rights": [SENTENCE], "mail_to": SENTENCE}).encode()
    sealed = desk.office.keys.get(number).seal("command", "sealed", row.key, other)
    with reading(desk.office.engine) as db:
        mark = fingerprint((row.actor, row.staff, row.login), number, "amend", other, desk.office.at(db))
    # As if a version that spelt rights otherwise had placed it.
    placed = "UPDATE command SET sealed = :sealed, fingerprint = :mark WHERE id = :id"
    desk.office.tamper(placed, sealed=sealed, mark=mark, id=ticket.command_id)

    with heard(desk) as events:
        desk.ring(bell_of(ticket))
        failed = until(lambda: [e for e in events if e["type"] == "task-failed"], "the task to fail")

    def answered() -> Any:
        desk.let_leases_pass()
        return desk.office.ask(
            "SELECT outcome FROM command WHERE id = :id AND outcome IS NOT NULL", id=ticket.command_id
        )

    (answer,) = until(answered, "the order to be set aside", meanwhile=desk.hurry)

    assert ".py:" in failed[0]["exception"]
    assert answer.outcome == "set_aside"
    assert CANARY not in repr(events) + in_the_broker(desk) + in_the_logs(desk)
