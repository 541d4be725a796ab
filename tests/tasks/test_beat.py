"""Beat rings through a real broker, and stops where its bells only pile up."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
import time_machine
from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import schedule
from celery.worker.request import Request
from kombu import Message, Queue

from beat_schedule import SCHEDULE
from lab.broker import Broker
from tasks.app import app as ours
from tasks.beat import Bounded
from tasks.door import judged, shapes
from tasks.publish import Bell, envelope, headers
from tasks.queues import MOST


def test_a_queue_nobody_consumes_holds_a_few_bells_however_long_it_lasts(
    broker_server: Broker, broker_url: str, tmp_path: Path
) -> None:
    app = Celery("beat", broker=broker_url)
    app.conf.task_queues = [Queue("clock", routing_key="clock"), Queue("bulk", routing_key="bulk")]

    @app.task(name="look", shared=False)
    def look() -> None:
        """Look."""

    scheduler = Bounded(app=app, schedule_filename=str(tmp_path / "schedule"), lazy=True)
    entries = {
        queue: ScheduleEntry(queue, "look", schedule=schedule(2.0), options={"queue": queue}, app=app)
        for queue in ("clock", "bulk")
    }
    client = redis.Redis(unix_socket_path=str(broker_server.socket))
    with app.connection() as connection:
        producer = app.amqp.Producer(connection, auto_declare=False)
        for _ in range(3 * MOST):
            scheduler.apply_async(entries["clock"], producer=producer, advance=False)
        piled = client.llen("clock")
        rung_elsewhere = scheduler.apply_async(entries["bulk"], producer=producer, advance=False)
        client.delete("clock")  # a worker came back and took them
        rung_again = scheduler.apply_async(entries["clock"], producer=producer, advance=False)
        cost = sum(len(message) for message in client.lrange("clock", 0, -1))
    client.close()
    scheduler.close()

    assert piled == MOST
    assert rung_elsewhere is not None
    assert rung_again is not None
    assert cost * MOST < 100_000


@pytest.mark.parametrize("seconds", [-60, -2, 0, 2, 60])
@pytest.mark.parametrize("entry", SCHEDULE)
def test_a_bell_is_heard_however_beat_s_clock_differs_from_the_worker_s(
    entry: str, seconds: int, broker_server: Broker, broker_url: str
) -> None:
    planned = SCHEDULE[entry]
    ours.loader.import_default_modules()

    with (
        ours.connection_for_write(broker_url) as connection,
        redis.Redis(unix_socket_path=str(broker_server.socket)) as client,
    ):
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=False):
            producer = ours.amqp.Producer(connection, auto_declare=False)
            ours.send_task(planned["task"], kwargs=planned["kwargs"], producer=producer, **planned["options"])
        raw = client.rpop(planned["options"]["queue"])

    assert isinstance(raw, bytes)
    assert not expired(raw, planned["options"]["queue"])


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_bell_of_an_older_beat_that_expires_by_its_own_clock_is_heard(seconds: int) -> None:
    bell = Bell("timers.sweep", "sweep-1", "clock", {"follows": False})
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
    message = {**envelope(bell), "headers": {**headers(bell), "expires": until}}

    assert not expired(json.dumps(message).encode(), "clock")


def expired(raw: bytes, queue: str) -> bool:
    """Whether a worker would throw a message away for its age: what Celery does after the door."""
    admitted = Message(**_as_delivered(judged(raw, queue, shapes(ours.tasks))))
    app: Any = ours
    request: Any = Request(admitted, app=app, headers=admitted.headers, decoded=True, body=admitted.payload)
    return bool(request.maybe_expire())


def _as_delivered(judged: dict[str, Any]) -> dict[str, Any]:
    properties = judged["properties"]
    return {
        "body": base64.b64decode(judged["body"]),
        "content_type": judged["content-type"],
        "content_encoding": judged["content-encoding"],
        "headers": judged["headers"],
        "properties": properties,
        "delivery_info": properties["delivery_info"],
        "delivery_tag": properties["delivery_tag"],
    }


def test_beat_is_started_with_it() -> None:
    assert ours.conf.beat_scheduler == f"{Bounded.__module__}:{Bounded.__name__}"
