"""What a call says of itself, as the counter reads it: bounded, and none of it believed."""

import re
from dataclasses import dataclass

from counter.client import PLACED, SAID, SHOWN

_WORD = re.compile(r"[A-Za-z0-9_.,@:;+-]{0,64}")
"""What a variable of the terminal or the locale may be: never a path, which would name a file for us to read."""
_ENCODING = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_ERRORS = frozenset({"strict", "surrogateescape", "backslashreplace", "replace", "ignore"})
_FIXED = 12


class NotUnderstood(ValueError):
    """These are not the words of a call."""


@dataclass(frozen=True, slots=True)
class Stream:
    """How the caller's end writes the characters of one of its streams."""

    encoding: str
    errors: str


@dataclass(frozen=True, slots=True)
class Words:
    """A call. ``home`` and ``root`` are device and inode, by which two processes know that they see the same."""

    project: str
    home: str
    root: str
    folder: str
    own_folder: str
    streams: tuple[Stream, Stream, Stream]
    environment: dict[str, str]
    arguments: list[str]


def understood(body: bytes) -> Words:
    """Return what `counter.client.compose` put together. Raises NotUnderstood."""
    words = body.decode("utf-8", "surrogateescape").split("\0")
    if len(words) < _FIXED or not words[_FIXED - 1].isdecimal():
        raise NotUnderstood
    project, home, root, folder, own_folder, *coded = words[: _FIXED - 1]
    count = int(words[_FIXED - 1][:4])
    told, arguments = words[_FIXED : _FIXED + count], words[_FIXED + count :]
    if len(told) != count:
        raise NotUnderstood
    stdin, stdout, stderr = (_stream(*pair) for pair in zip(coded[::2], coded[1::2], strict=True))
    environment = dict(filter(None, map(_variable, told)))
    return Words(project, home, root, folder, own_folder, (stdin, stdout, stderr), environment, arguments)


def _stream(encoding: str, errors: str) -> Stream:
    import codecs

    try:
        known = _ENCODING.fullmatch(encoding) is not None and codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001
    except LookupError:
        known = False
    return Stream(encoding if known else "utf-8", errors if errors in _ERRORS else "strict")


def _variable(told: str) -> tuple[str, str] | None:
    """Return a variable and its value where a caller may tell it."""
    name, _, value = told.partition("=")
    if name in PLACED or name in SAID:
        return name, value
    return (name, value) if name in SHOWN and _WORD.fullmatch(value) else None
