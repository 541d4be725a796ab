"""The table of an import: many first contacts, read row by row, each with a key that makes a second run harmless."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from services.intake.faults import BadInput, Fault, quoted
from services.intake.keys import RowKeys, keys_of
from services.intake.payloads import BETWEEN, parse
from services.intake.scalars import Reading, nothing_of_its_own
from services.intake.sheet import Sheet, load_sheet
from services.intake.tables import Table, read_table
from services.intake.text import one_line
from workflows.reading import headers
from workflows.reading.headers import Column
from workflows.request.payloads import Open
from workflows.request.values import Person
from workflows.words import tell

_LISTS = frozenset({"rights", "forms"})
_BROUGHT = ("arrived_at", "forms", "pages", "signed", "sealed", "method")
"""What of a request that came with its forms a row can say: papers and claims take more than a cell."""
_DELIVERY = ("delivery.way", "delivery.mail_class", "delivery.paid")
_PEOPLE = {"subject": frozenset({"kind", "registration"}), "representative": frozenset[str]()}
_LONGEST_KEY = 100
_NEEDED = (
    *(field.name for field in fields(Open) if field.default is MISSING and field.name != "subject"),
    "subject.name",
)
_NOT_CUT = frozenset({*_NEEDED, "subject.address"})


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of an import: its line in the file, the key that names it for ever, and the first contact.

    ``notes`` are what was read otherwise than it was written.
    ``keys`` are also those an earlier release may have known it by.
    """

    line: int
    keys: RowKeys
    payload: Open
    notes: tuple[Fault, ...] = ()

    @property
    def key(self) -> str:
        """The key that names it."""
        return self.keys.key


@cache
def columns() -> tuple[str, ...]:
    """Return the names a column may have: those of ``open --file`` with dots, and ``key``."""
    names = ["key"]
    for field in fields(Open):
        if field.name in _PEOPLE:
            names += [f"{field.name}.{one.name}" for one in fields(Person) if one.name not in _PEOPLE[field.name]]
        elif field.name == "came":
            names += _BROUGHT
        elif field.name == "delivery":
            names += _DELIVERY
        else:
            names.append(field.name)
    return tuple(names)


def read_contacts(
    source: str | Path | Sheet,
    *,
    hashed: Callable[[str], str],
    language: str = "en",
    own: Callable[[str], Collection[str]] = nothing_of_its_own,
) -> Iterator[Contact | Fault]:
    """Yield each row of a table as a contact, or its faults instead; `services.intake.tables` says which files.

    ``hashed`` makes the key of a row that has none; it must be a keyed hash (`models.keys.Keys.lookup_hash`), because
    a plain one of a name and an address can be guessed. Raises BadInput where nothing of the file can be used. ``own``
    returns the words of the office's own procedure, as `services.intake.payloads.parse` takes it.
    """
    sheet = source if isinstance(source, Sheet) else load_sheet(source, language=language)
    yield from _contacts(read_table(sheet.text, _is_column, language), hashed, language, own)


def _is_column(name: str) -> bool:
    return _column(name) is not None


@cache
def _column(name: str) -> Column | None:
    """Return the column a header means: one of ours in capitals or full-width letters, or one of people's own."""
    ours = _WHOSE.sub(r"\1.", unicodedata.normalize("NFKC", name).strip().casefold())
    return Column(ours) if ours in columns() else headers.column(name) if name else None


_WHOSE = re.compile("^(subject|representative)[_ -]")


def _shown(name: str) -> str:
    return name if name.isprintable() and len(name) <= 40 else quoted(name)


def _contacts(
    table: Table, hashed: Callable[[str], str], language: str, own: Callable[[str], Collection[str]]
) -> Iterator[Contact | Fault]:
    header = _header(table.header, language)
    spaced = any(cell.startswith(" ") for cell in table.header[1:])
    for row in table.rows:
        if isinstance(row, Fault):
            yield row
            continue
        told = _shifted(row.cells, header, spaced=spaced or table.separator != ",", language=language)
        if told is not None:
            yield Fault("", told, row.line)
            continue
        try:
            yield _contact(_given(header, row.cells), row.line, hashed, language, own)
        except BadInput as bad:
            yield from bad.faults


def _shifted(cells: list[str], header: list[Column | None], *, spaced: bool, language: str) -> str | None:
    """Return why the cells of a row do not stand below their columns; nothing where they do.

    A comma in a value that is not in quotes makes two cells of it, and the second begins with the blank after the
    comma. A row may be short: spreadsheets leave out empty cells at the end; but not where its address would be.
    """
    last = max((number for number, cell in enumerate(cells) if cell.strip()), default=0)
    if last >= len(header):
        return tell("intake.too_many_cells", language, columns=len(header), cells=last + 1)
    if not spaced and _has_split(cells):
        return tell("intake.comma_shift", language)
    if len(cells) < len(header):
        lost = {column.name for column in header[len(cells) :] if column is not None}
        if lost & _NOT_CUT:
            return tell("intake.too_few_cells", language, columns=len(header), cells=len(cells))
    return None


