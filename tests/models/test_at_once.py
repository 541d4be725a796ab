"""A new office has its tables at once: the very ones, on both databases, that one migration after the other makes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from lab import schema as lab_schema
from lab.postgres import Postgres
from models import schema, session
from models.session import engine_for, migrate

_CATALOGUES = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'oid'
WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND NOT c.relisshared ORDER BY 1
"""
# What scripts do not write and no office must have differently: whether a trigger is on, who may do what, ...
_LOOKED_AT = {
    "relations": "SELECT relname, relkind, relpersistence, relacl::text, reloptions::text, relrowsecurity,"
    " relreplident, relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    "columns": "SELECT attrelid::regclass::text, attname, attidentity, attgenerated, attcollation, attstorage,"
    " attacl::text, atttypid, atttypmod FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0"
    " AND c.relnamespace = 'public'::regnamespace AND NOT attisdropped ORDER BY 1, 2",
    "functions": "SELECT proname, proowner, proacl::text, prosecdef, proconfig::text, prosrc FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled, tgtype FROM pg_trigger WHERE NOT tgisinternal"
    " ORDER BY 1, 2",
    "constraints": "SELECT conrelid::regclass::text, conname, convalidated, condeferrable, condeferred"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "indexes": "SELECT indexrelid::regclass::text, indisvalid, indisunique, indisprimary, indisclustered FROM pg_index"
    " JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1",
    "sequences": "SELECT to_jsonb(s)::text FROM pg_sequences s WHERE schemaname = 'public' ORDER BY 1",
    "defaults": "SELECT defaclobjtype FROM pg_default_acl",
}


def picture(db: Connection) -> dict[str, Any]:
    """Return everything a database says of itself, and its rows."""
    told: dict[str, Any] = {"script": lab_schema.text_of(db).split(schema.END)}
    if db.dialect.name == "sqlite":
        kept = ("application_id", "user_version", "encoding", "page_size", "auto_vacuum")
        told |= {name: db.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in kept}
        told["all"] = [tuple(row) for row in db.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")]
        return told
    told |= {name: [tuple(row) for row in db.exec_driver_sql(asked)] for name, asked in _LOOKED_AT.items()}
    # Of every kind of thing there is as many: no view, type, rule, policy or comment that nobody asked after above.
    for name in db.exec_driver_sql(_CATALOGUES).scalars().all():
        told[name] = db.exec_driver_sql(f"SELECT count(*) FROM {name} WHERE oid >= 16384").scalar_one()  # noqa: S608
    told["said of them"] = db.exec_driver_sql("SELECT count(*) FROM pg_description WHERE objoid >= 16384").scalar_one()
    return told


def seen(url: str) -> dict[str, Any]:
    source = engine_for(url)
    with source.begin() as db:
        told = picture(db)
    source.dispose()
    return told


@pytest.fixture(params=["sqlite", "postgresql"])
def both_ways(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two blank databases of a kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'one.sqlite3'}", f"sqlite:///{tmp_path / 'other.sqlite3'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create(), server.create()


def test_at_once_is_what_all_migrations_lead_to(both_ways: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, by_steps = both_ways
    stepped: list[str] = []
    step_by_step = session._step_by_step

    def step(target: Engine, revision: str) -> None:
        stepped.append(str(target.url.database))
        step_by_step(target, revision)

    monkeypatch.setattr(session, "_step_by_step", step)

    migrate(at_once)
    migrate(by_steps, at_once=False)
    one, other = seen(at_once), seen(by_steps)
    migrate(at_once)

    assert [database in by_steps for database in stepped] == [True]
    assert len(one["script"]) > 140
    for name in other:
        assert one[name] == other[name], name
    assert seen(at_once) == one  # and a second time nothing is done


def test_three_that_begin_at_once_in_a_blank_place_make_one_schema(both_ways: tuple[str, str]) -> None:
    together, alone = both_ways
    ready = threading.Barrier(3)

    def begin(_: int) -> None:
        ready.wait(60)
        migrate(together)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(begin, range(3)))

    migrate(alone)
    assert seen(together) == seen(alone)


def test_a_script_of_an_older_migration_is_left_alone(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tmp_path / "sqlite.sql"
    older.write_text(f"{schema.HEAD}0038\nCREATE TABLE nonsense (id INTEGER)\n;\n", encoding="utf-8")
    monkeypatch.setattr(schema, "script_of", lambda _: older)
    blank = f"sqlite:///{tmp_path / 'blank.sqlite3'}"

    migrate(blank)

    assert seen(blank) == seen(sqlite_url)
