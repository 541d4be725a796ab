"""Signs of life of what reads no queue, beat and Flower, and how often what gives none is started again.

What is counted are looks, not seconds: while whoever looks stands still himself, nothing is held against anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 900.0
"""Seconds between two starts of something that gave no sign in between: the second comes after a minute, then after two
and four, at most a quarter of an hour. It cannot be helped by starting it, and must not be kept from what it does."""
EVERY = 5.0
"""Seconds between two looks."""
SILENT, YOUNG = 6, 24
"""So many looks without a sign and it is deaf; so many while it has given none yet in this life."""


@dataclass(slots=True)
class Pauses:
    """How often each was given up in a row, and when last."""

    _given_up: dict[str, tuple[int, float]] = field(default_factory=dict)

    def may_give_up(self, name: str, now: float) -> bool:
        """Whether it is to be started again now, which is noted; each time in a row the pause is twice as long."""
        times, last = self._given_up.get(name, (0, 0.0))
        if times and now - last < min(FIRST_PAUSE * 2 ** (times - 1), LONGEST_PAUSE):
            return False
        self._given_up[name] = times + 1, now
        return True

    def heard(self, name: str) -> None:
        """Forgive what was before: it lives."""
        self._given_up.pop(name, None)


@dataclass(slots=True)
class Signs:
    """Counts the looks at one program that found no sign of life. ``sign`` says whether there is one now."""

    sign: Callable[[], bool]
    seen: bool = False
    _missed: int = 0

    def look(self) -> bool:
        """Look once; return whether it has been silent for too long."""
        if self.sign():
            self.seen, self._missed = True, 0
            return False
        self._missed += 1
        return self._missed >= (SILENT if self.seen else YOUNG)

    def forgive(self, *, new_life: bool = False) -> None:
        """Count anew: it was not its fault, or it has just been started."""
        self._missed = 0
        self.seen = self.seen and not new_life


def touched(path: Path) -> Callable[[], bool]:
    """Return what says whether a file was touched since it was asked last; nobody's clock matters."""
    known: list[int | None] = [_touched_at(path)]

    def since() -> bool:
        before, known[0] = known[0], _touched_at(path)
        return known[0] is not None and known[0] != before

    return since


def _touched_at(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
