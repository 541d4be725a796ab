"""The office itself: its clock, its definitions in force, the exceptions of its calendar, its queues' heartbeats."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
)

from models.adopted import in_brief
from models.base import Json, Moment, database_time, metadata, upserting_insert
from models.checkpoint import IN_BRIEF
from models.founding import founding
from models.stage import STAGE

LARGEST = 2**31 - 1
"""Milliseconds, about 25 days: a clock that is further off is off by so much."""

office_clock = Table(
    "office_clock",
    metadata,
    Column("id", Integer, primary_key=True),
    # How far the office's time is ahead of the machine's, in microseconds; counts only in an office founded so.
    Column("offset", BigInteger, nullable=False),
)

serving = Table(
    "serving",
    metadata,
    # One row: the machine whose workers serve the office, the one that has its keys.
    Column("id", Integer, primary_key=True, autoincrement=False),
    # What tells its kernel from others (models.machine), and what people call it.
    Column("machine", Text, nullable=False),
    Column("name", Text, nullable=False),
    # Machine time; by then it has been silent for a minute, another may take its place.
    Column("seen_at", Moment, nullable=False),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("queue", Text, primary_key=True),
    Column("worker", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    # How far the worker's own clock was ahead of the database's then, in milliseconds.
    Column("ahead", Integer, nullable=False, server_default="0"),
)

definition = Table(
    "definition",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("shape", Json, nullable=False),
    Column("recorded_at", Moment, nullable=False),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    Column("day", Date, primary_key=True),
    # closed | open
    Column("sort", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
)

# A forgotten offset adds nothing to the time of an office that was founded on the real one.
OFFSET = (
    select(office_clock.c.offset)
    .join(founding, founding.c.id == office_clock.c.id)
    .where(office_clock.c.id == 1, founding.c.clock == "shifted")
)


def offset(db: Connection) -> int:
    """Return how far the office's time is ahead, in microseconds; 0 unless it was founded with a shifted clock."""
    return db.execute(OFFSET).scalar_one_or_none() or 0


def set_offset(db: Connection, micros: int) -> None:
    """Move the office's time."""
    upsert(db, office_clock, {"id": 1, "offset": micros}, ["id"])


@cache
def time_columns(dialect: str) -> tuple[ColumnElement[Any], ...]:
    """Return, for any question to be asked along: ``now``, the machine's time, and how far the office's is ``ahead``.

    Where the database has no time of its own (``here`` is a parameter there) the caller's counts.
    """
    now = database_time() if dialect == "postgresql" else bindparam("here", type_=Moment)
    return now.label("now"), OFFSET.scalar_subquery().label("ahead")


@cache
def look_columns(dialect: str) -> tuple[ColumnElement[Any], ...]:
    """Return the same with the ``days`` of the calendar, what was ``adopted``, the newest ``checkpoint`` and the stage.

    That is all that a deed must know.
    """
    # As one text: whoever has seen the same before need not read it again, and nobody has to say that it changed.
    # The table is read all the same, so that whoever locks it knows that nobody works with days of before.
    day = calendar_day.c
    row = (func.json_array if dialect == "sqlite" else func.json_build_array)(day.day, day.sort, day.name)
    rows = func.json_group_array(row) if dialect == "sqlite" else cast(func.json_agg(row), Text)
    return *time_columns(dialect), select(rows).scalar_subquery().label("days"), in_brief(dialect), IN_BRIEF, STAGE


@cache
def _look(dialect: str) -> Select[Any]:
    return select(*look_columns(dialect))


def look(db: Connection, here: datetime) -> Row[Any]:
    """Return what `look_columns` names; *here* is the time of this machine."""
    return db.execute(_look(db.dialect.name), {"here": here}).one()


def wait_for_deeds(db: Connection) -> None:
    """Wait until nobody works with what was looked at before, and let nobody begin before this is committed.

    A transaction that read the old calendar, and armed a deadline with it after a recount had passed its case, would
    leave that deadline on the wrong day for good. On SQLite the write lock taken at BEGIN does the same. Raises an
    error of the database (`models.limits.contended`) where somebody works for longer than a moment.
    """
    if db.dialect.name == "postgresql":
        # Whoever comes while this lock waits stands behind it; so it waits for a moment only.
        db.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
        db.exec_driver_sql("LOCK TABLE calendar_day IN ACCESS EXCLUSIVE MODE")
        db.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


def exceptions(days: str | None) -> tuple[dict[date, str], list[date]]:
    """Return the days added as closed (with their names) and those open after all, as ``days`` tells them."""
    found = [(date.fromisoformat(day), sort, name) for day, sort, name in json.loads(days or "[]")]
    added = {day: name for day, sort, name in found if sort == "closed"}
    return added, [day for day, sort, _ in found if sort != "closed"]


def beat(db: Connection, queue: str, worker: str, now: datetime, ahead: timedelta = timedelta(0)) -> None:
    """Write that this worker consumed a message from this queue, and how far its clock is ahead of the database's."""
    milliseconds = max(-LARGEST, min(round(ahead / timedelta(milliseconds=1)), LARGEST))
    values = {"queue": queue, "worker": worker, "at": now, "ahead": milliseconds}
    upsert(db, heartbeat, values, ["queue", "worker"])


SILENT = timedelta(seconds=60)
"""After so long without a heartbeat another machine may serve the office."""


def serve(db: Connection, machine: str, name: str, now: datetime) -> bool:
    """Write that workers of this machine serve the office; False, and nothing written, while another machine's do."""
    row = {"id": 1, "machine": machine, "name": name, "seen_at": now}
    mine = (serving.c.machine == machine) | (serving.c.seen_at < now - SILENT)
    put = upserting_insert(db, serving).values(row)
    put = put.on_conflict_do_update(index_elements=["id"], set_={**row}, where=mine)
    return db.execute(put.returning(serving.c.id)).first() is not None


def elsewhere(db: Connection, machine: str, now: datetime) -> Row[Any] | None:
    """Return the row of another machine whose workers serve the office; None where there is none."""
    row = db.execute(select(serving)).one_or_none()
    return row if row is not None and row.machine != machine and row.seen_at >= now - SILENT else None


def leave(db: Connection, worker: str) -> None:
    """Forget the heartbeats of a worker that ended in order: nobody waits for it."""
    db.execute(delete(heartbeat).where(heartbeat.c.worker == worker))


class DefinitionChanged(Exception):
    """The same version of a definition has another shape than the cases were opened under: raise its version."""


def check_definition(db: Connection, machine: Any, now: datetime) -> None:
    """Record the definition at its first start; refuse to start where the same version has another shape.

    Raises:
        DefinitionChanged: the fingerprint differs from the one recorded for this version.
    """
    known = db.execute(
        select(definition.c.fingerprint).where(
            definition.c.name == machine.name, definition.c.version == machine.version
        )
    ).scalar_one_or_none()
    if known is None:
        db.execute(
            insert(definition),
            {
                "name": machine.name,
                "version": machine.version,
                "fingerprint": machine.fingerprint,
                "shape": machine.shape(),
                "recorded_at": now,
            },
        )
    elif known != machine.fingerprint:
        raise DefinitionChanged(
            f"version {machine.version} of {machine.name!r} was recorded as {known}, this checkout has "
            f"{machine.fingerprint}: raise its version, or return to the recorded shape"
        )


def upsert(db: Connection, table: Table, values: dict[str, Any], key: list[str]) -> None:
    """Insert a row or change the one with that key."""
    changed = {name: value for name, value in values.items() if name not in key}
    db.execute(upserting_insert(db, table).values(values).on_conflict_do_update(index_elements=key, set_=changed))
