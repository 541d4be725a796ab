"""The connector that ships: asks a database by statements of the office's own, and only reads.

    [department.sql]
    url = "postgresql+psycopg://reader@db/customers"
    [[department.sql.statement]]
    name = "orders"                                        # the file it becomes: orders.csv
    text = "SELECT * FROM orders WHERE name = :name AND birth = :birth_date"

A program like any other (services/search/program.py): started with what it is asked on standard input, it writes a CSV
a statement that found something. Statements take parameters alone; what people wrote never becomes part of one. The
transaction is one that only reads, whatever the login may; give it a login that may not write either.
"""

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

MOST_ROWS = 100_000


def main() -> int:
    """Answer one question; return the exit status."""
    question = json.load(sys.stdin)
    settings = question["sql"]
    values = {**dict.fromkeys(PARAMETERS), **{name: question["person"].get(name) for name in PARAMETERS}}
    files, rows = [], 0
    engine = create_engine(settings["url"])
    with engine.connect() as db:
        _only_reads(db)
        for statement in settings["statement"]:
            file = Path(f"{statement['name']}.csv")
            found = _asked(db, statement["text"], values, file)
            rows += found
            files += [file.name] if found else []
        db.rollback()
    engine.dispose()
    answer = {"found": "found" if rows else "nothing_held", "files": files}
    json.dump({**answer, "note": f"{rows} rows"} if rows else answer, sys.stdout)
    return 0


PARAMETERS = ("name", "kana", "birth_date", "email", "phone", "postcode", "address", "case")
"""What a statement may ask by; what is not known of the person is NULL."""


def _only_reads(db: Connection) -> None:
    """Begin a transaction in which nothing can be written."""
    if db.dialect.name == "postgresql":
        db.execute(text("SET TRANSACTION READ ONLY"))
    elif db.dialect.name in ("mysql", "mariadb"):
        db.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
    elif db.dialect.name == "sqlite":
        db.exec_driver_sql("PRAGMA query_only = ON")


def _asked(db: Connection, statement: str, values: Mapping[str, Any], file: Path) -> int:
    """Write what a statement finds and return how many rows that is; no file where it is none."""
    clause = text(statement)
    result = db.execute(clause, {name: values[name] for name in clause.compile().params})
    rows = result.fetchmany(MOST_ROWS)
    if not rows:
        return 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(result.keys())
        writer.writerows(rows)
    return len(rows)


if __name__ == "__main__":
    sys.exit(main())
