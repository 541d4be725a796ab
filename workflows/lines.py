"""What a page of a report is made of: lines and tables, composed here, folded and coloured by whoever prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

Head = tuple[tuple[str, int], ...]
"""What stands before a sentence: words, and the columns each takes at least."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, folded beside its head where it is longer than the line.

    Colours are names: red, yellow, green, grey, bold, or none.
    """

    text: str
    head: Head = ()
    colour: str = ""
    head_colour: str = ""
    whole: bool = False
    """Never folded: a title."""
    typed: bool = False
    """To be copied into a shell: broken where a shell reads on, never inside a word."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads, each column as wide as it must be; the last one takes what is left of the line.

    ``widest`` bounds the columns before the last. Rows may have a colour, and a line of warning below.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widest: Sequence[int] = ()
    colours: Sequence[str] = ()
    below: Sequence[str] = ()


def title(text: str, colour: str = "bold") -> Line:
    """Return the title of a part of a page."""
    return Line(text, colour=colour, whole=True)


def field(name: str, text: str) -> Line:
    """Return a fact under a title, its name before it."""
    return Line(text, ((f"  {name}", 18),))


def item(text: str, indent: int = 2, *, mark: str = "", colour: str = "") -> Line:
    """Return a sentence under a title, behind so many blanks and perhaps a mark."""
    return Line(text, ((" " * indent + mark, 0),), colour)


def typed(line: str) -> Line:
    """Return a command line to be copied."""
    return Line(line, (("    ", 0),), typed=True)
