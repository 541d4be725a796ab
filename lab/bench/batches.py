"""P3: work in batches through the real worker: due timers, the orders of a bulk run, and the whole ``./admin.py bulk``.

PostgreSQL. Beside them stand the same orders one at a time (two people, each of whom waits for an answer), the same
with a message each under backlog, and DBOS's transactional steps. Bulk is a hold and a resume of every case.
"""

import time
from collections.abc import Iterator, Sequence

from lab.bench.backlog import PEOPLE, give, together
from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import Drained, House, bells_of, postgres, turn
from lab.bench.steps import Peer
from services import bulk
from services.office.staff import os_login
from services.reports.worklist import Wanted
from tasks.bell import bulk_bell
from tasks.publish import Bell

WORKING_DAYS = 3
"""After so many without news a first contact is chased."""


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P3."""
    with postgres() as server, House(server, CLOCK="shifted") as house, Peer(server, bench.size(6, 150)) as peer:
        runs = _Runs(bench, house)
        found: dict[str, list[float]] = {}

        def keep(name: str, rate: float) -> None:
            found.setdefault(name, []).append(rate)
            bench.say(f"{name}: {rate:,.0f}/s")

        deeds = (
            lambda _: keep("timers", runs.timers()),
            lambda _: keep("singly", runs.singly()),
            lambda _: keep("bulk", runs.bulk()),
            lambda _: keep("command", runs.command()),
            lambda _: keep("backlog", runs.backlog()),
            lambda number: keep("DBOS", peer.run("transactional", number).rate),
        )
        for _ in bench.rounds_of(deeds):
            pass
    rates = {name: tuple(values) for name, values in found.items()}
    yield from (Measured(f"P3 {name}", rates[name], rates["singly"]) for name in ("timers", "bulk", "command"))
    yield Measured("P3 backlog", rates["bulk"], rates["backlog"])
    yield Measured("P3 DBOS", rates["bulk"], rates["DBOS"])


class _Runs:
    """What is compared, over one office whose cases are all first contacts, none of them held between two deeds."""

    def __init__(self, bench: Bench, house: House) -> None:
        self.house = house
        house.to_a_working_day(1)
        self.cases = house.open_cases(bench.size(60, 2000, 10_000))
        self.singles = bench.size(6, 150)
        self.some = self.cases[: bench.size(40, 1000)]

    def timers(self) -> float:
        """Let deadlines come and fire them by one message; return the firings a second."""
        house, sweep = self.house, [Bell("timers.sweep", f"sweep-{time.time_ns():x}", "clock", {})]
        before: list[int] = []

        def due() -> list[Bell]:
            before.append(self._fired())  # what the warming sweep found is not counted
            house.to_a_working_day(WORKING_DAYS)
            return sweep

        found = house.drained(lambda: house.worker(pool="solo", queues="clock"), sweep, due)
        return found.of(self._fired() - before[0]).rate

    def _fired(self) -> int:
        return int(self.house.ask("SELECT count(*) FROM history WHERE cause LIKE 'timer:%'"))

    def singly(self) -> float:
        """Let two people give one order after the other."""
        self.house.worker()
        try:
            give(self.house, self.cases[0], 2)
            start = time.perf_counter()
            together(lambda person: give(self.house, self.cases[person], self.singles), PEOPLE)
            return PEOPLE * self.singles / (time.perf_counter() - start)
        finally:
            self.house.stop_workers()

    def bulk(self) -> float:
        """Hold and resume every case, a hundred a message."""
        return self._rate([self._chunks(0), self._chunks(1)])

    def _chunks(self, number: int) -> Drained:
        house, me = self.house, os_login()
        name, wanted = turn(number, self.cases)
        order = bulk.BulkOrder(name, wanted[0][1], Wanted(states=("contacted",)), f"bench {time.time_ns()}", me, me)
        with house.writing() as (db, office):
            run = bulk.begin(db, office, order, len(wanted))

        def chunks() -> list[Bell]:
            bells, after = list[Bell](), 0
            while True:
                with house.writing() as (db, office):
                    chunk = bulk.place(db, office, run, order, after)
                if chunk is None:
                    return bells
                bells.append(bulk_bell(run.name, chunk.first, chunk.last))
                after = chunk.after

        nobody = bulk_bell(run.name, 0, 0)  # warms the worker: there are no such orders
        found = house.drained(lambda: house.worker(queues="bulk"), [nobody] * 4, chunks)
        with house.writing() as (db, office):
            bulk.finish(db, office, run, order, {"done": len(wanted)})
        return found.of(len(wanted))

    def command(self) -> float:
        """Run the whole command twice: the counts, the orders, the messages, the waiting, the results."""
        self.house.worker(queues="bulk")
        try:
            self.house.await_ready("w1")
            start = time.perf_counter()
            for what in (("hold", "--reason", "other"), ("resume",)):
                name, *more = what
                self.house.admin("bulk", name, "--where", "state=contacted", "--yes", "--json", *more)
            return 2 * len(self.cases) / (time.perf_counter() - start)
        finally:
            self.house.stop_workers()

    def backlog(self) -> float:
        """Hold and resume some of the cases, a message each."""
        return self._rate([self._drained(0), self._drained(1)])

    def _drained(self, number: int) -> Drained:
        house = self.house
        warm, some = self.some[:10], self.some[10:]
        first = bells_of(house.accept(*turn(number, warm)))
        return house.drained(house.worker, first, lambda: bells_of(house.accept(*turn(number, some))))

    @staticmethod
    def _rate(found: Sequence[Drained]) -> float:
        return sum(one.messages for one in found) / sum(one.seconds for one in found)
