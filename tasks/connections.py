"""Celery's connections to the broker, which are made again within seconds of its return, however long it was away.

kombu waits two seconds longer after each failure, up to 30; Celery's worker and beat ask for nothing else, and no
setting reaches them. So it is said here, at the one class every connection of the application is made of.
"""

from typing import Any

from celery.app import amqp
from kombu import Connection as Kombus

LONGEST_PAUSE = 3.0
"""Seconds between two tries, at most. A try costs a packet; an office that waits costs more."""


class Connection(Kombus):
    """A connection that comes back soon."""

    def _ensure_connection(self, *args: Any, **kwargs: Any) -> Any:
        """Connect, trying again at most so many seconds apart; shorter pauses that somebody asked for stay."""
        pauses = {
            name: min(kwargs.get(name, pause), LONGEST_PAUSE)
            for name, pause in {"interval_start": 1.0, "interval_step": 1.0, "interval_max": LONGEST_PAUSE}.items()
        }
        return super()._ensure_connection(*args, **{**kwargs, **pauses})


class AMQP(amqp.AMQP):
    """Celery's messaging, on our connections."""

    Connection = Connection
