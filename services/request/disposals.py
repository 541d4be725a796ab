"""The papers whose time has come and that nobody has signed for: of which case, what, how it ends, and since when."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from models.case import TO_DO, case
from services.engine.loading import load
from services.engine.office import Office
from workflows.engine.jobs import Todo
from workflows.request import course_clocks

MANY = 500
"""Of how many cases one query asks."""


def due(db: Connection, office: Office) -> list[dict[str, Any]]:
    """Return the papers that somebody must see to, case by case: ``{case, what, end, since}``. No personal data."""
    rows = list(db.execute(select(case).where(TO_DO, case.c.todo == str(Todo.PAPERS)).order_by(case.c.id)))
    found: list[dict[str, Any]] = []
    for start in range(0, len(rows), MANY):
        found += _of(db, rows[start : start + MANY], office)
    return found


def _of(db: Connection, rows: Sequence[Row[Any]], office: Office) -> Iterator[dict[str, Any]]:
    for number, loaded in load(db, rows, office).items():
        for kind, ending, since in course_clocks.due_papers(loaded.case):
            yield {"case": number, "what": str(kind), "end": str(ending.end), "since": since.isoformat()}
