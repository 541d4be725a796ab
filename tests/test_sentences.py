"""Every sentence for people, in whichever file of words it stands: in both languages, and said by somebody."""

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from models.keys import KeyDestroyed
from models.told import Told
from settings import PROJECT, TABLE
from tests.trees import tree
from workflows.letters import StopReason
from workflows.registry import HOMES
from workflows.request.procedure import request
from workflows.words import noun

JAPANESE = re.compile("[぀-ヿ一-鿿]")
LETTERS = re.compile("[A-Za-z]{2}")


def files() -> list[Path]:
    """Return every file of words below workflows/."""
    return [
        path
        for path in sorted((PROJECT / "workflows").rglob("*.py"))
        if path.stem == "words" or (path.parent.name in ("words", "commands") and path.stem != "__init__")
    ]


def name_of(path: Path) -> str:
    """Return the module of a file."""
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts)


def dicts(path: Path) -> Iterator[Mapping[str, Mapping[str, str]]]:
    """Yield the sentences and the nouns of a file."""
    module = importlib.import_module(name_of(path))
    yield from (getattr(module, kind) for kind in ("SENTENCES", "NOUNS") if hasattr(module, kind))


WORDED = {
    code: words
    for path in files()
    if not path.stem.endswith("nouns")
    for found in dicts(path)
    for code, words in found.items()
}
SHOWS_JAPANESE = {"name.character"}
"""What shows in English too which Japanese characters may be typed."""
# Its codes are put together from parts; tests/workflows/test_deadlines.py has them all.
GROUPS = {f"{name}.help" for name in list(HOMES)[1:]}
"""What a procedure beside the main one is for."""
# Found by what they say in English: tests/admin/test_words.py looks at the files that help shows.
REMARKS = importlib.import_module("workflows.words.remarks").SENTENCES
COMPOSED = {*importlib.import_module("workflows.words.deadlines").SENTENCES, *GROUPS, *REMARKS}


def test_every_word_for_a_code_stands_where_it_is_found() -> None:
    for path in files():
        for code, words in getattr(importlib.import_module(name_of(path)), "NOUNS", {}).items():
            assert noun(code, "en") == words["en"], f"{code} of {name_of(path)}"


