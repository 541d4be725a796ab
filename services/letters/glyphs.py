"""Which characters our fonts can print and where a line may break, told without the typesetter.

Characters are read from the fonts' own tables.

A name with an empty box in it must never be posted. PDF/A makes a missing glyph an error, but only when the letter is
made, hours after the name was typed; this module answers at once, at the counter.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Characters without ink: joiners, soft hyphens and the marks that turn the direction of writing. None of our fonts
# carries a script that needs them, so they are left out in print; a name cannot then be made to read backwards.
INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\u000b\u000c\u0085\u2028\u2029]")
# Only letters followed by a combining mark are composed. Composing everything would replace the compatibility
# ideographs (U+FA19 and its like), and with them the very variant of a name somebody insists on.
_COMPOSABLE = re.compile(r"[^\uf900-\ufaff\U0002f800-\U0002fa1f][\u0300-\u036f\u3099\u309a]+")
_VARIATION = re.compile(r"[\U000e0100-\U000e01ef]")
# An unbroken run this long may not fit between the margins. Breaks are then allowed inside it, without a hyphen: what
# was written is what stands there. Japanese breaks anywhere except beside these signs, of which a run could be typed.
_LONG_WORD = re.compile(r"[^\s\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000e01ef]{24,}")
_STUCK_SIGNS = re.compile(
    "[、。，．・：；？！ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ「」『』（）［］｛｝〈〉《》【】〔〕…‥―]{12,}"
)
_BREAK = "\u200b"
_REPLACEMENT = "\ufffd"  # fonts do carry it, but it stands for a character that was lost


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters a set of fonts carries, and the ideographic variants (base and selector) beside them."""

    characters: frozenset[str]
    variants: frozenset[tuple[int, int]]

    def carries(self, text: str) -> bool:
        """Tell quickly whether all of *text* can be printed; not so of one with ideographic variants."""
        return self.characters.issuperset(text.replace("\n", ""))

    def lacks(self, glyph: str) -> bool:
        """Tell whether *glyph*, one character or one with its variation selector, cannot be printed."""
        if len(glyph) == 2:
            return (ord(glyph[0]), ord(glyph[1])) not in self.variants
        return glyph not in self.characters


@cache
def gothic_fonts() -> tuple[Path, Path]:
    """Return the fonts that every letter can fall back to: Latin with its extensions, then Japanese."""
    import fontpkg
    from pylopdf_fonts_jp import sans_path

    return Path(fontpkg.path("Noto Sans")), sans_path()


def mincho_font() -> Path:
    """Return the font of the body of Japanese letters."""
    from pylopdf_fonts_jp import serif_path

    return serif_path()


def plain(text: str) -> str:
    """Return *text* as it is printed: one kind of line end, blanks for tabs, nothing invisible, letters composed."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = INVISIBLE.sub("", text)
    return _COMPOSABLE.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def breakable(text: str) -> str:
    """Return *text* as it is set: nothing invisible, and breaks allowed inside what no line may hold."""
    return _STUCK_SIGNS.sub(_breakable, _LONG_WORD.sub(_breakable, plain(text)))


def _breakable(found: re.Match[str]) -> str:
    return _BREAK.join(found[0])


def printable(text: str) -> list[str]:
    """Return the characters of *text* that no font of ours carries, each once, in the order they stand.

    An ideographic variant the fonts do not know is returned with its selector, as two code points: printing the base
    character instead would write the name in a form its bearer did not give.
    """
    text = plain(text)
    if _gothic().carries(text):
        return []
    return list(dict.fromkeys(glyph for glyph in _glyphs(text) if _gothic().lacks(glyph)))


def fits_mincho(text: str) -> bool:
    """Tell whether the font of the body carries all of *text*; if not, the whole letter is set in the other one."""
    text = plain(text)
    return _mincho().carries(text) or not any(_mincho().lacks(glyph) for glyph in _glyphs(text))


def named(glyph: str) -> str:
    """Return a glyph as an error names it: the character, if it can be shown, and its code points."""
    points = " ".join(f"U+{ord(character):04X}" for character in glyph)
    return f"'{glyph}' {points}" if glyph[0].isprintable() else points


def _glyphs(text: str) -> Iterator[str]:
    """Yield each character, a variation selector together with the character before it; line ends need no glyph."""
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        if character == "\n" or (index and text[index - 1] != "\n" and _VARIATION.match(character)):
            continue
        yield character + following if following and _VARIATION.match(following) else character


@cache
def _gothic() -> Coverage:
    return _union(_read(path) for path in gothic_fonts())


@cache
def _mincho() -> Coverage:
    return _read(mincho_font())


def _union(coverages: Iterator[Coverage]) -> Coverage:
    characters: frozenset[str] = frozenset()
    variants: frozenset[tuple[int, int]] = frozenset()
    for coverage in coverages:
        characters |= coverage.characters
        variants |= coverage.variants
    return Coverage(characters, variants)


def _read(path: Path) -> Coverage:
    """Read the table of characters (`cmap`) of an OpenType font: subtables of format 12 and, for variants, 14."""
    data = path.read_bytes()
    characters = {point for point, _ in mapped(data)}
    variants: set[tuple[int, int]] = set()
    for kind, at in _subtables(data):
        if kind == 14:
            variants |= set(_variations(data, at))
    if not characters:
        raise ValueError(f"{path.name} has no table of characters in format 12; choose a font that has one")
    # A selector alone prints nothing, so no text that holds one is ever known at once to be carried.
    seen = {chr(point) for point in characters} - {_REPLACEMENT}
    return Coverage(frozenset(char for char in seen if not _VARIATION.match(char)), frozenset(variants))


def table(data: bytes, tag: bytes) -> int:
    """Return where a table of an OpenType font begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        found, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if found == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag.decode()}")


def mapped(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the code points of an OpenType font and their glyphs."""
    for kind, at in _subtables(data):
        if kind == 12:
            yield from _segments(data, at)


def _subtables(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the format and the place of each table of characters."""
    start = table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 8 + 8 * index)
        (kind,) = struct.unpack_from(">H", data, start + offset)
        yield kind, start + offset


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the code points of a subtable of format 12 and their glyphs."""
    (groups,) = struct.unpack_from(">I", data, at + 12)
    for index in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * index)
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _variations(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield (base, selector) of a subtable of format 14, from its lists of default and of other glyphs."""
    (records,) = struct.unpack_from(">I", data, at + 6)
    for index in range(records):
        record = at + 10 + 11 * index
        selector = int.from_bytes(data[record : record + 3], "big")
        default, other = struct.unpack_from(">II", data, record + 3)
        if default:
            (ranges,) = struct.unpack_from(">I", data, at + default)
            for number in range(ranges):
                entry = at + default + 4 + 4 * number
                first = int.from_bytes(data[entry : entry + 3], "big")
                yield from ((base, selector) for base in range(first, first + data[entry + 3] + 1))
        if other:
            (mappings,) = struct.unpack_from(">I", data, at + other)
            for number in range(mappings):
                entry = at + other + 4 + 5 * number
                yield int.from_bytes(data[entry : entry + 3], "big"), selector
