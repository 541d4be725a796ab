"""Text as it may enter the house: what is refused, what is bounded, what is tidied.

A name is kept as it was written. Unicode composition (NFC) makes equal names equal bytes, but it would also replace
the CJK compatibility ideographs, which are other glyphs of somebody's name (U+FA19 would become U+795E, both of them
神); those are left alone, and so are variation selectors.
"""

import re
import unicodedata

# Looks like nothing: fillers, blank braille, joiners, variation selectors. Alone they are no name; beside letters
# joiners (Persian, Indic scripts) and selectors (the exact glyph of a family name) have their place.
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800\u200c\u200d\u034f\u180b\u180c\u180d" + "".join(
    map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)
_BLANK = frozenset(_BLANKS)
_JOINERS = frozenset("\u200c\u200d")
_KEEP = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
AMOUNT = re.compile(r"[¥$£€]? ?(?P<figures>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,10})(?P<rest>\.[0-9]{1,2})?( ?(円|yen))?")
"""An amount of money as people write it."""
_HYPHENS = str.maketrans(dict.fromkeys("ー‐‑‒–—―−ｰ", "-"))


def tidy(text: str) -> str:
    """Return *text* composed (NFC), with plain line ends and no blanks around it."""
    if text.isascii():
        return text.replace("\r\n", "\n").strip() if "\r" in text else text.strip()
    if not unicodedata.is_normalized("NFC", text):
        parts = _KEEP.split(text)
        # Odd parts are what the pattern found: they stay as they are.
        parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
        text = "".join(parts)
    return text.replace("\r\n", "\n").strip()


def half_width(text: str) -> str:
    """Return a postcode, a telephone number, an address of e-mail in half-width characters with plain hyphens."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_HYPHENS)).strip()


_BREAKS = re.compile("[ \u3000]*[\r\n\t\x0b\x0c]+[ \u3000]*")
_NARROW_KANA = re.compile("[\uff61-\uff9f]+")


def one_line(text: str) -> str:
    """Return the text of a cell with blanks for line breaks and tabs; no blank is one that holds words together."""
    if text.isprintable():
        return text
    return _BREAKS.sub(" ", text.replace("\xa0", " ").strip())


def wide_kana(text: str) -> str:
    """Return *text* with full-width kana for half-width ones, their marks composed."""
    return text if text.isascii() else _NARROW_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def flaw(text: str, *, lines: bool = False) -> tuple[str, str] | None:
    """Return what makes *text* unfit, as the code of a sentence and the character, or nothing.

    ``lines`` permits line breaks and tabs, for free text.
    """
    if not text.isprintable():
        for character in text:
            code = _flaw_of(character, lines=lines)
            if code is not None:
                return code, name_of(character)
    elif "\ufffd" in text:
        return "intake.damaged", name_of("\ufffd")
    if text and not text.strip(_BLANKS).strip():
        return "intake.only_invisible", name_of(next(character for character in text if character in _BLANK))
    return None


def name_of(character: str) -> str:
    """Return a character's code point and its name where it has one: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _flaw_of(character: str, *, lines: bool) -> str | None:
    if lines and character in "\n\t":
        return None
    if character == "\n":
        return "intake.line_break"
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return "intake.control"
    if category == "Cs":
        return "intake.surrogate"
    if category == "Co":
        return "intake.private_use"
    if category == "Cf" and character not in _JOINERS:
        # Marks that turn the direction of writing can make one name look like another: they are orders, not letters.
        return "intake.control" if unicodedata.bidirectional(character) in _TURNS else "intake.invisible"
    if category == "Cn" and (0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE):
        # Other unassigned ones may be letters of a newer Unicode than Python's: new name characters come every year.
        return "intake.damaged"
    return "intake.damaged" if character == "\ufffd" else None


_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "L", "R", "AL"})


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that no letter could carry, by name and code point."""
    # Reading the fonts' tables takes a tenth of a second: only for texts that are printed and not plain ASCII.
    from services.letters import glyphs

    return [glyphs.named(glyph) for glyph in glyphs.printable(text)]
