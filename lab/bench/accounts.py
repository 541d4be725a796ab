"""P14: what a lead, an auditor and a regulator ask, over an office of years (`lab.bench.years`); both databases.

The whole commands, each answer read to its end: called in this process, and once a round from prompt to prompt with
what it takes to start a Python. Beside the seconds stands the processor time of the command and its database, which
others on the machine do not lengthen as much. At last cases are counted anew, as `stats --recount` does: the first
``RECOUNTED`` of them, when what all counted for is forgotten.
"""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from time import perf_counter

from sqlalchemy import Connection

from commands.main import run
from lab.bench import years
from lab.bench.bench import Bench
from lab.bench.figures import Measured, brief, middle
from lab.bench.house import CannotMeasure, House, postgres
from lab.bench.house import run as run_alone
from lab.bench.machine import cpu_of_all
from lab.bench.targets import ACCOUNTS
from lab.postgres import Postgres
from services.engine import counting
from tasks.unit import UNIT

REPEATS = 3
RECOUNTED = 30_000


class _Enough(Exception):
    """So many cases were counted that the rate is known."""


@dataclass(slots=True)
class _Office:
    """An office of years: what was asked of it, as (milliseconds, milliseconds of CPU) round by round."""

    house: House
    cases: int
    whole: str = ""
    here: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    alone: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    rate: float = 0.0
    """Cases counted a second."""

    recounted: int = 0
    longest: float = 0.0
    """Milliseconds of the longest transaction of the count."""

    def fill(self) -> None:
        """Let it have worked for years."""
        self.house.activate()
        self.whole = years.fill(self.house.settings.database_url, self.house.home, self.cases).whole

    def recount(self) -> None:
        """Count anew, but break off when the rate is known: nothing can be asked of its figures after that."""
        self.house.activate()
        ticks, took = list[tuple[float, int]](), list[float]()

        @contextmanager
        def begin() -> Iterator[Connection]:
            start = perf_counter()
            with UNIT.begin() as db:
                yield db
            took.append((perf_counter() - start) * 1000)

        def tick(done: int, _: int) -> None:
            ticks.append((perf_counter(), done))
            if done >= RECOUNTED:
                raise _Enough

        with suppress(_Enough):
            counting.recount(replace(UNIT, begin=begin), tick)
        # What all counted for is forgotten before the first lot; where there is but one, with it.
        (began, before), (ended, done) = ticks[1 if len(ticks) > 2 else 0], ticks[-1]
        self.recounted, self.rate, self.longest = done, (done - before) / (ended - began), max(took)

    def ask(self, _: int) -> None:
        """Ask everything once more; the first answer here warms the caches, and is not kept."""
        self.house.activate()
        for name in ACCOUNTS:
            call = self._call(name)
            times = [self._taken(partial(_here, call)) for _ in range(REPEATS + 1)][1:]
            self.here.setdefault(name, []).append((middle([t for t, _ in times]), middle([c for _, c in times])))
            whole = self._taken(partial(run_alone, ["./admin.py", *call], self.house.environ))
            self.alone.setdefault(name, []).append(whole)

    def _call(self, question: str) -> Sequence[str]:
        words = question.split()
        if words[0] == "board":
            return [*words, "--out", str(self.house.home / "board.html")]
        return [*words, self.whole] if words[-1] == "--case" else words

    def _taken(self, deed: Callable[[], object]) -> tuple[float, float]:
        pids = [os.getpid(), *self.house.pids]
        spent, start = cpu_of_all(pids), perf_counter()
        deed()
        return (perf_counter() - start) * 1000, (cpu_of_all(pids) - spent) * 1000

    def slowest(self) -> tuple[float, ...]:
        """Return the slowest whole command of each round."""
        return tuple(max(found[number][0] for found in self.alone.values()) for number in range(self.rounds))

    @property
    def rounds(self) -> int:
        """How often everything was asked."""
        return len(self.here[ACCOUNTS[0]])


def _here(arguments: Sequence[str]) -> None:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = run(arguments)
    if status:
        raise CannotMeasure(f"{' '.join(arguments)} ended with {status}: {said.getvalue()[-500:]}")


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P14 that are about giving account."""
    small, large = bench.size(60, 10_000), bench.size(300, 1_000_000)
    with postgres() as server:
        yield from _measured(bench, "", server, small, large)
    yield from _measured(bench, ", SQLite", None, small, large)


def _measured(bench: Bench, kind: str, server: Postgres | None, small: int, large: int) -> Iterator[Measured]:
    with House(server, broker=False) as one, House(server, broker=False) as other:
        few, many = _Office(one, small), _Office(other, large)
        for each in (few, many):
            start = perf_counter()
            each.fill()
            bench.say(f"{each.cases:,} cases{kind} in {perf_counter() - start:.0f} s")
        for _ in bench.rounds_of([few.ask, many.ask]):
            pass
        for each in (few, many):
            each.recount()
    for name in ACCOUNTS:
        found = many.here[name]
        note = f"{large:,} cases; CPU {brief(middle([cpu for _, cpu in found]))} ms"
        yield Measured(
            f"P14 {name}{kind}", tuple(wall for wall, _ in found), tuple(wall for wall, _ in few.here[name]), note
        )
    slowest = max(many.alone, key=lambda name: middle([wall for wall, _ in many.alone[name]]))
    note = f"{large:,} cases; `{slowest}`, CPU {brief(middle([cpu for _, cpu in many.alone[slowest]]))} ms"
    yield Measured(f"P14 account, alone{kind}", many.slowest(), (), note)
    yield Measured(f"P14 recount{kind}", (many.rate,), (few.rate,), f"{many.recounted:,} of {large:,} cases")
    yield Measured(
        f"P14 recount, longest{kind}", (many.longest,), (few.longest,), f"{many.recounted:,} of {large:,} cases"
    )
