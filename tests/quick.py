"""What spares the tests time and takes no guarantee from them: files in memory, statements compiled once, a good order.

A test's files need not outlive a power cut, which no test can make; a worker that is killed leaves its files in memory
as whole as on a disk. Whoever sets TMPDIR, or has no such file system with room enough, has them there instead.
"""

import gc
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect

Item = TypeVar("Item")

MEMORY = Path("/dev/shm")  # noqa: S108 - whatever is made there has a private folder of its own, as anywhere
ENOUGH = 4 << 30
"""Bytes: several times what the servers, databases and spools of a run fill at once."""


def files_in_memory() -> None:
    """Let all temporary files, those of processes started from here too, lie in memory where there is room."""
    if "TMPDIR" not in os.environ and room_in(MEMORY) >= ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def room_in(folder: Path) -> int:
    """Return how many bytes can be written into a folder that lies in memory; 0 where none can."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return 0
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:  # not Linux
        return 0
    available = next((int(line.split()[1]) << 10 for line in told.splitlines() if line.startswith("MemAvailable:")), 0)
    return min(shutil.disk_usage(folder).free, available)


def bytecode_is_kept() -> None:
    """Let Python keep what it compiles, here and in every process started from here, whatever the shell forbids.

    Else each of the processes that collect compiles every file of tests anew, which is half of what collecting takes,
    and each process that a test starts whatever of the product nobody has compiled yet. `make` does the same.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def statements_compiled_once() -> None:
    """Let every engine of a kind find the statements that another one of this process has compiled.

    Each test has a database, and so an engine of its own that would compile every statement anew: a quarter of what a
    test takes. A worker lives long and compiles each once, too.
    """
    dialects: dict[tuple[type[Dialect], Any], Dialect] = {}
    compiled: dict[Any, Any] = {}

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        engine = connection.engine
        if engine.get_execution_options().get("compiled_cache") is compiled:
            return
        # A compiled statement is found under its dialect, which is known by identity.
        first = dialects.setdefault((type(engine.dialect), engine.dialect.dbapi), engine.dialect)
        engine.dialect = connection.dialect = first
        engine.update_execution_options(compiled_cache=compiled)
        connection.execution_options(compiled_cache=compiled)


SELDOM = 20_000
"""New objects between two looks for garbage; Python's own number is for programs with less of everything."""


def no_garbage_yet() -> None:
    """Put garbage collection off while tests are collected: of the millions of objects made then none is garbage."""
    gc.disable()


def garbage_from_here() -> None:
    """Collect garbage from now on, and seldom; what is there now stays to the end and is never looked through again."""
    gc.freeze()
    gc.set_threshold(SELDOM)
    gc.enable()


# -- side by side ---------------------------------------------------------------------------------------------------


def compiled_in_turn(folder: Path, number: int, count: int) -> None:
    """Import every *count*-th file of tests, beginning with one of each process's own.

    All processes collect the same files in the same order: after a change each would compile all of them anew, which
    takes longer than everything else of collecting. So each begins elsewhere and finds there what others compiled.
    """
    if sys.dont_write_bytecode:
        return
    for path in sorted(folder.rglob("test_*.py"))[number::count]:
        # What is wrong with a file is said when it is collected.
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(path.relative_to(folder.parent).with_suffix("").parts))


WAITING = {
    "rolling": 60, "trip": 80, "start_trip": 40, "follow": 40, "start_demo": 25, "shell": 10,
    "real_desk": 5, "desk": 5, "real": 5, "make_desk": 5,
}  # fmt: skip
"""The fixtures of tests of real processes, which spend most of their time waiting for these, and for how long.

The seconds are rough: all that follows from them is which test is begun before which other.
"""
LONG = 240
"""Seconds: a test whose time limit is set so high takes a part of it, whatever it waits for."""


def how_many() -> int:
    """Return how many tests to run at a time: four more than there are cores, since many only wait."""
    return (psutil.cpu_count(logical=False) or os.cpu_count() or 1) + 4


def dealt(items: Sequence[Item], hands: int) -> list[Item]:
    """Return the tests in the order in which so many pytest processes make the most of the cores.

    Each is given an equal part in the order of the list (`--dist worksteal`) and helps others with the end of theirs
    when it is done. So what waits comes first in each part but the last two, which keep the cores busy meanwhile, and
    each of those parts has about as long to wait. The long ones are begun before all others: what is left at the end,
    when there is nothing more to help with, is short.
    """
    slow = [item for item in items if _waits(item)]
    quick = [item for item in items if not _waits(item)]
    waiting = hands - 2 if hands > 3 else max(1, hands - 1)
    firsts = _in_parts(slow, waiting) + [[]] * (hands - waiting)
    order: list[Item] = []
    for hand, first in enumerate(firsts):
        room = (len(items) - len(order)) // (hands - hand)
        rest = max(0, room - len(first))
        order += [*first, *quick[:rest]]
        quick = quick[rest:]
    return [*order, *quick]


def _in_parts(items: Sequence[Item], count: int) -> list[list[Item]]:
    """Return the tests in so many parts of about as many seconds; those that stand together share what is started."""
    total = sum(_waits(item) for item in items)
    parts: list[list[Item]] = [[] for _ in range(count)]
    so_far = 0
    for item in items:
        # Where the middle of a test lies says whose it is.
        parts[min(count - 1, (2 * so_far + _waits(item)) * count // (2 * total))].append(item)
        so_far += _waits(item)
    return [sorted(part, key=lambda item: _waits(item) < LONG // 10) for part in parts]


def _waits(item: object) -> int:
    """Return for about how many seconds a test waits for processes; 0: it does not."""
    limits = [mark.args[0] for mark in getattr(item, "own_markers", ()) if mark.name == "timeout" and mark.args]
    long = max((int(limit) // 10 for limit in limits if limit >= LONG), default=0)
    return max(long, *(WAITING.get(name, 0) for name in getattr(item, "fixturenames", ())), 0)
