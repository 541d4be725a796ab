"""Copies of the keystore, for backups: taken while the office works, opened to be sure, and held to what was destroyed.

A copy that knows a key which was destroyed since would bring erased data back. So whoever destroys a key destroys it in
every copy that can be reached as well (`forget`), and whoever restores one destroys in it what another keystore of the
same office has destroyed (`destroyed`).
"""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from models import lookups
from models.driver import sqlite_driver, writing_to
from models.files import created, fsync_folder, write_all
from models.keys import SECRETS, SOME_WRAPPED, STORE, CaseKey, Keys, busy
from models.wrapping import KeystoreDamaged, Wrapping, secret_of

PATIENCE_SECONDS = 10
_DESTROY = (
    "UPDATE case_key SET wrapped = NULL, destroyed_at = datetime('now') WHERE case_number = ? AND wrapped IS NOT NULL"
)


def take(keys: Keys, folder: Path) -> None:
    """Copy the keystore into an empty folder: its secrets, and the store as it is at one moment."""
    with keys.turn():
        for path in sorted(keys.folder.iterdir()):
            if path.is_file() and not path.name.startswith((".", STORE)) and path.name != "turn":
                _write(folder / path.name, path.read_bytes())
        with _connected(keys.folder / STORE) as database, writing_to(folder / STORE):
            database.execute("VACUUM INTO ?", (str(folder / STORE),))
    (folder / STORE).chmod(0o600)
    with (folder / STORE).open("rb") as file:
        os.fsync(file.fileno())
    fsync_folder(folder)


def check(folder: Path) -> int:
    """Open every key of a keystore nobody works with; return how many. Raises KeystoreDamaged."""
    for name in SECRETS:
        secret_of(folder / name)
    lookups.secrets_of(folder)
    wrapping, count = Wrapping(folder), 0
    with _connected(folder / STORE) as database:
        for case, wrapped in database.execute("SELECT case_number, wrapped FROM case_key WHERE wrapped IS NOT NULL"):
            wrapping.unwrap(case, wrapped)
            count += 1
    return count


@contextmanager
def reader(folder: Path) -> Iterator[Callable[[str], CaseKey | None]]:
    """Yield what returns the key of a case out of a keystore nobody works with; None where it has none."""
    wrapping = Wrapping(folder)
    with _connected(folder / STORE) as database:

        def key_of(case: str) -> CaseKey | None:
            found = database.execute("SELECT wrapped FROM case_key WHERE case_number = ?", (case,)).fetchone()
            return None if found is None or found[0] is None else CaseKey(wrapping.unwrap(case, found[0]))

        yield key_of


def destroyed(folder: Path) -> list[str]:
    """Return whose keys a keystore says are destroyed; nothing where there is none."""
    if not (folder / STORE).is_file():
        return []
    with _connected(folder / STORE) as database:
        return [case for (case,) in database.execute("SELECT case_number FROM case_key WHERE wrapped IS NULL")]


def forget(folder: Path, cases: Collection[str]) -> int:
    """Destroy these keys in a copy nobody works with; return how many it still had."""
    with _connected(folder / STORE) as database:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("BEGIN IMMEDIATE")
        gone = sum(database.execute(_DESTROY, (case,)).rowcount for case in cases)
        database.execute("COMMIT")
        return int(gone)


def keep_up(folder: Path, original: Path) -> None:
    """Destroy in a copy whatever the keystore it is of has destroyed since; costs nothing where that is nothing."""
    so_far = _tally(original)
    if _tally(folder) >= so_far:
        return
    forget(folder, destroyed(original))
    with created(folder / "destroyed", os.O_TRUNC) as file:
        write_all(file, b"." * so_far)
        os.fsync(file)


def fits(folder: Path, original: Path) -> bool:
    """Whether the key-encryption key in a copy, from before a rotation perhaps, opens what the keystore has wrapped.

    Raises KeystoreBusy, OSError.
    """
    try:
        with _connected(original / STORE) as database:
            return Wrapping(folder).opens_any(database.execute(SOME_WRAPPED).fetchall())
    except (KeystoreDamaged, FileNotFoundError):
        return False


def is_one(folder: Path) -> bool:
    """Whether a copy lies there, where the caller may look."""
    return os.path.isfile(folder / STORE)  # noqa: PTH113 - Path.is_file raises where a folder is closed


def lookup_hash(folder: Path, kind: str, value: str) -> str:
    """Return what a keystore nobody works with yet makes of a value, as `Keys.lookup_hash` does at the first stage."""
    return lookups.digest(lookups.secrets_of(folder)[:1], kind, value).hex()


def _tally(folder: Path) -> int:
    try:
        return (folder / "destroyed").stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def _connected(path: Path) -> Iterator[Any]:
    driver = sqlite_driver()
    with closing(driver.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as database:
        try:
            yield database
        except driver.OperationalError as error:
            raise busy(error) from error


def _write(path: Path, content: bytes) -> None:
    with created(path, os.O_EXCL) as file:
        write_all(file, content)
        os.fsync(file)
