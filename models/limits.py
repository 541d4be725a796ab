"""How long PostgreSQL may keep us, and we others: every connection of the house is bounded, in one place.

Without limits one forgotten `psql`, idle in a transaction that holds a row, holds up whoever asks for it, and with the
solo worker all orders, deadlines and heartbeats. With them such a wait ends in an error that is transient trouble
(`services.engine.trouble`): put back, tried again, in nobody's way. SQLite has its busy timeout instead.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection


@dataclass(frozen=True, slots=True)
class Limits:
    """How many seconds; 0: as many as it takes."""

    # Waiting for a lock somebody holds.
    lock: float
    # One statement, its waiting included.
    statement: float
    # Between two statements of a transaction; then the server ends the session and frees its locks.
    idle: float


USUAL = Limits(lock=3, statement=20, idle=30)
"""For all that is not named below. A sweep or an order takes milliseconds to a second, and a worker is to be heard
every 27 seconds; whoever is frozen with locks in hand (a stopped machine) loses them after half a minute."""

LOOKING = Limits(lock=3, statement=600, idle=300)
"""For what a person looks at: `doctor`, `plan`, a list or the preview of a calendar read through a whole office, and
reckon between two statements. They hold no row, and whoever waits can interrupt them."""

MIGRATING = Limits(lock=0, statement=0, idle=0)
"""For migrations: rewriting a table takes as long as it takes, and the second of two migrations waits for the first."""
TABLE_OF_A_MIGRATION = Limits(lock=30, statement=0, idle=0)
"""Once it is its turn: everybody queues behind a migration that waits for a table, so it does not wait for long."""

# Seconds and numbers: a server whose machine is gone without a word is given up after 25 s, not after two hours.
_NETWORK: dict[str, int] = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # Milliseconds: keepalives are not sent while something we sent is unacknowledged.
    "tcp_user_timeout": 25_000,
}

_CONTENDED = frozenset({"55P03", "57014", "40P01", "40001"})
_SQLITE_BUSY = frozenset({5, 6})
# What a full disk does to the files beside a database SQLite calls an I/O error.
_FULL, _SQLITE_FULL = "53100", frozenset({13, 10})
_READS_ONLY, _SQLITE_READS_ONLY = "25006", 8


def contended(error: BaseException) -> bool:
    """Whether a statement did not come through because of what others do: a lock, a deadlock, too little time."""
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) in _CONTENDED or (code is not None and code & 0xFF in _SQLITE_BUSY)


def has_no_room(error: BaseException) -> bool:
    """Whether the disk of the database is full, or fails; *error* is SQLAlchemy's or the driver's own."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) == _FULL or (code is not None and code & 0xFF in _SQLITE_FULL)


def only_reads(error: BaseException) -> bool:
    """Whether the database takes nothing: its disk, its file or its server is there to be read alone."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) == _READS_ONLY or (code is not None and code & 0xFF == _SQLITE_READS_ONLY)


def connect_args(url: URL, limits: Limits) -> dict[str, Any]:
    """Return what a connection begins with; what the office's own URL says has the last word."""
    theirs = url.query.get("options", ())
    own = [theirs] if isinstance(theirs, str) else list(theirs)
    ours = [f"-c {name}={milliseconds}" for name, milliseconds in _settings(limits).items()]
    # What is asked here is short; to compile a long UNION takes the server twelve seconds, and to answer it one.
    ours.append("-c jit=off")
    network = {name: value for name, value in _NETWORK.items() if name not in url.query}
    return {**network, "application_name": "madoguchi", "options": " ".join([*ours, *own])}


def hold_to(db: Connection, limits: Limits) -> None:
    """Hold the rest of this transaction to other limits; nothing on SQLite."""
    if db.dialect.name == "postgresql":
        for name, milliseconds in _settings(limits).items():
            # SET, not set_config(): that would be a query, before which the doctor asks for one snapshot.
            db.exec_driver_sql(f"SET LOCAL {name} = {milliseconds}")


def _settings(limits: Limits) -> dict[str, int]:
    return {
        "lock_timeout": round(limits.lock * 1000),
        "statement_timeout": round(limits.statement * 1000),
        "idle_in_transaction_session_timeout": round(limits.idle * 1000),
    }
