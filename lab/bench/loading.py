"""Writing rows by the million, past what guards single ones: for the offices of the benches."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from tests.office import TestOffice


def load(db: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as fast as the database takes them."""
    names = ", ".join(columns)
    driver: Any = db.connection.driver_connection
    cursor = driver.cursor()
    if db.dialect.name == "sqlite":
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608 - our names
        return
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def analyse(engine: Engine) -> None:
    """Do what autovacuum does by itself on PostgreSQL; on SQLite nobody does, so neither do we."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.exec_driver_sql("SET statement_timeout = 0")
            db.exec_driver_sql("VACUUM (ANALYZE)")
            db.exec_driver_sql("RESET statement_timeout")


@contextmanager
def as_owner(office: TestOffice) -> Iterator[Connection]:
    """Write past what guards single rows: every row that is copied has passed it."""
    with office.as_owner() as db:
        if db.dialect.name == "postgresql":
            db.exec_driver_sql("SET LOCAL synchronous_commit = off")
            db.exec_driver_sql("SET LOCAL statement_timeout = 0")
            db.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield db
