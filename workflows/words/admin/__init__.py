"""The words of the admin script: what it says of itself, on its pages, and when it cannot do what was asked."""

from functools import cache

from workflows.words import Wording


@cache
def wording() -> Wording:
    """Return what the script says beside its help."""
    from workflows.words.admin import pages, sentences  # late: a page of help needs none of them

    return Wording(pages.SENTENCES, sentences.SENTENCES)
