"""The work list: open cases, the most urgent first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Row,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from models import letter_kind
from models.case import case as cases
from models.case import read_hold
from models.history import history
from models.letter import letter
from services.engine.moments import iso
from services.engine.office import Office
from services.engine.store import store
from services.letters.letter_kinds import WAITING
from services.reports.legal import shown
from services.reports.words import due_name
from workflows.law.values import Right
from workflows.registry import procedures


@cache
def _legal_dates() -> list[str]:
    """Return the causes in the history that tell that the law's own time has run out."""
    clocks = [clock for each in procedures() for clock in each.machine.clocks.values()]
    return [f"timer:{clock.deadline.name}:0:1" for clock in clocks if clock.legal and not clock.warns]


_SEEN = [column for column in cases.c if column.name != "matter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases to list; with no state named, those that are open."""

    number: str | None = None
    definition: str | None = None
    states: Collection[str] = ()
    right: Right | None = None
    owner: str | None = None
    overdue: bool = False
    stalled: bool = False
    due_within: timedelta | None = None
    most: int | None = None


def worklist(db: Connection, office: Office, wanted: Wanted) -> list[dict[str, Any]]:
    """Return the cases wanted: what is overdue first, then by the next moment of each."""
    overdue, stalled = _overdue(office), _stalled(office)
    query = select(
        *_SEEN, overdue.label("overdue"), stalled.label("stalled"), _waits(db).label("waits")
    ).where(*conditions(office, wanted))  # fmt: skip
    query = query.order_by(case((overdue, 0), else_=1), cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)
    rows: list[Row[Any]] = list(db.execute(query.limit(wanted.most)))
    legal = _legal(db, rows, office)
    return [{**_line(row, office), "legal": legal.get(row.id)} for row in rows]


def _legal(db: Connection, rows: Sequence[Row[Any]], office: Office) -> dict[int, dict[str, Any] | None]:
    """Return the law's date of each case in which one can run, by the case's id."""
    found: dict[int, dict[str, Any] | None] = {}
    for name in {row.definition for row in rows}:
        mine = [row for row in rows if row.definition == name]
        views = store(name).under_the_law(db, mine, office)
        found |= {row.id: shown(views[row.number], office) for row in mine if row.number in views}
    return found


def conditions(office: Office, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what a case must be to be among those wanted."""
    found: list[ColumnElement[bool]] = [cases.c.state.in_(wanted.states) if wanted.states else cases.c.open]
    if wanted.number is not None:
        found.append(cases.c.number == wanted.number)
    if wanted.definition is not None:
        found.append(cases.c.definition == wanted.definition)
    if wanted.right is not None:
        # Keys of a JSON object, as both databases write it.
        found.append(cast(cases.c.facts["rights"], Text).like(f'%"{wanted.right}":%'))
    if wanted.owner is not None:
        found.append(cases.c.owner == wanted.owner)
    if wanted.overdue:
        found.append(_overdue(office))
    if wanted.stalled:
        found.append(_stalled(office))
    if wanted.due_within is not None:
        found.append(cases.c.due_at <= office.now + wanted.due_within)
    return found


def _line(row: Any, office: Office) -> dict[str, Any]:
    return {
        "case": row.number,
        "state": row.state,
        "rights": list(row.facts.get("rights", ())),
        "due_at": iso(row.due_at, office),
        "overdue": bool(row.overdue),
        "stalled": bool(row.stalled),
        "next": due_name(row.next, row.number),
        "owner": row.owner,
        "hold": hold_of(row.hold),
        "linked": list(row.facts.get("linked", ())),
        "letter_stopped": bool(row.waits),
    }


def hold_of(stored: Any) -> dict[str, Any] | None:
    """Return a hold as reports show it."""
    hold = read_hold(stored)
    if hold is None:
        return None
    return {"by": hold.by, "code": str(hold.code), "with": list(hold.linked), "until": hold.until.isoformat()}


def _overdue(office: Office) -> ColumnElement[bool]:
    """Whether the office is late.

    Something past due did not happen, the chase has begun, a legal date has passed, or what lies in the house
    unregistered keeps a deadline back.
    """
    return and_(
        cases.c.open,
        or_(
            _past(office),
            _fired("timer:escalate:%"),
            _fired("asked:%"),
            exists().where(history.c.case_id == cases.c.id, history.c.cause.in_(_legal_dates())),
        ),
    )


def _stalled(office: Office) -> ColumnElement[bool]:
    """Whether the case stands still: the clock had to chase somebody since the case came into its state."""
    return and_(cases.c.open, or_(_past(office), *map(_fired, ("timer:escalate:%", "timer:remind:%", "asked:%"))))


def _waits(db: Connection) -> ColumnElement[bool]:
    """Whether a letter of the case is kept back because its kind is stopped; asked only while one is."""
    kinds = letter_kind.stopped(db)
    if not kinds:
        return literal(False)
    return exists().where(letter.c.case_id == cases.c.id, letter.c.state.in_(WAITING), letter.c.kind.in_(sorted(kinds)))


def _past(office: Office) -> ColumnElement[bool]:
    # Never NULL: a case without a next moment is not past it.
    return cast(func.coalesce(cases.c.due_at <= office.now, False), Boolean)


def _fired(cause: str) -> ColumnElement[bool]:
    """Whether a deadline of the present state has fired already."""
    return exists().where(
        history.c.case_id == cases.c.id, history.c.seq > cases.c.entered_seq, history.c.cause.like(cause)
    )
