"""The work list: open cases, the most urgent first.

How pressing a case is stands in its row (`services.engine.urgency`), but for what the clock alone changes: whether its
next moment has come. So the cases wanted are a few ranges of an index, each of them in order already: those the office
is late with, those whose moment has come, those to come. Of each range the first few are taken, and those are put in
order; nothing else is read, however many cases there are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Row,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from models import letter_kind
from models.case import CHASED, OPEN, asking_for, read_hold
from models.case import case as cases
from models.letter import in_house, letter
from models.partial import fixed
from services.engine.moments import iso
from services.engine.office import Office
from services.engine.store import store
from services.letters.letter_kinds import WAITING
from services.reports.legal import shown
from services.reports.words import due_name
from workflows.engine.case import OnHold
from workflows.law.values import Right

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
    ranges = union_all(*(_first_of(one, wanted) for one in _ranges(office, wanted))).subquery()
    found = select(ranges).order_by(*_in_order(ranges)).limit(wanted.most).subquery()
    query = (
        select(*_SEEN, (found.c.rank == 0).label("overdue"), _stalled(office).label("stalled"), _waits(db))
        .join_from(found, cases, cases.c.id == found.c.id)
        .order_by(*_in_order(found))
    )
    rows: list[Row[Any]] = list(db.execute(query))
    legal = _legal(db, rows, office)
    return [{**_line(row, office), "legal": legal.get(row.id)} for row in rows]


def _in_order(found: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return by what the cases are put in order: overdue, then by the next moment; those without one come last."""
    return found.c.rank, found.c.due_at.is_(None), found.c.due_at, found.c.id


@dataclass(frozen=True, slots=True)
class _Range:
    """Cases that stand beside each other in an index; ``rank`` 0 is overdue."""

    rank: int
    conditions: tuple[ColumnElement[bool], ...]

    def __and__(self, more: ColumnElement[bool]) -> "_Range":
        return _Range(self.rank, (more, *self.conditions))


_TIMED, _TIMELESS = cases.c.due_at.is_not(None), cases.c.due_at.is_(None)
_LATE, _IN_TIME = and_(cases.c.late), not_(cases.c.late)


def _ranges(office: Office, wanted: Wanted) -> list[_Range]:
    """Return the ranges the cases wanted lie in, each condition of *wanted* among those of every range."""
    come, to_come = cases.c.due_at <= office.now, cases.c.due_at > office.now
    found = [_Range(0, (_LATE, _TIMED)), _Range(0, (_LATE, _TIMELESS)), _Range(0, (_IN_TIME, come))]
    if not wanted.overdue:
        found += [_Range(1, (_IN_TIME, to_come)), _Range(1, (_IN_TIME, _TIMELESS))]
    if wanted.stalled:
        unchased = cases.c.chased == fixed(0)
        found = [one & CHASED for one in found] + [_Range(0, (unchased, late, come)) for late in (_LATE, _IN_TIME)]
    found = [one & OPEN for one in found]
    if wanted.states:
        closed = () if wanted.overdue or wanted.stalled else (_TIMED, _TIMELESS)
        # No closed case is late, but one that older code closed may still say so: it must not be missed for that.
        found += [_Range(1, (not_(cases.c.open), late, timed)) for late in (_IN_TIME, _LATE) for timed in closed]
        # A state at a time: those of several do not stand beside each other.
        found = [one & (cases.c.state == state) for state in dict.fromkeys(wanted.states) for one in found]
    for condition in _filters(office, wanted):
        found = [one & condition for one in found]
    return found


def _first_of(one: _Range, wanted: Wanted) -> Select[Any]:
    """Return the question for the ids of a range, the most urgent first, as many as are wanted of all."""
    named = select(cases.c.id, cast(literal(one.rank), Integer).label("rank"), cases.c.due_at).where(*one.conditions)
    if wanted.most is None:
        return named
    return select(named.order_by(cases.c.due_at, cases.c.id).limit(wanted.most).subquery())


def _legal(db: Connection, rows: Sequence[Row[Any]], office: Office) -> dict[int, dict[str, Any] | None]:
    """Return the law's date of each case in which one can run, by the case's id."""
    found: dict[int, dict[str, Any] | None] = {}
    for name in {row.definition for row in rows}:
        mine = [row for row in rows if row.definition == name]
        views = store(name).under_the_law(db, mine, office)
        found |= {row.id: shown(views[row.number], office) for row in mine if row.number in views}
    return found


def conditions(office: Office, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what a case must be to be among those wanted, for whoever goes through all of them by their ids."""
    found = [_among_states(wanted.states) if wanted.states else OPEN, *_filters(office, wanted)]
    if wanted.overdue:
        found.append(and_(cases.c.open, or_(cases.c.late, _past(office))))
    if wanted.stalled:
        found.append(_stalled(office))
    return found


def _among_states(states: Collection[str]) -> ColumnElement[bool]:
    return cases.c.state == next(iter(states)) if len(states) == 1 else cases.c.state.in_(states)


def _filters(office: Office, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what is asked for beside the states and the urgency."""
    found: list[ColumnElement[bool]] = []
    if wanted.number is not None:
        found.append(cases.c.number == wanted.number)
    if wanted.definition is not None:
        found.append(cases.c.definition == wanted.definition)
    if wanted.right is not None:
        found.append(asking_for(wanted.right))
    if wanted.owner is not None:
        found.append(cases.c.owner == wanted.owner)
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
    """Return a hold, as it is stored, as reports show it."""
    return shown_hold(read_hold(stored))


def shown_hold(hold: OnHold | None) -> dict[str, Any] | None:
    """Return a hold as reports show it."""
    if hold is None:
        return None
    return {"by": hold.by, "code": str(hold.code), "with": list(hold.linked), "until": hold.until.isoformat()}


def _stalled(office: Office) -> ColumnElement[bool]:
    """Whether the case stands still: the clock had to chase somebody since the case came into its state."""
    return and_(cases.c.open, or_(cases.c.chased > fixed(0), _past(office)))


def _waits(db: Connection) -> ColumnElement[bool]:
    """Whether a letter of the case is kept back because its kind is stopped; asked only while one is."""
    kinds = letter_kind.stopped(db)
    if not kinds:
        return literal(False).label("waits")
    lying = select(letter.c.id).where(letter.c.case_id == cases.c.id, in_house(*WAITING))
    return exists(lying.where(letter.c.kind.in_(sorted(kinds)))).label("waits")


def _past(office: Office) -> ColumnElement[bool]:
    # Never NULL: a case without a next moment is not past it.
    return cast(func.coalesce(cases.c.due_at <= office.now, False), Boolean)
