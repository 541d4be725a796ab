"""The orders staff gave: accepted once under their key, sealed, and answered once.

A message in the queue only says that an order may wait here. `outcome` is empty until the order was carried out,
refused, or set aside, and is written once, but for what was set aside and is brought back (`requeued` counts it). Who
ordered what is never changed: triggers of both databases say so (`models.guards`).
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    update,
)
from sqlalchemy import case as case_when

from models.base import Json, Moment, at_machine_time, metadata
from models.case import case, understood
from models.office import look_columns, time_columns
from models.partial import fixed, partial
from models.questions import Question
from models.staff import staff
from models.writes import Part, Writes
from workflows.registry import Known

command = Table(
    "command",
    metadata,
    Column("id", Integer, primary_key=True),
    # The idempotency key, global; ours where the caller gave none.
    Column("key", Text, nullable=False, unique=True),
    Column("case_number", Text, nullable=False),
    Column("transition", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    # Keyed hash over who ordered (actor, staff, login), case, transition and payload: the same key with anything else
    # is another order, and an order that no longer has its fingerprint is not carried out.
    Column("fingerprint", Text, nullable=False),
    Column("actor", Text, nullable=False),
    # The staff member whose roles count, where the recorded name says by whose login it was typed.
    Column("staff", Text, nullable=False),
    # The database's own login (session_user), written by a trigger whatever the writer says; NULL on SQLite, which has
    # none.
    Column("login", Text),
    # machine time: how long an order has waited is no matter of the office's clock.
    Column("placed_at", Moment, nullable=False),
    Column("office_at", Moment, nullable=False),
    # How often it was claimed: the newest claim alone may put it back or set it aside (a fencing token).
    Column("attempts", Integer, nullable=False, default=0),
    Column("claimed_at", Moment),
    # What counts towards an end: claims whose worker died, and failures that do not pass.
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    # Trouble that passes: since when, what, and not to be tried again before.
    Column("troubled_at", Moment),
    Column("trouble", Text),
    Column("not_before", Moment),
    # One of very many, for which nobody rings by itself: its own queue or the sweep carries it out, after people's own.
    Column("swept", Boolean, nullable=False, default=False, server_default=false()),
    # How often a person brought it back after it was set aside.
    Column("requeued", Integer, nullable=False, default=0, server_default="0"),
    Column("outcome", Text),
    Column("answered_at", Moment),
    Column("state", Text),
    Column("seq", Integer),
    Column("reasons", Json),
    Index("ix_command_case_number", "case_number"),
)

WAITING: ColumnElement[bool] = command.c.outcome.is_(None)
TROUBLED: ColumnElement[bool] = and_(WAITING, command.c.troubled_at.is_not(None))
SET_ASIDE: ColumnElement[bool] = command.c.outcome == fixed("set_aside")
OWN: ColumnElement[bool] = and_(WAITING, ~command.c.swept)
"""Orders people wait for: all but those given by the thousand."""
partial("ix_command_own", command.c.placed_at, command.c.id, where=OWN)
partial("ix_command_waiting", command.c.placed_at, command.c.id, where=WAITING)
partial("ix_command_troubled", command.c.troubled_at, where=TROUBLED)
partial("ix_command_set_aside", command.c.id, where=SET_ASIDE)

_BY_ID = select(command).where(command.c.id.in_(bindparam("ids", expanding=True))).order_by(command.c.id)
_LOCK_BY_ID = _BY_ID.with_for_update()
_LAST_OF = (
    select(command)
    .where(command.c.case_number == bindparam("case"), command.c.transition == bindparam("transition"))
    .where(command.c.staff == bindparam("staff"))
)
_OF_STEP = select(command).where(
    command.c.case_number == bindparam("case"), command.c.outcome == "done", command.c.seq == bindparam("step")
)
_BY_KEY = select(command).where(command.c.key == bindparam("key"))
_BY_KEYS = select(command).where(command.c.key.in_(bindparam("keys", expanding=True)))
# By the thousand, and of a case that is yet to be opened: an import's, for which the sweep itself was rung.
_NOBODY_RINGS = command.c.swept & case.c.id.is_(None)
_WAITING = (
    select(command)
    .outerjoin(case, case.c.number == command.c.case_number)
    .where(WAITING, (command.c.placed_at <= bindparam("before")) | _NOBODY_RINGS)
    .where((command.c.claimed_at.is_(None)) | (command.c.claimed_at <= bindparam("lease")))
    .where((command.c.not_before.is_(None)) | (command.c.not_before <= bindparam("now")))
    .order_by(command.c.placed_at, command.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=command)
)
_OWN_FIRST = _WAITING.where(~command.c.swept)
_OTHER = command.alias("other")
# Nobody has it in hand, and nothing has gone wrong with it.
_UNTOUCHED = (
    _OTHER.c.outcome.is_(None)
    & ~_OTHER.c.swept
    & _OTHER.c.claimed_at.is_(None)
    & _OTHER.c.not_before.is_(None)
    & (_OTHER.c.tries == 0)
    & (_OTHER.c.id != bindparam("id"))
)
_ONE = command.c.id == bindparam("id")
_ANSWER = tuple(command.c[name] for name in ("id", "case_number", "transition", "outcome", "state", "seq", "reasons"))
UNDER_THE_LOCK = Question(
    select(*_ANSWER, staff.c.roles, staff.c.active)
    .select_from(command.outerjoin(staff, staff.c.name == command.c.staff))
    .where(command.c.id.in_(bindparam("orders", expanding=True)))
)
"""What became of the ``orders`` as yet, and who gave them: with which roles, and whether they still work here."""
_LOCK_FREE_ONE = (
    select(command.c.id)
    .where(command.c.id == bindparam("id"), command.c.outcome.is_(None), command.c.claimed_at.is_(None))
    .with_for_update(skip_locked=True)
)
_NEWER = select(case.c.id).where(case.c.number == bindparam("number"))
_GATHERED = (
    select(_OTHER)
    .outerjoin(case, case.c.number == _OTHER.c.case_number)
    .where(_UNTOUCHED)
    .order_by(_OTHER.c.placed_at, _OTHER.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=_OTHER)
)
_LEAVE = (
    update(command)
    .where(command.c.id.in_(bindparam("ids", expanding=True)), command.c.outcome.is_(None))
    .values(not_before=bindparam("later"))
)
_CLAIM = (
    update(command)
    .where(command.c.id.in_(bindparam("ids", expanding=True)), command.c.outcome.is_(None))
    .values(attempts=command.c.attempts + 1, tries=command.c.tries + 1, claimed_at=bindparam("now"))
)
_PUT_BACK = (
    update(command)
    .where(command.c.id == bindparam("key_id"), command.c.outcome.is_(None), command.c.attempts == bindparam("held"))
    .values(
        tries=case_when((bindparam("uncounted", type_=Integer) == 1, command.c.tries - 1), else_=command.c.tries),
        claimed_at=None,
        not_before=bindparam("later"),
        troubled_at=bindparam("since"),
        trouble=bindparam("fault"),
    )
)
# The claim is another's by now; but the try that was counted for trouble that passes is taken back all the same.
_TAKE_BACK = (
    update(command)
    .where(command.c.id == bindparam("key_id"), command.c.outcome.is_(None), command.c.tries > 0)
    .where(command.c.attempts > bindparam("held"))
    .values(tries=command.c.tries - 1)
)
_SET_ASIDE = (
    update(command)
    .where(command.c.id == bindparam("key_id"), command.c.outcome.is_(None), command.c.attempts == bindparam("held"))
    .values({name: bindparam(name) for name in ("outcome", "answered_at", "reasons")})
)
_REQUEUE = (
    update(command)
    .where(command.c.id == bindparam("key_id"), command.c.outcome == "set_aside")
    .values(
        requeued=command.c.requeued + 1,
        tries=0,
        claimed_at=None,
        not_before=None,
        troubled_at=None,
        trouble=None,
        outcome=None,
        answered_at=None,
        state=None,
        seq=None,
        reasons=None,
    )
)


@cache
def _found(dialect: str) -> Select[Any]:
    return select(*_ANSWER, command.c.claimed_at, *time_columns(dialect)).where(_ONE)


@cache
def _heard(dialect: str) -> Select[Any]:
    return select(command, exists().where(_UNTOUCHED).label("others"), *look_columns(dialect)).where(_ONE)


def by_ids(db: Connection, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return these orders by id."""
    return {row.id: row for row in db.execute(_BY_ID, {"ids": list(ids)})}


