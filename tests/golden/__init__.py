"""Golden files: what each form of the stored values, and the messages of its time, looked like; read for ever.

``form-N.json`` holds, for form N (`workflows.engine.schemas`): ``shapes``, every dataclass and word that is stored and
how; ``values``, stored values by what they are; ``bells``, messages as they lay in the broker. Form 0 was written by
the release before forms had numbers (``release-0004/``), the others by ``python -m tests.golden``, which never writes
one again.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from services.request.discs import Disc, Secret
from workflows.disclosure.values import Treatment
from workflows.registry import procedures
from workflows.request.kept import Matter
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Inquiry
from workflows.request.procedure import request
from workflows.request.values import Person

FOLDER = Path(__file__).parent

KINDS: dict[str, type] = {
    "person": Person,
    "matter": Matter,
    "letter": RequestLetter,
    "inquiry": Inquiry,
    "treatment": Treatment,
    "disc": Disc,
    "passphrase": Secret,
    **{f"order:{name}": transition.payload for name, transition in request.transitions.items()},
    **{
        f"order:{each.name}.{name}": transition.payload
        for each in procedures()[1:]
        for name, transition in each.machine.transitions.items()
    },
    **{f"letter:{each.name}.{kind}": content for each in procedures()[1:] for kind, content in each.letters.items()},
}
"""What is stored, by what it is called in the golden files; a class may be called otherwise one day."""
CALLED: dict[type, str] = {RequestLetter: "LetterContent"}
"""Classes that have another name in the golden file of their form: what is stored did not change with the name."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One golden file."""

    number: int
    shapes: Mapping[str, Any]
    values: list[tuple[str, dict[str, Any]]]
    bells: list[dict[str, Any]]


def file_of(number: int) -> Path:
    """Return where the golden file of that form lies."""
    return FOLDER / f"form-{number}.json"


def golden(number: int) -> Golden:
    """Return the golden file of that form."""
    kept = json.loads(file_of(number).read_text(encoding="utf-8"))
    return Golden(number, kept["shapes"], [(what, stored) for what, stored in kept["values"]], kept["bells"])


def every_form() -> list[int]:
    """Return the forms there are golden files of."""
    return sorted(int(path.stem.removeprefix("form-")) for path in FOLDER.glob("form-*.json"))


def shapes() -> dict[str, Any]:
    """Return every stored dataclass ``{field: type = default}`` and every stored word, as this checkout writes them."""
    found: dict[str, Any] = {}
    for kind in KINDS.values():
        _collect(kind, found)
    return dict(sorted(found.items()))


def _collect(kind: Any, found: dict[str, Any]) -> None:
    name = CALLED.get(kind, getattr(kind, "__name__", ""))
    if not isinstance(kind, type) or name in found:
        for argument in get_args(kind):
            _collect(argument, found)
        return
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        found[name] = {each.name: f"{_told(hints[each.name])}{_default(each)}" for each in fields(kind)}
        for hint in hints.values():
            _collect(hint, found)
    elif issubclass(kind, Enum):
        found[name] = sorted(word.value for word in kind)
    for argument in get_args(kind):
        _collect(argument, found)


def _told(hint: Any) -> str:
    # Not str(hint), which each version of Python writes otherwise.
    if get_origin(hint) in (Union, UnionType):
        return " | ".join("None" if each is NoneType else _told(each) for each in get_args(hint))
    arguments = ["..." if each is Ellipsis else _told(each) for each in get_args(hint)]
    name = getattr(get_origin(hint) or hint, "__name__", str(hint))
    return f"{name}[{', '.join(arguments)}]" if arguments else name


def _default(each: Any) -> str:
    if each.default is MISSING:
        return "" if each.default_factory is MISSING else " = empty"
    return f" = {each.default.value if isinstance(each.default, Enum) else each.default!r}"


def sample(hint: Any, name: str = "", *, whole: bool = True) -> Any:
    """Return a value of that type: a dataclass with every field filled, or (not *whole*) with the required ones."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return sample(next(each for each in arguments if each is not NoneType), name, whole=whole)
    if origin is tuple:
        return (sample(arguments[0], name, whole=whole),)
    if origin is Mapping:
        free = arguments[1] is object
        return {"name": "見本 次郎"} if free else {sample(arguments[0]): sample(arguments[1], name, whole=whole)}
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        wanted = [each for each in fields(hint) if whole or _default(each) == ""]
        made: Any = hint
        return made(**{each.name: sample(hints[each.name], each.name, whole=whole) for each in wanted})
    if issubclass(hint, Enum):
        return list(hint)[-1]
    if issubclass(hint, bool):
        return True
    simple: dict[type, Any] = {
        str: f"見本 {name}", int: 3, datetime: datetime(2026, 11, 9, 0, 30, tzinfo=UTC), date: date(2026, 11, 9),
    }  # fmt: skip
    return simple[hint]
