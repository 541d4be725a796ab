"""P9: contacts a second that ``./admin.py import`` opens, and how fast a history is verified.

The import runs as people run it, beside the desk's first worker and beat; letters are not made meanwhile. Verification
is ``audit verify``, its stream alone and the whole command; for the record ``doctor --quick``, which examines more.
"""

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import CannotMeasure, House, postgres
from models.session import reading
from services.audit import chains

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
        streamed = tuple(_streamed() for _ in range(bench.rounds))
        audited = tuple(_timed(house, rows, "audit", "verify") for _ in range(bench.rounds))
        examined = tuple(_timed(house, rows, "doctor", "--quick") for _ in range(bench.rounds))
    for name, rates in imported.items():
        yield Measured(f"P9 import{name}", tuple(rates))
    yield Measured("P9 verify", streamed, note=f"{rows:,} rows")
    yield Measured("P9 command", audited, note=f"{rows:,} rows")
    yield Measured("P9 doctor", examined, note=f"{rows:,} rows")


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


def _timed(house: House, rows: int, *words: str) -> float:
    """Return the rows of history a second that a whole command goes through."""
    start = time.perf_counter()
    house.admin(*words, "--json")
    return rows / (time.perf_counter() - start)


def _streamed() -> float:
    """Return the rows of history a second that are verified in one stream."""
    with reading() as db:
        start = time.perf_counter()
        found = chains.verify(db)
        seconds = time.perf_counter() - start
    if found.fault is not None:
        raise CannotMeasure(f"the history does not verify: {found.fault}")
    return found.rows / seconds
