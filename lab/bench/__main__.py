"""``make bench``: every figure of docs/performance.md, each as ratios taken within one run; the page is written by it.

``--only P1,P2`` measures these alone (the page keeps what it says of the others), ``--rounds`` says how often each is
repeated, ``--full`` takes the largest sizes (hours), ``--small`` shows in minutes that everything works and writes
nothing.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from rich.console import Console

from lab.bench.bench import Bench
from lab.bench.figures import Measured, brief, middle, spread
from lab.bench.targets import TARGETS

MEASURES: dict[str, tuple[str, ...]] = {
    "backlog": ("P1", "P16"),
    "steps": ("P2",),
}
"""The modules of this folder and which P each measures, in the order in which they run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for."""
    asked = _parser().parse_args(arguments)
    console = Console(soft_wrap=True, highlight=False)
    bench = Bench(
        rounds=asked.rounds or (1 if asked.small else 3), small=asked.small, full=asked.full, say=console.print
    )
    for module in _wanted(asked.only):
        measure: Callable[[Bench], Iterator[Measured]] = import_module(f"lab.bench.{module}").measure
        for found in measure(bench):
            console.print(f"[bold]{told(found)}[/bold]")
    return 0


def told(found: Measured) -> str:
    """Say a figure in a line."""
    target = TARGETS[found.key]
    parts = [f"{found.key}: {target.what}: {brief(middle(found.ours))} {target.unit} {spread(found.ours)}"]
    if found.reference:
        parts.append(f"/ {brief(middle(found.reference))} {target.unit} ({target.reference})")
    if found.ratios:
        parts.append(f"= {brief(middle(found.ratios))} {spread(found.ratios)}")
    if target.goal:
        met = target.met(found.judged(target))
        parts.append(f"target {target.goal}: {'met' if met else 'missed'}")
    return " ".join(parts)


def _wanted(only: str) -> list[str]:
    names = {name.strip().upper() for name in only.split(",") if name.strip()}
    known = {name for covered in MEASURES.values() for name in covered}
    if strange := sorted(names - known):
        raise SystemExit(f"nothing measures {', '.join(strange)}; there are {', '.join(sorted(known))}")
    return [module for module, covered in MEASURES.items() if not names or names & set(covered)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab.bench", description=__doc__)
    parser.add_argument("--only", default="", metavar="P1,P2", help="measure these alone")
    parser.add_argument("--rounds", type=int, help="how often each is repeated (3)")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--small", action="store_true", help="tiny sizes: shows that everything works")
    sizes.add_argument("--full", action="store_true", help="the largest sizes: hours")
    return parser


if __name__ == "__main__":
    sys.exit(main())
