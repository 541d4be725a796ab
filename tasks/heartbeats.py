"""Heartbeats: a row written through a consumed message. A process that lives but consumes nothing falls silent here."""

from celery import current_task

from clock import machine_now
from models import office
from models.session import transaction
from tasks.app import app


@app.task(name="heartbeats.beat", queue="clock")
def beat(queue: str) -> None:
    """Write that this queue is being consumed, and by which worker."""
    with transaction() as db:
        office.beat(db, queue, str(current_task.request.hostname), machine_now(db))
