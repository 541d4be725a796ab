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
    line, used = "", 0
    for piece in _pieces(text):
        stays = piece[:1] in _NOT_FIRST and not piece.startswith("./")  # a path begins with no full stop
        if used + width(piece) > columns and line.strip() and not stays:
            lines.append(line.rstrip())
            line, used = "", 0
        added = piece if line else piece.lstrip()
        line, used = line + added, used + width(added)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


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
