"""``make bench``: every figure of docs/performance.md, each as ratios taken within one run; it writes the page itself.

``--only P1,P2`` measures these alone (the page keeps what it says of the others; a module's name, ``accounts``, does
too, where more than one measures a P), ``--rounds`` says how often each is repeated, ``--full`` takes the largest sizes
(hours), ``--small`` shows in minutes that everything works and writes nothing.
"""

import argparse
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from rich.console import Console

from lab.bench import machine, report
from lab.bench.bench import Bench
from lab.bench.figures import Measured, brief, middle, spread
from lab.bench.house import CannotMeasure
from lab.bench.targets import MEASURES, TARGETS
from lab.postgres import PostgresMissing

ROUNDS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, and write the page after each module, so that a run broken off keeps what it has."""
    asked = _parser().parse_args(arguments)
    wanted = _wanted(asked.only)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    rounds = asked.rounds or (1 if asked.small else ROUNDS)
    bench = Bench(rounds, asked.small, asked.full, lambda sentence: console.print(f"  {sentence}"))
    run = report.Run(
        began=datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        revision=report.revision(),
        machine=machine.described(),
        versions=machine.versions(),
        rounds=rounds,
        size="small" if asked.small else "full" if asked.full else "usual",
    )
    console.print(f"{run.machine}, load {os.getloadavg()[0]:.1f}, revision {run.revision}")
    folder = Path(asked.output) if asked.output else None if asked.small else report.DOCS
    failed = [module for module in wanted if not _measured(module, bench, run, folder, console)]
    if failed:
        console.print(f"not measured: {', '.join(failed)}")
    return 1 if failed else 0


def _measured(module: str, bench: Bench, run: report.Run, folder: Path | None, console: Console) -> bool:
    """Measure with one module and keep its figures; what fails does not keep the others from being measured."""
    console.print(f"{' and '.join(MEASURES[module])} ({module})")
    load, began = os.getloadavg()[0], time.monotonic()
    elsewhere = machine.busy() - machine.cpu_of(os.getpid())
    try:
        measure: Callable[[Bench], Iterator[Measured]] = import_module(f"lab.bench.{module}").measure
        found = list(measure(bench))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the others can still be measured
        console.print(f"  {type(fault).__name__}: {fault}")
        if not isinstance(fault, CannotMeasure | PostgresMissing):
            console.print(traceback.format_exc())
        return False
    seconds = time.monotonic() - began
    foreign = max(0.0, machine.busy() - machine.cpu_of(os.getpid()) - elsewhere) / seconds
    for figure in found:
        console.print(told(figure))
    quiet = "" if foreign <= machine.QUIET else ": not quiet"
    console.print(f"  {seconds:.0f} s; load before {load:.1f}, others used {foreign:.1f} cores{quiet}")
    if folder is not None:
        kept = report.read(folder)
        for figure in found:
            kept.add(run, report.Kept(figure, run.began, load, foreign))
        report.write(kept, folder)
    return True


def told(found: Measured) -> str:
    """Say a figure in a line."""
    target = TARGETS[found.key]
    parts = [f"{found.key}: {target.what}: {brief(middle(found.ours))} {target.unit} {spread(found.ours)}".strip()]
    if found.reference:
        parts.append(f"/ {brief(middle(found.reference))} {target.unit} ({target.reference})")
    if found.ratios:
        parts.append(f"= {brief(middle(found.ratios))} {spread(found.ratios)}".strip())
    if (factor := found.missed(target)) is not None:
        parts.append(f"target {target.goal}: {'met' if factor <= 1 else 'missed'}")
    return " ".join(parts)


def _wanted(only: str) -> list[str]:
    names = {name.strip().upper() for name in only.split(",") if name.strip()}
    called = {module: {module.upper(), *covered} for module, covered in MEASURES.items()}
    known = {name for names_of_it in called.values() for name in names_of_it}
    if strange := sorted(names - known):
        raise SystemExit(f"nothing measures {', '.join(strange)}; there are {', '.join(sorted(known))}")
    return [module for module, names_of_it in called.items() if not names or names & names_of_it]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab.bench", description=__doc__)
    parser.add_argument("--only", default="", metavar="P1,P2", help="measure these alone")
    parser.add_argument("--rounds", type=int, help=f"how often each is repeated ({ROUNDS})")
    parser.add_argument("--output", metavar="FOLDER", help="where to write the page, in place of docs/")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--small", action="store_true", help="tiny sizes: shows that everything works")
    sizes.add_argument("--full", action="store_true", help="the largest sizes: hours")
    return parser


if __name__ == "__main__":
    # Asked to end, it still ends its servers and removes their folders.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
