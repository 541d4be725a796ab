"""The tray: pages nobody could match, each sealed under a key of its own that is destroyed with the page.

A page leaves the tray in two steps: first its end is recorded, then its key and its file go (`clear`). A crash between
the two leaves a page that has ended and still lies there; the next scan or look into the tray clears it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from models import case as cases
from models import scan as scans
from models import staff
from models.incident import notice
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.letters.post import overdue_before
from services.returns import store
from services.returns.pages import Half, ScannedPage, in_order, sheet_of
from workflows.engine.values import Actor, Role
from workflows.request.returns import Why
from workflows.request.values import FormName

TRAY, PAGES = scans.tray, scans.scan_page
_ENDED = select(TRAY).where(TRAY.c.cleared_at.is_(None), TRAY.c.state.in_(["assigned", "destroyed"]))
_WAITING = select(TRAY).where(TRAY.c.cleared_at.is_(None), TRAY.c.state == "waiting").order_by(TRAY.c.id)
_NEAR = (
    select(PAGES.c.file_page, PAGES.c.form, PAGES.c.page, cases.case.c.number.label("case_number"))
    .join(cases.case, cases.case.c.id == PAGES.c.case_id)
    .where(PAGES.c.file_hash == bindparam("hash"), PAGES.c.sort == "form")
)
_OVERDUE = select(func.count()).where(
    TRAY.c.cleared_at.is_(None), TRAY.c.state == "waiting", TRAY.c.scanned_at < bindparam("before")
)
_TOLD = (
    update(TRAY)
    .where(TRAY.c.cleared_at.is_(None), TRAY.c.state == "waiting", TRAY.c.told_at.is_(None))
    .where(TRAY.c.scanned_at < bindparam("before"))
    .values(told_at=bindparam("now"))
    .returning(TRAY.c.number, TRAY.c.scanned_at)
)


class NoSuchPage(LookupError):
    """There is no page of this number in the tray."""


class NotWaiting(Exception):
    """The page has left the tray already; ``state`` says how."""

    def __init__(self, number: str, state: str) -> None:
        """Keep them."""
        self.number, self.state = number, state
        super().__init__(number)


@dataclass(frozen=True, slots=True)
class Near:
    """The matched page that lay nearest before or behind: the page in the tray is perhaps of the same envelope."""

    case: str
    form: FormName
    page: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page in the tray: for how many days it waits, and whether that is more than a working day."""

    number: str
    why: Why
    arrived_at: datetime
    scanned_at: datetime
    file_page: int
    half: Half | None
    near: Near | None
    age_days: int
    overdue: bool


def stored(office: Office, number: str, page: ScannedPage) -> dict[str, Any]:
    """Write a page into the tray under its own key and return what is written of it."""
    key = office.keys.get(number)
    there = store.put(office.settings.tray, "tray", number, page.picture, key)
    return {**there.written(number), "new_thumbnail": key.seal("tray", "thumbnail", number, page.thumbnail)}


def waiting(db: Connection, office: Office) -> list[Waiting]:
    """Return what lies in the tray, the oldest first."""
    rows = list(db.execute(_WAITING))
    before, day = overdue_before(office), office.calendar.today
    near: dict[str, list[Row[Any]]] = {}
    for file_hash in {row.file_hash for row in rows}:
        near[file_hash] = list(db.execute(_NEAR, {"hash": file_hash}))
    return [
        Waiting(
            row.number, Why(row.why), row.arrived_at, row.scanned_at, sheet_of(row.file_page), _half(row),
            _nearest(near[row.file_hash], row.file_page), (day(office.now) - day(row.scanned_at)).days,
            row.scanned_at < before,
        )
        for row in rows
    ]  # fmt: skip


def _nearest(matched: list[Row[Any]], page: int) -> Near | None:
    if not matched:
        return None

    # What lies behind a form in the envelope belongs to it more often than to the next one.
    def away(one: Row[Any]) -> tuple[bool, int, int]:
        return in_order(one.file_page) > in_order(page), abs(sheet_of(one.file_page) - sheet_of(page)), -one.file_page

    row = min(matched, key=away)
    return Near(row.case_number, FormName(row.form), row.page)


def _half(row: Row[Any]) -> Half | None:
    """Return that a page is the right half of its sheet; a row does not tell a left half from a whole sheet."""
    return Half.RIGHT if sheet_of(row.file_page) != row.file_page else None


def look(
    db: Connection, number: str, who: Actor, office: Office, *, thumbnail: bool = False, drawing: bool = False
) -> bytes:
    """Return the picture of a page in the tray, or its thumbnail; each look is in the office's log.

    *drawing*: it is looked at to draw masks on it.

    Raises:
        NoSuchPage: there is none of this number.
        NotWaiting: it has left the tray, and nothing of it is left there.
        PageDamaged: its file is not the one that was written.
    """
    row = waiting_row(db, number)
    key = office.keys.get(number)
    how = {"tray": number, "thumbnail": thumbnail}
    staff.log(db, office.now, "tray_seen", who.name, {**how, "drawing": True} if drawing else how)
    if thumbnail:
        return key.open("tray", "thumbnail", number, row.thumbnail)
    return store.get(office.settings.tray, "tray", row, key)


def waiting_row(db: Connection, number: str, *, lock: bool = False) -> Row[Any]:
    """Return the row of a page that waits in the tray. Raises NoSuchPage or NotWaiting."""
    row = scans.in_tray(db, number, lock=lock)
    if row is None:
        raise NoSuchPage(number)
    if row.state != "waiting":
        raise NotWaiting(number, row.state)
    return row


def is_known(db: Connection, number: str) -> bool:
    """Whether there is, or was, a page of this number in the tray."""
    return scans.in_tray(db, number) is not None


def clear(unit: UnitOfWork) -> list[str]:
    """Destroy key and file of every page that has left the tray; return the numbers that are gone now."""
    with unit.begin() as db:
        office = unit.office(db)
        ended = list(db.execute(_ENDED))
    gone = [row.number for row in ended if store.destroy(office.settings.tray, row, office.keys)]
    if gone:
        with unit.begin() as db:
            now = unit.office(db).now
            db.execute(update(TRAY).where(TRAY.c.number.in_(gone)).values(cleared_at=now))
    return gone


def tell(db: Connection, office: Office) -> int:
    """Tell the clerks, once of each page, what has waited in the tray for more than a working day."""
    told = list(db.execute(_TOLD, {"before": overdue_before(office), "now": office.now}))
    for row in told:
        params = {"tray": row.number, "since": office.calendar.today(row.scanned_at).isoformat()}
        db.execute(
            insert(notice), {"role": str(Role.CLERK), "code": "notice.tray_waits", "params": params, "at": office.now}
        )
    return len(told)


def overdue(db: Connection, office: Office) -> int:
    """Return how many pages have waited in the tray for more than a working day."""
    return int(db.execute(_OVERDUE, {"before": overdue_before(office)}).scalar_one())
