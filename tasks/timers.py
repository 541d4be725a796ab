"""The sweeps over deadlines: of cases, and of letters that lie unposted or came back."""

from clock import office_now
from models.session import reading, transaction
from services import definitions, office_days, standstill, timers
from services.office import the_office
from tasks.app import app
from tasks.bell import letter_bells, ring

RECOUNTS = 5
"""How many transactions of a recount one sweep makes, so that people's orders on the same worker do not wait."""


@app.task(name="timers.sweep", queue="clock")
def sweep() -> int:
    """Chase every request that has stood still too long."""
    standstill.note(reading, transaction, lambda db: the_office(db, office_now(db)))
    definitions.sweep(transaction, lambda db: the_office(db, office_now(db)))
    # After a change of the calendar that was broken off: nothing fires on a day it no longer belongs to.
    if not office_days.finish(transaction, lambda db: the_office(db, office_now(db)), most=RECOUNTS):
        return 0
    return _fire(letters=False)


@app.task(name="timers.watch_letters", queue="clock")
def watch_letters() -> int:
    """Tell the lead of letters that were made and not posted, or came back."""
    return _fire(letters=True)


def _fire(*, letters: bool) -> int:
    outcomes = timers.sweep(transaction, lambda db: the_office(db, office_now(db)), letters=letters)
    ring(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects))
    return len(outcomes)
