"""P2: orders under backlog through two solo workers, beside DBOS on the same PostgreSQL with two processes.

Each has its best layout: ours are two solo workers; DBOS has two processes with eight threads each, whose workflows of
five steps wait for nothing else. Its transactional step locks a row, checks it, updates it and writes one row of
history: less than a transition of ours does. Its environment is its own (lab/bench/peers/).
"""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Self

from lab.bench import peers
from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import CannotMeasure, Drained, House, bells_of, postgres, turn
from lab.bench.machine import busy, cpu_of, cpu_of_all
from lab.bench.peers import FOLDER
from lab.postgres import Postgres

PROCESSES, THREADS, STEPS, WARM = 2, 8, 5, 20
PATIENCE = 300.0


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P2."""
    seen: dict[str, list[Drained]] = {"ours": [], "transactional": [], "empty": []}
    with postgres() as server, House(server) as house, Peer(server, bench.size(6, 250, 1000)) as peer:
        cases = house.open_cases(bench.size(60, 5000) + WARM)

        def keep(name: str, found: Drained) -> None:
            seen[name].append(found)
            bench.say(f"{name}: {found}")

        deeds = (
            lambda number: keep("ours", two_solo(house, number, cases[:WARM], cases[WARM:])),
            lambda number: keep("transactional", peer.run("transactional", number)),
            lambda number: keep("empty", peer.run("empty", number)),
        )
        for _ in bench.rounds_of(deeds):
            pass
    ours, steps, empty = ([one.rate for one in seen[name]] for name in ("ours", "transactional", "empty"))
    yield Measured("P2", tuple(ours), tuple(steps))
    yield Measured("P2 empty", tuple(ours), tuple(empty))
    cpu = {name: tuple(one.cpu * 1000 for one in found) for name, found in seen.items()}
    yield Measured("P2 CPU", cpu["ours"], cpu["transactional"])


def two_solo(house: House, number: int, warm: Sequence[str], cases: Sequence[str]) -> Drained:
    """Hold or resume every case through two solo workers."""

    def start() -> None:
        house.worker("s1", pool="solo")
        house.worker("s2", pool="solo")

    first = bells_of(house.accept(*turn(number, warm)))
    return house.drained(start, first, lambda: bells_of(house.accept(*turn(number, cases))))


class Peer:
    """DBOS over databases of its own on the same server."""

    def __init__(self, server: Postgres, workflows: int) -> None:
        """*workflows* is how many each process carries out in a run."""
        self.server, self.workflows = server, workflows
        self.python = str(peers.environment("dbos"))
        self.script = str(FOLDER / "dbos_steps.py")
        self.cases = server.create()

    def __enter__(self) -> Self:
        """Return it with its tables made."""
        count = 2 * PROCESSES * (self.workflows + 10)
        subprocess.run([self.python, self.script, "tables", str(count), self.cases], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Drop its cases."""
        self.server.drop(self.cases)

    def run(self, mode: str, number: int) -> Drained:
        """Let both processes carry out their workflows; what one step costs, and how many there are a second.

        The system database is new for each run, and each run's cases have been used as often as those of any other.
        """
        system = self.server.create()
        try:
            with self._processes(mode, system) as running:
                pids = [self.server.pid, *(one.pid for one in running)]
                spent, elsewhere = cpu_of_all(pids), busy() - cpu_of(os.getpid())
                for one in running:
                    _said(one, "go")
                ended = [json.loads(_line(one)) for one in running]
                spent, foreign = cpu_of_all(pids) - spent, busy() - cpu_of(os.getpid()) - elsewhere
        finally:
            self.server.drop(system)
        steps = sum(one["steps"] for one in ended)
        seconds = max(one["ended"] for one in ended) - min(one["began"] for one in ended)
        return Drained(steps / seconds, spent / steps, seconds, max(0.0, foreign) / seconds, steps)

    @contextmanager
    def _processes(self, mode: str, system: str) -> Iterator[list["subprocess.Popen[str]"]]:
        running = []
        others = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        try:
            for process in range(PROCESSES):
                first = 1 + process * (self.workflows + 10)
                what = [mode, str(first), str(self.workflows), str(THREADS), self.cases, system]
                begin = partial(subprocess.Popen, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                one: Any = begin([self.python, self.script, *what], env={**others, "DBOS__VMID": f"p{process}"})
                running.append(one)
                if _line(one).strip() != "ready":  # one after the other: the first makes the system's tables
                    raise CannotMeasure("DBOS did not become ready")
            yield running
        finally:
            for one in running:
                one.kill()
                one.communicate()


def _said(one: "subprocess.Popen[str]", word: str) -> None:
    assert one.stdin is not None  # noqa: S101 - it was started with a pipe
    one.stdin.write(f"{word}\n")
    one.stdin.flush()


def _line(one: "subprocess.Popen[str]") -> str:
    assert one.stdout is not None  # noqa: S101 - it was started with a pipe
    return one.stdout.readline()
