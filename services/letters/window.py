"""How many lines a text takes in the window of an envelope, told at the counter without the typesetter.

The window (templates/shared/layout.typ) is 60 mm wide and 21.6 mm high, and its smallest print is 5.5 points, the name
one point more. What does not fit then is not made at all: an address that is cut off sends personal data to somebody
else. Each field has lines of its own, so that whatever is accepted fits together with whatever else is accepted: two of
name, five of address, one of postcode, one of country. That is counted here at least as strictly as typst does it.
"""

import struct
from functools import cache, lru_cache
from pathlib import Path

from services.letters import glyphs

WIDE = 60 / 25.4 * 72
"""Points: the width of the window."""
ADDRESS_SIZE, NAME_SIZE = 5.5, 6.5
"""Points: the smallest print of a line of the address and of the name."""
RETURN_SIZE, RETURN_LINES = 4, 3
"""Points and lines: the smallest print of the office's own address above the window, and how much of it fits there."""
AFTER_NAME = "　様"
"""What a Japanese letter puts after the name."""
AFTER_ORGANISATION = "　御中"
"""And after that of an organisation, which is nobody in particular."""

_BREAK = "\u200b"
_BETWEEN_SCRIPTS = 0.25
"""Ems that typst puts between a Japanese sign and any other."""
_SLACK = 1.01
"""For kerning of Latin letters, which moves them apart by a hundredth at the most."""
_NO_START = frozenset("、。，．・：；？！ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ」』）］｝〉》】〕…‥―ヵヶ")


def lines(text: str, size: float) -> int:
    """Return how many lines of the window a text takes in print of that size, in points; never fewer than typst."""
    room = WIDE / size
    count, filled = 1, 0.0
    for piece in _pieces(glyphs.breakable(text)):
        wide = _ems(piece)
        if filled and filled + wide > room:
            count, filled = count + 1, 0.0
        # A piece that no line holds takes as many as it is wide; typst would let it stand out.
        count += int(wide // room)
        filled += wide % room if wide > room else wide
    return count


def fitting(size: float, most: int, after: str = "") -> tuple[int, int]:
    """Return about how many full-width and how many ordinary Latin characters go on so many lines before *after*."""
    room = WIDE / size
    return int(room) * most - len(after), int(room / 0.6) * most - 2 * len(after)


def _pieces(text: str) -> list[str]:
    """Return a text cut where a line may surely end: at blanks, at breaks of ours, before a Japanese sign after one."""
    pieces: list[str] = []
    held = ""
    for character in text:
        cut = bool(held) and (held[-1] in (" ", _BREAK) or (_japanese(character) and _ends(held[-1])))
        if cut and character not in _NO_START:
            pieces.append(held)
            held = ""
        held += character
    return [*pieces, held] if held else pieces


def _japanese(character: str) -> bool:
    return "\u3041" <= character <= "\u30fa" or "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


def _ends(character: str) -> bool:
    return _japanese(character) or character in "、。，．！？」』）ー"


def _ems(piece: str) -> float:
    wide = 0.0
    before = ""
    for character in piece.replace(_BREAK, ""):
        wide += _advance(character) * (1 if character > "\u2e7f" else _SLACK)
        if before and (before > "\u2e7f") != (character > "\u2e7f"):
            wide += _BETWEEN_SCRIPTS
        before = character
    return wide


@lru_cache(maxsize=10_000)
def _advance(character: str) -> float:
    """Return how wide a character is at most, in ems: in that of our fonts in which it is widest."""
    found = [table[ord(character)] for table in map(_advances, glyphs.gothic_fonts()) if ord(character) in table]
    return max(found, default=1.0)


@cache
def _advances(path: Path) -> dict[int, float]:
    """Return the advance widths of a font by code point, in ems, from its tables `cmap`, `hhea`, `hmtx` and `head`."""
    data = path.read_bytes()
    (units,) = struct.unpack_from(">H", data, glyphs.table(data, b"head") + 18)
    (measured,) = struct.unpack_from(">H", data, glyphs.table(data, b"hhea") + 34)
    metrics = glyphs.table(data, b"hmtx")
    # Glyphs beyond the measured ones are as wide as the last of those.
    wide = [struct.unpack_from(">H", data, metrics + 4 * glyph)[0] / units for glyph in range(measured)]
    return {point: wide[min(glyph, measured - 1)] for point, glyph in glyphs.mapped(data)}
