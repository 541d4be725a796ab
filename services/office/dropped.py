"""Messages dropped at the workers' door: counted, and each kind told to the lead once a day."""

from collections.abc import Mapping

from sqlalchemy import Connection

from clock import machine_now
from models import dropped, incident
from services.engine.office import Office
from services.engine.versions import outdated

_PERHAPS_NEWER = frozenset({"unknown_task", "arguments"})


def count(db: Connection, kinds: Mapping[str, int], office: Office) -> None:
    """Write down how many of each kind were dropped; the first of a kind and day becomes an incident."""
    day = office.calendar.today(office.now)
    if outdated(db):
        # Newer code rings for tasks this code does not know, and its sweep carries out what they rang for.
        kinds = {kind: number for kind, number in kinds.items() if kind not in _PERHAPS_NEWER}
    for kind, number in kinds.items():
        if dropped.add(db, day=day, kind=kind, count=number, at=machine_now(db)):
            incident.record(
                db, at=office.now, kind="message", case_number=None, subject=f"dropped.{kind}", fault="tasks/door.py"
            )
