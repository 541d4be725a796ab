"""Where an office went, or is on its way to: the one row that says so, and what keeps a left place still.

A place that is being left, was left, or is being moved into is no office anybody works in: looking for one there says
where it is (`OfficeMoved`), and in a left place triggers on every table refuse whatever writes, older code and people
with SQL among them. Nothing but `services.backup.moving` writes here.

state     leaving   rows are being copied from here
          left      the office is elsewhere, or is about to be
          arriving  rows are being copied to here
          undoing   the office came, and goes back
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Integer,
    Row,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
    update,
)

from models.base import Json, Moment, metadata
from models.told import Told

LEAVING, LEFT, ARRIVING, UNDOING = "leaving", "left", "arriving", "undoing"
SAID = "the office has moved from here"
"""What the triggers of a left place say."""

moving = Table(
    "moving",
    metadata,
    # One move at a time, and none where an office lives.
    Column("id", Integer, primary_key=True, autoincrement=False),
    # The same in both places: which move it is.
    Column("move", Text, nullable=False),
    Column("state", Text, nullable=False),
    # The other place, without user and password.
    Column("place", Text, nullable=False),
    # Machine time.
    Column("since", Moment, nullable=False),
    # The names of the tables that have come.
    Column("done", Json, nullable=False),
    CheckConstraint("id = 1", name="one_move"),
    CheckConstraint("state IN ('leaving', 'left', 'arriving', 'undoing')", name="state_known"),
)

_ONE = select(moving).where(moving.c.id == 1)


class OfficeMoved(Told):
    """The office is no longer here, or not yet; the reason says where."""


def said(state: str, place: str) -> OfficeMoved:
    """Return what is said of a place in this state; *place* is the other one."""
    return OfficeMoved(f"moving.{state}", place=place)


def find(db: Connection) -> Row[Any] | None:
    """Return the move this place takes part in; None where an office lives, or nothing does."""
    return db.execute(_ONE).one_or_none()


def under_way(db: Connection) -> Row[Any] | None:
    """Return what `find` does; None also where there are no tables yet, or those from before an office could move."""
    return find(db) if inspect(db).has_table(moving.name) else None


def begin(db: Connection, move: str, state: str, place: str, now: datetime) -> None:
    """Write that this place takes part in a move; *now* is the machine's time."""
    db.execute(insert(moving), {"id": 1, "move": move, "state": state, "place": place, "since": now, "done": []})


def turn(db: Connection, state: str) -> None:
    """Write how far the move has come here."""
    db.execute(update(moving).values(state=state))


def note_done(db: Connection, tables: list[str]) -> None:
    """Write which tables have come."""
    db.execute(update(moving).values(done=tables))


def end(db: Connection) -> None:
    """Write that this place takes part in no move any more."""
    db.execute(delete(moving))


def freeze(db: Connection, tables: Iterable[str]) -> None:
    """Let nobody write into these tables; on PostgreSQL by their owner, who waits for whoever is writing."""
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION office_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{SAID}' USING ERRCODE = 'object_not_in_prerequisite_state'; END $$"
        )
    for name, deed, table in _triggers(db, tables):
        made = f'CREATE TRIGGER {name} BEFORE {deed} ON "{table}"'
        if db.dialect.name == "sqlite":
            db.exec_driver_sql(f"{made} BEGIN SELECT RAISE(ABORT, '{SAID}'); END")
        else:
            db.exec_driver_sql(f"{made} FOR EACH STATEMENT EXECUTE FUNCTION office_moved()")


def thaw(db: Connection, tables: Iterable[str]) -> None:
    """Let whoever may write there do so again."""
    sqlite = db.dialect.name == "sqlite"
    for name, _, table in _triggers(db, tables):
        db.exec_driver_sql(f"DROP TRIGGER {name}" if sqlite else f'DROP TRIGGER {name} ON "{table}"')
    if not sqlite:
        db.exec_driver_sql("DROP FUNCTION office_moved()")


def _triggers(db: Connection, tables: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, deeds, table); PostgreSQL fires triggers by name, and these are to speak first."""
    for table in tables:
        if db.dialect.name == "sqlite":
            yield from ((f"_moved_{table}_{deed}", deed, table) for deed in ("insert", "update", "delete"))
        else:
            yield f"_moved_{table}", "INSERT OR UPDATE OR DELETE OR TRUNCATE", table
