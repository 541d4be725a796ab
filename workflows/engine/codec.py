"""The values of the procedure as plain data and back: what is sealed into an order, an effect, a row.

`to_plain` and `from_plain` trust what they are given: the border (services.intake) has checked it, or we wrote it
ourselves. Each dataclass is read once, from its type hints; after that a payload takes a few microseconds. Equal values
give equal plain data (times are written in UTC), so that a fingerprint taken over it means the same payload.

What is kept goes through `written` and `read`: it carries the number of its form, and every later release reads it
(`workflows.engine.schemas`).
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workflows.engine.schemas import FORMS, KEY, Forms

Value = TypeVar("Value")
Convert = Callable[[Any], Any]

_ABSENT = object()


def written(value: object, forms: Forms = FORMS) -> dict[str, Any]:
    """Return a dataclass of ours as it is stored: plain data with the number of its form."""
    return {KEY: forms.number, **to_plain(value)}


def read(kind: type[Value], stored: Mapping[str, Any], forms: Forms = FORMS) -> Value:
    """Return the *kind* that `written` turned into *stored*, in this release or an earlier one.

    Raises NewerForm where newer code wrote it, ValueError where it is nothing that any release wrote.
    """
    number = forms.number_of(stored)
    plain = {name: value for name, value in stored.items() if name != KEY}
    return from_plain(kind, plain if number == forms.number else forms.lifted(kind, plain, number))


def to_plain(value: object) -> dict[str, Any]:
    """Return a dataclass of ours as data JSON can hold. A field that is None by default is left out when it is None."""
    plain: dict[str, Any] = {}
    for name, write, _, default in _shape(type(value)):
        item = getattr(value, name)
        if item is None:
            if default is not None:
                plain[name] = None
        else:
            plain[name] = item if write is None else write(item)
    return plain


def from_plain(kind: type[Value], plain: Mapping[str, Any]) -> Value:
    """Return the *kind* that `to_plain` turned into *plain*.

    Raises ValueError where a field is missing or a key is unknown: data of another form is never read half.
    """
    shape = _shape(kind)
    given: dict[str, Any] = {}
    absent = 0
    for name, _, read, default in shape:
        item = plain.get(name, _ABSENT)
        if item is _ABSENT:
            if default is MISSING:
                raise ValueError(f"{kind.__name__} needs {name!r}")
            absent += 1
            if default is None:
                given[name] = None
        else:
            given[name] = item if read is None or item is None else read(item)
    if len(plain) != len(shape) - absent:
        known = {name for name, *_ in shape}
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(repr(key) for key in plain.keys() - known))}")
    return kind(**given)


# For each field: its name, how it is written, how it is read (None: as it is), and what stands for it where it is
# absent (MISSING: it must be there; None also for what may be None and has no default; _ABSENT: the class's default).
_Shape = tuple[tuple[str, Convert | None, Convert | None, object], ...]


_SHAPES: dict[type, _Shape] = {}


def _shape(kind: type) -> _Shape:
    shape = _SHAPES.get(kind)
    if shape is None:
        hints = get_type_hints(kind)
        if KEY in hints:
            raise TypeError(f"{kind.__name__}.{KEY}: this name is taken, the number of a value's form stands under it")
        shape = _SHAPES[kind] = tuple(
            (field.name, *_converters(hints[field.name], f"{kind.__name__}.{field.name}"), _default(field, hints))
            for field in fields(kind)
        )
    return shape


def _default(field: "Field[Any]", hints: Mapping[str, Any]) -> object:
    if field.default is MISSING and field.default_factory is MISSING:
        return None if NoneType in get_args(hints[field.name]) else MISSING
    return None if field.default is None else _ABSENT


def _converters(hint: Any, where: str) -> tuple[Convert | None, Convert | None]:
    """Return how a value of this type is written and read; None where plain data is the value itself."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _converters(_only(hint, where), where)
    if hint in (str, int, float, bool):
        return None, None
    if hint is object:
        return _json, None
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        write, read = _converters(arguments[0], where)
        return partial(_each, list, write), partial(_each, tuple, read)
    if origin is Mapping or hint is Mapping:
        keys, items = (_converters(argument, where) for argument in arguments)
        return partial(_items, keys[0], items[0]), partial(_items, keys[1], items[1])
    if isinstance(hint, type):
        if issubclass(hint, datetime):
            return _moment, datetime.fromisoformat
        if issubclass(hint, date):
            return date.isoformat, date.fromisoformat
        if issubclass(hint, Enum):
            return _word, hint
        if is_dataclass(hint):
            return to_plain, partial(from_plain, hint)
    raise TypeError(f"{where}: no plain form is known for {hint}")


def _only(hint: Any, where: str) -> Any:
    """Return X of ``X | None``."""
    kinds = [argument for argument in get_args(hint) if argument is not NoneType]
    if len(kinds) != 1:
        raise TypeError(f"{where}: of {hint} it could not be told which one was written")
    return kinds[0]


def _each(collect: Callable[[Any], Any], convert: Convert | None, items: Any) -> Any:
    return collect(items) if convert is None else collect([convert(item) for item in items])


def _items(key: Convert | None, item: Convert | None, mapping: Mapping[Any, Any]) -> dict[Any, Any]:
    return {
        (name if key is None else key(name)): (value if item is None or value is None else item(value))
        for name, value in mapping.items()
    }


def _word(word: Enum) -> Any:
    return word.value


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored: nobody could tell when it was")
    return value.astimezone(UTC).isoformat()


def _json(value: object) -> Any:
    """Return free data as JSON would give it back; refuse what JSON cannot hold."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_json(item) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {str(key): _json(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} is no plain data; convert it before it goes into a payload")
