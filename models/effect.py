"""What must be done outside the database, once each: written with the transition, carried out after it."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    Update,
    and_,
    bindparam,
    select,
    update,
)
from sqlalchemy import case as case_when

from models.base import Moment, metadata
from models.case import case as case_table
from models.history import history
from models.office import look_columns, time_columns
from models.partial import fixed, partial

effect = Table(
    "effect",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("ord", Integer, nullable=False),
    Column("case_number", Text, nullable=False),
    # letter, or another kind of work that leaves the house
    Column("kind", Text, nullable=False),
    # What it is about: of a letter its number and copy.
    Column("subject", Text, nullable=False),
    Column("copy", Integer, nullable=False, default=1),
    # All that is needed for it (what the letter says, codes included); wiped once it is done.
    Column("sealed", LargeBinary),
    Column("ordered_at", Moment, nullable=False),
    # waiting | done | void | set_aside
    Column("state", Text, nullable=False, default="waiting"),
    # How often it was claimed: the newest claim alone may write what became of it (a fencing token).
    Column("attempts", Integer, nullable=False, default=0),
    Column("claimed_at", Moment),
    # What counts towards an end: claims whose worker died, and failures that do not pass.
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    # Trouble that passes: since when (`fault` says what), and not to be tried again before.
    Column("troubled_at", Moment),
    Column("not_before", Moment),
    # When the sweep last rang for it, and when it may do so again: a worker that is away is not rung for all day.
    Column("notified_at", Moment),
    Column("ring_at", Moment),
    # How often a person brought it back after it was set aside.
    Column("requeued", Integer, nullable=False, default=0, server_default="0"),
    Column("done_at", Moment),
    Column("fault", Text),
    UniqueConstraint("case_id", "seq", "ord"),
)

WAITING: ColumnElement[bool] = effect.c.state == fixed("waiting")
TROUBLED: ColumnElement[bool] = and_(WAITING, effect.c.troubled_at.is_not(None))
SET_ASIDE: ColumnElement[bool] = effect.c.state == fixed("set_aside")
partial("ix_effect_waiting", effect.c.ordered_at, effect.c.id, where=WAITING)
partial("ix_effect_troubled", effect.c.troubled_at, where=TROUBLED)
partial("ix_effect_set_aside", effect.c.id, where=SET_ASIDE)

_UNCLAIMED = effect.c.claimed_at.is_(None) | (effect.c.claimed_at <= bindparam("lease"))
_WAITING = (
    select(effect)
    .where(WAITING, effect.c.kind == bindparam("of_kind"))
    .where(effect.c.ordered_at <= bindparam("before"), _UNCLAIMED)
    .where(effect.c.tries < bindparam("tries"))
    .where(effect.c.not_before.is_(None) | (effect.c.not_before <= bindparam("now")))
    # Rung for before: again only after a while, and only where the queue was consumed since (else it still lies there).
    .where(
        effect.c.ring_at.is_(None)
        | ((effect.c.ring_at <= bindparam("now")) & (effect.c.notified_at < bindparam("heard")))
    )
    # What was tried least goes first: one that ends its worker each time keeps nobody waiting.
    .order_by(effect.c.tries, effect.c.ordered_at, effect.c.id)
    .limit(bindparam("most"))
)
_CAUSE = (
    select(history.c.cause)
    .where(history.c.case_id == effect.c.case_id, history.c.seq == effect.c.seq)
    .scalar_subquery()
    .label("cause")
)
_TRIED_OUT = (
    select(effect, _CAUSE)
    .where(WAITING, effect.c.kind == bindparam("of_kind"))
    .where(_UNCLAIMED, effect.c.tries >= bindparam("tries"))
    .order_by(effect.c.ordered_at, effect.c.id)
    .limit(bindparam("most"))
)
_RUNG = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("held"))
    .values(notified_at=bindparam("now"), ring_at=bindparam("again"))
)
_HELD = select(effect.c.id).where(
    effect.c.id == bindparam("key_id"),
    effect.c.attempts == bindparam("held"),
    effect.c.state.in_(("waiting", "void")),
)
_CLAIM = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("seen"))
    .values(
        attempts=effect.c.attempts + 1,
        tries=effect.c.tries + 1,
        claimed_at=bindparam("now"),
        notified_at=None,
        ring_at=None,
    )
)
_PUT_BACK = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("held"))
    .values(
        tries=case_when((bindparam("uncounted", type_=Integer) == 1, effect.c.tries - 1), else_=effect.c.tries),
        claimed_at=None,
        not_before=bindparam("later"),
        troubled_at=bindparam("since"),
        fault=bindparam("new_fault"),
        notified_at=None,
        ring_at=None,
    )
)
# The claim is another's by now; but the try that was counted for trouble that passes is taken back all the same.
_TAKE_BACK = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.tries > 0)
    .where(effect.c.attempts > bindparam("held"))
    .values(tries=effect.c.tries - 1)
)
_REQUEUE = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "set_aside")
    .values(
        state="waiting",
        requeued=effect.c.requeued + 1,
        tries=0,
        claimed_at=None,
        not_before=None,
        troubled_at=None,
        fault=None,
        done_at=None,
        notified_at=None,
        ring_at=None,
    )
)
# What it carried stays sealed in place: once the cause is mended, the letter can still be made.
_SET_ASIDE = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "waiting", effect.c.attempts == bindparam("held"))
    .values(state="set_aside", done_at=bindparam("now"), fault=bindparam("new_fault"))
)


def kind_of(db: Connection, effect_id: int) -> str | None:
    """Return which kind of work an effect is; None where there is none of that id."""
    kind: str | None = db.execute(select(effect.c.kind).where(effect.c.id == effect_id)).scalar_one_or_none()
    return kind


def named(subject: str, copy: int) -> str:
    """Return what people and files call it: the subject, and which copy where it is not the original."""
    return subject if copy == 1 else f"{subject}.copy{copy}"


def waiting(
    db: Connection,
    kind: str,
    *,
    now: datetime,
    before: datetime,
    lease: datetime,
    heard: datetime,
    tries: int,
    most: int,
    unless: ColumnElement[bool] | None = None,
) -> list[Row[Any]]:
    """Return effects of a *kind* ordered before *before* that may be rung for at *now*, those tried least first.

    None that is claimed since *lease*, waits out a trouble, was tried *tries* times, was rung for and not consumed
    since (*heard* is the last sign of life of their queue), or of which *unless* is true.
    """
    limits: dict[str, Any] = {"now": now, "before": before, "lease": lease, "heard": heard}
    limits |= {"of_kind": kind, "tries": tries, "most": most}
    return list(db.execute(_WAITING if unless is None else _WAITING.where(~unless), limits))


def tried_out(db: Connection, kind: str, *, lease: datetime, tries: int, most: int) -> list[Row[Any]]:
    """Return effects whose workers died of them as often as that, and which nobody holds since *lease*."""
    return list(db.execute(_TRIED_OUT, {"of_kind": kind, "lease": lease, "tries": tries, "most": most}))


def rung(db: Connection, rows: list[dict[str, Any]]) -> None:
    """Write down that the sweep rang for these: ``key_id``, ``held`` (attempts), ``now`` and ``again``."""
    if rows:
        db.execute(_RUNG, rows if len(rows) > 1 else rows[0])


@cache
def _heard(dialect: str) -> Select[Any]:
    return (
        select(
            effect,
            case_table.c.number,
            case_table.c.definition,
            case_table.c.version,
            _CAUSE,
            *look_columns(dialect),
        )
        .join(case_table, case_table.c.id == effect.c.case_id)
        .where(effect.c.id == bindparam("id"))
    )


def heard(db: Connection, effect_id: int, here: datetime) -> Row[Any] | None:
    """Return one effect, with the ``number`` of its case and the ``definition`` and ``version`` it is under.

    ``cause`` is what brought about the step that ordered it. And with how the office stands at this moment
    (`models.office.look_columns`); *here* is the time of this machine.
    """
    return db.execute(_heard(db.dialect.name), {"id": effect_id, "here": here}).one_or_none()


def matches(db: Connection, row: Row[Any], condition: ColumnElement[bool] | None) -> bool:
    """Whether a condition on effects is true of this one; None is true of none."""
    if condition is None:
        return False
    return db.execute(select(effect.c.id).where(effect.c.id == row.id, condition)).first() is not None


def claim(db: Connection, row: Row[Any], now: datetime) -> bool:
    """Count one attempt; False where another worker came first."""
    return db.execute(_CLAIM, {"key_id": row.id, "seen": row.attempts, "now": now}).rowcount == 1


def holds(db: Connection, row: Row[Any]) -> bool:
    """Whether the claim that was made on *row* still stands: nobody has claimed the effect since."""
    return db.execute(_HELD, {"key_id": row.id, "held": row.attempts + 1}).first() is not None


def done(db: Connection, row: Row[Any], here: datetime, was: str = "waiting") -> bool:
    """Close an effect under the claim made on *row* and wipe what it carried; False where that claim is no more.

    *was* set_aside: after its last try, while that one was only slow, it is made after all.
    """
    held = {"key_id": row.id, "held": row.attempts + 1, "here": here, "was": was}
    return db.execute(_done(db.dialect.name), held).rowcount == 1


@cache
def _done(dialect: str) -> Update:
    now = time_columns(dialect)[0]
    return (
        update(effect)
        .where(effect.c.id == bindparam("key_id"), effect.c.state == bindparam("was"))
        .where(effect.c.attempts == bindparam("held"))
        .values(state="done", done_at=now, sealed=None, fault=None, troubled_at=None, not_before=None)
    )


def put_back(
    db: Connection,
    effect_id: int,
    held: int,
    *,
    counted: bool,
    later: datetime | None,
    since: datetime | None,
    fault: str | None,
) -> bool:
    """Let an effect wait until *later* under the claim *held*; False where that claim is no more.

    Not *counted*: the try that the claim counted is taken back.
    """
    values = {"key_id": effect_id, "held": held, "uncounted": int(not counted)}
    if db.execute(_PUT_BACK, {**values, "later": later, "since": since, "new_fault": fault}).rowcount == 1:
        return True
    if not counted:
        db.execute(_TAKE_BACK, {"key_id": effect_id, "held": held})
    return False


def set_aside(db: Connection, effect_id: int, attempts: int, now: datetime, fault: str) -> bool:
    """Set an effect aside as it was after so many attempts; False where it has gone on or is closed."""
    key = {"key_id": effect_id, "held": attempts, "now": now, "new_fault": fault}
    return db.execute(_SET_ASIDE, key).rowcount == 1


def requeue(db: Connection, effect_id: int) -> bool:
    """Let an effect that was set aside wait again; False where it is not set aside."""
    return db.execute(_REQUEUE, {"key_id": effect_id}).rowcount == 1
