"""What was dropped at the door, counted in memory and written to the database: at once, then in lots.

A flood must not cost a transaction a message: it would silence the clock as well as the messages themselves did.
"""

import logging
import time
from collections import Counter

from models.session import transaction
from services.engine.office import the_office
from services.office import dropped

logger = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between two writings, and at each heartbeat of the worker."""

_waiting: Counter[str] = Counter()
_written = -EVERY


def drop(kind: str) -> None:
    """Count one more of a kind."""
    _waiting[kind] += 1
    if time.monotonic() - _written >= EVERY:
        write()


def write() -> None:
    """Write what was counted since; while the database is away it goes on being counted."""
    global _written  # noqa: PLW0603 - one process counts for itself
    _written = time.monotonic()
    if not _waiting:
        return
    counted = dict(_waiting)
    try:
        with transaction() as db:
            dropped.count(db, counted, the_office(db))
    except Exception as away:  # noqa: BLE001 - whatever it is, the worker's loop goes on
        logger.warning("what was dropped cannot be written down (%s)", type(away).__name__)
        return
    _waiting.subtract(counted)
    for kind in [kind for kind, number in _waiting.items() if not number]:
        del _waiting[kind]
