"""Ringing the bell: a message that says "look", with ids only. What it is about is safe in the database already.

Written without Celery and kombu, so that the admin script need not load them; a test holds the message against the one
Celery itself would send. Names, ids and arguments carry the case's number, so that operators find a case in Flower, and
never anything personal.
"""

import logging
from collections.abc import Iterable, Iterator

from settings import settings
from tasks.publish import Bell, publish
from workflows.registry import of_number

logger = logging.getLogger(__name__)

LOT = 10
"""How many letters one message asks for where many wait at once."""


def order_bell(transition: str, task_id: str, case: str, order: int) -> Bell:
    """Return the bell of a staff order."""
    return Bell(f"{of_number(case).name}.{transition}", task_id, "commands", {"case": case, "order": order})


def letter_bell(case: str, effect: int, attempt: int = 1) -> Bell:
    """Return the bell of a letter to be made."""
    return Bell("letters.make", f"{case}.letter-{effect}.{attempt}", "effects", {"case": case, "effect": effect})


def letter_bells(waiting: Iterable[tuple[str, int, int]]) -> Iterator[Bell]:
    """Yield the bells of letters to be made, given as (case, effect, attempt).

    One each, by which operators find them; but where more than a lot wait, one a lot: a message costs the worker half
    as much as a letter.
    """
    letters = list(waiting)
    if len(letters) <= LOT:
        yield from (letter_bell(case, effect, attempt) for case, effect, attempt in letters)
        return
    for start in range(0, len(letters), LOT):
        some = letters[start : start + LOT]
        first, last = some[0], some[-1]
        kwargs = {"cases": [case for case, _, _ in some], "effects": [effect for _, effect, _ in some]}
        yield Bell("letters.make_lot", f"letters-{first[1]}-{last[1]}.{first[2]}", "effects", kwargs)


def sweep_bell(order: int) -> Bell:
    """Return the bell of very many orders, of which *order* is one: the sweep carries them out, turn by turn."""
    return Bell("orders.sweep", f"orders.sweep.{order}", "clock", {})


def bulk_bell(run: str, first: int, last: int) -> Bell:
    """Return the bell of some orders of a bulk run, by the ids of the first and the last."""
    return Bell("bulk.carry_out", f"{run}.{first}-{last}", "bulk", {"run": run, "first": first, "last": last})


def ring(bells: Iterable[Bell]) -> bool:
    """Publish the bells; False where the broker is away (the sweep will find what waits)."""
    bells = list(bells)
    try:
        publish(settings().broker_url, bells)
    except OSError as away:
        logger.info("broker away (%s): %d bells not rung, the sweep will find them", type(away).__name__, len(bells))
        return False
    return True
