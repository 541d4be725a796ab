"""``make mutation``: would the tests notice? Small faults in the rules, each tried against the tests of its module.

A mutant is loaded in the place of the real module, in a process of its own that has imported nothing of ours yet: what
runs at import runs mutated too. Killed is a mutant that makes a test fail, that cannot be imported, or that runs for
far longer than the tests take. The run ends with a table and writes docs/mutation.md; it fails when fewer than 90 of
100 are killed in a module, when a survivor has no reason in lab/bench/survivors.toml, and when a reason is stale.

``python -m lab.bench.mutation MODULE ...`` tries some modules alone, ``--survivors`` only what survived the last time;
neither writes the page, and neither does a run that fails. An interrupted run goes on where it stopped.
"""

import argparse
import gc
import hashlib
import importlib
import importlib.machinery
import importlib.util
import json
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from rich.console import Console
from rich.table import Table

from lab.bench import survivors
from lab.bench.mutants import Mutant, mutants
from lab.bench.subjects import SUBJECTS, TESTS
from settings import PROJECT

STORE = PROJECT / "mutants"
LEAST = 90.0
MEMORY = 4 * 2**30

SURVIVED, KILLED, HUNG = "survived", "killed", "hung"
# Up to the first failure, and without what would only make a failure easier to read or to repeat.
OPTIONS = [
    "-x", "-q", "--assert=plain", "--disable-plugin-autoload", "-p", "pytest_timeout", "-p", "_hypothesis_pytestplugin",
    "-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception",
]  # fmt: skip
# pytest's exit codes: a test failed; the tests could not be collected, because the import failed.
KILLS = (1, 2)
NOTHING_SAID = 70
PRELOADED = (
    "_hypothesis_pytestplugin", "cryptography.hazmat.primitives.ciphers.aead", "lab.postgres",
    "holidays", "hypothesis.strategies", "pytest_timeout", "sqlalchemy",
)  # fmt: skip


