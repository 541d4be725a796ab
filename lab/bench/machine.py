"""What the machine does meanwhile: processor time of ours and of others, its load, and what it is.

Rates on a shared machine differ by a factor of two from one minute to the next; processor time a message does not.
"""

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import psutil

from desk.broker import server
from lab.bench import peers
from lab.postgres import SERVER_VARIABLE, PostgresMissing, binaries
from models.driver import sqlite_driver

TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 0.2
"""So many cores others may use before a rate is not to be believed."""


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process, of all below it, and of those of its children that ended; 0 of none."""
    if pid <= 0:
        return 0.0
    seconds = 0.0
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                spent = process.cpu_times()
                seconds += spent.user + spent.system + spent.children_user + spent.children_system
    return seconds


def cpu_of_all(pids: Iterable[int]) -> float:
    """Return the CPU seconds of several such trees."""
    return sum(cpu_of(pid) for pid in pids)


def busy() -> float:
    """Return the seconds all cores together were busy since the machine started.

    What a hypervisor gave to another guest counts too: it was not ours.
    """
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    user, nice, system, _idle, _waiting, interrupts, soft, stolen = (int(field) for field in fields)
    return (user + nice + system + interrupts + soft + stolen) / TICKS


def versions() -> dict[str, str]:
    """Return the versions of what everything here runs on, by name."""
    named = {"Celery": "celery", "kombu": "kombu", "SQLAlchemy": "sqlalchemy", "psycopg": "psycopg"}
    return {
        "Python": platform.python_version(),
        **{name: version(package) for name, package in named.items()},
        "SQLite": str(sqlite_driver().sqlite_version),
        "PostgreSQL": _postgresql(),
        "broker": _said([str(server()), "--version"]),
        "DBOS": peers.pinned("dbos")["dbos"],
    }


def _postgresql() -> str:
    if os.environ.get(SERVER_VARIABLE):
        return f"a server of {SERVER_VARIABLE}, whose CPU time is not counted"
    try:
        return _said([str(binaries() / "postgres"), "--version"])
    except PostgresMissing:
        return "none"


def _said(command: list[str]) -> str:
    """Return the version number in what a program says of itself."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"(?<![\w.])v?=?(\d+(\.\d+)+)", said)
    return found[1] if found else said.strip()


def described() -> str:
    """Return what the machine is, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.release()}"


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
