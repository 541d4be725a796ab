"""Tables as spreadsheets save them: which separator, which line names the columns, which lines are rows.

Commas, semicolons, tabs and bars; ``sep=``, a title above the columns, line ends of DOS, Unix and old Macs, the Ctrl-Z
of DOS.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from itertools import chain, islice
from typing import NamedTuple

from services.intake.faults import BadInput, Fault
from workflows.words import tell

_SEPARATORS = (",", ";", "\t", "|")
_SEP = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
_END = "\x1a"
_MOST_TITLES = 30
_SURELY_COLUMNS = 3
# What Python's reader of CSV complains of, by a part of its English sentence.
_TROUBLES = {
    "unexpected end": "intake.open_quote",
    "expected after": "intake.quote_inside",
    "field larger": "intake.cell_too_long",
}


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
    head = list(islice(lines, _MOST_TITLES))
    separator, before = "", 0
    for line in head:
        if (told := _SEP.fullmatch(line)) is not None and not separator:
            separator = told[1]
        elif line.strip("\ufeff \t\r\n,;|"):
            break
        before += 1
    else:
        raise BadInput([Fault("", tell("intake.no_columns", language), 1)])
    if not _known_in(line, known):
        # A title and a date above the columns, as people print their tables.
        titled = (number for number, each in enumerate(head) if _known_in(each, known) >= _SURELY_COLUMNS)
        before = next(titled, before)
    separator = separator or _separator_of(head[before], known)
    rows = _rows(chain(head[before:], lines), separator, before, language)
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
            code = next((code for words, code in _TROUBLES.items() if words in str(error)), "intake.bad_cell")
            yield Fault("", tell(code, language), line)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Row(line, cells)


def _separator_of(line: str, known: Callable[[str], bool]) -> str:
    """Return what separates the columns of a header: whatever makes most names of it that are known."""
    return max(_SEPARATORS, key=lambda sign: _counted(line, sign, known))


def _known_in(line: str, known: Callable[[str], bool]) -> int:
    return max(_counted(line, sign, known) for sign in _SEPARATORS)


def _counted(line: str, sign: str, known: Callable[[str], bool]) -> int:
    return sum(known(cell.strip(' "\ufeff\r\n')) for cell in line.split(sign))
