"""Our side of the limited process: hands a file over, takes pages back, and believes nothing it is told.

The file is opened here and handed over as a descriptor, so that the process needs no right to open anything; here too
its kind and size are looked at. No picture is ever decoded on this side. Each file has a process of its own: what a
file does to it ends with that file.
"""

import contextlib
import errno
import json
import math
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from services.office import caller
from services.returns import frames, walls
from services.returns.pages import RIGHT, Area, Half, ScannedPage, Unreadable
from settings import PROJECT

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; a scan of 100 sheets at 200 dots an inch has about 30 million."""
LONGEST_SILENCE = 120.0
"""Seconds by the wall clock for the next page to come; what computes is stopped by its CPU limit long before."""
CODES = frozenset({
    "damaged", "empty", "encrypted", "no_walls", "not_a_file", "not_a_picture", "not_readable", "too_large",
    "too_many_pages", "too_many_pixels", "too_much_memory", "too_slow",
})  # fmt: skip
_JPEG = b"\xff\xd8\xff"
_START = "import sys; sys.path.insert(0, sys.argv[1]); from services.returns import reader; reader.main(*sys.argv[2:])"


def read(path: Path, *, split: bool = False) -> Generator[ScannedPage]:
    """Yield the pages of one PDF or picture (PNG, JPEG, TIFF, WebP) as they are read; raises ``Unreadable``.

    The refusal may come after some pages: whoever stores pages waits for the end of the file. *split*: every sheet
    lying across holds two pages, whether or not codes of ours say so.
    """
    with _opened(path) as file, _Child(file, "read", *(["split"] if split else [])) as child:
        while (page := child.next_page()) is not None:
            yield page


def count(content: bytes) -> int:
    """Return how many pages a PDF or picture in memory has; raises ``Unreadable``."""
    if sys.platform != "linux":
        raise Unreadable("no_walls")
    with _in_memory(content) as file, _Child(file, "draw") as child:
        pages = 0
        while child.next_page() is not None:
            pages += 1
    return pages


def drawn(content: bytes, only: int | None = None) -> Generator[ScannedPage]:
    """Yield the pages of a PDF or picture in memory as they are, or *only* that one; raises ``Unreadable``."""
    if sys.platform != "linux":
        raise Unreadable("no_walls")
    with _in_memory(content) as file, _Child(file, "draw", "" if only is None else str(only)) as child:
        while (page := child.next_page()) is not None:
            yield page
            if only is not None:
                return


def content_of(path: Path) -> bytes:
    """Return what a file a person named holds, opened with their own rights; raises ``Unreadable``."""
    with _opened(path) as file, open(file, "rb", closefd=False) as opened:
        return opened.read(LARGEST_FILE + 1)


def read_again(picture: bytes) -> tuple[str, ...]:
    """Return what the codes say on a page that was drawn anew when it was scanned; raises ``Unreadable``."""
    if sys.platform != "linux":
        raise Unreadable("no_walls")
    with _in_memory(picture) as file, _Child(file, "read") as child:
        page = child.next_page()
    return () if page is None else page.texts


def mask(picture: bytes, areas: Sequence[Area]) -> tuple[bytes, bytes]:
    """Return the picture with the areas burnt in black, and its thumbnail; raises ``Unreadable``.

    An area that covers nothing of it is a mistake and never passed over: ``ValueError``.

    The picture is encoded anew: what stood in its black parts, and what the file said about itself, is gone.
    """
    if sys.platform != "linux":
        raise Unreadable("no_walls")
    for area in areas:
        seen = min(area.left + area.width, 1) > max(area.left, 0) and min(area.top + area.height, 1) > max(area.top, 0)
        if not seen or not math.isfinite(area.left + area.top + area.width + area.height):
            raise ValueError("an area covers nothing of the picture")
    page = _drawn_anew(picture, "mask", [[area.left, area.top, area.width, area.height] for area in areas])
    return page.picture, page.thumbnail


def grid(picture: bytes, columns: int, rows: int) -> bytes:
    """Return the picture under a grid with the names of its cells; raises ``Unreadable``."""
    if sys.platform != "linux":
        raise Unreadable("no_walls")
    return _drawn_anew(picture, "grid", [columns, rows]).picture


def _drawn_anew(picture: bytes, task: str, details: object) -> ScannedPage:
    with _in_memory(picture) as file, _Child(file, task, json.dumps(details)) as child:
        page = child.next_page()
    if page is None:
        raise Unreadable("damaged")
    return page


@contextlib.contextmanager
def _in_memory(picture: bytes) -> Iterator[int]:
    """Yield a file that is on no disk and holds the picture."""
    file = os.memfd_create("picture", os.MFD_CLOEXEC)
    try:
        with open(file, "r+b", closefd=False) as writing:
            writing.write(picture)
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a regular file of fair size; nothing that would wait, follow or act when it is opened."""
    try:
        file = caller.present().open(path, caller.READING | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        # ELOOP: the last part of the path is a symbolic link. ENXIO: a socket. ValueError: a name with a zero byte.
        odd = getattr(error, "errno", None) in {errno.ELOOP, errno.ENXIO, errno.EISDIR}
        raise Unreadable("not_a_file" if odd else "not_readable") from None
    try:
        facts = os.fstat(file)
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable("not_a_file")
        if facts.st_size == 0:
            raise Unreadable("empty")
        if facts.st_size > LARGEST_FILE:
            raise Unreadable("too_large")
        yield file
    finally:
        os.close(file)


class Untrue(ValueError):
    """The limited process told something that cannot be."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a head may say; anything else in it is not looked at."""

    number: int
    texts: tuple[str, ...]
    width: int
    height: int
    turned: int
    half: Half | None
    blank: bool
    sheets: int


class Course:
    """In which order pages may come: sheet by sheet, a left half followed by its right one, to the last sheet."""

    def __init__(self) -> None:
        """Begin before the first."""
        self._sheet = 0
        self._half: Half | None = None

    def follow(self, number: int, half: Half | None) -> None:
        """Take note of the next page. Raises Unreadable where it cannot be the next."""
        right = half is Half.RIGHT
        sheet = self._sheet + (not right)
        if (
            right is not (self._half is Half.LEFT)
            or number != sheet + (RIGHT if right else 0)
            or sheet > walls.MOST_PAGES
        ):
            raise Unreadable("damaged")
        self._sheet, self._half = sheet, half

    def end(self, sheets: object) -> None:
        """Take note that it was the last. Raises Unreadable where it was not."""
        if self._half is Half.LEFT or sheets != self._sheet:
            raise Unreadable("damaged")


class _Child:
    """The limited process for one file; ended when it is left, whatever it is doing."""

    def __init__(self, file: int, *task: str) -> None:
        """Start it with nothing of ours but the file: no environment, no folder, no other descriptor."""
        command = [sys.executable, "-I", "-c", _START, str(PROJECT), *task, *([""] if len(task) == 1 else [])]
        self._pages, self._course = 0, Course()
        self._out, theirs = os.pipe()
        try:
            self._process = subprocess.Popen(
                command, stdin=file, stdout=theirs, stderr=subprocess.DEVNULL, env={}, cwd="/"
            )
        except BaseException:
            os.close(self._out)
            raise
        finally:
            os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._out)

    def next_page(self) -> ScannedPage | None:
        """Return the next page, nothing after the last one; raises ``Unreadable``."""
        try:
            head = self._head()
            if head is None:
                return None
            picture = frames.receive(self._out, frames.LARGEST_PICTURE, LONGEST_SILENCE)
            thumbnail = frames.receive(self._out, frames.LARGEST_THUMBNAIL, LONGEST_SILENCE)
        except frames.Silence:
            raise Unreadable("too_slow") from None
        except frames.Cut:
            raise Unreadable(self._cause_of_death()) from None
        if not (picture.startswith(_JPEG) and thumbnail.startswith(_JPEG)):
            raise Unreadable("damaged")
        self._pages += 1
        self._allow_more(self._pages)
        return ScannedPage(
            head.number, head.texts, picture, thumbnail, head.width, head.height, head.turned, head.half, head.blank,
            head.sheets,
        )  # fmt: skip

    def _head(self) -> _Head | None:
        told = frames.receive(self._out, frames.LARGEST_HEAD, LONGEST_SILENCE)
        try:
            head = json.loads(told)
            if "refused" in head:
                raise Unreadable(head["refused"] if head["refused"] in CODES else "damaged")
            if "end" in head:
                self._course.end(head["end"])
                return None
            read = _checked(head)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise Unreadable("damaged") from None
        self._course.follow(read.number, read.half)
        return read

    def _allow_more(self, pages: int) -> None:
        """Move the soft limit of its computing time: each page read buys time for the next."""
        soft = walls.CPU_SECONDS + pages * walls.CPU_SECONDS_A_PAGE
        with contextlib.suppress(ProcessLookupError):  # it may be done already
            hard = resource.prlimit(self._process.pid, resource.RLIMIT_CPU)[1]
            resource.prlimit(self._process.pid, resource.RLIMIT_CPU, (min(soft, hard), hard))

    def _cause_of_death(self) -> str:
        self._process.wait(LONGEST_SILENCE)
        died_of = -self._process.returncode
        if died_of in {signal.SIGXCPU, signal.SIGKILL}:
            return "too_slow"
        # A library that is refused memory ends itself: by abort (walls.ENDING) or an instruction that does not exist.
        ended = {signal.SIGSYS, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}
        return "too_much_memory" if died_of in ended else "damaged"


