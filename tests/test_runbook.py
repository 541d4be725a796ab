"""docs/runbook.md: an entry for each check of ``status`` and for what none names, each caused by a test there is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from settings import PROJECT
from tests.pages import DOCS, FENCE
from workflows.words.nouns import NOUNS

CHECKS = {name.removeprefix("check.") for name in NOUNS if name.startswith("check.")}
SYMPTOMS = {
    "checkpoint-does-not-verify", "consumer-cancelled", "flower-empty", "restored-office", "somebody-left",
    "sqlite-locked", "upgrade-half-done",
}  # fmt: skip
"""What nobody's check can name, and an operator sees all the same."""
PARTS = ["You see", "It means", "Run", "It is over", "Caused by"]


def entries() -> dict[str, tuple[list[str], str]]:
    """Return each entry by its heading: its anchors, and what it says."""
    page = FENCE.sub("", (DOCS / "runbook.md").read_text(encoding="utf-8"))
    found = re.findall(r"^((?:<a id=\"[^\"]+\"></a>)+)\n### (.+)\n\n((?:.+\n)+)", page, re.MULTILINE)
    return {head: (re.findall(r'id="([^"]+)"', anchors), text) for anchors, head, text in found}


ENTRIES = entries()
each_entry = pytest.mark.parametrize("head", ENTRIES)


def test_each_check_has_one_entry_and_each_entry_is_of_a_check_or_of_a_symptom() -> None:
    anchors = [anchor for found, _ in ENTRIES.values() for anchor in found]

    assert len(anchors) == len(set(anchors))
    assert set(anchors) == CHECKS | SYMPTOMS


def test_every_heading_of_an_entry_has_its_anchor() -> None:
    heads = re.findall(r"^### (.+)$", (DOCS / "runbook.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert heads == list(ENTRIES)


def test_each_check_that_status_makes_has_a_name_and_no_name_is_left_over() -> None:
    """Names as they are written in services/reports, whole or up to where something is put in."""
    whole, begun = set(), set()
    for file in (PROJECT / "services" / "reports").glob("health*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Check":
                named = node.args[0]
                assert not isinstance(named, ast.Constant) or named.value in CHECKS, named

    assert {name for name in CHECKS if name not in whole and f"{name.partition('_')[0]}_" not in begun} == set()


@each_entry
def test_an_entry_says_all_that_is_needed_in_its_order(head: str) -> None:
    said = re.findall(r"^- \*\*([^*]+)\*\*", ENTRIES[head][1], re.MULTILINE)

    assert said == PARTS


@cache
def written_in(file: Path) -> frozenset[str]:
    """Return the tests that stand in a file."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


@each_entry
def test_an_entry_is_caused_by_tests_that_are_there(head: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", ENTRIES[head][1])

    assert named
    assert [f"{file}::{name}" for file, name in named if name not in written_in(PROJECT / file)] == []
