"""The plans of the databases: what a question was sent as, and what of it would be read from end to end."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from models.session import load_tables

MANY = frozenset(
    {"case", "command", "history", "letter", "effect", "timer", "notice", "person", "evidence", "form_code",
     "incident", "office_event", "scan_page", "tray", "inquiry", "person_word", "inquiry_word"}
)  # fmt: skip
"""The tables that grow with the years."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as it went to the database."""

    sql: str
    parameters: Any


@contextmanager
def caught(engine: Engine) -> Iterator[list[Sent]]:
    """Yield what is sent to the database meanwhile, as it is sent, each wording once."""
    found: dict[str, Sent] = {}
    sent: list[Sent] = []

    def note(_: object, __: object, sql: str, parameters: Any, ___: object, many: bool) -> None:
        if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)\b", sql) and sql not in found:
            found[sql] = Sent(sql, parameters[0] if many else parameters)
            sent.append(found[sql])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


# -- SQLite -------------------------------------------------------------------------------------------------------


def of_sqlite(db: Connection, sent: Sent, partial: Collection[str]) -> Iterator[str]:
    """Yield what SQLite would read from end to end, or put in order only to throw most of it away.

    ``partial`` are the names of the partial indexes: to read one from end to end is what it is for.
    """
    loops: dict[int, list[str]] = {}
    for _, parent, _, line in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sent.sql}", sent.parameters):
        loops.setdefault(parent, []).append(line)
        found = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?$", line)
        if (found and _is_large(found[1]) and found[2] not in partial) or "AUTOMATIC" in line:
            yield line
    for parent, lines in loops.items():
        # What a statement without a limit of its own puts in order is all told; what comes out of a question within
        # the question was limited there.
        told = parent == 0 and not _limited(sent.sql)
        read = re.match(r"(?:SCAN|SEARCH) (\w+)", lines[0])
        if not told and read and _is_large(read[1]) and SORT in lines:
            yield SORT


def _is_large(name: str) -> bool:
    """Whether that is a table that grows, or may be one under another name; what comes out of a question is none."""
    return name in MANY or (name not in load_tables().tables and re.match(r"anon_\d|CONSTANT|alembic", name) is None)


SORT = "USE TEMP B-TREE FOR ORDER BY"


def plan_of_sqlite(engine: Engine, sent: Sent) -> list[str]:
    """Return the lines of SQLite's plan."""
    with engine.connect() as db:
        return [row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sent.sql}", sent.parameters)]


def _limited(sql: str) -> bool:
    while (flat := re.sub(r"\([^()]*\)", "", sql)) != sql:
        sql = flat
    return bool(re.search(r"\bLIMIT\b", sql))


@contextmanager
def steps(engine: Engine) -> Iterator[Callable[[], int]]:
    """Yield what tells how many steps SQLite's machine has made since: work counted, not timed."""
    made = 0

    def one() -> int:
        nonlocal made
        made += 1
        return 0

    def attach(connection: Any, _: object = None, __: object = None) -> None:
        connection.set_progress_handler(one, 10)

    event.listen(engine, "checkout", attach)
    try:
        yield lambda: made
    finally:
        event.remove(engine, "checkout", attach)


# -- PostgreSQL ---------------------------------------------------------------------------------------------------


def of_postgresql(db: Connection, sent: Sent, most: int | None) -> Iterator[str]:
    """Yield what PostgreSQL reads from end to end, and whatever of it reads more than *most* rows.

    Tables of which the ledger has few rows are read whole by right: so it is asked again with that forbidden, and what
    it does all the same has no index. Without *most* only this is asked.
    """
    reads = re.match(r"\s*(SELECT|WITH)\b", sent.sql) is not None
    for node in _nodes(_explained(db, sent, analyse=reads)) if most is not None else ():
        table = node.get("Relation Name")
        if table not in MANY:
            continue
        rows = node.get("Actual Rows", 0) * node.get("Actual Loops", 1) + node.get("Rows Removed by Filter", 0)
        if rows > most:
            yield f"{node['Node Type']} on {table}: {rows:.0f} rows"
        elif node["Node Type"] == "Seq Scan" and node["Plan Rows"] > most:
            yield f"Seq Scan on {table}"
    db.execute(text("SET LOCAL enable_seqscan = off"))
    for node in _nodes(_explained(db, sent, analyse=False)):
        if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in MANY:
            yield f"no index for {node['Relation Name']}"
    db.execute(text("SET LOCAL enable_seqscan = on"))


def _explained(db: Connection, sent: Sent, *, analyse: bool) -> Mapping[str, Any]:
    how = "ANALYZE, TIMING OFF, FORMAT JSON" if analyse else "FORMAT JSON"
    found = db.exec_driver_sql(f"EXPLAIN ({how}) {sent.sql}", sent.parameters).scalar_one()
    plan: Mapping[str, Any] = found[0]["Plan"]
    return plan


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    children: Sequence[Mapping[str, Any]] = plan.get("Plans", ())
    for child in children:
        yield from _nodes(child)
