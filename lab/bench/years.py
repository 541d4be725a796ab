"""An office after years of work, as its reports read it: cases spread over the years, counted, logged, in part erased.

The same cases of the product's own deeds are multiplied as in `lab.bench.ledger`, but into those tables only that
figures, forecasts, retention and the office's log are made from; each copy lies on days of its own. The oldest come
first, as they do in life: whoever counts case after case then meets few days at a time. What was closed longer ago than
personal data is kept is erased, but for what came due these last days and for a few that are held. What they count for
is counted in bulk (`lab.bench.counts`).

``python -m lab.bench.years HOME [--cases N] [--url URL]`` leaves such an office in an empty HOME.
"""

# ruff: noqa: S608 - every word of these statements is ours

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Date, Table, text

from lab.bench import counts
from lab.bench.counts import Alike
from lab.bench.ledger import FIRST_SERIAL, YEAR, copied, whose
from lab.bench.loading import analyse, as_owner, load
from models.base import Moment
from models.session import load_tables, migrate
from tests.office import TestOffice
from workflows.engine.numbers import case_number

CLOSED: Mapping[str, float] = {"fulfilled": 0.55, "refused": 0.15, "withdrawn": 0.1, "voided": 0.2}
OPEN: Mapping[str, float] = {"forms_mailed": 0.6, "contacted": 0.2, "id_verified": 0.2}
OPEN_SHARE = 0.1
YEARS = 6
KEPT_DAYS = 1096
"""So long ago a case was closed that is due to be erased; those of the last ``LEFT_DAYS`` are not erased yet."""
LEFT_DAYS = 2
HELD = 300
SLICES, AT_LEAST = 12 * YEARS, 300
"""In how many parts the closed ones are made, each of at least so many."""
TABLES = ("case", "history", "timer", "person", "letter")
RIGHTS = ("disclosure", "disclosure", "correction", "purpose_notice", "halt_use")
CATEGORIES = ("customer", "customer", "employee", "applicant")
LOOKS = 1
"""How many rows of the office's log there are for each case."""
_DAY = 86_400 * 1_000_000
Kind = tuple[str, int, str, str]
"""State, pace, right asked for, category: copies of a kind differ by their day alone."""


@dataclass(slots=True)
class Filled:
    """The office's whole case, one of its newest, and how long it took to make it all."""

    whole: str
    seconds: float


