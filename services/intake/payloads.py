"""From plain data to a payload of a procedure: every fault at once, each with its place.

The shape of a payload is read from its type hints, once; what goes beyond types stands in services.intake.fields and in
the checks below. Whether a value is right on a given day is not decided here but by the rules.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from services.intake import fields as known_fields
from services.intake.beginning import Card
from services.intake.faults import BadInput, Fault, quoted
from services.intake.people import check_part, check_person
from services.intake.scalars import (
    BAD,
    Reader,
    Reading,
    choice_reader,
    nothing_of_its_own,
    number_reader,
    read_amount,
    read_day,
    read_decimal,
    read_flag,
    read_gap,
    read_moment,
    text_reader,
    word_reader,
)
from workflows.engine.codec import to_plain
from workflows.reading.damage import LONGEST_NOTHING, is_nothing
from workflows.request.channels import channel_of
from workflows.request.payloads import Amend, Inquiry, Open, ReceiveForms
from workflows.request.values import Document, PackOut, Party, Person

Payload = TypeVar("Payload")


def parse(
    kind: type[Payload],
    data: Mapping[str, Any],
    where: str = "",
    *,
    language: str = "en",
    lines: Mapping[str, int] | None = None,
    notes: list[Fault] | None = None,
    own: Callable[[str], Collection[str]] = nothing_of_its_own,
) -> Payload:
    """Return the payload *kind* that plain *data* stands for; a value that already has its type passes.

    ``where`` is the place of *data* in its file, put before every field; ``lines`` are the lines of fields (by default
    those `load_file` found). Keys that hold nothing count as absent. ``notes`` takes up what was read otherwise than it
    was written; ``own`` returns the words of the office's own procedure (`Reading.own`). Raises BadInput with every
    fault.
    """
    if lines is None:
        lines = getattr(data, "lines", {})
    reading = Reading(language, lines, cut=getattr(data, "cut", ()), own=own)
    whole: type = kind
    payload = record_reader(whole)(data, where, reading)
    if reading.faults:
        raise BadInput(reading.faults)
    if notes is not None:
        notes += reading.notes
    result: Payload = payload
    return result


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    needed: bool
    read: Reader
    words: tuple[str, ...] = ()


@cache
def record_reader(
    kind: type, *, without: frozenset[str] = frozenset(), needs: frozenset[str] = frozenset(), some: bool = False
) -> Reader:
    """Return the reader of a dataclass of ours.

    ``without`` are fields that do not exist here, ``needs`` such that must be there although the class has a default.
    ``some`` reads only the keys given and returns them as plain data.
    """
    readers = {
        field.name: _Field(field.name, not some and (field.needed or field.name in needs), field.read, field.words)
        for field in _fields(kind)
        if field.name not in without | known_fields.OURS.get(known_fields.place(kind, "").rstrip("."), frozenset())
    }
    beside = {name: keys for name in readers if (keys := _keys_beside(kind, name))}
    known = [name for name in readers if name not in beside] + [key for keys in beside.values() for key in keys]
    check = check_part if some and kind is Person else _CHECKS.get(kind)

    def read(data: Any, place: str, reading: Reading) -> Any:
        if isinstance(data, kind):
            return data
        if not isinstance(data, Mapping):
            return reading.fault(place, "intake.not_a_mapping", known=", ".join(known))
        data = _channel_told(data) if kind is Open else data
        faults = len(reading.faults)
        given: dict[str, Any] = {}
        strange = [key for key in data if key not in known]
        if len(strange) > 2 and len(strange) == len(data) and not some:
            return reading.fault(place, "intake.no_known_key", known=", ".join(known))
        if kind in _BELOW and (apart := [key for key in strange if key in _OF_A_PERSON]):
            # Not indented, what belongs to subject stands beside it: one slip, told once.
            return reading.fault(apart[0], "intake.belongs_to_somebody", key=", ".join(apart), below=_BELOW[kind])
        for key in strange:
            _strange(key, data[key], known, _join(place, _shown(key)), reading)
        for name, field in readers.items():
            if name in beside:
                item, at = _gathered(data, beside[name]), place
            else:
                item, at = data.get(name), _join(place, name)
            value = _read_field(kind, field, item, at, reading, some=some)
            if value is not None:
                given[name] = value
        if check is not None:
            check(data, given, place, reading)
        if len(reading.faults) > faults:
            return BAD
        return _plain_part(kind, given) if some else kind(**given)

    return read


def _channel_told(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a request with its channel, where the way it began says it."""
    channel = None if data.get("channel") else channel_of(str(data.get("began") or "").strip().replace("-", "_"))
    return data if channel is None else {**data, "channel": channel}


@cache
def _keys_beside(kind: type, name: str) -> tuple[str, ...]:
    """Return the keys of a field's record that stand beside the field's own; none where it is a group of its own."""
    where = known_fields.place(kind, name)
    rule = record_rule(where)
    if where not in known_fields.BESIDE or rule.kind is None:
        return ()
    return tuple(field.name for field in fields(rule.kind) if field.name not in rule.without)


