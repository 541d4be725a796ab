"""A backup brought back into an empty place: the files, the keys, the database, and the numbers' leap.

What was destroyed since the backup was made is destroyed again before anybody can read it: by the record in the copy of
the keys, which whoever erased has kept up as long as it was in reach, and in a former keystore, where one is named.
Paper knows more than a backup: numbers given after it stand on letters in the post, so every number leaps.

| killed                                | what is there                  | who goes on                         |
|---------------------------------------|--------------------------------|-------------------------------------|
| before the database is whole          | hidden folders, perhaps tables | the same call, anew                 |
| while folders get their names         | an office nobody can enter yet | the same call: it knows its backup  |
| before what was erased is forgotten   | an office; keys are destroyed  | the same call, or `erase`           |
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import make_url

import clock
from models import case as cases
from models import founding, key_copies, staff
from models import office as office_table
from models.files import created
from models.guards import NUMBERS
from models.session import engine_for, migrate, transaction
from services.backup import dumps
from services.backup.taking import FORM, MANIFEST, SEALED, STORES, BackupRefused, opened, sha256_of
from services.engine.once import write_once
from services.office import founding as founding_office
from settings import Settings, shown
from workflows.engine.values import Reason
from workflows.registry import procedures

RESTORED = "office_restored"
LEAP = 1_000
"""By how much every number leaps unless told otherwise: more than an office gives in the days since its last backup."""
MOST = 1_000_000
LETTERS = 20
"""By how much the numbers of letters leap, within each case: more than one gets in the days since the last backup."""
LAST_LETTER = 999
"""The last a letter's number can say (`workflows.engine.numbers.letter_number`); cases near it leap less."""

LOT = 500
MARKER = "restored"
"""A file that says which backup came back into a place, or is about to."""

