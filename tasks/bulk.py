"""Chunks of a bulk run: one message each, one short transaction each, on a queue of their own."""

from clock import office_now
from models.session import transaction
from services import bulk
from services.engine.office import the_office
from tasks.app import app
from tasks.bell import letter_bells, ring
from tasks.heartbeats import alive


@app.task(name="bulk.carry_out", queue="bulk")
def carry_out(run: str, first: int, last: int) -> int:
    """Carry out the orders of a run that wait, from the id *first* to *last*."""
    alive("bulk")
    outcomes = bulk.carry_out(transaction, lambda db: the_office(db, office_now(db)), run, first, last)
    ring(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects))
    return len(outcomes)
