"""A leash: the small process between the desk and one program, so that nothing outlives whoever started it.

Run as a script with the standard library alone (``python -I -S leash.py OPTIONS COMMAND...``), one for each program.
It starts the program in a session of its own, writes its output to a log that is rotated, tells its owner over a socket
what happens, and ends the program's whole process group when the owner asks, or is gone.

Why a process and not a few lines before exec: the kernel's parent-death signal is bound to the THREAD that forked and
reaches no grandchildren, and a thread-laden parent must run no Python between fork and exec. A leash has one thread,
and becomes the parent of orphaned grandchildren, so that a killed worker's pool children are ended too.

OPTIONS is a JSON object: ``control`` (number of the inherited socket), ``log`` (path), ``ready`` (text whose first
appearance in the output is told, or null), ``stop_signal``, ``grace`` (seconds before SIGKILL), ``user`` (to become,
when root, or null), ``remove`` (folders to delete when the owner is gone), ``hold`` (numbers of inherited files, a lock
say, that the leash keeps open and the program does not get). Said to the owner, one line each: ``pid N``, ``ready``,
``exit STATUS`` (negative: the signal). The owner says ``stop``; closing the socket means the same.
"""

import contextlib
import ctypes
import json
import os
import pwd
import selectors
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
# Other programs must not inherit that.
_IGNORED_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)
_LOG_BYTES = 5_000_000
_LOGS_KEPT = 3
# Seconds. What the program needs for a clean end, the broker say, is ending too.
_GRACE_OF_AN_ORPHAN = 5.0


class RotatingLog:
    """A log file of bytes that is set aside under .1, .2, .3 when it has grown; only its owner may read it."""

    def __init__(self, path: Path) -> None:
        """Open the log at its end."""
        self.path = path
        self._open()

    def write(self, chunk: bytes) -> None:
        """Append output as it came; a full disk must not stop the program, so what cannot be written is dropped."""
        with contextlib.suppress(OSError):
            self._file.write(chunk)
            if self._file.tell() > _LOG_BYTES:
                self._rotate()

    def note(self, sentence: str) -> None:
        """Append a line of our own with the time in UTC."""
        self.write(f"--- {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {sentence}\n".encode())

    def _open(self) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(handle, "ab", buffering=0)

    def _rotate(self) -> None:
        self._file.close()
        for number in range(_LOGS_KEPT, 0, -1):
            older = self.path.with_name(f"{self.path.name}.{number}")
            newer = self.path if number == 1 else self.path.with_name(f"{self.path.name}.{number - 1}")
            if newer.exists():
                newer.replace(older)
        self._open()


