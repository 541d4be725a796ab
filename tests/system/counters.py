"""A counter of a test's own over an office of a test's own, and calls of the script with it and without it."""

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import journal
from counter.__main__ import READY
from desk.processes import Program, Running
from services.office.staff import os_login
from settings import PROJECT, Settings, load
from tests.office import TestOffice

PATIENCE = 120.0


@dataclass(frozen=True)
class Answer:
    """What one call came to."""

    status: int
    out: bytes
    err: bytes


class Calls:
    """The script as somebody at this home calls it."""

    def __init__(self, house: Settings, folder: Path) -> None:
        self.house, self.folder = house, folder

    def environment(self, **more: str) -> dict[str, str]:
        """Return what the caller's shell has told it."""
        told = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        if self.house.hatch != self.house.home / "hatch":
            told["MADOGUCHI_HATCH"] = str(self.house.hatch)
        return {**told, "MADOGUCHI_HOME": str(self.house.home), "LANG": "C.UTF-8", **more}

    def command(self, *arguments: str) -> list[str]:
        """Return the command line."""
        return [str(PROJECT / "admin.py"), *arguments]

    def __call__(self, *arguments: str, stdin: bytes = b"", **environment: str) -> Answer:
        """Run a call to its end."""
        done = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.environment(**environment), input=stdin,
            capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)

    def here(self, *arguments: str, stdin: bytes = b"", **environment: str) -> Answer:
        """Run a call that the counter cannot see: as it is where no desk runs."""
        return self(*arguments, stdin=stdin, MADOGUCHI_HATCH=str(self.folder / "no-hatch"), **environment)

    @contextmanager
    def started(self, *arguments: str, **options: object) -> Iterator["subprocess.Popen[bytes]"]:
        """Start a call, and see to its end."""
        given: dict[str, object] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        given |= options
        made = subprocess.Popen(  # type: ignore[call-overload]
            self.command(*arguments), cwd=self.folder, env=self.environment(), **given
        )
        try:
            yield made
        finally:
            made.kill()
            made.communicate()


def founded(home: Path, also: Callable[[TestOffice], object] = lambda office: None) -> Settings:
    """Found an office of the login that runs the tests, with two cases and what *also* does; nobody works on them."""
    made = load({"MADOGUCHI_HOME": str(home), "MADOGUCHI_LANG": "en"})
    answer = Calls(made, home)("office", "found", "--lead", os_login())
    assert answer.status == 0, answer
    office = TestOffice(made.database_url, home, None)
    office.opened()
    office.mailed()
    also(office)
    office.close()
    return made


@contextmanager
def counter(
    house: Settings, log: Path, script: str = "", project: Path = PROJECT, **environment: str
) -> Iterator[Running]:
    """Run a counter of this home, as the desk does, by the code of *project*; *script* stands in the module's place."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    command = [sys.executable, "-c", script] if script else [sys.executable, "-m", "counter"]
    program = Program(
        name="counter", command=command, log=log, folder=project, ready=journal.ready_as(READY, house.log), grace=5.0,
        environment={**told, **house.environment(), "PYTHONPATH": str(project), **environment},
    )  # fmt: skip
    with Running(program) as running:
        running.wait_ready(PATIENCE)
        yield running


@contextmanager
def terminal(command: list[str], folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the process id of a command that has a terminal of its own, and the terminal's other end."""
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(command[0], command, dict(environment))  # noqa: S606 - a list of arguments of the test's, no shell
    try:
        yield pid, master
    finally:
        os.close(master)
        try:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def shown(master: int, until: bytes) -> bytes:
    """Return what the terminal has shown, as soon as *until* is in it, or its other end is closed."""
    seen, deadline = b"", time.monotonic() + PATIENCE
    while until not in seen:
        ready, _, _ = select.select([master], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, seen
        try:
            chunk = os.read(master, 65536)
        except OSError:  # Linux's word for a terminal whose other end is closed
            return seen
        seen += chunk
    return seen


def reached(what: Callable[[], object], timeout: float = PATIENCE) -> None:
    """Return as soon as it is true; what is waited for happens in other processes."""
    deadline = time.monotonic() + timeout
    while not what():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def connected(house: Settings) -> socket.socket:
    """Return a plain connection to the counter."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    line.connect(str(house.hatch / "s.sock"))
    return line