def places(sentence: str) -> set[str]:
    """Return the names of the parameters a sentence takes."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def own_words(sentence: str) -> str:
    """Return a sentence without its parameters."""
    return "".join(text for text, _, _, _ in Formatter().parse(sentence))


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_every_sentence_and_noun_is_in_both_languages_with_the_same_parameters(path: Path) -> None:
    assert list(dicts(path))
    for code, words in ((code, words) for found in dicts(path) for code, words in found.items()):
        assert set(words) == {"ja", "en"}, code
        assert all(words.values()), code
        assert places(words["ja"]) == places(words["en"]), code
        assert not JAPANESE.search(words["en"]) or code in SHOWS_JAPANESE, code


@pytest.mark.parametrize("path", [path for path in files() if not path.stem.endswith("nouns")], ids=name_of)
def test_every_japanese_sentence_is_in_japanese(path: Path) -> None:
    for found in dicts(path):
        for code, words in found.items():
            if LETTERS.search(own_words(words["en"])):
                assert JAPANESE.search(words["ja"]), code


def test_no_code_is_worded_in_two_files() -> None:
    places_of: dict[str, list[str]] = {}
    for path in files():
        for code in (code for found in dicts(path) for code in found):
            places_of.setdefault(code, []).append(name_of(path))

    assert {code: where for code, where in places_of.items() if len(where) > 1} == {}


@pytest.mark.parametrize(
    "path", [path for path in files() if path.parent.name == "commands"], ids=lambda path: str(path.stem)
)
def test_what_a_file_of_commands_says_is_found_by_the_name_of_the_file(path: Path) -> None:
    assert (PROJECT / "commands" / path.name).exists()
    assert {code.partition(".")[0] for found in dicts(path) for code in found} == {path.stem}


def test_examples_and_files_stand_beside_the_help_they_belong_to() -> None:
    for path in (path for path in files() if path.parent.name == "commands"):
        module = importlib.import_module(name_of(path))
        for kind in ("EXAMPLES", "FILES"):
            assert getattr(module, kind, {}).keys() <= module.SENTENCES.keys(), path.name


# -- one word for one thing -----------------------------------------------------------------------------------------

ONE_WORD = {"案件": "請求", "頁": "ページ", "事務所の": "窓口の"}
"""What the screen does not say, and the word of the glossary that it says."""
STAFF = [path for path in files() if path.parent.name == "commands" or path.parent.parent.name == "search"] + [
    path for path in files() if path.stem in ("nouns", "procedure", "erasing", "doctor", "help")
]


@pytest.mark.parametrize("path", STAFF, ids=lambda path: str(path.relative_to(PROJECT)))
def test_the_screen_calls_a_thing_by_its_one_word(path: Path) -> None:
    said = [words["ja"] for found in dicts(path) for words in found.values()]

    assert [(word, one) for word in ONE_WORD for one in said if word in one] == []


def test_a_state_is_named_on_a_help_page_as_it_is_called() -> None:
    states = {noun(f"state.{state}", "ja") for state in request.states}
    named = [
        state
        for code, words in WORDED.items()
        if ".help." in code
        for state in re.findall("請求は「([^」]+)」", words["ja"])
    ]

    assert named
    assert [state for state in named if state not in states] == []


# -- what is said, and by whom ---------------------------------------------------------------------------------------

SAYERS = {
    "Reason": 0,
    "said": 0,
    "tell": 0,
    "fails": 2,
    "fault": 1,
    "wrong": 1,
    "_fault": 1,
    "_bad": 0,
    "Fault": 1,
    "refuse": 0,
    KeyDestroyed.__name__: 0,
}
"""Calls that carry a code, and at which place; so does every `Told`, of which a test knows more than its file does."""


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    """Return everything of ours that may say something: read by the first test that asks, not by every process."""
    tops = ("workflows", "models", "services", "tasks", "commands", "counter", "desk", "lab")
    words = set(files())
    found = [*PROJECT.glob("*.py"), *(p for top in tops for p in sorted((PROJECT / top).rglob("*.py")))]
    return [(path, tree(path)) for path in found if path not in words]


def pattern(node: ast.JoinedStr) -> str | None:
    """Return the pattern of the codes an f-string can make; None where it is none of a code."""
    fixed = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
    if not any(re.search(r"[a-z]\w*[._]|\.[a-z]\w*\.|_[a-z]\w*$", text) for text in fixed) or " " in "".join(fixed):
        return None
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w.:-]+" for p in node.values)


SIGNS = {
    "commands/wide.py",
    "services/intake/encodings.py",
    "services/intake/syntax.py",
    "services/intake/text.py",
    "services/letters/glyphs.py",
    "services/letters/stationery.py",
    "services/letters/window.py",
}
"""Files that tell characters apart, or set them into an address."""


def test_no_sentence_stands_where_it_is_said() -> None:
    tops = ("commands", "counter", "models", "services", "tasks")
    found = [
        f"{name}:{node.lineno}"
        for path, parsed in sources()
        if (name := str(path.relative_to(PROJECT))) not in SIGNS and path.relative_to(PROJECT).parts[0] in tops
        for node in ast.walk(parsed)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and JAPANESE.search(node.value)
    ]

    assert found == []


def test_no_sentence_is_left_that_nobody_says() -> None:
    written: set[str] = set()
    patterns: set[str] = set()
    for _, parsed in sources():
        for node in ast.walk(parsed):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            elif isinstance(node, ast.JoinedStr) and (made := pattern(node)):
                patterns.add(made)
    built = re.compile("|".join(f"(?:{made})" for made in patterns))

    settings = {f"settings.{variable.name}" for variable in TABLE}
    left = WORDED.keys() - written - COMPOSED - settings

    assert settings <= WORDED.keys()

    assert {code for code in left if not built.fullmatch(code)} == set()


def calls() -> Iterator[tuple[Path, ast.Call, ast.expr]]:
    """Yield each call that carries a code, and the code."""
    sayers = {**SAYERS, **{error.__name__: 0 for error in Told.__subclasses__()}}
    for path, parsed in sources():
        beside = path.relative_to(PROJECT).parts[0] in ("desk", "lab")  # they say what stands on pages of their own
        for node in ast.walk(parsed):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            at = sayers.get(name)
            if at is not None and len(node.args) > at and not beside:
                yield path, node, node.args[at]
            yield from ((path, node, keyword.value) for keyword in node.keywords if keyword.arg == "words")


def test_no_code_is_said_that_has_no_sentence() -> None:
    codes = [
        (f"{path.name}:{node.lineno}", branch.value)
        for path, node, code in calls()
        for branch in ([code.body, code.orelse] if isinstance(code, ast.IfExp) else [code])
        if isinstance(branch, ast.Constant) and isinstance(branch.value, str) and branch.value
    ]
    composed = {part for code in COMPOSED for part in code.split("+")}

    assert len(codes) > 700
    assert [(where, code) for where, code in codes if re.fullmatch(r"[\w.+-]+", code) and code not in WORDED
            and code not in composed] == []  # fmt: skip


def test_every_sentence_is_said_with_the_parameters_it_takes() -> None:
    wrong = []
    for path, node, code in calls():
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = WORDED.get(code.value) if isinstance(code, ast.Constant) and isinstance(code.value, str) else None
        if words is None or name not in (
            "said",
            "fails",
            "tell",
            "Reason",
            "refuse",
            "KeyDestroyed",
            *(error.__name__ for error in Told.__subclasses__()),
        ):
            continue
        if name == "Reason":
            params = node.args[1] if len(node.args) > 1 else ast.Dict([], [])
            if not isinstance(params, ast.Dict) or None in params.keys:
                continue
            given = {str(key.value) for key in params.keys if isinstance(key, ast.Constant)}
        else:
            given = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
            if any(keyword.arg is None for keyword in node.keywords):
                continue
        if not places(words["en"]) <= given:
            wrong.append((f"{path.name}:{node.lineno}", sorted(places(words["en"]) - given)))

    assert wrong == []


def test_the_reasons_to_stop_a_kind_of_letter_are_all_named_by_the_help() -> None:
    words = WORDED["letter_kinds.help.stop.reason"]

    assert all(reason in words[language] for reason in StopReason for language in ("ja", "en"))
