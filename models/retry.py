"""Cases whose own work met trouble: a deadline that would not fire, an upgrade or a recount that would not go.

A row says that the sweeps leave the case alone: until `not_before` where the trouble may pass, for good where it is
poison (`dead`), that is until somebody brings it back or the case has moved. No row: nothing is wrong. Orders and
letters keep the same in columns of their own.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from models.base import Moment, metadata, upserting_insert
from models.case import case, understood
from workflows.registry import Known

retry = Table(
    "retry",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    # timer | upgrade | recount
    Column("work", Text, primary_key=True),
    # machine time, as all leases and waiting are.
    Column("since", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    # How often it failed in a way that does not pass; transient trouble counts towards nothing.
    Column("tries", Integer, nullable=False),
    Column("dead", Boolean, nullable=False),
    # The case's seq when it was set aside: a case that has moved since is tried again.
    Column("seq", Integer, nullable=False),
    # The calendar's change of a recount.
    Column("event", Integer),
    # The class of the error and the place, never its text.
    Column("fault", Text, nullable=False),
)

_OF_CASES = select(retry).where(retry.c.case_id.in_(bindparam("ids", expanding=True)))
_DELETE = delete(retry).where(
    retry.c.case_id.in_(bindparam("ids", expanding=True)), retry.c.work.in_(bindparam("works", expanding=True))
)
_REVIVE = (
    update(retry)
    .where(retry.c.case_id == bindparam("key_case_id"), retry.c.work == bindparam("key_work"), retry.c.dead)
    .values(dead=False, not_before=retry.c.since)
)
# Its time has come: what passed may be over, and what was poison may have moved on.
_OPEN = or_(
    retry.c.dead.is_(False) & (retry.c.not_before <= bindparam("now")), retry.c.dead & (retry.c.seq != case.c.seq)
)
_DUE = (
    select(retry.c.case_id, retry.c.event)
    .join(case, case.c.id == retry.c.case_id)
    .where(retry.c.work == bindparam("work"), _OPEN)
    .order_by(retry.c.case_id)
    .limit(bindparam("most"))
)


def keeps_away(now: datetime) -> Any:
    """Return the condition, for a query over `case`, that some trouble of the case keeps sweeps away at *now*."""
    closed = or_(retry.c.dead & (retry.c.seq == case.c.seq), retry.c.dead.is_(False) & (retry.c.not_before > now))
    return select(retry.c.case_id).where(retry.c.case_id == case.c.id, closed).correlate(case).exists()


def of_cases(db: Connection, ids: Collection[int]) -> dict[tuple[int, str], Row[Any]]:
    """Return the troubles of these cases by case id and kind of work."""
    return {(row.case_id, row.work): row for row in db.execute(_OF_CASES, {"ids": list(ids)})}


def due(db: Connection, work: str, now: datetime, known: Known, most: int) -> Sequence[Row[Any]]:
    """Return which cases under a *known* definition may be tried again now, with the event they wait for."""
    return list(db.execute(_DUE.where(understood(known)), {"work": work, "now": now, "most": most}))


def keep(db: Connection, row: dict[str, Any]) -> None:
    """Write the trouble of a case, in the place of what was known of it."""
    names = [name for name in row if name not in ("case_id", "work", "since")]
    made = upserting_insert(db, retry).values(row)
    written = made.on_conflict_do_update(
        index_elements=["case_id", "work"], set_={name: made.excluded[name] for name in names}
    )
    db.execute(written)


def forget(db: Connection, ids: Collection[int], works: Collection[str]) -> None:
    """Forget the troubles of cases that went through."""
    db.execute(_DELETE, {"ids": list(ids), "works": list(works)})


def revive(db: Connection, case_id: int, work: str) -> bool:
    """Let a case that was set aside be tried again at once; False where it is not set aside."""
    return db.execute(_REVIVE, {"key_case_id": case_id, "key_work": work}).rowcount == 1