def lock(db: Connection, ids: Collection[int]) -> None:
    """Lock these orders: where a case is yet to be opened, its order stands in for it."""
    db.execute(_LOCK_BY_ID, {"ids": list(ids)})


def by_key(db: Connection, key: str) -> Row[Any] | None:
    """Return the order accepted under that key."""
    return db.execute(_BY_KEY, {"key": key}).one_or_none()


def last_of(db: Connection, case_number: str, transition: str, staff: str) -> Row[Any] | None:
    """Return the last order of this kind that this person gave about a case."""
    # A case has few orders: put in order here, or PostgreSQL might look for the last one among those of all cases.
    found = db.execute(_LAST_OF, {"case": case_number, "transition": transition, "staff": staff})
    return max(found, key=lambda row: row.id, default=None)


def of_step(db: Connection, case_number: str, seq: int) -> Row[Any] | None:
    """Return the order that became this step of a case."""
    return db.execute(_OF_STEP, {"case": case_number, "step": seq}).one_or_none()


def by_keys(db: Connection, keys: Collection[str]) -> dict[str, Row[Any]]:
    """Return the orders accepted under these keys."""
    return {row.key: row for row in db.execute(_BY_KEYS, {"keys": list(keys)})}


def answer(writes: Writes, answers: list[dict[str, Any]], here: datetime) -> Part:
    """Write the outcomes of orders that have none yet: fewer in the end than given means that somebody else won.

    *here* is the time of this machine, which counts where the database has none.
    """
    rows, more = at_machine_time(writes.db, "answered_at", answers, here)
    return writes.change(command, rows, more=more, when=WAITING)


