"""The key-encryption key changed while everybody works: every case's key is wrapped anew, a few at a time.

The new key lies beside the old one before anything is wrapped by it; whoever writes meanwhile wraps by the new one, and
whoever reads finds both. When nothing is wrapped by the old one any more, that one is written over and the new one
takes its name. Each part is done in the keystore's turn, so it may be killed anywhere: called again, it goes on. Of two
who change it at once, both wrap, and one comes to the end.
"""

import os
from collections.abc import Callable
from contextlib import closing
from typing import Any

from models import lookups
from models.driver import sqlite_driver
from models.files import created, fsync_folder, made_secret
from models.keys import STORE, Keys, KeystoreBusy, busy
from models.wrapping import KEK, KEY_BYTES, NEXT, ROTATED, Wrapping

LOT = 200
PATIENCE_SECONDS = 10

_SOME = (
    "SELECT case_number, wrapped FROM case_key WHERE wrapped IS NOT NULL AND case_number > ?"
    " AND substr(wrapped, 1, ?) <> ? ORDER BY case_number LIMIT ?"
)
_REWRAPPED = "UPDATE case_key SET wrapped = ? WHERE case_number = ? AND wrapped = ?"

Tick = Callable[[int], None]


def rotate(keys: Keys, tick: Tick = lambda done: None) -> int:
    """Change the key-encryption key, or finish a change that was broken off; return how many keys were wrapped anew.

    Raises KeystoreDamaged, KeystoreBusy (a full disk, too), OSError; what is done by then stays, and all is readable.
    """
    with keys.turn():
        _begin(keys)
    done, after = 0, ""
    driver = sqlite_driver()
    try:
        with closing(driver.connect(keys.folder / STORE, timeout=PATIENCE_SECONDS, isolation_level=None)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("PRAGMA synchronous = FULL")
            while True:
                with keys.turn():
                    if not (keys.folder / NEXT).exists():
                        return done  # somebody else came to the end of it
                    count, last = _some(keys, database, after)
                    if not count and not after:
                        _finish(keys, database)
                        return done
                # Nothing is left behind the last one: once more from the first, for whatever came in between.
                done, after = done + count, last if count else ""
                tick(done)
    except driver.OperationalError as error:
        raise busy(error) from error


def add_lookup(keys: Keys, stage: int) -> None:
    """Lay the secret of that stage beside those of the stages before; where it is there, nothing changes."""
    with keys.turn():
        lookups.make(keys.folder, stage)


def _begin(keys: Keys) -> None:
    if (keys.folder / NEXT).exists():
        return
    with created(keys.folder / ROTATED, 0):
        pass
    made_secret(keys.folder / NEXT, KEY_BYTES)


def _some(keys: Keys, database: Any, after: str) -> tuple[int, str]:
    """Wrap some keys anew that come after a case; return how many, and the last of them."""
    wrapping = Wrapping(keys.folder)
    rows = database.execute(_SOME, (after, len(wrapping.head), wrapping.head, LOT)).fetchall()
    database.execute("BEGIN IMMEDIATE")
    for case, wrapped in rows:
        database.execute(_REWRAPPED, (wrapping.wrap(case, wrapping.unwrap(case, wrapped)), case, wrapped))
    database.execute("COMMIT")
    return len(rows), rows[-1][0] if rows else after


def _finish(keys: Keys, database: Any) -> None:
    """Write over the old key, which nothing is wrapped by any more; then the new one takes its name.

    In this order: killed between the two, it is done again, and no old key is left anywhere.
    """
    held, *_ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if held:  # what was wrapped by the old key may lie in the log still
        raise KeystoreBusy("keys.busy", error=f"{STORE}-wal")
    with (keys.folder / KEK).open("r+b") as old:
        old.write(bytes(KEY_BYTES))
        old.flush()
        os.fsync(old.fileno())
    (keys.folder / NEXT).rename(keys.folder / KEK)
    fsync_folder(keys.folder)
