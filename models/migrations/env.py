"""Alembic's environment: one connection, one transaction, foreign keys off on SQLite (batch copies would cascade)."""

from alembic import context
from sqlalchemy import Connection

from models.limits import TABLE_OF_A_MIGRATION, hold_to
from models.migrations import MIGRATION_LOCK
from models.session import load_tables


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=load_tables(),
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            hold_to(connection, TABLE_OF_A_MIGRATION)
        context.run_migrations()


with context.config.attributes["engine"].connect() as _connection:
    if _connection.dialect.name == "sqlite":
        # Straight to the driver: through SQLAlchemy a transaction would begin first, and inside one this is ignored.
        _connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
    _run(_connection)
    _connection.commit()
    if _connection.dialect.name == "sqlite":
        _connection.connection.cursor().execute("PRAGMA foreign_keys = ON")
