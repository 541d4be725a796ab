"""The sweeps over deadlines: of cases, and of letters that lie unposted or came back."""

from services.engine import firing, recounts, upgrades
from services.office import standstill
from tasks.app import SILENT, app
from tasks.turns import Turn
from tasks.unit import UNIT

UPGRADES = RECOUNTS = 5
"""How many batches of an upgrade or a recount one sweep does: people's orders on the same worker must not wait."""


@app.task(name="timers.sweep", goes_to="clock", **SILENT)
def sweep(*, follows: bool = False) -> int:
    """Chase every request that has stood still too long; return how much there was to do, 0 only for nothing."""
    told = standstill.note(UNIT)
    with Turn("timers.sweep", follows=follows) as turn:
        done = told + upgrades.sweep(UNIT, turn, most=UPGRADES)
        # After a change of the calendar that was broken off: nothing fires on a day it no longer belongs to.
        if not recounts.finish(UNIT, most=RECOUNTS):
            return done + RECOUNTS
        return done + len(firing.sweep(UNIT, turn, letters=False))


@app.task(name="timers.watch_letters", goes_to="clock", **SILENT)
def watch_letters(*, follows: bool = False) -> int:
    """Tell the lead of letters that were made and not posted, or came back."""
    with Turn("timers.watch_letters", follows=follows) as turn:
        return len(firing.sweep(UNIT, turn, letters=True))
