"""A backup: database, letters, pages and finds as they are at one moment, while the desk runs; the keys apart.

Without the keys nothing in it can be read: what lies sealed in the house lies sealed in it, and letters, which lie in
clear in the spool, are sealed under the keys of their cases. So whoever destroys a key destroys what backups hold, too.

| killed                         | what is there                  | who goes on              |
|--------------------------------|--------------------------------|--------------------------|
| before both folders are named  | hidden folders beside them     | the next backup, anew    |
| between the two names          | the keys alone, under their name | the same call is refused: take the folder away |
| before the log has a second row | a whole backup nobody counts  | `restore` takes it       |

The log says where the keys will go before any is copied: so whatever was left, what the house destroys later is
destroyed there, too. The keys' folder holds the SHA-256 of the backup's list of files: who can write to a backup and
not to its keys can damage it, and change nothing.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from models import case as cases
from models import checkpoint, key_copies, staff
from models.disc import disc
from models.files import created, fsync_folder
from models.keys import CaseKey, KeyMissing
from models.letter import letter
from release import VERSION
from services.audit import chains, signed
from services.backup import dumps
from services.ending import copies
from services.ending.copies import hidden
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from settings import Settings
from workflows.engine.values import Reason

FORM = 1
MANIFEST = "manifest.json"
STORES = ("evidence", "tray", "finds")
"""Whose files lie sealed already and are copied as they are."""
OF_THE_HOME = ("organisation.toml", "procedure.toml")
SEALED = {
    store: select(table.c.path, table.c.sha256, cases.case.c.number)
    .join(cases.case, cases.case.c.id == table.c.case_id)
    .where(table.c.path.is_not(None), cases.case.c.erased_at.is_(None))
    .order_by(table.c.id)
    for store, table in (("spool", letter), ("discs", disc))
}
"""What lies in clear in the house, or names what it holds, and is sealed here: letters, and files for discs."""


class BackupRefused(Exception):
    """Nothing was backed up or restored; ``reasons`` say what would work."""

    def __init__(self, *reasons: Reason) -> None:
        """Keep the reasons."""
        self.reasons = reasons
        super().__init__(", ".join(reason.code for reason in reasons))


@dataclass(slots=True)
class Taken:
    """What a backup holds, and what was found wrong while it was taken.

    ``missing`` are letters whose file is gone or altered, ``fault`` is the first thing wrong with the histories.
    """

    identity: str
    made_at: datetime
    folder: Path
    keys: Path
    rows: dict[str, int] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    revision: str = ""
    database: str = ""
    fault: Reason | None = None
    # How many checkpoints there were at that moment.
    signed: int = 0

    @property
    def size(self) -> int:
        """How many bytes its files have."""
        return sum(one["bytes"] for one in self.files)


Tick = Callable[[int, int], None]


def take(
    unit: UnitOfWork, out: Path, keys_out: Path, by: str, now: datetime, tick: Tick = lambda done, of: None
) -> Taken:
    """Back the office up into *out*, its keys into *keys_out*; *now* is the machine's time. Raises BackupRefused."""
    out, keys_out, identity = out.resolve(), keys_out.resolve(), uuid.uuid4().hex
    with unit.look() as db:
        office = unit.office(db)
        url = db.engine.url.render_as_string(hide_password=False)
    _must_fit(out, keys_out, office.settings)
    told = {"backup": identity, "made_at": now.isoformat(timespec="seconds"), "keys": str(keys_out)}
    told["out"] = str(out)
    with _alone(office.settings), _hidden(out) as folder, _hidden(keys_out) as keys_folder:
        with unit.begin() as db:
            left = copies.broken_off(db)
            staff.log(db, unit.office(db).now, copies.BEGUN, by, told)
        for each in left:
            if each not in (folder, keys_folder):
                shutil.rmtree(each, ignore_errors=True)
        taken = Taken(identity, now, folder, keys_folder)
        _take_database(taken, url, office, tick)
        _take_files(taken, office.settings)
        key_copies.take(office.own_keys(), keys_folder)
        _check(taken)
        _write_manifests(taken, office, by)
        keys_folder.rename(keys_out)
        _named(folder, out)
    for parent in {out.parent, keys_out.parent}:
        fsync_folder(parent)
    taken.folder, taken.keys = out, keys_out
    with unit.begin() as db:
        staff.log(db, unit.office(db).now, copies.MADE, by, {**told, "files": len(taken.files)})
    return taken


def _named(folder: Path, place: Path) -> None:
    folder.rename(place)


def _must_fit(out: Path, keys: Path, settings: Settings) -> None:
    for place in (out, keys):
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise BackupRefused(Reason("backup.not_empty", {"place": str(place)}))
        for inside in (settings.var, settings.keys):
            if place.resolve().is_relative_to(inside.resolve()):
                raise BackupRefused(Reason("backup.inside", {"place": str(place), "folder": str(inside)}))
    first, second = out.resolve(), keys.resolve()
    if first.is_relative_to(second) or second.is_relative_to(first):
        raise BackupRefused(Reason("backup.not_apart", {"place": str(out), "keys": str(keys)}))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Let no other backup of this office be taken meanwhile. Raises BackupRefused where one is."""
    folder = os.open(settings.keys, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(Reason("backup.running")) from None
        yield
    finally:
        os.close(folder)


@contextmanager
def _hidden(place: Path) -> Iterator[Path]:
    """Yield a folder of a hidden name beside the place; it is gone when the block is left unless it was renamed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    folder = hidden(place)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if place.is_dir():  # empty: `_must_fit` looked
        place.rmdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# -- what is taken ------------------------------------------------------------------------------------------------


