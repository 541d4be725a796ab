"""Starts a program that answers for a department inside its fence, and ends all it leaves behind.

    python -I fence.py PARENT_PID FOLDER CPU_SECONDS MEMORY FILE PROGRAM [ARGUMENT ...]

What the program may do afterwards: read what its login may, compute so long, use so much memory, write in FOLDER alone
and files of so many bytes at most. Where the kernel has no Landlock the last but one does not hold, and FOLDER is all
that is looked at.
"""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NO_NEW_PRIVILEGES, _ADOPT_ORPHANS, _ENDS_WITH_PARENT = 38, 36, 1
_HEARD = (signal.SIGTERM, signal.SIGCHLD)
# Landlock's rights that change the file system: write a file, remove and make anything, link and rename across folders,
# cut a file short.
_WRITING = (1 << 1) | sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_WRITE_A_FILE = 1 << 1
_BENEATH = 1


class _Rules(ctypes.Structure):
    _fields_ = (("access_fs", ctypes.c_uint64),)


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def main(parent: str, folder: str, cpu: str, memory: str, largest: str, *command: str) -> None:
    """Start the program inside its fence, keep watch over it, and end as it ended.

    Whatever it starts, in a session of its own too, becomes a child of this process when its parent ends; all of it is
    ended with the program, or when this process is asked to end (SIGTERM), as the kernel does when its parent dies.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_ADOPT_ORPHANS, *(ctypes.c_ulong(number) for number in (1, 0, 0, 0)))
    libc.prctl(_ENDS_WITH_PARENT, *(ctypes.c_ulong(number) for number in (signal.SIGTERM, 0, 0, 0)))
    if os.getppid() != int(parent):  # it died before the kernel knew that this one is to be told
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
    program = os.fork()
    if program == 0:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
        _become(libc, folder, (int(cpu), int(memory), int(largest)), command)
    nothing = os.open(os.devnull, os.O_RDWR)
    for end in (0, 1):  # whoever reads what the program says is to see where it ends
        os.dup2(nothing, end)
    status = _watched(program)
    _end_all()
    if os.WIFSIGNALED(status):
        _end_by(os.WTERMSIG(status))
    sys.exit(os.waitstatus_to_exitcode(status))


def _end_by(number: int) -> None:
    """End this process by the signal the program ended by."""
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [number])
    os.kill(os.getpid(), number)


def _watched(program: int) -> int:
    """Return how the program ended, as `os.wait` tells it; as by SIGTERM where it is to be ended."""
    while signal.sigwait(_HEARD) == signal.SIGCHLD:
        while True:
            with suppress(ChildProcessError):
                ended, status = os.waitpid(-1, os.WNOHANG)
                if ended == program:
                    return status
                if ended:
                    continue
            break
    return int(signal.SIGTERM)


def _end_all() -> None:
    """End every process below this one; what loses its parent meanwhile becomes a child of this one, and is next."""
    while True:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                if int(stat.read_bytes().rpartition(b")")[2].split()[1]) == os.getpid():
                    os.kill(int(stat.parent.name), signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _become(libc: ctypes.CDLL, folder: str, limits: "tuple[int, int, int]", command: "tuple[str, ...]") -> None:
    """Raise the fence and become the program."""
    cpu, memory, largest = limits
    for name, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, largest),
        (resource.RLIMIT_NOFILE, 256),
    ):
        hard = resource.getrlimit(name)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (limit, limit))
    libc.prctl(_NO_NEW_PRIVILEGES, *(ctypes.c_ulong(number) for number in (1, 0, 0, 0)))
    _write_only_in(libc, folder)
    os.chdir(folder)
    os.execv(command[0], list(command))  # noqa: S606 - a fixed path of the settings, and no shell


def _write_only_in(libc: ctypes.CDLL, folder: str) -> None:
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return  # a kernel without it
    writing = _WRITING | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    rules = _Rules(writing)
    ruleset = libc.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(ctypes.sizeof(rules)), ctypes.c_uint32(0))
    if ruleset < 0:
        return
    for path, allowed in ((folder, writing), ("/dev/null", _WRITE_A_FILE)):
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        beneath = _Beneath(allowed, opened)
        libc.syscall(_ADD, ctypes.c_int(ruleset), ctypes.c_int(_BENEATH), ctypes.byref(beneath), ctypes.c_uint32(0))
        os.close(opened)
    if libc.syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)) != 0:
        sys.exit(125)
    os.close(ruleset)


if __name__ == "__main__":
    main(*sys.argv[1:])
