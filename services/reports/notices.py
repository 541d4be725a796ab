"""What the clock and the system told whom: one line a case and reason, however often it was told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from models.incident import notice
from services.engine.moments import iso
from services.engine.office import Office
from workflows.engine.values import Reason, Role
from workflows.words import say

APART = ("letter", "subject", "tray", "step")
"""What tells two notices of one case and reason apart: the letter, the order, the page or the step they are about."""
CHUNK = 500


@dataclass(slots=True)
class _Line:
    """One line: the newest notice of its kind, and the ids of all of them."""

    newest: Row[Any]
    oldest_at: datetime
    ids: list[int] = field(default_factory=list)


def notices(
    db: Connection, office: Office, language: str, *, unread: bool = False, most: int | None = None
) -> list[dict[str, Any]]:
    """Return what was told, the newest first; ``times`` says how often, and ``first_at`` since when.

    What was told of one case for one reason to one role is one line as long as nobody has read it; so is what was read
    together.
    """
    lines = _lines(db, unread=unread)
    return [_told(line, office, language) for line in lines[:most]]


def _lines(db: Connection, *, unread: bool) -> list[_Line]:
    query = select(notice).order_by(notice.c.at.desc(), notice.c.id.desc())
    if unread:
        query = query.where(notice.c.read_at.is_(None))
    found: dict[tuple[object, ...], _Line] = {}
    for row in db.execute(query):
        line = found.setdefault(_kind(row), _Line(row, row.at))
        line.oldest_at = row.at
        line.ids.append(row.id)
    return list(found.values())


def _kind(row: Row[Any]) -> tuple[object, ...]:
    about = tuple(str(row.params.get(name)) for name in APART)
    return row.case_number, row.role, row.code, row.read_at, row.read_by, *about


def _told(line: _Line, office: Office, language: str) -> dict[str, Any]:
    row = line.newest
    return {
        "id": row.id,
        "at": iso(row.at, office),
        "case": row.case_number,
        "role": row.role,
        "code": row.code,
        "text": say(Reason(row.code, row.params), language),
        "times": len(line.ids),
        "first_at": iso(line.oldest_at, office),
        "unread": row.read_at is None,
        "read_at": iso(row.read_at, office),
        "read_by": row.read_by,
    }


def mark_read(db: Connection, shown: Iterable[int], roles: Collection[Role], by: str, office: Office) -> int:
    """Mark these lines (named by the id each shows) as read, with all they stand for; return how many notices.

    Those told to a role the person has; a lead reads them all.
    """
    wanted = set(shown)
    ids = [one for line in _lines(db, unread=True) if line.newest.id in wanted for one in line.ids]
    marked = 0
    for start in range(0, len(ids), CHUNK):
        mine = update(notice).where(notice.c.id.in_(ids[start : start + CHUNK]), notice.c.read_at.is_(None))
        if Role.LEAD not in roles:
            mine = mine.where(notice.c.role.in_([str(role) for role in roles]))
        marked += db.execute(mine.values(read_at=office.now, read_by=by)).rowcount
    return marked
