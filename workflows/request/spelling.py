"""How names, addresses and numbers are spelt when two of them are compared, never when one is printed.

Japanese addresses are written in many ways: 千代田一丁目1番1号, 千代田1-1-1, 千代田１−１−１ and 千代田一ー一ー一 are
one house. A kanji numeral becomes a figure only where it counts something (before 丁目, 番 or 号, between hyphens,
after 第), so that 三田, 六本木 and 千代田 stay names. Both sides get the same treatment: an overlooked spelling costs
an equality, while two different places must never become one.
"""

import re
import unicodedata
from functools import lru_cache

from workflows.reading.numerals import number

RULE = 4
"""Raised whenever a spelling is compared differently from before: hashes made under an earlier rule are made anew."""

_ONE_NUMERAL = "[〇零一二三四五六七八九十百千]"
_NUMERAL = f"{_ONE_NUMERAL}+"

# Whatever is written for a hyphen between numbers, a long vowel mark and a の among them. NFKC leaves these apart.
_HYPHENS = "-‐‑‒–—―−─━ーｰ"
_JOINS = rf"(?:[{_HYPHENS}]|の|ノ|[^\w\s])"
_ANOTHER = rf"{_JOINS}(?:[0-9]|{_NUMERAL}(?!\w)|{_NUMERAL}{_JOINS})"
_BEFORE = re.compile(rf"{_NUMERAL}(?=丁目|丁(?=[0-9]|{_ONE_NUMERAL})|番|号|条|線|階|棟|{_ANOTHER})")
_ORDINAL = re.compile(rf"(?<=第){_NUMERAL}")
# The last number of an address stands alone: nothing that could be a name may follow it.
_LAST = re.compile(rf"(?<=[0-9])(丁目|番地の?|番|号|{_JOINS})({_NUMERAL})(?![^\W0-9_]|[{_HYPHENS}])")

# 一 typed for a hyphen between figures.
_ONE_FOR_HYPHEN = re.compile("(?<=[0-9])一(?=[0-9])")
# 霞ヶ関, 霞ケ関, 霞が関.
_SMALL_KE = re.compile("(?<=[一-鿿々])[ヶヵケがガ](?=[一-鿿])")
_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")
_PREFECTURE = re.compile("^(?:東京都|北海道|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|[一-鿿]{2})県)")
# What separates numbers: 三番町 and 八丁堀 are names, a 号室 is a room.
_BETWEEN = re.compile(
    rf"(?<=[0-9])(?:丁目|丁(?=[0-9])|番地の?|番(?!町|丁)|号(?!室)|(?:の|ノ|[{_HYPHENS}]|\W+)(?=[0-9]))"
)
_FLOOR = re.compile("(?<=[0-9])f(?![a-z0-9])")
_ROOM = re.compile("(?<=[0-9])号室")
# A house is 丁目-番-号 or 番地-枝番; a fourth number, or a third of three figures, is a room.
_HOUSE = re.compile("^(.*?)(?<![0-9-])([0-9]+(?:-[0-9]+){0,2})(?![0-9]|番町|丁|条|線)")
_FLAT = re.compile(
    r"(?:#|\b(?:apt|apartment|flat|unit|suite|ste|room|rm)\b\.?)\s*#?\s*[a-z]?-?[0-9]+[a-z]?\b|\b[0-9]+[a-z]?/f\b"
)


# What the tables of Shift_JIS (cp932 and others) take for each other, and NFKC leaves apart.
_ONE_OF_TWO = str.maketrans({"〜": "~", **dict.fromkeys("‐‑‒–—―−─━", "-"), "∥": "‖", "·": "・"})


def plain(text: str) -> str:
    """Return text as two copies of one file are compared: width, blanks and what Shift_JIS exchanges do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ONE_OF_TWO).split())


def letters(text: str) -> str:
    """Return text as it is compared: compatibility forms folded, no blanks or punctuation, small letters."""
    return "".join(character for character in _folded(text) if _is_read(character))


def place(address: str, postcode: str | None = None) -> str:
    """Return an address as it is compared: 一丁目2番3号 is 1-2-3, and 1-23 is not 12-3.

    With a postcode the prefecture may be left out, for the postcode names it; without one, 東京都府中市 and
    広島県府中市 are two.
    """
    text = _folded(address)
    code = letters(postcode or "")
    if code:
        text = _PREFECTURE.sub("", text.lstrip())
    text = _ONE_FOR_HYPHEN.sub("-", text)
    text = _ORDINAL.sub(_figures, text)
    text = _BEFORE.sub(_figures, text)
    text = _LAST.sub(lambda found: found[1] + str(number(found[2])), text)
    text = _ROOM.sub("", _FLOOR.sub("階", text))
    text = _SMALL_KE.sub("ケ", text)
    text = _BETWEEN.sub("-", text)
    kept = "".join(character for character in text if _is_read(character) or character == "-")
    kept = re.sub(r"-+(?![0-9])", "", re.sub(r"(?<![0-9])-+", "", kept))
    return f"{code} {re.sub('-+', '-', kept)}"


def house(address: str, postcode: str | None = None) -> str:
    """Return an address as far as its house: two who write the room, the building's name, or neither, live in one.

    For people of one name alone: neighbours are not one another.
    """
    if not _JAPANESE.search(address):
        return place(_FLAT.sub(" ", _folded(address)), postcode)
    whole = place(address, postcode)
    found = _HOUSE.match(whole.partition(" ")[2])
    if found is None:
        return whole
    numbers = found[2].split("-")
    if len(numbers) == 3 and len(numbers[2]) > 2:
        del numbers[2]
    return f"{whole.partition(' ')[0]} {found[1]}{'-'.join(numbers)}"


def telephone(text: str) -> str:
    """Return a telephone number as it is compared: its digits, those of Japan as they are dialled at home.

    Without an extension: the house is reached by the number before it.
    """
    digits = re.sub(r"\(0\)", "", _EXTENSION.sub("", _folded(text)))
    international = digits.lstrip().startswith(("+", "00"))
    digits = "".join(character for character in digits if character.isdecimal())
    if international:
        digits = digits.removeprefix("00")
        if digits.startswith("81"):
            return "0" + digits.removeprefix("81").removeprefix("0")
        return f"+{digits}"
    return digits


_EXTENSION = re.compile(r"[\s,;(]*(?:内線|extension|ext\.?|x|#)\s*[:：.]?\s*[0-9]{1,6}[\s)]*$")


def mail(text: str) -> str:
    """Return an address of e-mail as it is compared; hardly a provider tells capitals apart."""
    return _folded(text).strip()


def _figures(found: "re.Match[str]") -> str:
    return str(number(found[0]))


@lru_cache(maxsize=10_000)
def _is_read(character: str) -> bool:
    """Whether a character tells words apart: a vowel sign does (राम, रमा), what only chooses among shapes does not."""
    return character.isalnum() or (
        unicodedata.category(character)[0] == "M" and "VARIATION SELECTOR" not in unicodedata.name(character, "")
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
