"""The forms in which values are stored, by number, and how an older form becomes today's.

What is sealed cannot be rewritten by a migration, which has no keys: a value keeps the form it was written in, carries
that form's number, and is brought up when it is read. `SCHEMA` counts the forms of all of them together.

Whoever changes a dataclass that is stored (`workflows.request.values`, `workflows.request.payloads`,
`workflows.request.kept`) raises it, adds to `CHANGES` what readers of older forms must know, and runs ``python -m
tests.golden``, which keeps a golden file of the new form. A field added with a default needs no `Change`, only the
number: older code must see that the value is not for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

SCHEMA = 3
"""The number of the forms this code writes. What carries none was written before there were numbers: form 0."""
KEY = "schema"
"""Under which name a value carries its number."""

Lift = Callable[[Any], Any]


class NewerForm(Exception):
    """A value was written by newer code than this; it is left alone."""


@dataclass(frozen=True, slots=True)
class PartOf:
    """Marks free data that is some fields of a dataclass in plain form, so that it is brought up like the whole."""

    kind: type


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of the dataclass called *of* in form *since*, for every value of an older form, in this order.

    ``renamed`` {old name: new name}; ``dropped``: fields that are no more; ``turned`` {name: old plain value -> new
    one}; ``added`` {name: plain value} for required fields, where the value itself does not say it.
    """

    since: int
    of: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    turned: Mapping[str, Lift] = field(default_factory=dict)
    added: Mapping[str, object] = field(default_factory=dict)

    def applied(self, plain: Mapping[str, Any], *, part: bool = False) -> dict[str, Any]:
        """Return plain data of the form before as plain data of this one; nothing is added to a *part*."""
        lifted = {self.renamed.get(name, name): value for name, value in plain.items()}
        for name in self.dropped:
            lifted.pop(name, None)
        for name, turn in self.turned.items():
            if name in lifted:
                lifted[name] = turn(lifted[name])
        return lifted if part else {**self.added, **lifted}


CHANGES: tuple[Change, ...] = ()
"""Every change since form 0, for ever: a case may be closed for years before somebody reads it again."""


class Forms:
    """The newest number and the changes up to it. The house has one (`FORMS`); tests make releases of their own."""

    def __init__(self, number: int, changes: Iterable[Change]) -> None:
        """Raises ValueError where a change belongs to no form there is."""
        self.number = number
        self._changes: dict[str, list[Change]] = {}
        for change in sorted(changes, key=lambda change: change.since):
            if not 0 < change.since <= number:
                raise ValueError(f"a change of {change.of} since form {change.since}, but the newest is {number}")
            self._changes.setdefault(change.of, []).append(change)

    def number_of(self, stored: Mapping[str, Any]) -> int:
        """Return the number a value carries. Raises NewerForm, and ValueError where it is no number."""
        number = stored.get(KEY, 0)
        if type(number) is not int or number < 0:
            raise ValueError("what stands where the number of a form should stand is none")
        if number > self.number:
            raise NewerForm(f"form {number} is newer than this code, which knows {self.number}")
        return number

    def lifted(self, kind: type, plain: Mapping[str, Any], number: int, *, part: bool = False) -> dict[str, Any]:
        """Return plain data of that form, of a *kind* and whatever lies inside it, as plain data of the newest form."""
        now = dict(plain)
        for change in self._changes.get(kind.__name__, ()):
            if change.since > number:
                now = change.applied(now, part=part)
        for name, hint in get_type_hints(kind, include_extras=True).items():
            lift = self._inside(hint, number) if now.get(name) is not None else None
            if lift is not None:
                now[name] = lift(now[name])
        return now

    def _inside(self, hint: Any, number: int) -> Lift | None:
        """Return what brings up values of this type; None where there is nothing in them that has a form."""
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            (hint,) = (argument for argument in arguments if argument is not NoneType)
            return self._inside(hint, number)
        if origin is Annotated:
            marks = [mark for mark in arguments[1:] if isinstance(mark, PartOf)]
            return partial(self._part, marks[0].kind, number) if marks else self._inside(arguments[0], number)
        if isinstance(hint, type) and is_dataclass(hint):
            return lambda plain: self.lifted(hint, plain, number)
        inner = self._inside(arguments[1 if origin is Mapping else 0], number) if arguments else None
        if inner is None:
            return None
        if origin is Mapping:
            return lambda items: {key: None if item is None else inner(item) for key, item in items.items()}
        return lambda items: [inner(item) for item in items]

    def _part(self, kind: type, number: int, plain: Mapping[str, Any]) -> dict[str, Any]:
        return self.lifted(kind, plain, number, part=True)


FORMS = Forms(SCHEMA, CHANGES)
