"""P15: how long a person waits while a hundred thousand due timers are fired, or a bulk run is carried out.

A desk with beat and both workers, on PostgreSQL. Two cases are held and resumed in turn by somebody who waits for each
answer, first at the idle desk, then in the rush; the order waits as all do, in the queue and for the database.
"""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import update

from lab.bench.backlog import give
from lab.bench.bench import Bench
from lab.bench.figures import Measured, high
from lab.bench.house import PATIENCE, CannotMeasure, House, postgres
from lab.bench.sweeps import FAR, arm, make_due
from models.case import case
from models.timer import timer
from services.office.staff import os_login
from settings import PROJECT

HOLD_AND_RESUME = (("hold", "--reason", "other"), ("resume",))
ORDERS = "SELECT count(*) FROM command"

Rush = Callable[[], AbstractContextManager[Callable[[], bool]]]
"""Begins the rush and ends it; yields whether it still goes on."""


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P15."""
    orders, due, crowd = bench.size(6, 150), bench.size(300, 100_000), bench.size(120, 6000, 100_000)
    with postgres() as server, House(server, CLOCK="shifted") as chased, House(server) as decided:
        chased.activate()
        chased.to_a_working_day(1)
        [template] = chased.open_cases(1)
        decided.activate()
        mine = _with_a_crowd(decided, crowd)
        rushes: dict[str, tuple[House, str, Rush]] = {
            "timers": (chased, template, lambda: _timers(chased, template, due)),
            "bulk": (decided, mine, lambda: _bulk(decided)),
        }
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in rushes}
        for _ in range(bench.rounds):
            for name, (house, number, rush) in rushes.items():
                house.activate()
                seen[name].append(_compared(house, number, orders, rush))
                idle, busy = seen[name][-1]
                bench.say(f"{name}: p95 {busy * 1000:.1f} ms, idle {idle * 1000:.1f} ms")
    note = {"timers": f"{due:,} cases due", "bulk": f"{crowd:,} cases"}
    for name, pairs in seen.items():
        idles, busies = (tuple(pair[place] * 1000 for pair in pairs) for place in (0, 1))
        yield Measured(f"P15 {name}", busies, idles, note[name])


def _with_a_crowd(house: House, crowd: int) -> str:
    """Open a case, and a crowd of others that have an owner, by whom a bulk run names them; return the one."""
    mine, *_ = house.open_cases(crowd + 1)
    with house.writing() as (db, _):
        db.execute(update(case).where(case.c.number != mine).values(owner=os_login()))
    return mine


def _compared(house: House, number: str, orders: int, rush: Rush) -> tuple[float, float]:
    """Return the p95 of the seconds an order takes at the idle desk and in the rush.

    Only orders answered while the rush still went on count, and there must be some.
    """
    house.worker("desk1", pool="solo", queues="commands,clock")
    house.worker("desk2", queues="effects,bulk")
    house.beat()
    try:
        house.await_ready("desk1", "desk2")
        give(house, number, 4)
        idle = give(house, number, orders)
        with rush() as goes_on:
            busy = list[float]()
            while len(busy) < orders and goes_on():
                busy += give(house, number, 2)
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
    """Run ``./admin.py bulk`` over the crowd: held and then resumed."""
    where = ["--where", f"owner={os_login()}", "--yes", "--quiet"]
    command = " && ".join(shlex.join(["./admin.py", "bulk", *words, *where]) for words in HOLD_AND_RESUME)
    running = subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=PROJECT,
        env={**os.environ, **house.environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    before = house.ask(ORDERS)
    try:
        while running.poll() is None and house.ask(ORDERS) == before:  # it counts before it begins
            time.sleep(0.02)
        yield lambda: running.poll() is None
    finally:
        if running.wait(10 * PATIENCE):
            raise CannotMeasure(f"the bulk run ended with {running.returncode}")
