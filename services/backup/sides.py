"""The two places of a move, looked at before anything is written: whether one may be left, and the other moved into."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from clock import machine_now
from models import moving, office, staff
from models.driver import sqlite_driver
from models.founding import NoOffice, founding
from models.founding import place_of as place_of_url
from models.limits import MIGRATING
from models.machine import this_machine
from models.session import engine_for, reading
from services.backup import dumps
from services.backup.tables import tables
from settings import Settings
from workflows.engine.values import Reason

LOCK = 7_301_946_553
"""An advisory lock of PostgreSQL, one a database: who holds it moves, and finds out that two names are one database."""
SEEDED = frozenset({"log_head", "tally_head"})
"""Tables in which a migration writes a row."""
_LOCKED = text("SELECT pg_try_advisory_lock(:lock)")
_OWNED = text(
    "SELECT coalesce(bool_and(pg_has_role(current_user, tableowner, 'USAGE')), true) FROM pg_tables"
    " WHERE schemaname = 'public'"
)
_MAY_MAKE = text("SELECT has_schema_privilege(current_user, 'public', 'CREATE')")
_LOGIN = text("SELECT session_user")


class MoveRefused(Exception):
    """Nothing was moved, or the move stands where it stood; ``reason`` says what would work."""

    def __init__(self, code: str, /, **params: object) -> None:
        """Keep the reason."""
        self.reason = Reason(f"moving.{code}", params)
        super().__init__(self.reason.code)


@contextmanager
def source_of(settings: Settings) -> Iterator[Engine]:
    """Yield the office's own database, which nobody else moves meanwhile. Raises MoveRefused, NoOffice."""
    with _reached(settings.database_url) as engine:
        with reading(engine) as db:  # NoOffice where there is no file
            if not inspect(db).has_table(founding.name):
                raise NoOffice(place_of(settings.database_url))
            _must_be_of_this_release(db, settings.database_url)
        with _alone(engine):
            yield engine


@contextmanager
def target_of(url: str, source: Engine) -> Iterator[Engine]:
    """Yield the database that is named, which is another one. Raises MoveRefused."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        if not file.parent.is_dir() or not os.access(file.parent, os.W_OK | os.X_OK):
            raise MoveRefused("no_folder", folder=file.parent)
        own = source.url.database if source.dialect.name == "sqlite" else None
        if own is not None and file.exists() and file.samefile(own):
            raise MoveRefused("same", place=place_of(url))
        _must_not_be_strange(file)
    else:  # said here, it holds whatever the environment asks for, and a server without an encoding can be looked at
        url = parsed.update_query_dict({"client_encoding": "utf8"}).render_as_string(hide_password=False)
    with _reached(url) as engine, _alone(engine, MoveRefused("same", place=place_of(url))):
        yield engine


def settled(url: str) -> str:
    """Return a URL that names the same place from wherever it is read."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return f"sqlite:///{Path(parsed.database or '').absolute()}"
    return url


def place_of(url: str) -> str:
    """Return what is shown and kept of a URL: where it is, and nothing by which one comes in."""
    return place_of_url(make_url(url))


def is_there(engine: Engine) -> bool:
    """Whether there is a database: a file that is not there is not made by looking."""
    if engine.dialect.name != "sqlite":
        return True
    file = Path(engine.url.database or "")
    return file.exists() and file.stat().st_size > 0


