"""Programs that the desk or a test keeps running, each on a leash (desk/leash.py): started, awaited, stopped.

Nothing here polls: a leash tells over a socket when its program has started, says it is ready, or has ended.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_LEASH = Path(__file__).with_name("leash.py")


class ProcessFault(RuntimeError):
    """A program did not start or did not become ready; the message holds the end of its log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run and how to end it. ``ready`` is a text in its output; without it, running counts as ready."""

    name: str
    command: Sequence[str]
    log: Path
    folder: Path
    environment: Mapping[str, str]
    ready: str | None = None
    stop_signal: int = signal.SIGTERM
    grace: float = 10.0
    # The user to become when we are root.
    user: str | None = None
    # Folders to delete at the end if we are no longer there to do it.
    remove: Sequence[Path] = field(default=())
    # Open files that stay open until nothing of the program is left; a lock on one of them outlives us so.
    hold: Sequence[int] = field(default=())


class Leashes:
    """The process that the leashes of this process are forked from: started for the first one, and again if killed."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = threading.Lock()
        self._owner = 0
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, program: Program, control: socket.socket) -> None:
        """Have a leash forked for a program; what becomes of it is told at the other end of *control*."""
        asked = json.dumps(_asked(program)).encode()
        files = [control.fileno(), *program.hold]
        with self._lock:
            server = self._socket if self._socket is not None and self._owner == os.getpid() else self._start()
            try:
                _send(server, asked, files)
            except ConnectionError:  # it was killed; the leashes it forked are not concerned
                self.close()
                _send(self._start(), asked, files)

    def close(self) -> None:
        """Let it end; the leashes it forked stay."""
        # In a process that was forked from the owner it is the owner's.
        if self._socket is not None and self._owner == os.getpid():
            self._socket.close()
            if self._process is not None:
                self._process.wait()
        self._socket = self._process = None

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-I", "-S", str(_LEASH), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"PATH": os.environ.get("PATH", os.defpath)},
                pass_fds=(theirs.fileno(),),
                # Ctrl-C at the terminal is for the desk, which then ends its programs in order.
                start_new_session=True,
            )
        self._socket, self._owner = ours, os.getpid()
        return ours


def _send(server: socket.socket, asked: bytes, files: list[int]) -> None:
    socket.send_fds(server, [len(asked).to_bytes(4, "big")], files)
    server.sendall(asked)


def _asked(program: Program) -> dict[str, Any]:
    """Return what a leash has to know of a program (desk/leash.py)."""
    return {
        "command": [_text(word) for word in program.command],
        "environment": {_text(name): _text(value) for name, value in program.environment.items()},
        "folder": _text(program.folder),
        "log": _text(program.log),
        "ready": program.ready,
        "stop_signal": int(program.stop_signal),
        "grace": program.grace,
        "user": program.user,
        "remove": [_text(folder) for folder in program.remove],
    }


def _text(name: str | Path) -> str:
    """Return a name as the leash reads it: always UTF-8, whatever the locale of this process."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def _wait_for_the_end_of(leash: int) -> None:
    """Return when a leash that has let go of its socket has ended: it is nobody's child here, and ends at once."""
    with contextlib.suppress(OSError, AttributeError):  # gone already; not Linux
        handle = os.pidfd_open(leash)
        select.select([handle], [], [], 60)
        os.close(handle)


_LEASHES = Leashes()
atexit.register(_LEASHES.close)


class Running:
    """One life of one program, from its start to its end."""

    def __init__(self, program: Program, on_end: Callable[["Running"], None] | None = None) -> None:
        """Start it; ``on_end`` is called from a thread of ours when it has ended, for whatever reason."""
        self.program = program
        self.pid = 0
        # Negative: the signal. None: still running, or its leash was killed.
        self.status: int | None = None
        self._on_end = on_end
        self._changed = threading.Condition()
        self._ready = False
        self._ended = False
        self._leash = 0
        ours, theirs = socket.socketpair()
        self._control = ours
        program.log.touch(mode=0o600)
        with theirs:
            try:
                _LEASHES.ask(program, theirs)
            except OSError:
                ours.close()
                raise
        self._listener = threading.Thread(target=self._listen, name=f"leash of {program.name}", daemon=True)
        self._listener.start()

    @property
    def ended(self) -> bool:
        """Whether this life is over."""
        return self._ended

    @property
    def ready(self) -> bool:
        """Whether the program has said that it is ready and still runs."""
        return self._ready and not self._ended

    def wait_started(self, timeout: float = 60.0) -> int:
        """Return the program's process id as soon as it has one."""
        self._await(lambda: self.pid > 0, timeout, "did not start")
        return self.pid

    def wait_ready(self, timeout: float = 60.0) -> None:
        """Return when the program has said that it is ready. Raises ProcessFault when it ended or took too long."""
        self._await(lambda: self.ready, timeout, "did not become ready")

    def wait_ended(self, timeout: float | None = None) -> bool:
        """Return whether the program, and everything it had started, has ended by then."""
        with self._changed:
            return self._changed.wait_for(lambda: self._ended, timeout)

    def ask_to_stop(self) -> None:
        """Ask the program to end and return at once; its leash kills its whole group when the grace is over."""
        with contextlib.suppress(OSError):  # it has ended already
            self._control.sendall(b"stop\n")

    def stop(self) -> None:
        """End the program and return when nothing of it is left."""
        self.ask_to_stop()
        if not self.wait_ended(self.program.grace + 60):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._leash, signal.SIGKILL)
            self.wait_ended(60)
        self._listener.join(60)

    def last_words(self, lines: int = 12) -> str:
        """Return the end of the program's log."""
        try:
            with self.program.log.open("rb") as log:
                log.seek(max(0, self.program.log.stat().st_size - 8000))
                text = log.read().decode("utf-8", "replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def __enter__(self) -> Self:
        """Return the running program."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.stop()

    def _await(self, reached: Callable[[], bool], timeout: float, complaint: str) -> None:
        with self._changed:
            self._changed.wait_for(lambda: reached() or self._ended, timeout)
            if reached():
                return
        raise ProcessFault(f"{self.program.name} {complaint}; its log {self.program.log} ends:\n{self.last_words()}")

    def _listen(self) -> None:
        """Hear the leash until it is gone."""
        with self._control, self._control.makefile("r", encoding="utf-8") as sentences:
            try:
                for sentence in sentences:
                    self._heard(sentence.split())
            except OSError:
                pass  # the leash was killed; what it held is killed by the kernel
        _wait_for_the_end_of(self._leash)
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        if self._on_end is not None:
            self._on_end(self)

    def _heard(self, words: list[str]) -> None:
        with self._changed:
            match words:
                case ["leash", number]:
                    self._leash = int(number)
                case ["pid", number]:
                    self.pid = int(number)
                    self._ready = self._ready or self.program.ready is None
                case ["ready"]:
                    self._ready = True
                case ["exit", status]:
                    self.status = int(status)
            self._changed.notify_all()
