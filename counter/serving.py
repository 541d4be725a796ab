"""The counter itself: one process that listens, says no where it must, and forks a child for each call.

It carries nothing out and waits for nobody: one loop over non-blocking sockets, no threads, no database, no file of a
caller's. Who calls is what the kernel says of the other end (SO_PEERCRED); the office's own login and those in the
home's group are heard, everybody else is told so before a word of theirs is read. A child ends with its call.
"""

import array
import contextlib
import os
import selectors
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from counter.calls import NotUnderstood, Words, understood
from counter.client import BUSY, LONG, MAGIC, MOST_BYTES, SOCKET, STRANGER

SO_PEERGROUPS = 59
"""Linux 4.13; Python has no name for it."""
STALE = 99
"""The status of a child that found newer code on the disk than it was forked with."""
DESCRIPTORS = 4
"""What comes with a call: standard input, output, error, and the channel for questions."""

BLOCKED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP, signal.SIGCHLD)
"""From before the fork until the child has handlers of its own."""

_SIGNALS = {
    ord("I"): signal.SIGINT,
    ord("T"): signal.SIGTERM,
    ord("H"): signal.SIGHUP,
    ord("Q"): signal.SIGQUIT,
    ord("Z"): signal.SIGTSTP,
    ord("C"): signal.SIGCONT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much the counter takes upon itself. Calls, or seconds."""

    at_once: int = 16
    at_once_of_one: int = 6
    connected: int = 96
    connected_of_one: int = 24
    # A caller says what it wants at once; one that does not is a program that hangs, or tries us.
    saying: float = 5.0
    # How long somebody waits for a turn.
    waiting: float = 30.0
    # Longer than any import or bulk; what lasts longer stands at a question nobody answers.
    longest: float = 4 * 3600.0
    # What goes on when the counter is to end may come to its own end, is then interrupted, and killed last by the desk.
    ending: float = 3.0


@dataclass(slots=True, eq=False)
class Calling:
    """One connection: from its first byte to the end of its child."""

    line: socket.socket
    uid: int
    since: float
    heard: bytearray = field(default_factory=bytearray)
    passed: list[int] = field(default_factory=list)
    words: Words | None = None
    pid: int = 0
    hung_up: bool = False

    def forget_descriptors(self) -> None:
        """Close what the caller passed."""
        for number in self.passed:
            os.close(number)
        self.passed.clear()


Serve = Callable[[Words, int, list[int]], NoReturn]
"""Carries out a call in a child: its words, the caller's user id, the descriptors."""


class Counter:
    """The loop. *folder* is where its socket lies, *home* whose group may call; *serve* runs in each child."""

    def __init__(self, folder: Path, home: Path, serve: Serve, bounds: Bounds | None = None) -> None:
        """Take note of it; nothing is opened yet."""
        self.folder, self.home, self.serve = folder, home, serve
        self.bounds = bounds or Bounds()
        self.callers: dict[int, Calling] = {}
        self.ending: float | None = None
        self.own = os.geteuid()
        self.shared = True
        self.selector = selectors.DefaultSelector()

    # -- the loop ----------------------------------------------------------------------------------------------------

    def run(self, ready: Callable[[], None]) -> None:
        """Listen until told to end (SIGTERM) or to make way for newer code."""
        self.listener = listening(self.folder, self.home)
        self.selector.register(self.listener, selectors.EVENT_READ)
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, lambda _number, _frame: None)
        self.selector.register(woken, selectors.EVENT_READ)
        ready()
        while self.ending is None or self._children():
            for key, _ in self.selector.select(self._pause()):
                if key.fileobj is self.listener:
                    self._accept()
                elif key.fd == woken:
                    self._signalled(set(os.read(woken, 100)))
                elif (caller := self.callers.get(key.fd)) is not None:
                    self._hear(caller)
            self._look_at_the_clock()
            self._begin_what_waits()

    def _pause(self) -> float | None:
        """Seconds until somebody's time is over; children end with a signal, and need no clock."""
        return 0.5 if self.ending is not None or any(not c.pid for c in self.callers.values()) else 60.0

    def _children(self) -> list[Calling]:
        return [caller for caller in self.callers.values() if caller.pid]

    # -- who comes ---------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        try:
            line, _ = self.listener.accept()
        except OSError:  # it is gone again, or no descriptor is left: somebody's end frees some
            return
        line.setblocking(False)
        _, uid, gid = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        caller = Calling(line, uid, time.monotonic())
        same = sum(other.uid == uid for other in self.callers.values())
        if uid != self.own and not (self.shared and self._in_the_group(line, gid)):
            self._refuse(caller, STRANGER)
        elif same >= self.bounds.connected_of_one or len(self.callers) >= self.bounds.connected:
            self._refuse(caller, BUSY)
        else:
            self.callers[line.fileno()] = caller
            self.selector.register(line, selectors.EVENT_READ)
            self._hear(caller)

    def _in_the_group(self, line: socket.socket, gid: int) -> bool:
        """Whether the other end was in the home's group when it connected, as the kernel has it."""
        try:
            group = self.home.stat().st_gid
            return group == gid or group in array.array("I", line.getsockopt(socket.SOL_SOCKET, SO_PEERGROUPS, 1024))
        except OSError:  # a member of more than 256 groups is refused, and of none the kernel tells
            return False

    def _refuse(self, caller: Calling, word: str) -> None:
        self._tell(caller, word)
        self._forget(caller)

    def _tell(self, caller: Calling, word: str) -> None:
        with contextlib.suppress(OSError):
            caller.line.send(f"{word}\n".encode())

    def _forget(self, caller: Calling) -> None:
        if self.callers.pop(caller.line.fileno(), None) is not None and not caller.hung_up:
            self.selector.unregister(caller.line)
        caller.forget_descriptors()
        caller.line.close()

    # -- what they say -----------------------------------------------------------------------------------------------

    def _hear(self, caller: Calling) -> None:
        try:
            heard, ancillary, flags, _ = caller.line.recvmsg(
                65536, socket.CMSG_SPACE(4 * DESCRIPTORS), socket.MSG_CMSG_CLOEXEC
            )
        except BlockingIOError:
            return
        except OSError:
            heard, ancillary, flags = b"", [], 0
        for level, kind, data in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                caller.passed.extend(array.array("i", data[: len(data) - len(data) % 4]))
        if caller.pid or len(caller.passed) > DESCRIPTORS:
            caller.forget_descriptors()  # whatever comes after a call, or beyond it, is kept from piling up here
            flags |= socket.MSG_CTRUNC
        if not heard:
            self._hung_up(caller)
        elif caller.pid:
            self._hand_on(caller, heard)
        elif caller.words is not None:
            if flags & socket.MSG_CTRUNC or any(
                letter in b"ITHQ" for letter in heard
            ):  # given up while it waited for its turn
                self._refuse(caller, f"ended {-signal.SIGINT}")
        else:
            caller.heard += heard
            self._refuse(caller, "rubbish") if flags & socket.MSG_CTRUNC else self._read(caller)

    def _read(self, caller: Calling) -> None:
        """Understand what was said as soon as it is whole."""
        head = len(MAGIC) + 4
        if not MAGIC.startswith(bytes(caller.heard[: len(MAGIC)])):
            return self._refuse(caller, "rubbish")
        if len(caller.heard) < head:
            return None
        size = int.from_bytes(caller.heard[len(MAGIC) : head], "big")
        if size > MOST_BYTES:
            return self._refuse(caller, LONG)
        if len(caller.heard) < head + size:
            return None
        if len(caller.heard) > head + size or len(caller.passed) != DESCRIPTORS:
            return self._refuse(caller, "rubbish")
        try:
            caller.words = understood(bytes(caller.heard[head:]))
        except NotUnderstood:
            return self._refuse(caller, "rubbish")
        caller.heard.clear()
        caller.since = time.monotonic()
        return None

    def _hand_on(self, caller: Calling, letters: bytes) -> None:
        for letter in letters[:16]:
            number = _SIGNALS.get(letter)
            if number is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(caller.pid, number)

    def _hung_up(self, caller: Calling) -> None:
        """Let the child of a caller that is gone end as a program does whose terminal is gone."""
        if not caller.pid:
            self._forget(caller)
        elif not caller.hung_up:
            caller.hung_up = True
            caller.since = time.monotonic()
            self.selector.unregister(caller.line)
            self._hand_on(caller, b"CH")

    # -- children ----------------------------------------------------------------------------------------------------

    def _begin_what_waits(self) -> None:
        running = self._children()
        for caller in list(self.callers.values()):
            if caller.words is None or caller.pid:
                continue
            if self.ending is not None:
                self._refuse(caller, "stale")
            elif len(running) < self.bounds.at_once and (
                sum(other.uid == caller.uid for other in running) < self.bounds.at_once_of_one
            ):
                self._begin(caller, caller.words)
                running.append(caller)

    def _begin(self, caller: Calling, words: Words) -> None:
        """Fork the child of a call."""
        # A signal for the child must not meet the counter's own handlers there, which would wake the counter with it.
        signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED)
        try:
            pid = os.fork()
        except OSError:  # no memory, no processes left
            signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)
            return self._refuse(caller, BUSY)
        if pid == 0:
            try:
                self.serve(words, caller.uid, caller.passed)
            finally:
                os._exit(70)  # a child never returns into the loop
        signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)
        caller.pid, caller.since = pid, time.monotonic()
        caller.forget_descriptors()
        return None

    def _signalled(self, numbers: Collection[int]) -> None:
        if set(numbers) - {signal.SIGCHLD}:
            self.end()
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._ended(pid, os.waitstatus_to_exitcode(status))

    def _ended(self, pid: int, status: int) -> None:
        for caller in [caller for caller in self.callers.values() if caller.pid == pid]:
            self._refuse(caller, f"ended {status}")
        if status == STALE:
            self.end()

    # -- the end -----------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Hear nobody more; what goes on may come to its end."""
        if self.ending is None:
            self.ending = time.monotonic()
            self.selector.unregister(self.listener)
            with contextlib.suppress(OSError):
                (self.folder / SOCKET).unlink()
            self.listener.close()

    def _look_at_the_clock(self) -> None:
        now = time.monotonic()
        if self.ending is not None and now - self.ending > self.bounds.ending:
            self.ending = now
            for caller in self._children():
                self._hand_on(caller, b"CI")
        for caller in list(self.callers.values()):
            age = now - caller.since
            if caller.hung_up and age > self.bounds.saying:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(caller.pid, signal.SIGKILL)
            elif caller.pid:
                if age > self.bounds.longest and caller.uid != self.own:
                    self._hand_on(caller, b"CH")
            elif age > (self.bounds.saying if caller.words is None else self.bounds.waiting):
                self._refuse(caller, BUSY)


def listening(folder: Path, home: Path) -> socket.socket:
    """Return a socket in *folder*, which the group of *home* may enter and nobody else.

    A home it lies in is opened for its group to pass through, never to look around. Where the office's login is not in
    that group itself, the folder stays open to pass through, and the kernel's word on each caller is what counts.
    """
    facts = home.stat()
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise PermissionError(f"{folder} is not ours")
    with contextlib.suppress(PermissionError):  # somebody else's home: then its owner sees to its mode
        if folder.parent == home and not facts.st_mode & 0o010:
            home.chmod((facts.st_mode & 0o7777) | 0o010)
    try:
        os.chown(folder, -1, facts.st_gid)
        folder.chmod(0o710)
    except PermissionError:
        folder.chmod(0o711)
    place = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(SOCKET, dir_fd=place)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(f"/proc/self/fd/{place}/{SOCKET}")  # the path itself may be longer than an address can hold
        os.chmod(SOCKET, 0o666, dir_fd=place)  # noqa: S103 - who may come near is the folder's matter
    finally:
        os.close(place)
    listener.setblocking(False)
    listener.listen(64)
    return listener


if sys.platform != "linux":  # pragma: no cover
    raise ImportError("the counter asks the Linux kernel who calls")