@dataclass(slots=True)
class Trial:
    """One module's run: its mutants and what became of each, by its place in the list."""

    module: str
    mutants: list[Mutant]
    outcomes: dict[int, str] = field(default_factory=dict)
    seconds: float = 0.0

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
        hung, survived = self.number(HUNG), self.number(SURVIVED)
        return survivors.Row(self.module, len(self.outcomes), len(self.outcomes) - survived, hung, survived)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants, show the table, and say what is missing; 1 if something is."""
    parser = argparse.ArgumentParser(prog="python -m lab.bench.mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"one of {', '.join(SUBJECTS)}; default: all")
    parser.add_argument("--survivors", action="store_true", help="try only what survived the last time")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time; default: all cores")
    wanted = parser.parse_args(arguments)
    if unknown := set(wanted.modules) - set(SUBJECTS):
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    _preload()
    names = wanted.modules or list(SUBJECTS)
    trials = [_tried(name, jobs=wanted.jobs, survivors_only=wanted.survivors) for name in names]
    _show(trials)
    faults = list(_faults(trials))
    if len(names) == len(SUBJECTS) and not wanted.survivors and not faults:
        survivors.write_page([trial.row for trial in trials], sum(trial.seconds for trial in trials), wanted.jobs)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _preload() -> None:
    """Import what every trial needs and nothing of the rules: children start with it in memory."""
    # Tests compiled once serve every trial, whatever the shell says; of a mutant no bytecode is kept (`_InPlaceOf`).
    sys.dont_write_bytecode = False
    for name in PRELOADED:
        importlib.import_module(name)
    gc.freeze()
    if ours := [name for name in sys.modules if name.partition(".")[0] in ("workflows", "tests")]:
        raise SystemExit(f"imported too early to be mutated: {', '.join(ours)}")


# -- trying ---------------------------------------------------------------------------------------------------------


def _tried(module: str, *, jobs: int, survivors_only: bool) -> Trial:
    path = PROJECT / "workflows" / f"{module.replace('.', '/')}.py"
    source = path.read_text(encoding="utf-8")
    subject = SUBJECTS[module]
    trial = Trial(module, [one for one in mutants(source) if not subject.places or one.place in subject.places])
    tests = [TESTS.format(name) for name in subject.tests]
    store = STORE / f"{module}.json"
    stamps = {"source": _digest([path]), "tests": _digest([*_everything(), *(PROJECT / test for test in tests)])}
    kept = _kept(store, stamps, survivors_only=survivors_only)
    trial.outcomes, trial.seconds = kept
    begun = time.monotonic()
    limit = _seconds_allowed(module, source, tests)
    todo = [index for index in range(len(trial.mutants)) if index not in trial.outcomes]
    if survivors_only:
        stamps["tests"] = "of several runs"
    for count, (index, outcome) in enumerate(_outcomes(trial, todo, tests, limit, jobs), start=1):
        trial.outcomes[index] = outcome
        if count % 25 == 0 or count == len(todo):
            spent = trial.seconds + time.monotonic() - begun
            _keep(store, stamps, trial.outcomes, spent)
            row = trial.row
            print(
                f"{module}  {row.mutants}/{len(trial.mutants)}  killed {row.killed}  survived {row.survived}",
                flush=True,
            )
    trial.seconds += time.monotonic() - begun
    return trial


def _outcomes(
    trial: Trial, todo: Sequence[int], tests: Sequence[str], limit: int, jobs: int
) -> Iterator[tuple[int, str]]:
    """Yield what became of each mutant, *jobs* at a time."""
    running: dict[int, int] = {}
    waiting = list(reversed(todo))
    while waiting or running:
        while waiting and len(running) < jobs:
            index = waiting.pop()
            running[_started(trial.module, trial.mutants[index].source, tests, limit)] = index
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


def _started(module: str, source: str, tests: Sequence[str], limit: int) -> int:
    """Return the process that runs the tests with that source in the module's place; its exit code is pytest's."""
    pid = os.fork()
    if pid == 0:
        code = NOTHING_SAID
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            sys.meta_path.insert(0, _InPlaceOf(f"workflows.{module}", source))
            for test in tests:
                code = int(pytest.main([*OPTIONS, test]))
                if code != 0:
                    break
        finally:
            os._exit(code)
    return pid


class _InPlaceOf(importlib.machinery.SourceFileLoader):
    """Finds one module by its name and loads a given source as if it stood in the module's file.

    Nothing is written: a file changed and changed back within a second would leave stale bytecode behind.
    """

    def __init__(self, name: str, source: str) -> None:
        super().__init__(name, str(PROJECT / f"{name.replace('.', '/')}.py"))
        self.source = source

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of the one module, None for all others."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:
        """Return the given source, compiled; no cache of bytecode is read or written."""
        return compile(self.source, self.path, "exec", dont_inherit=True)


def _seconds_allowed(module: str, source: str, tests: Sequence[str]) -> int:
    """Return the processor time a trial may take; the tests must pass unchanged and fail with a module that raises."""
    passed, seconds = _ended(_started(module, source, tests, 600))
    failed, _ = _ended(_started(module, f"{source}\nraise RuntimeError\n", tests, 600))
    if passed != 0 or failed not in KILLS:
        raise SystemExit(f"{module}: the tests must pass before any mutant, and fail with a module that raises")
    return math.ceil(5 + 10 * seconds)


def _ended(pid: int) -> tuple[int, float]:
    _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime


# -- what is kept ---------------------------------------------------------------------------------------------------


def _everything() -> list[Path]:
    """Return the files that decide what a trial comes to, besides its tests."""
    rules = [path for path in (PROJECT / "workflows").rglob("*") if path.suffix in (".py", ".toml")]
    return [*rules, PROJECT / "tests" / "conftest.py", PROJECT / "lab" / "bench" / "mutants.py", Path(__file__)]


def _digest(paths: Sequence[Path]) -> str:
    state = hashlib.sha256(version("mutmut").encode())
    for path in sorted(paths):
        state.update(path.read_bytes())
    return state.hexdigest()


def _kept(store: Path, stamps: Mapping[str, str], *, survivors_only: bool) -> tuple[dict[int, str], float]:
    """Return what is known already about these mutants, and how long that took."""
    if not store.exists():
        return {}, 0.0
    said = json.loads(store.read_text(encoding="utf-8"))
    outcomes = {int(index): str(outcome) for index, outcome in said["outcomes"].items()}
    if survivors_only and said["source"] == stamps["source"]:
        return {index: outcome for index, outcome in outcomes.items() if outcome != SURVIVED}, float(said["seconds"])
    if not survivors_only and {name: said[name] for name in stamps} == stamps:
        return outcomes, float(said["seconds"])
    return {}, 0.0


def _keep(store: Path, stamps: Mapping[str, str], outcomes: Mapping[int, str], seconds: float) -> None:
    store.parent.mkdir(exist_ok=True)
    store.write_text(json.dumps({**stamps, "seconds": seconds, "outcomes": outcomes}), encoding="utf-8")


# -- saying ---------------------------------------------------------------------------------------------------------


def _show(trials: Sequence[Trial]) -> None:
    table = Table("module", "mutants", "killed", "survived", "percent", title="would the tests notice?")
    for trial in trials:
        row = trial.row
        table.add_row(row.module, str(row.mutants), str(row.killed), str(row.survived), f"{row.percent:.1f}")
    Console().print(table)


def _faults(trials: Sequence[Trial]) -> Iterator[str]:
    reasons = survivors.read()
    for trial in trials:
        if trial.row.percent < LEAST:
            yield f"{trial.module}: {trial.row.percent:.1f} of 100 killed, at least {LEAST:.0f} are wanted"
        known = {reason.name for reason in reasons if reason.module == trial.module}
        alive = {mutant.name for mutant in trial.alive}
        for mutant in trial.alive:
            if mutant.name not in known:
                yield survivors.as_toml(trial.module, mutant)
        for place, was, now in sorted(known - alive):
            yield f"{trial.module}, {place}: a reason for what no longer survives:\n{was}\n{now}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        sys.exit(130)
