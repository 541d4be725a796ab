"""The values the reader of scans and everybody else hand each other; nothing here opens a file."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Tick = Callable[[int, int], None]
"""Told (how many pages are done, of how many)."""


class Unreadable(Exception):
    """A file or picture that was refused; ``code`` says why, as a key of the words (``scan.CODE``)."""

    def __init__(self, code: str) -> None:
        """Keep the code; it is never the text of a foreign error, which may carry personal data."""
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, as fractions of its width and height from its upper left corner, 0 to 1."""

    left: float
    top: float
    width: float
    height: float


WHOLE = Area(0, 0, 1, 1)
"""All of a page."""
RIGHT = 10_000
"""Added to the number of a sheet for its right half: more sheets than that no file may have."""


class Half(StrEnum):
    """Which half of a sheet a page is, where two pages lay on one."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a file, as the limited process read it and drew it anew.

    ``number`` names it in its file: the sheet it stood on, counted from 1, and for a right half `RIGHT` more; so the
    numbers of a file never change, whatever is split. ``sheets`` is how many the file has. ``texts`` are what the codes
    on it say, ours or not, each once. ``picture`` is the page upright and deskewed (JPEG, grey unless the page had
    colour, its longer side at most 2,400 pixels: A4 at 200 dots an inch); ``thumbnail`` the same with at most 320.
    ``turned`` is by how many degrees clockwise the page was turned to stand upright. ``blank``: nothing is on it.
    """

    number: int
    texts: tuple[str, ...]
    picture: bytes
    thumbnail: bytes
    width: int
    height: int
    turned: int = 0
    half: Half | None = None
    blank: bool = False
    sheets: int = 0


def sheet_of(number: int) -> int:
    """Return the sheet of a file on which the page of that number stood."""
    return number % RIGHT


def in_order(number: int) -> tuple[int, int]:
    """Return by what pages of a file are ordered: by their sheets, the right half behind the left."""
    return number % RIGHT, number // RIGHT


@dataclass(slots=True)
class Pages:
    """The count of pages for whoever watches: a file not opened yet counts as one."""

    tick: Tick
    files: int
    done: int = 0
    here: int = 0
    of: int = 0

    def read(self, sheet: int, sheets: int) -> None:
        """Count the file that is read up to a sheet of so many."""
        self.here, self.of = sheet, max(sheets, sheet, 1)
        self.tick(self.done + self.here, self.done + self.of + self.files - 1)

    def close(self) -> None:
        """Count the file as done."""
        self.done, self.files = self.done + max(self.of, 1), self.files - 1
        self.here = self.of = 0
        self.tick(self.done, self.done + self.files)
