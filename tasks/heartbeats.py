"""Heartbeats: a row written through a consumed message. A process that lives but consumes nothing falls silent here."""

import time
from contextlib import suppress

from celery import current_task
from sqlalchemy.exc import SQLAlchemyError

from clock import machine_now
from models import office
from models.machine import machine_name, this_machine
from models.session import transaction
from settings import settings
from tasks.app import SILENT, app
from tasks.queues import heard_file

PERIOD = 5.0
"""How often, in seconds, a busy worker says by the way that it is alive."""

_said: dict[str, float] = {}


@app.task(name="heartbeats.beat", goes_to="clock", **SILENT)
def beat(queue: str) -> None:
    """Write that this queue is being consumed, and by which worker."""
    _write(queue, str(current_task.request.hostname))


def alive(queue: str) -> None:
    """Write the same from within another task of that queue, at most every `PERIOD` seconds."""
    if time.monotonic() - _said.get(queue, -PERIOD) >= PERIOD:
        _said[queue] = time.monotonic()
        # Calling the task itself would put a request of its own, without the worker's name, before the present one.
        _write(queue, str(current_task.request.hostname))


def leave(worker: str) -> None:
    """Take this worker's heartbeats away: what replaces a container has another name, and the old one never returns."""
    # Where the database is away, it is forgotten by and by (services/reports/health_queues.py).
    with suppress(SQLAlchemyError), transaction() as db:
        office.leave(db, worker)


def _write(queue: str, worker: str) -> None:
    heard = False
    with transaction() as db:
        now = machine_now(db)
        # Another machine took over while this one stood still: the queue falls silent here, and status says so.
        if office.serve(db, this_machine(), machine_name(), now):
            office.beat(db, queue, worker, now, machine_now() - now)
            heard = True
    if heard:
        # For the desk that keeps this worker (desk/hearing.py), and only after the commit.
        with suppress(OSError):
            heard_file(settings().run, worker, queue).touch()
