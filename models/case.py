"""The case: one row that says where a request stands, and the numbers people call it by. No personal data in clear."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    and_,
    bindparam,
    false,
    or_,
    select,
    text,
)

from models import many
from models.base import Json, Moment, metadata, upserting_insert
from models.partial import fixed, partial
from models.staff import log_head
from workflows.engine.calendars import Held
from workflows.engine.case import Case, OnHold
from workflows.engine.numbers import case_number
from workflows.law.values import Right
from workflows.registry import Known

case = Table(
    "case",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    # The procedure it goes through, and the version of it that it is under.
    Column("definition", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    # seq counts history rows; entered_seq is the row that brought the case into its present state.
    Column("seq", Integer, nullable=False),
    Column("entered_seq", Integer, nullable=False),
    Column("entered_on", Date, nullable=False),
    # The hash of the newest history row, so that the next one can be chained without reading it.
    Column("head", Text, nullable=False),
    # Where the office's log ended when this row was last written: each case witnesses the log.
    Column("log_seq", Integer, nullable=False, server_default=text("0")),
    Column("log_hash", Text, nullable=False, server_default=text("''")),
    # When that row was written, in microseconds as the history has them: the next one is never earlier.
    Column("head_at", BigInteger, nullable=False, server_default="0"),
    Column("opened_at", Moment, nullable=False),
    # The day that counts as its first, which may lie before the case was typed in.
    Column("opened_on", Date, nullable=False),
    Column("closed_at", Moment),
    Column("hold", Json),
    # The last day of a hold that ends by itself.
    Column("hold_until", Date),
    # [[first, last], ...] days on hold, both included.
    Column("held", Json, nullable=False),
    # What the procedure keeps of the case beside, nothing personal in clear: its own store writes and reads it.
    Column("facts", Json, nullable=False, server_default=text("'{}'")),
    Column("verified_by", Text),
    Column("decided_by", Text),
    Column("released_by", Text),
    # True where an office of one, founded so, released its own decision.
    Column("sole", Boolean, nullable=False),
    # How many letters were ever ordered for it.
    Column("letters", Integer, nullable=False),
    # Up to which ordinal letters may have been given that a restored backup knows nothing of: they stand on paper.
    Column("letters_from", Integer, nullable=False, server_default="0"),
    Column("owner", Text),
    # The next moment of the case: the earliest of its timers, for the work list.
    Column("due_at", Moment),
    Column("next", Text),
    # Whom the clock has chased in the present state: 0 nobody, 1 the person, 2 the office (ADR 0034).
    Column("chased", Integer, nullable=False, server_default="0"),
    # What a person must do next, and up to when in the office's terms (ADR 0041); the first date of the law that runs;
    # the earlier of the two, or the clock's next moment where it is nobody's turn; and whether it is somebody's.
    Column("todo", Text),
    Column("todo_by", Moment),
    Column("legal_at", Moment),
    Column("press_at", Moment),
    Column("pressing", Boolean, nullable=False, server_default=false()),
    # Since when scanned pages lie there that nobody has registered.
    Column("scanned_at", Moment),
    # By what else lists may look for it, between commas (",disclosure,halt_use,"): its procedure says what.
    Column("rights", Text, nullable=False, server_default=text("''")),
    # Sealed: whatever people said in their own words.
    Column("matter", LargeBinary),
    Column("erased_at", Moment),
    # Four eyes in the database too: these hold on NULL, so that no path around decide() can release (S51, F4).
    CheckConstraint(
        "state <> 'fulfilled' OR (verified_by IS NOT NULL AND decided_by IS NOT NULL AND released_by IS NOT NULL)",
        name="fulfilled_has_people",
    ),
    CheckConstraint(
        "state <> 'refused' OR (decided_by IS NOT NULL AND released_by IS NOT NULL)", name="refused_has_people"
    ),
    CheckConstraint(
        "state NOT IN ('fulfilled', 'refused') OR sole OR (released_by <> decided_by"
        " AND (verified_by IS NULL OR released_by <> verified_by))",
        name="four_eyes",
    ),
    CheckConstraint("state IN ('fulfilled', 'refused') OR released_by IS NULL", name="released_is_closed"),
)

# The conditions lists and sweeps ask by, each the very one its index is made with.
OPEN: ColumnElement[bool] = and_(case.c.open)
CHASED: ColumnElement[bool] = and_(case.c.open, case.c.chased > fixed(0))
TO_DO: ColumnElement[bool] = case.c.todo.is_not(None)
LYING: ColumnElement[bool] = case.c.scanned_at.is_not(None)
ENDS_BY_ITSELF: ColumnElement[bool] = case.c.hold_until.is_not(None)
UNDER_THE_LAW: ColumnElement[bool] = case.c.legal_at.is_not(None)
KEPT: ColumnElement[bool] = and_(~case.c.open, case.c.erased_at.is_(None))
_URGENT = (case.c.pressing, case.c.press_at, case.c.id)
"""Most urgent first, within one value of ``pressing``."""


def between_commas(rights: Iterable[str]) -> str:
    """Return how the column ``rights`` is spelt: ",disclosure,halt_use,"; empty where there are none."""
    listed = ",".join(rights)
    return f",{listed}," if listed else ""


@cache
def asking_for(right: Right) -> ColumnElement[bool]:
    """Return the condition that a case asks for this right."""
    return case.c.rights.like(fixed(f"%,{right},%"))


partial("ix_case_open_urgent", *_URGENT, where=OPEN)
partial("ix_case_open_owner", case.c.owner, *_URGENT, where=OPEN)
partial("ix_case_open_chased", *_URGENT, where=CHASED)
# Of closed cases too: an answer is released before it is printed and posted.
partial("ix_case_todo", case.c.todo, *_URGENT, where=TO_DO)
partial("ix_case_todo_owner", case.c.owner, case.c.todo, *_URGENT, where=TO_DO)
for _right in Right:
    partial(f"ix_case_open_{_right}", *_URGENT, where=and_(case.c.open, asking_for(_right)))
# What a day brings: holds that end, and the law's days, of closed cases too until the answer is posted.
partial("ix_case_hold_until", case.c.hold_until, case.c.id, where=ENDS_BY_ITSELF)
# For whoever looks through the cases whose term no timer has: pages of theirs wait to be registered.
partial("ix_case_lying", case.c.id, where=LYING)
partial("ix_case_legal", case.c.legal_at, case.c.id, where=UNDER_THE_LAW)
# What is kept of closed cases, the longest closed first.
partial("ix_case_kept", case.c.closed_at, case.c.id, where=KEPT)
# Open and closed cases alike: a state may be open under one version and closed under another.
Index("ix_case_state_urgent", case.c.state, case.c.open, *_URGENT)
# For runs over many cases, which go through them by their ids.
Index("ix_case_state_id", case.c.state, case.c.id)
# For whoever brings cases under a new version: those behind, the longest open first.
partial("ix_case_open_version", case.c.definition, case.c.version, case.c.id, where=OPEN)

WITNESS = (
    ("log_seq", select(log_head.c.seq).where(log_head.c.id == 1).scalar_subquery()),
    ("log_hash", select(log_head.c.hash).where(log_head.c.id == 1).scalar_subquery()),
)
"""What is written into a case's row whenever it is: where the office's log ends."""

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)


def reserve_numbers(db: Connection, year: int, count: int, prefix: str = "") -> list[str]:
    """Take the next *count* case numbers of a year; gaps after a failed opening are wanted, doubles are not.

    Cases of a procedure whose numbers have a prefix are counted by themselves.
    """
    last = count_on(db, f"case/{prefix}{year}", count)
    return [case_number(year, serial, prefix) for serial in range(last - count + 1, last + 1)]


def count_on(db: Connection, name: str, count: int = 1) -> int:
    """Move a counter on by *count* and return where it stands then."""
    taken = (
        upserting_insert(db, counter)
        .values(name=name, value=count)
        .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + count})
        .returning(counter.c.value)
    )
    return int(db.execute(taken).scalar_one())


_BY_NUMBER = select(case).where(case.c.number.in_(bindparam("numbers", expanding=True))).order_by(case.c.id)
_BY_ID = select(case).where(case.c.id.in_(bindparam("ids", expanding=True))).order_by(case.c.id)
# FOR NO KEY UPDATE: plain FOR UPDATE would block the foreign keys of every child row written elsewhere.
_LOCK_NUMBERS = _BY_NUMBER.with_for_update(key_share=True)
_LOCK_IDS = _BY_ID.with_for_update(key_share=True)
_LOCK_FREE_IDS = _BY_ID.with_for_update(key_share=True, skip_locked=True)
_NUMBERS = select(case.c.id, case.c.number).where(case.c.number.in_(bindparam("numbers", expanding=True)))
_LOCK_FREE_NUMBERS = _NUMBERS.order_by(case.c.id).with_for_update(key_share=True, skip_locked=True)


def lock(db: Connection, numbers: Collection[str]) -> dict[str, Row[Any]]:
    """Lock these cases, in the order everybody locks in, and return their rows by number."""
    found = db.execute(_LOCK_NUMBERS, {"numbers": list(numbers)}) if numbers else ()
    return {row.number: row for row in found}


def lock_free(db: Connection, ids: Collection[int]) -> dict[str, Row[Any]]:
    """Lock those of these cases nobody else holds, and return their rows by number."""
    return {row.number: row for row in db.execute(_LOCK_FREE_IDS, {"ids": list(ids)})}


def held(db: Connection, numbers: Collection[str]) -> set[str]:
    """Lock those of these cases nobody else holds, and return the numbers of those somebody does."""
    free = {row.number for row in db.execute(_LOCK_FREE_NUMBERS, {"numbers": list(numbers)})}
    rest = [number for number in numbers if number not in free]  # held, or not opened yet
    return {row.number for row in db.execute(_NUMBERS, {"numbers": rest})} if rest else set()


def lock_ids(db: Connection, ids: Collection[int]) -> dict[str, Row[Any]]:
    """Lock these cases by id, waiting for those somebody else holds, and return their rows by number."""
    return {row.number: row for row in db.execute(_LOCK_IDS, {"ids": list(ids)})}


def number_of(db: Connection, case_id: int) -> str:
    """Return the number of the case with that id."""
    number: str = db.execute(select(case.c.number).where(case.c.id == case_id)).scalar_one()
    return number


def find(db: Connection, number: str) -> Row[Any] | None:
    """Return one case's row without locking it."""
    return db.execute(_BY_NUMBER, {"numbers": [number]}).one_or_none()


