"""How long a sweep may keep its worker: people's orders and the heartbeat come in between, and then it goes on."""

import time
from typing import Self

from services.engine import orders
from tasks.bell import ring
from tasks.heartbeats import alive
from tasks.publish import Bell
from tasks.unit import UNIT

SECONDS = 0.3
"""After so long a sweep ends where it is, between two batches; at once where somebody's own order waits."""
QUIET = 10.0
"""After so many seconds without one, a turn that was to follow must have been lost."""

_followed: dict[str, float] = {}


class Turn:
    """One run of a sweep, as a context; called between two batches, it says whether to go on, and writes the heartbeat.

    A run that did not come to its end rings for one more like it, behind whatever waits in the queues meanwhile. Of
    each task there is one such row of turns in a process: what beat rings for beside it begins no second one.
    """

    def __init__(self, task: str, *, follows: bool) -> None:
        """Begin; *follows* where the run before this one rang for it."""
        self._task = task
        self._follows = follows
        self._ends = time.monotonic() + SECONDS
        self._early = False

    def __call__(self) -> bool:
        """Whether to go on with another batch."""
        alive("clock")
        self._early = time.monotonic() >= self._ends or _somebody_waits()
        return not self._early

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Ring for the next turn, where this one was not enough; none follows where it failed: beat rings again."""
        if error is None:
            self._end()

    def _end(self) -> None:
        now = time.monotonic()
        if not self._early:
            _followed.pop(self._task, None)  # nothing is left: who rings next begins anew
        elif self._follows or now - _followed.get(self._task, -QUIET) >= QUIET:
            _followed[self._task] = now
            ring([Bell(self._task, f"{self._task}.{time.time_ns()}", "clock", {"follows": True})])


def _somebody_waits() -> bool:
    with UNIT.glance() as db:
        return orders.people_wait(db)
