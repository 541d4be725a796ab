"""P9: contacts a second that ``./admin.py import`` opens, and how fast a history is verified.

The import runs as people run it, beside the desk's first worker and beat; letters are not made meanwhile. Verification
is ``doctor --quick`` as a command, which examines more than the chain, and the chain alone, folded in memory.
"""

import csv
import json
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import CannotMeasure, House, postgres
from models.case import case
from models.history import history
from models.session import reading
from services.engine import folding
from workflows.registry import procedures

COLUMNS = (
    "key", "rights", "category", "channel", "language", "address_on_record",
    "subject.name", "subject.postcode", "subject.address",
)  # fmt: skip


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P9."""
    count = bench.size(60, 3000, 10_000)
    with postgres() as server, House(server) as house, House() as embedded:
        imported: dict[str, list[float]] = {"": [], " SQLite": []}

        def one(name: str, office: House, number: int) -> None:
            office.activate()
            imported[name].append(_imported(office, number * count, count))
            bench.say(f"import{name}: {imported[name][-1]:,.0f} contacts a second")

        deeds = (lambda number: one("", house, number), lambda number: one(" SQLite", embedded, number))
        for _ in bench.rounds_of(deeds):
            pass
        house.activate()
        rows = int(house.ask("SELECT count(*) FROM history"))
        examined = tuple(_examined(house, rows) for _ in range(bench.rounds))
        folded = tuple(_folded() for _ in range(bench.rounds))
    for name, rates in imported.items():
        yield Measured(f"P9 import{name}", tuple(rates))
    yield Measured("P9 doctor", examined, note=f"{rows:,} rows")
    yield Measured("P9 chain", folded)


def _imported(house: House, first: int, count: int) -> float:
    """Import so many contacts; return how many were opened a second, from the call to its end."""
    file = house.home / f"contacts-{first}.csv"
    _write(file, first, count)
    house.worker("desk1", pool="solo", queues="commands,clock")
    house.beat()
    try:
        house.await_ready("desk1")
        start = time.perf_counter()
        said = json.loads(house.admin("import", str(file), "--json", "--wait", "60").stdout)
        seconds = time.perf_counter() - start
    finally:
        house.stop_workers()
    if said["opened"] != count:
        raise CannotMeasure(f"{said['opened']} of {count} contacts were opened: {said}")
    return count / seconds


def _write(file: Path, first: int, count: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as lines:
        table = csv.writer(lines)
        table.writerow(COLUMNS)
        for number in range(first, first + count):
            address = f"東京都千代田区架空町{number}-{number % 97}"
            told = ("disclosure", "customer", "post", "ja", "yes", f"見本 取込{number}", "100-0001", address)
            table.writerow([f"row-{number}", *told])


def _examined(house: House, rows: int) -> float:
    """Return the rows of history a second that the whole command verifies."""
    start = time.perf_counter()
    house.admin("doctor", "--quick", "--json")
    return rows / (time.perf_counter() - start)


def _folded() -> float:
    """Return the rows a second whose chain is verified in memory."""
    with reading() as db:
        rows = list(db.execute(select(history).order_by(history.c.case_id, history.c.seq)))
        numbers = {row.id: row.number for row in db.execute(select(case.c.id, case.c.number))}
    shapes = {(each.machine.name, each.machine.version): each.machine.shape() for each in procedures()}
    by_case = [(numbers[number], list(some)) for number, some in groupby(rows, lambda row: row.case_id)]
    start = time.perf_counter()
    faults = [fault for number, some in by_case for fault in folding.fold(number, some, shapes).faults]
    seconds = time.perf_counter() - start
    if faults:
        raise CannotMeasure(f"the history does not verify: {faults[0]}")
    return len(rows) / seconds
