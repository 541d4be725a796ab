"""What lies scanned and unregistered, said in the rows of its cases: to register it is their next job."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from models import case as cases
from models import scan as scans
from services.engine import todos
from services.engine.office import Office


def cases_of(db: Connection, pages: Collection[str]) -> list[int]:
    """Return the ids of the cases these pages (their numbers) are kept of."""
    theirs = select(scans.scan_page.c.case_id).where(scans.scan_page.c.number.in_(list(pages))).distinct()
    return sorted(db.execute(theirs).scalars())


def tell(db: Connection, ids: Collection[int], office: Office) -> None:
    """Write of these cases, whose rows this transaction has locked, since when pages of theirs lie unregistered."""
    since = scans.unregistered_since(db, ids)
    rows = cases.lock_ids(db, ids).values()
    changed = [row for row in rows if row.scanned_at != since.get(row.id)]
    if changed:
        cases.write(db, [{"key_id": row.id, "key_seq": row.seq, "scanned_at": since.get(row.id)} for row in changed])
        todos.told_anew(db, cases.lock_ids(db, [row.id for row in changed]).values(), office)
