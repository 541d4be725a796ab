"""What people write beside a name that is no part of it. The letter adds its own 様."""

import re
from typing import NamedTuple

# 様 ends nobody's name. The others may (鵜殿, 源氏): only apart from it are they what one says to somebody. San and Kun
# are given names in Korea and China, and stay.
_AFTER = re.compile(r"(?:\s*(?:様|御中)|\s+(?:さま|サマ|ｻﾏ|殿|氏|さん|先生|esq\.?))+$", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:(?:mr|mrs|ms|miss|mx)\.\s*|(?:mr|mrs|ms|miss|mx)\s+)(?=\S)", re.IGNORECASE)


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


_KANA = re.compile(r"[\u3040-\u30ff\uff65-\uff9f\u31f0-\u31ffA-Za-zÀ-ɏ\s　・･.,'’＝=()（）-]+")


def is_kana(text: str) -> bool:
    """Tell whether a text can be how a name is read: kana, or the Latin letters of somebody who has no kana."""
    return _KANA.fullmatch(text) is not None
