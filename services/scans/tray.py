"""The tray: pages nobody could match, each sealed under a key of its own that is destroyed with the page.

A page leaves the tray in two steps: first its end is recorded, then its key and its file go (`clear`). A crash between
the two leaves a page that has ended and still lies there; the next scan or look into the tray clears it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, select, update

from models import scan as scans
from models.keys import KeyMissing, KeystoreBusy
from services.office import Office
from services.scans import store
from services.scans.pages import ScannedPage

Transactions = Callable[[], AbstractContextManager[Connection]]
Offices = Callable[[Connection], Office]

TRAY = scans.tray
_ENDED = select(TRAY).where(TRAY.c.cleared_at.is_(None), TRAY.c.state.in_(["assigned", "destroyed"]))


def stored(office: Office, number: str, page: ScannedPage) -> dict[str, Any]:
    """Write a page into the tray under its own key and return what is written of it."""
    key = office.keys.get(number)
    there = store.put(office.settings.tray, "tray", number, page.picture, key)
    return {**there.written(number), "new_thumbnail": key.seal("tray", "thumbnail", number, page.thumbnail)}


def clear(transaction: Transactions, office_of: Offices) -> list[str]:
    """Destroy key and file of every page that has left the tray; return the numbers that are gone now."""
    with transaction() as db:
        office = office_of(db)
        ended = list(db.execute(_ENDED))
    gone = []
    for row in ended:
        try:
            office.keys.destroy(row.number)
        except KeyMissing:
            pass
        except KeystoreBusy:
            continue  # an old copy of the key may still lie in its log: the next one tries again
        if row.path is not None:
            (office.settings.tray / row.path).unlink(missing_ok=True)
        gone.append(row.number)
    if gone:
        with transaction() as db:
            now = office_of(db).now
            db.execute(update(TRAY).where(TRAY.c.number.in_(gone)).values(cleared_at=now))
    return gone
