"""docs/an-operators-week.md is what ``make week`` makes: the story's words and lines, in its order."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lab.week import story
from lab.week.__main__ import HEAD, PAGE


def told() -> Iterator[tuple[str, str]]:
    """Yield what the story says (``say``) and lets people type (``run``), as patterns, in the order of the week."""
    tree = ast.parse(Path(story.__file__).read_text(encoding="utf-8"))
    (week,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    days = {node.name: node for node in week.body if isinstance(node, ast.FunctionDef)}
    order = [call.func.attr for call in calls(days["told"]) if isinstance(call.func, ast.Attribute)]
    for day in order:
        for call in calls(days[day]):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            unseen = any(word.arg == "shown" for word in call.keywords)
            if name == "say":
                yield from ((name, pattern(argument)) for argument in call.args)
            elif name == "run" and not unseen:
                yield name, pattern(call.args[1])


def calls(node: ast.AST) -> list[ast.Call]:
    found = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def pattern(argument: ast.expr) -> str:
    """Return what a string of the story looks like on the page; what it fills in may be anything of a line."""
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[^\n]+" for part in parts)


def test_the_page_of_the_week_is_what_the_command_makes() -> None:
    page = PAGE.read_text(encoding="utf-8")
    at, typed = 0, 0

    assert page.startswith("\n".join(HEAD))
    for kind, expected in told():
        line = expected if kind == "say" else rf"^\w+\$ \./admin\.py {expected}$"
        found = re.compile(line, re.MULTILINE).search(page, at)
        assert found is not None, expected
        at, typed = found.end(), typed + (kind == "run")
    assert len(re.findall(r"^\w+\$ \./admin\.py ", page, re.MULTILINE)) == typed


def test_what_status_said_stands_there_each_day() -> None:
    page = PAGE.read_text(encoding="utf-8")

    for day in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        assert "./admin.py status" in day or "./admin.py doctor" in day, day.splitlines()[0]
