"""A department that is a program: what it is asked as JSON on standard input, what it answers as JSON and files.

What it is asked holds ``today``, the office's day; its clock stands in the office's zone.
Its answer is ``{"found": ..., "note": ..., "done": ..., "done_on": ..., "files": [NAME, ...]}`` on standard output;
files lie in the folder it is started in. It runs inside a fence (services/search/fence.py) and is believed nothing: its
output is bounded, its files are opened without following links, and all of it is looked into like what people send.
"""

import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.engine.trouble import Poison
from services.search.finds import MOST_FILES

LARGEST_ANSWER = 1 << 20
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_OF_ALL = 4 * LARGEST_FILE
MOST_WRITTEN = 10_000
"""Files and folders in its folder, those it needs for a while alone included."""
MEMORY = 2 * 1024**3
_FENCE = Path(__file__).with_name("fence.py")
_GRACE = 30.0
"""Seconds for ending what it left behind: whoever is killed before it is done leaves others alive."""
LINGERS = 20.0
"""Seconds it may take to end once its output is closed: on a busy machine an end takes a while."""
_LOOKED_AT_EACH = 0.5
"""Seconds between two looks at what it writes."""
_KEYS = {"found", "note", "done", "done_on", "files"}


class ProgramFailed(Exception):
    """It ended badly, or not in time; another try may help. The message says how, never what it wrote."""


class Rubbish(Poison):
    """What it answered is none of what it may: another try would get the same."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a program answered: the fields of its answer, and its files by name."""

    answer: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)


def run(command: Sequence[str], question: Mapping[str, Any], seconds: int, zone: str = "UTC") -> Told:
    """Ask a program and return what it answered; its clock is in that *zone*.

    Raises ProgramFailed, Rubbish, OSError where it cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        out = _output(command, json.dumps(question, ensure_ascii=False).encode(), seconds, folder, zone)
        answer = _answer(out)
        return Told({name: value for name, value in answer.items() if name != "files"}, _files(answer, Path(folder)))


def _output(command: Sequence[str], question: bytes, seconds: int, folder: str, zone: str) -> bytes:
    """Return what it wrote to standard output by its end; what it wrote to standard error is nobody's to keep."""
    limits = [str(os.getpid()), folder, str(seconds), str(MEMORY), str(LARGEST_FILE)]
    process = subprocess.Popen(
        [sys.executable, "-I", str(_FENCE), *limits, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "TZ": zone},
        cwd=folder,
        start_new_session=True,
    )
    try:
        out = _talk(process, question, time.monotonic() + seconds, Path(folder))
        status = process.wait(LINGERS)
    except subprocess.TimeoutExpired:
        raise ProgramFailed("it closed its output and did not end") from None
    finally:
        _end(process)
    if status != 0:
        raise ProgramFailed(f"it ended with {status}")
    return out


def _talk(process: "subprocess.Popen[bytes]", question: bytes, deadline: float, folder: Path) -> bytes:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:  # it was started with both
        raise ValueError("no way to talk to it")
    os.set_blocking(stdin.fileno(), False)
    os.set_blocking(stdout.fileno(), False)
    out, sent, look = bytearray(), 0, time.monotonic() + _LOOKED_AT_EACH
    with selectors.DefaultSelector() as ready:
        ready.register(stdout, selectors.EVENT_READ)
        ready.register(stdin, selectors.EVENT_WRITE)
        while ready.get_map():
            now = time.monotonic()
            if now >= deadline:
                raise ProgramFailed("it took too long")
            if now >= look:
                _must_fit(folder)
                look = time.monotonic() + _LOOKED_AT_EACH
            for key, _ in ready.select(max(0.0, min(deadline, look) - now)):
                if key.fileobj is stdin:
                    sent = _send(stdin.fileno(), question, sent)
                    if sent >= len(question):
                        ready.unregister(stdin)
                        stdin.close()
                    continue
                read = os.read(stdout.fileno(), 1 << 16)
                if not read:
                    ready.unregister(stdout)
                    if not stdin.closed:
                        ready.unregister(stdin)
                out += read
                if len(out) > LARGEST_ANSWER:
                    raise Rubbish("its answer is too long")
    return bytes(out)


def _must_fit(folder: Path) -> None:
    """Raise Rubbish where it writes more than anybody takes from it: its folder lies on the office's own disk."""
    files, size = 0, 0
    with suppress(FileNotFoundError):  # it removes what it no longer needs
        for inside, folders, names in os.walk(folder):
            files += len(folders) + len(names)
            size += sum(512 * os.lstat(Path(inside) / name).st_blocks for name in names[:MOST_WRITTEN])
            if files > MOST_WRITTEN or size > LARGEST_OF_ALL:
                raise Rubbish("it floods its folder")


def _send(end: int, question: bytes, sent: int) -> int:
    """Send some more of the question; a program that does not read it to its end has read enough."""
    try:
        return sent + os.write(end, question[sent : sent + (1 << 16)])
    except BrokenPipeError:
        return len(question)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End it with all it started: the fence does, which outlives the program; should it not, the group is killed."""
    with suppress(subprocess.TimeoutExpired):
        process.terminate()
        process.wait(_GRACE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for end in (process.stdin, process.stdout):
        if end is not None and not end.closed:
            with suppress(BrokenPipeError):
                end.close()


def _answer(out: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(out)
    except (ValueError, RecursionError):
        raise Rubbish("its answer is no JSON") from None
    if not isinstance(answer, dict):
        raise Rubbish("its answer is no JSON object")
    if unknown := answer.keys() - _KEYS:
        raise Rubbish(f"its answer has {len(unknown)} keys that mean nothing here")
    return answer


def _files(answer: Mapping[str, Any], folder: Path) -> dict[str, bytes]:
    names = answer.get("files", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or len(names) > MOST_FILES:
        raise Rubbish("its list of files is none")
    found: dict[str, bytes] = {}
    for name in names:
        if name != Path(name).name or name in ("", ".", "..") or "\0" in name:
            raise Rubbish("it names a file elsewhere")
        if not name.isprintable():  # lone surrogates are none, and nothing that moves a cursor is
            raise Rubbish("it names a file by what cannot be shown")
        found[name] = _read(folder / name)
        if sum(map(len, found.values())) > LARGEST_OF_ALL:
            raise Rubbish("its files are too large")
    return found


def _read(path: Path) -> bytes:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise Rubbish("it names a file that is not there") from None
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise Rubbish("it names something that is no file")
        with open(file, "rb", closefd=False) as opened:
            return opened.read(LARGEST_FILE + 1)
    finally:
        os.close(file)
