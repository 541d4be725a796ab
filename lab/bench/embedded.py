"""P10: the embedded database beside PostgreSQL, through the same worker; and two writers who share it.

Each writer is a process that places an order and carries it out, again and again, each in a transaction of its own;
what is timed is how long a transaction waits for its turn.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.queues import Queue
from typing import Any

from sqlalchemy import Connection

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import Drained, House, bells_of, postgres, turn
from models import session
from services.engine.office import the_office
from services.engine.orders import Wanted, carry_out_alone
from services.engine.unit import UnitOfWork
from services.office.staff import os_login
from tasks.client import Client

WARM = 20
WRITERS = 2


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P10."""
    count = bench.size(40, 1000) + WARM
    rates: dict[tuple[str, str], list[float]] = {}
    with postgres() as server, House(server) as house, House() as embedded:
        offices = {"PostgreSQL": house, "SQLite": embedded}
        cases = {}
        for name, office in offices.items():
            office.activate()
            cases[name] = office.open_cases(count)

        def one(name: str, pool: str, number: int) -> None:
            offices[name].activate()
            found = _drained(offices[name], pool, number, cases[name])
            rates.setdefault((name, pool), []).append(found.rate)
            bench.say(f"{name}, {pool}: {found}")

        for number in range(bench.rounds):
            # Each office has two turns a round, so that its cases are held in one and resumed in the other.
            for held, pool in enumerate(("solo", "prefork")):
                for name in offices if number % 2 == 0 else reversed(offices):
                    one(name, pool, held)
        embedded.activate()
        written = [_two_writers(embedded, cases["SQLite"], bench.size(1, 8)) for _ in range(bench.rounds)]
    for key, pool in (("P10", "solo"), ("P10 prefork", "prefork")):
        yield Measured(key, tuple(rates["SQLite", pool]), tuple(rates["PostgreSQL", pool]))
    yield Measured("P10 wait", tuple(max(longest for _, longest in both) * 1000 for both in written))
    slower, faster = (tuple(float(pick(done for done, _ in both)) for both in written) for pick in (min, max))
    yield Measured("P10 share", slower, faster)


def _drained(house: House, pool: str, number: int, cases: list[str]) -> Drained:
    first = bells_of(house.accept(*turn(number, cases[:WARM])))
    return house.drained(
        lambda: house.worker(pool=pool), first, lambda: bells_of(house.accept(*turn(number, cases[WARM:])))
    )


def _two_writers(house: House, cases: list[str], seconds: int) -> list[tuple[float, float]]:
    """Return of each writer how many orders it carried out a second, and its longest wait in seconds."""
    context = multiprocessing.get_context("spawn")
    found: Queue[tuple[float, float]] = context.Queue()
    begin = context.Barrier(WRITERS)
    writers = [
        context.Process(target=_write, args=(house.environ, cases[n::WRITERS], seconds, begin, found))
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    both = [found.get(timeout=seconds + 120) for _ in writers]
    for writer in writers:
        writer.join(30)
    return both


def _write(environ: dict[str, str], cases: list[str], seconds: int, begin: Any, found: Any) -> None:
    """Be one writer."""
    os.environ.update(environ)
    waits: list[float] = []

    @contextmanager
    def timed() -> Iterator[Connection]:
        asked = time.perf_counter()
        with session.transaction() as db:
            waits.append(time.perf_counter() - asked)
            yield db

    @contextmanager
    def writing() -> Iterator[Any]:
        with timed() as db:
            yield db, the_office(db)

    def order(number: int) -> None:
        transition, [(case, payload)] = turn(number, [cases[number // 2 % len(cases)]])
        me = os_login()
        wanted = Wanted(f"writer-{os.getpid()}-{time.time_ns()}", transition, payload, me, me, case)
        client = Client(writing)
        client.accept(lambda _db, _office: [wanted])
        carry_out_alone(unit, client.tickets[0].command_id)

    unit = UnitOfWork(timed, session.reading, the_office)
    order(0)
    order(1)
    waits.clear()
    begin.wait(60)
    start, done = time.monotonic(), 0
    while time.monotonic() < start + seconds or done % 2:  # a case is held no longer than it takes to resume it
        order(done)
        done += 1
    found.put((done / (time.monotonic() - start), max(waits)))
