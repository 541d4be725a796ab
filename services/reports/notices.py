"""What the clock and the system told whom: one line a case and reason, however often it was told."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, update

from models.incident import UNREAD, notice
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
    if most is None:
        lines = _lines(db.execute(_newest_first(unread=unread)))
    else:
        lines = _whole(db, _newest(db, unread=unread, most=most))
    return [_told(line, office, language) for line in lines]


def _newest_first(*, unread: bool) -> Select[Any]:
    query = select(notice).order_by(notice.c.at.desc(), notice.c.id.desc())
    return query.where(UNREAD) if unread else query


def _newest(db: Connection, *, unread: bool, most: int) -> list[Row[Any]]:
    """Return the newest notice of each of the *most* newest lines: as far back as it takes, a page at a time."""
    found: dict[tuple[object, ...], Row[Any]] = {}
    query, before = _newest_first(unread=unread).limit(min(CHUNK, 2 * most)), None
    while len(found) < most:
        rows = list(db.execute(query if before is None else query.where(_older_than(before))))
        for row in rows:
            found.setdefault(kind_of(row), row)
        if not rows:
            break
        before = rows[-1]
    return list(found.values())[:most]


def _older_than(row: Row[Any]) -> ColumnElement[bool]:
    # The first condition alone is a range of the index; the second leaves out what was seen of that very moment.
    return and_(notice.c.at <= row.at, or_(notice.c.at < row.at, notice.c.id < row.id))


def _whole(db: Connection, newest: Sequence[Row[Any]]) -> list[_Line]:
    """Return these lines with all the notices they stand for, in the order given."""
    if not newest:
        return []
    about = sorted({row.case_number for row in newest if row.case_number is not None})
    codes = sorted({row.code for row in newest if row.case_number is None})
    read = sorted({row.read_at for row in newest if row.case_number is None and row.read_at is not None})
    of_no_case = and_(notice.c.case_number.is_(None), notice.c.code.in_(codes))
    looks: list[ColumnElement[bool]] = [
        notice.c.case_number.in_(about[start : start + CHUNK]) for start in range(0, len(about), CHUNK)
    ]
    looks += [and_(of_no_case, UNREAD)] if any(row.read_at is None for row in newest) and codes else []
    looks += [
        and_(of_no_case, notice.c.read_at.in_(read[start : start + CHUNK])) for start in range(0, len(read), CHUNK)
    ]
    rows = [row for look in looks for row in db.execute(select(notice).where(look))]
    lines = {
        kind_of(line.newest): line for line in _lines(sorted(rows, key=lambda row: (row.at, row.id), reverse=True))
    }
    return [line for row in newest if (line := lines[kind_of(row)]).newest.id == row.id]


def _lines(rows: Iterable[Row[Any]]) -> list[_Line]:
    """Return the lines of these notices, which come the newest first."""
    found: dict[tuple[object, ...], _Line] = {}
    for row in rows:
        line = found.setdefault(kind_of(row), _Line(row, row.at))
        line.oldest_at = row.at
        line.ids.append(row.id)
    return list(found.values())


def kind_of(row: Row[Any]) -> tuple[object, ...]:
    """Return what makes two notices one line: case, role, reason, and who read them together when."""
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
        "params": row.params,
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
    wanted, lines = sorted(set(shown)), list[_Line]()
    for start in range(0, len(wanted), CHUNK):
        named = select(notice).where(notice.c.id.in_(wanted[start : start + CHUNK]), notice.c.read_at.is_(None))
        lines += _whole(db, list(db.execute(named)))
    ids = [one for line in lines for one in line.ids]
    marked = 0
    for start in range(0, len(ids), CHUNK):
        mine = update(notice).where(notice.c.id.in_(ids[start : start + CHUNK]), notice.c.read_at.is_(None))
        if Role.LEAD not in roles:
            mine = mine.where(notice.c.role.in_([str(role) for role in roles]))
        marked += db.execute(mine.values(read_at=office.now, read_by=by)).rowcount
    return marked
