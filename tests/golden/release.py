"""The office of the release before (revision b1d8543, migration 0004), laid out as that release left it.

``release-0004/`` was written once by that release's own code: its database and its keys as SQL, its two secrets, one
letter (every letter in its spool was the same sheet), and what a test must know of it. All its people are invented.
"""

import json
import shutil
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, text

from models.session import engine_for, reading
from models.staff import chain
from settings import PROJECT
from tests.golden import FOLDER

RELEASE = FOLDER / "release-0004"
TOLD: dict[str, str] = json.loads((RELEASE / "told.json").read_text(encoding="utf-8"))
"""What is known of it: the number of a case in each state, a code on a posted form, the key of an order that waits."""
NOW = datetime.fromisoformat(TOLD["now"])
"""When that office was left, in its own time: a Monday morning."""

# The library the office uses: two SQLite libraries in one process undo each other's locks when they close a file.
sqlite: Any = import_module("pysqlite3.dbapi2" if find_spec("pysqlite3") else "sqlite3")


def lay_out(home: Path, lead: str | None = None) -> Path:
    """Put the office into *home*, at five minutes past the moment it was left; return its database.

    *lead* is let in as that release let people in: whoever runs the tests is to act under their own login.
    """
    var, keys = home / "var", home / "keys"
    for folder in (var, keys):
        folder.mkdir(mode=0o700)
    database = _from_sql("office.sql", var / "madoguchi.sqlite3")
    _from_sql("keys.sql", keys / "case-keys.sqlite").close()
    for secret in ("kek", "lookup"):
        (keys / secret).write_bytes(bytes.fromhex((RELEASE / f"{secret}.hex").read_text(encoding="ascii")))
        (keys / secret).chmod(0o600)
    for (path,) in database.execute("SELECT path FROM letter WHERE path IS NOT NULL").fetchall():
        (var / "spool" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RELEASE / "letter.pdf", var / "spool" / path)
    moved = NOW + timedelta(minutes=5) - datetime.now(tz=NOW.tzinfo)
    offset = round(moved / timedelta(microseconds=1))
    database.execute('INSERT INTO office_clock (id, "offset") VALUES (1, ?)', (offset,))
    if lead is not None:
        _let_in(database, lead)
    database.commit()
    database.close()
    return var / "madoguchi.sqlite3"


def move_to_postgresql(database: Path, url: str) -> None:
    """Make the tables of migration 0004 in a database of PostgreSQL and put the same rows into them."""
    target = engine_for(url)
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "models" / "migrations"))
    config.attributes["engine"] = target
    command.upgrade(config, "0004")
    source = engine_for(f"sqlite:///{database}")
    tables, rows = MetaData(), MetaData()
    tables.reflect(target)
    rows.reflect(source)
    with reading(source) as old, target.begin() as new:
        for table in tables.sorted_tables:
            found = [dict(row) for row in old.execute(rows.tables[table.name].select()).mappings()]
            if found and table.name != "alembic_version":
                new.execute(table.insert(), [{name: _zoned(value) for name, value in row.items()} for row in found])
            if "id" in table.c:
                sequence = new.execute(
                    text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": f'"{table.name}"'}
                ).scalar_one()
                if sequence is not None and found:
                    new.execute(text("SELECT setval(:name, :last)"), {"name": sequence, "last": found[-1]["id"]})
    source.dispose()
    target.dispose()


def _zoned(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _from_sql(name: str, file: Path) -> Any:
    database = sqlite.connect(str(file))
    database.executescript((RELEASE / name).read_text(encoding="utf-8"))
    file.chmod(0o600)
    return database


def _let_in(database: Any, lead: str) -> None:
    seq, head = database.execute("SELECT seq, hash FROM office_event ORDER BY seq DESC LIMIT 1").fetchone()
    at = round(NOW.timestamp() * 1_000_000)
    details = {"name": lead, "roles": ["lead"]}
    row = {"seq": seq + 1, "at": at, "what": "staff_added", "actor": "kudo", "details": details, "prev_hash": head}
    columns = (*(json.dumps(value) if name == "details" else value for name, value in row.items()), chain(row))
    database.execute(
        "INSERT INTO office_event (seq, at, what, actor, details, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        columns,
    )
    moment = NOW.strftime("%Y-%m-%d 00:30:00.000000")
    database.execute("INSERT INTO staff VALUES (?, ?, 1, ?, 'kudo')", (lead, json.dumps(["lead"]), moment))