def login_of(db: Connection) -> str | None:
    """Return the login the database will write into an order of this connection, without asking it."""
    if db.dialect.name != "postgresql":
        return None
    # The server reports it by itself whenever it changes.
    found: str | None = db.connection.driver_connection.info.parameter_status("session_authorization")  # type: ignore[union-attr]  # psycopg's connection
    return found


def waiting(
    db: Connection, *, before: datetime, lease: datetime, now: datetime, most: int, known: Known
) -> list[Row[Any]]:
    """Lock and return orders placed before *before*, not claimed since *lease* and not to wait longer; people's first.

    Those that open their cases by the thousand need not have waited: no bell of their own is on its way.
    Orders about a case that is under a definition not among the *known* ones are left to newer code.
    """
    limits, ours = (
        {"before": before, "lease": lease, "now": now, "most": most},
        or_(case.c.id.is_(None), understood(known)),
    )
    return list(db.execute(_OWN_FIRST.where(ours), limits)) or list(db.execute(_WAITING.where(ours), limits))


def found(db: Connection, order_id: int, here: datetime) -> Row[Any] | None:
    """Return what became of an order as yet, with ``now``: the machine's time, *here* where the database has none."""
    return db.execute(_found(db.dialect.name), {"id": order_id, "here": here}).one_or_none()


def heard(db: Connection, order_id: int, here: datetime) -> Row[Any] | None:
    """Return an order by id, with ``others``: whether more orders wait that nobody has in hand.

    And with how the office stands at this moment (`models.office.look_columns`): one message to the server less.
    """
    return db.execute(_heard(db.dialect.name), {"id": order_id, "here": here}).one_or_none()


def newer(db: Connection, number: str, known: Known) -> bool:
    """Whether the case of that number is under a definition that is not among the *known* ones: newer code's."""
    return db.execute(_NEWER.where(~understood(known)), {"number": number}).first() is not None


def lock_free(db: Connection, order_id: int) -> bool:
    """Lock an order that waits; False where somebody else has it in hand by now."""
    return db.execute(_LOCK_FREE_ONE, {"id": order_id}).first() is not None


def gathered(db: Connection, besides: int, *, most: int, known: Known) -> list[Row[Any]]:
    """Lock and return orders that nobody has in hand, the longest waiting first; *besides* is left out.

    None of those given by the thousand, none that failed before, and none about a case that is newer code's.
    """
    mine = _GATHERED.where(or_(case.c.id.is_(None), understood(known)))
    return list(db.execute(mine, {"id": besides, "most": most}))


def claim(db: Connection, ids: Collection[int], now: datetime) -> None:
    """Claim these orders: it counts as a try until the outcome is known, since a worker that dies cannot say so."""
    if ids:
        db.execute(_CLAIM, {"ids": list(ids), "now": now})


def leave(db: Connection, ids: Collection[int], later: datetime) -> None:
    """Look at these orders again at *later*; nothing is claimed and nothing counted."""
    if ids:
        db.execute(_LEAVE, {"ids": list(ids), "later": later})


def put_back(
    db: Connection,
    order_id: int,
    held: int,
    *,
    counted: bool,
    later: datetime | None,
    since: datetime | None,
    fault: str | None,
) -> bool:
    """Let an order wait until *later* under the claim *held*; False where that claim is no more.

    Not *counted*: the try that the claim counted is taken back.
    """
    values = {"key_id": order_id, "held": held, "uncounted": int(not counted)}
    if db.execute(_PUT_BACK, {**values, "later": later, "since": since, "fault": fault}).rowcount == 1:
        return True
    if not counted:
        db.execute(_TAKE_BACK, {"key_id": order_id, "held": held})
    return False


def set_aside(db: Connection, order_id: int, held: int, now: datetime, reasons: list[Any]) -> bool:
    """Answer an order that would not go, under the claim *held*; False where it has gone on since."""
    values = {"key_id": order_id, "held": held, "outcome": "set_aside", "answered_at": now, "reasons": reasons}
    return db.execute(_SET_ASIDE, values).rowcount == 1


def requeue(db: Connection, order_id: int) -> bool:
    """Let an order that was set aside wait again; False where it is not set aside. Each return is counted in the row.

    Whoever calls it says so in the office's log (`requeued`), in the same transaction.
    """
    return db.execute(_REQUEUE, {"key_id": order_id}).rowcount == 1
