"""The pages held of a case: counted, looked at, and which of the forms that came nobody has registered yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from models import case as cases
from models import scan as scans
from models import staff
from models.history import history, micros
from models.keys import KeyMissing
from services.engine.office import Office
from services.returns import store
from workflows.engine.values import Actor

PAGES = scans.scan_page
RECEIVES = ("receive_forms", "reopen")
SOME = 500
AWAITING = ("contacted", "forms_mailed", "lapsed")
"""The states in which what came back can still be registered."""

_COUNT = select(func.count()).where(PAGES.c.case_id == bindparam("case_id"), PAGES.c.state == "kept")
_GONE = select(func.count()).where(PAGES.c.case_id == bindparam("case_id"), PAGES.c.state == "destroyed")
_SCANNED = (
    select(PAGES.c.case_id, func.max(PAGES.c.scanned_at).label("scanned_at"))
    .where(scans.UNREGISTERED)
    .group_by(PAGES.c.case_id)
    .order_by(PAGES.c.case_id)
)
_THEIRS = select(cases.case.c.id, cases.case.c.number).where(
    cases.case.c.id.in_(bindparam("ids", expanding=True)), cases.case.c.state.in_(AWAITING)
)
_RECEIVED = (
    select(history.c.case_id, func.max(history.c.at).label("at"))
    .where(history.c.case_id.in_(bindparam("ids", expanding=True)), history.c.transition.in_(RECEIVES))
    .group_by(history.c.case_id)
)


class Erased(LookupError):
    """The personal data of the case is erased; its pages can be read no more."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page held of a case, opened. ``name`` is a file name that says what it is; nothing personal is in it."""

    number: str
    sort: str
    what: str
    name: str
    picture: bytes


def held(db: Connection, case_id: int) -> int:
    """Return how many scanned pages are held of a case."""
    return int(db.execute(_COUNT, {"case_id": case_id}).scalar_one())


def destroyed(db: Connection, case_id: int) -> int:
    """Return how many copies of papers were held of a case and are destroyed."""
    return int(db.execute(_GONE, {"case_id": case_id}).scalar_one())


def pages(db: Connection, row: Row[Any], who: Actor, office: Office) -> Iterator[Opened]:
    """Yield the pages held of a case in the order they came; that somebody looks is in the office's log first.

    Raises:
        Erased: the case's key is destroyed.
        PageDamaged: a page's file is not the one that was written.
    """
    kept = scans.kept_of_case(db, row.id)
    try:
        keys = {one.number: store.key_of(one, row.number, office.keys) for one in kept}
    except KeyMissing:
        raise Erased(row.number) from None
    numbers = [one.number for one in kept]
    staff.log(db, office.now, "papers_seen", who.name, {"case": row.number, "pages": numbers})
    for one in kept:
        what = _what(one)
        name = f"{one.number}-{what}.jpg"
        yield Opened(
            one.number, one.sort, what, name, store.get(office.settings.evidence, "scan_page", one, keys[one.number])
        )


def _what(row: Row[Any]) -> str:
    if row.sort == "form":
        return f"{row.form}-{row.page}"
    if row.sort == "letter":
        return f"letter-{row.page}"
    return f"{row.type}-{row.holder}"


def unregistered(db: Connection) -> list[str]:
    """Return the cases whose forms were scanned and whose arrival nobody has registered since (the morning count)."""
    scanned = list(db.execute(_SCANNED))
    if not scanned:
        return []
    found: list[str] = []
    for start in range(0, len(scanned), SOME):
        some = {row.case_id: row.scanned_at for row in scanned[start : start + SOME]}
        numbers = {row.id: row.number for row in db.execute(_THEIRS, {"ids": list(some)})}
        received = {row.case_id: row.at for row in db.execute(_RECEIVED, {"ids": list(numbers)})}
        found += [numbers[one] for one, at in some.items() if one in numbers and received.get(one, -1) < micros(at)]
    return found
