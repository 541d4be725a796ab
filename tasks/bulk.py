"""Chunks of a bulk run: one message each, one short transaction each, on a queue of their own."""

from services import bulk
from tasks.app import app
from tasks.heartbeats import alive
from tasks.unit import UNIT


@app.task(name="bulk.carry_out", goes_to="bulk")
def carry_out(run: str, first: int, last: int) -> int:
    """Carry out the orders of a run that wait, from the id *first* to *last*."""
    alive("bulk")
    return len(bulk.carry_out(UNIT, run, first, last))
