"""The recipes of CONTRIBUTING.md, as they are printed there, made into changes of a copy and lines to run.

A block is a file, or a part of one, and the line above it says which:

    `workflows/x.py`:                       the whole file
    `workflows/x.py`, at its end:           after whatever stands there
    `workflows/x.py`, below `some line`:    after the one line that reads so; or `above` it, or `in place of` it

"Raise `NAME` in `workflows/x.py`" counts the number behind NAME one up. A block of `sh` are lines that prepare, one of
`console` what somebody types (after `$ `) and reads.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from settings import PROJECT
from tests.checkouts import Edit, Whole

PAGE = PROJECT / "CONTRIBUTING.md"
RECIPES = TRANSITION, PROCEDURE = "A new transition", "A second procedure"
"""Their headings."""
PLACED = r"^`(?P<path>[\w./-]+)`(?:, (?P<where>at its end|above|below|in place of)(?: `(?P<line>[^`\n]+)`)?)?:\n\n"
BLOCK = re.compile(rf"(?:{PLACED})?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RAISED = re.compile(r"[Rr]aise\s+`(?P<name>\w+)`\s+in\s+\[?`(?P<path>[\w./-]+)`")


@dataclass(slots=True)
class Recipe:
    """``lines`` are the shell's, ``typed`` pairs of what somebody types and the answer that is shown."""

    changes: list[Edit | Whole] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    typed: list[tuple[str, list[str]]] = field(default_factory=list)


def recipe(heading: str) -> Recipe:
    """Return the recipe under that heading. Raises ValueError where a line is not there, or more than once."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"{PAGE.name} has no recipe for {heading!r}")
    section, made = found[1], Recipe()
    made.changes += [_raised(hit["path"], hit["name"]) for hit in RAISED.finditer(section)]
    for block in BLOCK.finditer(section):
        if block["path"]:
            made.changes.append(_change(block["path"], block["where"] or "", block["line"] or "", block["text"]))
        elif block["kind"] == "sh":
            made.lines += [line.partition("  #")[0].strip() for line in block["text"].splitlines()]
        elif block["kind"] == "console":
            made.typed += _typed(block["text"])
        else:
            raise ValueError(f"{heading}: nothing says where this belongs: {block['text'][:60]!r}")
    return made


def _raised(path: str, name: str) -> Edit:
    text = (PROJECT / path).read_text(encoding="utf-8")
    hits = re.findall(rf"^ *{name} ?= ?\d+\b", text, re.MULTILINE)
    if len(hits) != 1:
        raise ValueError(f"{path} has {len(hits)} lines that say {name}")
    before, number = re.fullmatch(r"(.*?)(\d+)", hits[0], re.DOTALL).groups()  # type: ignore[union-attr]  # just found
    return Edit(path, hits[0], f"{before}{int(number) + 1}")


def _change(path: str, where: str, line: str, text: str) -> Edit | Whole:
    if not where:
        return Whole(path, text)
    before = (PROJECT / path).read_text(encoding="utf-8")
    if where == "at its end":
        last = before.rstrip("\n").splitlines()[-1]
        tail = before[before.rindex(last) :]
        anchor = tail if before.count(tail) == 1 else before
        return Edit(path, anchor, f"{anchor}\n\n{text}")
    hits = [each for each in before.splitlines(keepends=True) if each.strip() == line]
    if len(hits) != 1:
        raise ValueError(f"{path} has {len(hits)} lines {line!r}")
    if before.count(hits[0]) != 1:
        raise ValueError(f"{path}: {line!r} is a part of another line, too")
    placed = {"above": f"{text}{hits[0]}", "below": f"{hits[0]}{text}", "in place of": text}
    return Edit(path, hits[0], placed[where])


def _typed(text: str) -> list[tuple[str, list[str]]]:
    shown = [each.rstrip("\n").split("\n") for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]]
    return [(command, answer) for command, *answer in shown]


def files_of(made: Recipe) -> set[Path]:
    """Return the files a recipe touches."""
    return {Path(change.path) for change in made.changes}
