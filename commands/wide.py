"""Text on a terminal, where a Japanese character takes two columns: measured, padded, folded, put into tables."""

import unicodedata
from collections.abc import Iterable, Sequence

_WIDE = frozenset("WF")
_NOT_FIRST = frozenset("、。，．）」』】〕・：；？！ーぁぃぅぇぉっゃゅょァィゥェォッャュョ%)],.;:?!")
"""What may not begin a line (the common part of JIS X 4051's line-start rule)."""


def width(text: str) -> int:
    """Return how many columns *text* takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def pad(text: str, columns: int) -> str:
    """Return *text* with blanks up to that many columns."""
    return text + " " * max(0, columns - width(text))


def cut(text: str, columns: int) -> str:
    """Return *text* shortened to that many columns, with a mark where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for character in text:
        used += _columns(character)
        if used > columns - 1:
            break
        kept += character
    return kept + "…"


def fold(text: str, columns: int) -> list[str]:
    """Return *text* as lines of at most that many columns, broken at blanks and between Japanese characters."""
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text):
        if sum(map(width, line)) + width(piece) > columns and "".join(line).strip():
            # What may not begin a line takes the character before it along, so that no line is longer than asked for.
            kept = len(line) - _taken_along(line) if _may_not_begin(piece) else len(line)
            if kept:
                lines.append("".join(line[:kept]).rstrip())
                line = line[kept:]
        line.append(piece if line else piece.lstrip())
    last = "".join(line).rstrip()
    return [*lines, last] if last or not lines else lines


def _may_not_begin(piece: str) -> bool:
    return piece[:1] in _NOT_FIRST and not piece.startswith("./")  # a path begins with no full stop


def _taken_along(line: Sequence[str]) -> int:
    """Return how many pieces at the end of a line go with what may not begin the next; all of it never does."""
    for count, piece in enumerate(reversed(line[1:]), 1):
        if not _may_not_begin(piece):
            return count
    return 0


def _pieces(text: str) -> Iterable[str]:
    """Yield what may not be broken: words with the blanks before them, and single wide characters."""
    piece = ""
    for character in text:
        if _columns(character) == 2:
            if piece:
                yield piece
            yield character
            piece = ""
        elif character == " ":
            if piece.strip():
                yield piece
                piece = ""
            piece += character
        else:
            piece += character
    if piece:
        yield piece


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], columns: int = 80, widest: Sequence[int] = ()
) -> list[str]:
    """Return a table whose columns are as wide as they must be, the first ones bounded by *widest* where that is given.

    The last column takes what is left of the line.
    """
    widths = [max(width(head), *(width(row[n]) for row in rows), 0) for n, head in enumerate(heads)]
    widths[: len(widest)] = map(min, widths, widest)
    left = columns - sum(widths[:-1]) - 2 * (len(widths) - 1)
    widths[-1] = max(min(widths[-1], left), 8)
    return [_row(cells, widths) for cells in (heads, *rows)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = [pad(cut(cell, columns), columns) for cell, columns in zip(cells, widths, strict=True)]
    return "  ".join(fitted).rstrip()
