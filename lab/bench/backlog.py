"""P1 and P16: a backlog of orders, one message each, through the real worker, beside a bare Celery no-op.

PostgreSQL, a prefork worker with two children, events off; the no-op has the same settings and the same worker. For the
record the same orders one at a time: two people, each of whom waits for an answer before giving the next order.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import PATIENCE, CannotMeasure, Drained, House, bells_of, noops, postgres, turn
from services.engine.orders import Wanted
from services.office.staff import os_login
from tasks.client import Client

WARM = 20
PEOPLE = 2


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P1 and P16."""
    seen: dict[str, list[Drained]] = {"hold, resume": [], "no-op": [], "open": []}
    with postgres() as server, House(server) as house:
        runs = _Runs(bench, house)

        def keep(name: str, found: Drained) -> None:
            seen[name].append(found)
            bench.say(f"{name}: {found}")

        deeds = (
            lambda number: keep("hold, resume", runs.plain(number)),
            lambda _: keep("no-op", runs.noop()),
            lambda _: keep("open", runs.open()),
        )
        for _ in bench.rounds_of(deeds):
            pass
        singly = [runs.one_at_a_time() for _ in range(bench.rounds)]
    plain, opened, bare = seen["hold, resume"], seen["open"], seen["no-op"]
    yield Measured("P1", _rates(plain), _rates(bare))
    yield Measured("P1 open", _rates(opened), _rates(bare))
    yield Measured("P1 singly", tuple(singly))
    yield Measured("P16", _cpu(plain), _cpu(bare))
    yield Measured("P16 open", _cpu(opened), _cpu(bare))


class _Runs:
    """What is compared, each over one office."""

    def __init__(self, bench: Bench, house: House) -> None:
        self.house = house
        self.noops = noops(bench.size(200, 5000))
        self.opens = bench.size(40, 1500, 5000)
        self.singles = bench.size(10, 150)
        cases = house.open_cases(bench.size(100, 5000) + WARM + PEOPLE)
        self.warm, self.cases, self.mine = cases[:WARM], cases[WARM:-PEOPLE], cases[-PEOPLE:]

    def plain(self, number: int) -> Drained:
        """Hold or resume every case."""
        return self.house.drained(
            self.house.worker,
            bells_of(self.house.accept(*turn(number, self.warm))),
            lambda: bells_of(self.house.accept(*turn(number, self.cases))),
        )

    def open(self) -> Drained:
        """Open new cases."""
        house = self.house
        warm = bells_of(house.accept("open", house.contacts(WARM)))
        found = house.drained(house.worker, warm, lambda: bells_of(house.accept("open", house.contacts(self.opens))))
        house.redis.flushdb()  # the letters' messages, for which no worker was started
        return found

    def noop(self) -> Drained:
        """Do nothing, as often."""
        start = partial(self.house.worker, app="lab.bench.noop", queues="noop")
        return self.house.drained(start, self.noops[:WARM], lambda: self.noops)

    def one_at_a_time(self) -> float:
        """Let two people give one order after the other; return the orders a second."""
        self.house.worker()
        try:
            give(self.house, self.mine[0], 2)  # until the worker is there
            start = time.perf_counter()
            together(lambda person: give(self.house, self.mine[person], self.singles), PEOPLE)
            return PEOPLE * self.singles / (time.perf_counter() - start)
        finally:
            self.house.stop_workers()


def give(house: House, case: str, count: int) -> list[float]:
    """Hold and resume a case so often in turn, each time waiting for the answer; return the seconds of each.

    *count* is even: afterwards the case is as it was.
    """
    me, seconds = os_login(), list[float]()
    for number in range(count):
        transition, [(_, payload)] = turn(number, [case])
        wanted = Wanted(f"bench-{time.time_ns():x}-{case}", transition, payload, me, me, case)
        start, client = time.perf_counter(), Client(house.writing)
        client.accept(lambda _db, _office, wanted=wanted: [wanted])  # type: ignore[misc]  # bound as it is now
        client.notify()
        if not client.wait(PATIENCE):
            raise CannotMeasure(f"nobody carried out {transition} of {case}")
        seconds.append(time.perf_counter() - start)
        outcome = client.outcome(client.tickets[0])
        if outcome is None or outcome.outcome != "done":
            raise CannotMeasure(f"{transition} of {case}: {outcome}")
    return seconds


def together(deed: Callable[[int], object], count: int) -> None:
    """Do the same in so many threads at once; what fails in one fails here."""
    with ThreadPoolExecutor(count) as pool:
        for done in [pool.submit(deed, number) for number in range(count)]:
            done.result()


def _rates(found: Sequence[Drained]) -> tuple[float, ...]:
    return tuple(one.rate for one in found)


def _cpu(found: Sequence[Drained]) -> tuple[float, ...]:
    return tuple(one.cpu * 1000 for one in found)
