"""Every sentence for people, in Japanese and English: a code with parameters, worded late.

`say` words a `Reason`, as the rules and the history hold it; `tell` words a code with what somebody typed or must type.
Both read the same dicts, ``SENTENCES = {code: {"ja": ..., "en": ...}}``, in files that are found by name:

- ``workflows/words/``: what the engine and the office say;
- ``workflows/words/commands/``: what each file of ``commands/`` says, its help included;
- ``words`` beside the rules of each procedure in the registry: what it says, with the words for its states and
  transitions in ``NOUNS``.

The desk and the lab, which no rule may know, keep their pages beside them and say them by a `Wording`.

The first part of a code names its file (``worklist.none`` stands in ``worklist.py``), so that a short call reads few of
them; a code of the rules that does not say so is looked for in the files of the rules and the procedures.
"""

import importlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflows.engine.values import Reason

Sentences = Mapping[str, Mapping[str, str]]
"""A page of sentences: code -> language (``ja``, ``en``) -> sentence, with the names of its parameters in braces."""

JOINTS = {"ja": "、", "en": ", "}
NOTHING = {"ja": "なし", "en": "none"}
"""What stands in a sentence where a list is empty: no sentence ends in nothing."""
_FURTHER: dict[str, Mapping[str, str]] = {}
TYPED = {"transition": lambda name: name.replace("_", "-")}
"""How a code without words is shown where that is not the code itself: as it is typed."""


def say(reason: "Reason", language: str) -> str:
    """Return the sentence for *reason* in ``ja`` or ``en``; a parameter that names a noun is worded too."""
    return tell(reason.code, language, **{key: _worded(value, language) for key, value in reason.params.items()})


def say_all(reasons: "Iterable[Reason]", language: str) -> list[str]:
    """Return one sentence for each reason, doubles left out."""
    return list(dict.fromkeys(say(reason, language) for reason in reasons))


def tell(code: str, language: str, /, **params: object) -> str:
    """Return the sentence of a code, its parameters as they are and lists joined; the code itself where it has none."""
    words = _words(code)
    if words is None:
        return code
    return _put(words, language, params)


def is_worded(code: str) -> bool:
    """Whether there is a sentence for a code: what a procedure brings no words for is told otherwise."""
    return _words(code) is not None


class Wording:
    """What one part of the house says that keeps its sentences beside itself, as the desk and the lab do.

    Called with a code, a language and parameters it returns the sentence, as `say` does.
    """

    def __init__(self, *pages: Sentences) -> None:
        """Put the pages together. Raises ValueError where a code stands on two of them."""
        self.sentences: dict[str, Mapping[str, str]] = {}
        for page in pages:
            if doubled := self.sentences.keys() & page.keys():
                raise ValueError(f"worded twice: {', '.join(sorted(doubled))}")
            self.sentences.update(page)

    def __call__(self, code: str, language: str, /, **params: object) -> str:
        """Return the sentence of this code in ``ja`` or ``en``. Raises KeyError for a code or a parameter without."""
        return _put(self.sentences[code], language, {name: _worded(value, language) for name, value in params.items()})


def noun(code: str, language: str) -> str:
    """Return the word for a code, or the code itself where it has none (a case number, a day).

    A code of a known group that nobody worded, a new state, say, is shown by its name.
    """
    words = _nouns(_procedures()).get(code) or _FURTHER.get(code)
    if words is not None:
        return words[language]
    group, _, name = code.partition(".")
    if group in _groups(_procedures()) and name.replace(".", "_").isidentifier():
        return TYPED[group](name) if group in TYPED else name
    return code


def name_also(words: Mapping[str, Mapping[str, str]]) -> None:
    """Let codes be called so that nothing here names: what an office calls papers of its own. Ours stand above them."""
    _FURTHER.update(words)


def is_noun(code: str) -> bool:
    """Whether there is a word for a code."""
    return code in _nouns(_procedures()) or code in _FURTHER


def listed(words: Iterable[str], language: str) -> str:
    """Return several words joined as the language joins them."""
    return JOINTS[language].join(words)


def beside(code: str, what: str) -> Any:
    """Return what stands beside a help's sentence: its EXAMPLES or the FILES it takes; None where there is none."""
    first = code.partition(".")[0]
    if first not in _stems("workflows.words.commands"):
        return None
    return getattr(_module(f"workflows.words.commands.{first}"), what, {}).get(code)


