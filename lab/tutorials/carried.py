"""Carrying a page out: its commands in a shell, as a reader types them, beside a desk in a terminal of its own."""

import os
import re
import select
import signal
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.tutorials.page import Block, Typed, blocks
from services.office.staff import os_login
from settings import PROJECT
from tests.talking import Talk

PATIENCE = 300.0
MOST = 80
"""Questions of one command; one that asks on and on is not answered by the page."""
READER = "~"
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
_BEGUN = re.compile(r"(desk\d|beat|counter|flower|broker) \D*\((?:pid|プロセス) (\d+)\)")


class WentOtherwise(AssertionError):
    """The page could not be carried out."""


class Reader:
    """Somebody who follows a page, in an empty home of their own."""

    def __init__(self, home: Path) -> None:
        """Begin with a home in which nothing is but what a checkout has."""
        self.home = home
        self.folder = home / "madoguchi"
        self.folder.mkdir()
        for name in ("admin.py", "samples", "organisation.toml"):
            (self.folder / name).symlink_to(PROJECT / name)
        python = Path(sys.executable).parent
        self.environment = {
            "PATH": f"{python}:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb",
            "COLUMNS": "80", "MADOGUCHI_FLOWER_PORT": "0", "MADOGUCHI_METRICS_PORT": "0",
        }  # fmt: skip
        self.desk: Desk | None = None

    def follow(self, page: list[str]) -> list[Block]:
        """Carry out every block; return them with what came."""
        try:
            return [self._followed(block) for block in blocks(page)]
        finally:
            if self.desk is not None:
                self.desk.end()

    def _followed(self, block: Block) -> Block:
        if block.kind == "text desk":
            return Block(block.kind, block.first, block.last, [], self._seen(self._desk().said(len(block.shown))))
        if block.kind == "text ctrl-c":
            return Block(block.kind, block.first, block.last, [], self._seen(self._desk().end()))
        typed = [self._typed(one, asked=block.kind.endswith("asked")) for one in block.typed]
        return Block(block.kind, block.first, block.last, typed, [])

    def _typed(self, one: Typed, *, asked: bool) -> Typed:
        if one.line.startswith("export "):
            for word in one.line.split()[1:]:
                name, _, value = word.partition("=")
                self.environment[name] = string.Template(value).substitute(self.environment)
            return Typed(one.line)
        if one.line == "make desk":
            self.desk = Desk(self.environment)
            return Typed(one.line, self._seen(self.desk.said(0)))
        if asked:
            return Typed(one.line, self._seen(self._talked(one)))
        line = one.line
        if line.startswith("kill "):
            line = f"kill -9 {self._desk().pids['desk1']}"
        if any(word in line.split() for word in ("print", "backup", "today")):
            self._settled("letters", lambda said: '"ordered"' not in said)
        if line == "./admin.py status":
            self._settled("status", lambda said: '"ok": false' not in said)
        done = subprocess.run(
            ["/bin/sh", "-c", line], env=self.environment, cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        if done.returncode not in (0, 1):
            raise WentOtherwise(f"{line}: exit {done.returncode}: {done.stdout}")
        return Typed(line, self._seen(done.stdout.splitlines()))

    def _talked(self, one: Typed) -> list[str]:
        """Answer what is asked by what the page shows behind the same question, else by Enter."""
        left, seen = [line.rstrip() for line in one.shown], 0
        with Talk(["/bin/sh", "-c", one.line], self.environment, self.folder) as talk:
            for _ in range(MOST):
                if (question := talk.asked()) is None:
                    break
                for told in talk.seen[seen:].splitlines()[:-1]:  # what heads a list of choices looks like a question
                    left = left[left.index(told.rstrip()) + 1 :] if told.strip() and told.rstrip() in left else left
                seen = len(talk.seen)
                at = next((n for n, line in enumerate(left) if line.startswith(question.rstrip())), None)
                talk.type("" if at is None else left[at][len(question.rstrip()) :].strip())
                left = left if at is None else left[at + 1 :]
        if talk.status not in (0, 1):
            raise WentOtherwise(f"{one.line}: exit {talk.status}: {talk.seen}")
        return talk.seen.splitlines()

    def _settled(self, command: str, settled: Callable[[str], bool]) -> None:
        """Wait as a reader does: until no letter is still to be made, until nothing is red any more."""
        until, said, pause = time.monotonic() + PATIENCE, "", 0.1
        while time.monotonic() < until:
            said = subprocess.run(
                [str(self.folder / "admin.py"), command, "--json"],
                env=self.environment, cwd=self.folder, capture_output=True,
                text=True, check=False,
            ).stdout  # fmt: skip
            if settled(said):
                return
            time.sleep(pause)  # another process does it, which tells nobody
            pause = min(pause * 1.5, 1.0)
        raise WentOtherwise(f"{command} does not settle: {said}")

    def _desk(self) -> "Desk":
        if self.desk is None:
            raise WentOtherwise("the page starts no desk")
        return self.desk

    def _seen(self, lines: list[str]) -> list[str]:
        """Return lines as they stand on the page: with the reader's home and login, and no colours."""
        plain = (_COLOURS.sub("", line).rstrip() for line in lines)
        here, by = str(self.home), f"(by {os_login()})"
        seen = [line.replace(here, READER).replace(by, "(by you)") for line in plain]
        while seen and not seen[-1]:
            seen.pop()
        return seen


class Desk:
    """A desk in a terminal of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        """Start it, and wait until it is ready."""
        self.pids: dict[str, str] = {}
        self._left: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desk"], env=environment, cwd=PROJECT, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        if self._process.stdout is None:
            raise WentOtherwise("the desk has no terminal")
        self._out = self._process.stdout
        os.set_blocking(self._out.fileno(), False)
        self._until(lambda: any("Ctrl-C" in line for line in self._left))

    def said(self, least: int) -> list[str]:
        """Return what it said since it was last looked at, at least so many lines."""
        self._until(lambda: len(self._left) >= least)
        said, self._left = self._left, []
        return said

    def end(self) -> list[str]:
        """Press Ctrl-C in its terminal; return what it says."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        self._until(lambda: self._process.poll() is not None)
        self._read()
        said, self._left = self._left, []
        return said

    def _until(self, true: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not true():
            if time.monotonic() > until:
                raise WentOtherwise(f"the desk says no more: {self._left}")
            select.select([self._out], [], [], 0.5)
            self._read()

    def _read(self) -> None:
        while line := self._out.readline():
            self._left.append(line.rstrip("\n"))
            if found := _BEGUN.search(line):
                self.pids[found[1]] = found[2]


@contextmanager
def reader() -> Iterator[Reader]:
    """Yield somebody in an empty home, which goes afterwards."""
    # Everywhere as long as where the pages were made: long lines are folded by their length.
    with tempfile.TemporaryDirectory(prefix="mg-tut-", dir="/tmp") as folder:
        yield Reader(Path(folder))
