"""Letters: each is made once; the sweep rings again for those whose bell was lost."""

from collections.abc import Callable, Iterable
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded

from services.engine import outbox
from services.letters import making as services
from tasks.app import SILENT, app
from tasks.bell import letter_bell, letter_bells, ring
from tasks.heartbeats import alive
from tasks.unit import UNIT

# Native code that never returns ends with its process: killed, replaced, and the claim has counted. The soft limit
# cannot interrupt it; without one of its own, though, the pool would wait for that of all tasks first.
_KILLED_AFTER: dict[str, Any] = {"time_limit": services.SECONDS, "soft_time_limit": services.SECONDS - 1}


@app.task(name="letters.make", goes_to="effects", **_KILLED_AFTER)
def make(case: str, effect: int) -> str:
    """Render one letter into the spool."""
    return _make(effect)


@app.task(name="letters.make_lot", goes_to="effects", **_KILLED_AFTER)
def make_lot(cases: list[str], effects: list[int]) -> int:
    """Render several letters, each as if it had been rung for alone; one that fails does not stop the others."""
    each(effects, _make)
    return len(effects)


def each(ids: Iterable[int], do: Callable[[int], object]) -> None:
    """Do it for each of them, and raise the first fault when all have had their turn."""
    faults: list[Exception] = []
    for one in ids:
        try:
            do(one)
        except SoftTimeLimitExceeded:  # the time of all of them is over; the sweep rings for the rest
            raise
        except Exception as fault:  # noqa: BLE001 - raised below
            faults.append(fault)
    if faults:
        raise faults[0]


def _make(effect: int) -> str:
    alive("effects")  # a heartbeat of its own would wait behind a thousand letters
    return services.make(effect, UNIT)


@app.task(name="letters.sweep", goes_to="clock", **SILENT)
def sweep() -> int:
    """Ring for letters that wait to be made, and set aside those that end whoever makes them."""
    given_up = outbox.give_up(services.LETTERS, UNIT)
    with UNIT.look() as db:
        rows = outbox.to_ring(db, services.LETTERS)
    # One that was tried before is rung for alone: in a lot it would take others down with it.
    fresh = [row for row in rows if not row.tries]
    again = [letter_bell(row.case_number, row.id, row.attempts + 1) for row in rows if row.tries]
    if ring([*letter_bells((row.case_number, row.id, row.attempts + 1) for row in fresh), *again]):
        with UNIT.begin() as db:
            outbox.rung(db, rows)
    return given_up + len(rows)
