"""Sentences of the office's own: they stand at named places, and nothing that the law demands gives way to them."""

from workflows.office.publication import Place
from workflows.request.clauses.values import Sentence, Situation, says


def at(s: Situation, place: Place) -> list[Sentence]:
    """Return the office's sentence for a place; nothing where it has none."""
    said = s.office.publication.own.get(place)
    return [] if said is None else [says("said.own", text=said)]
