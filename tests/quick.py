"""What spares the tests time and takes no guarantee from them: files in memory, statements compiled once, a good order.

A test's files need not outlive a power cut, which no test can make; a worker that is killed leaves its files in memory
as whole as on a disk. Whoever sets TMPDIR, or has no such file system with room enough, has them there instead.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import psutil
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


# -- side by side ---------------------------------------------------------------------------------------------------

WAITING = frozenset({"real_desk", "desk", "real", "make_desk", "start_demo", "start_trip", "shell", "follow"})
"""The fixtures of tests of real processes, which spend most of their time waiting for these."""


def how_many() -> int:
    """Return how many tests to run at a time: two more than there are cores, since many only wait."""
    return (psutil.cpu_count(logical=False) or os.cpu_count() or 1) + 2


def dealt(items: Sequence[Item], hands: int) -> list[Item]:
    """Return the tests in the order in which so many pytest processes make the most of the cores.

    Each is given an equal part in the order of the list (`--dist worksteal`) and helps others with the end of theirs
    when it is done. So what waits comes first in each part but the last, which keeps the cores busy meanwhile.
    """
    slow = [item for item in items if _waits(item)]
    quick = [item for item in items if not _waits(item)]
    waiting = hands - 1 if hands > 2 else hands
    order: list[Item] = []
    for hand in range(hands):
        room = (len(items) - len(order)) // (hands - hand)
        first = slow[len(slow) * hand // waiting : len(slow) * (hand + 1) // waiting]
        rest = max(0, room - len(first))
        order += [*first, *quick[:rest]]
        quick = quick[rest:]
    return order


def _waits(item: object) -> bool:
    return not WAITING.isdisjoint(getattr(item, "fixturenames", ()))
