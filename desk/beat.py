"""``python -m desk.beat``: rings for what the timetable says, as ``celery -A worker beat`` does with the same one.

Celery's own loads the whole application to put twenty bytes into a queue: 70 MB where this takes 12. It keeps no
timetable on disk: what was rung last is nobody's business, since each sweep looks at the database itself. On its start
it rings for everything once; while the broker is away it goes on trying, and what fell into that time is rung for once.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import journal
from beat_schedule import SCHEDULE
from desk.words import say
from settings import settings
from tasks.publish import Bell, Unwilling, lengths, publish
from tasks.queues import MOST

AGAIN = 1.0
"""Seconds until the next try where the broker is away."""
TAKEN = "WRONGTYPE"
"""What the broker answers where no queue stands under a queue's name, but something else."""
SAYS = "beat: "
"""What each line of its own begins with, the first of which says that it is ready."""


class Beat:
    """When each entry of a timetable is due, by a clock that nobody sets."""

    def __init__(
        self, timetable: Mapping[str, Mapping[str, Any]], url: str, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Have everything due at once."""
        self._timetable = timetable
        self._url = url
        self._now = now
        self._due = dict.fromkeys(timetable, now())

    def ring(self) -> float:
        """Ring for what is due, except where a queue is full of bells; return the seconds until there is more to do.

        Raises:
            OSError: the broker is away, or refuses everything (it loads, it is full, it wants a password); everything
                stays due.
        """
        now = self._now()
        due = [name for name, at in self._due.items() if at <= now]
        bells = [_bell(self._timetable[name]) for name in due]
        refused: Unwilling | None = None
        rung = False
        for queue in {bell.queue for bell in bells}:
            try:
                if lengths(self._url, [queue])[queue] < MOST:
                    publish(self._url, [bell for bell in bells if bell.queue == queue])
                    rung = True
            except Unwilling as no:
                # One name that something else has taken must not silence the other queues; the worker makes room there.
                refused = refused if str(no) == TAKEN else no
        if refused and not rung:
            raise refused
        self._due |= {name: now + float(self._timetable[name]["schedule"]) for name in due}
        return max(0.0, min(self._due.values()) - self._now())


def _bell(entry: Mapping[str, Any]) -> Bell:
    task = entry["task"]
    return Bell(task, f"{task}.{time.time_ns()}", entry["options"]["queue"], dict(entry["kwargs"]))


def turned_file(run: Path) -> Path:
    """Return the file that beat touches each time it has gone round."""
    return run / "ready-beat"


def main() -> None:
    """Ring until somebody ends this process: there is nothing to put in order first."""
    house = settings()
    beat, away, turned = Beat(SCHEDULE, house.broker_url), False, turned_file(house.run)
    journal.begin("beat")
    journal.ready(f"{SAYS}{say('beat_rings', house.lang)}")
    while True:
        try:
            pause = beat.ring()
        except OSError as trouble:
            if not away:
                _tell("beat_away", house.lang, trouble=_named(trouble))
            away, pause = True, AGAIN
        else:
            if away:
                _tell("beat_back", house.lang)
            away = False
        # Whoever keeps it sees by this that it goes round, with the broker or without.
        with suppress(OSError):
            turned.touch()
        time.sleep(pause)


def _named(trouble: OSError) -> str:
    """Return what went wrong in a word: the broker's own, where it answers."""
    return str(trouble) if isinstance(trouble, Unwilling) else type(trouble).__name__


def _tell(code: str, language: str, **params: str) -> None:
    if journal.writes():
        journal.event(code, **params)
    else:
        print(f"{SAYS}{say(code, language, **params)}", flush=True)


if __name__ == "__main__":
    main()
