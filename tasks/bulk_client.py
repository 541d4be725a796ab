"""Who gives the same order over many cases: a chunk at a time, and the people at the counter first.

A chunk is rung for on the queue ``bulk``; where no worker answers, this process carries it out itself, by the same
code. Either way it is one short transaction.
"""

import time
from collections.abc import Iterator

from models import session
from services import bulk
from services.bulk import BulkOrder, Chunk, Run
from services.engine.accepting import Writing
from services.engine.sweep import Offices
from tasks.bell import bulk_bell, letter_bells, ring
from tasks.client import Client

ANSWERED_WITHIN = 2.0
"""After so many seconds without an answer this process carries a chunk out itself: before the sweep would (3 s)."""
LONGEST_PAUSE = 2.0
"""So long, in seconds, a chunk waits at most for the people at the counter."""
LOOK = 0.02


def carry_through(run: Run, wanted: BulkOrder, writing: Writing, office_of: Offices) -> Iterator[int]:
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
            _carry_out(run, chunk, office_of)
        after = chunk.after
        yield len(chunk.tickets)


def _people_first() -> None:
    """Let those at the counter go first, but not for ever: an order may wait for something else."""
    until = time.monotonic() + LONGEST_PAUSE
    while time.monotonic() < until:
        with session.looking() as db:
            if not bulk.people_wait(db):
                return
        time.sleep(LOOK)


def _answered(client: Client, run: Run, chunk: Chunk) -> bool:
    """Ring for a chunk and wait a little; False where no worker carried it out."""
    return ring([bulk_bell(run.name, chunk.first, chunk.last)]) and client.wait(ANSWERED_WITHIN)


def _carry_out(run: Run, chunk: Chunk, office_of: Offices) -> None:
    outcomes = bulk.carry_out(session.transaction, office_of, run.name, chunk.first, chunk.last)
    ring(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects))
