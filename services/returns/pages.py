"""The values the reader of scans and everybody else hand each other; nothing here opens a file."""

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a file, as the limited process read it and drew it anew.

    ``texts`` are what the codes on it say, ours or not, each once. ``picture`` is the page upright and deskewed (JPEG,
    grey unless the page had colour, its longer side at most 2,400 pixels: A4 at 200 dots an inch); ``thumbnail`` the
    same with at most 320. ``turned`` is by how many degrees clockwise the page was turned to stand upright.
    """

    number: int
    texts: tuple[str, ...]
    picture: bytes
    thumbnail: bytes
    width: int
    height: int
    turned: int = 0
