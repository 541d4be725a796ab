"""How the letters of a name are compared: written small or large, old or new, with accents or without, all are one.

Compatibility forms, variant selectors and case are folded by Unicode; variants of one character by the published
tables that `lab/variants.py` puts together in `variants.txt` (docs/adr/0036); Latin letters as machine-readable
passports write them (ICAO Doc 9303-3, 6.A); kana by sound, for banks and tax offices have no small ones.

A character of a name never becomes one that the cabinet's list of everyday characters has as another one: 菅 and 管,
崎 and 埼 stay two. What is printed or sealed is never touched.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_VARIANTS = Path(__file__).with_name("variants.txt")

_LETTERS_OF_THEIR_OWN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t"}
)
# ü is written ue, and u by those who have no other letter; å and ø as aa and oe or plainly.
_WRITTEN_OUT = re.compile("(?<=a)[ae]+|(?<=[ou])e+")

_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_OLD_KANA = str.maketrans({"ヰ": "イ", "ヱ": "エ", "ヲ": "オ", "ヂ": "ジ", "ヅ": "ズ"})
_V = {
    "ヴァ": "バ",
    "ヴィ": "ビ",
    "ヴェ": "ベ",
    "ヴォ": "ボ",
    "ヴ": "ブ",
    "ヷ": "バ",
    "ヸ": "ビ",
    "ヹ": "ベ",
    "ヺ": "ボ",
}
_V_KANA = re.compile("|".join(_V))
# A long vowel is written with the vowel again, with another one (コウノ, ケイコ) or with a stroke.
_LONG = re.compile(
    "(?<=[アカサタナハマヤラワガザダバパ])[アー]|(?<=[イキシチニヒミリギジビピ])[イー]|(?<=[ウクスツヌフムユルグズブプ])[ウー]"
    "|(?<=[エケセテネヘメレゲゼデベペ])[エイー]|(?<=[オコソトノホモヨロゴゾドボポ])[オウー]"
)
# A hyphen typed between katakana stands for the stroke: スーザン.
_STROKE = re.compile("(?<=[ぁ-ゖァ-ヺ])[-‐‑‒–—―−─](?=[ぁ-ゖァ-ヺ])")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_REPEATED = re.compile("([㐀-鿿豈-﫿\U00020000-\U0003347f])[々〻]")


def folded(text: str) -> str:
    """Return text as names are compared: letters alone, each in its one form; the parts of a name are not kept apart.

    The beginning of a text folds to the beginning of what all of it folds to, but for a ヴ cut from its small vowel.
    """
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = _by_sound(_without_accents(text)).translate(_standard())
    read = "".join(character for character in text.casefold() if is_read(character))
    if read.isascii():
        return _WRITTEN_OUT.sub("", read)
    return _REPEATED.sub(r"\1\1", _LONG.sub("ー", _WRITTEN_OUT.sub("", read)))


def with_strokes(text: str) -> str:
    """Return text with the stroke of a long vowel where a hyphen was typed for it between kana: スーザン."""
    return _STROKE.sub("ー", text)


@lru_cache(maxsize=10_000)
def is_read(character: str) -> bool:
    """Whether a character tells words apart: a vowel sign does (राम, रमा), what only chooses among shapes does not."""
    return (
        character.isalnum()
        or character == "ー"
        or (unicodedata.category(character)[0] == "M" and "VARIATION SELECTOR" not in unicodedata.name(character, ""))
    )


def is_ideograph(character: str) -> bool:
    """Whether a name may be written with it without a blank: Chinese characters and Hangul."""
    code = ord(character)
    return (
        0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3347F or 0xAC00 <= code <= 0xD7A3
    )


def is_kana(character: str) -> bool:
    """Whether it is katakana or hiragana, of any width."""
    return "ぁ" <= character <= "ヿ" or "ｦ" <= character <= "ﾟ"


def _without_accents(text: str) -> str:
    """Return Latin and Greek letters without their marks; elsewhere a mark is a part of the letter (が, й, रमा)."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text.casefold()):
        if unicodedata.category(character) == "Mn" and kept and _is_latin(kept[-1]):
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS_OF_THEIR_OWN)


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "GREEK"))


def _by_sound(text: str) -> str:
    text = with_strokes(text.translate(_HIRAGANA))
    return _V_KANA.sub(lambda found: _V[found[0]], text).translate(_SMALL).translate(_OLD_KANA)


@lru_cache(maxsize=1)
def _standard() -> dict[int, str]:
    """Return {code of a variant: its standard form}; read when the first name that is not in Latin letters comes."""
    standard: dict[int, str] = {}
    for line in _VARIANTS.read_text(encoding="utf-8").split("\n"):
        if not line.startswith("#"):
            standard.update(dict.fromkeys(map(ord, line[1:]), line[:1]))
    return standard
