"""What lists show, stored in a case's row, against what it follows from: the history and the facts of the case."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row

from models.case import between_commas
from services.engine import urgency
from workflows.engine.values import Reason


def wanted(row: Row[Any], rows: Sequence[Row[Any]]) -> dict[str, Any]:
    """Return the columns as the history, its rows in order, and the facts tell them."""
    return {**urgency.told(rows, is_open=row.open), "rights": between_commas(row.facts.get("rights", ()))}


def differs(row: Row[Any], rows: Sequence[Row[Any]]) -> Iterator[tuple[str, Reason]]:
    """Yield (what, sentence) of what a list would show otherwise than it is."""
    for name, value in wanted(row, rows).items():
        stored = getattr(row, name)
        if stored != value:
            yield "listed_differs", Reason("doctor.listed_differs", {"field": name, "stored": stored, "told": value})
