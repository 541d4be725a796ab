"""A phrase of the facts: what a parser understands of it is taken, and what is left over is told.

The facts are short English notes ("500 yen in stamps for disclosure; others free"). Nobody wrote them for a machine, so
each parser looks for the words it knows, anywhere; what no parser took is neither guessed nor hidden.
"""

import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """Return the words of a text: those that a parser knows, though it takes them for nothing."""
    return frozenset(text.split())


_IDLE = words(
    "a an all also and another any are as at be borne by can copies copy each either else etc for from "
    "given has have he her his if in into is it its kind kinds like may more must no none not of office "
    "on one only or other others own paper papers person per row same section should so some something "
    "such than that the their them then they this those to under up when where which who will with "
    "without page needed asked ask request requests procedure passage "
)


class Phrase:
    """A fact, in small letters, of which parts are taken."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("’", "'").replace("‘", "'").lower()
        self._taken = [False] * len(self.text)

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.text.strip())

    def take(self, pattern: str) -> re.Match[str] | None:
        """Take everything that reads so; return the first of it."""
        first = None
        for found in re.finditer(pattern, self.text):
            first = first or found
            self._taken[found.start() : found.end()] = [True] * (found.end() - found.start())
        return first

    def says(self, pattern: str) -> bool:
        """Take everything that reads so; tell whether there was anything."""
        return self.take(pattern) is not None

    def says_any(self, patterns: Iterable[str]) -> bool:
        """Take what reads like one of these; tell whether there was anything."""
        found = [self.says(pattern) for pattern in patterns]  # each takes its part
        return any(found)

    def rest(self, known: frozenset[str] = frozenset()) -> str:
        """Return the words nobody took, without those that carry nothing by themselves, or are *known*."""
        left = "".join(" " if taken else letter for letter, taken in zip(self.text, self._taken, strict=True))
        words = re.findall(r"[a-z0-9][a-z0-9'/-]*", left)
        return " ".join(word for word in words if word not in _IDLE | known and len(word) > 1)


def left_of(known: frozenset[str], *phrases: Phrase) -> tuple[str, ...]:
    """Return what is left over of each phrase, where anything is."""
    return tuple(rest for phrase in phrases if (rest := phrase.rest(known)))


RIGHTS = {
    "purpose_notice": r"purpose notices?|purposes?\b|notice of purposes?",
    "disclosure": r"disclosures?(?! form)|look-?ups?",
    "provision_records": r"provision records|\brecords\b",
    "correction": r"corrections?",
    "halt_use": r"halts?\b|halt/erasure|erasure",
    "halt_provision": r"halts?\b|halt_provision",
}
"""How the facts call each right."""


def rights_in(text: str) -> tuple[str, ...]:
    """Return the rights a text names, in the order of the law."""
    lowered = text.lower()
    return tuple(right for right, pattern in RIGHTS.items() if re.search(rf"\b(?:{pattern})", lowered))
