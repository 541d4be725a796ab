"""Copies of identity documents are destroyed once nobody needs them any more: the answer is posted, or none is owed.

What was seen on them (type, days, who checked, the result) stays as evidence. A page goes in two steps, like one that
leaves the tray: first its end is recorded, then its key and its file go. A crash between the two leaves a page that has
ended and still lies there; the next sweep clears it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from models import case as cases
from models import scan as scans
from models import staff
from services.engine.loading import load
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.returns import store
from workflows.engine.values import SYSTEM
from workflows.request.returns import copies_needed

PAGES = scans.scan_page
LOT = 100
"""Copies of how many cases one transaction destroys: short enough to stay out of people's way."""

# From the copies that are held: closed cases hold hardly any, and there are ever more of those.
_CLOSED = (
    select(cases.case)
    .where(~cases.case.c.open, cases.case.c.id.in_(select(PAGES.c.case_id).where(scans.COPIES)))
    .order_by(cases.case.c.id)
)
_AGAIN = (
    select(cases.case)
    .where(~cases.case.c.open, cases.case.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(cases.case.c.id)
)
_DESTROY = (
    update(PAGES)
    .where(scans.COPIES, PAGES.c.case_id == bindparam("key_case_id"))
    .values(state="destroyed", destroyed_at=bindparam("now"))
    .returning(PAGES.c.number, PAGES.c.type, PAGES.c.holder)
)
_ENDED = select(PAGES).where(scans.ENDED)
_CLEARED = (
    update(PAGES).where(PAGES.c.number.in_(bindparam("numbers", expanding=True))).values(cleared_at=bindparam("now"))
)


def sweep(unit: UnitOfWork) -> int:
    """Destroy every copy nobody needs any more; return how many pages are gone now."""
    # Only looked at, with nothing locked: nearly always there is nothing to be done.
    with unit.look() as db:
        wanted = _needed_no_more(db, unit.office(db))
    for start in range(0, len(wanted), LOT):
        with unit.begin() as db:
            _end(db, list(db.execute(_AGAIN, {"ids": wanted[start : start + LOT]})), unit.office(db))
    return clear(unit)


def _needed_no_more(db: Connection, office: Office) -> list[int]:
    """Return the ids of the closed cases of which copies are held that nobody needs any more."""
    held = list(db.execute(_CLOSED))
    lots = (held[start : start + LOT] for start in range(0, len(held), LOT))
    return [one.row.id for lot in lots for one in load(db, lot, office).values() if not copies_needed(one.case)]


def clear(unit: UnitOfWork) -> int:
    """Destroy key and file of every copy that has ended; return how many are gone now."""
    with unit.look() as db:
        office, ended = unit.office(db), list(db.execute(_ENDED))
    gone = [row.number for row in ended if store.destroy(office.settings.evidence, row, office.keys)]
    if gone:
        with unit.begin() as db:
            db.execute(_CLEARED, {"numbers": gone, "now": unit.office(db).now})
    return len(gone)


def _end(db: Connection, rows: Sequence[Row[Any]], office: Office) -> None:
    """Record the end of the copies of those of these closed cases that need them no more: the destruction record."""
    if not rows:
        return
    for loaded in load(db, rows, office).values():
        if copies_needed(loaded.case):
            continue
        pages = [
            {"page": page.number, "document": page.type, "holder": page.holder}
            for page in db.execute(_DESTROY, {"key_case_id": loaded.row.id, "now": office.now})
        ]
        if pages:
            details = {"case": loaded.row.number, "state": loaded.row.state, "pages": pages}
            staff.log(db, office.now, "copies_destroyed", SYSTEM.name, details)