Tick = Callable[[int, int], None]
_NOT_ERASED = select(cases.case.c.number, cases.case.c.open).where(
    cases.case.c.number.in_(bindparam("numbers", expanding=True)), cases.case.c.erased_at.is_(None)
)
_RESTORED = select(staff.office_event.c.details).where(staff.office_event.c.what == RESTORED)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: the backup's identity and time, how many files, and by how much the numbers leapt.

    ``already``: an earlier call brought it back, and this one found nothing to do.
    """

    backup: str
    made_at: datetime
    files: int
    leap: int
    already: bool = False


def restore(
    settings: Settings, backup: Path, keys: Path, *, former: Path | None, leap: int, by: str, now: datetime,
    tick: Tick = lambda done, of: None,
) -> Restored:  # fmt: skip
    """Bring a backup back into the empty place of these settings. Raises BackupRefused, NewerSchema, OSError.

    What was erased since stays to be forgotten by whoever calls (`unreadable`): its keys are destroyed by then.
    """
    manifest, told = _manifest(backup), _manifest(keys)
    if told["backup"] != manifest["backup"]:
        raise BackupRefused(Reason("backup.keys_of_another", {"keys": str(keys)}))
    _must_fit(settings, manifest)
    # What lies with the keys says which list of files it is; the list says which files.
    listed = sha256_of(backup / MANIFEST)
    if told.get("manifest", listed) != listed:
        raise BackupRefused(Reason("backup.damaged", {"count": 1, "first": MANIFEST}))
    place = _Place(settings, manifest["backup"])
    already = place.finished()
    if not already:
        place.must_be_free()
        _must_be_whole(backup, manifest, tick)
        place.begin()
        _keys(keys, former, place)
        _files(backup, manifest, place)
        _database(backup, manifest, place, leap, by, now)
        place.give_names()
    made = datetime.fromisoformat(manifest["made_at"])
    return Restored(manifest["backup"], made, len(manifest["files"]), leap, already)


def unreadable(db: Connection, folder: Path) -> tuple[list[str], list[str]]:
    """Return the closed and the open cases that were erased since the backup: their keys are destroyed."""
    gone = key_copies.destroyed(folder)
    closed: list[str] = []
    still_open: list[str] = []
    for start in range(0, len(gone), LOT):
        for row in db.execute(_NOT_ERASED, {"numbers": gone[start : start + LOT]}):
            (still_open if row.open else closed).append(row.number)
    return closed, still_open


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise BackupRefused(Reason("backup.no_backup", {"place": str(folder)})) from None
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise BackupRefused(Reason("backup.newer", {"place": str(folder)}))
    return found


def _must_fit(settings: Settings, manifest: Mapping[str, Any]) -> None:
    if manifest["revision"] not in dumps.known():
        raise BackupRefused(Reason("backup.newer", {"place": manifest["version"]}))
    kind = make_url(settings.database_url).get_backend_name()
    if kind != manifest["database"]:
        raise BackupRefused(Reason("backup.other_database", {"kind": manifest["database"], "here": kind}))


def _must_be_whole(backup: Path, manifest: Mapping[str, Any], tick: Tick) -> None:
    """Hold every file against its hash. Raises BackupRefused, which names the first ones that differ."""
    wrong: list[str] = []
    for done, one in enumerate(manifest["files"], 1):
        path = backup / one["path"]
        outside = ".." in path.parts or not path.is_relative_to(backup)
        if outside or not path.is_file() or sha256_of(path) != one["sha256"]:
            wrong.append(one["path"])
        tick(done, len(manifest["files"]))
    if wrong:
        raise BackupRefused(Reason("backup.damaged", {"count": len(wrong), "first": wrong[0]}))


class _Place:
    """Where a backup comes back to: made under hidden names beside their own, and named when all of it is there."""

    def __init__(self, settings: Settings, identity: str) -> None:
        self.settings, self.identity = settings, identity
        self.var = settings.home / ".var.restore"
        self.keys = settings.keys.with_name(f".{settings.keys.name}.restore")
        url = make_url(settings.database_url)
        self.file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.staged = None if self.file is None else self.var / ".database" / dumps.FILE
        self.url = settings.database_url if self.staged is None else f"sqlite:///{self.staged}"

    def finished(self) -> bool:
        """Whether this very backup came back already and all has its name."""
        return _said(self.settings.var / MARKER) == self.identity

    def must_be_free(self) -> None:
        """Return where nothing lies but what an earlier call for this backup left. Raises BackupRefused."""
        again = _said(self.var / MARKER) == self.identity
        places = [self.settings.var, *([] if again else [self.settings.keys])]
        taken = [place for place in places if place.is_dir() and any(place.iterdir())]
        if self.file is not None and self.file.exists() and not self.file.is_relative_to(self.settings.var):
            taken.append(self.file)
        if taken:
            raise BackupRefused(Reason("backup.place_taken", {"place": str(taken[0])}))
        if self.staged is None and not again and founding_office.look(self.url) is not None:
            raise BackupRefused(Reason("backup.place_taken", {"place": shown(self.url)}))

    def begin(self) -> None:
        """Make what is hidden; the marker says for which backup."""
        if _said(self.var / MARKER) != self.identity:
            shutil.rmtree(self.var, ignore_errors=True)
            shutil.rmtree(self.keys, ignore_errors=True)
        self.settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.var.mkdir(mode=0o700, exist_ok=True)
        with created(self.var / MARKER, os.O_TRUNC) as file:
            os.write(file, self.identity.encode("ascii"))

    def give_names(self) -> None:
        """Give keys, database and files their names, in this order; done again, it goes on where it was."""
        for hidden, place in ((self.keys, self.settings.keys), (self.staged, self.file), (self.var, self.settings.var)):
            if hidden is None or place is None or not hidden.exists():
                continue
            if place == self.file and place.is_relative_to(self.settings.var):
                hidden.rename(self.var / place.relative_to(self.settings.var))
                continue
            if place.is_dir():
                place.rmdir()
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            hidden.rename(place)
        shutil.rmtree(self.settings.var / ".database", ignore_errors=True)


def _said(marker: Path) -> str | None:
    try:
        return marker.read_text(encoding="ascii")
    except (FileNotFoundError, NotADirectoryError):
        return None


# -- what comes back ------------------------------------------------------------------------------------------------


def _keys(keys: Path, former: Path | None, place: _Place) -> None:
    """Bring the keys back, without those that were destroyed since."""
    if place.settings.keys.is_dir() and any(place.settings.keys.iterdir()):
        return  # an earlier call for this backup gave them their name
    shutil.rmtree(place.keys, ignore_errors=True)
    place.keys.mkdir(mode=0o700, parents=True)
    for path in sorted(keys.iterdir()):
        if path.is_file() and path.name != MANIFEST:
            shutil.copyfile(path, place.keys / path.name)
            (place.keys / path.name).chmod(0o600)
    key_copies.check(place.keys)
    if former is not None:
        key_copies.forget(place.keys, key_copies.destroyed(former))


def _files(backup: Path, manifest: Mapping[str, Any], place: _Place) -> None:
    """Bring letters, pages, finds, checkpoints and the office's own files back."""
    keys = place.keys if place.keys.is_dir() else place.settings.keys
    with key_copies.reader(keys) as key_of:
        for one in manifest["files"]:
            kind, _, rest = one["path"].partition("/")
            content = (backup / one["path"]).read_bytes() if kind != "database" else b""
            if kind in SEALED:
                if (key := key_of(one["case"])) is not None:
                    path, plain = opened(key, one["path"], content)
                    write_once(place.var / kind / path, plain)
            elif kind in STORES:
                write_once(place.var / kind / rest, content)
            elif kind == "checkpoints":
                _write_checkpoints(rest, content, place)
            elif kind == "home":
                write_once(place.settings.home / rest, content)


