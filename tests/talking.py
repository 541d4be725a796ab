"""A person at a terminal: reads what is asked and types, at a real pseudo-terminal of the call's own."""

import os
import pty
import select
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests import warm

PATIENCE, AGAIN = 120.0, 10.0
MOST = 1000
"""Questions of one call; a call that asks on and on is a fault."""
CTRL_C, CTRL_D = "\x03", "\x04"


class Talk:
    """One call at a terminal. ``seen`` is everything the terminal showed so far, ``status`` how the call ended."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.seen, self.status = "", -1
        self._unread, self._interrupted = "", False
        self._begin(command, {**environment, "COLUMNS": "80"}, folder)

    def _begin(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.execve(command[0], list(command), environment)  # noqa: S606 - no shell

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.status == -1:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.kill(self._pid, signal.SIGKILL)
            self._ended()
        # Not before: a terminal that hangs up ends a call, too, and of two ends either may come first.
        os.close(self._end)

    def _ended(self) -> int:
        """Wait for the call's end and return its status."""
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def asked(self) -> str | None:
        """Return the line that waits for an answer; None where the call has ended."""
        until = time.monotonic() + PATIENCE
        while not self._unread.endswith(": "):
            ready, _, _ = select.select([self._end], [], [], AGAIN if self._interrupted else PATIENCE)
            assert ready or time.monotonic() < until, self.seen
            if not ready:
                # The question is shown a moment before it is read: a signal in between is heard at the next key alone.
                os.write(self._end, b"\n")
                continue
            try:
                chunk = os.read(self._end, 65536)
            except OSError:  # Linux's word for a terminal whose other end is closed
                chunk = b""
            if not chunk:
                self.status = self._ended()
                return None
            text = chunk.decode(errors="replace").replace("\r\n", "\n")
            self.seen += text
            self._unread += text
        return self._unread.rpartition("\n")[2]

    def type(self, answer: str) -> None:
        """Type an answer, or a control character by itself."""
        self._unread = ""
        self._interrupted = answer == CTRL_C
        os.write(self._end, (answer if answer in (CTRL_C, CTRL_D) else f"{answer}\n").encode())

    def through(self, answers: Mapping[str, str | Sequence[str]]) -> Self:
        """Answer each question by a word in it, the rest by Enter, until the call ends.

        Of several answers to one question the next is given each time it is asked, and the last for ever.
        """
        left = {word: [given] if isinstance(given, str) else list(given) for word, given in answers.items()}
        for _ in range(MOST):
            question = self.asked()
            if question is None:
                break
            word = next((word for word in left if word in question), None)
            if word is None:
                self.type("")
            else:
                self.type(left[word].pop(0) if len(left[word]) > 1 else left[word][0])
        assert self.status != -1, f"asked on and on: {self.seen[-2000:]}"
        unasked = [word for word, given in left.items() if len(given) > 1]
        assert not unasked, (unasked, self.seen)
        return self


class WarmTalk(Talk):
    """A talk with ./admin.py that costs no start (tests/warm.py); the command is what stands behind its name."""

    def _begin(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._end, terminal = pty.openpty()
        self._pid, self._channel = warm.begin(command, environment, folder, terminal)
        os.close(terminal)

    def _ended(self) -> int:
        return warm.ended(self._channel)
