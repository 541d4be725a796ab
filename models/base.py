"""What every table shares: the metadata, the naming of constraints, and moments that keep their zone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, DateTime, Dialect, MetaData, Table, func
from sqlalchemy.types import JSON, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. A naive one is a bug and raises."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the database stores it: UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        value = value.astimezone(UTC)
        # SQLite keeps text; without the zone it sorts and compares as time does.
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@cache
def database_time() -> ColumnElement[datetime]:
    """Return the time of PostgreSQL's machine as an expression, always the same one: a question less than asking."""
    return func.clock_timestamp(type_=Moment)


def at_machine_time(
    db: Connection, column: str, rows: Sequence[Mapping[str, Any]], here: datetime
) -> tuple[Sequence[Mapping[str, Any]], tuple[tuple[str, ColumnElement[Any]], ...]]:
    """Return rows that are to say the machine's time in a column, and what the database itself writes into it.

    On PostgreSQL that is the time of the server, on SQLite *here*: what this machine's clock says.
    """
    if db.dialect.name == "postgresql":
        return rows, ((column, database_time()),)
    return [{**row, column: here} for row in rows], ()


Json = JSON(none_as_null=True)


def upserting_insert(db: Connection, table: Table) -> Any:
    """Return this database's INSERT that knows ON CONFLICT.

    Imported late: PostgreSQL's dialect brings every driver it knows, a tenth of what the admin script may take.
    """
    if db.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as of_sqlite

        return of_sqlite(table)
    from sqlalchemy.dialects.postgresql import insert as of_postgresql

    return of_postgresql(table)