def _has_split(cells: list[str]) -> bool:
    followers = [(before, cell) for before, cell in pairwise(cells) if cell.strip()]
    blank = [before for before, cell in followers if cell[0] == " " and cell[1:2] != " "]
    return len(blank) < len(followers) and any(before.strip() for before in blank)


def _given(header: list[Column | None], cells: list[str]) -> dict[str, str]:
    """Return the cells that hold something by the names of our columns, with parts of one value joined."""
    given: dict[str, str] = {}
    parts: dict[str, dict[int, str]] = {}
    for column, cell in zip(header, cells, strict=False):
        if column is None or not cell.strip():
            continue
        if column.part:
            parts.setdefault(column.name, {})[column.part] = one_line(cell)
        else:
            given[column.name] = cell if column.name == "note" else unquoted(one_line(cell))
    return given | {name: headers.joined(name, found) for name, found in parts.items()}


def unquoted(cell: str) -> str:
    """Return a cell without what makes a spreadsheet take it for text: ="…", or an apostrophe before figures."""
    if cell[0] not in "='":
        return cell
    found = _TEXT.fullmatch(cell.strip())
    return cell if found is None else next(part for part in found.groups() if part is not None)


_TEXT = re.compile('="([^"]*)"|\'([-0-9/:. ]+)')


def _contact(
    given: dict[str, str],
    line: int,
    hashed: Callable[[str], str],
    language: str,
    own: Callable[[str], Collection[str]],
) -> Contact:
    key = given.pop("key", "")
    lines = _AtLine(line)
    if len(missing := [name for name in _needed(given) if name not in given]) > 1:
        names = [headers.shown(name, language) for name in missing]
        raise BadInput([Fault("", tell("intake.row_is_no_contact", language, missing=names), line)])
    notes: list[Fault] = []
    payload = parse(Open, _nested(given), language=language, lines=lines, notes=notes, own=own)
    keys = keys_of(key, given, payload, hashed)
    if not (keys.key.isprintable() and len(keys.key) <= _LONGEST_KEY):
        reading = Reading(language, lines)
        reading.fault("key", "intake.too_long", length=len(keys.key), most=_LONGEST_KEY)
        raise BadInput(reading.faults)
    return Contact(line, keys, payload, tuple(notes))


def _needed(given: Collection[str]) -> list[str]:
    """Return what a row must have; by which channel a request was first heard of, the way it began says."""
    return [name for name in _NEEDED if not (name == "channel" and "began" in given)]


def _nested(given: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, cell in given.items():
        outer, _, inner = name.partition(".")
        if inner:
            data.setdefault(outer, {})[inner] = cell
        elif name in _LISTS:
            data[name] = [part.strip() or None for part in BETWEEN.split(cell.strip(" ;,、\r\n"))]
        else:
            data[name] = cell
    for said in {"signed", "sealed"} & data.keys() if "forms" in data else ():  # one answer for all that came
        data[said] = dict.fromkeys(filter(None, data["forms"]), data[said])
    return data


class _AtLine(dict[str, int]):
    """Every field of a row stands at the row's line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self._line = line

    def __contains__(self, key: object) -> bool:
        return True

    def get(self, key: str, default: Any = None) -> Any:
        return self._line


def _header(names: list[str], language: str) -> list[Column | None]:
    """Return the columns; raise with every one that is not known, or once where none is, and with what is missing."""
    header: list[Column | None] = []
    reading = Reading(language, _AtLine(1))
    known = columns()
    strange: list[str] = []
    for cell in names:
        name = cell.strip(" \ufeff\r\n\t")
        column = _column(name)
        if name and column is None:
            strange.append(name)
        elif column is not None and column in header:
            reading.fault(column.name, "intake.doubled_column")
        header.append(column)
    if not any(header):
        raise BadInput([Fault("", tell("intake.no_known_column", language, known=known), 1)])
    foreign = [name for name in strange if not reading.nearest(name, known)]
    for name in strange if len(foreign) < 2 else sorted({*strange} - {*foreign}):
        reading.unknown_key(_shown(name), name, known)
    if len(foreign) > 1:
        reading.fault("", "intake.unknown_columns", names=list(map(_shown, foreign)), known=known)
    told = {column.name for column in header if column is not None}
    missing = [name for name in _needed(told) if name not in told]
    if missing and not strange:
        reading.fault("", "intake.columns_missing", missing=[headers.shown(name, language) for name in missing])
    if reading.faults:
        raise BadInput(reading.faults)
    return header
