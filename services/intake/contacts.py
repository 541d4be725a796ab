"""The CSV of an import: many first contacts, read row by row, each with a key that makes a second run harmless."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path
from typing import IO, Any

from services.intake.faults import BadInput, Fault, quoted
from services.intake.payloads import parse
from services.intake.scalars import Reading
from services.intake.sheet import Sheet, load_sheet
from workflows.request.payloads import Open
from workflows.request.values import Person
from workflows.words import tell

_LISTS = frozenset({"rights"})
_PEOPLE = {"subject": frozenset({"kind"}), "representative": frozenset[str]()}
_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of an import: its line in the file, the key that names it for ever, and the first contact."""

    line: int
    key: str
    payload: Open


def columns() -> tuple[str, ...]:
    """Return the names a column may have: those of ``open --file`` with dots, and ``key``."""
    names = ["key"]
    for field in fields(Open):
        if field.name in _PEOPLE:
            names += [f"{field.name}.{one.name}" for one in fields(Person) if one.name not in _PEOPLE[field.name]]
        else:
            names.append(field.name)
    return tuple(names)


def read_contacts(
    source: str | Path | Sheet, *, hashed: Callable[[str], str], language: str = "en"
) -> Iterator[Contact | Fault]:
    """Yield each row of a CSV file as a contact, or its faults instead. UTF-8 or Shift_JIS (cp932).

    ``hashed`` makes the key of a row that has none; it must be a keyed hash (`models.keys.Keys.lookup_hash`), because
    a plain one of a name and an address can be guessed. Raises BadInput where nothing of the file can be used.
    """
    sheet = source if isinstance(source, Sheet) else load_sheet(source, language=language)
    yield from _rows(StringIO(sheet.text, newline=""), hashed, language)


def _rows(file: IO[str], hashed: Callable[[str], str], language: str) -> Iterator[Contact | Fault]:
    import csv  # late: only an import needs it

    rows = csv.reader(file, strict=True)
    header = _header(rows, language)
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Fault("", tell("intake.bad_cell", language, why=error), line)
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            yield Fault("", tell("intake.too_many_cells", language, columns=len(header), cells=len(cells)), line)
            continue
        given = {name: cell for name, cell in zip(header, cells, strict=False) if cell.strip()}
        try:
            yield _contact(given, line, hashed, language)
        except BadInput as bad:
            yield from bad.faults


def _contact(given: dict[str, str], line: int, hashed: Callable[[str], str], language: str) -> Contact:
    key = given.pop("key", "").strip()
    lines = _AtLine(line)
    payload = parse(Open, _nested(given), language=language, lines=lines)
    if key and not (key.isprintable() and len(key) <= _LONGEST_KEY):
        reading = Reading(language, lines)
        reading.fault("key", "intake.too_long", length=len(key), most=_LONGEST_KEY)
        raise BadInput(reading.faults)
    if not key:
        # A tidied spelling of the row: columns in any order, blanks around cells, make no other contact of it.
        same = {name: cell.strip() for name, cell in given.items()}
        key = hashed(json.dumps(same, sort_keys=True, ensure_ascii=False))
    return Contact(line, key, payload)


def _nested(given: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, cell in given.items():
        outer, _, inner = name.partition(".")
        if inner:
            data.setdefault(outer, {})[inner] = cell
        elif name in _LISTS:
            data[name] = [part.strip() or None for part in cell.strip().strip(";").split(";")]
        else:
            data[name] = cell
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


def _header(rows: Iterator[list[str]], language: str) -> list[str]:
    """Return the names of the columns; raise with every one that is not known."""
    from csv import Error

    try:
        header = [cell.strip() for cell in next(rows, [])]
    except Error as error:
        raise BadInput([Fault("", tell("intake.bad_cell", language, why=error), 1)]) from None
    if not any(header):
        raise BadInput([Fault("", tell("intake.no_columns", language), 1)])
    reading = Reading(language, _AtLine(1))
    known = columns()
    for number, name in enumerate(header):
        if name and name not in known:
            reading.unknown_key(name if name.isprintable() and len(name) <= 40 else quoted(name), name, known)
        elif name and name in header[:number]:
            reading.fault(name, "intake.doubled_column")
    if reading.faults:
        raise BadInput(reading.faults)
    return header
