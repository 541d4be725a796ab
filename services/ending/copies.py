"""Copies of the keys that backups made: what is destroyed in the house is destroyed in each that can be reached.

A copy somebody has carried away keeps what it holds; that is why none may be kept for longer than thirty days.
"""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from models import key_copies, staff
from models.keys import Keys

BEGUN, MADE = "backup_begun", "backup_made"
KEPT = timedelta(days=30)
"""How long a copy of the keys may be kept (PROCEDURE 9)."""

_TOLD = (
    select(staff.office_event.c.what, staff.office_event.c.details)
    .where(staff.office_event.c.what.in_((BEGUN, MADE)))
    .order_by(staff.office_event.c.seq)
)
_LAST = (
    select(staff.office_event.c.details)
    .where(staff.office_event.c.what == MADE)
    .order_by(staff.office_event.c.seq.desc())
    .limit(1)
)


def made(db: Connection) -> list[tuple[datetime, Path]]:
    """Return when each backup was made (the machine's time), and where its keys went, the oldest first."""
    return [
        (datetime.fromisoformat(details["made_at"]), Path(details["keys"]))
        for what, details in db.execute(_TOLD)
        if what == MADE
    ]


def next_places(db: Connection, now: datetime) -> dict[str, str]:
    """Return where the next backup goes: beside the last one, called after ``today``; nothing where there is none.

    ``out`` and ``apart`` are the folders of the backup and of its keys, ``apart`` empty where they lie beside it.
    """
    today = now.strftime("%Y-%m-%d")
    last = db.execute(_LAST).scalar_one_or_none()
    if last is None or "out" not in last:
        return {"out": "", "apart": "", "today": today}
    folder, keys = Path(last["out"]), Path(last["keys"])
    if os.path.exists(folder.with_name(today)):  # noqa: PTH110 - Path.exists raises where a folder is closed
        today = now.strftime("%Y-%m-%d-%H%M")
    apart = "" if keys == folder.with_name(f"{folder.name}.keys") else str(keys.with_name(today))
    return {"out": str(folder.with_name(today)), "apart": apart, "today": today}


def hidden(place: Path) -> Path:
    """Return under which name that is made which gets the name of this place when it is whole."""
    return place.with_name(f".{place.name}.part")


def broken_off(db: Connection) -> list[Path]:
    """Return the hidden folders that backups which broke off may have left; one that is being made has them, too."""
    newest = {details["backup"]: (what, details) for what, details in db.execute(_TOLD)}
    begun = [details for what, details in newest.values() if what == BEGUN]
    return [hidden(Path(details[name])) for details in begun for name in ("out", "keys")]


def in_reach(db: Connection) -> list[tuple[datetime, Path]]:
    """Return those that still lie where they were put, be it by a backup that broke off, and when it was begun."""
    found: dict[Path, datetime] = {}
    for _, details in db.execute(_TOLD):
        keys = Path(details["keys"])
        for folder in (keys, hidden(keys)):
            if key_copies.is_one(folder):
                found[folder] = datetime.fromisoformat(details["made_at"])
    return [(at, folder) for folder, at in found.items()]


def keep_up(folders: Iterable[Path], keys: Keys) -> list[Path]:
    """Destroy in these copies whatever the house has destroyed; return those that could not be written."""
    left = []
    for folder in folders:
        try:
            key_copies.keep_up(folder, keys.folder)
        except OSError:
            left.append(folder)
    return left


def too_old(db: Connection, now: datetime) -> list[Path]:
    """Return the copies in reach that must not be kept any longer; *now* is the machine's time."""
    return [folder for at, folder in in_reach(db) if now - at > KEPT]