def _gathered(data: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any] | None:
    """Return what of *data* belongs to a record whose keys stand beside; None where none of them holds anything."""
    found = {key: data[key] for key in keys if data.get(key) is not None}
    return found or None


def _read_field(kind: type, field: _Field, item: Any, place: str, reading: Reading, *, some: bool) -> Any:
    """Return what one field holds: nothing, where it is absent or says that there is nothing."""
    if isinstance(item, str) and len(item) <= LONGEST_NOTHING and _says_nothing(kind, field.name, item):
        if field.needed or some:
            return reading.fault(place, "intake.says_nothing", value=quoted(item))
        reading.note(place, "intake.read_as_empty", value=quoted(item))
        return None
    if item is None and place in reading.cut:
        return reading.fault(place, "intake.cut_by_a_comment")
    value = None if item is None else field.read(item, place, reading)
    if value is not None or not field.needed:
        return value
    if field.words:
        return reading.fault(place, "intake.missing_word", choices=", ".join(field.words))
    return reading.fault(place, "intake.missing")


def _says_nothing(kind: type, name: str, item: str) -> bool:
    """Tell whether a cell says that there is nothing in it (NULL, N/A). Namibia is NA, and a Mr Null is named."""
    if kind is Person:
        return is_nothing(item, name=name == "name") and not (name == "country" and item.strip().upper() == "NA")
    return (kind in (Open, Inquiry) and name not in _FREE and is_nothing(item)) or item == "Null"


def _strange(key: Any, value: Any, known: Iterable[str], place: str, reading: Reading) -> None:
    """Tell of a key there is not; of half a value, where a comma made a key of it."""
    if value is None and not _KEY.fullmatch(str(key)):
        reading.fault(place, "intake.comma_splits")
    else:
        reading.unknown_key(place, key, known)


_BELOW: dict[type, str] = {Open: "subject, representative", Amend: "subject, representative", Inquiry: "person"}
_OF_A_PERSON = frozenset(field.name for field in fields(Person))
_FREE = frozenset({"note", "about"})
_KEY = re.compile("[A-Za-z_.-]*")


@cache
def _fields(kind: type) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(
            field.name,
            field.default is MISSING and field.default_factory is MISSING,
            reader_of(hints[field.name], known_fields.place(kind, field.name)),
            _words_of(hints[field.name], known_fields.place(kind, field.name)),
        )
        for field in fields(kind)
    )


def reader_of(hint: Any, where: str) -> Reader:
    """Return the reader for a type hint as our payloads use them."""
    special = _SPECIAL.get(where)
    if special is not None:
        return special()
    rule = record_rule(where)
    if rule.kind is not None:
        return record_reader(rule.kind, without=rule.without, needs=rule.needs, some=rule.some)
    origin, arguments = get_origin(hint), get_args(hint)
    if NoneType in arguments:
        (hint,) = (argument for argument in arguments if argument is not NoneType)
        return reader_of(hint, where)
    if origin is tuple:
        return _list_reader(reader_of(arguments[0], where), where, words=_is_a_word(arguments[0]))
    if origin is Mapping:
        return _mapping_reader(arguments[0], reader_of(arguments[1], where), where)
    if hint is str:
        return choice_reader(where) if known_fields.is_coded(where) else text_reader(where)
    if hint is int:
        return number_reader(where)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return word_reader(hint, where)
    if isinstance(hint, type) and is_dataclass(hint):
        return record_reader(hint)
    raise TypeError(f"{where}: it is not known how to read {hint}")


def _words_of(hint: Any, where: str) -> tuple[str, ...]:
    """Return the words of which a field that must be there holds one; none where it holds something else."""
    barred = known_fields.SYSTEM_ONLY.get(where, frozenset())
    return tuple(str(word) for word in hint if word not in barred) if _is_a_word(hint) else ()


