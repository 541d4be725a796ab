"""A tutorial as a page: its blocks of commands with what is shown below each, and how two showings are compared.

Blocks of a page, by the words after the three backticks:

- ``console``: lines that begin with ``$ `` are typed, in order; what stands below each is what came.
- ``console asked``: one command that asks at a terminal; the answers are taken from what stands behind its questions.
- ``text desk``: what the terminal in which the desk runs said since the block before.
- ``text ctrl-c``: what it said when Ctrl-C ended it.

Everything else is the writer's and stays.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field

KINDS = ("console", "console asked", "text desk", "text ctrl-c")
_FENCE = "```"
_MASKS = (
    (re.compile(r"\b(20\d\d-)?\d\d-\d\dT? ?\d\d:\d\d(:\d\d)?([+]09:00)?(?!\d)"), "MOMENT"),
    (re.compile(r"\b\d\d:\d\d(:\d\d)?\b"), "TIME"),
    (re.compile(r"\d+:\d\d:\d\d ago"), "AGO"),
    (re.compile(r"\b([0-9A-Z]{4}-){4}[0-9A-Z]\b"), "CODE"),
    (re.compile(r"\b[0-9a-f]{12,}\b"), "HASH"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "DAY"),
    (re.compile(r"(pid|プロセス) \d+"), "PID"),
    (re.compile(r"\b\d+ (rows|行)|(rows|行)[:：]? ?\d+|(checkpoint|number|against:|検証点) ?\d+"), "COUNT"),
    (re.compile(r"127\.0\.0\.1:\d+"), "ADDRESS"),
    (re.compile(r"\d+ MiB"), "ROOM"),
    (re.compile(r"20\d\d[a-z]\b"), "ZONES"),
    (re.compile(r"@[\w.-]+"), "@MACHINE"),
    (re.compile(r"kill -9 \d+"), "kill -9 PID"),
    (re.compile(r"[ ─-]{2,}"), " "),
)  # fmt: skip


@dataclass
class Typed:
    """One command, and what is shown below it."""

    line: str
    shown: list[str] = field(default_factory=list)


@dataclass
class Block:
    """One block that is carried out; ``first`` and ``last`` are the lines of its inside in the page."""

    kind: str
    first: int
    last: int
    typed: list[Typed]
    shown: list[str]


def blocks(page: list[str]) -> list[Block]:
    """Return the blocks of a page that are carried out."""
    found, begun = [], None
    for number, line in enumerate(page):
        if not line.startswith(_FENCE):
            continue
        if begun is None:
            begun = (line.removeprefix(_FENCE).strip(), number + 1)
            continue
        kind, first = begun
        begun = None
        if kind in KINDS:
            found.append(_block(kind, first, number, page[first:number]))
    return found


def _block(kind: str, first: int, last: int, inside: list[str]) -> Block:
    typed: list[Typed] = []
    for line in inside:
        if kind.startswith("console") and line.startswith("$ "):
            typed.append(Typed(line.removeprefix("$ ")))
        elif typed:
            typed[-1].shown.append(line)
    return Block(kind, first, last, typed, [] if typed else inside)


def written(page: list[str], carried: list[Block]) -> list[str]:
    """Return the page with what is in these blocks."""
    result, at = [], 0
    for block in carried:
        result += page[at : block.first]
        for one in block.typed:
            result += [f"$ {one.line}", *one.shown]
        result += block.shown
        at = block.last
    return result + page[at:]


def alike(lines: list[str]) -> list[str]:
    """Return lines without what differs from one day and one machine to the next, and as if nothing were folded."""
    whole = re.sub(r"\n {15,}", " ", "\n".join(lines))
    return [_in_order(_masked(line)) for line in whole.split("\n")]


def _in_order(line: str) -> str:
    """Return an object of JSON with its names in order: of two workers either may have been heard of first."""
    with suppress(ValueError):
        if line.startswith("{"):
            return json.dumps(json.loads(line), sort_keys=True)
    return line


def _masked(line: str) -> str:
    for pattern, word in _MASKS:
        line = pattern.sub(word, line)
    return line.strip()
