"""Which names staff may have: one script, nothing invisible, and no two that a reader could take for each other.

Names are compared after NFKC and case folding, and by what they look like. Scripts may be mixed as Unicode's "highly
restrictive" level allows for Japanese (UTS #39, 5.2): Latin with kanji and kana, nothing else.
"""

import unicodedata
from collections.abc import Iterable

from workflows.engine.values import Reason

LONGEST = 80

# Names of the machine's, never a person's.
RESERVED = ("system",)

_PUNCTUATION = frozenset("._-'@+$\\ ・ー々〆")
# What joins a Latin name stays out of the question which script it is in.
_NO_SCRIPT = frozenset("._-'@+$\\ ・0123456789")
_JAPANESE = frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"})
# Latin letters that no accent explains; all others must be an ASCII letter with accents (not ᴀ, ɑ, ı, ǀ).
_LATIN = frozenset("ßæœøđðþłħŋÆŒØĐÐÞŁĦŊẞ")
# Default_Ignorable_Code_Point (DerivedCoreProperties) that is a letter or a mark: nothing of it is seen.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0").union(
    *(map(chr, range(*span)) for span in ((0x180B, 0x1810), (0xFE00, 0xFE10), (0xE0100, 0xE01F0)))
)

# What reads alike, on the side of caution (from UTS #39's confusables, and its Japanese ones as a reader knows them).
_ALIKE = str.maketrans(
    {
        # Latin
        "I": "l", "1": "l", "|": "l", "0": "o",
        # Cyrillic
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ғ": "f", "н": "h", "һ": "h", "і": "i", "ї": "i",
        "ј": "j", "к": "k", "ӏ": "l", "м": "m", "п": "n", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t",
        "и": "u", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "з": "3", "І": "l", "Ӏ": "l",
        # Greek
        "α": "a", "β": "b", "ϲ": "c", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "m", "ν": "v", "ο": "o", "ρ": "p",
        "σ": "o", "τ": "t", "υ": "u", "χ": "x", "γ": "y", "ω": "w", "ζ": "z", "Η": "h", "Ν": "n", "Ι": "l", "Ζ": "z",
        "Α": "a", "Β": "b", "Ε": "e", "Κ": "k", "Μ": "m", "Ο": "o", "Ρ": "p", "Τ": "t", "Υ": "y", "Χ": "x",
        # kana and kanji
        "ヘ": "へ", "ベ": "べ", "ペ": "ぺ", "リ": "り", "ニ": "二", "ハ": "八", "ロ": "口", "囗": "口", "カ": "力",
        "エ": "工", "タ": "夕", "ト": "卜", "チ": "千", "ミ": "三", "一": "ー", "ノ": "丿", "才": "オ", "夲": "本",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"))


def folded(name: str) -> str:
    """Return the spelling under which names are compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def looks(name: str) -> str:
    """Return what a name looks like: equal for names that a reader could take for each other."""
    seen = unicodedata.normalize("NFKC", name).translate(_ALIKE).casefold().translate(_ALIKE)
    for pair, one in _PAIRS:
        seen = seen.replace(pair, one)
    return unicodedata.normalize("NFKC", seen)


def name_fault(name: str, others: Iterable[str] = ()) -> Reason | None:
    """Return why nobody may be called so, None where it may be.

    *others* are the names that work or worked here; one that is the very same name is no obstacle.
    """
    if not 0 < len(name) <= LONGEST or name != name.strip():
        return Reason("name.length", {"most": LONGEST})
    for letter in name:
        if not _is_seen(letter):
            return Reason("name.unseen", {"point": _point(letter)})
    plain = unicodedata.normalize("NFKC", name)
    if plain != name:
        fault = name_fault(plain, others)
        return fault or Reason("name.spelling", {"plain": plain})
    for letter in name:
        if not _is_usable(letter):
            return Reason("name.character", {"point": _point(letter)})
    if " (by " in name or "  " in name:
        return Reason("name.character", {"point": "(by" if " (by " in name else _point(" ")})
    scripts = {_script(letter) for letter in name if letter not in _NO_SCRIPT and not unicodedata.combining(letter)}
    if not any(letter.isalnum() for letter in name):
        return Reason("name.no_letter")
    if len(scripts) > 1 and not scripts <= _JAPANESE:
        return Reason("name.scripts", {"scripts": sorted(script.capitalize() for script in scripts)})
    for reserved in RESERVED:
        if _alike(name, reserved):
            return Reason("name.reserved", {"reserved": reserved})
    return _taken(name, others)


def _alike(one: str, other: str) -> bool:
    # Both: a capital I looks like an l, and is an i.
    return folded(one) == folded(other) or looks(one) == looks(other)


def _taken(name: str, others: Iterable[str]) -> Reason | None:
    for other in others:
        if other != name and _alike(other, name):
            return Reason("name.taken" if folded(other) == folded(name) else "name.looks_like", {"other": other})
    return None


def _is_seen(letter: str) -> bool:
    # Other, separators other than the blank, and what is letter or mark by name only. A surrogate is Other too.
    return letter == " " or (unicodedata.category(letter)[0] not in "CZ" and letter not in _UNSEEN)


def _is_usable(letter: str) -> bool:
    if letter in _PUNCTUATION or (letter.isascii() and letter.isalnum()):
        return True
    if unicodedata.category(letter)[0] not in "LM":
        return False
    if _script(letter) != "LATIN":
        return True
    return letter in _LATIN or unicodedata.normalize("NFKD", letter)[0].isascii()


def _script(letter: str) -> str:
    """Return the script of a letter: the first word of its name, which names it for every script there is."""
    if letter == "ー":
        return "KATAKANA"
    if letter in "々〆":
        return "CJK"
    return unicodedata.name(letter, "UNKNOWN").split()[0].partition("-")[0]


def _point(letter: str) -> str:
    return f"U+{ord(letter[0]):04X}"
