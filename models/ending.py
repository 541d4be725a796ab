"""The end of personal data: which cases somebody must keep all the same (a legal hold), and which are being erased."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Row,
    Table,
    Text,
    bindparam,
    delete,
    select,
    update,
)

from models.base import Moment, metadata, upserting_insert
from models.case import case
from models.partial import partial

legal_hold = Table(
    "legal_hold",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    # One line of a lead's; nothing personal.
    Column("why", Text, nullable=False),
    # The last day it is meant for. It holds on until somebody lifts it.
    Column("until", Date, nullable=False),
    Column("held_by", Text, nullable=False),
    Column("held_at", Moment, nullable=False),
    # The day on which the leads were last told that it has ended.
    Column("told_on", Date),
)

erasure = Table(
    "erasure",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("why", Text, nullable=False),
    # Its keys are destroyed and its files are gone.
    Column("done_at", Moment),
)

UNDONE: ColumnElement[bool] = erasure.c.done_at.is_(None)
partial("ix_erasure_undone", erasure.c.case_id, where=UNDONE)

_HELD = select(legal_hold.c.case_id, legal_hold.c.until, legal_hold.c.held_by).where(
    legal_hold.c.case_id.in_(bindparam("ids", expanding=True))
)
# Of each of a few rows the case's number: as a join, a planner may begin with all cases.
_ENDED = (
    select(select(case.c.number).where(case.c.id == legal_hold.c.case_id).scalar_subquery())
    .where(legal_hold.c.until < bindparam("today"))
    .order_by(legal_hold.c.until, legal_hold.c.case_id)
)
_HOLDS = (
    select(legal_hold, case.c.number, case.c.state)
    .join(case, case.c.id == legal_hold.c.case_id)
    .order_by(legal_hold.c.until, legal_hold.c.case_id)
)
_UNDONE = (
    select(erasure, case.c.number, case.c.erased_at)
    .join(case, case.c.id == erasure.c.case_id)
    .where(UNDONE)
    .order_by(erasure.c.case_id)
)
_ASKED_BEFORE = (
    select(select(case.c.number).where(case.c.id == erasure.c.case_id).scalar_subquery())
    .where(UNDONE, erasure.c.asked_at < bindparam("moment"))
    .order_by(erasure.c.case_id)
)
_IS_DONE = select(erasure.c.done_at).join(case, case.c.id == erasure.c.case_id).where(case.c.number == bindparam("of"))


def held(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return of the legal holds on these cases which it is, until when, and by whom."""
    return list(db.execute(_HELD, {"ids": list(ids)})) if ids else []


def ended(db: Connection, today: date) -> list[str]:
    """Return the cases whose legal hold is past its end, the one that ended first before the others."""
    return list(db.execute(_ENDED, {"today": today}).scalars())


def holds(db: Connection) -> list[Row[Any]]:
    """Return every legal hold with its case's ``number`` and ``state``, those that end first before the others."""
    return list(db.execute(_HOLDS))


def hold(db: Connection, case_id: int, why: str, until: date, by: str, now: datetime) -> None:
    """Hold a case, or give the hold it is under another reason and end."""
    row = {"why": why, "until": until, "held_by": by, "held_at": now, "told_on": None}
    put = upserting_insert(db, legal_hold).values(case_id=case_id, **row)
    db.execute(put.on_conflict_do_update(index_elements=["case_id"], set_=row))


def lift(db: Connection, case_id: int) -> bool:
    """Let a case go; False where nobody held it."""
    return db.execute(delete(legal_hold).where(legal_hold.c.case_id == case_id)).rowcount == 1


def told(db: Connection, case_id: int, day: date) -> bool:
    """Write that the leads were told of a hold's end on a day; False where somebody was faster."""
    new = legal_hold.c.told_on.is_(None) | (legal_hold.c.told_on < day)
    mine = update(legal_hold).where(legal_hold.c.case_id == case_id, new).values(told_on=day)
    return db.execute(mine).rowcount == 1


def ask(db: Connection, case_id: int, by: str, why: str, now: datetime) -> None:
    """Write that a case is to be erased, unless that is written already."""
    row = {"case_id": case_id, "asked_at": now, "asked_by": by, "why": why}
    db.execute(upserting_insert(db, erasure).values(row).on_conflict_do_nothing(index_elements=["case_id"]))


def undone(db: Connection) -> list[Row[Any]]:
    """Return what is to be erased, or is half erased, with the case's ``number`` and ``erased_at``."""
    return list(db.execute(_UNDONE))


def asked_before(db: Connection, moment: datetime) -> list[str]:
    """Return the cases that were to be erased before then, and of which something is left."""
    return list(db.execute(_ASKED_BEFORE, {"moment": moment}).scalars())


def is_done(db: Connection, number: str) -> bool:
    """Whether everything of a case is erased, keys and files too."""
    return db.execute(_IS_DONE, {"of": number}).scalar_one_or_none() is not None


def done(db: Connection, case_id: int, now: datetime) -> None:
    """Write that everything of a case is erased."""
    db.execute(update(erasure).where(erasure.c.case_id == case_id, UNDONE).values(done_at=now))


def take_back(db: Connection, case_id: int) -> bool:
    """Forget that a case is to be erased, before anything of it is; False where nobody had asked for it."""
    return db.execute(delete(erasure).where(erasure.c.case_id == case_id, UNDONE)).rowcount == 1
