"""The keystore: one key for each case, outside the database, so that destroying it erases the case's personal data.

What lies in the folder (``keys/``):

- ``kek``: the key-encryption key. It wraps every case key and never leaves this folder (models/wrapping.py).
- ``lookup``, ``lookup.2`` ...: the secrets under which names, numbers and codes are hashed to be compared
  (models/lookups.py).
- ``case-keys.sqlite``: the wrapped case keys; a destroyed one leaves a tombstone with its time, never a gap.
- ``audit``: the key by which checkpoints are signed (models/signing.py).
- ``destroyed``: grows by a byte with each destruction, so that every process forgets what it remembered.

ONE MACHINE: the folder lies on a disk of the machine that runs workers and commands; network file systems are refused.

BACKUP: by `models.key_copies` (`./admin.py backup`), apart from the database's and for 30 days at most. Together they
read every name; without the keys nobody reads any, for ever. Overwriting is asked of SQLite (secure_delete), but what a
file system or a disk keeps of old blocks is out of our hands: use an encrypted disk.
"""

import fcntl
import hmac
import json
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models import lookups
from models.driver import journal_of, sqlite_driver
from models.files import appear, created, fsync_folder, made_secret
from models.limits import has_no_room
from models.machine import MOUNTS, must_be_local
from models.signing import SigningKey
from models.told import Told
from models.wrapping import KEY_BYTES, KeystoreDamaged, Wrapping, derived

REMEMBERED = 2_048
PATIENCE_SECONDS = 10

_VERSION = b"\x01"
_ID_BYTES = 4
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEADER_BYTES = len(_VERSION) + _ID_BYTES
_SEPARATOR = "\x00"
SECRETS = ("kek", lookups.FIRST)
STORE = "case-keys.sqlite"

# The times are the machine's, in UTC, and only for whoever looks into the keystore: the office's time of an erasure
# stands in the history.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS case_key (
    case_number  TEXT PRIMARY KEY,
    wrapped      BLOB,
    created_at   TEXT NOT NULL DEFAULT (datetime('now')),
    destroyed_at TEXT,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) WITHOUT ROWID
"""


SOME_WRAPPED = "SELECT case_number, wrapped FROM case_key WHERE wrapped IS NOT NULL ORDER BY case_number LIMIT 5"
"""What a key-encryption key is tried on before anything new is wrapped by it."""


class KeyMissing(Told, KeyError):
    """There never was a key for this case."""

    def __str__(self) -> str:
        """Return the sentence; KeyError would quote it."""
        return str(self.args[0])


class KeyDestroyed(KeyMissing):
    """The key of this case was destroyed: its personal data is erased for good."""


class SealBroken(ValueError):
    """What was sealed is not what is read: altered, cut, moved to another place or sealed under another key."""


class KeystoreAbsent(Told, OSError):
    """No keys lie in the folder: it is not mounted, or another one is meant. Only founding an office makes keys."""


class KeystoreBusy(Told, OSError):
    """Somebody else holds the keystore; trying again will do."""


def busy(error: Exception) -> KeystoreBusy:
    """Return what is said where SQLite's *error* keeps a store from being written: a full disk, or others hold it."""
    return KeystoreBusy("keys.full" if has_no_room(error) else "keys.busy", error=str(error))


