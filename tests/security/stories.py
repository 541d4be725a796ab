"""The stories as data: who might want data to leave the office, what they tried, what was answered, where it is shown.

``people.toml`` says who there is, ``outside.toml`` and ``inside.toml`` tell the stories, ``campaign_*.toml`` keep the
attacks on a running desk. What an answer says is never copied: `Story.quotes` words its codes as the product does.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeGuard

from settings import PROJECT
from workflows.engine.values import Reason
from workflows.words import _words, is_noun, is_worded, noun, say, tell

HERE = Path(__file__).parent
LANGUAGES = ("en", "ja")
SAMPLES: dict[str, Any] = {
    "accepted": ["family_register", "resident_record"], "arrived": "2026-11-09", "case": "26-000017-Y",
    "cases": ["26-000001-D"], "character": "U+200B", "day": "2026-11-16", "document": "drivers_licence",
    "file": "26-000017-Y-01.pdf", "form": "form.disclosure", "holder": "subject", "items": [], "kind": "kind.minor",
    "length": 240, "letter": "26-000017-Y-01", "lines": 5, "narrow": 255, "opened": "2026-11-09",
    "possible": ["amend", "resume"], "right": "right.disclosure", "roles": ["role.verifier"], "taken": 8,
    "today": "2026-11-09", "what": "form:disclosure", "wide": 150,
}  # fmt: skip
"""What stands in a quoted sentence where the product puts what a case holds; a story may say otherwise (``filled``)."""
SQL_SOURCES = ("models/guards.py", "models/history.py", "models/founding.py")
OF_POSTGRESQL = ("permission denied", "must be owner")

Said = Mapping[str, str]


@dataclass(frozen=True)
class Person:
    """Who might want data to leave: what they control, what stops them, what remains; each in both languages."""

    id: str
    name: Said
    controls: Said
    stops: Said
    remains: Said


@dataclass(frozen=True)
class Story:
    """One thing somebody tried. ``says`` are codes of answers, ``at`` places ``file:name``, ``shown`` tests."""

    id: str
    by: str
    tried: Said
    answered: Said
    says: tuple[str, ...]
    at: tuple[str, ...]
    see: tuple[str, ...]
    shown: tuple[str, ...]
    once: bool = False
    filled: Mapping[str, Any] = field(default_factory=dict)
    """What stands in the quoted sentences instead of `SAMPLES`."""

    def quotes(self, language: str) -> list[tuple[str, str]]:
        """Return (code, sentence) for each answer, worded by the product's own words. Raises KeyError for none."""
        return [(code.partition(":")[2] or code, quoted(code, self.filled, language)) for code in self.says]


@dataclass(frozen=True)
class Attack:
    """One row of the campaign."""

    id: str
    by: str
    tried: str
    answered: str
    result: str
    test: str = ""


@cache
def people() -> tuple[Person, ...]:
    """Return everybody of people.toml, in its order."""
    return tuple(Person(**row) for row in _rows("people.toml", "person"))


@cache
def stories() -> tuple[Story, ...]:
    """Return every story: those from outside, then those from inside."""
    found = []
    for name in ("outside.toml", "inside.toml"):
        for row in _rows(name, "story"):
            lists = {key: tuple(row[key]) for key in ("says", "at", "see", "shown")}
            found.append(Story(**{**row, **lists}))
    return tuple(found)


@cache
def campaign() -> tuple[Attack, ...]:
    """Return the attacks on a running desk."""
    names = ("campaign_postgresql.toml", "campaign_embedded.toml")
    return tuple(Attack(**row) for name in names for row in _rows(name, "attack"))


def _rows(name: str, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text(encoding="utf-8")).get(table, [])
    return found


# -- what the product says ----------------------------------------------------------------------------------------


def quoted(code: str, given: Mapping[str, Any], language: str) -> str:
    """Return the sentence the product has for a code. Raises KeyError where it has none."""
    source, _, rest = code.partition(":")
    params = {**SAMPLES, **given}
    if source == "sql":
        return _found(rest, "".join((PROJECT / name).read_text(encoding="utf-8") for name in SQL_SOURCES))
    if source == "postgresql":
        return _found(rest, "\n".join(OF_POSTGRESQL))
    if source == "check":
        return _found(rest, (PROJECT / "models/case.py").read_text(encoding="utf-8"), rest.removeprefix("ck_case_"))
    if source == "intake":
        if not is_worded(f"intake.{rest}"):
            raise KeyError(code)
        return tell(f"intake.{rest}", language, **params)
    if is_noun(code):
        return noun(code, language)
    if (words := _words(code)) is not None:
        wanted = {name for _, name, _, _ in Formatter().parse(words[language]) if name}
        return say(Reason(code, {name: params[name] for name in wanted}), language)
    return failures()[code][language]


def _found(text: str, source: str, searched: str = "") -> str:
    if (searched or text) not in source:
        raise KeyError(text)
    return text


@cache
def failures() -> dict[str, dict[str, str]]:
    """Return what each failure of a command says, by the code in its source; what is filled in is an ellipsis."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((PROJECT / "commands").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _is_call(node, "fails") and all(isinstance(argument, ast.Constant) for argument in node.args[1:3]):
                code, sentence = (str(ast.literal_eval(argument)) for argument in node.args[1:3])
                shown = {language: re.sub("{.*?}", "…", text) for language, text in (_words(sentence) or {}).items()}
                found.setdefault(code, shown)
    return found


def _is_call(node: ast.AST, name: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == name


# -- where it is decided, and shown --------------------------------------------------------------------------------


@cache
def names_in(path: str) -> frozenset[str]:
    """Return the functions, methods, classes and constants of a file of ours."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((PROJECT / path).read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(found)


@cache
def source_of(test: str) -> str | None:
    """Return the source of a test ``file::name`` with its decorators, or None where there is none."""
    path, _, name = test.partition("::")
    if not (PROJECT / path).is_file():
        return None
    text = (PROJECT / path).read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    return None


def decisions() -> Iterator[tuple[str, Path]]:
    """Yield ("ADR 21", its file) for each decision."""
    for path in sorted((PROJECT / "docs" / "adr").glob("0*.md")):
        yield f"ADR {int(path.name[:4])}", path


@cache
def requirements() -> frozenset[str]:
    """Return the numbers that docs/requirements.md has, like S22 or F2."""
    return frozenset(re.findall(r"\b[SF]\d+\b", (PROJECT / "docs" / "requirements.md").read_text(encoding="utf-8")))
