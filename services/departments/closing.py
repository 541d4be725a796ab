"""What becomes of questions whose case is closed: they are recalled at once, by work the closing leaves in the outbox.

A step of a case locks no other one, so the questions are recalled in a transaction of their own (services/search/
recalling.py), which holds the case still while it looks whether that is closed.
"""

from collections.abc import Mapping
from typing import Any

from clock import machine_now
from models import search
from models.base import at_machine_time
from models.effect import effect
from models.writes import Writes
from services.engine.office import Office
from workflows.engine.codec import written
from workflows.engine.payloads import Nothing

KIND = "recall"
"""Of this work in the outbox."""
POSITION = 1000
"""Among what a step leaves in the outbox: behind its letters."""


def recall_open(writes: Writes, closed: Mapping[int, tuple[str, int]], office: Office) -> None:
    """Leave the order to recall what is still asked for these cases, ``(number, seq)`` of their closing by their id."""
    rows: list[dict[str, Any]] = []
    for case_id in sorted(search.asked_for(writes.db, closed)) if closed else ():
        number, seq = closed[case_id]
        nothing = office.keys.get(number).seal_json("effect", "sealed", f"{number}/{seq}", written(Nothing()))
        rows.append(
            {
                "case_id": case_id, "seq": seq, "ord": POSITION, "case_number": number, "kind": KIND,
                "subject": number, "copy": seq, "sealed": nothing, "state": "waiting", "attempts": 0,
            }
        )  # fmt: skip
    if rows:
        timed, more = at_machine_time(writes.db, "ordered_at", rows, machine_now())
        writes.add(effect, timed, more=more)
