"""The sentences of the rules, in the reader's language: `say` words a `Reason`, a `Wording` any page of sentences.

Reasons are stored as codes with parameters and worded late, so that the history can be read in either language and its
chain does not depend on wording. A string parameter that names a noun (workflows.words.nouns) is worded too; lists are
joined the way the language joins them. A sentence may end in optional parts, one for each parameter that is present.
"""

import importlib
from collections.abc import Iterable, Mapping
from functools import cache

from workflows.engine.values import Reason

FILES = (
    "deadlines", "doctor", "health", "identity", "machine", "office", "post", "representation", "returns", "rights",
    "scans",
)  # fmt: skip


Sentences = Mapping[str, Mapping[str, str]]
"""A page of sentences: code -> language (``ja``, ``en``) -> sentence, with the names of its parameters in braces."""


class Wording:
    """What one part of the house says: called with a code, a language and parameters, it returns the sentence.

    A part has its sentences on pages of its own and calls its wording ``say``; how they are said is written here alone.
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
        worded = {name: _worded(value, language) for name, value in params.items()}
        return self.sentences[code][language].format_map(worded)


@cache
def _rules() -> Wording:
    return Wording(*(importlib.import_module(f"workflows.words.{name}").SENTENCES for name in FILES))


def noun(code: str, language: str) -> str:
    """Return the word for a code, or the code itself where it has none (a case number, a day)."""
    from workflows.words.nouns import NOUNS

    words = NOUNS.get(code)
    return words[language] if words is not None else code


def say(reason: Reason, language: str) -> str:
    """Return the sentence for *reason* in ``ja`` or ``en``; its code where it has none, as of another release."""
    if reason.code not in _rules().sentences:
        return reason.code
    return _rules()(reason.code, language, **reason.params)


def say_all(reasons: Iterable[Reason], language: str) -> list[str]:
    """Return one sentence for each reason, doubles left out."""
    return list(dict.fromkeys(say(reason, language) for reason in reasons))


def _worded(value: object, language: str) -> object:
    if isinstance(value, str):
        return noun(value, language)
    if isinstance(value, (list, tuple)):
        return ("、" if language == "ja" else ", ").join(str(_worded(item, language)) for item in value)
    return value
