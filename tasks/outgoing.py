"""What else leaves the house but letters: each piece is done once; the sweep rings for what waits."""

from typing import Any

from services.engine import outbox
from services.engine.handlers import deliver, handlers
from tasks.app import SILENT, app
from tasks.bell import ring
from tasks.heartbeats import alive
from tasks.publish import Bell
from tasks.unit import UNIT

LONGEST = 660
"""Seconds: whoever does it sets a limit of its own below this; whatever outlives both ends with its process."""
_KILLED_AFTER: dict[str, Any] = {"time_limit": LONGEST, "soft_time_limit": LONGEST - 1}


@app.task(name="outgoing.do", goes_to="effects", **_KILLED_AFTER)
def do(case: str, effect: int) -> str:
    """Do one piece of work."""
    alive("effects")
    return deliver(effect, UNIT)


@app.task(name="outgoing.sweep", goes_to="clock", **SILENT)
def sweep() -> int:
    """Ring for what waits to be done, and set aside what ends whoever does it."""
    done = 0
    for kind, handler in handlers().items():
        done += outbox.give_up(handler, UNIT)
        with UNIT.look() as db:
            rows = outbox.to_ring(db, handler)
        bells = [
            Bell(
                "outgoing.do",
                f"{row.case_number}.{kind}-{row.id}.{row.attempts + 1}",
                "effects",
                {"case": row.case_number, "effect": row.id},
            )
            for row in rows
        ]
        if bells and ring(bells):
            with UNIT.begin() as db:
                outbox.rung(db, rows)
        done += len(rows)
    return done