class Leash:
    """One program and what its owner is told about it."""

    def __init__(self, options: dict[str, Any], command: list[str]) -> None:
        """Take over the control socket; nothing is started yet."""
        self.options = options
        self.command = command
        self.control = socket.socket(fileno=options["control"])
        # The program must not hold our end: the owner would not see us die.
        for number in (options["control"], *options["hold"]):
            os.set_inheritable(number, False)
        self.owner_is_gone = False
        self.log = RotatingLog(Path(options["log"]))
        self.ready = (options["ready"] or "").encode()
        self.line = b""
        self.pid = 0
        self.status: int | None = None
        self.kill_at: float | None = None

    def run(self) -> None:
        """Start the program and stay until it, and everything it started, has ended."""
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(woken, False)
        signal.set_wakeup_fd(wake)
        for number in _HEARD:
            signal.signal(number, lambda _number, _frame: None)
        output = self._start()
        self.log.note(f"pid {self.pid}: {' '.join(self.command)}")
        self._say(f"pid {self.pid}")
        with selectors.DefaultSelector() as selector:
            selector.register(self.control, selectors.EVENT_READ, self._listen)
            selector.register(output, selectors.EVENT_READ, self._copy)
            selector.register(woken, selectors.EVENT_READ, self._signalled)
            while self.status is None:
                left = None if self.kill_at is None else max(0.0, self.kill_at - time.monotonic())
                events = selector.select(left)
                for key, _mask in events:
                    if not key.data(key.fileobj):
                        selector.unregister(key.fileobj)
                if self.kill_at is not None and time.monotonic() >= self.kill_at:
                    self._signal_group(signal.SIGKILL)
                self._reap()
        self._end(output)

    def _start(self) -> int:
        """Fork and execute the program; return the reading end of its output."""
        reading, writing = os.pipe()
        owner = os.getpid()
        # A signal between fork and exec would be swallowed by our handlers; it waits until they are gone.
        signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                signal.set_wakeup_fd(-1)
                for number in (*_HEARD, *_IGNORED_BY_PYTHON):
                    signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
                os.setsid()
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(writing, 1)
                os.dup2(writing, 2)
                _become(self.options["user"])
                # After the change of user, which would clear it.
                _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
                if os.getppid() == owner:
                    os.execvp(self.command[0], self.command)  # noqa: S606 - the owner's list of arguments, no shell
            except BaseException as trouble:  # noqa: BLE001 - a forked child must never return into the parent's code
                os.write(2, f"{self.command[0]}: {trouble}\n".encode())
            os._exit(127)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
        os.close(writing)
        os.set_blocking(reading, False)
        return reading

    def _listen(self, control: socket.socket) -> bool:
        """Hear the owner: a word, or the silence of one that is gone. Both mean stop."""
        try:
            heard = control.recv(100)
        except ConnectionError:
            heard = b""
        if not heard:
            self.owner_is_gone = True
            self.log.note("the owner is gone")
            self.options["grace"] = min(self.options["grace"], _GRACE_OF_AN_ORPHAN)
        self._stop()
        return bool(heard)

    def _copy(self, output: int) -> bool:
        """Copy the program's output to the log and look for the word that says it is ready."""
        try:
            chunk = os.read(output, 65536)
        except BlockingIOError:
            return True
        self.log.write(chunk)
        if self.ready:
            self.line += chunk
            if self.ready in self.line:
                self.ready = b""
                self._say("ready")
            self.line = self.line[self.line.rfind(b"\n") + 1 :][-65536:]
        return bool(chunk)

    def _signalled(self, woken: int) -> bool:
        """Read which signals came; all but a child's end mean stop."""
        if set(os.read(woken, 100)) - {signal.SIGCHLD}:
            self._stop()
        return True

    def _stop(self) -> None:
        """Ask the program itself to end, so that it can end its children in order; its group is killed when late."""
        if self.kill_at is None and self.status is None:
            self.kill_at = time.monotonic() + float(self.options["grace"])
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, self.options["stop_signal"])

    def _reap(self) -> None:
        """Take the status of whatever has ended."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                if pid == self.pid:
                    self.status = os.waitstatus_to_exitcode(status)

    def _signal_group(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def _end(self, output: int) -> None:
        """End what the program left behind, copy its last words, tell the owner and tidy up."""
        self._signal_group(signal.SIGKILL)
        for orphan in _children():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(orphan, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        with contextlib.suppress(BlockingIOError):
            while chunk := os.read(output, 65536):
                self.log.write(chunk)
        self.log.note(f"pid {self.pid} ended with {self.status}")
        for folder in self.options["remove"] if self.owner_is_gone else ():
            shutil.rmtree(folder, ignore_errors=True)
        self._say(f"exit {self.status}")

    def _say(self, sentence: str) -> None:
        with contextlib.suppress(OSError):
            self.control.sendall(f"{sentence}\n".encode())


def _prctl(option: int, value: int) -> None:
    """Ask the Linux kernel for something about this process; elsewhere the owner's socket alone must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _children() -> list[int]:
    """Return the processes whose parent we became, those that left the program's group too."""
    try:
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def _become(user: str | None) -> None:
    """Give up root for good."""
    if user:
        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)


if __name__ == "__main__":
    Leash(json.loads(sys.argv[1]), sys.argv[2:]).run()
