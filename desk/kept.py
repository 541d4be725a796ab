"""``python -m desk.kept HOW -- MODULE ARGS...``: one program, started again by this small parent when it is deaf.

For containers and systemd, where no supervisor of ours runs and a health check restarts nothing. HOW says what is
listened to: ``worker NAME`` (its heartbeats, desk/hearing.py), ``file PATH`` (touched again and again) or ``page URL``.
Nothing is a program's fault while the broker is away, nor a worker's while the database is; what a new life does not
help is started again less and less often. What ends by itself ends this too, with its status: whoever started us
starts us again. Who works in the container meanwhile, by ``exec``, is not cut off by a deaf worker's new life.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Protocol

import journal
from desk import alive
from desk.hearing import SERVES, Hearing
from desk.notify import ENVIRONMENT, READY, STOPPING, WELL, notify
from desk.signs import EVERY, Pauses, Signs, touched
from desk.words import say
from settings import PROJECT, Settings, settings
from tasks.publish import ping

GRACE = 10.0
"""Seconds a deaf program has to end in order; then its whole group is killed."""
USAGE = "python -m desk.kept (worker NAME | file PATH | page URL) -- MODULE ARGS..."


class Ears(Protocol):
    """What is listened to."""

    def begin(self) -> None:
        """A new life begins: what an earlier one left behind is no sign of it."""

    def is_deaf(self, pid: int) -> bool:
        """Look once; whether it is to be started again now."""

    def is_ready(self) -> bool:
        """Whether this life has given a sign."""


class WorkerEars:
    """Listens to a worker by its heartbeats, as the desk does."""

    def __init__(self, name: str, house: Settings, hearing: Hearing | None = None) -> None:
        """Take note."""
        self._name, self._run = name, house.run
        self._hearing = hearing or Hearing(house)

    def begin(self) -> None:
        """Remove what says that it consumes."""
        self._run.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (self._ready, *self._run.glob(f"heard-{self._name}-*")):
            path.unlink(missing_ok=True)

    def is_deaf(self, pid: int) -> bool:
        """Whether it has not consumed one of its queues for too long, though it could have."""
        return bool(self._hearing.look({self._name: pid} if self.is_ready() else {}))

    def is_ready(self) -> bool:
        """Whether it has said that it consumes (tasks/app.py)."""
        return self._ready.exists()

    @property
    def _ready(self) -> Path:
        return self._run / f"ready-{self._name}"


class SignEars:
    """Listens to what gives signs of life and reads no queue."""

    def __init__(
        self, sign: Callable[[], bool], broker: Callable[[], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        """``broker`` says whether the broker answers."""
        self._signs, self._pauses, self._broker, self._now = Signs(sign), Pauses(), broker, now

    def begin(self) -> None:
        """Count anew."""
        self._signs.forgive(new_life=True)

    def is_deaf(self, pid: int) -> bool:
        """Whether no sign came for too long, though the broker is there."""
        if not self._signs.look():
            if self._signs.seen:
                self._pauses.heard("it")
            return False
        if not self._broker():
            self._signs.forgive()
            return False
        return self._pauses.may_give_up("it", self._now())

    def is_ready(self) -> bool:
        """Whether there was a sign."""
        return self._signs.seen


class Kept:
    """One program and its lives."""

    def __init__(self, module: Sequence[str], ears: Ears, *, every: float = EVERY, grace: float = GRACE) -> None:
        """Take note; nothing is started yet. ``every``: seconds between two looks."""
        self.module, self.ears, self.every, self.grace = list(module), ears, every, grace
        self._child: subprocess.Popen[bytes] | None = None
        self._handle = -1
        self._leaving = False

    def run(self) -> int:
        """Start it, and again whenever it is deaf, until it ends by itself or a signal ends it; return its status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hand_on)
        while True:
            child = self._start()
            deaf = self._stay_with(child)
            if deaf:
                self._end(child)
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # what it had started does not outlive it
            status = child.wait()
            os.close(self._handle)
            if not deaf or self._leaving:
                return status if status >= 0 else 128 - status

    def _start(self) -> subprocess.Popen[bytes]:
        """Begin a life, in a session of its own."""
        self.ears.begin()
        environment = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
        command = [sys.executable, "-m", *self.module]
        child = subprocess.Popen(command, cwd=PROJECT, env=environment, start_new_session=True)
        self._child, self._handle = child, os.pidfd_open(child.pid)
        if self._leaving:  # the signal came before there was anybody to hand it on to
            child.terminate()
        return child

    def _stay_with(self, child: subprocess.Popen[bytes]) -> bool:
        """Return True when it is deaf, False when it has ended."""
        told = False
        while not select.select([self._handle], [], [], self.every)[0]:
            if self._leaving:
                continue
            notify(WELL)
            if self.ears.is_deaf(child.pid):
                journal.begin("kept")
                if journal.writes():
                    journal.event("deaf", program=child.pid)
                else:
                    sys.stderr.write(f"{say('kept_deaf', settings().lang, pid=child.pid)}\n")
                return True
            if not told and self.ears.is_ready():
                notify(READY)
                told = True
        return False

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        child.terminate()
        select.select([self._handle], [], [], self.grace)

    def _hand_on(self, number: int, _frame: FrameType | None) -> None:
        self._leaving = True
        notify(STOPPING)
        if self._child is not None and self._child.returncode is None:
            self._child.send_signal(number)


def listening(how: Sequence[str], house: Settings) -> Ears | None:
    """Return what listens as the command line says; None where it is not understood."""
    answers = partial(_broker_answers, house.broker_url)
    match how:
        case ["worker", name] if name in SERVES:
            return WorkerEars(name, house)
        case ["file", path]:
            return SignEars(touched(Path(path)), answers)
        case ["page", url]:
            return SignEars(partial(alive.answers, url), answers)
        case _:
            return None


def main(arguments: list[str]) -> int:
    """Keep what the command line names; 2 where it is not understood, else what that ended with."""
    if "--" not in arguments:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    cut = arguments.index("--")
    ears = listening(arguments[:cut], settings())
    if ears is None or not arguments[cut + 1 :]:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    return Kept(arguments[cut + 1 :], ears).run()


def _broker_answers(url: str) -> bool:
    return ping(url) is None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
