"""Beat rings through a real broker, and stops where its bells only pile up."""

from pathlib import Path

import redis
from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import schedule
from kombu import Queue

from desk.broker import Broker
from tasks.app import app as ours
from tasks.beat import MOST, Bounded


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


def test_beat_is_started_with_it() -> None:
    assert ours.conf.beat_scheduler == f"{Bounded.__module__}:{Bounded.__name__}"