def _is_a_word(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


_SIMPLE: dict[type, Reader] = {bool: read_flag, float: read_decimal, datetime: read_moment, date: read_day}


BETWEEN = re.compile("[;；,、，/\n]")
"""What people put between the words of a list."""


def _list_reader(read_item: Reader, where: str, *, words: bool = True) -> Reader:
    def read(data: Any, place: str, reading: Reading) -> Any:
        if isinstance(data, str) and words:
            # One word, or words with commas between them, as they stand in the cell of a table.
            data = [part.strip() or None for part in BETWEEN.split(data.strip(" ;,、\r\n"))]
        if not isinstance(data, list | tuple):
            return reading.fault(place, "intake.not_a_list")
        if not data and where in known_fields.NOT_EMPTY:
            return reading.fault(place, "intake.empty_list")
        items: list[Any] = []
        for number, item in enumerate(data):
            at = f"{place}[{number}]"
            value = None if item is None else read_item(item, at, reading)
            if value is None:
                reading.fault(at, "intake.empty_entry")
            elif isinstance(value, str) and value in items:
                reading.fault(at, "intake.repeated", value=quoted(value))
            else:
                items.append(value)
        return tuple(items)

    return read


def _mapping_reader(key_kind: Any, read_item: Reader, where: str) -> Reader:
    read_key = text_reader(where) if key_kind is str else word_reader(key_kind, where)
    known = () if key_kind is str else tuple(key_kind)

    def read(data: Any, place: str, reading: Reading) -> Any:
        if not isinstance(data, Mapping):
            return reading.fault(place, "intake.not_a_mapping", known=", ".join(known))
        items: dict[Any, Any] = {}
        for key, item in data.items():
            at = _join(place, _shown(key))
            name = read_key(key, at, reading) if key else reading.not_one_of(at, key, key_kind.__name__, known)
            value = None if item is None else read_item(item, at, reading)
            if value is None:
                reading.fault(at, "intake.missing")
            elif name is not BAD:
                items[name] = value
        if not data and where in known_fields.NOT_EMPTY:
            return reading.fault(place, "intake.empty_list")
        return items

    return read


def _plain_part(kind: type, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields given as plain data, as `payloads.Amend` carries them."""
    whole = to_plain(kind(**{"name": "", **given}))
    return {name: whole[name] for name in given}


# -- what goes beyond types ---------------------------------------------------------------------------------------

Check = Callable[[Mapping[str, Any], dict[str, Any], str, Reading], None]
_KIND = frozenset({"kind"})
_ACTING = _KIND | {"registration"}
"""What is said of a representative alone."""


def _check_open(data: Mapping[str, Any], given: dict[str, Any], place: str, reading: Reading) -> None:
    """Mail goes to a representative only where there is one."""
    if given.get("mail_to") is Party.REPRESENTATIVE and data.get("representative") is None:
        reading.fault(_join(place, "mail_to"), "intake.no_representative")
        return
    whose = given.get("representative")
    if given.get("mail_to") is Party.REPRESENTATIVE and isinstance(whose, Person) and not whose.address:
        reading.note(_join(place, "representative.address"), "intake.no_address_to_mail")


def _check_amend(data: Mapping[str, Any], given: dict[str, Any], place: str, reading: Reading) -> None:
    """An amendment changes something: a key of a person is given to be replaced, and nothing can take its place."""
    for party in ("subject", "representative"):
        person = data.get(party)
        for key, value in person.items() if isinstance(person, Mapping) else ():
            if (value is None or (isinstance(value, str) and not value.strip())) and isinstance(key, str):
                reading.fault(_join(_join(place, party), _shown(key)), "intake.nothing_in_place")
    nothing: tuple[object, ...] = (None, {}, PackOut.LET_BE)
    if not any(key != "why" and value not in nothing for key, value in data.items()):
        reading.fault(place, "intake.nothing_changes")


def _check_document(data: Mapping[str, Any], given: dict[str, Any], place: str, reading: Reading) -> None:
    """Of most papers the number must not be kept: the My Number, an insurer's, a pension's (My Number Act 20)."""
    if given.get("type") not in known_fields.NUMBERED:
        given.pop("number", None)


_CHECKS: dict[type, Check] = {
    Person: check_person, Card: check_person, Open: _check_open, Amend: _check_amend, Document: _check_document,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordRule:
    """How a dataclass is read where it stands, as `record_reader` takes it."""

    kind: type | None = None
    without: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    some: bool = False


_RECORDS: dict[str, RecordRule] = {
    "Open.subject": RecordRule(Person, without=_ACTING),
    "Open.representative": RecordRule(Person, needs=_KIND),
    # No code stands on a form of their own; the boxes ticked are the rights, and how it came is how it began.
    "Open.came": RecordRule(ReceiveForms, without=frozenset({"code", "rights", "way", "window", "delivery"})),
    "Inquiry.person": RecordRule(Person, without=_ACTING),
    "Amend.subject": RecordRule(Person, without=_ACTING, some=True),
    "Amend.representative": RecordRule(Person, some=True),
}


def record_rule(where: str, kind: type | None = None) -> RecordRule:
    """Return how the record that the field *where* holds is read; *kind* where nothing else is known of it."""
    return _RECORDS.get(where, RecordRule(kind))


_SPECIAL: dict[str, Callable[[], Reader]] = {
    "AskAgain.missing": lambda: _list_reader(read_gap, "AskAgain.missing"),
    "AskOverride.what": lambda: read_gap,
    "Paid.amount": lambda: read_amount,
    "RecordPayment.amount": lambda: read_amount,
    "Refund.amount": lambda: read_amount,
}


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _shown(key: object) -> str:
    """Return a key fit to be part of a place: whatever somebody typed for one, it stays one short line."""
    text = str(key)
    return text if text.isprintable() and len(text) <= 40 else quoted(text)