def fill(url: str, home: Path, cases: int) -> Filled:
    """Fill a migrated, empty database with so many cases of the last years, and count them."""
    began, kinds = time.perf_counter(), dict[Kind, Alike]()
    office = TestOffice(url, home, now=None)
    whole = {state: office.in_state(state) for state in (*CLOSED, *OPEN)}
    office.make_letters()
    for state in CLOSED:
        office.post_letters(whole[state])
    closed, serial = round(cases * (1 - OPEN_SHARE)), FIRST_SERIAL
    slices = max(1, min(SLICES, closed // AT_LEAST))
    for number in range(slices):
        some = range(serial, FIRST_SERIAL + closed * (number + 1) // slices)
        serial = _slice(office, whole, CLOSED, some, closed, kinds)
    _slice(office, whole, OPEN, range(serial, FIRST_SERIAL + cases), closed, kinds)
    with as_owner(office) as db:
        _end(db)
        _log(db)
    counts.count(office, kinds.values())
    analyse(office.engine)
    office.close()
    return Filled(whole["fulfilled"], time.perf_counter() - began)


def _slice(
    office: TestOffice,
    whole: Mapping[str, str],
    shares: Mapping[str, float],
    serials: range,
    closed: int,
    kinds: dict[Kind, Alike],
) -> int:
    """Copy cases of these states, so many of each as its share is; return the next serial."""
    first = serials.start
    for number, (state, share) in enumerate(shares.items(), 1):
        last = serials.stop if number == len(shares) else min(serials.stop, first + round(len(serials) * share))
        if first < last:
            with as_owner(office) as db:
                _copy(db, whole[state], state, range(first, last), closed, kinds)
        first = last
    return first


def _copy(db: Connection, number: str, state: str, serials: range, closed: int, kinds: dict[Kind, Alike]) -> None:
    base = int(db.execute(text('SELECT max(id) FROM "case"')).scalar_one())
    rows = [
        (
            base + n, case_number(YEAR, serial), _days_ago(serial - FIRST_SERIAL, closed), serial * 7919 % 11,
            RIGHTS[serial % len(RIGHTS)], CATEGORIES[serial % len(CATEGORIES)],
        )
        for n, serial in enumerate(serials, 1)
    ]  # fmt: skip
    for case, _, ago, pace, asked, kind in rows:
        kinds.setdefault((state, pace, asked, kind), Alike()).add(case, ago)
    columns = "id INTEGER PRIMARY KEY, number TEXT, ago INTEGER, pace INTEGER, asked TEXT, kind TEXT"
    db.execute(text(f"CREATE TEMPORARY TABLE copies ({columns})"))
    load(db, "copies", ("id", "number", "ago", "pace", "asked", "kind"), rows)
    own = int(db.execute(text('SELECT id FROM "case" WHERE number = :number'), {"number": number}).scalar_one())
    for name in TABLES:
        table = load_tables().tables[name]
        there = {**dict(copied(table, db.dialect.name, number, state)), **dict(_dated(table, db.dialect.name, state))}
        names = ", ".join(f'"{column}"' for column in there)
        db.execute(
            text(
                f'INSERT INTO "{name}" ({names}) SELECT {", ".join(there.values())}'
                f' FROM copies c, "{name}" t WHERE {whose(table)} ORDER BY c.id'
            ),
            {"own": own, "number": number},
        )
    db.execute(text("DROP TABLE copies"))
    if db.dialect.name == "postgresql":
        db.execute(text(f"""SELECT setval(pg_get_serial_sequence('"case"', 'id'), {base + len(serials)})"""))


def _days_ago(nth: int, closed: int) -> int:
    """Return how long ago that case was opened: the closed ones over the years, the open ones a few weeks ago."""
    return 60 + (closed - 1 - nth) * (365 * YEARS - 60) // closed if nth < closed else nth * 7919 % 30


def _dated(table: Table, dialect: str, state: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in the columns that lie on days of their own; a step each ``pace`` days."""
    for column in table.columns:
        ago = "(c.ago - c.pace * (t.seq - 1))" if column.name in ("closed_at", "entered_on") else "c.ago"
        if column.name in ("due_at", "press_at", "todo_by", "legal_at", "told_on"):
            continue
        if isinstance(column.type, Date):
            there = f"t.{column.name}"
            yield column.name, f"date({there}, -{ago} || ' days')" if dialect == "sqlite" else f"{there} - {ago}"
        elif isinstance(column.type, Moment):
            yield column.name, _moved(f"t.{column.name}", ago, dialect)
    if table.name == "history":
        yield "at", f"t.at - CAST(c.ago - c.pace * (t.seq - 1) AS BIGINT) * {_DAY}"
    if table.name == "case":
        kind = "text" if dialect == "sqlite" else "json"
        facts = """replace(CAST(t.facts AS text), '"disclosure"', '"' || c.asked || '"')"""
        yield "head_at", f"t.head_at - CAST(c.ago - c.pace * (t.seq - 1) AS BIGINT) * {_DAY}"
        yield "facts", f"""CAST(replace({facts}, '"customer"', '"' || c.kind || '"') AS {kind})"""
        yield "rights", "',' || c.asked || ','"
        yield "owner", "'staff' || c.id % 20" if state in OPEN else "NULL"
        if state in CLOSED:
            yield from (("todo", "NULL"), ("todo_by", "NULL"), ("press_at", "NULL"), ("legal_at", "NULL"))
            yield from (("pressing", "false"), ("due_at", "NULL"), ("next", "NULL"))


def _moved(there: str, ago: str, dialect: str) -> str:
    if dialect == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', {there}, -{ago} || ' days')"
    return f"{there} - make_interval(days => {ago})"


def _end(db: Connection) -> None:
    """Erase what is due for days, but for a few cases that are held."""
    now = "datetime('now'" if db.dialect.name == "sqlite" else None
    before = f"{now}, '-{KEPT_DAYS + LEFT_DAYS} days')" if now else f"now() - interval '{KEPT_DAYS + LEFT_DAYS} days'"
    held = f'SELECT id FROM "case" WHERE NOT open AND closed_at < {before} ORDER BY closed_at LIMIT {HELD}'
    day = "date('now', '+90 days')" if now else "current_date + 90"
    held = f"SELECT id, 'a lawsuit', {day}, 'kudo', opened_at FROM \"case\" WHERE id IN ({held})"
    db.execute(text(f"INSERT INTO legal_hold (case_id, why, until, held_by, held_at) {held}"))
    db.execute(text(f'UPDATE "case" SET erased_at = closed_at, matter = NULL WHERE NOT open AND closed_at < {before}'
                    " AND id NOT IN (SELECT case_id FROM legal_hold)"))  # fmt: skip
    db.execute(text("UPDATE person SET sealed = NULL, name_hash = NULL, birth_hash = NULL WHERE case_id IN "
                    '(SELECT id FROM "case" WHERE erased_at IS NOT NULL)'))  # fmt: skip


def _log(db: Connection) -> None:
    """Write that somebody looked at each case, one after the other; this chain does not verify."""
    base = int(db.execute(text("SELECT max(seq) FROM office_event")).scalar_one())
    last, now = db.execute(text('SELECT max(id), max(head_at) FROM "case"')).one()
    details = """'{"case": "' || c.number || '"}'"""
    details = details if db.dialect.name == "sqlite" else f"CAST({details} AS json)"
    for turn in range(LOOKS):
        seq = f"{base} + c.id + {turn * last}"
        at = f"{now} - CAST({LOOKS * last} - {turn * last} - c.id AS BIGINT) * {365 * YEARS * _DAY // (LOOKS * last)}"
        db.execute(text("INSERT INTO office_event (seq, at, what, actor, details, prev_hash, hash)"
                        f" SELECT {seq}, {at}, 'case_seen', 'staff' || c.id % 20, {details}, {seq} - 1, {seq}"
                        ' FROM "case" c ORDER BY c.id'))  # fmt: skip
    db.execute(text("UPDATE log_head SET seq = (SELECT max(seq) FROM office_event),"
                    " hash = (SELECT hash FROM office_event ORDER BY seq DESC LIMIT 1)"))  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill an office and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--url", help="a database to be filled; SQLite under the home where none is named")
    given = parser.parse_args(arguments)
    given.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = given.url or f"sqlite:///{given.home / 'years.sqlite3'}"
    migrate(url)
    filled = fill(url, given.home, given.cases)
    sys.stdout.write(f"{given.cases} cases in {filled.seconds:.0f} s; a whole one: {filled.whole}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
