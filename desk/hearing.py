"""Whether the workers of this desk hear: one that lives and consumes nothing is started again, not waited for.

An operator who cancels a consumer in Flower, a bug in a library, a process that was stopped: the worker lives, and its
queue is silent. What counts is what `status` counts, the heartbeat written only by consuming a message. With its
row in the database a file is touched (tasks/heartbeats.py); while those are touched the database is not asked, so that
an idle desk need not load what speaks to it. Nothing is a worker's fault while broker or database are away, so before a
verdict a bell of our own is rung, the database must take a write, and the silence is measured by this process alone:
nobody's clock can make a worker deaf.
"""

import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from desk.signs import EVERY, Pauses
from settings import Settings
from tasks.publish import Bell, ping, publish
from tasks.queues import heard_file

if TYPE_CHECKING:
    from sqlalchemy import Engine

SERVES: dict[str, tuple[str, ...]] = {"desk1": ("commands", "clock"), "desk2": ("effects", "bulk")}
"""Which queues each worker of the desk reads."""
ANSWER = 10.0
"""Seconds that the answer to a bell of our own may take."""
UNHEARD = 17.0
"""Seconds without a heartbeat, of which one comes every ten, after which it is asked whether the database is there."""


@dataclass(frozen=True, slots=True)
class Deaf:
    """A worker that has not consumed this queue for so many seconds, though a bell lay there."""

    name: str
    queue: str
    seconds: float


@dataclass(slots=True)
class _Silence:
    """What is known of one queue in the present life of its worker."""

    since: float
    beat: int | None = None
    rung: float | None = None
    heard: bool = False


@dataclass(slots=True)
class _Life:
    pid: int
    queues: dict[str, _Silence] = field(default_factory=dict)


class Hearing:
    """Listens for the workers of one home. ``patience``: seconds of silence; None: as long as `status` has it."""

    def __init__(
        self,
        settings: Settings,
        *,
        patience: float | None = None,
        answer: float = ANSWER,
        every: float = EVERY,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take note; nothing is connected to yet."""
        self.every = every
        self._settings = settings
        self._patience = patience
        self._answer = answer
        self._now = monotonic
        self._lives: dict[str, _Life] = {}
        self._pauses = Pauses()
        self._source: Engine | None = None
        self._away = False

    def look(self, ready: Mapping[str, int]) -> list[Deaf]:
        """Return which of the workers that are ready (by name, with their process ids) are to be started again."""
        for name in [name for name, life in self._lives.items() if ready.get(name) != life.pid]:
            del self._lives[name]
        for name, pid in ready.items():
            self._listen_to(name, pid)
        now = self._now()
        silences = [silence for name in ready for silence in self._lives[name].queues.values()]
        if not self._away and all(
            now - silence.since <= min(UNHEARD, self._patience or UNHEARD) for silence in silences
        ):
            return []
        beats = self._beats()
        self._away = beats is None  # and is asked at each look until it is back
        return [deaf for name in ready if (deaf := self._of(name, beats)) is not None]

    def close(self) -> None:
        """Let go of the database."""
        if self._source is not None:
            self._source.dispose()
            self._source = None

    # -- one worker ---------------------------------------------------------------------------------------------------

    def _listen_to(self, name: str, pid: int) -> None:
        """Note which heartbeats of a worker are new."""
        now = self._now()
        life = self._lives.setdefault(name, _Life(pid, {queue: _Silence(now) for queue in SERVES[name]}))
        for queue, silence in life.queues.items():
            beat = self._beat(name, queue)
            if beat != silence.beat:
                # The first look only learns what an earlier life left behind.
                silence.heard = silence.heard or silence.beat is not None
                silence.beat, silence.since, silence.rung = beat, now, None
        if all(silence.heard for silence in life.queues.values()):
            self._pauses.heard(name)

    def _of(self, name: str, beats: "Mapping[str, Mapping[str, datetime]] | None") -> Deaf | None:
        now, deaf = self._now(), None
        for queue, silence in self._lives[name].queues.items():
            if beats is None:
                silence.since, silence.rung = now, None
            elif now - silence.since > self._patience_for(beats.get(queue, {})) and self._unanswered(queue, silence):
                deaf = deaf or Deaf(name, queue, now - silence.since)
        if deaf is None or not self._pauses.may_give_up(name, now):
            return None
        del self._lives[name]  # its next look is the first of a new life, even where nobody could end this one
        return deaf

    def _beat(self, name: str, queue: str) -> int | None:
        """Return the moment of a worker's last heartbeat of a queue, to be compared with the one before only."""
        try:
            return heard_file(self._settings.run, _node(name), queue).stat().st_mtime_ns
        except OSError:
            return None

    def _unanswered(self, queue: str, silence: _Silence) -> bool:
        """Whether a bell of our own was not answered, while broker and database are there."""
        now = self._now()
        if silence.rung is None:
            silence.rung = now if self._ring(queue) else None
            if silence.rung is None:
                silence.since = now  # no broker: not the worker's fault
            return False
        if now - silence.rung < self._answer:
            return False
        if self._takes_writes() and self._broker_answers():
            return True
        silence.since, silence.rung = now, None
        return False

    # -- database and broker ------------------------------------------------------------------------------------------

    # Imported late: a desk is to stand before all of SQLAlchemy and the services are loaded, and this waits anyway.

    def _beats(self) -> dict[str, dict[str, datetime]] | None:
        """Return the last heartbeat of each worker by queue; None where the database does not answer."""
        from sqlalchemy import select
        from sqlalchemy.exc import SQLAlchemyError

        from models.founding import NoOffice
        from models.office import heartbeat
        from models.session import engine_for, reading

        if self._source is None:
            self._source = engine_for(self._settings.database_url)
        found: dict[str, dict[str, datetime]] = {}
        try:
            with reading(self._source) as db:
                for row in db.execute(select(heartbeat.c.queue, heartbeat.c.worker, heartbeat.c.at)):
                    found.setdefault(row.queue, {})[row.worker] = row.at
        except (SQLAlchemyError, NoOffice, OSError):
            return None
        return found

    def _takes_writes(self) -> bool:
        """Whether a heartbeat could be written: not on a full disk, nor while somebody holds the table."""
        from sqlalchemy import update
        from sqlalchemy.exc import SQLAlchemyError

        from models.office import heartbeat
        from models.session import transaction

        try:
            with transaction(self._source) as db:
                db.execute(update(heartbeat).values(at=heartbeat.c.at))
        except (SQLAlchemyError, OSError):
            return False
        return True

    def _patience_for(self, beats: Mapping[str, datetime]) -> float:
        """Return how many seconds one worker of a queue may be silent: beside others it gets a bell by chance only."""
        if self._patience is not None:
            return self._patience
        from services.reports.health_queues import FORGOTTEN, patience_with

        newest = max(beats.values(), default=None)
        at_work = [at for at in beats.values() if newest is not None and newest - at < FORGOTTEN]
        return patience_with(len(at_work)).total_seconds()

    def _ring(self, queue: str) -> bool:
        """Ring for a heartbeat of a queue; False where the broker is away."""
        bell = Bell("heartbeats.beat", f"hearing-{queue}.{time.time_ns()}", queue, {"queue": queue})
        with suppress(OSError):
            publish(self._settings.broker_url, [bell])
            return True
        return False

    def _broker_answers(self) -> bool:
        return ping(self._settings.broker_url) is None


def _node(name: str) -> str:
    """Return the name under which a worker writes its heartbeats: Celery's %h."""
    return f"{name}@{socket.gethostname()}"
