"""The fields of a payload as questions: the same types, names and readers as those of a file.

A question without an answer yet comes after all that went before it, because what is asked may hang on the answers:
`plan` is a function of them. So going back, changing one answer and taking up what was known are one thing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from services.intake import fields as known_fields
from services.intake.payloads import reader_of, record_rule
from services.intake.scalars import BAD, Reader, Reading
from workflows.engine.hints import PLAIN, Hint, Hints, Seen

MOST = 20
"""Papers, corrections and the like that are asked for one after the other; more come by a file."""


class Sort(StrEnum):
    """What kind of answer a question takes."""

    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    TEXT = "text"
    TEXTS = "texts"
    RECORD = "record"
    RECORDS = "records"
    KEYED = "keyed"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a payload. ``kind`` is the dataclass of a record, ``words`` the enumeration of what is offered."""

    name: str
    where: str
    sort: Sort
    needed: bool
    read: Reader
    choices: tuple[str, ...] = ()
    words: str = ""
    kind: type | None = None
    inner: "Field | None" = None

    @property
    def record(self) -> type:
        """The dataclass it holds."""
        if self.kind is None:
            raise TypeError(f"{self.where} holds no record")
        return self.kind


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``gate`` asks whether there is something at all; ``place`` is a fault's, with ``?`` for a gate.

    ``around`` are the things it stands in, outermost first: the field that holds each, and which of several.
    """

    place: str
    field: Field
    proposed: Any
    choices: tuple[str, ...]
    needed: bool
    gate: bool = False
    around: "Around" = ()

    @property
    def sort(self) -> Sort:
        """What kind of answer it takes."""
        if self.gate:
            return Sort.FLAG
        return Sort.CHOICE if self.choices and self.field.sort is Sort.TEXT else self.field.sort


Around = tuple[tuple[Field, str], ...]


class Wrong(ValueError):
    """An answer that cannot be taken; its text says why and what would work."""


def read_answer(question: Question, value: Any, language: str) -> Any:
    """Return an answer as a file holds it: text, whole numbers, true and false, lists of texts. Raises Wrong."""
    if question.gate:
        return bool(value)
    reading = Reading(language, own=lambda group: question.choices)  # what is offered is what there is
    read = question.field.read(value, question.place, reading)
    if read is BAD or reading.faults:
        raise Wrong(reading.faults[0].message)
    return _plain(read)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


# -- the fields -----------------------------------------------------------------------------------------------------


def fields_of(kind: type, where: str = "") -> tuple[Field, ...]:
    """Return the fields a person may fill in of a dataclass; *where* is the field of another that holds it.

    What must be named first of all stands first: of a representative, by what right they act.
    """
    rule = record_rule(where, kind)
    hints = get_type_hints(kind)
    ours = known_fields.OURS.get(known_fields.place(kind, "").rstrip("."), frozenset())
    found = []
    for field in fields(kind):
        if field.name in ours | rule.without:
            continue
        bare = field.default is MISSING and field.default_factory is MISSING
        needed = not rule.some and (bare or field.name in rule.needs)
        found.append(_field(field.name, known_fields.place(kind, field.name), hints[field.name], needed=needed))
    return tuple(sorted(found, key=lambda one: one.name not in rule.needs and one.where not in known_fields.FIRST))


def _field(name: str, where: str, hint: Any, *, needed: bool) -> Field:
    arguments = get_args(hint)
    read = reader_of(hint, where)
    if NoneType in arguments:
        (hint,) = (argument for argument in arguments if argument is not NoneType)
        arguments = get_args(hint)
    held = record_rule(where).kind
    if held is not None:
        return Field(name, where, Sort.RECORD, needed, read, kind=held)
    origin = get_origin(hint)
    if origin is Mapping:
        inner = _field("", where, arguments[1], needed=True)
        keys = arguments[0]
        members = () if keys is str else _members(keys, where)
        return Field(name, where, Sort.KEYED, needed, read, members, keys.__name__, inner=inner)
    if origin is tuple:
        inner = _field(name, where, arguments[0], needed=True)
        if inner.sort is Sort.RECORD:
            return Field(name, where, Sort.RECORDS, needed, read, kind=inner.kind, inner=inner)
        sort = Sort.CHOICES if inner.sort is Sort.CHOICE else Sort.TEXTS
        return Field(name, where, sort, needed, read, inner.choices, inner.words, inner=inner)
    return _single(name, where, hint, read, needed=needed)


_SIMPLE = {bool: Sort.FLAG, datetime: Sort.MOMENT, date: Sort.DAY, int: Sort.NUMBER}


def _single(name: str, where: str, hint: Any, read: Reader, *, needed: bool) -> Field:
    if isinstance(hint, type) and is_dataclass(hint):
        return Field(name, where, Sort.RECORD, needed, read, kind=hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Field(name, where, Sort.CHOICE, needed, read, _members(hint, where), hint.__name__)
    if hint is str and known_fields.is_coded(where):
        return Field(name, where, Sort.CHOICE, needed, read, known_fields.choices(where), where)
    return Field(name, where, _SIMPLE.get(hint, Sort.TEXT), needed, read)


def _members(kind: Any, where: str) -> tuple[str, ...]:
    barred = known_fields.SYSTEM_ONLY.get(where, frozenset())
    return tuple(str(member) for member in kind if member not in barred)


# -- the plan -------------------------------------------------------------------------------------------------------


def plan(kind: type, hints: Hints, seen: Seen, implied: dict[str, Any] | None = None) -> Iterator[Question]:
    """Yield the questions in their order, those answered in ``seen`` too, up to the first without an answer.

    What need not be asked, because the case says it, is put into *implied* by its place.
    """
    planned = _Plan(hints, seen, {} if implied is None else implied)
    for question in planned.record(kind, "", "", ()):
        yield question
        if question.place not in seen.answers:
            return


@dataclass(frozen=True, slots=True)
class _Plan:
    hints: Hints
    seen: Seen
    implied: dict[str, Any]

    def record(self, kind: type, place: str, where: str, around: Around) -> Iterator[Question]:
        known = fields_of(kind, where)
        must = record_rule(where, kind).some or self._hint(place, kind.__name__).picks
        if must:
            names = tuple(field.name for field in known if not field.needed)
            gate = Field("", kind.__name__, Sort.CHOICES, True, _names, names, kind.__name__)
            yield Question(f"{place}?", gate, None, names, True, around=around)
            picked = self.seen.answers.get(f"{place}?") or ()
            known = tuple(field for field in known if field.needed or field.name in picked)
        for field in known:
            yield from self.field(field, f"{place}.{field.name}" if place else field.name, around, must=must)

    def field(self, field: Field, place: str, around: Around, *, must: bool = False) -> Iterator[Question]:
        hint = self._hint(place, field.where)
        if not hint.asked(self.seen, place):
            told = hint.implied(self.seen, place)
            if told is not None:
                self.implied[place] = told
            return
        needed = must or field.needed or hint.needed(self.seen, place)
        if field.where in known_fields.BESIDE:  # its keys stand beside the others, and the hints say when it is there
            yield from self.record(field.record, place.rpartition(".")[0], field.where, around)
        elif field.sort is Sort.RECORD:
            yield from self._one(field, place, hint, around, needed=needed)
        elif field.sort is Sort.RECORDS:
            yield from self._several(field, place, hint, around)
        elif field.sort is Sort.KEYED:
            yield from self._keyed(field, place, hint, around)
        else:
            yield self._question(field, place, hint, around, needed=needed)

    def _question(self, field: Field, place: str, hint: Hint, around: Around, *, needed: bool) -> Question:
        offered = field.choices
        if hint.choices is not None:
            offered = tuple(hint.choices(self.seen, place))
        proposed = hint.proposed(self.seen, place)
        if proposed is None and field.sort is Sort.FLAG and not needed:
            proposed = False
        if field.sort is Sort.CHOICE and len(offered) == 1 and needed:
            proposed = offered[0]
        return Question(place, field, proposed, offered, needed, around=around)

    def _one(self, field: Field, place: str, hint: Hint, around: Around, *, needed: bool) -> Iterator[Question]:
        if not needed:
            gate = f"{place}?"
            yield Question(gate, field, bool(hint.proposed(self.seen, place)), (), False, True, around)
            if not self.seen.answers.get(gate):
                return
        yield from self.record(field.record, place, field.where, (*around, (field, "")))

    def _several(self, field: Field, place: str, hint: Hint, around: Around) -> Iterator[Question]:
        for number in range(MOST):
            at, here = f"{place}[{number}]", (*around, (field, str(number + 1)))
            proposed = bool(hint.proposed(self.seen, at)) if number == 0 else False
            yield Question(f"{at}?", field, proposed, (), False, True, here)
            if not self.seen.answers.get(f"{at}?"):
                return
            yield from self.record(field.record, at, field.where, here)

    def _keyed(self, field: Field, place: str, hint: Hint, around: Around) -> Iterator[Question]:
        keys: Sequence[str] = field.choices if hint.keys is None else hint.keys(self.seen, place)
        inner = field.inner or field
        for key in keys:
            at, here = f"{place}.{key}", (*around, (field, key))
            if inner.kind is not None:
                yield from self.record(inner.kind, at, field.where, here)
            else:
                yield self._question(inner, at, hint, here, needed=True)

    def _hint(self, place: str, where: str) -> Hint:
        return self.hints.get(place) or self.hints.get(where) or PLAIN


def _names(value: Any, place: str, reading: Reading) -> Any:
    return list(value)


# -- what a file would hold -----------------------------------------------------------------------------------------


def assembled(questions: Sequence[Question], answers: Mapping[str, Any], implied: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as a file would hold them; what was left empty is not in it."""
    data: dict[str, Any] = {}
    given = {one.place: answers.get(one.place) for one in questions if not one.place.endswith("?")}
    for place, value in {**given, **implied}.items():
        if value not in (None, "", []):
            _put(data, place, value)
    return data


def _put(data: Any, place: str, value: Any) -> None:
    name, _, rest = place.partition(".")
    name, bracket, number = name.partition("[")
    if bracket:
        items = data.setdefault(name, [])
        position = int(number.rstrip("]"))
        items += [{} for _ in range(position + 1 - len(items))]
        _put(items[position], rest, value)
    elif rest:
        _put(data.setdefault(name, {}), rest, value)
    else:
        data[name] = value


def places(data: Any, at: str = "") -> dict[str, Any]:
    """Return plain data by its places, as answers stand: the way back from what a file or an order holds."""
    found: dict[str, Any] = {f"{at}?": True} if at and data not in (None, [], {}) else {}
    if isinstance(data, Mapping):
        for name, value in data.items():
            found |= places(value, f"{at}.{name}" if at else str(name))
        return found
    if isinstance(data, list) and data and isinstance(data[0], Mapping):
        for number, item in enumerate(data):
            found |= places(item, f"{at}[{number}]")
        return found
    return {} if data in (None, []) else {at: data}
