"""``python -m lab.schema``: write the scripts of models/schema anew, from what the migrations lead to.

To be run after each new migration, on both databases, which it starts itself.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from lab.postgres import Postgres
from models.schema import END, HEAD, script_of
from models.session import engine_for, migrate

_TABLES = (
    "SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
    " ORDER BY c.relname"
)
# A number of PostgreSQL's own is a sequence with the name that `serial` gives it.
_COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) AS value,
       pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL AS serial
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
# Foreign keys last: both tables must be there. NOT NULL stands beside its column.
_CONSTRAINTS = """
SELECT r.conrelid::regclass::text AS name, r.conname, pg_get_constraintdef(r.oid, true) AS words FROM pg_constraint r
WHERE r.connamespace = 'public'::regnamespace AND r.contype NOT IN ('n', 't')
ORDER BY r.contype = 'f', r.conrelid::regclass::text, r.contype, r.conname
"""
_INDEXES = """
SELECT pg_get_indexdef(i.indexrelid, 0, true) AS words FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_constraint r WHERE r.conindid = i.indexrelid AND r.contype IN ('p', 'u', 'x'))
ORDER BY c.relname
"""
_FUNCTIONS = """
SELECT pg_get_functiondef(p.oid) AS words FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
ORDER BY p.proname, pg_get_function_identity_arguments(p.oid)
"""
_TRIGGERS = """
SELECT pg_get_triggerdef(t.oid, true) AS words FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, t.tgname
"""


def text_of(db: Connection) -> str:
    """Return the script that makes a database like this one: its tables, what guards them, and every row."""
    statements = list(_sqlite(db) if db.dialect.name == "sqlite" else _postgresql(db))
    revision = db.exec_driver_sql("SELECT max(version_num) FROM alembic_version").scalar_one()
    return f"{HEAD}{revision}\n-- Written by `python -m lab.schema`, never by hand.\n{END.join([*statements, ''])}"


def _sqlite(db: Connection) -> Iterator[str]:
    made = db.exec_driver_sql("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").all()
    for row in made:
        yield row.sql
    for row in made:
        if row.type == "table":
            yield from _rows(db, row.name, "quote({})")


def _postgresql(db: Connection) -> Iterator[str]:
    tables = db.exec_driver_sql(_TABLES).all()
    for table in tables:
        columns = ",\n".join(f"    {_column(row)}" for row in db.exec_driver_sql(_COLUMNS.format(oid=table.oid)))
        yield f'CREATE TABLE "{table.relname}" (\n{columns}\n)'
    for row in db.exec_driver_sql(_CONSTRAINTS):
        yield f'ALTER TABLE {row.name} ADD CONSTRAINT "{row.conname}" {row.words}'
    for row in db.exec_driver_sql(_INDEXES):
        yield row.words
    for row in db.exec_driver_sql(_FUNCTIONS):
        yield row.words.replace(" FUNCTION public.", " FUNCTION ", 1).rstrip()
    # Rows before triggers: what guards a table would refuse them.
    for table in tables:
        yield from _rows(db, table.relname, "quote_nullable({}::text)")
    for row in db.exec_driver_sql(_TRIGGERS):
        yield row.words


def _column(row: Any) -> str:
    if row.serial:
        return f'"{row.attname}" serial NOT NULL'
    value = f" DEFAULT {row.value}" if row.value is not None else ""
    return f'"{row.attname}" {row.type}{value}{" NOT NULL" if row.attnotnull else ""}'


def _rows(db: Connection, table: str, quoted: str) -> Iterator[str]:
    looked = list(db.exec_driver_sql(f'SELECT * FROM "{table}" LIMIT 0').keys())  # noqa: S608 - the database's own name
    columns = [f'"{name}"' for name in looked]
    values = ", ".join(quoted.format(column) for column in columns)
    for row in db.exec_driver_sql(f'SELECT {values} FROM "{table}" ORDER BY 1'):  # noqa: S608 - the same
        yield f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({", ".join(row)})'  # noqa: S608 - quoted by it


def write(url: str) -> None:
    """Write the script for this kind of database, from a blank one that is migrated step by step."""
    migrate(url, at_once=False)
    source = engine_for(url)
    with source.begin() as db:
        script_of(source.dialect.name).write_text(text_of(db), encoding="utf-8")
    source.dispose()


def main() -> int:
    """Write both scripts."""
    with tempfile.TemporaryDirectory() as folder, Postgres(fsync=False) as server:
        write(f"sqlite:///{Path(folder) / 'blank.sqlite3'}")
        write(server.create())
    return 0


if __name__ == "__main__":
    sys.exit(main())
