"""Whether the place is fit to work in: the folder of the keys, the tables of time zones and holidays."""

import stat
from collections.abc import Iterator, Sequence
from datetime import timedelta
from importlib import import_module, resources
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from clock import machine_now
from models import founding, key_copies, lookups
from models.keys import SECRETS, STORE
from models.wrapping import KEK, KEY_BYTES
from services.ending import copies
from services.engine.office import Office
from services.reports.health_check import Check
from workflows.engine.calendars import LAST_YEAR_OF_LIBRARY
from workflows.engine.values import Reason

OTHERS = 0o077
AHEAD, HORIZON = timedelta(days=30), timedelta(days=366)
"""The office's time is compared from a month ago to a year ahead; so far ahead the holidays must be known, too."""
CLOSED = "health.keys_closed"
YEARS = 2
"""Tables of time zones are made several times a year: from the second new year on nobody can have looked after them."""


def fitness(db: Connection, office: Office) -> Iterator[Check]:
    """Look at what no worker reports by itself until it needs it."""
    yield _keys(db, office)
    yield zone(office)
    yield _holidays(office)


def closed(folder: Path) -> bool:
    """Whether a folder is there that this login may not look into."""
    try:
        next(folder.iterdir(), None)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _keys(db: Connection, office: Office) -> Check:
    """Whether the keys are there, whole, and the office's alone. Who may not look at them is told no more than that."""
    folder = office.settings.keys
    if closed(folder):
        return Check("keys", ok=True, detail=Reason(CLOSED))
    try:
        there = {path.name: path for path in folder.iterdir()}
        opened = [path for path in (folder, *there.values()) if stat.S_IMODE(path.stat().st_mode) & OTHERS]
    except FileNotFoundError:
        there, opened = {}, []
    parts = [*SECRETS, *map(lookups.name_of, range(2, office.stage + 1)), STORE]
    gone = [part for part in parts if part not in there]
    if gone == parts:
        return Check("keys", ok=False, detail=Reason("health.keys_absent", {"folder": str(folder)}))
    if gone:
        params = {"folder": str(folder), "part": gone[0], "copy": _copy_of(db, gone[0], folder)}
        return Check("keys", ok=False, detail=Reason("health.keys_part_gone", params))
    if part := _unfit([there[name] for name in sorted(there) if name.startswith(SECRETS)], office):
        params = {"folder": str(folder), "part": part, "copy": _copy_of(db, part, folder)}
        return Check("keys", ok=False, detail=Reason("health.keys_unfit", params))
    if opened:
        found = {"folder": str(folder), "path": str(opened[0]), "count": len(opened)}
        return Check("keys", ok=False, detail=Reason("health.keys_open", found))
    return Check("keys", ok=True, detail=Reason("health.keys"))


def _unfit(secrets: Sequence[Path], office: Office) -> str | None:
    """Return the first secret that is cut or does not fit what is there; None where all do, as far as one sees."""
    try:
        cut = next((path.name for path in secrets if path.stat().st_size != KEY_BYTES), None)
        if cut is not None:
            return cut
        folder, mark = office.settings.keys, office.founded.keys
        if not key_copies.fits(folder, folder):
            return KEK
        other = mark is not None and key_copies.lookup_hash(folder, *founding.KEYS_MARK) != mark
    except OSError:  # somebody else's to look at, or busy
        return None
    return lookups.FIRST if other else None


def _copy_of(db: Connection, part: str, folder: Path) -> str:
    """Return the newest copy in reach that has this part; none of the store, which grew since.

    The key-encryption key is another one since it was changed: a copy from before opens nothing here.
    """
    if part == STORE:
        return ""
    newest = reversed(copies.in_reach(db))
    return next((str(place) for _, place in newest if (place / part).is_file() and _is_of(place, part, folder)), "")


def _is_of(place: Path, part: str, folder: Path) -> bool:
    if part != KEK or not (folder / STORE).is_file():
        return True
    try:
        return key_copies.fits(place, folder)
    except OSError:
        return False


def zone(office: Office) -> Check:
    """Whether the machine's table of the office's time zone says what ours says, and ours is not old."""
    name = office.calendar.zone
    ours = _ours(name)
    if ours is None:
        return Check("time_zone", ok=False, detail=Reason("health.zone_gone", {"zone": name}))
    table, version = ours
    machines, now = ZoneInfo.no_cache(name), machine_now()
    days = (now - AHEAD + timedelta(days=number) for number in range((AHEAD + HORIZON).days))
    other = next(
        (day for day in days if day.astimezone(table).utcoffset() != day.astimezone(machines).utcoffset()), None
    )
    params = {"zone": name, "version": version}
    if other is not None:
        params["day"] = max(other, now).astimezone(table).date().isoformat()
        return Check("time_zone", ok=False, detail=Reason("health.zone_differs", params))
    old = now.year - int(version[:4]) >= YEARS
    return Check("time_zone", ok=True, detail=Reason("health.zone_old" if old else "health.zone", params), note=old)


def _ours(name: str) -> tuple[ZoneInfo, str] | None:
    """Return the zone as the package of tables has it that we ask for, and that package's version (2026a)."""
    try:
        version = str(import_module("tzdata").IANA_VERSION)
        with resources.files("tzdata").joinpath("zoneinfo", *Path(name).parts).open("rb") as file:
            return ZoneInfo.from_file(file, name), version
    except (ImportError, OSError):
        return None


def _holidays(office: Office) -> Check:
    """Whether the public holidays of the next twelve months are known, and not only guessed by the rules of today."""
    last = LAST_YEAR_OF_LIBRARY
    today = office.calendar.today(office.now)
    ends = (today + HORIZON).year > last
    params = {"year": last}
    code = "health.holidays_end" if ends else "health.holidays"
    return Check("holidays", ok=today.year <= last, detail=Reason(code, params), note=ends and today.year <= last)
