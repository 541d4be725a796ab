"""P12 and P14: orders and questions over a large ledger, beside the same over one of ten thousand cases; PostgreSQL.

Both ledgers are multiplied from cases made by the product's own deeds (lab/bench/ledger.py), a tenth of them open.
Orders go through the real worker, prefork -c2. Questions are the commands themselves, called in this process: parsing,
the database, and the page they print, without what it takes to start a Python. ``--full`` takes ten million cases.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from functools import partial
from time import perf_counter

from commands.main import run
from lab.bench.bench import Bench
from lab.bench.figures import Measured, middle
from lab.bench.house import CannotMeasure, House, bells_of, postgres, turn
from lab.bench.ledger import fill
from lab.bench.targets import QUESTIONS

ROWS = 50
REPEATS = 3
WARM = 20


class _Grown:
    """An office with a ledger of that size."""

    def __init__(self, house: House, cases: int, orders: int) -> None:
        self.house = house
        house.activate()
        self.whole = fill(house.settings.database_url, house.home, cases).whole
        house.activate()
        self.cases = house.open_cases(orders + WARM)
        self.seconds: dict[str, list[float]] = {name: [] for name in QUESTIONS}
        self.rates: dict[str, list[float]] = {"plain": [], "open": []}

    def order(self, number: int, *, opens: int) -> None:
        """Hold or resume every case of ours, and open some."""
        house = self.house
        house.activate()
        warm = bells_of(house.accept(*turn(number, self.cases[:WARM])))
        found = house.drained(house.worker, warm, lambda: bells_of(house.accept(*turn(number, self.cases[WARM:]))))
        self.rates["plain"].append(found.rate)
        warm = bells_of(house.accept("open", house.contacts(WARM)))
        found = house.drained(house.worker, warm, lambda: bells_of(house.accept("open", house.contacts(opens))))
        self.rates["open"].append(found.rate)
        house.redis.flushdb()

    def ask(self) -> None:
        """Ask everything, several times each, and keep the median of each; the first time warms the caches."""
        self.house.activate()
        for name in QUESTIONS:
            times = [_asked(self._arguments(name)) for _ in range(REPEATS + 1)]
            self.seconds[name].append(middle(times[1:]) * 1000)

    def _arguments(self, question: str) -> Sequence[str]:
        words = question.split()
        if words[0] in ("list", "notices", "letters"):
            return [*words, "--limit", str(ROWS)]
        return [*words, self.whole["forms_mailed"]] if words[0] in ("show", "why", "history") else words


def _asked(arguments: Sequence[str]) -> float:
    """Call a command here; return its seconds. ``status`` may say that something is not well: no worker runs."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        start = perf_counter()
        status = run(arguments)
        seconds = perf_counter() - start
    if status not in ({0, 1} if arguments[0] == "status" else {0}):
        raise CannotMeasure(f"{' '.join(arguments)} ended with {status}: {said.getvalue()[-500:]}")
    return seconds


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P12 and P14."""
    sizes = bench.size(60, 10_000), bench.size(300, 1_000_000, 10_000_000)
    orders, opens = bench.size(40, 1000), bench.size(20, 400)
    with postgres() as server, ExitStack() as open_ones:
        grown = []
        for cases in sizes:
            start = perf_counter()
            grown.append(_Grown(open_ones.enter_context(House(server)), cases, orders))
            bench.say(f"{cases:,} cases in {perf_counter() - start:.0f} s")
        small, large = grown
        for number in bench.rounds_of([partial(one.order, opens=opens) for one in grown]):
            for one in grown if number % 2 == 0 else grown[::-1]:
                one.ask()
            bench.say(f"round {number + 1}: {large.rates['plain'][-1]:,.0f}/s and {small.rates['plain'][-1]:,.0f}/s")
    size = f"{sizes[1]:,} cases"
    for key, name in (("P12", "plain"), ("P12 open", "open")):
        yield Measured(key, tuple(large.rates[name]), tuple(small.rates[name]), size)
    for name in QUESTIONS:
        yield Measured(f"P14 {name}", tuple(large.seconds[name]), tuple(small.seconds[name]), size)
