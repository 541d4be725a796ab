"""Behind the walls of services.returns: tries what must not work and writes what came of it to standard output.

Run by tests as a process of its own, started exactly as the reader is.
"""

import ctypes
import errno
import json
import mmap
import os
import platform
import resource
import signal
import socket
import struct
from collections.abc import Callable
from pathlib import Path

from services.returns import walls

PRCTL = (157, 167)
UNSHARE = (272, 97)
"""Their numbers on x86_64 and aarch64."""


def _files(folder: str) -> dict[str, Callable[[], object]]:
    return {
        "read a file": lambda: os.open("/etc/hostname", os.O_RDONLY),
        "list a folder": lambda: list(Path("/").iterdir()),
        "write a file": lambda: os.open(f"{folder}/made", os.O_WRONLY | os.O_CREAT),
        "make a folder": lambda: Path(folder, "made").mkdir(),
        "remove a file": lambda: Path(folder, "lies-there").unlink(),
        "link a file": lambda: Path(folder, "made").symlink_to("/etc/passwd"),
        "give a file away": lambda: Path(folder, "lies-there").chmod(0o700),
        "a file in memory": lambda: os.memfd_create("made"),
        "a pipe": os.pipe,
        "another descriptor": lambda: os.dup(0),
    }


def _others() -> dict[str, Callable[[], object]]:
    libc = ctypes.CDLL(None, use_errno=True)

    def called(*arguments: int) -> None:
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "prctl")

    return {
        "a socket": lambda: socket.socket().detach(),
        "a local socket": lambda: socket.socket(socket.AF_UNIX).detach(),
        "a pair of sockets": socket.socketpair,
        "start a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - what must fail
        "make a process": lambda: os.fork() or os._exit(0),
        "kill the parent": lambda: os.kill(os.getppid(), 0),
        "look into the parent": lambda: _traced(libc, os.getppid()),
        "not to be stopped": lambda: signal.signal(signal.SIGXCPU, signal.SIG_IGN),
        "more time": lambda: resource.setrlimit(resource.RLIMIT_CPU, (1_000, 1_000)),
        "executable memory": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
        "another user": lambda: os.setuid(0),
        "leave for a new world": lambda: _unshared(libc),
        "other walls": lambda: called(22, 0, 0, 0, 0),
    }


def _traced(libc: ctypes.CDLL, process: int) -> None:
    if libc.ptrace(16, process, 0, 0) != 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "ptrace")


def _unshared(libc: ctypes.CDLL) -> None:
    if libc.unshare(0x10000000) != 0:  # CLONE_NEWUSER
        raise OSError(ctypes.get_errno(), "unshare")


def lack(*calls: int) -> None:
    """Make this a system that knows no filters, nor the calls of these numbers: an old kernel, a strict container."""
    column, _ = walls.MACHINES[platform.machine()]
    refuse, allow = (0x06, 0, 0, 0x00050000 | errno.ENOSYS), (0x06, 0, 0, 0x7FFF0000)
    steps = [(0x20, 0, 0, 0)]
    for number in calls:
        steps += [(0x15, 0, 1, number), refuse]
    # Of prctl only what hands a filter over (22).
    steps += [(0x15, 0, 3, PRCTL[column]), (0x20, 0, 0, 16), (0x15, 0, 1, 22), refuse, allow]
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
    walls.install(b"".join(struct.pack("HBBI", *step) for step in steps))


def lack_all() -> None:
    """Make this a system on which no wall can be raised."""
    lack(UNSHARE[walls.MACHINES[platform.machine()][0]])


def main(folder: str, lacks: str) -> None:
    """Try everything; the answer is what each attempt ended with. *lacks* is what the system lacks."""
    doors = _files(folder) | _others()
    if lacks:
        lack()
    walls.raise_walls()
    told = {}
    for name, door in doors.items():
        try:
            door()
            told[name] = "done"
        except (OSError, ValueError, MemoryError) as error:
            told[name] = type(error).__name__
    os.write(1, json.dumps(told).encode())
