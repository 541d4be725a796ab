"""How a command answers: one JSON document on stdout when asked for, else lines for people; the rest goes to stderr."""

import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from commands.context import Failure, call, said
from commands.terminal import in_json, one_line, painted

if TYPE_CHECKING:
    from workflows.lines import Line, Table

_KEPT = "\u00a0"
_TYPED = re.compile(r"\./admin\.py(?: [^\s。、，（）(),;]+)*")
"""A command that is to be typed, up to where the sentence goes on."""
LEAST = 24
"""Columns a sentence has at least, however long its head."""


def answer(document: object, lines: "Iterable[str | Line | Table]" = ()) -> None:
    """Print the answer of the call: *document* under ``--json``, else *lines* (none under ``--quiet``)."""
    if call().json:
        sys.stdout.write(f"{in_json(json.dumps(document, ensure_ascii=False, indent=_indent()))}\n")
    elif not call().quiet:
        for line in lines:
            for shown in [line] if isinstance(line, str) else drawn(line):
                sys.stdout.write(f"{_as_one(shown)}\n")


def gathered(
    rows: Iterable[Mapping[str, Any]], page: "Callable[[Iterable[Mapping[str, Any]]], Iterable[Line | Table]]"
) -> Callable[[], None]:
    """Read the rows of an answer that may be very long, and return what prints it as `answer` would.

    Of each is kept only what will be printed: its JSON, or what *page* makes of it. It is printed afterwards, since a
    person may look at it for hours, and the rows come out of a transaction.
    """
    with _uncollected():
        if not call().json:
            lines = list(page(rows))
            return lambda: answer(None, lines)
        encode = json.JSONEncoder(ensure_ascii=False, indent=_indent()).encode
        begin, comma, end = ("[", ", ", "]") if _indent() is None else ("[\n", ",\n", "\n]")
        # Each as a list of its own, for it is indented as in the whole one.
        parts = [in_json(encode([row])[len(begin) : -len(end)]) for row in rows]

    def show() -> None:
        if not parts:
            answer([])
            return
        for number, part in enumerate(parts):
            sys.stdout.write(f"{comma if number else begin}{part}")
        sys.stdout.write(f"{end}\n")

    return show


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no rings of garbage meanwhile: rows make none, and each look goes through all the house has loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def in_sentences(lines: Iterable[str]) -> Iterator[str]:
    """Yield sentences of an answer folded to the terminal; where there is none, as they are."""
    for line in lines:
        yield from folded(line) if sys.stdout.isatty() else [line]


def refuse(document: object, lines: Iterable[str]) -> None:
    """Print an answer that is a no: on stderr for people, and never kept quiet."""
    if call().json:
        answer(document)
    for line in lines:
        _say_beside(line)


def note(message: str) -> None:
    """Say something beside the answer."""
    if not call().quiet:
        _say_beside(message)


def _say_beside(message: str) -> None:
    """Write to stderr: on a terminal folded to its width, a command that is to be typed on one line with its words.

    What was answered before stands before it, also where both go into one pipe.
    """
    sys.stdout.flush()
    for line in message.split("\n") if sys.stderr.isatty() else [message]:
        for shown in folded(line) if sys.stderr.isatty() else [line]:
            sys.stderr.write(f"{shown}\n")


def folded(line: str) -> list[str]:
    """Return a sentence as lines of this terminal, indented like its beginning."""
    from commands.wide import fold, width

    if width(line) <= columns():
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    room = max(columns() - len(indent), LEAST)

    def kept(typed: re.Match[str]) -> str:
        words = typed[0].split(" ")
        fitting = next(n for n in range(len(words), 0, -1) if n == 1 or width(" ".join(words[:n])) <= room)
        return " ".join([_KEPT.join(words[:fitting]), *words[fitting:]])

    lines = fold(_TYPED.sub(kept, line.lstrip(" ")), room)
    return [f"{indent}{one.replace(_KEPT, ' ')}" for one in lines]


def failed(failure: Failure) -> int:
    """Print why the call failed and return its exit status."""
    more: dict[str, Any] = failure.more
    refuse({"error": failure.code, "message": failure.message, **more}, [failure.message])
    return failure.status


def tell_faults(faults: Iterable[Any], source: str = "") -> Failure:
    """Return the failure for everything wrong with a file or a command line, each fault on its own line."""
    listed = list(faults)
    places = [f"{source}:{fault}" if fault.line is not None and source else str(fault) for fault in listed]
    head = said("output.faults")
    return Failure(
        2,
        "bad_input",
        "\n".join([head, *(f"  {place}" for place in places)]),
        faults=[{"line": f.line, "field": f.field, "message": f.message} for f in listed],
    )


def columns() -> int:
    """Return how wide the terminal is; 80 where there is none."""
    import shutil

    return max(40, shutil.get_terminal_size((80, 24)).columns)


def drawn(piece: "Line | Table") -> Iterator[str]:
    """Yield a piece of a report's page as lines of this terminal."""
    from commands.wide import fold, pad, table, width
    from workflows.lines import Table

    if isinstance(piece, Table):
        head, *rows = table(piece.heads, piece.rows, columns(), piece.widest)
        yield coloured(head, "bold") if piece.colours else head
        for row, colour, below in zip_longest(rows, piece.colours, piece.below, fillvalue=""):
            yield coloured(row, colour)
            if below:
                yield coloured(below, "red")
        return
    plain = "".join(pad(words, max(room, width(words.rstrip()) + 1) if room else 0) for words, room in piece.head)
    room = width(plain)
    if piece.typed and room + len(piece.text) > columns():
        yield from _continued(piece.text, plain, columns() - room)
        return
    head = coloured(plain, piece.head_colour)
    for line in [piece.text] if piece.whole else fold(piece.text, max(columns() - room, LEAST)):
        yield f"{head}{coloured(line, piece.colour)}"
        head = " " * room


_SHELL_WORD = re.compile(r"""(?:'[^']*'|"[^"]*"|[^\s'"])+""")


def _continued(text: str, plain: str, room: int) -> Iterator[str]:
    """Yield a command over several lines that a shell reads as one: before its last option if that will do.

    Broken anywhere else only between words, and never inside quotes; a word longer than the line stays whole.
    """
    from commands.wide import width

    command, _, last = text.rpartition(" --")
    pieces = [command, f"  --{last}"]
    if not command or "'" in last or max(map(width, pieces)) > room - 2:
        pieces = [""]
        for word in _SHELL_WORD.findall(text):
            if pieces[-1].strip() and width(f"{pieces[-1]} {word}") > room - 2:
                pieces.append(f"  {word}")
            else:
                pieces[-1] = f"{pieces[-1]} {word}" if pieces[-1] else word
    for piece in pieces[:-1]:
        yield f"{plain}{piece} \\"
    yield f"{plain}{pieces[-1]}"


def coloured(text: str, colour: str) -> str:
    """Return *text* in a colour on a terminal that shows colours, else as it is."""
    if (
        not colour
        or call().json
        or not sys.stdout.isatty()
        or os.environ.get("NO_COLOR")
        or os.environ.get("TERM") == "dumb"
    ):
        return text
    return painted(one_line(text), colour)


def _as_one(line: str) -> str:
    """Return what is one line of an answer as one line."""
    return line.replace("\n", "\\n")


def _indent() -> int | None:
    """A person reads JSON better indented; a program does not care."""
    return 2 if sys.stdout.isatty() else None
