"""P6: whole runs of ./admin.py from prompt to prompt, beside an empty Python, with the desk running and without.

The commands are taken in turn, so that each ratio is of runs within the same second or two. ``list`` shows fifty rows.
"""

import sys
import time
from collections.abc import Callable, Iterator

from desk.supervisor import Desk
from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.house import House, run

ROWS = 50
EMPTY = "python -c pass"

Deeds = dict[str, Callable[[int], list[str]]]


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P6."""
    repeats = bench.size(2, 5) * bench.rounds
    with House(broker=False) as house:
        cases = house.open_cases(ROWS + 1)
        looks: Deeds = {
            EMPTY: lambda _: [sys.executable, "-c", "pass"],
            "help": lambda _: ["./admin.py", "--help"],
            "list": lambda _: ["./admin.py", "list", "--limit", str(ROWS)],
        }
        orders: Deeds = {
            "show": lambda _: ["./admin.py", "show", cases[0]],
            "order": lambda number: _turn(number, cases[-1]),
        }
        with Desk(house.settings, with_flower=True):
            running = _timed(house, {**looks, **orders}, repeats)
        alone = _timed(house, looks, repeats)
    for name in ("help", "list", "show", "order"):
        yield Measured(f"P6 {name}", running[name], running[EMPTY])
    for name in ("help", "list"):
        yield Measured(f"P6 {name} alone", alone[name], alone[EMPTY])


def _turn(number: int, case: str) -> list[str]:
    return ["./admin.py", *(("hold", case, "--reason", "other") if number % 2 == 0 else ("resume", case))]


def _timed(house: House, deeds: Deeds, repeats: int) -> dict[str, tuple[float, ...]]:
    """Return the milliseconds of each command, round by round; one round before these warms the disk's cache."""
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for number in range(repeats + repeats % 2 + 2):  # an even number: the case ends as it was
        for name, command in deeds.items():
            start = time.perf_counter()
            run(command(number), house.environ)
            found[name].append((time.perf_counter() - start) * 1000)
    return {name: tuple(values[2:]) for name, values in found.items()}
