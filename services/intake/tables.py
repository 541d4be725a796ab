"""Tables as spreadsheets save them: which encoding, which separator, which lines are rows.

UTF-8 with or without its mark, UTF-16, Shift_JIS (cp932), EUC-JP and ISO-2022-JP; commas, semicolons, tabs and bars;
``sep=``, line ends of DOS, Unix and old Macs, the Ctrl-Z of DOS. A file is read through once before for its encoding,
because a wrong guess would damage names.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from services.intake.faults import BadInput, Fault
from services.office import caller
from workflows.words import tell

_CHUNK = 1 << 20
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


def read_table(file: IO[str], known: Callable[[str], bool], language: str) -> Table:
    """Return the table in an open text file; ``known`` tells a column's name. Raises BadInput where there is none."""
    lines = _lines(file)
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


def _lines(file: IO[str]) -> Iterator[str]:
    """Yield the lines up to where DOS ends a file."""
    for line in file:
        before, end, _ = line.partition(_END)
        if not end:
            yield line
            continue
        rest = line[len(before) + 1 :] + file.read(_CHUNK)
        if rest.strip("\x1a\x00 \r\n\t"):  # no end of the file, but a character in a cell: told there
            yield line
            continue
        if before:
            yield before
        return


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


def encoding_of(path: Path, language: str) -> str:
    """Return how a file is written. Raises BadInput where that cannot be told."""
    head = next(_chunks(path), b"")
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            if not _decodes(path, encoding):
                break
            return encoding
    if (wide := _without_mark(head)) and _decodes(path, wide):
        return wide
    if b"\x1b$" in head and _decodes(path, "iso2022_jp_3"):
        return "iso2022_jp_3"
    if _decodes(path, "utf-8"):
        return "cp932" if _is_kana(path) else "utf-8"
    shift_jis, euc = _decodes(path, "cp932"), _decodes(path, "euc_jis_2004")
    if euc and (not shift_jis or _COMMON.search(head.decode("euc_jis_2004", "ignore"))):
        return "euc_jis_2004"
    if shift_jis:
        return "cp932"
    raise BadInput([Fault("", tell("intake.not_utf8_nor_cp932", language))])


def _without_mark(head: bytes) -> str:
    """Return which UTF-16 a file without its mark is in: every other byte of its header is nought."""
    first = head[:64]
    if len(first) < 8:
        return ""
    if not any(first[1::2]) and all(first[::2]):
        return "utf-16-le"
    return "utf-16-be" if not any(first[::2]) and all(first[1::2]) else ""


def _is_kana(path: Path) -> bool:
    """Tell whether what could be UTF-8 is half-width kana of Shift_JIS: words of nothing else, beside no Latin letter.

    ﾐｵ is D0 B5 there, which UTF-8 takes for a Cyrillic letter; José (6F 73 C3 A9) has its letters beside it.
    """
    found = False
    for chunk in _chunks(path):
        if chunk.isascii():
            continue
        if chunk.translate(None, _ASCII_AND_KANA) or _BESIDE_LETTERS.search(chunk):
            return False
        found = True
    return found


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    with caller.reading(path) as handle, open(handle, "rb", closefd=False) as file:
        while chunk := file.read(_CHUNK):
            yield chunk
