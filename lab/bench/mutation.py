"""``make mutation``: would the tests notice? Small faults in rules and engine, each tried against its module's tests.

A mutant is loaded in the place of the real module, in a process of its own that has not imported it yet: what runs at
import runs mutated too. Killed is a mutant that makes a test fail, that cannot be imported, or that runs for far longer
than the tests take. The run ends with a table and writes the rows of its modules into docs/mutation.md; it fails, and
writes nothing, when fewer than 90 of 100 are killed in a module, when a survivor has no reason in
lab/bench/survivors.toml, and when a reason is stale.

``python -m lab.bench.mutation MODULE ...`` tries some modules alone, ``--sample N`` at most N mutants of each, evenly
over its source; ``--survivors`` tries again what survived the last time, for when tests were added. An interrupted run
goes on where it stopped.
"""

import argparse
import hashlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lab.bench import survivors
from lab.bench.mutants import Mutant, mutants
from lab.bench.subjects import SUBJECTS, TESTS, needs_a_database, path_of
from lab.bench.trials import KILLS, make_template, preload, seconds_allowed, started
from settings import PROJECT

STORE = PROJECT / "mutants"
LEAST = 90.0

SURVIVED, KILLED, HUNG = "survived", "killed", "hung"


@dataclass(slots=True)
class Trial:
    """One module's run: its mutants and what became of each, by its place in the list."""

    module: str
    mutants: list[Mutant]
    outcomes: dict[int, str] = field(default_factory=dict)
    stated: str = ""

    def number(self, outcome: str) -> int:
        """Return how many mutants came to that."""
        return sum(found == outcome for found in self.outcomes.values())

    @property
    def alive(self) -> list[Mutant]:
        """The mutants that no test noticed."""
        return [mutant for index, mutant in enumerate(self.mutants) if self.outcomes.get(index) == SURVIVED]

    @property
    def row(self) -> survivors.Row:
        """The module's line in the table."""
        hung, survived, tried = self.number(HUNG), self.number(SURVIVED), len(self.outcomes)
        return survivors.Row(self.module, len(self.mutants), tried, tried - survived, hung, survived, self.stated)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants, show the table, and say what is missing; 1 if something is."""
    parser = argparse.ArgumentParser(prog="python -m lab.bench.mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"one of {', '.join(SUBJECTS)}; default: all")
    parser.add_argument("--survivors", action="store_true", help="try only what survived the last time")
    parser.add_argument("--sample", type=int, metavar="N", help="of each module N mutants; default: all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time; default: all cores")
    wanted = parser.parse_args(arguments)
    if unknown := set(wanted.modules) - set(SUBJECTS):
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    if wanted.sample is not None and wanted.sample < 1:
        parser.error("a sample has at least one mutant")
    # In the order of the table: the rules first, since what the engine's trials have loaded cannot be mutated any more.
    names = [name for name in SUBJECTS if name in wanted.modules or not wanted.modules]
    with tempfile.TemporaryDirectory(prefix="mg-") as folder:
        trials = list(_all_tried(names, wanted, Path(folder)))
    _show(trials)
    faults = list(_faults(trials))
    if not faults:
        survivors.write_rows([trial.row for trial in trials])
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _all_tried(names: Sequence[str], wanted: argparse.Namespace, folder: Path) -> Iterator[Trial]:
    preload(for_databases=False)
    below = False
    for name in names:
        if needs_a_database(name) and not below:
            make_template(folder)
            preload(for_databases=True)
            below = True
        yield _tried(name, jobs=wanted.jobs, sample=wanted.sample, survivors_only=wanted.survivors)


# -- trying ---------------------------------------------------------------------------------------------------------


def _tried(module: str, *, jobs: int, sample: int | None, survivors_only: bool) -> Trial:
    path = PROJECT / path_of(module)
    source = path.read_text(encoding="utf-8")
    subject = SUBJECTS[module]
    trial = Trial(module, [one for one in mutants(source) if not subject.places or one.place in subject.places])
    store = STORE / f"{module}.json"
    tests = [PROJECT / TESTS.format(name) for name in subject.tests]
    stamps = {"source": _digest([path]), "tests": _digest([*_everything(module), *tests])}
    trial.outcomes = _kept(store, stamps, survivors_only=survivors_only)
    limit = seconds_allowed(module, source)
    chosen = sampled(len(trial.mutants), sample)
    todo = [index for index in chosen if index not in trial.outcomes]
    if survivors_only:
        stamps["tests"] = "of several runs"
        todo = [index for index in trial.outcomes if trial.outcomes[index] == SURVIVED]
    for count, (index, outcome) in enumerate(_outcomes(trial, todo, limit, jobs), start=1):
        trial.outcomes[index] = outcome
        if count % 10 == 0 or count == len(todo):
            _keep(store, stamps, trial.outcomes)
            row = trial.row
            print(f"{module}  {count}/{len(todo)}  killed {row.killed}  survived {row.survived}", flush=True)
    trial.stated = survivors.stated()
    return trial


def sampled(number: int, most: int | None) -> list[int]:
    """Return which of so many mutants are tried: all, or *most* of them at even distances."""
    if most is None or most >= number:
        return list(range(number))
    return [place * number // most for place in range(most)]


def _outcomes(trial: Trial, todo: Sequence[int], limit: int, jobs: int) -> Iterator[tuple[int, str]]:
    """Yield what became of each mutant, *jobs* at a time."""
    running: dict[int, int] = {}
    waiting = list(reversed(todo))
    while waiting or running:
        while waiting and len(running) < jobs:
            index = waiting.pop()
            running[started(trial.module, trial.mutants[index].source, limit)] = index
        pid, status, _ = os.wait3(0)
        index = running.pop(pid)
        yield index, _outcome(status, trial.mutants[index])


def _outcome(status: int, mutant: Mutant) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return SURVIVED
    if code in KILLS:
        return KILLED
    if code == -signal.SIGXCPU:
        return HUNG
    raise SystemExit(f"pytest ended with {code}, which says nothing about this mutant:\n{mutant.was}\n{mutant.now}")


# -- what is kept ---------------------------------------------------------------------------------------------------


def _everything(module: str) -> list[Path]:
    """Return the files that decide what a trial comes to, besides its tests."""
    ours = ("workflows", "models", "services") if needs_a_database(module) else ("workflows",)
    rules = [path for top in ours for path in (PROJECT / top).rglob("*") if path.suffix in (".py", ".toml")]
    shared = [PROJECT / "tests" / "conftest.py", PROJECT / "lab" / "bench" / "mutants.py", Path(__file__)]
    return [*rules, *shared, Path(__file__).with_name("trials.py")]


def _digest(paths: Sequence[Path]) -> str:
    state = hashlib.sha256(version("mutmut").encode())
    for path in sorted(paths):
        state.update(path.read_bytes())
    return state.hexdigest()


def _kept(store: Path, stamps: Mapping[str, str], *, survivors_only: bool) -> dict[int, str]:
    """Return what is known already about these mutants, by their places in the list."""
    if not store.exists():
        return {}
    said = json.loads(store.read_text(encoding="utf-8"))
    outcomes = {int(index): str(outcome) for index, outcome in said["outcomes"].items()}
    same = ("source",) if survivors_only else ("source", "tests")
    return outcomes if all(said[name] == stamps[name] for name in same) else {}


def _keep(store: Path, stamps: Mapping[str, str], outcomes: Mapping[int, str]) -> None:
    store.parent.mkdir(exist_ok=True)
    store.write_text(json.dumps({**stamps, "outcomes": outcomes}), encoding="utf-8")


# -- saying ---------------------------------------------------------------------------------------------------------


def _show(trials: Sequence[Trial]) -> None:
    table = Table("module", "mutants", "tried", "killed", "survived", "percent", title="would the tests notice?")
    for trial in trials:
        row = trial.row
        table.add_row(
            row.module, str(row.mutants), str(row.tried), str(row.killed), str(row.survived), f"{row.percent:.1f}"
        )
    Console().print(table)


def _faults(trials: Sequence[Trial]) -> Iterator[str]:
    reasons = survivors.read()
    for trial in trials:
        if trial.row.percent < LEAST:
            yield f"{trial.module}: {trial.row.percent:.1f} of 100 killed, at least {LEAST:.0f} are wanted"
        known = {reason.name for reason in reasons if reason.module == trial.module}
        alive = {mutant.name for mutant in trial.alive}
        untried = {mutant.name for index, mutant in enumerate(trial.mutants) if index not in trial.outcomes}
        for mutant in trial.alive:
            if mutant.name not in known:
                yield survivors.as_toml(trial.module, mutant)
        for place, was, now in sorted(known - alive - untried):
            yield f"{trial.module}, {place}: a reason for what no longer survives:\n{was}\n{now}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        sys.exit(130)
