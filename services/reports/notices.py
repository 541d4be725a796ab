"""What the clock and the system told whom."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select, update

from models.incident import notice
from services.office import Office
from services.reports.words import iso
from workflows.values import Reason, Role
from workflows.words import say


def notices(
    db: Connection, office: Office, language: str, *, unread: bool = False, most: int | None = None
) -> list[dict[str, Any]]:
    """Return the notices, the newest first."""
    query = select(notice).order_by(notice.c.at.desc(), notice.c.id.desc()).limit(most)
    if unread:
        query = query.where(notice.c.read_at.is_(None))
    return [
        {
            "id": row.id,
            "at": iso(row.at, office),
            "case": row.case_number,
            "role": row.role,
            "code": row.code,
            "text": say(Reason(row.code, row.params), language),
            "unread": row.read_at is None,
            "read_at": iso(row.read_at, office),
            "read_by": row.read_by,
        }
        for row in db.execute(query)
    ]


def mark_read(db: Connection, ids: Collection[int], roles: Collection[Role], by: str, office: Office) -> int:
    """Mark those of these notices that were told to one of the roles as read, and return how many; a lead reads all."""
    if not ids:
        return 0
    mine = update(notice).where(notice.c.id.in_(ids), notice.c.read_at.is_(None))
    if Role.LEAD not in roles:
        mine = mine.where(notice.c.role.in_([str(role) for role in roles]))
    return db.execute(mine.values(read_at=office.now, read_by=by)).rowcount
