"""The newest schema as one script for each database, so that a new office has all its tables at once.

Migrations own the truth: `lab.schema` writes the scripts from what they lead to, and a test holds that both ways end in
the very same database. A script that is not of the newest migration is left alone, and all of them run one by one.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine

from models.limits import TABLE_OF_A_MIGRATION, hold_to
from models.migrations import MIGRATION_LOCK, known

HEAD = "-- Migration "
END = "\n;\n"
"""Every statement ends with a line that holds this semicolon alone: triggers have others inside."""


def script_of(dialect: str) -> Path:
    """Return the file with the statements for "sqlite" or "postgresql"."""
    return Path(__file__).parent / f"{dialect}.sql"


def written_for(dialect: str) -> str:
    """Return the number of the migration that this database's script is of."""
    with script_of(dialect).open(encoding="utf-8") as script:
        return script.readline().removeprefix(HEAD).strip()


def there_at_once(source: Engine, revision: str) -> bool:
    """Whether the database is at this revision: it was before, or it was blank and a script has just made all of it.

    All in one transaction: killed before its commit, it leaves a blank database.
    """
    wanted = max(known()) if revision == "head" else revision
    dialect = source.dialect.name
    with source.begin() as db:
        if dialect == "postgresql":
            db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            hold_to(db, TABLE_OF_A_MIGRATION)
        if _migrated(db):
            return set(db.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()) == {wanted}
        if written_for(dialect) != wanted:
            return False
        _make(db)
    return True


def _migrated(db: Connection) -> bool:
    if db.dialect.name == "postgresql":
        return db.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar_one() is not None
    named = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    return bool(db.exec_driver_sql(named).scalar_one())


def _make(db: Connection) -> None:
    script = script_of(db.dialect.name).read_text(encoding="utf-8")
    # PostgreSQL takes them all in one message; SQLite's driver would commit first.
    for statement in [script] if db.dialect.name == "postgresql" else script.split(END):
        if statement.strip():
            db.exec_driver_sql(statement, execution_options={"no_parameters": True})
