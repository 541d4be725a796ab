"""Which encoding a file was saved in, and what it is if it is no text at all.

UTF-8 with or without its mark, UTF-16, Shift_JIS (cp932), EUC-JP, ISO-2022-JP, and Windows-1252 where only letters
stand in it that all western Windows share. A file is decoded as a whole, because a wrong guess from its beginning would
damage names; and an encoding counts only if what comes out is what people write: a table from a western Mac is full of
rare kanji when it is read as Shift_JIS.
"""

import codecs
import re
from collections.abc import Iterator

from services.intake.faults import BadInput, Fault
from workflows.reading.damage import is_common
from workflows.words import tell

_HEAD = 1 << 16
_EUC = "euc_jis_2004"
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ASCII_AND_KANA = bytes((*range(0x80), *range(0xA6, 0xE0)))
_BESIDE_LETTERS = re.compile(rb"[A-Za-z0-9][\xa6-\xdf]|[\xa6-\xdf][A-Za-z0-9]")
# What stands in every address of Japan, and in the names of columns.
_COMMON = re.compile("[ぁ-んァ-ヶ都道府県市区町村郵便番号住所氏名開示]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_NARROW = re.compile("[｡-ﾟ]+")
_INSIDE_A_WORD = re.compile("(?<=[A-Za-z])[｡-ﾟぁ-ヶ一-鿿](?=[A-Za-z])|(?<![^\x00-\x7f])[｡-ﾟ](?=[a-z])")
_HIGH = re.compile(rb"[\x80-\xff]+")
_LATIN = re.compile(rb"[A-Za-z][\x80-\xff]{1,2}|[\x80-\xff]{1,2}[A-Za-z]")

# What files that are no text begin with, and what people call them.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "archive"), (b"\xd0\xcf\x11\xe0", "office"), (b"%PDF", "pdf"), (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\x00", "picture"), (b"MM\x00*", "picture"),
    (b"{\\rtf", "rtf"),
)  # fmt: skip
_WEB = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|meta)\b", re.IGNORECASE)


def decoded(content: bytes, language: str) -> str:
    """Return the text of a file, whichever way it was saved. Raises BadInput where that cannot be told."""
    if other := _no_text(content):
        raise BadInput([Fault("", tell("intake.no_text_file", language, kind=tell(f"intake.file.{other}", language)))])
    for encoding, judge in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        # Korean of EUC-KR is kanji in EUC-JP, without a single kana.
        if not judge or (looks_japanese(text) and (encoding != _EUC or _COMMON.search(text))):
            return text
    if _is_western(content):
        return content.decode("cp1252")
    raise BadInput([_undecodable(content, language)])


def _no_text(content: bytes) -> str:
    start = content.removeprefix(codecs.BOM_UTF8)
    if _WEB.match(start[:200]):
        return "web"
    return next((kind for mark, kind in _OTHERS if start.startswith(mark)), "")


def _undecodable(content: bytes, language: str) -> Fault:
    """Return what is said of a file in no encoding: cut off, of two encodings, or of one we do not know."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if any(byte >= 0x80 for byte in content[: error.start]):
            cut = error.end == len(content) and "unexpected end" in error.reason
            return Fault("", tell("intake.cut_off" if cut else "intake.two_encodings", language), line)
    return Fault("", tell("intake.not_utf8_nor_cp932", language))


def _encodings(content: bytes) -> Iterator[tuple[str, bool]]:
    """Yield the encodings a file may be in, the likeliest first, and whether what comes out must be judged."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            yield encoding, False
            return
    if wide := _without_mark(content[:64]):
        yield wide, False
    if b"\x1b$" in content:
        yield "iso2022_jp_3", False
    if not content.isascii() and _is_kana(content):
        yield "cp932", False
    yield "utf-8", False
    if _COMMON.search(content[:_HEAD].decode(_EUC, "ignore")) and _is(content, _EUC):
        yield _EUC, True
    yield from (("cp932", True), (_EUC, True))


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True


def _without_mark(first: bytes) -> str:
    """Return which UTF-16 a file without its mark is in: every other byte of its header is nought."""
    if len(first) < 8:
        return ""
    if not any(first[1::2]) and all(first[::2]):
        return "utf-16-le"
    return "utf-16-be" if not any(first[::2]) and all(first[1::2]) else ""


def _is_kana(content: bytes) -> bool:
    """Tell whether what could be UTF-8 is half-width kana of Shift_JIS: words of nothing else, beside no Latin letter.

    ﾐｵ is D0 B5 there, which UTF-8 takes for a Cyrillic letter; José (6F 73 C3 A9) has its letters beside it.
    """
    return not content.translate(None, _ASCII_AND_KANA) and not _BESIDE_LETTERS.search(content)


def looks_japanese(text: str) -> bool:
    """Tell text that people of Japan write from what another encoding makes of theirs: rare kanji, among Latin letters.

    Names of rare kanji alone are few in a whole file, and a kanji between Latin letters is fewer still.
    """
    runs = _BEYOND_ASCII.findall(text[:_HEAD])
    if not runs:
        return True
    usual = sum(len(run) if _NARROW.fullmatch(run) else sum(map(is_common, run)) for run in runs)
    inside = len(_INSIDE_A_WORD.findall(text[:_HEAD]))
    return 3 * usual >= sum(map(len, runs)) and 3 * inside <= len(runs)


def _is_western(content: bytes) -> bool:
    """Tell whether a file is Windows-1252 for sure: single letters among Latin ones, alike in its neighbours.

    ü is FC in Windows-1250, 1252 and 1254; ñ is ń in the first, so that nobody can tell whose name it is.
    """
    high = _HIGH.findall(content)
    if max(map(len, high), default=9) > 2 or len(_LATIN.findall(content)) < len(high):
        return False
    letters = b"".join(high)
    try:
        return len({letters.decode(encoding) for encoding in ("cp1250", "cp1252", "cp1254")}) == 1
    except UnicodeError:
        return False
