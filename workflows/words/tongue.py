"""One language of a reader, and all that is said in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.engine.values import Reason
from workflows.words import noun, say, say_all
from workflows.words.admin import wording


@dataclass(frozen=True, slots=True)
class Tongue:
    """``ja`` or ``en``."""

    language: str

    def tell(self, name: str, /, **params: object) -> str:
        """Return the admin script's sentence of that name."""
        return wording()(name, self.language, **params)

    def told(self, name: str, otherwise: str = "") -> str:
        """Return the admin script's sentence of that name, or something else where it has none."""
        return self.tell(name) if name in wording().sentences else otherwise

    def say(self, reason: Reason) -> str:
        """Return the sentence for a reason."""
        return say(reason, self.language)

    def say_all(self, reasons: Iterable[Reason]) -> list[str]:
        """Return one sentence for each reason, doubles left out."""
        return say_all(reasons, self.language)

    def noun(self, code: str) -> str:
        """Return the word for a code."""
        return noun(code, self.language)

    def listed(self, words: Iterable[object]) -> str:
        """Return the words joined as the language joins them."""
        return ("、" if self.language == "ja" else ", ").join(map(str, words))
