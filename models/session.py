"""Connections and transactions on SQLite and PostgreSQL, so that the rest of the house need not know which it is.

One writer at a time on SQLite (BEGIN IMMEDIATE behind a file lock that shares evenly), READ COMMITTED with row locks on
PostgreSQL. A transaction is short: nothing inside it talks to a queue, renders a letter or waits.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from models.base import metadata
from models.driver import journal_of, sqlite_driver
from models.founding import NoOffice
from models.limits import LOOKING, MIGRATING, USUAL, Limits, connect_args, hold_to
from models.machine import MOUNTS, must_be_local
from models.partial import make_indexes
from models.schema import there_at_once
from settings import settings

READ = {"madoguchi_read": True}


_left: dict[str, Engine] = {}


@cache
def _engine(url: str, pid: int) -> Engine:
    return _left.get(url) or engine_for(url)


def engine() -> Engine:
    """Return this process's engine for the database of the settings."""
    return _engine(settings().database_url, os.getpid())


def leave_engine() -> None:
    """Close every connection of this process, and leave its engine to the children it will fork.

    What they inherit is what the engine knows of statements, and no connection.
    """
    source = engine()
    source.dispose()
    _left[settings().database_url] = source
    _engine.cache_clear()


def forget_engines() -> None:
    """Leave inherited connections alone after a fork: they belong to the parent."""
    _engine.cache_clear()


def engine_for(url: str, limits: Limits = USUAL, mounts: Path = MOUNTS) -> Engine:
    """Return a new engine for *url*, every connection of which is held to *limits* (on PostgreSQL).

    Raises SharedByMachines for an embedded database on a network file system.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgresql(url, limits)
    if parsed.database and parsed.database != ":memory:":
        must_be_local(Path(parsed.database), "the database", mounts)
    return _sqlite(url)


def _postgresql(url: str, limits: Limits) -> Engine:
    # A caller's own style of dates would reach the server with each connection, and none of ours could be read.
    os.environ.pop("PGDATESTYLE", None)
    made = create_engine(
        url,
        isolation_level="READ COMMITTED",
        # An error's text reaches logs and Flower; the values of a statement must not.
        hide_parameters=True,
        pool_size=2,
        max_overflow=2,
        connect_args=connect_args(make_url(url), limits),
    )

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        from psycopg.types.array import ListBinaryDumper

        connection.adapters.register_dumper(list, ListBinaryDumper)

    return made


def _sqlite(url: str) -> Engine:
    driver = sqlite_driver()
    made = create_engine(
        url, module=driver, connect_args={"timeout": 30, "isolation_level": None}, hide_parameters=True
    )
    journal = journal_of(driver)

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 30000")
        cursor.execute(f"PRAGMA journal_mode = {journal}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # The driver would begin DEFERRED and commit on SAVEPOINT release; we take over (isolation_level None).
        reading = connection.get_execution_options().get("madoguchi_read", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")

    return made


@contextmanager
def transaction(source: Engine | None = None) -> Iterator[Connection]:
    """Yield a connection inside one writing transaction: committed at the end, rolled back on any exception.

    Raises NoOffice where there is no file: looking for an office must not leave one behind.
    """
    source = source or engine()
    _must_be_there(source)
    with _turn(source), source.begin() as connection:
        yield connection


@contextmanager
def reading(source: Engine | None = None) -> Iterator[Connection]:
    """Yield a connection for looking only. Raises NoOffice where there is no file."""
    source = source or engine()
    _must_be_there(source)
    with source.connect().execution_options(**READ) as connection, connection.begin():
        yield connection


@contextmanager
def glancing(source: Engine | None = None) -> Iterator[Connection]:
    """Yield a connection for one question, which on PostgreSQL needs no transaction around it. Raises NoOffice."""
    source = source or engine()
    if source.dialect.name == "sqlite":
        with reading(source) as connection:
            yield connection
        return
    with source.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


@contextmanager
def looking(source: Engine | None = None) -> Iterator[Connection]:
    """Yield the same for what a person looks at, who may read through a whole office. Raises NoOffice."""
    with reading(source) as connection:
        hold_to(connection, LOOKING)
        yield connection


def _must_be_there(source: Engine) -> None:
    """Raise NoOffice where SQLite would make the file that is not there (or is still empty: founding was killed)."""
    database = source.url.database
    if source.dialect.name != "sqlite" or not database or database == ":memory:":
        return
    try:
        if Path(database).stat().st_size > 0:
            return
    except (FileNotFoundError, NotADirectoryError):
        pass
    raise NoOffice(database)


@contextmanager
def _turn(source: Engine) -> Iterator[None]:
    """Queue for SQLite's one write lock: its own waiting starves one of two writers, a file lock shares evenly."""
    database = source.url.database
    if source.dialect.name != "sqlite" or not database or database == ":memory:":
        yield
        return
    handle = os.open(f"{database}.turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def migrate(url: str | None = None, revision: str = "head", *, at_once: bool = True) -> None:
    """Bring the schema of the database up to this checkout, or to a *revision*; safe to call by many at once.

    Makes the file of an embedded database that is not there: only for whoever founds an office, or a test. A blank
    database is given all of the newest schema *at_once*, or else one migration after the other.
    """
    url = url or settings().database_url
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # For its owner alone, in whatever folder: what SQLite lays beside it has the same rights.
        Path(parsed.database).touch(mode=0o600)
    target = engine_for(url, MIGRATING)
    try:
        with _turn(target):
            if not (at_once and there_at_once(target, revision)):
                _step_by_step(target, revision)
    finally:
        target.dispose()


def _step_by_step(target: Engine, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = target
    command.upgrade(config, revision)


def has_schema(source: Engine) -> bool:
    """Whether the tables are there at all."""
    from sqlalchemy import inspect

    with reading(source) as connection:
        return bool(inspect(connection).has_table("case"))


def behind(source: Engine) -> bool:
    """Whether the database waits for migrations of this checkout."""
    from models.migrations import known

    with reading(source) as connection:
        there = set(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars())
    return bool(there) and there < known() and max(there) < max(known())


def load_tables() -> Any:
    """Import every table, so that the metadata is complete, and return it."""
    from models import (  # noqa: F401
        booking,
        case,
        checkpoint,
        command,
        disc,
        dropped,
        effect,
        ending,
        evidence,
        founding,
        history,
        incident,
        inquiry,
        letter,
        letter_kind,
        mail,
        moving,
        office,
        person,
        retry,
        scan,
        search,
        staff,
        tally,
        timer,
        word,
    )

    make_indexes()
    return metadata
