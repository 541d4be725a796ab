"""How reports show what is stored: moments in the office's zone, and the names of what becomes due."""

from collections.abc import Iterable

from workflows.registry import of_number
from workflows.words import is_noun, listed, noun

SHOWN_AS = {"resume": "escalate"}
"""What a clock does -> the name of its deadline outside, where that is another: as a hold ends, the lead is told."""


def due_name(timer: str | None, case: str) -> str | None:
    """Return by which name a deadline of a case (its number) is known outside: what it does, or the date it is.

    The clocks of letters and holds are known by what they do; those declared so keep names of their own.
    """
    clock = None if timer is None else of_number(case).machine.clocks.get(timer)
    if clock is None or clock.named:
        return timer
    return SHOWN_AS.get(clock.deadline.fires, clock.deadline.fires)


def due_words(name: str | None, language: str) -> str:
    """Return the words for what `due_name` gave."""
    if name is None:
        return "-"
    own = f"due.{name}"
    return noun(own if is_noun(own) else f"transition.{name}", language)


def nouns(group: str, codes: Iterable[str], language: str) -> str:
    """Return the words for several codes of a group, joined as the language joins them."""
    return listed((noun(f"{group}.{code}", language) for code in codes), language)
