"""A ledger of any size, made in minutes: a few cases by the product's own deeds, multiplied in the database.

Every table whose rows belong to a case is copied with it, whatever its columns are; only what must differ does: ids,
numbers (valid ones), keys and keyed hashes, the moments that are due, the owners. So the copies cost every question
what real cases cost it. What a copy is not good for: its chain does not verify (the hashes cover the number of the case
that was copied), and nothing of it opens (it has no keys). The cases that were copied are whole, and `fill` names them.

``python -m lab.bench.ledger HOME [--cases N] [--url URL]`` leaves an office with N cases in an empty HOME.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, Text, UniqueConstraint, text

from lab.bench import counts, people
from lab.bench.counts import Alike
from lab.bench.loading import analyse, as_owner, load
from models.session import load_tables, migrate
from tests.office import TestOffice
from workflows.engine.numbers import case_number

OPEN: Mapping[str, float] = {"forms_mailed": 0.90, "contacted": 0.05, "forms_returned": 0.05}
CLOSED: Mapping[str, float] = {"voided": 0.90, "withdrawn": 0.09, "lapsed": 0.01}
"""Which shares of the open and of the closed cases stand where. A fulfilled one has more rows and asks nothing else."""
OPEN_SHARE = 0.1
NOTICES_SHARE, UNREAD = 0.2, 20
"""How many notices there are for each case; one of so many is unread."""
OWNERS = 20
RARE, OTHER = 1000, 7
"""One case in so many asks for another right (that which leaves so much over), and ten of so many are late."""
FIRST_SERIAL = 100_000
YEAR = 2026
DAYS = 30
"""Over how many days to come what is due is spread."""
CHUNK = 50_000
"""How many copies one statement makes."""


@dataclass(slots=True)
class Filled:
    """What is in the ledger now: how many cases, the numbers of whole ones by state, and how long it took."""

    cases: int = 0
    whole: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


def fill(url: str, home: Path, cases: int, *, open_share: float = OPEN_SHARE, unread: int = UNREAD) -> Filled:
    """Fill a migrated, empty database with so many cases; *home* is where their keys and letters go.

    *open_share* of them are open, one in *unread* of the notices is unread.
    """
    began, filled = time.perf_counter(), Filled(cases)
    office = TestOffice(url, home, now=None)
    # The clock is never moved: what a case lives through here happens today, and nothing can lapse in a day.
    for state in (*OPEN, *CLOSED):
        filled.whole[state] = office.in_state("voided" if state == "lapsed" else state)
    office.post_letters(filled.whole["withdrawn"])
    office.make_letters()
    serial, kinds = FIRST_SERIAL, dict[tuple[str, bool], Alike]()
    for states, share in ((OPEN, open_share), (CLOSED, 1 - open_share)):
        for state, part in states.items():
            count = round(cases * share * part)
            for start in range(serial, serial + count, CHUNK):
                with as_owner(office) as db:
                    made = _copy(db, filled.whole[state], state, range(start, min(start + CHUNK, serial + count)))
                for case in made:
                    kinds.setdefault((state, case % RARE == OTHER), Alike()).add(case)
            serial += count
    with as_owner(office) as db:
        _vary(db)
        people.fill(db, office.at(db), cases)
        _tell(db, round(cases * NOTICES_SHARE), unread)
    counts.count(office, kinds.values())
    analyse(office.engine)
    office.close()
    filled.seconds = time.perf_counter() - began
    return filled


def _copy(db: Connection, number: str, state: str, serials: range) -> range:
    """Copy one case, once for each serial number; the copies stand in that *state*. Return their ids."""
    db.exec_driver_sql("CREATE TEMPORARY TABLE copies (id INTEGER PRIMARY KEY, number TEXT NOT NULL)")
    base = int(db.execute(text('SELECT max(id) FROM "case"')).scalar_one())
    rows = ((base + n, case_number(YEAR, serial)) for n, serial in enumerate(serials, 1))
    load(db, "copies", ("id", "number"), rows)
    own = int(db.execute(text('SELECT id FROM "case" WHERE number = :number'), {"number": number}).scalar_one())
    for table in load_tables().sorted_tables:
        where = whose(table)
        if where is not None:
            columns = dict(copied(table, db.dialect.name, number, state))
            names = ", ".join(f'"{name}"' for name in columns)
            db.execute(
                text(
                    f'INSERT INTO "{table.name}" ({names}) SELECT {", ".join(columns.values())}'  # noqa: S608 - our names
                    f' FROM copies c, "{table.name}" t WHERE {where}'
                ),
                {"own": own, "number": number},
            )
    db.exec_driver_sql("DROP TABLE copies")
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(f"""SELECT setval(pg_get_serial_sequence('"case"', 'id'), {base + len(serials)})""")
    return range(base + 1, base + len(serials) + 1)


def whose(table: Table) -> str | None:
    """Return which rows of a table belong to the case that is copied; None where none do."""
    if table.name == "case":
        return "t.id = :own"
    if table.name in ("person_word", "uncounted", "counted"):  # `lab.bench.people` and `counts` write those
        return None
    if "case_id" in table.c:
        return "t.case_id = :own"
    return "t.case_number = :number" if table.name == "command" else None


def copied(table: Table, dialect: str, number: str, state: str) -> Iterator[tuple[str, str]]:
    """Yield the columns of a copy and what stands in each; an id of its own is left to the database."""
    apart = _told_apart(table)
    for column in table.columns:
        name, value = column.name, f't."{column.name}"'
        if name == "id" and table.name != "case":
            continue
        if name == "case_id" or (name == "id" and table.name == "case"):
            value = "c.id"
        elif table.name == "case" and name in ("number", "state"):
            value = "c.number" if name == "number" else f"'{state}'"
        elif state in CLOSED and name in ("todo", "todo_by", "press_at", "pressing"):  # its answer was posted long ago
            value = "NULL" if name != "pressing" else "false"
        elif name in ("due_at", "press_at"):
            value = f"CASE WHEN {value} IS NULL THEN NULL ELSE {_due(dialect)} END"
        elif isinstance(column.type, Text) and name in apart:
            named = f"replace({value}, '{number}', c.number)"
            value = f"CASE WHEN {value} LIKE '%{number}%' THEN {named} ELSE {value} || '-' || c.id END"
        elif isinstance(column.type, Text):
            value = f"replace({value}, '{number}', c.number)"
        yield name, value


def _told_apart(table: Table) -> set[str]:
    """Return the columns that must differ, or would all be alike: those of a key of their own, and keyed hashes."""
    keys: list[Sequence[Column[Any]]] = [
        list(constraint.columns) for constraint in table.constraints if isinstance(constraint, UniqueConstraint)
    ]
    keys += [[column] for column in table.columns if column.unique]
    alone = {
        next(column.name for column in key if not isinstance(column.type, Integer))
        for key in keys
        if "case_id" not in {column.name for column in key}
    }
    return alone | {column.name for column in table.columns if column.name.endswith("_hash")} - {"prev_hash"}


def _due(dialect: str) -> str:
    seconds = f"(3600 + (CAST(c.id AS bigint) * 7919) % {DAYS * 86400})"
    if dialect == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '+' || {seconds} || ' seconds')"
    return f"now() + make_interval(secs => {seconds})"


def _vary(db: Connection) -> None:
    """Give half the open cases owners, and a few of them another right; a few are late."""
    known = load_tables().tables["case"].c
    mine = {"owner": f"CASE WHEN id % 2 = 0 THEN 'staff' || id % {OWNERS} END"}
    late = {"chased": "2", "press_at": _ago(db.dialect.name), "todo_by": _ago(db.dialect.name), "pressing": "true"}
    waits = {"todo": "CASE id % 5 WHEN 0 THEN 'verify' WHEN 1 THEN 'release' WHEN 2 THEN 'decide' END"}
    rights = {"rights": "',correction,'"}
    kind = "text" if db.dialect.name == "sqlite" else "json"
    facts = {"facts": f"""CAST(replace(CAST(facts AS text), '"disclosure"', '"correction"') AS {kind})"""}
    changes = (
        (mine, "open"),
        (waits, "open AND id % 3 = 0"),
        (late, f"open AND id % {RARE} < 10"),
        (facts | rights, f"id % {RARE} = {OTHER}"),
    )
    for columns, which in changes:
        there = ", ".join(f"{name} = {value}" for name, value in columns.items() if name in known)
        if there:
            db.execute(text(f'UPDATE "case" SET {there} WHERE {which}'))  # noqa: S608 - our names


def _ago(dialect: str) -> str:
    if dialect == "sqlite":
        return "strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || id || ' seconds')"
    return "now() - make_interval(secs => id)"


def _tell(db: Connection, count: int, unread: int) -> None:
    """Write so many notices, each about another case; one in *unread* is unread."""
    sqlite = db.dialect.name == "sqlite"
    at = "strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || c.id || ' seconds')"
    at = at if sqlite else "now() - make_interval(secs => c.id)"
    params = """'{"case": "' || c.number || '", "times": 1, "state": "state.contacted"}'"""
    params = f"CAST({params} AS {'text' if sqlite else 'json'})"
    read = f"c.id % {unread} <> 0"
    db.execute(
        text(
            "INSERT INTO notice (case_id, case_number, seq, role, code, params, at, read_at, read_by)"  # noqa: S608
            f" SELECT c.id, c.number, 2, 'lead', 'notice.stalled_contacted', {params}, {at},"
            f" CASE WHEN {read} THEN {at} END, CASE WHEN {read} THEN 'kudo' END"
            ' FROM "case" c ORDER BY c.id LIMIT :count'
        ),
        {"count": count},
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill an office and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--url", help="a database to be filled; SQLite under the home where none is named")
    given = parser.parse_args(arguments)
    given.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = given.url or f"sqlite:///{given.home / 'ledger.sqlite3'}"
    migrate(url)
    filled = fill(url, given.home, given.cases)
    whole = ", ".join(f"{state} {number}" for state, number in filled.whole.items())
    sys.stdout.write(f"{filled.cases} cases in {filled.seconds:.0f} s; whole ones: {whole}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