def _take_database(taken: Taken, url: str, office: Office, tick: Tick) -> None:
    (taken.folder / "database").mkdir(mode=0o700)
    with dumps.copied(url, taken.folder / "database") as db:
        taken.database, taken.revision, taken.rows = db.dialect.name, dumps.revision(db), dumps.rows(db)
        taken.counters = {row.name: row.value for row in db.execute(select(cases.counter))}
        newest = checkpoint.newest(db)
        taken.signed = 0 if newest is None else newest.number
        verified = chains.verify(db, signed=signed.read(office.settings.checkpoints / signed.FILE, taken.signed))
        taken.fault = None if verified.fault is None else verified.fault[1]
        for store, wanted in SEALED.items():
            _seal(list(db.execute(wanted)), store, taken, office, tick)
    for path in sorted((taken.folder / "database").iterdir()):
        taken.files.append(_entry(taken.folder, path))


def _seal(rows: Sequence[Row[Any]], store: str, taken: Taken, office: Office, tick: Tick) -> None:
    source: Path = getattr(office.settings, store)
    for done, row in enumerate(rows, 1):
        try:
            key, plain = office.keys.get(row.number), (source / row.path).read_bytes()
        except KeyMissing:
            continue  # erased since this moment: in the copy of the database it is unreadable
        except FileNotFoundError:
            taken.missing.append(row.path)
            continue
        if hashlib.sha256(plain).hexdigest() != row.sha256:
            taken.missing.append(row.path)
        name = f"{store}/{row.path}.sealed"
        _write(taken.folder / name, key.seal("backup", store, row.path, plain))
        taken.files.append({**_entry(taken.folder, taken.folder / name), "case": row.number})
        tick(done, len(rows))


def _take_files(taken: Taken, settings: Settings) -> None:
    for store in STORES:
        source: Path = getattr(settings, store)
        for path in sorted(source.rglob("*")) if source.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                _copy(path, f"{store}/{path.relative_to(source)}", taken)
    _take_checkpoints(taken, settings.checkpoints / signed.FILE)
    for path in [settings.home / name for name in OF_THE_HOME] + sorted((settings.home / "law").glob("*.toml")):
        if path.is_file():
            _copy(path, f"home/{path.relative_to(settings.home)}", taken)


def _take_checkpoints(taken: Taken, path: Path) -> None:
    """Copy what was signed up to the moment of the database; what was signed since is of rows the copy has not."""
    lines, many = list[bytes](), 0
    for written in signed.lines_in(path):
        try:
            many = signed.line_of(written)[0].number
        except signed.NotALine:
            continue
        if many > taken.signed:
            break
        lines.append(written)
    if lines:
        name = f"checkpoints/{path.name}"
        _write(taken.folder / name, b"".join(lines))
        taken.files.append(_entry(taken.folder, taken.folder / name))


def _copy(source: Path, name: str, taken: Taken) -> None:
    try:
        content = source.read_bytes()
    except FileNotFoundError:
        return  # it went meanwhile, as copies of papers do
    _write(taken.folder / name, content)
    taken.files.append(_entry(taken.folder, taken.folder / name))


def _write(path: Path, content: bytes) -> None:
    _closed(path.parent)
    with created(path, os.O_EXCL) as file:
        view = memoryview(content)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)


def _closed(folder: Path) -> None:
    """Make a folder, and those above it, for their owner alone."""
    if not folder.is_dir():
        _closed(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _entry(folder: Path, path: Path) -> dict[str, Any]:
    return {"path": str(path.relative_to(folder)), "bytes": path.stat().st_size, "sha256": sha256_of(path)}


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# -- whether it can be opened ---------------------------------------------------------------------------------------


def _check(taken: Taken) -> None:
    """Open what was written, with the keys as they were copied: every key, every letter. Raises what is broken."""
    key_copies.check(taken.keys)
    with key_copies.reader(taken.keys) as key_of:
        for one in taken.files:
            if "case" not in one or (key := key_of(one["case"])) is None:  # destroyed while the backup was taken
                continue
            opened(key, one["path"], (taken.folder / one["path"]).read_bytes())


def opened(key: CaseKey, name: str, content: bytes) -> tuple[str, bytes]:
    """Return where a file that was sealed for the backup lies in its store, and what it holds. Raises SealBroken."""
    store, _, rest = name.partition("/")
    path = rest.removesuffix(".sealed")
    return path, key.open("backup", store, path, content)


def _write_manifests(taken: Taken, office: Office, by: str) -> None:
    head = {
        "form": FORM, "backup": taken.identity, "made_at": taken.made_at.isoformat(timespec="seconds"), "by": by,
        "version": VERSION,
    }  # fmt: skip
    body = {
        **head, "code": office.settings.code_revision, "database": taken.database, "revision": taken.revision,
        "rows": taken.rows, "counters": taken.counters, "missing": taken.missing, "files": taken.files,
    }  # fmt: skip
    _write(taken.folder / MANIFEST, (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode())
    head["manifest"] = sha256_of(taken.folder / MANIFEST)
    _write(taken.keys / MANIFEST, (json.dumps(head, ensure_ascii=False, indent=1) + "\n").encode())
