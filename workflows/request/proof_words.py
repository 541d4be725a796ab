"""What is to be sent, in words that a reason carries in both languages: no code tells an office's own rule."""

from collections.abc import Collection, Sequence

from workflows.engine.values import Language
from workflows.law.law import Paper, Proof
from workflows.law.proving import Age, Slot, Way
from workflows.request.clauses.proof import said_age, said_ways
from workflows.request.clauses.values import Noun, Sentence, says
from workflows.request.clauses.wording import Wording


def ways(alternatives: Sequence[Way], *, there: Collection[str] = ()) -> dict[str, str]:
    """Return alternatives of papers, any one of which will do; of the classes *there* some were accepted already."""
    return _both(said_ways(alternatives, there))


def rows(papers: Sequence[Paper | Proof]) -> dict[str, str]:
    """Return papers of the law's tables, any one of which will do, each with what the table asks of it."""
    slots = [Slot((_code(row),), original=row.original, within=row.age) for row in papers]
    return ways([(slot,) for slot in slots])


def masking(papers: Sequence[Paper]) -> dict[str, str] | str:
    """Return what is to be blocked out on these papers, where it is printed; an empty text where nothing is."""
    items = [Noun(mask) for mask in dict.fromkeys(mask for row in papers for mask in row.masks)]
    return _both(says("said_proof.black_out_printed", items=items)) if items else ""


def _code(row: Paper | Proof) -> str:
    return row.code if isinstance(row, Paper) else row.type


def age(oldest: Age) -> dict[str, str]:
    """Return how old a paper may be."""
    return _both(said_age(oldest))


def _both(sentence: Sentence) -> dict[str, str]:
    return {str(language): Wording(language, str).text(sentence) for language in Language}
