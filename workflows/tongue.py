"""One language of a reader, and all that is said in it."""

import errno
from collections.abc import Iterable
from dataclasses import dataclass

from workflows.engine.values import Reason
from workflows.words import is_worded, listed, noun, say, say_all, tell


@dataclass(frozen=True, slots=True)
class Tongue:
    """``ja`` or ``en``."""

    language: str

    def tell(self, code: str, /, **params: object) -> str:
        """Return the sentence of a code, its parameters as they are."""
        return tell(code, self.language, **params)

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
        return listed(map(str, words), self.language)

    def why(self, error: OSError) -> str:
        """Return why a file, folder or connection cannot be used; what we have no words for as the system names it."""
        code = f"system.{errno.errorcode.get(error.errno or 0, '')}"
        return self.tell(code) if is_worded(code) else error.strerror or type(error).__name__
