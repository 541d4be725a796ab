"""Tables as spreadsheets save them: which encoding, which separator, which lines are rows.

UTF-8 with or without its mark, UTF-16, Shift_JIS (cp932), EUC-JP and ISO-2022-JP; commas, semicolons, tabs and bars;
``sep=``, line ends of DOS, Unix and old Macs, the Ctrl-Z of DOS. A file is decoded as a whole, because a wrong guess
from its beginning would damage names.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from itertools import chain
from typing import NamedTuple

from services.intake.faults import BadInput, Fault
from workflows.words import tell

_HEAD = 1 << 16
_EUC = "euc_jis_2004"
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATORS = (",", ";", "\t", "|")
_SEP = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
_END = "\x1a"
_ASCII_AND_KANA = bytes((*range(0x80), *range(0xA6, 0xE0)))
_BESIDE_LETTERS = re.compile(rb"[A-Za-z0-9][\xa6-\xdf]|[\xa6-\xdf][A-Za-z0-9]")
# What stands in every address of Japan, and in the names of columns.
_COMMON = re.compile("[ぁ-んァ-ヶ都道府県市区町村郵便番号住所氏名開示]")


class Row(NamedTuple):
    """One row: the line of the file it begins at, and its cells."""

    line: int
    cells: list[str]


class Table(NamedTuple):
    """A table's header and its rows; a fault stands for a row that cannot be read."""

    separator: str
    header: list[str]
    rows: Iterator[Row | Fault]


def read_table(text: str, known: Callable[[str], bool], language: str) -> Table:
    """Return the table in a text; ``known`` tells a column's name. Raises BadInput where there is none."""
    lines = iter(StringIO(_whole(text), newline=""))
    separator, before = "", 0
    for line in lines:
        if (told := _SEP.fullmatch(line)) is not None and not separator:
            separator = told[1]
        elif line.strip("\ufeff \t\r\n,;|"):
            break
        before += 1
    else:
        raise BadInput([Fault("", tell("intake.no_columns", language), 1)])
    separator = separator or _separator_of(line, known)
    rows = _rows(chain([line], lines), separator, before, language)
    first = next(rows)
    if isinstance(first, Fault):
        raise BadInput([first])
    return Table(separator, first.cells, rows)


def _whole(text: str) -> str:
    """Return the text up to where DOS ends a file; the same character inside of it ends nothing."""
    before, end, rest = text.partition(_END)
    return before if end and not rest.strip("\x1a\x00 \r\n\t") else text


def _rows(lines: Iterable[str], separator: str, before: int, language: str) -> Iterator[Row | Fault]:
    import csv  # late: only an import needs it

    rows = csv.reader(lines, strict=True, delimiter=separator)
    while True:
        line = before + rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            why = tell("intake.open_quote", language) if "unexpected end" in str(error) else str(error)
            yield Fault("", tell("intake.bad_cell", language, why=why), line)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Row(line, cells)


def _separator_of(line: str, known: Callable[[str], bool]) -> str:
    """Return what separates the columns of a header: whatever makes most names of it that are known."""
    found = {sign: sum(known(cell.strip(' "\ufeff\r\n')) for cell in line.split(sign)) for sign in _SEPARATORS}
    return max(found, key=lambda sign: found[sign])


# -- encodings --------------------------------------------------------------------------------------------------------


def decoded(content: bytes, language: str) -> str:
    """Return the text of a file, whichever way it was saved. Raises BadInput where that cannot be told."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise BadInput([Fault("", tell("intake.not_utf8_nor_cp932", language))])


def _encodings(content: bytes) -> Iterator[str]:
    """Yield the encodings a file may be in, the likeliest first."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            yield encoding
            return
    if wide := _without_mark(content[:64]):
        yield wide
    if b"\x1b$" in content:
        yield "iso2022_jp_3"
    if not content.isascii() and _is_kana(content):
        yield "cp932"
    yield "utf-8"
    if _COMMON.search(content[:_HEAD].decode(_EUC, "ignore")) and _is(content, _EUC):
        yield _EUC
    yield from ("cp932", _EUC)


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
