"""The walls around the process that opens foreign files, raised before the first byte is parsed (docs/adr/0014).

What stands afterwards, for ever, also against code that was smuggled in through a picture: no file is opened, no socket
made, no program started, no process or thread made, nothing killed or traced, no signal ignored, no page of memory
made executable. Memory and computing time are bounded. Only reading, writing and memory remain, on the descriptors that
were open before. Everything the process needs must therefore be imported first.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable

MEMORY = 256 * 1024 * 1024
"""Bytes of address space, of which resident memory is a part; the libraries take 45 million of them."""
CPU_SECONDS = 10
"""For opening a file and reading its first page. Each page handed over buys ``CPU_SECONDS_A_PAGE`` more (room.py)."""
CPU_SECONDS_A_PAGE = 2
MOST_PAGES = 1_000

# The calls that remain: name -> number on x86_64, number on aarch64 (the kernel's tables). A list of what is allowed,
# not of what is forbidden: kernels get new calls. newfstatat is what today's fstat is made of.
ALLOWED = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "newfstatat": (262, 79), "lseek": (8, 62),
    "pread64": (17, 67), "readv": (19, 65), "writev": (20, 66), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "rt_sigreturn": (15, 139), "sched_yield": (24, 124),
    "futex": (202, 98), "restart_syscall": (219, 128), "clock_gettime": (228, 113), "getrandom": (318, 278),
    "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
# Allowed while they ask for no executable memory.
MAPPING = {"mmap": (9, 222), "mprotect": (10, 226)}
# How a library ends its own process when memory is refused to it (abort). The process ends there, by SIGSYS.
ENDING = {"tgkill": (234, 131)}
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Machine -> column of the tables above and the kernel's name of the machine (AUDIT_ARCH)."""

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
_NUMBER, _MACHINE, _THIRD_ARGUMENT = 0, 4, 32
_PROT_EXEC = 4
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 4, 22, 38, 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


class NoWalls(Exception):
    """A wall is not to be had on this system; nothing foreign may be opened."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def raise_walls() -> None:
    """Raise all walls and try them; raises ``NoWalls`` where one is missing. There is no way back."""
    limit()
    try:
        filter_calls()
    except (NoWalls, OSError):
        leave_the_system()
    try_walls()


def limit() -> None:
    """Bound what the process may use. RLIMIT_CPU's soft limit is moved by the parent, page by page."""
    if sys.platform != "linux":
        raise NoWalls
    # A signal that the parent ignored would be ignored here too.
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    limits = {
        resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + MOST_PAGES * CPU_SECONDS_A_PAGE),
        resource.RLIMIT_AS: (MEMORY, MEMORY),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (0, 0),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    try:
        for name, (soft, hard) in limits.items():
            highest = resource.getrlimit(name)[1]
            # An administrator's own limit may be lower and cannot be raised.
            lower = highest != resource.RLIM_INFINITY and highest < hard
            resource.setrlimit(name, (min(soft, highest), highest) if lower else (soft, hard))
        _prctl(_PR_SET_DUMPABLE, 0)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    except (OSError, ValueError) as error:
        raise NoWalls from error


def filter_calls() -> None:
    """Leave only the allowed system calls (seccomp); the others fail with EPERM."""
    if platform.machine() not in MACHINES:
        raise NoWalls
    column, name = MACHINES[platform.machine()]
    install(program(column, name))


def install(code: bytes) -> None:
    """Hand a filter to the kernel; it adds to those that stand already and is never taken back."""
    holder = ctypes.create_string_buffer(code, len(code))
    prepared = _Program(len(code) // 8, ctypes.cast(holder, ctypes.c_char_p))
    _prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(prepared))


def program(column: int, machine: int) -> bytes:
    """Return the filter as BPF: eight bytes a step (code, jump if true, jump if false, value)."""
    allowed = [numbers[column] for numbers in ALLOWED.values()]
    mapping = [numbers[column] for numbers in MAPPING.values()]
    ending = [numbers[column] for numbers in ENDING.values()]
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    for number in mapping:
        steps += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _THIRD_ARGUMENT), (_ANY_BIT, 0, 1, _PROT_EXEC)]
        steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    for number in allowed:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    for number in ending:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _KILL)]
    steps.append((_RETURN, 0, 0, _REFUSE))
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def leave_the_system() -> None:
    """Where calls cannot be filtered: a network without an interface, and a root folder without anything in it.

    The second best: with RLIMIT_NOFILE 0 nothing is opened either, but processes of the same user are still in sight.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        raise NoWalls
    try:
        os.chroot("/proc/self/fdinfo")
        os.chdir("/")
    except OSError as error:
        raise NoWalls from error


def try_walls() -> None:
    """Knock: a wall that gives way is no wall."""
    doors: tuple[Callable[[], int], ...] = (
        lambda: os.open("/dev/null", os.O_RDONLY),
        lambda: socket.socket().detach(),
    )
    for door in doors:
        try:
            door()
        except OSError:
            continue
        raise NoWalls


def _prctl(*arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:5]]
    if libc.prctl(ctypes.c_int(arguments[0]), *padded[1:]) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
