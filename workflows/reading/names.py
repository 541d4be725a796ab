"""What people write beside a name that is no part of it. The letter adds its own 様."""

import re
from typing import NamedTuple

# 様 ends nobody's name. The others may (鵜殿, 源氏): only apart from it are they what one says to somebody. San and Kun
# are given names in Korea and China, and stay.
_AFTER = re.compile(
    r"(?:\s*(?:様|御中)|[\s　]+(?:さま|サマ|ｻﾏ|殿|氏|さん|先生|esq\.?)|,?\s+(?:mr|mrs|ms)\.?"
    # What kana say after kanji, and 殿 and 先生 after whole names, is said to somebody: no given name ends so.
    r"|(?<=[々〆一-鿿])(?:さま|サマ|さん|くん|ちゃん)|(?<=[ァ-ヺー])さん"
    r"|(?<=[々一-鿿ぁ-ヿ][々一-鿿ぁ-ヿ][々一-鿿ぁ-ヿ])(?:殿|先生))+$",
    re.IGNORECASE,
)
_TITLES = "mr|mrs|ms|miss|mx|herrn?|frau|monsieur|madame|mme|mlle|señora?|sr|sra|sig"
_BEFORE = re.compile(
    rf"^(?:(?:{_TITLES})\.\s*|(?:mr|mrs|ms|miss|mx|herrn?|frau|monsieur|madame|mme|mlle)\s+)(?=\S)", re.IGNORECASE
)
# Words that are said to somebody, where the name is missing.
_ALONE = frozenset(
    {"様", "さま", "サマ", "御中", "先生", "さん", "各位", "ご本人様", "ご本人", "本人", "担当者様", "mr", "mrs", "ms"}
)
_QUOTES = {"「": "」", "『": "』", "“": "”", "”": "”", "„": "“", '"': '"', "＂": "＂", "〝": "〟", "«": "»"}


class Name(NamedTuple):
    """A name without what was put beside it; ``beside`` is that, empty where there was nothing."""

    text: str
    beside: str = ""


def without_honorifics(text: str) -> Name:
    """Return a name without 様, 殿, Mr and the like, which are put beside it and are no part of it."""
    before, after = _BEFORE.match(text), _AFTER.search(text)
    if before is None and after is None:
        return Name(text)
    start = before.end() if before else 0
    end = after.start() if after else len(text)
    name = text[start:end].strip(" 　,")
    if not name:
        return Name(text)
    return Name(name, " ".join(part.strip() for part in (text[:start], text[end:]) if part.strip()))


def is_missing(text: str) -> bool:
    """Tell whether there is nothing but what is said to somebody, or who they are to us: 様, ご本人様."""
    return text.strip(" .　").casefold() in _ALONE


def without_quotes(text: str) -> str:
    """Return a text without the quotes that a whole value stands in, as word processors and notes write it."""
    closing = _QUOTES.get(text[:1])
    inside = text[1:-1]
    if closing is None or len(text) < 3 or text[-1] != closing or closing in inside or text[0] in inside:
        return text
    return inside.strip()


# 様方 is where somebody lives; 他1名 are several people.
_CARE_OF = re.compile(r"様\s*方|様?\s*[(（][^()（）]*方\s*[)）]$|(?:^|\s)c/o\s", re.IGNORECASE)
_JAPANESE = "[々〆一-鿿ぁ-ヿ]"
_SEVERAL = re.compile(
    rf"(?<={_JAPANESE})\s*[;；/／|｜]\s*(?={_JAPANESE})|[他外ほ]か?\s*[0-9０-９一二三四五六七八九]+\s*[名人]|ご?夫妻$|ご?一同$"
    r"|(?:^|\s)et al\.?$"
)
# Bullets and marks before a name, and an address of e-mail beside it. Other signs are kept, and printed as they are: a
# name is whatever its bearer says.
_NO_SIGN = re.compile(r"^[‐−・･●○◎★☆※◆◇▶►→✓✔‖](?=\s*[^\W\d_])|(?<=\S)[@＠](?=\S+\.\S)")
# A byte of a kanji was lost on the way and those behind it have moved: 能登 becomes 箔o.
_MOVED = re.compile(r"[々一-鿿ぁ-ヿ][A-Za-z｡-･ｦ-ｴｷｸｺ-ﾁﾃ-ﾈﾊ-ﾟ]{1,2}[々一-鿿]")


def flaw(text: str) -> tuple[str, str] | None:
    """Return what makes a text no name of one person, as the code of a sentence and the sign; nothing if it is one."""
    if _CARE_OF.search(text):
        return "intake.care_of", ""
    if _SEVERAL.search(text):
        return "intake.several_people", ""
    if found := _NO_SIGN.search(text):
        return "intake.no_sign_of_a_name", found[0]
    return ("intake.byte_lost", "") if _MOVED.search(text) else None


_KANA = re.compile(r"[\u3040-\u30ff\uff65-\uff9f\u31f0-\u31ffA-Za-zÀ-ɏ\s　・･.,'’＝=()（）-]+")


def is_kana(text: str) -> bool:
    """Tell whether a text can be how a name is read: kana, or the Latin letters of somebody who has no kana."""
    return _KANA.fullmatch(text) is not None
