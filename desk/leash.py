"""A leash: the small process between the desk and one program, so that nothing outlives whoever started it.

Run as a script with the standard library alone (``python -I -S leash.py SOCKET``), it is what leashes are forked from:
one interpreter for all programs of an owner, and for each of them only the pages that a leash of its own writes to. A
leash starts its program in a session of its own, writes its output to a log that is rotated, tells its owner over a
socket what happens, and ends the program's whole process group when the owner asks, or is gone.

Why a process and not a few lines before exec: the kernel's parent-death signal is bound to the THREAD that forked and
reaches no grandchildren, and a thread-laden parent must run no Python between fork and exec. A leash has one thread,
and becomes the parent of orphaned grandchildren, so that a killed worker's pool children are ended too.

The owner asks for a leash by one message on SOCKET: four bytes of length, a JSON object, and with it the open files.
The object: ``command``, ``environment``, ``folder`` (to run it in), ``log`` (path), ``ready`` (text whose first
appearance in the output is told, or null), ``stop_signal``, ``grace`` (seconds before SIGKILL), ``user`` (to become,
when root, or null), ``remove`` (folders to delete when the owner is gone). The files: the control socket, then what the
leash is to keep open, a lock say, and the program does not get. Said to the owner on the control socket, one line each:
``leash N`` and ``pid N`` (process ids), ``ready``, ``exit STATUS`` (negative: the signal). The owner says ``stop``;
closing the socket means the same.
"""

import contextlib
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
# Other programs must not inherit that.
_IGNORED_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)
_LOG_BYTES = 5_000_000
_LOGS_KEPT = 3
_HEADER = 4
_MOST_FILES = 16
# Seconds. What the program needs for a clean end, the broker say, is ending too.
_GRACE_OF_AN_ORPHAN = 5.0


class RotatingLog:
    """A log file of bytes that is set aside under .1, .2, .3 when it has grown; only its owner may read it."""

    def __init__(self, path: Path, *, as_json: bool = False) -> None:
        """Open the log at its end; *as_json*: what is noted in it is an object (journal.py says of which form)."""
        self.path, self._as_json = path, as_json
        self._open()

    def write(self, chunk: bytes) -> None:
        """Append output as it came; a full disk must not stop the program, so what cannot be written is dropped."""
        with contextlib.suppress(OSError):
            self._file.write(chunk)
            if self._file.tell() > _LOG_BYTES:
                self._rotate()

    def note(self, event: str, sentence: str, **ids: int | None) -> None:
        """Append a line of our own with the time in UTC: what happened, as a word with ids or as a sentence."""
        now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
        if self._as_json:
            said = {"at": f"{now}.000Z", "process": self.path.stem, "pid": os.getpid(), "event": event, **ids}
            self.write(json.dumps(said).encode() + b"\n")
        else:
            self.write(f"--- {now}Z {sentence}\n".encode(errors="replace"))

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

    def __init__(self, options: dict[str, Any], control: int, hold: list[int]) -> None:
        """Take over the control socket and the files to keep open; nothing is started yet."""
        self.options = options
        self.command: list[str] = options["command"]
        self.hold = hold
        self.control = socket.socket(fileno=control)
        # The program must not hold our end: the owner would not see us die.
        for number in (control, *hold):
            os.set_inheritable(number, False)
        self.owner_is_gone = False
        self.log = RotatingLog(Path(options["log"]), as_json=options["environment"].get("MADOGUCHI_LOG") == "json")
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
        self._say(f"leash {os.getpid()}")
        output = self._start()
        self.log.note("begun", f"pid {self.pid}: {' '.join(self.command)}", program=self.pid)
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
            self.log.note("owner_gone", "the owner is gone")
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
        self.log.note("ended", f"pid {self.pid} ended with {self.status}", program=self.pid, status=self.status)
        if self.owner_is_gone and self.options["remove"]:
            import shutil  # late: with its compressors it is a quarter of what a leash would weigh

            for folder in self.options["remove"]:
                shutil.rmtree(folder, ignore_errors=True)
        # Before the owner hears of the end: it may ask for the lock at once.
        for number in self.hold:
            os.close(number)
        self._say(f"exit {self.status}")

    def _say(self, sentence: str) -> None:
        with contextlib.suppress(OSError):
            self.control.sendall(f"{sentence}\n".encode())


def _prctl(option: int, value: int) -> None:
    """Ask the Linux kernel for something about this process; elsewhere the owner's socket alone must do."""
    if sys.platform == "linux":
        _LIBC.prctl(option, value, 0, 0, 0)


def _children() -> list[int]:
    """Return the processes whose parent we became, those that left the program's group too."""
    try:
        return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def _become(user: str | None) -> None:
    """Give up root for good."""
    if user:
        import pwd

        entry = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)


def serve(asked: socket.socket) -> None:
    """Fork a leash for each message, until nobody is left who could send one. This process has one thread, always."""
    # A leash that has ended is waited for by nobody; its owner has read of it on its socket.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # What was loaded until here is never collected, so that no leash writes to it and gets pages of its own.
    gc.freeze()
    while True:
        header, files, _flags, _address = socket.recv_fds(asked, _HEADER, _MOST_FILES)
        if len(header) < _HEADER:
            return
        options = json.loads(_exactly(asked, int.from_bytes(header, "big")))
        if os.fork() == 0:
            asked.close()
            _be_a_leash(options, files)
        for number in files:
            os.close(number)


def _be_a_leash(options: dict[str, Any], files: list[int]) -> None:
    """Stay with one program to its end, and end then; what goes wrong stands in the program's log."""
    try:
        handle = os.open(options["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        os.close(handle)
        os.chdir(options["folder"])
        os.environ.clear()
        os.environ.update(options["environment"])
        Leash(options, files[0], files[1:]).run()
    except BaseException as trouble:  # noqa: BLE001 - a leash must never return into the loop it was forked from
        os.write(2, f"leash: {type(trouble).__name__}: {trouble}\n".encode(errors="replace"))
        os._exit(70)
    os._exit(0)


def _exactly(asked: socket.socket, length: int) -> bytes:
    """Return so many bytes; fewer where whoever sent them is gone."""
    read = bytearray()
    while len(read) < length and (chunk := asked.recv(length - len(read))):
        read += chunk
    return bytes(read)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
