"""Starts a program that answers for a department inside its fence; imports next to nothing, as it becomes the program.

    python -I fence.py FOLDER CPU_SECONDS MEMORY FILE PROGRAM [ARGUMENT ...]

What the program may do afterwards: read what its login may, compute so long, use so much memory, write in FOLDER alone
and files of so many bytes at most. Where the kernel has no Landlock the last but one does not hold, and FOLDER is all
that is looked at.
"""

import ctypes
import os
import resource
import sys

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
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


def main(folder: str, cpu: str, memory: str, largest: str, *command: str) -> None:
    """Raise the fence and become the program."""
    for name, most in (
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_FSIZE, int(largest)),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        hard = resource.getrlimit(name)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (limit, limit))
    libc = ctypes.CDLL(None, use_errno=True)
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
