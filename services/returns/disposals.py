"""The papers that nobody needs any more and nobody has signed for: of which case, what, how it ends, and by when."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from models import ending, staff
from models.case import case
from models.timer import OF_PAPERS, timer
from services.engine.loading import load
from services.engine.office import Office
from workflows.request import course_clocks, papers_after

_LOG = staff.office_event
MANY = 500
"""Of how many cases one query asks."""

# A clock of papers runs from the day they are needed no more until somebody signs for them; once it was told that its
# time is up it runs from the row that told so, whose number the entry begins with.
_FIRST_TOLD = 100
_HELD = select(ending.legal_hold.c.case_id).where(ending.legal_hold.c.case_id == case.c.id).exists()
_OWED: Select[Any] = (
    select(case)
    .where(case.c.id.in_(select(timer.c.case_id).where(OF_PAPERS)), case.c.erased_at.is_(None), ~_HELD)
    .order_by(case.c.id)
)
_TOLD: Select[Any] = (
    select(case)
    .where(case.c.id.in_(select(timer.c.case_id).where(OF_PAPERS, timer.c.entry_seq >= _FIRST_TOLD)))
    .where(case.c.erased_at.is_(None), ~_HELD)
    .order_by(case.c.id)
)


def due(db: Connection, office: Office) -> list[dict[str, Any]]:
    """Return what is to be sent back or destroyed: ``{case, what, end, since, by, overdue}``, the most urgent first.

    Nothing of a case under a legal hold. No personal data.
    """
    rows = list(db.execute(_OWED))
    return sorted(_of_all(db, rows, office), key=lambda one: (one["by"], one["case"], one["what"]))


def note_printed(db: Connection, office: Office, who: str, found: Sequence[Mapping[str, Any]]) -> int:
    """Record that *who* has this list on paper; return its number, under which it can be recorded as done."""
    cases = list(dict.fromkeys(str(one["case"]) for one in found))
    return staff.log(db, office.now, "disposals_printed", who, {"count": len(found), "cases": cases})


def listed(db: Connection, number: int) -> list[str]:
    """Return the cases of a printed list. Raises LookupError where none has that number."""
    query = select(_LOG.c.details).where(_LOG.c.seq == number, _LOG.c.what == "disposals_printed")
    details = db.execute(query).scalar_one_or_none()
    if details is None:
        raise LookupError(number)
    return list(details["cases"])


def overdue(db: Connection, office: Office) -> list[str]:
    """Return the cases of whose papers the last day is over, of as many as one query asks of."""
    rows = list(db.execute(_TOLD.limit(MANY)))
    return list(dict.fromkeys(one["case"] for one in _of_all(db, rows, office) if one["overdue"]))


def _of_all(db: Connection, rows: Sequence[Row[Any]], office: Office) -> list[dict[str, Any]]:
    lots = (rows[start : start + MANY] for start in range(0, len(rows), MANY))
    return [one for lot in lots for one in _of(db, lot, office)]


def _of(db: Connection, rows: Sequence[Row[Any]], office: Office) -> Iterator[dict[str, Any]]:
    today = office.calendar.today(office.now)
    for number, loaded in load(db, rows, office).items():
        for kind, wanted, since in papers_after.owed(loaded.case):
            by = course_clocks.last_day_of_papers(loaded.case, kind, office.calendar) or since
            yield {
                "case": number, "what": str(kind), "end": str(wanted.end), "since": since.isoformat(),
                "by": by.isoformat(), "overdue": by < today,
            }  # fmt: skip
