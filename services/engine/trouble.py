"""Trouble has three kinds, told apart in this one place; a refusal is none of them, it is an answer.

- transient: it passes by itself or when somebody makes room, mounts, starts. Tried again for ever, with a backoff that
  stands in the database, and it counts towards no end.
- poison: it can never work as it is. Set aside at once or after a few tries, with one incident, until it is requeued.
- newer: made by newer code than this. Left alone: nothing is counted, moved or set aside.

An exception of ours says its kind by its base class; those of libraries stand in the lists below.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import exc

from models import incident
from models.keys import KeyDestroyed, KeyMissing, KeystoreAbsent, KeystoreBusy, SealBroken
from models.machine import SharedByMachines
from models.wrapping import KeystoreDamaged
from services.engine.order import LostRace
from workflows.engine.schemas import NewerForm
from workflows.engine.values import NotHere, Reason

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(seconds=60)
"""The bounds of the backoff: what has waited for a while waits as long again, but never longer than a minute."""
TRIES = 3
"""After so many claims whose worker died, or failures that do not pass, something is set aside."""


class Newer(Exception):
    """Newer code made this; it is left alone."""


NEWER = (Newer, NewerForm)
"""The errors that say so: an order, a case or a sealed value of newer code's."""


class Poison(Exception):
    """Something that can never work, however often it is tried."""


class NotReady(NotHere):
    """What a case needs is not here; when somebody puts it back, everything goes on. ``reason`` says what it is."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.code)


class Kind(StrEnum):
    """What kind of trouble it is; UNTRIED: none, its turn did not come."""

    TRANSIENT = "transient"
    POISON = "poison"
    NEWER = "newer"
    UNTRIED = "untried"


# The keystore is on its way (busy, not mounted, restored in part): with it everything goes on. A key that was
# destroyed never comes back.
_TRANSIENT: tuple[type[BaseException], ...] = (
    LostRace, NotHere, KeystoreBusy, KeystoreDamaged, KeystoreAbsent, SharedByMachines, KeyMissing,
    exc.TimeoutError, exc.DisconnectionError, exc.InterfaceError,
    ConnectionError, TimeoutError, BlockingIOError, InterruptedError, MemoryError,
)  # fmt: skip
_POISON: tuple[type[BaseException], ...] = (Poison, KeyDestroyed, SealBroken)
# PostgreSQL's classes of trouble that is not the statement's fault: connection, transaction rolled back (deadlock, lost
# race), resources (disk full, memory, too many connections), locks and states (lock_timeout), operator's intervention
# (statement_timeout, shutdown), system error (I/O).
_SQLSTATES = ("08", "40", "53", "55", "57", "58")
# Idle too long, a server that only reads (a failover), no right (yet), a table or column that the migration brings.
_MORE_SQLSTATES = frozenset({"25P03", "25006", "42501", "42P01", "42703"})
# SQLite's primary codes: PERM BUSY LOCKED NOMEM READONLY INTERRUPT IOERR FULL CANTOPEN PROTOCOL SCHEMA.
_SQLITE = frozenset({3, 5, 6, 7, 8, 9, 10, 13, 14, 15, 17})
_SQLITE_WORDS = ("no such table", "no such column", "has no column")
# Imported only where they can occur.
_BROKER = frozenset({"kombu", "redis", "amqp"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: its kind, what may be written down of it, and whether another try has no point."""

    kind: Kind
    text: str
    at_once: bool = False
    error: BaseException | None = None


UNTRIED = Fault(Kind.UNTRIED, "")


def fault(error: BaseException) -> Fault:
    """Return what kind of trouble an error is."""
    kind = kind_of(error)
    return Fault(kind, incident.fault_of(error), kind is Kind.POISON and isinstance(error, _POISON), error)


def kind_of(error: BaseException) -> Kind:
    """Return the kind of trouble an error means. What nobody foresaw is poison: it must not be tried for ever."""
    if isinstance(error, NEWER):
        return Kind.NEWER
    if isinstance(error, _POISON):
        return Kind.POISON
    if isinstance(error, _TRANSIENT) or _is_of_the_database(error) or _is_of_the_system(error):
        return Kind.TRANSIENT
    return Kind.TRANSIENT if type(error).__module__.partition(".")[0] in _BROKER else Kind.POISON


def later(now: datetime, since: datetime | None) -> datetime:
    """Return when to try again what has met transient trouble since then."""
    waited = now - since if since is not None else FIRST_WAIT
    return now + min(max(waited, FIRST_WAIT), LONGEST_WAIT)


def _is_of_the_system(error: BaseException) -> bool:
    # Disk full, quota, I/O error, a folder that is not there or not ours: whatever the operating system refuses, it
    # refuses for its own reasons. A library's error that only borrows the class carries no number.
    return isinstance(error, OSError) and error.errno is not None


def _is_of_the_database(error: BaseException) -> bool:
    if not isinstance(error, exc.DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state[:2] in _SQLSTATES or state in _MORE_SQLSTATES
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE or any(word in str(error.orig) for word in _SQLITE_WORDS)
    # Neither: a connection that was never made, or lost in a way the driver has no number for.
    return isinstance(error, exc.OperationalError)