def _must_not_be_strange(file: Path) -> None:
    """Look into a file without changing a byte of it. Raises MoveRefused where it is no database, or not of ours."""
    if not file.exists():
        return
    try:
        with closing(sqlite_driver().connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
            there = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite_driver().DatabaseError as error:
        raise MoveRefused("no_database", place=str(file)) from error
    if strange := there - {table.name for table in tables()} - {moving.moving.name, "alembic_version"}:
        raise MoveRefused("not_empty", place=str(file), table=min(strange))


@contextmanager
def _reached(url: str) -> Iterator[Engine]:
    engine = engine_for(url, MIGRATING)
    try:
        if engine.dialect.name == "postgresql":
            with engine.connect():
                pass
    except SQLAlchemyError as error:  # what the server says may name a login; nothing of it is shown
        engine.dispose()
        raise MoveRefused("unreachable", place=place_of(url)) from error
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _alone(engine: Engine, refusal: MoveRefused | None = None) -> Iterator[None]:
    refusal = refusal or MoveRefused("under_way")
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            if not db.execute(_LOCKED, {"lock": LOCK}).scalar_one():
                raise refusal
            yield
        return
    if refusal.reason.code != "moving.under_way":  # a file that is moved into is told by its path
        yield
        return
    folder = os.open(Path(engine.url.database or "").absolute().parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise refusal from None
    finally:
        os.close(folder)


def must_stand_still(db: Connection, settings: Settings, now: datetime | None = None) -> None:
    """Return where nobody works in this office: no desk of this home, no worker within a minute. Raises MoveRefused."""
    if _desk_runs(settings.run / "desk.lock"):
        raise MoveRefused("desk_runs", home=settings.home)
    now = now or machine_now(db)
    beats = select(office.heartbeat.c.worker).where(office.heartbeat.c.at > now - office.SILENT).distinct()
    if alive := sorted(db.execute(beats).scalars()):
        raise MoveRefused("workers_alive", workers=alive)
    if other := office.elsewhere(db, this_machine(), now):
        raise MoveRefused("workers_alive", workers=[other.name])


def _desk_runs(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def must_be_ours(db: Connection, url: str) -> None:
    """Return where this login may close the office's tables and knows each of them. Raises MoveRefused."""
    if strange := sorted(_there(db) - {table.name for table in tables()} - {moving.moving.name}):
        raise MoveRefused("strange_tables", place=place_of(url), tables=strange)
    _must_own(db, url)


def must_take_it(db: Connection, url: str, names: Iterable[str]) -> None:
    """Return where an office may move in here: nothing is there but, perhaps, this release's empty tables.

    *names* are those of the staff. Raises MoveRefused.
    """
    if db.dialect.name == "postgresql":
        _must_be_fit(db, url)
        if (login := db.execute(_LOGIN).scalar_one()) in set(names):
            raise MoveRefused("login_is_staff", login=login)
    there = _there(db)
    if not there and not inspect(db).has_table("alembic_version"):
        if db.dialect.name == "postgresql" and not db.execute(_MAY_MAKE).scalar_one():
            raise MoveRefused("no_rights", place=place_of(url))
        return
    if not there <= {table.name for table in tables()} | {moving.moving.name}:
        raise MoveRefused("not_empty", place=place_of(url), table=min(there))
    _must_be_of_this_release(db, url)
    _must_own(db, url)
    for table in tables():
        if table.name not in SEEDED and db.execute(select(func.count()).select_from(table)).scalar_one():
            raise MoveRefused("not_empty", place=place_of(url), table=table.name)


def staff_names(db: Connection) -> list[str]:
    """Return the names of those who work here."""
    return [row.name for row in staff.everybody(db) if row.active]


def _there(db: Connection) -> set[str]:
    return set(inspect(db).get_table_names()) - {"alembic_version"}


def _must_be_fit(db: Connection, url: str) -> None:
    encoding = db.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise MoveRefused("not_utf8", place=place_of(url), encoding=encoding)
    if db.execute(text("SHOW transaction_read_only")).scalar_one() == "on":
        raise MoveRefused("reads_only", place=place_of(url))
    if db.execute(text("SELECT current_schema()")).scalar_one() != "public":
        raise MoveRefused("no_rights", place=place_of(url))


def _must_own(db: Connection, url: str) -> None:
    if db.dialect.name == "postgresql" and not db.execute(_OWNED).scalar_one():
        raise MoveRefused("no_rights", place=place_of(url))


def _must_be_of_this_release(db: Connection, url: str) -> None:
    if not inspect(db).has_table("alembic_version"):
        raise MoveRefused("not_migrated", place=place_of(url))
    here, newest = dumps.revision(db), max(dumps.known())
    if here not in dumps.known():
        raise MoveRefused("newer", place=place_of(url))
    if here != newest and moving.under_way(db) is not None:  # nobody writes there, migrations neither
        raise MoveRefused("begun_by_older", place=place_of(url))
    if here != newest:
        raise MoveRefused("older", place=place_of(url), revision=here, newest=newest)
