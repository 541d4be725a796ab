"""``--where``: which cases are meant, in the words of the work list's options."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from services.intake.faults import BadInput, Fault
from services.intake.spans import read_span
from workflows.engine.jobs import Todo
from workflows.engine.numbers import parse_case_number
from workflows.law.values import Right
from workflows.request.procedure import request
from workflows.tongue import Tongue

FLAGS = ("open", "overdue", "stalled", "unassigned")
VALUES = ("state", "todo", "right", "owner", "due-within", "case", "but", "list")
LONGEST = 18
"""Digits of the number of a list: it is that of a row."""


@dataclass(slots=True)
class Where:
    """What was read: the words in their fixed spelling, and what is wrong with the others."""

    tongue: Tongue
    words: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    right: Right | None = None
    owner: str | None = None
    todo: Todo | None = None
    due_within: timedelta | None = None
    numbers: list[str] = field(default_factory=list)
    but: list[str] = field(default_factory=list)
    listed: int | None = None

    def blame(self, word: str, message: str) -> None:
        """Write down what is wrong with a word."""
        self.faults.append(Fault("--where", f"{word}: {message}"))


def read_where(texts: Sequence[str], tongue: Tongue) -> tuple[dict[str, Any], str]:
    """Return the cases meant, as ``services.reports.worklist.Wanted`` has them, and their fixed spelling.

    ``listed`` is the number of a list of papers that was printed (``services.returns.disposals.listed``), or None.

    Raises:
        BadInput: names everything that is wrong.
    """
    found = Where(tongue)
    for word in [part.strip() for text in texts for part in text.split(",") if part.strip()]:
        name, given, value = word.partition("=")
        name = name.strip().replace("_", "-")
        _read(found, word, name, value.strip() if given else None)
    if not found.faults and all(word.startswith("but=") for word in found.words):
        found.blame("", tongue.tell("selection.which", known=_known()))
    if found.faults:
        raise BadInput(found.faults)
    wanted = {
        "states": tuple(found.states),
        "right": found.right,
        "owners": _owners(found),
        "todo": found.todo,
        "overdue": "overdue" in found.words,
        "stalled": "stalled" in found.words,
        "due_within": found.due_within,
        "numbers": tuple(found.numbers) or None,
        "but": tuple(found.but),
        "listed": found.listed,
    }
    return wanted, ",".join(sorted(set(found.words)))


def _read(found: Where, word: str, name: str, value: str | None) -> None:
    if name in FLAGS and value is None:
        found.words.append(name)
    elif name not in VALUES or not value:
        near = difflib.get_close_matches(name, (*FLAGS, *VALUES), n=1)
        hint = near[0] if near and near[0] != name else _known()
        found.blame(word, found.tongue.tell("selection.unknown", hint=hint))
    elif name == "state":
        _read_state(found, word, value)
    elif name == "todo":
        _read_todo(found, word, value)
    elif name == "right":
        _read_right(found, word, value)
    elif name in ("case", "but"):
        _read_number(found, word, name, value)
    elif name == "list":
        _once(found, word, already=found.listed is not None)
        _read_list(found, word, value)
    elif name == "owner":
        _once(found, word, already=found.owner is not None)
        found.owner = value
    else:
        _once(found, word, already=found.due_within is not None)
        _read_span(found, word, value)


def _read_state(found: Where, word: str, value: str) -> None:
    value = value.replace("-", "_")
    if value in request.states:
        found.states.append(value)
        found.words.append(f"state={value}")
    else:
        found.blame(word, found.tongue.tell("selection.states", known=_list(request.states)))


def _read_right(found: Where, word: str, value: str) -> None:
    _once(found, word, already=found.right is not None)
    try:
        found.right = Right(value.replace("-", "_"))
    except ValueError:
        found.blame(word, found.tongue.tell("selection.rights", known=_list(Right)))


def _read_todo(found: Where, word: str, value: str) -> None:
    _once(found, word, already=found.todo is not None)
    try:
        found.todo = Todo(value)
    except ValueError:
        found.blame(word, found.tongue.tell("selection.todos", known=_list(Todo)))


def _read_number(found: Where, word: str, name: str, value: str) -> None:
    number = parse_case_number(value)
    if number is None:
        found.blame(word, found.tongue.tell("selection.number"))
        return
    (found.numbers if name == "case" else found.but).append(number)
    found.words.append(f"{name}={number}")


def _read_list(found: Where, word: str, value: str) -> None:
    if value.isascii() and value.isdecimal() and len(value) < LONGEST:
        found.listed = int(value)
    else:
        found.blame(word, found.tongue.tell("selection.list"))


def _owners(found: Where) -> tuple[str | None, ...] | None:
    """Return in whose hands the cases are to be; None: in whosever."""
    if found.owner is None and "unassigned" not in found.words:
        return None
    return (*([] if found.owner is None else [found.owner]), *([None] if "unassigned" in found.words else []))


def _read_span(found: Where, word: str, value: str) -> None:
    found.due_within = read_span(value)
    if found.due_within is None:
        found.blame(word, found.tongue.tell("spans.span", option="due-within"))


def _once(found: Where, word: str, *, already: bool) -> None:
    """Only states and cases may be named several times: any of them will do."""
    if already:
        found.blame(word, found.tongue.tell("selection.once"))
    found.words.append(word.replace(" ", ""))


def _known() -> str:
    return ", ".join([*(f"{name}=…" for name in VALUES), *FLAGS])


def _list(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)