class CaseKey:
    """The key of one case: it seals and opens what is personal, and commits to what the history must not show."""

    __slots__ = ("_cipher", "_committing", "_header", "_secret")

    def __init__(self, secret: bytes) -> None:
        """Derive from the case's secret the key that seals, and the few bytes that tell it from other keys."""
        self._secret = secret
        self._cipher = AESGCM(derived(secret, b"seal"))
        self._committing: bytes | None = None
        # Derived from the secret, not from its wrapping: a new key-encryption key leaves it as it is.
        self._header = _VERSION + derived(secret, b"id", _ID_BYTES)

    def seal(self, table: str, column: str, row: str, plain: bytes) -> bytes:
        """Return *plain* sealed to its place: it opens only as that column of that row of that table."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._header + nonce + self._cipher.encrypt(nonce, plain, self._place(table, column, row))

    def open(self, table: str, column: str, row: str, sealed: bytes) -> bytes:
        """Return what `seal` was given. Raises SealBroken."""
        if len(sealed) < _HEADER_BYTES + _NONCE_BYTES + _TAG_BYTES or sealed[:1] != _VERSION:
            raise SealBroken(f"{table}.{column}: this is nothing sealed by us")
        if sealed[:_HEADER_BYTES] != self._header:
            raise SealBroken(f"{table}.{column}: this was sealed under the key of another case")
        nonce = sealed[_HEADER_BYTES : _HEADER_BYTES + _NONCE_BYTES]
        try:
            return self._cipher.decrypt(nonce, sealed[_HEADER_BYTES + _NONCE_BYTES :], self._place(table, column, row))
        except InvalidTag:
            raise SealBroken(f"{table}.{column}: this was altered, or it was sealed for another row") from None

    def seal_json(self, table: str, column: str, row: str, data: object) -> bytes:
        """Return data JSON can hold, sealed."""
        plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return self.seal(table, column, row, plain.encode())

    def open_json(self, table: str, column: str, row: str, sealed: bytes) -> Any:
        """Return what `seal_json` was given. Raises SealBroken."""
        return json.loads(self.open(table, column, row, sealed))

    def commitment(self, plain: bytes) -> str:
        """Return a keyed hash (HMAC-SHA-256, hexadecimal): it proves what was said without telling it.

        Once the key is destroyed nobody can guess what stood behind it, not even of a short name.
        """
        if self._committing is None:
            self._committing = derived(self._secret, b"commit")
        return hmac.digest(self._committing, plain, "sha256").hex()

    def _place(self, table: str, column: str, row: str) -> bytes:
        # Tables and columns are ours and hold no separator, so no two places read alike.
        return self._header + _SEPARATOR.join((table, column, row)).encode()

    def __repr__(self) -> str:
        """Return a name that gives nothing away."""
        return "<CaseKey>"


class Keys:
    """The keystore in one folder. Safe to share between threads, and across fork."""

    def __init__(self, folder: Path, mounts: Path = MOUNTS) -> None:
        """Name the folder (and where the system lists its mounts); nothing is made or opened yet."""
        self.folder = folder
        self._mounts = mounts
        self._tally = folder / "destroyed"
        self._here = _Process()

    def make(self) -> None:
        """Make folder, secrets and an empty store, whatever of them is missing: part of founding an office.

        Each part appears whole or not at all, so it may be killed anywhere and done again, and by many at once.
        Raises KeystoreDamaged where a secret is gone from a store that is there, SharedByMachines on a network drive.
        """
        must_be_local(self.folder, "keys/", self._mounts)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = self.folder / STORE
        # Looked at before the secrets are: they are made first, so that keys without them mean a loss.
        used = self.holds_any()
        for name in SECRETS:
            _secret_file(self.folder, name, used=used)
        if store.exists():
            # Whoever made it without its table was killed in between, as an older release could be.
            with self.turn():
                _with_table(store)
        else:
            draft = self.folder / f".{STORE}.{os.getpid()}.{secrets.token_hex(4)}"
            _with_table(draft)
            appear(draft, store)
        SigningKey(self.folder).make()
        fsync_folder(self.folder)

    def holds_any(self) -> bool:
        """Whether there is, or was, the key of any case here."""
        store = self.folder / STORE
        if not store.exists() or store.stat().st_size == 0:
            return False
        driver = sqlite_driver()
        database = driver.connect(store, timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            table = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'case_key'").fetchone()
            return table is not None and database.execute("SELECT 1 FROM case_key LIMIT 1").fetchone() is not None
        except driver.OperationalError as error:
            raise busy(error) from error
        finally:
            database.close()

    def create(self, cases: Sequence[str]) -> None:
        """Make a key for each case that has none, in one commit; they are on the disk when this returns.

        A destroyed key stays destroyed. Raises KeystoreDamaged where the one that wraps them opens no other.
        """
        here = self._open()
        wrap = here.wrapping.wrap
        with self._writing() as database:
            if here.wrapping.is_old or not here.fits:
                here.wrapping.read()
                here.fits = False
                _must_fit(here.wrapping, database)
                here.fits = True
            rows = [(case, wrap(case, secrets.token_bytes(KEY_BYTES))) for case in cases]
            database.executemany(
                "INSERT INTO case_key (case_number, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING", rows
            )

    def get(self, case: str) -> CaseKey:
        """Return the key of a case. Raises KeyDestroyed, or KeyMissing where there never was one."""
        here = self._open()
        with here.lock:
            destroyed = self._destroyed_so_far()
            if destroyed != here.destroyed:
                here.known.clear()
                here.destroyed = destroyed
            key = here.known.get(case)
            if key is None:
                key = here.known[case] = self._read(here, case)
                if len(here.known) > REMEMBERED:
                    here.known.popitem(last=False)
            else:
                here.known.move_to_end(case)
            return key

    def destroy(self, case: str) -> None:
        """Destroy the key of a case for good and in every process; doing it again changes nothing.

        Raises KeyMissing where there never was one, KeystoreBusy where an old copy may still lie in SQLite's log: then
        it is not done yet and must be called again.
        """
        self._open()
        with self._writing() as database:
            found = database.execute("SELECT wrapped FROM case_key WHERE case_number = ?", (case,)).fetchone()
            if found is None:
                raise KeyMissing("keys.missing", case=case)
            database.execute(
                "UPDATE case_key SET wrapped = NULL, destroyed_at = datetime('now')"
                " WHERE case_number = ? AND wrapped IS NOT NULL",
                (case,),
            )
        with created(self._tally, os.O_APPEND) as file:
            os.write(file, b".")
            os.fsync(file)
        here = self._open()
        with here.lock:
            here.known.clear()
            # The log holds pages as they were: with it the key could be brought back.
            busy, *_ = here.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise KeystoreBusy("keys.log_not_emptied", case=case)

    def lookup_hash(self, kind: str, value: str, stage: int = 1) -> str:
        """Return a keyed hash by which equal values of a kind are found (HMAC-SHA-256, hexadecimal).

        The caller brings *value* into its one spelling first. The same for all cases, so it outlives a case's key:
        store it only where an equal value must be recognised. What tells of people is asked at the office's own stage
        (`services.engine.office.Office.lookup`). Raises KeystoreDamaged where the secret of the stage is not there.
        """
        return lookups.digest(self._secrets(stage), kind, value).hex()

    def lookup_numbers(self, kind: str, values: Iterable[str], stage: int = 1) -> list[int]:
        """Return the first eight bytes of `lookup_hash` of each value, as the databases keep whole numbers."""
        chain = self._secrets(stage)
        hashes = (lookups.digest(chain, kind, value) for value in values)
        return [int.from_bytes(found[:8], "big", signed=True) for found in hashes]

    def lookup_brought_on(self, stored: str, stage: int) -> str:
        """Return what a hash of the stage before is at this one."""
        return lookups.brought_on(self._secrets(stage)[-1], stored)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _open(self) -> "_Process":
        """Return this process's view of the keystore, opened on first use and anew after a fork."""
        if self._here.pid != os.getpid():
            # What the parent opened is the parent's: to close it here would undo its locks and its log.
            _INHERITED.append(self._here)
            self._here = _Process()
        here = self._here
        if not here.ready:
            with here.lock:
                if not here.ready:
                    self._prepare(here)
                    here.ready = True
        return here

    def _prepare(self, here: "_Process") -> None:
        must_be_local(self.folder, "keys/", self._mounts)
        store = self.folder / STORE
        if not store.exists() and not any((self.folder / name).exists() for name in SECRETS):
            raise KeystoreAbsent("keys.absent", folder=str(self.folder))
        for part in (*SECRETS, STORE):
            if not (self.folder / part).exists():
                raise KeystoreDamaged("keys.gone", part=part)
        here.wrapping = Wrapping(self.folder)
        here.lookup = lookups.secrets_of(self.folder)
        here.driver = sqlite_driver()
        here.database = _connected(here.driver, store)

    def _secrets(self, stage: int) -> list[bytes]:
        """Return the secrets of look-ups up to a stage, read anew where one was added since."""
        here = self._open()
        if len(here.lookup) < stage:
            here.lookup = lookups.secrets_of(self.folder)
            if len(here.lookup) < stage:
                raise KeystoreDamaged("keys.gone", part=lookups.name_of(len(here.lookup) + 1))
        return here.lookup[:stage]

    def _read(self, here: "_Process", case: str) -> CaseKey:
        try:
            return CaseKey(here.wrapping.unwrap(case, self._stored(here, case)))
        except KeystoreDamaged:
            # The key that wraps is being changed (models.rotation): what was read of it is of before.
            here.wrapping.read()
            return CaseKey(here.wrapping.unwrap(case, self._stored(here, case)))

    def _stored(self, here: "_Process", case: str) -> bytes:
        try:
            found = here.database.execute(
                "SELECT wrapped, destroyed_at FROM case_key WHERE case_number = ?", (case,)
            ).fetchone()
        except here.driver.OperationalError as error:
            raise busy(error) from error
        if found is None:
            raise KeyMissing("keys.missing", case=case)
        wrapped, destroyed_at = found
        if wrapped is None:
            raise KeyDestroyed("keys.destroyed", case=case, at=destroyed_at)
        return bytes(wrapped)

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Yield the database inside one transaction, committed to the disk at the end."""
        here = self._open()
        with here.lock, self.turn():
            try:
                here.database.execute("BEGIN IMMEDIATE")
                yield here.database
                here.database.execute("COMMIT")
            except BaseException as error:
                if here.database.in_transaction:  # on a full disk SQLite has ended it by itself
                    here.database.execute("ROLLBACK")
                if isinstance(error, here.driver.OperationalError):
                    raise busy(error) from error
                raise

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Queue for the one write lock: SQLite's own waiting lets one of two writers starve."""
        with created(self.folder / "turn", 0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                # Said, not left to closing: a child forked meanwhile holds the same open file.
                fcntl.flock(file, fcntl.LOCK_UN)

    def _destroyed_so_far(self) -> int:
        try:
            return self._tally.stat().st_size
        except FileNotFoundError:
            return 0


class _Process:
    """What one process holds of a keystore: nothing of it survives a fork."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.lock = threading.RLock()
        self.ready = False
        # Whether the key-encryption key, as it was read last, was seen to open what is there.
        self.fits = False
        self.known: OrderedDict[str, CaseKey] = OrderedDict()
        self.destroyed = 0
        self.driver: ModuleType
        self.database: Any
        self.wrapping: Wrapping
        self.lookup: list[bytes]


# Kept so that nothing inherited over a fork is ever closed by the garbage collector.
_INHERITED: list[_Process] = []


def _secret_file(folder: Path, name: str, *, used: bool) -> None:
    """Make the secret of that name unless it is there: whoever comes second reads what the first one made."""
    path = folder / name
    if path.exists():
        return
    if used:
        raise KeystoreDamaged("keys.gone", part=name)
    made_secret(path, KEY_BYTES)


def _must_fit(wrapping: Wrapping, database: Any) -> None:
    """Raise KeystoreDamaged where a key-encryption key of another time lies there: what it wraps nobody could open."""
    if not wrapping.opens_any(rows := database.execute(SOME_WRAPPED).fetchall()):
        raise KeystoreDamaged("keys.unopened", case=rows[0][0])


def _with_table(path: Path) -> None:
    """Make the file of a store with its table, for its owner alone; SQLite syncs it before it says so."""
    with created(path, 0):
        pass
    database = sqlite_driver().connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = FULL")
        database.execute(_SCHEMA)
    finally:
        database.close()


def _connected(driver: ModuleType, path: Path) -> Any:
    # The lock in _Process lets one thread in at a time, so the driver need not look whose connection it is.
    database = driver.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        database.execute(f"PRAGMA journal_mode = {journal_of(driver)}")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA secure_delete = ON")
    except driver.OperationalError as error:
        database.close()
        raise busy(error) from error
    return database
