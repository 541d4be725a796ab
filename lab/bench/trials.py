"""A trial: the tests of a module in a process of their own, which has a mutant in the real module's place.

The process is forked from one that has imported nothing the mutant could reach, and says by its exit what became of it.
"""

import gc
import importlib
import importlib.machinery
import importlib.util
import math
import os
import resource
import signal
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from lab.bench.subjects import SUBJECTS, TESTS, needs_a_database, path_of
from settings import PROJECT

MEMORY = 4 * 2**30
TEMPLATE = "MADOGUCHI_TEST_TEMPLATE"
"""Where the tests find a migrated SQLite file, so that not every trial makes one (tests/conftest.py)."""
# Up to the first failure, and without what would only make a failure easier to read or to repeat.
OPTIONS = [
    "-x", "-q", "--assert=plain", "--disable-plugin-autoload", "-p", "pytest_timeout", "-p", "_hypothesis_pytestplugin",
    "-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception",
]  # fmt: skip
# pytest's exit codes: a test failed; the tests, or the fixtures they share, could not be imported.
KILLS = (1, 2, 4)
NONE_CHOSEN = 5
NOTHING_SAID = 70
STANDS_STILL = 600.0
"""Seconds by the wall's clock after which a trial has hung without using the processor: it waits for a lock, say."""
PRELOADED = (
    "_hypothesis_pytestplugin", "cryptography.hazmat.primitives.ciphers.aead", "lab.postgres",
    "holidays", "hypothesis.strategies", "pytest_timeout", "sqlalchemy",
)  # fmt: skip
# What the engine stands on: once it is loaded, no rule can be mutated any more.
BELOW_SERVICES = ("models", "workflows")


def preload(*, for_databases: bool) -> None:
    """Import what every trial needs and nothing of what is mutated: children start with it in memory."""
    # Tests compiled once serve every trial, whatever the shell says; of a mutant no bytecode is kept (`_InPlaceOf`).
    sys.dont_write_bytecode = False
    for name in PRELOADED:
        importlib.import_module(name)
    if for_databases:
        for folder in BELOW_SERVICES:
            _import_all(folder)
    gc.freeze()
    tops = ("services", "tests") if for_databases else ("models", "services", "tests", "workflows")
    if ours := [name for name in sys.modules if name.partition(".")[0] in tops]:
        raise SystemExit(f"imported too early to be mutated: {', '.join(ours)}")


def _import_all(package: str) -> None:
    for path in sorted((PROJECT / package).rglob("*.py")):
        parts = path.relative_to(PROJECT).with_suffix("").parts
        if "migrations" not in parts and path.stem not in ("__init__", "migrate"):
            importlib.import_module(".".join(parts))


def make_template(folder: Path) -> None:
    """Migrate a SQLite file once for all trials, in a process of its own: it imports what may be mutated later."""
    file = folder / "template.sqlite3"
    pid = os.fork()
    if pid == 0:
        code = NOTHING_SAID
        try:
            from models.session import migrate

            migrate(f"sqlite:///{file}")
            # What still stands in the write-ahead log is brought home, so that one file is all there is to copy.
            connection = sqlite3.connect(file)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            code = 0
        finally:
            os._exit(code)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise SystemExit("no database could be made for the tests")
    os.environ[TEMPLATE] = str(file)


def started(module: str, source: str, limit: int) -> int:
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
            _die_when_standing_still()
            sys.meta_path.insert(0, _InPlaceOf(module, source))
            code = _tested(module)
        finally:
            os._exit(code)
    return pid


def _tested(module: str) -> int:
    """Run the tests up to the first failure and return pytest's code."""
    tests = [TESTS.format(name) for name in SUBJECTS[module].tests]
    runs: list[tuple[list[str], list[object]]] = [([test], []) for test in tests]
    if needs_a_database(module):
        runs = [([test], [OfDatabase(postgresql=False)]) for test in tests]
        runs.append((tests, [OfDatabase(postgresql=True)]))
    for files, plugins in runs:
        code = int(pytest.main([*OPTIONS, *files], plugins=plugins))
        if code not in (0, NONE_CHOSEN):
            return code
    return 0


def _die_when_standing_still() -> None:
    watch = threading.Timer(STANDS_STILL, os.kill, (os.getpid(), signal.SIGXCPU))
    watch.daemon = True
    watch.start()


class OfDatabase:
    """A plugin that leaves the tests of one kind of database.

    Those that run on PostgreSQL alone, because only it has what they are about (locks of rows, say), or those that run
    on SQLite or on none.
    """

    def __init__(self, *, postgresql: bool) -> None:
        self.postgresql = postgresql

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the tests that are wanted."""
        items[:] = [item for item in items if self._is_wanted(item)]

    def _is_wanted(self, item: pytest.Item) -> bool:
        fixtures: Sequence[str] = getattr(item, "fixturenames", ())
        chosen = getattr(item, "callspec", None)
        on_both = chosen is not None and "postgresql" in chosen.params.values()
        return not on_both and ("postgres" in fixtures) is self.postgresql


class _InPlaceOf(importlib.machinery.SourceFileLoader):
    """Finds one module by its name and loads a given source as if it stood in the module's file.

    Nothing is written: a file changed and changed back within a second would leave stale bytecode behind.
    """

    def __init__(self, name: str, source: str) -> None:
        super().__init__(name, str(PROJECT / path_of(name)))
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


def seconds_allowed(module: str, source: str) -> int:
    """Return the processor time a trial may take; the tests must pass unchanged and fail with a module that raises."""
    passed, seconds = _ended(started(module, source, 600))
    failed, _ = _ended(started(module, f"{source}\nraise RuntimeError\n", 600))
    if passed != 0 or failed not in KILLS:
        raise SystemExit(f"{module}: the tests must pass before any mutant, and fail with a module that raises")
    return math.ceil(5 + 10 * seconds)


def _ended(pid: int) -> tuple[int, float]:
    _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
