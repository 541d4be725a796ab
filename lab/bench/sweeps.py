"""P4: the sweep over deadlines, the same number due among few armed timers and among many, and with nothing due.

A sweep is the whole task as the worker runs it, called in this process. The armed are copies of one real first contact
with its timers, without its history and letters, which a sweep looks at only when it fires. ``--full`` has ten million
on PostgreSQL and four on SQLite, beside a million.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    insert,
    literal,
    select,
    true,
    update,
)

from lab.bench.bench import Bench
from lab.bench.figures import Measured, high
from lab.bench.house import House, postgres
from lab.bench.loading import analyse, as_owner, load
from models.case import case
from models.timer import timer
from tests.office import TestOffice
from workflows.engine.numbers import case_number

FIRST_SERIAL = 100_000
CHUNK = 10_000
"""Copies of one moment: so many deadlines fall on one."""
FAR = timedelta(days=400)
LATE = timedelta(hours=1)

copies = Table(
    "copies", MetaData(), Column("id", Integer), Column("number", Text, nullable=False), prefixes=["TEMPORARY"]
)


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P4."""
    due, idle = bench.size(10, 300), bench.size(5, 300)
    small = bench.size(60, 10_000, 1_000_000)
    large = {"": bench.size(200, 1_000_000, 10_000_000), " SQLite": bench.size(200, 1_000_000, 4_000_000)}
    with postgres() as server:
        for name, big in large.items():
            with ExitStack() as pair:
                armed = []
                for count in (small, big):
                    house = pair.enter_context(House(None if name else server, broker=False, CLOCK="shifted"))
                    armed.append(_Armed(house, count, due, bench.rounds + 1))
                for one in armed:
                    one.fire(0)  # what is done once in a process is done
                for _ in bench.rounds_of([one.fire for one in armed]):
                    few, many = armed[0].found[-1], armed[1].found[-1]
                    bench.say(f"{name or 'PostgreSQL'}: {few:.2f} ms a case, {many:.2f} among {big:,} armed")
                nothing = tuple(high([armed[1].nothing() for _ in range(idle)], 0.99) for _ in range(bench.rounds))
            note = f"{due} due among {small:,} and {big:,}"
            yield Measured(f"P4{name}", tuple(armed[1].found[1:]), tuple(armed[0].found[1:]), note)
            yield Measured(f"P4 idle{name}", nothing, note=f"{big:,} armed")


class _Armed:
    """An office with so many armed timers, of which a lot becomes due each time it is to fire."""

    def __init__(self, house: House, count: int, lot: int, lots: int) -> None:
        self.house, self.lot, self.found = house, lot, list[float]()
        house.activate()
        house.to_a_working_day(1)
        [template] = house.open_cases(1)
        self.first = arm(house, template, max(count, lot * lots))

    def fire(self, _: int) -> None:
        """Make the next lot due and sweep; keep the milliseconds a firing."""
        from tasks.timers import sweep  # late: importing it makes the application of the house that is active

        self.house.activate()
        start = self.first + len(self.found) * self.lot
        make_due(self.house, range(start, start + self.lot))
        began = time.perf_counter()
        fired = sweep()
        self.found.append((time.perf_counter() - began) * 1000 / max(fired, 1))

    def nothing(self) -> float:
        """Sweep with nothing due; return the milliseconds."""
        from tasks.timers import sweep  # late: importing it makes the application of the house that is active

        self.house.activate()
        began = time.perf_counter()
        sweep()
        return (time.perf_counter() - began) * 1000


def arm(house: House, number: str, count: int, prefix: str = "") -> int:
    """Copy a case and its timers so often, all due far ahead; return the id of the first copy, the others follow.

    *prefix* is what numbers of its procedure begin with.
    """
    office = TestOffice(house.settings.database_url, house.home, now=None, staffed=True)
    house.activate()
    with house.writing() as (_, here):
        year, far = here.now.year, here.now + FAR
    with as_owner(office) as db:
        own = int(db.execute(select(case.c.id).where(case.c.number == number)).scalar_one())
        base = int(db.execute(select(case.c.id).order_by(case.c.id.desc()).limit(1)).scalar_one()) + 1
        copies.create(db)
        for start in range(0, count, CHUNK):
            some = range(start, min(start + CHUNK, count))
            serials = ((base + n, case_number(year, FIRST_SERIAL + base + n, prefix)) for n in some)
            load(db, "copies", ("id", "number"), serials)
            _copy(db, case, case.c.id == own, {"id": copies.c.id, "number": copies.c.number})
            moment = literal(far + timedelta(minutes=start // CHUNK), timer.c.due_at.type)
            _copy(db, timer, timer.c.case_id == own, {"case_id": copies.c.id, "due_at": moment})
            db.execute(copies.delete())
        copies.drop(db)
        if db.dialect.name == "postgresql":
            db.exec_driver_sql(f"""SELECT setval(pg_get_serial_sequence('"case"', 'id'), {base + count})""")
    analyse(office.engine)
    office.close()
    return base


def _copy(db: Connection, table: Table, own: ColumnElement[bool], changed: dict[str, ColumnElement[Any]]) -> None:
    """Copy rows of a table, once for each row of ``copies``."""
    columns = [changed.get(column.name, column).label(column.name) for column in table.columns]
    rows = select(*columns).select_from(copies.join(table, true())).where(own)
    db.execute(insert(table).from_select([column.name for column in table.columns], rows))


def make_due(house: House, cases: range, name: str | None = None) -> None:
    """Let every deadline of these cases have come an hour ago, but those of letters; with *name* only that one."""
    with house.writing() as (db, here):
        some = timer.c.case_id.between(cases.start, cases.stop - 1) & timer.c.letter.is_(None)
        some = some if name is None else some & (timer.c.name == name)
        db.execute(update(timer).where(some).values(due_at=here.now - LATE))
