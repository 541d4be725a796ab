"""What is to be sent, in words that a reason carries in both languages: no code tells an office's own rule."""

from collections.abc import Sequence

from workflows.engine.values import Language
from workflows.law.proving import Age, Way
from workflows.request.clauses.proof import said_age, said_ways
from workflows.request.clauses.values import Sentence
from workflows.request.clauses.wording import Wording


def ways(alternatives: Sequence[Way]) -> dict[str, str]:
    """Return alternatives of papers, any one of which will do."""
    return _both(said_ways(alternatives))


def age(oldest: Age) -> dict[str, str]:
    """Return how old a paper may be."""
    return _both(said_age(oldest))


def _both(sentence: Sentence) -> dict[str, str]:
    return {str(language): Wording(language, str).text(sentence) for language in Language}
