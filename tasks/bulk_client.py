"""Who gives the same order over many cases: a chunk at a time, and the people at the counter first.

A chunk is rung for on the queue ``bulk``; where no worker answers, this process carries it out itself, by the same
code. Either way it is one short transaction.
"""

import time
from collections.abc import Iterator
from dataclasses import replace

from models import session
from services import bulk
from services.bulk import BulkOrder, Chunk, Run
from services.engine import orders
from services.engine.accepting import Writing
from services.engine.unit import UnitOfWork
from tasks.bell import bulk_bell, ring
from tasks.client import Client
from tasks.unit import ring_for_letters

ANSWERED_WITHIN = 2.0
"""After so many seconds without an answer this process carries a chunk out itself: before the sweep would (3 s)."""
LONGEST_PAUSE = 2.0
"""So long, in seconds, a chunk waits at most for the people at the counter."""
LOOK = 0.02


def carry_through(run: Run, wanted: BulkOrder, writing: Writing, unit: UnitOfWork) -> Iterator[int]:
    """Carry a run out, and yield of each chunk how many cases it was.

    While a worker carries a chunk out the next one is accepted, so that neither waits for the other.
    """
    after, before, alone = 0, None, False
    while True:
        _people_first()
        with writing() as (db, office):
            chunk = bulk.place(db, office, run, wanted, after)
        given = None if chunk is None else _Given(run, chunk, writing, rung=not alone)
        if before is not None:
            alone |= before.finish(unit)
            yield len(before.chunk.tickets)
        if given is None:
            return
        after, before = given.chunk.after, given


class _Given:
    """A chunk that was accepted, and rung for unless no worker hears."""

    def __init__(self, run: Run, chunk: Chunk, writing: Writing, *, rung: bool) -> None:
        self.chunk = chunk
        self._run = run
        self._client = Client(writing)
        self._client.follow(chunk.tickets)
        waits = bool(self._client.waiting)
        self._rung = waits and rung and ring([bulk_bell(run.name, chunk.first, chunk.last)])

    def finish(self, unit: UnitOfWork) -> bool:
        """Return when it is carried out: False where a worker did it, True where this process had to."""
        if not self._client.waiting or (self._rung and self._client.wait(ANSWERED_WITHIN)):
            return False
        _carry_out(self._run, self.chunk, unit)
        return True


def _people_first() -> None:
    """Let those at the counter go first, but not for ever: an order may wait for something else."""
    until = time.monotonic() + LONGEST_PAUSE
    while time.monotonic() < until:
        with session.glancing() as db:
            if not orders.people_wait(db):
                return
        time.sleep(LOOK)


def _carry_out(run: Run, chunk: Chunk, unit: UnitOfWork) -> None:
    bulk.carry_out(replace(unit, notify=ring_for_letters), run.name, chunk.first, chunk.last)
