"""Celery's beat, bounded: where nobody consumes a queue, its bells do not pile up. The desk's own is desk/beat.py.

A worker away for a day costs kilobytes.
Nothing is lost by a bell that is not rung: each sweep looks at the database itself, and a queue with so many bells is
either not consumed, and `status` is red already, or so busy that its worker says by the way that it lives.
"""

from typing import Any

from celery.beat import PersistentScheduler
from kombu.exceptions import ChannelError

from tasks.queues import MOST


class Bounded(PersistentScheduler):
    """The scheduler of beat."""

    def apply_async(self, entry: Any, producer: Any = None, advance: bool = True, **kwargs: Any) -> Any:
        """Ring for one entry of the timetable, unless its queue is full of bells."""
        queue = entry.options.get("queue")
        if queue is not None and waiting(producer or self.producer, queue) >= MOST:
            return None
        return super().apply_async(entry, producer=producer, advance=advance, **kwargs)


def waiting(producer: Any, queue: str) -> int:
    """Return how many messages lie in a queue; one that holds nothing is none to the broker."""
    try:
        return int(producer.channel.queue_declare(queue=queue, passive=True).message_count)
    except ChannelError:
        return 0
