"""The migrated schema is the one the code speaks of, on both databases, with its triggers and constraints."""

import threading
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError

from models import history
from models.driver import sqlite_driver
from models.session import engine_for, has_schema, load_tables, migrate, reading, transaction
from settings import PROJECT


def present_triggers(url: str) -> set[str]:
    engine = engine_for(url)
    sqlite = engine.dialect.name == "sqlite"
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with reading(engine) as db:
        found = db.execute(text(names if sqlite else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
        triggers = {row[0] for row in found}
    engine.dispose()
    return triggers


def test_the_migrations_lead_to_the_tables_of_the_code(database_url: str) -> None:
    engine = engine_for(database_url)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        differences = compare_metadata(context, load_tables())

    engine.dispose()
    assert differences == []


def indexes(url: str) -> dict[str, str]:
    """Return how each index is spelt in the database, as the database itself says it."""
    engine = engine_for(url)
    with engine.connect() as db:
        if engine.dialect.name == "sqlite":
            found = db.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
        else:
            found = db.execute(text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"))
        spelt = {name: " ".join(words.replace('"', "").split()) for name, words in found}
    engine.dispose()
    return spelt


def test_every_index_is_spelt_in_the_migrations_as_in_the_tables(blank_database_url: str) -> None:
    migrate(blank_database_url)
    migrated = indexes(blank_database_url)
    engine = engine_for(blank_database_url)
    with engine.begin() as db:
        load_tables().drop_all(db)
        load_tables().create_all(db)
    engine.dispose()

    made = indexes(blank_database_url)

    assert migrated == made
    assert len({name for name in made if " WHERE " in made[name]}) >= 20


def test_a_partial_index_is_made_in_one_place_alone() -> None:
    elsewhere = [
        path.name for path in sorted((PROJECT / "models").glob("*.py")) if "_where=" in path.read_text(encoding="utf-8")
    ]

    assert elsewhere == ["partial.py"]


def test_the_constraints_of_the_code_are_in_the_database(database_url: str) -> None:
    engine = engine_for(database_url)
    wanted = {
        (table.name, str(constraint.name))
        for table in load_tables().sorted_tables
        for constraint in table.constraints
        if constraint.__class__.__name__ == "CheckConstraint"
    }

    found = {
        (name, str(check["name"]))
        for name in inspect(engine).get_table_names()
        for check in inspect(engine).get_check_constraints(name)
    }

    engine.dispose()
    assert wanted <= found
    assert len(wanted) >= 4


def test_history_and_the_office_s_log_are_guarded_by_triggers(database_url: str) -> None:
    dialect = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    wanted = {words.split()[2] for words in history.triggers(dialect) if words.startswith("CREATE TRIGGER")}

    assert wanted <= present_triggers(database_url)
    assert len(wanted) == (6 if dialect == "sqlite" else 2)


def test_two_processes_may_migrate_at_once_and_again(blank_database_url: str) -> None:
    faults: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrate(blank_database_url)
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            faults.append(error)

    # One after the other and then again: alembic keeps its context in the process, so threads would meet in it.
    for _ in range(2):
        thread = threading.Thread(target=upgrade)
        thread.start()
        thread.join(60)

    engine = engine_for(blank_database_url)
    assert faults == []
    assert has_schema(engine)
    engine.dispose()


def test_a_transaction_on_sqlite_takes_the_write_lock_at_once_and_reading_does_not(sqlite_url: str) -> None:
    one, two = engine_for(sqlite_url), engine_for(sqlite_url)

    with transaction(one) as db:
        assert _can_read(two)
        assert not _can_write(sqlite_url)
        db.execute(text("SELECT 1"))

    assert _can_write(sqlite_url)
    one.dispose()
    two.dispose()


def _can_read(engine: Engine) -> bool:
    with reading(engine) as db:
        return bool(db.execute(text('SELECT count(*) FROM "case"')).scalar_one() == 0)


def _can_write(url: str) -> bool:
    impatient: Any = create_engine(url, module=sqlite_driver(), connect_args={"timeout": 0})
    try:
        with impatient.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError:
        return False
    finally:
        impatient.dispose()
    return True


@pytest.mark.parametrize("deed", ["UPDATE counter SET value = 1", "INSERT INTO counter VALUES ('x', 1)"])
def test_what_fails_is_rolled_back_whole(database_url: str, deed: str) -> None:
    engine = engine_for(database_url)

    def fail(db: Connection) -> None:
        db.execute(text("INSERT INTO counter VALUES ('y', 1)"))
        db.execute(text(deed))
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"), transaction(engine) as db:
        fail(db)

    with reading(engine) as db:
        assert db.execute(text("SELECT count(*) FROM counter")).scalar_one() == 0
    engine.dispose()


def test_an_error_of_the_database_does_not_tell_the_values(database_url: str) -> None:
    engine = engine_for(database_url)

    with pytest.raises(IntegrityError) as failure, transaction(engine) as db:
        db.execute(text("INSERT INTO counter (name, value) VALUES (:name, NULL)"), {"name": "a canary"})

    engine.dispose()
    assert "[parameters" not in str(failure.value)
