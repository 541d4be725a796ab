"""Ringing the bell: a message that says "look", with ids only. What it is about is safe in the database already.

Written with kombu alone, so that the admin script need not load Celery; a test holds the message against the one Celery
itself would send. Names, ids and arguments carry the case's number, so that operators find a case in Flower, and never
anything personal.
"""

import logging
import os
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from settings import settings
from workflows.registry import of_number

logger = logging.getLogger(__name__)

TRANSPORT_OPTIONS: dict[str, Any] = {
    # Without a limit a publish hung for ten minutes on a broker that was half open.
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    # Finds a dead connection in 15 s instead of 50 s.
    "health_check_interval": 10,
    "retry_on_timeout": False,
    # Longer than any task may run, so that nothing is delivered again while it still runs.
    "visibility_timeout": 600,
    # What a killed worker had taken comes back within seconds, not after 100.
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # In turn, not by rank: by rank, a thousand imported orders would silence the clock, and letters the bulk queue.
    "queue_order_strategy": "round_robin",
}


LOT = 10
"""How many letters one message asks for where many wait at once."""


@dataclass(frozen=True, slots=True)
class Bell:
    """One message: which task, under which id, on which queue, with which ids."""

    task: str
    task_id: str
    queue: str
    kwargs: dict[str, Any]


def order_bell(transition: str, task_id: str, case: str, order: int) -> Bell:
    """Return the bell of a staff order."""
    return Bell(f"{of_number(case).name}.{transition}", task_id, "commands", {"case": case, "order": order})


def letter_bell(case: str, effect: int, attempt: int = 1) -> Bell:
    """Return the bell of a letter to be made."""
    return Bell("letters.make", f"{case}.letter-{effect}.{attempt}", "effects", {"case": case, "effect": effect})


def letter_bells(waiting: Iterable[tuple[str, int, int]]) -> Iterator[Bell]:
    """Yield the bells of letters to be made, given as (case, effect, attempt).

    One each, by which operators find them; but where more than a lot wait, one a lot: a message costs the worker half
    as much as a letter.
    """
    letters = list(waiting)
    if len(letters) <= LOT:
        yield from (letter_bell(case, effect, attempt) for case, effect, attempt in letters)
        return
    for start in range(0, len(letters), LOT):
        some = letters[start : start + LOT]
        first, last = some[0], some[-1]
        kwargs = {"cases": [case for case, _, _ in some], "effects": [effect for _, effect, _ in some]}
        yield Bell("letters.make_lot", f"letters-{first[1]}-{last[1]}.{first[2]}", "effects", kwargs)


def bulk_bell(run: str, first: int, last: int) -> Bell:
    """Return the bell of some orders of a bulk run, by the ids of the first and the last."""
    return Bell("bulk.carry_out", f"{run}.{first}-{last}", "bulk", {"run": run, "first": first, "last": last})


def ring(bells: Iterable[Bell]) -> bool:
    """Publish the bells; False where the broker is away (the sweep will find what waits)."""
    from kombu.exceptions import OperationalError

    bells = list(bells)
    if not bells:
        return True
    try:
        producer = _producer(os.getpid())
        for bell in bells:
            message(bell, producer)
    except (OperationalError, OSError, ConnectionError) as away:
        _forget()
        logger.warning("broker away (%s): %d bells not rung, the sweep will find them", type(away).__name__, len(bells))
        return False
    except Exception as odd:  # redis-py's own errors, imported only where they can occur
        if type(odd).__module__.split(".")[0] not in ("redis", "kombu"):
            raise
        _forget()
        logger.warning("broker trouble (%s): %d bells not rung", type(odd).__name__, len(bells))
        return False
    return True


def message(bell: Bell, producer: Any) -> None:
    """Publish one task message, version 2 of Celery's protocol, to its queue by name.

    The default exchange is used on purpose: after a flush a named exchange has lost its bindings and drops silently.
    """
    producer.publish(
        ((), bell.kwargs, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}),
        exchange="",
        routing_key=bell.queue,
        serializer="json",
        content_encoding="utf-8",
        correlation_id=bell.task_id,
        delivery_mode=2,
        headers=headers(bell),
        retry=False,
    )


def headers(bell: Bell) -> dict[str, Any]:
    """Return the headers Celery reads the task from."""
    return {
        "lang": "py",
        "task": bell.task,
        "id": bell.task_id,
        "shadow": None,
        "eta": None,
        "expires": None,
        "group": None,
        "group_index": None,
        "retries": 0,
        "timelimit": [None, None],
        "root_id": bell.task_id,
        "parent_id": None,
        "argsrepr": "()",
        "kwargsrepr": repr(bell.kwargs),
        "origin": f"{os.getpid()}@{socket.gethostname()}",
        "ignore_result": True,
        "replaced_task_nesting": 0,
        "stamped_headers": None,
        "stamps": {},
    }


@cache
def _producer(pid: int) -> Any:
    """Return this process's producer; a forked child makes its own."""
    from kombu import Connection

    connection = Connection(settings().broker_url, transport_options=TRANSPORT_OPTIONS, connect_timeout=5)
    return connection.Producer()


def _forget() -> None:
    _producer.cache_clear()