def _write_checkpoints(name: str, content: bytes, place: _Place) -> None:
    """Write what was signed; where it lies outside the home, what is there already is newer, and stays."""
    own = place.settings.checkpoints
    inside = own.is_relative_to(place.settings.var)
    write_once((place.var / own.relative_to(place.settings.var) if inside else own) / name, content)


def _database(backup: Path, manifest: Mapping[str, Any], place: _Place, leap: int, by: str, now: datetime) -> None:
    if place.staged is not None:
        place.staged.parent.mkdir(mode=0o700, exist_ok=True)
    if founding_office.look(place.url) is None:
        dumps.bring_back(backup / "database", place.url, manifest["revision"])
    migrate(place.url)
    source = engine_for(place.url)
    try:
        with transaction(source) as db:
            _must_be_their_keys(db, place)
            if not any(details["backup"] == place.identity for details in db.execute(_RESTORED).scalars()):
                _leap(db, leap, {datetime.fromisoformat(manifest["made_at"]).year, clock.office_now(db).year, now.year})
                _letters_leap(db)
                db.execute(delete(office_table.heartbeat))
                db.execute(delete(office_table.serving))
                told = {"backup": place.identity, "made_at": manifest["made_at"], "leap": leap, "letters": LETTERS}
                staff.log(db, max(now, clock.office_now(db)), RESTORED, by, told)
    finally:
        source.dispose()


def _must_be_their_keys(db: Connection, place: _Place) -> None:
    keys = place.keys if place.keys.is_dir() else place.settings.keys
    mark = founding.read(db).keys
    if mark is not None and key_copies.lookup_hash(keys, *founding.KEYS_MARK) != mark:
        raise BackupRefused(Reason("backup.keys_of_another", {"keys": str(keys)}))


def _leap(db: Connection, leap: int, ends: set[int]) -> None:
    """Let every number that stands on paper leap: gaps are wanted, doubles are not.

    Also where none was given before the backup: the first inquiry, and the first case of a year that began since.
    *ends* are years; the one behind the last of them may have begun where the office is.
    """
    counter = cases.counter
    given = {row.name: row.value for row in db.execute(select(counter)) if row.name.startswith(NUMBERS)}
    kinds = [*NUMBERS, *(f"case/{each.prefix}" for each in procedures() if each.prefix)]
    known = {f"{kind}{year}" for kind in kinds for year in range(min(ends), max(ends) + 2)}
    for name in sorted(given.keys() | known):
        if name in given:
            db.execute(update(counter).where(counter.c.name == name).values(value=given[name] + leap))
        else:
            db.execute(insert(counter), {"name": name, "value": leap})


def _letters_leap(db: Connection) -> None:
    """Let the letters of every case that can have another one go on behind those that paper may bear."""
    case = cases.case.c
    last = func.max if db.dialect.name == "sqlite" else func.greatest
    first = func.min if db.dialect.name == "sqlite" else func.least
    up_to = first(last(case.letters, case.letters_from) + LETTERS, LAST_LETTER - LETTERS)
    db.execute(update(cases.case).where(case.erased_at.is_(None)).values(letters_from=last(case.letters_from, up_to)))
