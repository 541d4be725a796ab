"""Japanese written with Latin letters, as the kana it may stand for: what somebody hears finds what is written.

Hepburn, Kunrei and what people make of them: し is shi and si, ん is n, and m before b, m and p. A long vowel is
seldom written (Sato is サトウ, Ono オノ or オオノ), so that each o and u may be long. What breaks off in the middle of
a syllable may go on with any vowel.
"""

import re
from collections.abc import Iterator
from itertools import islice

MOST = 10
"""How many ways of reading are tried."""
LONGEST = 20
"""No part of a name is written with more letters; what is longer is not read, for that could take for ever."""

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト",
    "d": "ダジズデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
    "y": "ヤ ユ ヨ", "r": "ラリルレロ", "w": "ワ   オ",
}  # fmt: skip
_VOWELS = "aiueo"
_PALATAL = {"a": "ヤ", "u": "ユ", "o": "ヨ"}
_SPECIAL = {"shi": "シ", "chi": "チ", "tsu": "ツ", "fu": "フ", "ji": "ジ", "v": "", "l": ""}
_BEFORE_YA = {"sh": "シ", "ch": "チ", "j": "ジ"}


def _syllables() -> Iterator[tuple[str, str]]:
    for consonant, row in _ROWS.items():
        yield from ((consonant + vowel, kana) for vowel, kana in zip(_VOWELS, row, strict=False) if kana != " ")
        if consonant and consonant not in "yw":
            yield from ((f"{consonant}y{vowel}", row[1] + kana) for vowel, kana in _PALATAL.items())
    for written, kana in _BEFORE_YA.items():
        yield from ((written + vowel, kana + after) for vowel, after in _PALATAL.items())
    yield from ((written, kana) for written, kana in _SPECIAL.items() if kana)


_KANA = dict(_syllables())
"""Small kana are written large here, as `workflows.request.found_by` compares them."""
_LONGEST = max(map(len, _KANA))
_ENDS: dict[str, tuple[str, ...]] = {}
for _written, _sound in _KANA.items():
    for _length in range(1, len(_written)):
        _begun = _written[:_length]
        _ENDS[_begun] = tuple(dict.fromkeys((*_ENDS.get(_begun, ()), _sound)))
_DOUBLED = re.compile(r"([kstcpgzdbhjr])\1|tch")


def readings(written: str) -> list[str]:
    """Return the kana that *written*, in small Latin letters, may stand for: at most MOST, perhaps none."""
    return list(dict.fromkeys(islice(_read(written), MOST))) if len(written) <= LONGEST else []


def _read(rest: str) -> Iterator[str]:
    if not rest:
        yield ""
        return
    if rest[0] in "nm" and len(rest) > 1 and rest[1] not in _VOWELS + "y":
        skipped = 2 if rest[1] == "'" else 1
        yield from ("ン" + after for after in _read(rest[skipped:]))
        return
    if _DOUBLED.match(rest):
        yield from ("ツ" + after for after in _read(rest[1:]))
        return
    for length in range(min(_LONGEST, len(rest)), 0, -1):
        kana = _KANA.get(rest[:length])
        if kana is None:
            continue
        for after in _read(rest[length:]):
            yield kana + after
            if after and after[0] not in "アイウエオン" and rest[length - 1] in "ou":
                yield from (f"{kana}{long}{after}" for long in ("ウ", "オ")[: 2 if rest[length - 1] == "o" else 1])
        if rest[0] == "n" and length == 2:  # Shin'ichi, written Shinichi
            yield from ("ン" + after for after in _read(rest[1:]))
        return
    if rest == "n":
        yield "ン"
    yield from _ENDS.get(rest, ())
