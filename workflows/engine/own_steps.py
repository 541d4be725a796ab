"""The engine's own steps, which every procedure has: a changed calendar, and a new version of the procedure. Pure."""

from collections.abc import Callable
from typing import Any

from workflows.engine.declaring import Refused
from workflows.engine.payloads import Adopt, Recount
from workflows.engine.values import Reason


def recount(change: Callable[..., Any], case: Any, p: Recount, at: Any) -> Any:
    """Move the deadlines to where a changed office calendar puts them."""
    if not p.moved:
        return Refused((Reason("nothing_moves", {"case": case.number}),))
    moved = [
        {
            "timer": timer.name,
            "entry": timer.entry_seq,
            "fire_no": timer.fire_no,
            "was": timer.was.isoformat(),
            "now": timer.now.isoformat(),
            "why": [timer.why.code, dict(timer.why.params)],
        }
        for timer in p.moved
    ]
    return change(details={"event": p.event, "moved": moved})


def adopt(change: Callable[..., Any], case: Any, p: Adopt, at: Any) -> Any:
    """Bring the case under the present version of the procedure: its deadlines become those of that version."""
    return change(details={"from": p.before, "to": p.now})