def beside_help(procedure: str, what: str) -> Mapping[str, Any]:
    """Return what a procedure's words carry beside its help: its EXAMPLES or the FILES it takes, by transition."""
    from workflows.registry import HOMES

    found: Mapping[str, Any] = getattr(_module(_place(HOMES[procedure][0], "help")), what, {})
    return found


# -- where the words stand ------------------------------------------------------------------------------------------


def _words(code: str) -> Mapping[str, str] | None:
    """Return a code's sentence in both languages; None where it has none."""
    for module in _places(code.partition(".")[0]):
        words = _sentences(module).get(code)
        if words is not None:
            return words
    return None


def _places(first: str) -> Iterator[str]:
    """Yield the modules a code may stand in: those its first part names, then all of the rules and the procedures."""
    for folder in ("workflows.words.commands", "workflows.words"):
        if first in _stems(folder):
            yield f"{folder}.{first}"
    yield from _rules(_procedures())


@cache
def _rules(procedures: tuple[str, ...]) -> tuple[str, ...]:
    """Return the modules of what the rules say: the engine's, the procedures', then the office's."""
    # The reasons for a deadline are many, and asked for least.
    others = sorted(set(_stems("workflows.words")) - {"machine"}, key=lambda stem: (stem == "deadlines", stem))
    own = (module for package in procedures for module in _of_procedure(package))
    return ("workflows.words.machine", *own, *(f"workflows.words.{stem}" for stem in others))


def _of_procedure(package: str) -> list[str]:
    """Return the modules of a procedure's sentences: one file, words.py, or the files of a folder of that name."""
    return [f"{package}.words.{stem}" for stem in _stems(f"{package}.words")] or [f"{package}.words"]


def _place(package: str, stem: str) -> str:
    """Return the module of a procedure's words in which *stem* stands."""
    return f"{package}.words.{stem}" if _stems(f"{package}.words") else f"{package}.words"


@cache
def _stems(package: str) -> list[str]:
    """Return the names of the files of sentences in a folder, in order; none where it is no folder."""
    found = _module(package)
    folders = [Path(folder) for folder in getattr(found, "__path__", ())]
    return sorted(p.stem for folder in folders for p in folder.glob("[a-z]*.py") if not p.stem.endswith("nouns"))


@cache
def _sentences(module: str) -> Sentences:
    found: Sentences = getattr(_module(module), "SENTENCES", {})
    return found


@cache
def _nouns(procedures: tuple[str, ...]) -> Sentences:
    merged: dict[str, Mapping[str, str]] = {}
    places = (place for package in procedures for place in _nouns_of(package))
    for module in ("workflows.words.nouns", *places):
        merged.update(getattr(_module(module), "NOUNS", {}))
    return merged


def _nouns_of(package: str) -> list[str]:
    """Return the modules of a procedure's nouns: its one file, or those of its folder that are called so."""
    found = _module(f"{package}.words")
    folders = [Path(folder) for folder in getattr(found, "__path__", ())]
    stems = sorted(path.stem for folder in folders for path in folder.glob("*nouns.py"))
    return [f"{package}.words.{stem}" for stem in stems] or [f"{package}.words"]


@cache
def _groups(procedures: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code.partition(".")[0] for code in _nouns(procedures) if "." in code) | {
        "state",
        "transition",
        "letter",
    }


def _procedures() -> tuple[str, ...]:
    """Return the packages of the procedures' rules."""
    from workflows.registry import HOMES  # late: whoever reads a sentence of the office's needs no procedure

    return tuple(rules for rules, _ in HOMES.values())


@cache
def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:  # a procedure need not bring words
            return None
        raise


def _worded(value: object, language: str) -> object:
    if isinstance(value, str):
        return noun(value, language)
    if isinstance(value, (list, tuple)):
        return [_worded(item, language) for item in value]
    if isinstance(value, Mapping):  # in both languages already: what an office calls something of its own
        return value[language]
    return value


def _put(words: Mapping[str, str], language: str, params: Mapping[str, object]) -> str:
    return words[language].format_map({key: _joined(value, language) for key, value in params.items()})


def _joined(value: object, language: str) -> object:
    if not isinstance(value, (list, tuple)):
        return value
    return listed(map(str, value), language) or NOTHING[language]
