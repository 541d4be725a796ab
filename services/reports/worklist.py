"""The work list: open cases, the most urgent first, with the next job of people in each.

What is to be done, and by when, stands in the case's row (`services.engine.todos`), but for what the clock alone
changes: whether that moment has come. So the cases wanted are a few ranges of an index, each of them in order already:
those people are late with, those with a term to come, those that wait. Of each range the first few are taken, and those
are put in order; nothing else is read, however many cases there are.
"""

from collections.abc import Collection, Iterator, Sequence
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
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from models import letter_kind
from models.case import CHASED, OPEN, TO_DO, asking_for, read_hold
from models.case import case as cases
from models.letter import in_house, letter
from models.partial import fixed
from services.engine.moments import iso
from services.engine.office import Office
from services.engine.store import store
from services.letters.letter_kinds import WAITING
from services.reports.legal import days_left, shown
from services.reports.words import due_name
from workflows.engine.case import OnHold
from workflows.engine.jobs import Todo
from workflows.law.values import Right
from workflows.registry import of_number

_UNSEEN = frozenset({
    "matter", "head", "head_at", "log_seq", "log_hash", "opened_at", "closed_at", "erased_at", "legal_at", "press_at",
    "scanned_at",
})  # fmt: skip
_SEEN = [column for column in cases.c if column.name not in _UNSEEN]
LOT = 1000
"""So many lines of a list without a limit are made at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases to list; with no state named, those that are open.

    With a job (``todo``) closed ones too: an answer is released before it is posted. Among ``owners`` None is nobody;
    without any it does not matter who has it. ``numbers`` are all that may be among them, ``but`` those that may not;
    for whoever names cases, it does not matter whether they are open.
    """

    number: str | None = None
    numbers: Collection[str] | None = None
    but: Collection[str] = ()
    definition: str | None = None
    states: Collection[str] = ()
    right: Right | None = None
    owners: Collection[str | None] | None = None
    todo: Todo | None = None
    overdue: bool = False
    stalled: bool = False
    due_within: timedelta | None = None
    most: int | None = None


def worklist(db: Connection, office: Office, wanted: Wanted) -> list[dict[str, Any]]:
    """Return the cases wanted: what people are late with first, then by when each must be acted on."""
    return list(lines(db, office, wanted))


