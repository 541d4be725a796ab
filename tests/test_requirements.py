"""Every statement of the published procedure (S1 to S52) is shown by a test, or named here with the reason why not.

So are the eight measures against fraud and mistakes (F1 to F8).
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from settings import PROJECT

EVERY = {f"S{number}" for number in range(1, 53)} | {f"F{number}" for number in range(1, 9)}

NOT_YET_SHOWN: dict[str, str] = {
    "S29": "Where a network is crossed TLS is chosen by the URLs of database and broker; no test crosses a network.",
    "S30": "We serve no page of our own yet; Flower's sets no cookie, and the page with charts comes with `board`.",
    "S31": "We serve no page of our own yet that could track anybody; it comes with `board`.",
    "S39": "We serve no page of our own yet that could set a tracking cookie; it comes with `board`.",
    "S42": "There is nothing to browse, so no consent can be drawn from browsing on.",
}


def marks(path: Path) -> Iterator[tuple[int, list[object]]]:
    """Yield the line and the arguments of each requirement mark in a file, however it is applied."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if "requirement" in text else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
            yield node.lineno, [argument.value for argument in node.args if isinstance(argument, ast.Constant)]


@cache
def shown() -> dict[str, list[str]]:
    """Return the places where each requirement is shown: {"S22": ["tests/workflows/test_identity.py:40", ...]}."""
    found: dict[str, list[str]] = {}
    for path in sorted((PROJECT / "tests").rglob("*.py")):
        for line, numbers in marks(path):
            for number in numbers:
                found.setdefault(str(number), []).append(f"{path.relative_to(PROJECT)}:{line}")
    return found


def test_every_requirement_is_shown_or_named_with_its_reason() -> None:
    missing = sorted(EVERY - shown().keys() - NOT_YET_SHOWN.keys(), key=lambda number: (number[0], int(number[1:])))

    assert missing == [], f"no test is marked with these, and no reason is given: {', '.join(missing)}"


def test_nothing_is_named_as_not_shown_that_a_test_shows() -> None:
    stale = sorted(NOT_YET_SHOWN.keys() & shown().keys())

    assert stale == [], f"these are shown now; take them off the list: {', '.join(stale)}"


def test_every_mark_names_requirements_there_are() -> None:
    unknown = {number: places for number, places in shown().items() if number not in EVERY}

    assert unknown == {}


def test_every_mark_is_given_its_numbers_as_plain_words() -> None:
    bare = [
        f"{path.relative_to(PROJECT)}:{line}"
        for path in sorted((PROJECT / "tests").rglob("test_*.py"))
        for line, numbers in marks(path)
        if not numbers
    ]

    assert bare == []


@pytest.mark.parametrize(("number", "reason"), NOT_YET_SHOWN.items(), ids=NOT_YET_SHOWN.keys())
def test_a_reason_is_a_sentence(number: str, reason: str) -> None:
    assert number in EVERY
    assert len(reason) > 20
    assert reason.endswith(".")
