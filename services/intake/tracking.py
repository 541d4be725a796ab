"""The post's list of tracking numbers: a CSV whose columns are known by their Japanese or English names.

Whatever else it holds, names and addresses among them, is not looked at. Every fault is told with its line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from services.intake.faults import BadInput, Fault, quoted
from services.intake.payloads import parse
from services.intake.sheet import Sheet
from services.intake.tables import Row, read_table
from workflows.engine.numbers import parse_letter_number
from workflows.letters import MailClass, RecordPosting
from workflows.reading.tracking import CLASSES, COLUMN_OF, PROPOSED, Flaw, class_named, plain, read_tracking
from workflows.words import tell


@dataclass(frozen=True, slots=True)
class Tracked:
    """A row: its line, the number as the post prints it, and what else it says. ``letter`` None: known by its place."""

    line: int
    tracking: str
    letter: str | None = None
    on: date | None = None
    mail_class: MailClass | None = None


def read_tracking_list(sheet: Sheet, *, language: str = "en") -> list[Tracked]:
    """Return the rows of the list in their order. Raises BadInput with every fault of it."""
    table = read_table(sheet.text, lambda name: plain(name) in COLUMN_OF, language)
    columns = _columns(table.header, 1, language)
    rows = chain([Row(1, table.header)] if _is_plain(table.header) else [], table.rows)
    faults: list[Fault] = []
    found: list[Tracked] = []
    for row in rows:
        if isinstance(row, Fault):
            faults.append(row)
            continue
        given = {name: row.cells[place].strip() for place, name in columns.items() if place < len(row.cells)}
        tracked = _row(given, row.line, language, faults)
        if tracked is not None:
            found.append(tracked)
    faults += _doubled(found, language)
    if not found and not faults:
        faults.append(Fault("", tell("tracking.empty", language)))
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: fault.line or 0))
    return found


def _is_plain(cells: Sequence[str]) -> bool:
    """Whether a first line has no names of columns and is itself a number: a list from a scanner at the counter."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) == 1 and any(letter.isdecimal() for letter in filled[0]) and plain(filled[0]) not in COLUMN_OF


def _columns(cells: Sequence[str], line: int, language: str) -> dict[int, str]:
    """Return which column says what, by its place. Raises BadInput where none holds the numbers, or two do."""
    if _is_plain(cells):
        return {next(place for place, cell in enumerate(cells) if cell.strip()): "tracking"}
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        name = COLUMN_OF.get(plain(cell))
        if name is not None and name in found.values():
            raise BadInput([Fault(quoted(cell)[1:-1], tell("tracking.doubled_column", language), line)])
        if name is not None:
            found[place] = name
    if "tracking" not in found.values():
        raise BadInput([Fault("", tell("tracking.no_column", language, known=", ".join(PROPOSED)), line)])
    return found


def _row(given: dict[str, str], line: int, language: str, faults: list[Fault]) -> Tracked | None:
    """Return what a row says; None after telling what is wrong with it."""
    before = len(faults)
    tracking = _tracking(given.get("tracking", ""), line, language, faults)
    letter = parse_letter_number(given["letter"]) if given.get("letter") else None
    if "letter" in given and letter is None:
        code = "tracking.letter_needed" if not given["letter"] else "tracking.no_letter_number"
        faults.append(Fault("letter", tell(code, language, text=quoted(given["letter"])), line))
    kind = _class(given.get("mail_class", ""), line, language, faults)
    day = None
    if given.get("on"):
        try:
            day = parse(RecordPosting, {"letter": "-", "on": given["on"]}, language=language).on
        except BadInput as bad:
            faults += [Fault(fault.field, fault.message, line) for fault in bad.faults]
    return Tracked(line, tracking, letter, day, kind) if len(faults) == before else None


def _tracking(text: str, line: int, language: str, faults: list[Fault]) -> str:
    number = read_tracking(text) if text else Flaw("needed")
    if isinstance(number, Flaw):
        told = tell(f"tracking.{number.code}", language, text=quoted(text), check=number.check)
        faults.append(Fault("tracking", told, line))
        return ""
    return number


def _class(text: str, line: int, language: str, faults: list[Fault]) -> MailClass | None:
    kind = class_named(text) if text else None
    if text and kind is None:
        known = ", ".join(words[-1] if language == "ja" else name for name, words in CLASSES.items())
        faults.append(Fault("class", tell("tracking.unknown_class", language, text=quoted(text), known=known), line))
    return None if kind is None else MailClass(kind)


def _doubled(rows: Sequence[Tracked], language: str) -> Iterator[Fault]:
    """Yield the numbers, of the post and of letters, that stand in more than one row."""
    for field in ("tracking", "letter"):
        first: dict[str, int] = {}
        for row in rows:
            value = getattr(row, field)
            if value is not None and first.setdefault(value, row.line) != row.line:
                yield Fault(field, tell("tracking.twice", language, text=value, line=first[value]), row.line)
