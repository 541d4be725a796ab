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
    """Carry a run out, and yield of each chunk how many cases it was."""
    after, alone = 0, False
    while True:
        _people_first()
        with writing() as (db, office):
            chunk = bulk.place(db, office, run, wanted, after)
        if chunk is None:
            return
        client = Client(writing)
        client.follow(chunk.tickets)
        if client.waiting and (alone or not _answered(client, run, chunk)):
            alone = True
            _carry_out(run, chunk, unit)
        after = chunk.after
        yield len(chunk.tickets)


def _people_first() -> None:
    """Let those at the counter go first, but not for ever: an order may wait for something else."""
    until = time.monotonic() + LONGEST_PAUSE
    while time.monotonic() < until:
        with session.glancing() as db:
            if not orders.people_wait(db):
                return
        time.sleep(LOOK)


def _answered(client: Client, run: Run, chunk: Chunk) -> bool:
    """Ring for a chunk and wait a little; False where no worker carried it out."""
    return ring([bulk_bell(run.name, chunk.first, chunk.last)]) and client.wait(ANSWERED_WITHIN)


def _carry_out(run: Run, chunk: Chunk, unit: UnitOfWork) -> None:
    bulk.carry_out(replace(unit, notify=ring_for_letters), run.name, chunk.first, chunk.last)
