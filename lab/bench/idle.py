"""What an idle desk costs: memory as the share of each process in what it uses (PSS), and processor time.

``with idle_desk() as pid: measure(pid)``; alone, ``python -m lab.bench.idle [SECONDS]`` prints one table. PSS counts a
page that several processes share once in all. Pages of program files (libraries) are shared with other desks and tests
too: on a machine where many run, that part (``file``) is smaller than on one with this desk alone.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from settings import PROJECT

SETTLED = 20.0
"""Seconds after readiness until a desk has done what it does once: the first heartbeats, Flower's first look."""
READY_WITHIN = 120.0
_PAGES_OF = {"Pss": "pss", "Pss_Anon": "anon", "Pss_File": "file"}

_WORDS_OF = {
    "-server": "broker",
    "desk1": "desk1",
    "flower": "flower",
    "desk.metrics": "metrics",
    "beat": "beat",
    "counter": "counter",
}


@dataclass(frozen=True, slots=True)
class Part:
    """The processes of one kind: how many, their PSS in MB (10**6 bytes), their use of a core in percent.

    ``file`` is the part of the PSS that is pages of files.
    """

    processes: int
    pss: float
    file: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Idle:
    """An idle desk: its parts by name; ``child`` is the largest pool child's PSS in MB (0 where there is none)."""

    parts: Mapping[str, Part]
    child: float
    seconds: float

    @property
    def pss(self) -> float:
        """MB in all."""
        return sum(part.pss for part in self.parts.values())

    @property
    def cpu(self) -> float:
        """Percent of a core in all."""
        return sum(part.cpu for part in self.parts.values())


@contextlib.contextmanager
def idle_desk(environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a desk as people do, in a home of its own; yield its supervisor's process id once it has settled."""
    with tempfile.TemporaryDirectory(prefix="mg-idle-") as home:
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        ours = {
            "MADOGUCHI_HOME": home,
            "MADOGUCHI_LANG": "en",
            "MADOGUCHI_FLOWER_PORT": "0",
            "MADOGUCHI_METRICS_PORT": "0",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "desk"],
            cwd=PROJECT,
            env={**theirs, **ours, **(environment or {})},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as desk:
            try:
                if desk.stdout is None or not any("Ctrl-C" in line for line in desk.stdout):
                    raise SystemExit(f"the desk in {home} did not become ready")
                time.sleep(SETTLED)  # nothing says that an idle desk has nothing left to do
                yield desk.pid
            finally:
                desk.send_signal(signal.SIGTERM)


def measure(supervisor: int, seconds: float = 60.0) -> Idle:
    """Return what the desk under this process costs over so many seconds of doing nothing for anybody."""
    before = {pid: _cpu_seconds(pid) for pid in [supervisor, *_below(supervisor)]}
    began = time.monotonic()
    time.sleep(seconds)
    took = time.monotonic() - began
    found: dict[str, list[tuple[dict[str, float], float]]] = {}
    for pid in [supervisor, *_below(supervisor)]:
        with contextlib.suppress(OSError):
            used = _cpu_seconds(pid) - before.get(pid, 0.0)
            found.setdefault("supervisor" if pid == supervisor else _kind(pid), []).append((_memory(pid), used))
    parts = {
        kind: Part(
            len(lives),
            sum(memory["pss"] for memory, _ in lives),
            sum(memory["file"] for memory, _ in lives),
            100 * sum(used for _, used in lives) / took,
        )
        for kind, lives in found.items()
    }
    child = max((memory["pss"] for memory, _ in found.get("desk2's children", [])), default=0.0)
    return Idle(parts, child, took)


def _below(pid: int) -> list[int]:
    """Return every process under this one."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            children += [int(child) for child in (task / "children").read_text().split()]
    return [found for child in children for found in (child, *_below(child))]


def _kind(pid: int) -> str:
    """Return which part of the desk a process is, by its command line."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if "leash" in words:
        return "leashes"
    if "desk2" in words or "ForkPoolWorker" in words:
        return "desk2" if "MainProcess" in words else "desk2's children"
    for word, kind in {
        "-server": "broker",
        "desk1": "desk1",
        "lower": "flower",
        "beat": "beat",
        "counter": "counter",
    }.items():
        if word in words:
            return kind
    return words.strip()[:40]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> dict[str, float]:
    """Return a process' PSS, and its anonymous and file part, in MB."""
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in _PAGES_OF:
            found[_PAGES_OF[name]] = int(rest.split()[0]) * 1024 / 1e6
    return found


def table(idle: Idle) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'part':20}{'n':>3}{'PSS MB':>9}{'of files':>9}{'% of a core':>13}"]
    for kind, part in sorted(idle.parts.items()):
        lines.append(f"{kind:20}{part.processes:3}{part.pss:9.1f}{part.file:9.1f}{part.cpu:13.2f}")
    lines.append(f"{'in all':23}{idle.pss:9.1f}{'':9}{idle.cpu:13.2f}")
    lines.append(f"largest child {idle.child:.1f} MB, over {idle.seconds:.0f} s")
    return "\n".join(lines)


if __name__ == "__main__":
    with idle_desk() as desk_pid:
        print(table(measure(desk_pid, float(sys.argv[1]) if sys.argv[1:] else 60.0)))
