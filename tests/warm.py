"""``./admin.py`` without its cold start: a process with all of the product in it forks a child for each call.

Importing everything takes a process longer than most calls do, and tests make many calls at terminals. This process is
started once, by whoever first wants it, opens no database and no file before it forks, and ends with its pytest. What
a start itself does is tried by tests that start ``./admin.py``.

    pid, channel = warm.begin(["--lang", "en", "open"], environment, folder, terminal)
    status = warm.ended(channel)
"""

import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from commands.main import PROGRAM, flush, run
from commands.terminal import renew
from counter.__main__ import preload
from settings import PROJECT, settings

MOST = 1 << 16
"""Bytes of one call: its words, its environment and its folder."""


@cache
def _started() -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    """Start it; return what calls are sent through. It ends when that is closed, with this process at the latest."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.warm", str(theirs.fileno())]
        process = subprocess.Popen(command, cwd=PROJECT, pass_fds=[theirs.fileno()], start_new_session=True)
    return ours, process


def begin(
    words: Sequence[str], environment: Mapping[str, str], folder: Path, terminal: int
) -> tuple[int, socket.socket]:
    """Begin a call at the terminal of that descriptor; return its process id, and what tells of its end."""
    channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    told = json.dumps([list(words), dict(environment), str(folder)]).encode()
    with theirs:
        socket.send_fds(_started()[0], [told], [terminal, theirs.fileno()])
    return int(channel.recv(32)), channel


def ended(channel: socket.socket) -> int:
    """Wait until a call is over; return its exit status, or minus the signal that ended it."""
    with channel:
        return int(channel.recv(32))


def _serve(calls: socket.socket) -> None:
    """Begin call after call, each with a keeper of its own, until nobody is there who may call."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a keeper has told what there is to tell
    while True:
        told, descriptors, _, _ = socket.recv_fds(calls, MOST, 2)
        if not told:
            return
        terminal, channel = descriptors
        if os.fork() == 0:
            calls.close()
            _keep(told, terminal, socket.socket(fileno=channel))
        os.close(terminal)
        os.close(channel)


def _keep(told: bytes, terminal: int, channel: socket.socket) -> NoReturn:
    """Let the call begin in a child, and tell of its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        channel.close()
        words, environment, folder = json.loads(told)
        _carry_out(words, environment, folder, terminal)
    os.close(terminal)
    with suppress(OSError):  # nobody need want to know it
        channel.send(str(child).encode())
        channel.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
    os._exit(0)


def _carry_out(words: list[str], environment: dict[str, str], folder: str, terminal: int) -> NoReturn:
    """Carry out one call as a process that was started for it does, and end as it does: what it promised is kept."""
    os.login_tty(terminal)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    random.seed()
    written: dict[str, Any] = {"encoding": "utf-8", "errors": "backslashreplace", "closefd": False}
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process lives
    sys.stdout, sys.stderr = open(1, "w", **written), open(2, "w", 1, **written)  # noqa: SIM115
    gc.enable()
    settings.cache_clear()
    renew()
    sys.argv = [PROGRAM, *words]
    status = run(words)
    flush()
    sys.exit(status)


if __name__ == "__main__":
    preload()
    gc.collect()
    gc.freeze()
    gc.disable()
    _serve(socket.socket(fileno=int(sys.argv[1])))