def _checked(head: dict[str, object]) -> _Head:
    """Return the head, every part of the kind and size it must be; raises ``Untrue``."""
    texts, width, height, turned = (head[name] for name in ("texts", "width", "height", "turned"))
    if not (
        isinstance(texts, list) and len(texts) <= frames.MOST_TEXTS and all(isinstance(text, str) for text in texts)
    ):
        raise Untrue
    if not (
        isinstance(width, int) and isinstance(height, int) and 0 < min(width, height) <= max(width, height) < 20_000
    ):
        raise Untrue
    if not (isinstance(turned, int) and turned in range(360)):
        raise Untrue
    number, half, blank, sheets = (head[name] for name in ("page", "half", "blank", "sheets"))
    if not (isinstance(number, int) and isinstance(sheets, int) and 0 <= sheets <= walls.MOST_PAGES):
        raise Untrue
    if not (half is None or half in set(Half)) or not isinstance(blank, bool) or (blank and texts):
        raise Untrue
    # Half a surrogate pair cannot be stored.
    plain = (text[: frames.LONGEST_TEXT].encode("utf-8", "replace").decode() for text in texts)
    which = None if half is None else Half(str(half))
    return _Head(number, tuple(dict.fromkeys(plain)), width, height, turned, which, blank, sheets)
