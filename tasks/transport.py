"""kombu's Redis transport with a door: what is none of ours is dropped and counted, and the worker goes on.

kombu reads a message's envelope before Celery's own handling of what cannot be decoded, so a list entry that is no JSON
ends the process. Every place at which something is read from the broker is overridden here.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty
from types import MappingProxyType
from typing import Any

from kombu.transport import TRANSPORT_ALIASES
from kombu.transport import redis as kombus
from kombu.utils.encoding import bytes_to_str
from redis.exceptions import ResponseError

from tasks.door import Shapes, Unsound, envelope, enveloped, judged
from tasks.wrong_keys import ClearingClient, is_wrong_type

redis: Any = kombus
"""kombu's transport, of which its types know next to nothing."""

logger = logging.getLogger(__name__)


class Door:
    """Who stands at the door of this process: until a worker says what its tasks are, only the envelope counts."""

    shapes: Shapes = MappingProxyType({})
    queues: frozenset[str] = frozenset()
    tell: Callable[[str], None] = staticmethod(lambda _: None)


def guard(shapes: Shapes, queues: frozenset[str], tell: Callable[[str], None]) -> None:
    """Judge from now on what comes from these queues by the tasks there are; *tell* is told the kind of what goes."""
    Door.shapes, Door.queues, Door.tell = shapes, queues, staticmethod(tell)


def _drop(kind: str, queue: str) -> None:
    logger.warning("dropped what came in through %s: %s", queue if queue in Door.queues else "the broker", kind)
    Door.tell(kind)


def _cleared(key: str) -> None:
    _drop("wrong_key", key)


def _admitted(raw: bytes, queue: str) -> dict[str, Any] | None:
    """Return a message that may come in; None where it was dropped."""
    try:
        return judged(raw, queue, Door.shapes) if queue in Door.queues else envelope(raw)
    except Unsound as found:
        _drop(found.kind, queue)
        return None


class QoS(redis.QoS):  # type: ignore[misc]  # what kombu's types do not know
    """What was delivered and not yet acknowledged."""

    def restore_visible(self, *args: Any, **kwargs: Any) -> None:
        """Bring back what was taken long ago; the lock for it, written by somebody without an end, gets one."""
        with self.channel.conn_or_acquire() as client, suppress(ResponseError):  # servers before Redis 7 know no NX
            client.pexpire(self.unacked_mutex_key, self.unacked_mutex_expire * 1000, nx=True)
        super().restore_visible(*args, **kwargs)

    def restore_by_tag(self, tag: Any, client: Any = None, leftmost: bool = False) -> None:
        """Put a message back into its queue; what cannot be read is dropped, so that it hinders no other."""
        try:
            super().restore_by_tag(tag, client=client, leftmost=leftmost)
        except self.channel.connection_errors:
            raise
        except Exception as odd:
            if isinstance(odd, ResponseError):
                raise
            self._remove_from_indices(tag).execute()
            _drop("unreadable_again", "")


class Channel(redis.Channel):  # type: ignore[misc]  # what kombu's types do not know
    """A channel that lets in only what is ours."""

    QoS = QoS

    def _brpop_read(self, **options: Any) -> bool:
        """Deliver the message that was waited for. As in kombu, with the door between reading and delivering."""
        try:
            try:
                popped = self.client.parse_response(self.client.connection, "BRPOP", **options)
            except self.connection_errors:
                self.client.connection.disconnect()
                raise
            except ResponseError as refusal:
                self._clear_queues(refusal)
                raise Empty from None
            if not popped:
                raise Empty
            queue = bytes_to_str(popped[0]).rsplit(self.sep, 1)[0]
            self._queue_cycle.rotate(queue)
            message = _admitted(popped[1], queue)
            if message is None:
                raise Empty
            self.connection._deliver(message, queue)  # noqa: SLF001 - kombu's own way
            return True
        finally:
            self._in_poll = None
            self._flush_brpop_reauth()

    def _get(self, queue: str) -> dict[str, Any]:
        """Return the next message of a queue; raises Empty."""
        with self.conn_or_acquire() as client:
            for priority in self.priority_steps:
                key = self._q_for_pri(queue, priority)
                while item := client.rpop(key):
                    message = _admitted(item, queue)
                    if message is not None:
                        self._maybe_update_queues_expire(client, queue)
                        return message
            self._maybe_update_queues_expire(client, queue)
            raise Empty

    def _do_restore_message(
        self, payload: Any, exchange: Any, routing_key: Any, pipe: Any, leftmost: bool = False
    ) -> None:
        """Put a message back; kombu would write one it cannot read into the log, whatever stands in it."""
        super()._do_restore_message(enveloped(payload), exchange, routing_key, pipe, leftmost)

    def _deliver_fanout_message(self, message: Any, exchange: str) -> bool:
        """Deliver what was told to all: control messages and events, of which only the envelope is judged."""
        try:
            delivered: bool = super()._deliver_fanout_message(enveloped(message), exchange)
        except Unsound as found:
            _drop(found.kind, exchange)
            raise Empty from None
        return delivered

    def _get_client(self) -> Any:
        """Return what makes a client: redis-py's own, that makes room where a name is taken by something else."""
        return partial(ClearingClient, _cleared)

    def _clear_queues(self, refusal: ResponseError) -> None:
        """Make room where something that is no list stands under a queue's name: it blocks every queue."""
        if not is_wrong_type(refusal):
            raise refusal
        with self.conn_or_acquire() as client:
            for queue in self.active_queues:
                for step in self.priority_steps:
                    client.llen(self._q_for_pri(queue, step))


class Transport(redis.Transport):  # type: ignore[misc]  # what kombu's types do not know
    """Redis, with a door."""

    Channel = Channel


def install() -> None:
    """Let every connection of this process come in by the door, whatever form its URL has."""
    for name in ("redis", "rediss"):
        TRANSPORT_ALIASES[name] = "tasks.transport:Transport"
