"""Text that was damaged on its way here, told from names that only look strange.

Damage is what no person is called and no street: a spreadsheet's error, a question mark or a geta (〓) where a letter
was, letters of one encoding read as another, the escapes of HTML and of mail. Nothing is repaired: which letters were
lost cannot be known, and where it can, the rest of the file has most likely met the same fate. What is judged by a
library is mojibake among Latin letters (ftfy's measure of badness); it knows nothing of Japanese encodings.
"""

import html
import re
import unicodedata
from functools import cache

from workflows.reading.unread import Unread

# Excel's, LibreOffice's and Google's, whole or in a longer text. #3 and # 5 are flats, and stay.
_ERROR = re.compile(
    r"#\s?(?:N/A|REF|VALUE|NAME\?|DIV/0|NUM!|NULL!|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|GETTING_DATA|ERROR|FMT"
    r"|PYTHON)[!?]?|Err:5[0-9]{2}",
    re.IGNORECASE,
)
# One look for all of them: hardly any text has one of these signs (in full width too).
_MAY_BE = re.compile(r"[#&?%=$+<_\\:＃＆？％＝＄＋＜＼：〓□■●�█]")
_TOO_NARROW = re.compile("#{3,}")
_LOST = re.compile("[〓□■●�█]|(?<!<)[?](?!>)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Of bytes and characters beyond ASCII alone: 100%, \x41 and {{x}} are somebody's business.
_ESCAPE = re.compile(
    r"\\u(?!00[0-7])[0-9a-fA-F]{4}|\\x[89a-fA-F][0-9a-fA-F]|(?:%[89a-fA-F][0-9a-fA-F]){2,}"
    r"|(?:=[89A-F][0-9A-F]){2,}|=\?[\w-]+\?[bBqQ]\?"
    r"|\$[B@][!-~]+\([BJ]|[<(\[]?U\+[0-9a-fA-F]{4,6}"
    # Of a form in a browser, of Excel's file format, of programs that export line breaks.
    r"|%20|_x000[dDaA]_|\\r\\n|\\n(?=[^\x00-\x7f])"
)
_FORMULA = re.compile(
    r"=\$?[A-Z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9])|=(?:IF|IFERROR|[VX]LOOKUP|INDEX|CONCAT(?:ENATE)?|TEXT|PHONETIC|ASC|JIS"
    r"|LEFT|MID|RIGHT|TRIM|SUBSTITUTE|REPLACE|CHAR|UPPER|PROPER|DATE|TODAY|NOW|TRUE|FALSE)\("
)
_MARKUP = re.compile(r"</?(?:br|div|span|td|tr|font|li)\b[^>]*>", re.IGNORECASE)

# Bytes 0x80-0xBF as Windows-1252 shows them: what follows the À-ß and à-ï of UTF-8 that was read as such.
_HIGH = re.compile("[\u0080-\u00ff‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™š›œžŸŠŽ]")
_UTF8_SHOWN = re.compile(
    "[ÃÐÑ][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹‘“”•–—˜™›]|ï¿½|â€|[ã-éï][\u0080-\u00bf‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™š›œžŸŠŽ]{2}"
)
# Signs that stand for bytes of Shift_JIS or EUC-JP in Windows-1252, and in nobody's name.
_NOBODYS = re.compile("[\u0080-\u009f‚ƒ„…†‡ˆ‰‹›•˜™¢£¤¥¦¨©¬®¯±²³µ¶¸¹¼½¾¿×÷]")


def damage(text: str, *, name: bool = False) -> Unread | None:
    """Return what shows that a name, an address or a number of somebody was damaged; nothing if it is sound.

    ``name``: the text is somebody's name, in which some signs of ordinary text never stand.
    """
    if _MAY_BE.search(text) and (found := _spelt(text)) is not None:
        return found
    return None if text.isascii() else _mojibake(text, name=name)


def _spelt(text: str) -> Unread | None:
    """Return what of a text is an error, an escape or a lost character by its spelling."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if "#" in plain or "Err:" in plain:
        if found := _ERROR.search(plain):
            return Unread("intake.spreadsheet_error", {"value": found[0]})
        if _TOO_NARROW.search(plain):
            return Unread("intake.too_narrow")
    if "&" in plain and (found := _ENTITY.search(plain)) and (meant := html.unescape(found[0])) != found[0]:
        return Unread("intake.entity", {"entity": found[0], "character": _named(meant)})
    if _FORMULA.match(plain):
        return Unread("intake.formula")
    if "<" in plain and (found := _MARKUP.search(plain)):
        return Unread("intake.markup", {"value": found[0][:20]})
    if found := _ESCAPE.search(plain):
        return Unread("intake.escaped", {"value": found[0][:20]})
    if found := _LOST.search(plain):
        return Unread("intake.lost", {"character": found[0]})
    return None


def _named(character: str) -> str:
    return " ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in character[:2])


def _mojibake(text: str, *, name: bool) -> Unread | None:
    if not _suspects().isdisjoint(text) and (
        _reads_as_utf8(text.replace("・", "")) or (name and _ENDS_LOST.search(text))
    ):
        return Unread("intake.mojibake", {"was": "UTF-8", "read_as": "Shift_JIS"})
    if _LATIN_SHOWN.search(text):
        return Unread("intake.mojibake", {"was": "UTF-8", "read_as": "Shift_JIS"})
    if not _HIGH.search(text):
        return None
    if _UTF8_SHOWN.search(text):
        return Unread("intake.mojibake", {"was": "UTF-8", "read_as": "Windows-1252"})
    if name and _NOBODYS.search(text):
        return Unread("intake.mojibake", {"was": "Shift_JIS", "read_as": "Windows-1252"})
    from ftfy import badness, fix_encoding  # late: only texts with Latin letters beyond ASCII wait for it

    bad = badness.is_bad(text) and fix_encoding(text) != text
    return Unread("intake.mojibake", {"was": "UTF-8", "read_as": "Windows-1252"}) if bad else None


# A kanji of mojibake of which the end was lost, and é or ü among Latin letters: Joséﾃｩ is what no keyboard writes.
_ENDS_LOST = re.compile("[譁鬮隕荳蟾譛譚邊蜷螻莠闔證]・$")
_LATIN_SHOWN = re.compile("[a-z][ﾃﾅ][｡-ﾟ]|[ﾃﾅ][｡-ﾟ][a-z]")


@cache
def _suspects() -> frozenset[str]:
    """Return the characters that the first two bytes of a kana or kanji in UTF-8 show as when read as Shift_JIS."""
    found = set()
    for lead in (*range(0xE3, 0xEA), 0xEF):
        for follow in range(0x80, 0xC0):
            found.add(bytes((lead, follow)).decode("cp932", "ignore"))
    return frozenset(found - {""})


def _reads_as_utf8(text: str) -> bool:
    """Tell whether nearly all of a text is UTF-8 that was read as Shift_JIS; some of its bytes may be lost.

    Rare kanji side by side may make such bytes too (邊千見); what they would spell is rarer still.
    """
    raw = text.encode("cp932", "ignore").lstrip(_ASCII)
    found = _UTF8.findall(raw)
    high = sum(byte >= 0x80 for byte in raw)
    if len(found) < 2 or not _UTF8.match(raw) or sum(map(len, found)) < 0.7 * high:
        return False
    meant = [one.decode("utf-8", "ignore") for one in found if len(one) == 3]
    return 2 * sum(map(is_common, meant)) > len(meant)


def is_common(character: str) -> bool:
    """Tell kana, signs and the first level of JIS X 0208 from other kanji."""
    code = character.encode("cp932", "ignore")
    return len(code) == 2 and b"\x81\x40" <= code <= b"\x98\x72"


_ASCII = bytes(range(0x80))
_UTF8 = re.compile(b"[\xe3-\xe9\xef][\x80-\xbf]{1,2}")


# -- nothing, and what is no name -----------------------------------------------------------------------------------

_EMPTY = (
    "(null)", "<null>", "[null]", "n/a", "n.a.", "undefined", "-", "--", "---", ".", "/", "*",
    "なし", "無し", "無", "ナシ", "該当なし", "不明", "不詳", "未記入", "未登録", "空欄", "空白", "特になし",
)  # fmt: skip
_NOTHING = frozenset({*_EMPTY, "null", "nil", "none", "nan", "na", "unknown", "\\n"})
# What programs write, spelt as they do: somebody may be called Null, Nil, Na or Nan.
_NOBODY = frozenset(
    {*_EMPTY, "NULL", "null", "[NULL]", "\\N", "N/A", "N.A.", "NA", "NaN", "nan", "nil", "None", "none", "unknown",
     "UNKNOWN", "名無し", "氏名不詳", "匿名", "匿名希望", "未定", "確認中", "要確認", "TBD", "tbd"}
)  # fmt: skip


LONGEST_NOTHING = 12
"""No word for nothing has more characters."""


def is_nothing(text: str, *, name: bool = False) -> bool:
    """Tell whether a text says that there is nothing: NULL, N/A, なし, -. A Mr Null has a name (``name``)."""
    if len(text) > LONGEST_NOTHING:
        return False
    plain = text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip().translate(_DASHES)
    return plain in _NOBODY if name else plain.casefold() in _NOTHING


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー─", "-"))


_DITTO = re.compile(
    r"[〃″々\"”]|''|同上|(?:上|右|左|本人|住所)(?:記)?(?:に|と)同じ|同じ|同左|同右|ditto|do\."
    r"|same(?: as (?:above|before|subject))?",
    re.IGNORECASE,
)


def is_ditto(text: str) -> bool:
    """Tell whether a text says that the value is another cell's: 同上, 〃, same as above."""
    return len(text) <= LONGEST_NOTHING + 4 and _DITTO.fullmatch(text.strip(" 　.。()（）")) is not None


def has_letters(text: str) -> bool:
    """Tell whether there is a letter of any script in a text, of one that is newer than Python's tables too."""
    return any(one.isalpha() or unicodedata.category(one) in ("Cn", "Lo", "Nl") for one in text)
