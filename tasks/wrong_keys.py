"""A client of the broker that makes room where something of another type stands under a name it needs.

Whoever can write to the broker can put a string where a queue should be. Every command on that name is refused from
then on: waiting for messages, noting one as delivered, acknowledging it, and declaring the queue when a worker starts.
So no single place mends it; each command that is refused for this reason clears the names it used, and is said again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import ResponseError

Cleared = Callable[[str], None]
"""What is told of each name that was cleared."""

Look = Callable[[Any, str], object]

ATTEMPTS = 100
"""How often a command is said again: whoever goes on writing has to come in between each time."""

_LOOKS: tuple[tuple[str, Look], ...] = (
    (r"unacked", lambda broker, name: broker.hlen(name)),
    (r"unacked_index|_kombu\.binding_deadlines", lambda broker, name: broker.zrange(name, 0, 0)),
    (r"_kombu\.binding.*", lambda broker, name: broker.sismember(name, "")),
    (r".*", lambda broker, name: broker.llen(name)),
)
"""The names kombu uses, the first that fits, and how to find out whether one is of its type; all others are queues."""


def is_wrong_type(refusal: ResponseError) -> bool:
    """Whether the broker refused because of what stands under a name: in the middle, where it was one of several."""
    return "WRONGTYPE" in str(refusal)


def names(said: Sequence[Any]) -> list[str]:
    """Return the names a command of kombu's uses."""
    if said[0] in ("EVAL", "EVALSHA"):
        return [str(name) for name in said[3 : 3 + int(said[2])]]
    return [str(name) for name in said[1:2]]


def make_room(broker: Redis, name: str) -> bool:
    """Delete this name where it is of another type than kombu needs; return whether it was."""
    look = next(look for pattern, look in _LOOKS if re.fullmatch(pattern, name))
    try:
        look(broker, name)
    except ResponseError as refusal:
        if is_wrong_type(refusal):  # and not a command the broker does not let us use
            broker.delete(name)
            return True
    return False


class _Again:
    """What a client and its pipelines share: a command refused for what stands under a name is said again."""

    connection_pool: Any
    told: Cleared

    def _said(self, commands: Iterable[Sequence[Any]], say: Callable[[], Any]) -> Any:
        for _ in range(ATTEMPTS):
            try:
                return say()
            except ResponseError as refusal:
                if not is_wrong_type(refusal):
                    raise
            broker = Redis(connection_pool=self.connection_pool)
            for name in dict.fromkeys(name for said in commands for name in names(said)):
                if make_room(broker, name):
                    self.told(name)
        return say()


class ClearingPipeline(_Again, Pipeline):
    """Several commands together, as `ClearingClient` says them."""

    def __init__(self, told: Cleared, *args: Any) -> None:
        """Take what is told of each name that is cleared; the rest is redis-py's."""
        super().__init__(*args)
        self.told = told

    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        """Say a command at once, before the others are gathered."""
        say: Callable[..., Any] = super().immediate_execute_command
        return self._said([args], lambda: say(*args, **options))

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        """Say what was gathered."""
        say, gathered = super().execute, list(self.command_stack)

        def all_of_it() -> Any:
            self.command_stack = list(gathered)
            return say(raise_on_error)

        answers: list[Any] = self._said([said for said, _ in gathered], all_of_it)
        return answers


class ClearingClient(_Again, Redis):
    """redis-py's client; a name under which something of another type stands is cleared, and the command said again."""

    def __init__(self, told: Cleared, **options: Any) -> None:
        """Take what is told of each name that is cleared; the rest is redis-py's."""
        super().__init__(**options)
        self.told = told

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Say a command."""
        say: Callable[..., Any] = super().execute_command
        return self._said([args], lambda: say(*args, **options))

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> ClearingPipeline:
        """Return what gathers several commands."""
        return ClearingPipeline(self.told, self.connection_pool, self.response_callbacks, transaction, shard_hint)
