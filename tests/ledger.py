"""What the independent checker reads: the tables as they are at one moment, by raw SQL, and what it finds wrong.

Like the checker it shares no code with the engine.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.lent import for_checking

# The library the office uses: two SQLite libraries in one process undo each other's locks when they close a file.
sqlite: Any = import_module("pysqlite3.dbapi2" if find_spec("pysqlite3") else "sqlite3")

TABLES = (
    "case", "command", "history", "letter", "effect", "timer", "incident", "office_event", "log_head", "staff",
    "scan_page", "tray", "booking", "person",
)  # fmt: skip
JSON = {"history": ("details",), "office_event": ("details",), "command": ("reasons",), "staff": ("roles",)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken promise: the invariant's number, the case, letter or file, and what is wrong with it."""

    invariant: str
    where: str
    what: str


@dataclass(slots=True)
class Ledger:
    """The rows of a database, table by table, as plain dictionaries, and what was found wrong with them."""

    tables: dict[str, list[dict[str, Any]]]
    spool: Path
    findings: list[Finding] = field(default_factory=list)

    def blame(self, invariant: str, where: object, what: str) -> None:
        """Write down a broken promise."""
        self.findings.append(Finding(invariant, str(where), what))

    def by_case(self, table: str) -> dict[int, list[dict[str, Any]]]:
        """Return a table's rows by their case's id."""
        grouped: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in self.tables[table]:
            grouped[row["case_id"]].append(row)
        return grouped


def read(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return the tables as they are at one moment."""
    tables = {}
    statements = [f'SELECT * FROM "{name}"' for name in TABLES]  # noqa: S608 - the names above
    for name, (columns, rows) in _select(url, statements, TABLES).items():
        tables[name] = [dict(zip(columns, row, strict=True)) for row in rows]
        for column in JSON.get(name, ()):
            for row in tables[name]:
                if isinstance(row[column], str):
                    row[column] = json.loads(row[column])
    return tables


def _select(url: str, statements: Sequence[str], names: Sequence[str]) -> dict[str, tuple[list[str], list[Any]]]:
    found = {}
    embedded = url.startswith("sqlite")
    kept: Any = None if embedded else for_checking(url)
    if embedded:
        connection: Any = sqlite.connect(f"file:{urlsplit(url).path[1:]}?mode=ro", uri=True, isolation_level=None)
    elif kept is None:
        import psycopg

        connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True)
    else:
        connection = kept
    try:
        cursor = connection.cursor()
        cursor.execute("BEGIN" if embedded else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for name, statement in zip(names, statements, strict=True):
            cursor.execute(statement)
            found[name] = ([column[0] for column in cursor.description], cursor.fetchall())
        cursor.execute("COMMIT")
    finally:
        if kept is None:
            connection.close()
    return found
