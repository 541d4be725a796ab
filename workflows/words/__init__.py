"""The sentences of the rules, in the reader's language: `say` words a `Reason`.

Reasons are stored as codes with parameters and worded late, so that the history can be read in either language and its
chain does not depend on wording. A string parameter that names a noun (workflows.words.nouns) is worded too; lists are
joined the way the language joins them. A sentence may end in optional parts, one for each parameter that is present.
"""

import importlib
from collections.abc import Iterable
from functools import cache

from workflows.engine.values import Reason

FILES = (
    "deadlines", "doctor", "health", "identity", "machine", "office", "post", "representation", "returns", "rights",
    "scans",
)  # fmt: skip


@cache
def _sentences() -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for name in FILES:
        own: dict[str, dict[str, str]] = importlib.import_module(f"workflows.words.{name}").SENTENCES
        if doubled := merged.keys() & own.keys():
            raise ValueError(f"worded twice: {', '.join(sorted(doubled))}")
        merged.update(own)
    return merged


def noun(code: str, language: str) -> str:
    """Return the word for a code, or the code itself where it has none (a case number, a day)."""
    from workflows.words.nouns import NOUNS

    words = NOUNS.get(code)
    return words[language] if words is not None else code


def say(reason: Reason, language: str) -> str:
    """Return the sentence for *reason* in ``ja`` or ``en``."""
    sentence = _sentences().get(reason.code)
    if sentence is None:
        return reason.code
    return sentence[language].format_map({key: _worded(value, language) for key, value in reason.params.items()})


def say_all(reasons: Iterable[Reason], language: str) -> list[str]:
    """Return one sentence for each reason, doubles left out."""
    return list(dict.fromkeys(say(reason, language) for reason in reasons))


def _worded(value: object, language: str) -> object:
    if isinstance(value, str):
        return noun(value, language)
    if isinstance(value, (list, tuple)):
        return ("、" if language == "ja" else ", ").join(str(_worded(item, language)) for item in value)
    return value
