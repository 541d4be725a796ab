"""The CSV of an import: many first contacts, read row by row, each with a key that makes a second run harmless."""

import codecs
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any

from services.intake.faults import BadInput, Fault, quoted
from services.intake.keys import RowKeys, keys_of
from services.intake.payloads import parse
from services.intake.scalars import Reading
from services.office import caller
from workflows.request.payloads import Open
from workflows.request.values import Person
from workflows.words import tell

_LISTS = frozenset({"rights"})
_PEOPLE = {"subject": frozenset({"kind"}), "representative": frozenset[str]()}
_LONGEST_KEY = 100
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of an import: its line in the file, the key that names it for ever, and the first contact.

    ``keys`` are also those an earlier release may have known it by.
    """

    line: int
    keys: RowKeys
    payload: Open

    @property
    def key(self) -> str:
        """The key that names it."""
        return self.keys.key


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
    source: str | Path, *, hashed: Callable[[str], str], language: str = "en"
) -> Iterator[Contact | Fault]:
    """Yield each row of a CSV file as a contact, or its faults instead. UTF-8 or Shift_JIS (cp932).

    ``hashed`` makes the key of a row that has none; it must be a keyed hash (`models.keys.Keys.lookup_hash`), because
    a plain one of a name and an address can be guessed. Raises BadInput where nothing of the file can be used.
    """
    path = Path(source)
    try:
        encoding = _encoding(path, language)
        with caller.reading(path) as handle, open(handle, encoding=encoding, newline="", closefd=False) as file:
            yield from _rows(file, hashed, language)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadInput([Fault("", tell("intake.unreadable", language, name=quoted(path), why=why))]) from error


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
    key = given.pop("key", "")
    lines = _AtLine(line)
    payload = parse(Open, _nested(given), language=language, lines=lines)
    keys = keys_of(key, given, payload, hashed)
    if not (keys.key.isprintable() and len(keys.key) <= _LONGEST_KEY):
        reading = Reading(language, lines)
        reading.fault("key", "intake.too_long", length=len(keys.key), most=_LONGEST_KEY)
        raise BadInput(reading.faults)
    return Contact(line, keys, payload)


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


def _encoding(path: Path, language: str) -> str:
    """Return how the file is written. It is read through once for that: a wrong guess would damage names."""
    for encoding in ("utf-8-sig", "cp932"):
        if _decodes(path, encoding):
            return encoding
    raise BadInput([Fault("", tell("intake.not_utf8_nor_cp932", language))])


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with caller.reading(path) as handle, open(handle, "rb", closefd=False) as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
