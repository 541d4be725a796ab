r"""The one way to a terminal: what came from outside is shown and never obeyed.

Names of files, of people, notes and arguments may hold control characters, sequences that colour, move or rename a
terminal, and marks that turn the direction of a line. `guarded` puts a `Screen` before both streams for the length of a
call, so whatever writes there, click's own messages and tracebacks included, goes through it: no command can forget.
What is not to be obeyed is written out (``\x1b[31m``). The program's own colours carry a word that nobody can guess.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, TextIO, cast

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_COLOURS = {"red": 31, "green": 32, "yellow": 33, "grey": 90, "bold": 1}


def _new_word() -> tuple[str, re.Pattern[str]]:
    word = os.urandom(8).hex()
    return word, re.compile(f"\x00{word}([0-9]+)m")


_word = [_new_word()]
"""The word of this process's own colours, and how they are found."""


def shown(text: str) -> str:
    """Return *text* with everything in it that a terminal would obey written out; line ends and tabs stay."""
    return _UNSAFE.sub(_written_out, text)


def one_line(text: str) -> str:
    """Return *text* as `shown`, its line ends written out too: nobody may add a line to what we say."""
    return shown(text).replace("\n", "\\n")


def in_json(document: str) -> str:
    """Return a JSON document in which such characters stand escaped: still the same document, for every reader."""
    return _UNSAFE.sub(_escaped, document)


def painted(text: str, colour: str) -> str:
    """Return *text* in a colour of ours, as a Screen understands it."""
    word = _word[0][0]
    return f"\x00{word}{_COLOURS[colour]}m{text}\x00{word}0m"


def renew() -> None:
    """Take another word for our own colours: a process forked for a call must not share it with other calls."""
    _word[0] = _new_word()


class Screen:
    """A stream that shows and never obeys what is written to it; everything else is the stream's own."""

    def __init__(self, stream: TextIO, arguments: Sequence[str] = ()) -> None:
        """Stand before *stream*. Arguments that hold line ends are written out wherever they are repeated."""
        self.stream = stream
        parts = {part for given in arguments for part in (given, given.partition("=")[2], PurePath(given).name)}
        self._broken = sorted((part for part in parts if "\n" in part.strip("\n")), key=len, reverse=True)

    def write(self, text: str) -> int:
        """Write *text*; return its length."""
        for part in self._broken:
            text = text.replace(part, one_line(part))
        pieces = _word[0][1].split(text)
        # Odd pieces are the numbers of our own colours.
        pieces[::2] = [shown(piece) for piece in pieces[::2]]
        pieces[1::2] = [f"\x1b[{number}m" for number in pieces[1::2]]
        self.stream.write("".join(pieces))
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        """Write each of them."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def guarded(arguments: Sequence[str]) -> Iterator[None]:
    """Let everything written in this block go through a Screen."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", Screen(stream, arguments)) for stream in (out, err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def drawing() -> TextIO:
    """Return standard error itself, for bars that move the cursor; their words must be `one_line`."""
    return sys.stderr.stream if isinstance(sys.stderr, Screen) else sys.stderr


def _written_out(found: re.Match[str]) -> str:
    point = ord(found[0])
    return f"\\x{point:02x}" if point < 0x100 else _escaped(found) if point < 0x10000 else f"\\U{point:08x}"


def _escaped(found: re.Match[str]) -> str:
    point = ord(found[0])
    if point < 0x10000:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