def lines(db: Connection, office: Office, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Yield the same one by one, read and made a lot at a time: of many, whoever reads them keeps what they want."""
    wanted_ranges = _ranges(office, wanted)
    if not wanted_ranges:  # in nobody's hands, not even in nobody's
        return
    ranges = union_all(*(_first_of(one, wanted) for one in wanted_ranges)).subquery()
    found = select(ranges).order_by(*_in_order(ranges)).limit(wanted.most).subquery()
    query: Select[Any] = (
        select(*_SEEN, (found.c.rank == 0).label("overdue"), _stalled(office).label("stalled"), _waits(db))
        .join_from(found, cases, cases.c.id == found.c.id)
        .order_by(*_in_order(found))
    )
    if wanted.most is None:  # to a server a few are one message less without a cursor
        query = query.execution_options(yield_per=LOT)
    for rows in db.execute(query).partitions(LOT):
        yield from _told(db, rows, office)


def lines_of(db: Connection, office: Office, numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Return the same lines of these cases, in this order."""
    if not numbers:
        return []
    late = and_(or_(OPEN, TO_DO), _PEOPLES, func.coalesce(cases.c.press_at <= office.now, False))
    query = select(*_SEEN, late.label("overdue"), _stalled(office).label("stalled"), _waits(db))
    found = {one["case"]: one for one in _told(db, list(db.execute(query.where(cases.c.number.in_(numbers)))), office)}
    return [found[number] for number in numbers]


def _told(db: Connection, rows: Sequence[Row[Any]], office: Office) -> list[dict[str, Any]]:
    legal = _legal(db, rows, office)
    return [
        {**_line(row, office), "legal": legal.get(row.id), "days_left": days_left(legal.get(row.id), office)}
        for row in rows
    ]


def _in_order(found: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return by what the cases are put in order: overdue, then by when; those that wait for nothing come last."""
    return found.c.rank, found.c.press_at.is_(None), found.c.press_at, found.c.id


@dataclass(frozen=True, slots=True)
class _Range:
    """Cases that stand beside each other in an index; ``rank`` 0 is overdue."""

    rank: int
    conditions: tuple[ColumnElement[bool], ...]

    def __and__(self, more: ColumnElement[bool]) -> "_Range":
        return _Range(self.rank, (more, *self.conditions))


_TIMED, _TIMELESS = cases.c.press_at.is_not(None), cases.c.press_at.is_(None)
_PEOPLES, _CLOCKS = and_(cases.c.pressing), not_(cases.c.pressing)


def _ranges(office: Office, wanted: Wanted) -> list[_Range]:
    """Return the ranges the cases wanted lie in, each condition of *wanted* among those of every range."""
    come, to_come = cases.c.press_at <= office.now, cases.c.press_at > office.now
    late = _Range(0, (_PEOPLES, come))
    others = [_Range(1, (_PEOPLES, to_come)), _Range(1, (_CLOCKS, _TIMED)), _Range(1, (_CLOCKS, _TIMELESS))]
    found = [late] if wanted.overdue else [late, *others]
    if wanted.stalled:
        unchased = and_(cases.c.chased == fixed(0), _past_its_term(office))
        found = [one & CHASED for one in found] + [late & unchased]
    if wanted.todo is None:
        found = [one & OPEN for one in found] + _closed_ranges(wanted)
    else:
        found = [one & TO_DO & (cases.c.todo == str(wanted.todo)) for one in found]
        if wanted.stalled:
            found = [one & OPEN for one in found]
    if wanted.states:
        # A state at a time: those of several do not stand beside each other.
        found = [one & (cases.c.state == state) for state in dict.fromkeys(wanted.states) for one in found]
    if wanted.owners is not None:
        found = [one & _had_by(name) for name in dict.fromkeys(wanted.owners) for one in found]
    for condition in _filters(office, wanted):
        found = [one & condition for one in found]
    return found


def _closed_ranges(wanted: Wanted) -> list[_Range]:
    """Return the ranges of closed cases, which are listed by their states alone: nobody is late with them."""
    if not wanted.states or wanted.overdue or wanted.stalled:
        return []
    closed = not_(cases.c.open)
    return [_Range(1, (closed, whose, timed)) for whose in (_PEOPLES, _CLOCKS) for timed in (_TIMED, _TIMELESS)]


def _first_of(one: _Range, wanted: Wanted) -> Select[Any]:
    """Return the question for the ids of a range, the most urgent first, as many as are wanted of all."""
    named = select(cases.c.id, cast(literal(one.rank), Integer).label("rank"), cases.c.press_at).where(*one.conditions)
    if wanted.most is None:
        return named
    return select(named.order_by(cases.c.press_at, cases.c.id).limit(wanted.most).subquery())


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
    found = [_among_states(wanted.states)] if wanted.states else []
    if wanted.todo is not None:
        found += [TO_DO, cases.c.todo == str(wanted.todo)]
    elif not found and wanted.numbers is None:
        found.append(OPEN)
    if wanted.owners is not None:
        found.append(or_(false(), *(_had_by(name) for name in dict.fromkeys(wanted.owners))))
    found += _filters(office, wanted)
    if wanted.overdue:
        found.append(and_(OPEN if wanted.todo is None else TO_DO, _PEOPLES, cases.c.press_at <= office.now))
    if wanted.stalled:
        found.append(_stalled(office))
    return found


def _had_by(name: str | None) -> ColumnElement[bool]:
    return cases.c.owner.is_(None) if name is None else cases.c.owner == name


def _among_states(states: Collection[str]) -> ColumnElement[bool]:
    return cases.c.state == next(iter(states)) if len(states) == 1 else cases.c.state.in_(states)


def _filters(office: Office, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what is asked for beside the states and the urgency."""
    found: list[ColumnElement[bool]] = []
    if wanted.number is not None:
        found.append(cases.c.number == wanted.number)
    if wanted.numbers is not None:
        found.append(cases.c.number.in_(wanted.numbers))
    if wanted.but:
        found.append(cases.c.number.not_in(wanted.but))
    if wanted.definition is not None:
        found.append(cases.c.definition == wanted.definition)
    if wanted.right is not None:
        found.append(asking_for(wanted.right))
    if wanted.due_within is not None:
        found.append(cases.c.press_at <= office.now + wanted.due_within)
    return found


def _line(row: Any, office: Office) -> dict[str, Any]:
    return {
        "case": row.number,
        "state": row.state,
        "rights": list(row.facts.get("rights", ())),
        "todo": row.todo,
        "who": who(row, office),
        "by": iso(row.todo_by, office),
        "due_at": iso(row.due_at, office),
        "overdue": bool(row.overdue),
        "stalled": bool(row.stalled),
        "next": due_name(row.next, row.number),
        "owner": row.owner,
        "hold": hold_of(row.hold),
        "linked": list(row.facts.get("linked", ())),
        "letter_stopped": bool(row.waits),
    }


def who(row: Any, office: Office) -> dict[str, Any] | None:
    """Return who may do the next job of a case: ``{roles, not}``, the people whom four eyes keep away from it.

    None where nobody has anything to do.
    """
    job = None if row.todo is None else of_number(row.number).jobs.kinds.get(Todo(row.todo))
    if job is None:
        return None
    barred = {getattr(row, column) for column in job.not_by} - {None}
    return {"roles": [str(role) for role in job.roles], "not": [] if office.founded.sole else sorted(barred)}


def hold_of(stored: Any) -> dict[str, Any] | None:
    """Return a hold, as it is stored, as reports show it."""
    return shown_hold(read_hold(stored))


def shown_hold(hold: OnHold | None) -> dict[str, Any] | None:
    """Return a hold as reports show it."""
    if hold is None:
        return None
    return {
        "by": hold.by,
        "code": str(hold.code),
        "with": list(hold.linked),
        "until": hold.until.isoformat(),
        "why": list(hold.why),
    }


def _stalled(office: Office) -> ColumnElement[bool]:
    """Whether the case stands still: the clock had to chase somebody since it came into its state, or is about to."""
    return and_(cases.c.open, or_(cases.c.chased > fixed(0), _past_its_term(office)))


def _past_its_term(office: Office) -> ColumnElement[bool]:
    # Never NULL: a case in which nobody has a term is not past it.
    return cast(func.coalesce(cases.c.todo_by <= office.now, False), Boolean)


def _waits(db: Connection) -> ColumnElement[bool]:
    """Whether a letter of the case is kept back because its kind is stopped; asked only while one is."""
    kinds = letter_kind.stopped(db)
    if not kinds:
        return literal(False).label("waits")
    lying = select(letter.c.id).where(letter.c.case_id == cases.c.id, in_house(*WAITING))
    return exists(lying.where(letter.c.kind.in_(sorted(kinds)))).label("waits")
