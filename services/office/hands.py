"""In whose hands cases are: given by a lead, handed on by whoever has them, moved when somebody leaves.

It changes nothing of what may be done: who verifies, decides and releases is a matter of roles and four eyes. Each
gift is in the office's log, with who had the case before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from models import case as cases
from models import staff
from models.case import OPEN, TO_DO
from services.engine.office import Office
from services.office import absences
from services.office.staff import Asker
from workflows.engine.jobs import Todo
from workflows.engine.values import Reason

CHUNK = 300
"""How many cases are given in one go."""
FEW = 10

_C = cases.case.c


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a gift: the cases given (or in those hands already), and those that were not, with why."""

    cases: tuple[str, ...]
    refused: tuple[tuple[str, Reason], ...] = ()


def give(
    db: Connection, rows: Collection[Row[Any]], name: str | None, by: Asker, office: Office, *, preview: bool = False
) -> Given:
    """Put cases, whose rows are locked, into somebody's hands or (None) in nobody's.

    *name* as it is written here. A lead gives any; somebody else what they have, or look after for somebody away. With
    *preview* nothing is written.
    """
    mine = None if by.is_lead() else set(absences.stood_for(db, by.staff, office))
    theirs = [row for row in rows if mine is None or row.owner in mine]
    refused = tuple((row.number, _not_theirs(row)) for row in rows if mine is not None and row.owner not in mine)
    if not preview:
        _write(db, [row for row in theirs if row.owner != name], name, by.name, office.now)
    return Given(tuple(row.number for row in theirs), refused)


def _not_theirs(row: Row[Any]) -> Reason:
    if row.owner is None:
        return Reason("office.nobodys", {"case": row.number})
    return Reason("office.not_yours", {"case": row.number, "owner": row.owner})


def _write(db: Connection, rows: Sequence[Row[Any]], name: str | None, by: str, now: datetime) -> None:
    if not rows:
        return
    cases.write(db, [{"key_id": row.id, "key_seq": row.seq, "owner": name} for row in rows])
    if len(rows) == 1:
        staff.log(db, now, "case_assigned", by, {"case": rows[0].number, "owner": name, "before": rows[0].owner})
        return
    before: dict[str, list[str]] = {}
    for row in rows:
        before.setdefault(row.owner or "", []).append(row.number)
    staff.log(db, now, "cases_assigned", by, {"owner": name, "before": before})


# -- leaving ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Has:
    """What somebody has: cases (open, or closed with something still to be done), by their next job; and the rest.

    ``unreleased`` counts cases they verified or decided and nobody released: that stands, whoever has the case.
    """

    cases: int
    todos: dict[str | None, int]
    some: tuple[str, ...]
    unreleased: int
    stands_in_for: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "cases": self.cases,
            "todos": {todo or "-": count for todo, count in self.todos.items()},
            "some": list(self.some),
            "unreleased": self.unreleased,
            "stands_in_for": list(self.stands_in_for),
        }


def has(db: Connection, name: str) -> Has:
    """Return what somebody has."""
    todos: dict[str | None, int] = {}
    for also in _of(name):
        for todo, count in db.execute(select(_C.todo, func.count()).where(*also).group_by(_C.todo)):
            todos[todo] = todos.get(todo, 0) + count
    some = [row.number for also in _of(name) for row in db.execute(select(_C.number).where(*also).limit(FEW))]
    acted = or_(_C.verified_by == name, _C.decided_by == name)
    waiting = _C.todo.in_([str(Todo.DECIDE), str(Todo.RELEASE)])
    unreleased = db.execute(select(func.count()).where(TO_DO, waiting, acted)).scalar_one()
    away = select(staff.absence.c.name).where(staff.absence.c.substitute == name).order_by(staff.absence.c.name)
    return Has(sum(todos.values()), todos, tuple(some[:FEW]), unreleased, tuple(db.execute(away).scalars()))


def move_all(db: Connection, name: str, to: str | None, by: Asker, office: Office) -> int:
    """Put all that somebody has into another's hands, or in nobody's; return how many cases."""
    moved = 0
    for also in _of(name):
        while ids := list(db.execute(select(_C.id).where(*also).limit(CHUNK)).scalars()):
            rows = list(cases.lock_ids(db, ids).values())
            _write(db, [row for row in rows if row.owner == name], to, by.name, office.now)
            moved += len(rows)
    return moved


def _of(name: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the conditions of what somebody has, one index each: open cases, and closed ones with something to do."""
    return (OPEN, _C.owner == name), (TO_DO, _C.owner == name, and_(~_C.open))
