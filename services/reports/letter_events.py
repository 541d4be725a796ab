"""Which letters an order brought about, told: as programs read it, and as whoever prints and posts them does."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.letters.events import Event
from workflows.letters import LetterEvent
from workflows.tongue import Tongue

Counts = Mapping[tuple[str, LetterEvent], int]
"""How many letters of a kind."""


def events_document(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the letters an order ordered or made void, as programs read them."""
    return [{"letter": one.letter, "kind": one.kind, "event": str(one.event), "copy": one.copy} for one in events]


def events_lines(events: Iterable[Event], tongue: Tongue, *, foreseen: bool = False) -> list[str]:
    """Say of each letter that it was ordered or is void, and of a void one on paper what to do with it.

    *foreseen*: it would be.
    """
    return [_line(one, tongue, foreseen=foreseen) for one in events]


def _line(one: Event, tongue: Tongue, *, foreseen: bool) -> str:
    if one.event is LetterEvent.ORDERED:
        code = "ordered" if one.copy == 1 else "copy"
    else:
        code = "void_on_paper" if one.on_paper else "void"
    kind = tongue.noun(f"letter.{one.kind}")
    if one.letter is None:  # of a case that is not opened yet
        return tongue.tell("letter_event.would_be_first", kind=kind)
    would = "would_be_" if foreseen else ""
    return tongue.tell(f"letter_event.{would}{code}", letter=one.letter, kind=kind, copy=one.copy)


def counts_document(counts: Counts) -> list[dict[str, Any]]:
    """Return how many letters of each kind many orders brought about, as programs read it."""
    return [{"kind": kind, "event": str(event), "count": count} for (kind, event), count in sorted(counts.items())]


def counts_lines(counts: Counts, tongue: Tongue, *, foreseen: bool = False) -> list[str]:
    """Say how many letters of each kind many orders brought about."""
    would = "would_be_" if foreseen else ""
    return [
        tongue.tell(f"letter_event.{would}many_{event}", count=count, kind=tongue.noun(f"letter.{kind}"))
        for (kind, event), count in sorted(counts.items())
    ]
