"""P15: how long a person waits while a hundred thousand due timers are fired, or a bulk run is carried out.

A desk with beat and both workers, on PostgreSQL. Two cases are held and resumed in turn by somebody who waits for each
answer, first at the idle desk, then in the rush; the order waits as all do, in the queue and for the database.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from lab.bench.backlog import give
from lab.bench.bench import Bench
from lab.bench.figures import Measured, high
from lab.bench.house import CannotMeasure, House, postgres
from lab.bench.sweeps import arm
from settings import PROJECT


DUE = 100_000


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P15."""
    orders = bench.size(6, 150)
    seen: dict[str, tuple[list[float], list[float]]] = {"timers": ([], []), "bulk": ([], [])}
    with postgres() as server, House(server, CLOCK="shifted") as house:
        house.to_a_working_day(1)
        [mine] = house.open_cases(1)
        crowd = house.open_cases(bench.size(120, 6000))
        rushes: dict[str, Rush] = {
            "timers": lambda: _timers(house, mine, bench.size(300, DUE)),
            "bulk": lambda: _bulk(house),
        }
        for _ in range(bench.rounds):
            for name, rush in rushes.items():
                idle, busy = _compared(house, mine, orders, rush)
                seen[name][0].append(idle)
                seen[name][1].append(busy)
                bench.say(f"{name}: p95 {busy * 1000:.1f} ms, idle {idle * 1000:.1f} ms")
    note = {"timers": f"{bench.size(300, DUE):,} due", "bulk": f"{len(crowd):,} cases"}
    for name, (idles, busies) in seen.items():
        ours, reference = (tuple(value * 1000 for value in values) for values in (busies, idles))
        yield Measured(f"P15 {name}", ours, reference, note[name])


Rush = Callable[[], AbstractContextManager[Callable[[], bool]]]
"""Begins the rush and ends it; yields whether it still goes on."""


def _compared(house: House, case: str, orders: int, rush: Rush) -> tuple[float, float]:
    """Return the p95 of the seconds an order takes at the idle desk and in the rush.

    Only orders answered while the rush still went on count, and there must be some.
    """
    house.worker("desk1", pool="solo", queues="commands,clock")
    house.worker("desk2", queues="effects,bulk")
    house.beat()
    try:
        house.await_ready("desk1", "desk2")
        give(house, case, 4)
        idle = give(house, case, orders)
        with rush() as goes_on:
            busy = list[float]()
            while len(busy) < orders and goes_on():
                busy += give(house, case, 2)
        if not busy:
            raise CannotMeasure("the rush was over before anybody gave an order")
        return high(idle, 0.95), high(busy, 0.95)
    finally:
        house.stop_workers()


@contextmanager
def _timers(house: House, template: str, count: int) -> Iterator[Callable[[], bool]]:
    """Let the deadlines of so many copies of a case have come; the copies of the rounds before are left as they are."""
    first = arm(house, template, count)
    make_due(house, range(first, first + count))
    due = "SELECT 1 FROM timer WHERE case_id >= :first AND due_at <= :now AND letter IS NULL LIMIT 1"
    with house.writing() as (_, here):
        now = here.now
    yield lambda: bool(house.ask(due, first=first, now=now))
    house.stop_workers()
    with house.writing() as (db, here):  # what is left of it is no part of what comes after
        db.execute(update(timer).where(timer.c.case_id >= first).values(due_at=here.now + FAR))


@contextmanager
def _bulk(house: House) -> Iterator[Callable[[], bool]]:
    """Run ``./admin.py bulk`` over everything open, hold and resume in turn, until nobody looks any more."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    where = ["--where", "state=contacted", "--yes", "--quiet"]
    command = " && ".join(shlex.join(["./admin.py", "bulk", *words, *where]) for words in HOLD_AND_RESUME)
    running = subprocess.Popen(
        ["sh", "-c", command],
        cwd=PROJECT,
        env={**others, **house.environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before = house.ask(ORDERS)
    try:
        while running.poll() is None and house.ask(ORDERS) == before:  # it counts before it begins
            time.sleep(0.02)
        yield lambda: running.poll() is None
    finally:
        running.wait(PATIENCE)
