"""A database copied as it is at one moment, while others work in it, and brought back into an empty one.

SQLite writes a whole new file (VACUUM INTO). PostgreSQL is read in one snapshot, table by table, in its own text form
(COPY): no program of another version is needed on either side. Brought back, rows are taken as they are, past the
triggers that keep the living record; the chains tell whether they are what was written.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url

from models.driver import sqlite_driver, writing_to
from models.limits import MIGRATING
from models.migrations import known
from models.session import engine_for, load_tables, migrate

__all__ = ["FILE", "bring_back", "copied", "known", "revision", "rows", "sequences_go_on"]
FILE = "madoguchi.sqlite3"
BLOCK = 1024 * 1024
_TABLES = text(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    " AND table_name <> 'alembic_version' ORDER BY table_name"
)
_COLUMNS = text(
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = :name"
    " AND is_generated = 'NEVER' ORDER BY ordinal_position"
)
_SEQUENCES = text(
    "SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name) AS sequence"
    " FROM information_schema.columns WHERE table_schema = 'public'"
    " AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"
)


@contextmanager
def copied(url: str, folder: Path) -> Iterator[Connection]:
    """Copy the database into an empty folder; yield a look at exactly what was copied."""
    if make_url(url).get_backend_name() == "sqlite":
        _copy_sqlite(make_url(url).database or "", folder / FILE)
        with _looking(f"sqlite:///{folder / FILE}") as db:
            yield db
        return
    with _looking(url) as db:
        db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        for name in db.execute(_TABLES).scalars().all():
            with (folder / f"{name}.copy").open("xb") as file:
                Path(file.name).chmod(0o600)
                _copy_out(db, name, file.write)
                file.flush()
                os.fsync(file.fileno())
        yield db


def _copy_sqlite(source: str, target: Path) -> None:
    with closing(sqlite_driver().connect(source, timeout=30, isolation_level=None)) as database, writing_to(target):
        database.execute("VACUUM INTO ?", (str(target),))
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _looking(url: str) -> Iterator[Connection]:
    source = engine_for(url, MIGRATING)
    try:
        with source.connect().execution_options(madoguchi_read=True) as db, db.begin():
            yield db
    finally:
        source.dispose()


def _copy_out(db: Connection, table: str, write: Callable[[bytes], Any]) -> None:
    names = list(db.execute(_COLUMNS, {"name": table}).scalars())
    write(("\t".join(names) + "\n").encode())
    with _cursor(db).copy(f'COPY "{table}" ({_listed(names)}) TO STDOUT') as out:
        for block in out:
            write(bytes(block))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _cursor(db: Connection) -> Any:
    return db.connection.cursor()


def rows(db: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    if db.dialect.name == "sqlite":
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        names = [name for name in db.execute(text(named)).scalars() if name != "alembic_version"]
    else:
        names = list(db.execute(_TABLES).scalars())
    count = 'SELECT count(*) FROM "{}"'.format
    return {name: int(db.execute(text(count(name))).scalar_one()) for name in sorted(names)}


def revision(db: Connection) -> str:
    """Return the newest migration the database has had."""
    return str(db.execute(text("SELECT max(version_num) FROM alembic_version")).scalar_one())


def bring_back(folder: Path, url: str, found: str) -> None:
    """Fill an empty database with a copy of that revision.

    On PostgreSQL all rows come in one transaction: broken off, the database holds empty tables.
    """
    if make_url(url).get_backend_name() == "sqlite":
        target = Path(make_url(url).database or "")
        draft = target.with_name(f".{target.name}.draft")
        shutil.copyfile(folder / FILE, draft)
        draft.chmod(0o600)
        draft.rename(target)
    else:
        migrate(url, found)
        source_engine = engine_for(url, MIGRATING)
        try:
            _fill(source_engine, folder)
        finally:
            source_engine.dispose()


def _fill(source: Engine, folder: Path) -> None:
    with source.begin() as db:
        there = list(db.execute(_TABLES).scalars())
        order = [table.name for table in load_tables().sorted_tables if table.name in there]
        order += [name for name in there if name not in order]
        for name in order:
            db.execute(text(f'ALTER TABLE "{name}" DISABLE TRIGGER USER'))
        for name in reversed(order):
            db.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - names the database gave
        for name in order:
            _copy_in(db, name, folder / f"{name}.copy")
        sequences_go_on(db)
        for name in order:
            db.execute(text(f'ALTER TABLE "{name}" ENABLE TRIGGER USER'))


def sequences_go_on(db: Connection) -> None:
    """Let every number that PostgreSQL gives by itself follow the highest there is."""
    for row in db.execute(_SEQUENCES).all():
        highest = f'SELECT coalesce(max("{row.column_name}"), 0) FROM "{row.table_name}"'  # noqa: S608 - names the database gave
        last = db.execute(text(highest)).scalar_one()
        db.execute(text("SELECT setval(:sequence, :next, false)"), {"sequence": row.sequence, "next": last + 1})


def _copy_in(db: Connection, table: str, file: Path) -> None:
    with file.open("rb") as source:
        names = source.readline().decode().rstrip("\n").split("\t")
        with _cursor(db).copy(f'COPY "{table}" ({_listed(names)}) FROM STDIN') as into:
            while block := source.read(BLOCK):
                into.write(block)
