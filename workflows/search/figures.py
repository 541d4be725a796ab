"""What a search counts for: which department was asked, and what it answered."""

from collections.abc import Iterable

from workflows.engine.figures import Facts, Figures


def _heads(facts: Facts) -> Iterable[tuple[str, str]]:
    yield "department", facts["department"]


def _ends(state: str, facts: Facts) -> Iterable[str]:
    if state == "answered" and facts["answered"] is not None:
        yield f"outcome:{facts['act']}:{facts['answered']['found']}"


FIGURES = Figures(heads=_heads, ends=_ends, steps={"remind": "reminded"}, late=frozenset({"remind"}))
"""A department is late when it is reminded for the first time: its last day is over."""
