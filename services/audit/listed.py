"""What lists show, stored in a case's row, against what it follows from: history, facts, letters and scanned pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from models.case import between_commas
from services.engine import todos, urgency
from services.engine.office import Office
from services.engine.order import Loaded
from workflows.engine.values import Reason


def wanted(
    one: Loaded,
    histories: Mapping[int, Sequence[Row[Any]]],
    lying: Mapping[int, datetime],
    due_at: datetime | None,
    office: Office,
) -> dict[str, Any]:
    """Return the columns of a case as they follow from everything else; *due_at* is its next moment.

    By the cases' ids: ``histories``, their rows in order, and since when pages of them are ``lying`` unregistered.
    """
    # Of an erased case no page can be registered any more.
    case, since = one.case, lying.get(one.row.id) if one.row.erased_at is None else None
    if since != one.row.scanned_at and hasattr(case, "scanned_on"):
        case = replace(case, scanned_on=None if since is None else office.calendar.today(since))
    return {
        **urgency.told(histories.get(one.row.id, ())),
        "rights": between_commas(one.row.facts.get("rights", ())),
        "scanned_at": since,
        **todos.columns(case, due_at, office),
    }


def differs(one: Loaded, right: dict[str, Any]) -> Iterator[tuple[str, Reason]]:
    """Yield (what, sentence) of what a list would show otherwise than it is."""
    for name, value in right.items():
        stored = getattr(one.row, name)
        if stored != value:
            params = {"field": name, "stored": _shown(stored), "told": _shown(value)}
            yield "listed_differs", Reason("doctor.listed_differs", params)


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