def write(db: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write changed columns of locked cases; each row carries ``key_id``, ``key_seq`` and the same new columns.

    Returns how many rows were changed: fewer than given means that somebody else won.
    """
    return sum(many.change(db, case, group, more=WITNESS) for group in many.alike(rows))


def add(db: Connection, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Insert new cases and return their ids by number."""
    return {
        row.number: row.id
        for group in many.alike(rows)
        for row in many.added(db, case, group, case.c.id, case.c.number, more=WITNESS)
    }


def read_hold(stored: Mapping[str, Any] | None) -> OnHold | None:
    """Return the hold a case row carries."""
    if not stored:
        return None
    return OnHold(
        by=stored["by"],
        code=stored["code"],
        since=date.fromisoformat(stored["since"]),
        until=date.fromisoformat(stored["until"]),
        seq=stored["seq"],
        linked=tuple(stored["with"]),
        why=tuple(stored.get("why", ())),
    )


def core_of(row: Row[Any]) -> dict[str, Any]:
    """Return the fields of `workflows.engine.case.Case` that a row holds, whatever its procedure."""
    return {
        "number": row.number,
        "state": row.state,
        "seq": row.seq,
        "entered_seq": row.entered_seq,
        "entered_on": row.entered_on,
        "opened_on": row.opened_on,
        "hold": read_hold(row.hold),
        "held": tuple(Held(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.held),
    }


def core_columns(after: Case) -> dict[str, Any]:
    """Return the columns that mirror these fields, as they are stored."""
    hold = after.hold
    return {
        "state": str(after.state),
        "seq": after.seq,
        "entered_seq": after.entered_seq,
        "entered_on": after.entered_on,
        "opened_on": after.opened_on,
        "hold": None
        if hold is None
        else {
            "by": hold.by,
            "code": str(hold.code),
            "since": hold.since.isoformat(),
            "until": hold.until.isoformat(),
            "seq": hold.seq,
            "with": list(hold.linked),
            # Only the system says why in so many words; and releases before know nothing of it.
            **({"why": list(hold.why)} if hold.why else {}),
        },
        "hold_until": None if hold is None or hold.by_system else hold.until,
        "held": [[h.first.isoformat(), h.last.isoformat()] for h in after.held if h.last is not None],
    }


@cache
def understood(known: Known) -> ColumnElement[bool]:
    """Return the condition, over `case`, that it is under a definition this code knows in that version or an older one.

    ``known`` are (name, version) of every procedure. Anything else is newer code's and left alone.
    """
    return or_(*(and_(case.c.definition == name, case.c.version <= version) for name, version in known))
