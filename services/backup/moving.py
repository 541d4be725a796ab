"""An office moves to another database: it stands still, its rows go over and are compared, then one place lives.

An office is where its row of `founding` is, so that row goes last. Neither place lives between the moment the first one
is closed and that in which the second one has it; what is between is finished by the same call, or broken off.

| killed                               | the old place   | the new one            | who goes on                     |
|--------------------------------------|-----------------|------------------------|---------------------------------|
| before the old place is closed       | lives           | as it was              | the same call, anew             |
| while rows go over, or are compared  | closed: leaving | no office: arriving    | the same call, or `abandon`     |
| before the new place lives           | closed: left    | no office: arriving    | the same call, or `abandon`     |
| after it                             | closed: left    | lives                  | `abandon`, until it has written |
| while it is taken back               | closed: leaving | closed, or empty       | `abandon`                       |
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, select, text
from sqlalchemy.exc import SQLAlchemyError

import clock
from clock import machine_now
from models import founding, moving, staff
from models.grants import ROLE, grants
from models.limits import TABLE_OF_A_MIGRATION, has_no_room, hold_to
from models.session import migrate, reading, transaction
from services.audit import chains, signed
from services.backup import dumps
from services.backup.sides import (
    MoveRefused,
    is_there,
    must_be_ours,
    must_stand_still,
    must_take_it,
    place_of,
    settled,
    source_of,
    staff_names,
    target_of,
)
from services.backup.tables import CannotHold, Differs, compared, fill, how_many, rows_of, tables, unguarded
from services.office import staff as staffing
from settings import Settings
from workflows.engine.values import Reason

MOVED, UNDONE = "office_moved", "office_move_undone"
LAST = founding.founding
OF_THE_PLACE = frozenset({"office_event", "log_head", "service_login", "heartbeat", "serving"})
"""What a place writes of itself when an office comes, or when workers start and nothing has come yet."""
Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What went over: how many rows, and the SHA-256 over all of them.

    ``already``: an earlier call was done with it. ``fault`` is the first thing wrong with the histories, as before.
    """

    place: str
    rows: int = 0
    digest: str = ""
    already: bool = False
    fault: Reason | None = None


def move(
    settings: Settings, url: str, by: str, tick: Tick = lambda done, of: None, *, only_look: bool = False
) -> Moved:
    """Move the office of these settings to the database *url* names; *only_look*: no more than see whether it could.

    Raises MoveRefused, NoOffice, OSError.
    """
    url = settled(url)
    with source_of(settings) as source, target_of(url, source) as target:
        under_way = _looked(settings, source, target, url)
        if only_look:
            with reading(source) as here:
                return Moved(place_of(url), sum(how_many(here).values()))
        if under_way == "lives":
            return Moved(place_of(url), already=True)
        identity = under_way or _leave(source, url)
        _arrive(target, identity, source)
        return _Moving(settings, source, target, identity, url, by, tick).finish()


def _looked(settings: Settings, source: Engine, target: Engine, url: str) -> str | None:
    """Return the move these two places take part in (``lives``: it is done); None before it has begun."""
    with reading(source) as here:
        must_be_ours(here, settings.database_url)
        mine, names = moving.find(here), staff_names(here)
        if mine is None:
            if here.execute(select(LAST.c.id)).first() is None:
                raise founding.NoOffice(place_of(settings.database_url))
            must_stand_still(here, settings)
        elif mine.state in (moving.ARRIVING, moving.UNDOING):
            raise MoveRefused("not_from_here", place=mine.place)
    if not is_there(target):
        if mine is not None and (mine.state == moving.LEFT or mine.place != place_of(url)):
            raise MoveRefused("elsewhere", place=mine.place)
        return None if mine is None else str(mine.move)
    with reading(target) as there:
        found = moving.under_way(there)
        if mine is not None and found is not None and found.move == mine.move:
            return str(mine.move)
        if found is not None and found.state == moving.LEFT:
            raise MoveRefused("left_place", place=place_of(url), moved=found.place)
        if found is not None:
            raise MoveRefused("taken", place=place_of(url))
        if mine is not None and mine.state == moving.LEFT:
            if _came(there, mine.move):
                return "lives"
            raise MoveRefused("elsewhere", place=mine.place)
        must_take_it(there, url, names)
        if mine is not None and mine.place != place_of(url):
            raise MoveRefused("elsewhere", place=mine.place)
        return None if mine is None else str(mine.move)


def _came(db: Connection, identity: str) -> bool:
    if moving.under_way(db) is not None or founding.find(db) is None:
        return False
    event = staff.office_event.c
    told = db.execute(select(event.details).where(event.what == MOVED)).scalars()
    return any(details["move"] == identity for details in told)


def _leave(source: Engine, url: str) -> str:
    """Close the old place; return the name of the move."""
    identity = uuid.uuid4().hex
    with transaction(source) as db:
        hold_to(db, TABLE_OF_A_MIGRATION)
        moving.begin(db, identity, moving.LEAVING, place_of(url), machine_now(db))
        moving.freeze(db, _names())
    return identity


def _arrive(target: Engine, identity: str, source: Engine) -> None:
    """Make the tables of the new place, and let it know what it is for."""
    if is_there(target):
        with reading(target) as db:
            known = moving.under_way(db)
        if known is not None:
            if known.move != identity:  # it came while we looked
                raise MoveRefused("taken", place=place_of(str(target.url)))
            if known.state == moving.UNDOING:
                raise MoveRefused("undoing_first")
            return
    try:
        migrate(target.url.render_as_string(hide_password=False))
        with transaction(target) as db:
            moving.begin(db, identity, moving.ARRIVING, founding.place_of(source.url), machine_now(db))
    except SQLAlchemyError as error:
        if has_no_room(error):  # the new place's: said as the database's, it would be looked for in the old one
            raise MoveRefused("no_room", place=founding.place_of(target.url)) from error
        raise


def _names() -> list[str]:
    return [*(table.name for table in tables()), "alembic_version"]


class _Moving:
    """A move whose two places know of each other."""

    def __init__(
        self, settings: Settings, source: Engine, target: Engine, identity: str, url: str, by: str, tick: Tick
    ) -> None:
        self.source, self.target, self.identity, self.url, self.by = source, target, identity, url, by
        self.checkpoints = settings.checkpoints / signed.FILE
        with reading(source) as db:
            self.counts = how_many(db)
        self.rows = sum(self.counts.values())
        self.tick, self.done = tick, 0

    def finish(self) -> Moved:
        """Bring over what has not come, compare everything, and let the new place live."""
        self._bring()
        digest = self._compare()
        with transaction(self.source) as db:
            moving.turn(db, moving.LEFT)
        fault = self._live(digest)
        return Moved(place_of(self.url), self.rows, digest, fault=None if fault is None else fault[1])

    def _count(self, rows: int) -> None:
        self.done += rows
        self.tick(self.done, 2 * self.rows)  # brought, and compared

    def _bring(self) -> None:
        with reading(self.target) as db:
            done = set(self._ours(db).done)
        self.done = sum(self.counts[name] for name in done)
        left = [table for table in tables() if table is not LAST and table.name not in done]
        with transaction(self.target) as db:
            self._ours(db)
            for table in reversed(left):
                with unguarded(db, table):
                    db.execute(table.delete())
        for table in left:
            with (
                self._named(table),
                reading(self.source) as here,
                transaction(self.target) as there,
                unguarded(there, table),
            ):
                self._ours(there)
                try:
                    fill(there, table, rows_of(here, table), self._count)
                except CannotHold as no:
                    raise MoveRefused("cannot_hold", table=no.table, row=no.row, column=no.column) from no
                done.add(table.name)
                moving.note_done(there, sorted(done))

    def _compare(self) -> str:
        """Return the SHA-256 over all tables. Raises MoveRefused; the table that differs is brought anew then."""
        digest = hashlib.sha256()
        with reading(self.source) as here, reading(self.target) as there:
            for table in tables():
                if table is not LAST:
                    try:
                        with self._named(table):
                            digest.update(compared(here, there, table, self._count).encode())
                    except Differs as no:
                        differs = no
                        break
            else:
                return digest.hexdigest()
        self._forget(differs.table)
        code = "missing" if differs.column is None else "differs"
        raise MoveRefused(code, table=differs.table, row=differs.row, column=differs.column or "")

    def _forget(self, name: str) -> None:
        """Let a table, and those that may point to it, come anew."""
        names = [table.name for table in tables()]
        with transaction(self.target) as db:
            good = set(names[: names.index(name)])
            moving.note_done(db, sorted(good & set(self._ours(db).done)))

    def _ours(self, there: Connection) -> Row[Any]:
        """Return what the new place says of this move. Raises MoveRefused where it waits for another, or for none."""
        known = moving.find(there)
        if known is None or known.move != self.identity:
            raise MoveRefused("taken", place=place_of(self.url))
        return known

    @contextmanager
    def _named(self, table: Table) -> Iterator[None]:
        """Say which table it was where a database does not tell, or does not take, what is in it.

        What an error says holds values: nothing of it is told but its kind. Raises MoveRefused.
        """
        drivers = (place.dialect.dbapi for place in (self.source, self.target))
        theirs: list[Any] = [driver.Error for driver in drivers if driver is not None]
        try:
            yield
        except (SQLAlchemyError, ValueError, *theirs) as error:
            kind = type(getattr(error, "orig", None) or error).__name__
            raise MoveRefused("not_brought", table=table.name, kind=kind) from error

    def _live(self, digest: str) -> chains.Fault | None:
        """Let the new place live: its numbers go on, its log says where it came from, and it has its founding.

        Returns the first thing wrong with its histories.
        """
        with self._named(LAST), reading(self.source) as here, transaction(self.target) as there:
            move = self._ours(there)
            moving.end(there)
            fill_plainly(there, LAST, here)
            compared(here, there, LAST, self._count)
            _sequences_go_on(there)
            login, now = staffing.session_login(there), machine_now(there)
            if login is not None and (login, "database") not in founding.service_logins(there):
                founding.note_service_login(there, login, "database", now)
            _give_rights(there)
            told = {
                "move": move.move,
                "from": move.place,
                "to": place_of(self.url),
                "rows": self.rows,
                "sha256": digest,
            }
            staff.log(there, max(now, clock.office_now(there)), MOVED, self.by, told)
            return chains.verify(there, signed=signed.read(self.checkpoints)).fault


def fill_plainly(there: Connection, table: Table, here: Connection) -> None:
    """Copy a small table as any row is written, its triggers on."""
    for row in here.execute(select(table)).mappings():
        there.execute(table.insert(), dict(row))


def _sequences_go_on(db: Connection) -> None:
    if db.dialect.name == "postgresql":
        dumps.sequences_go_on(db)


def _give_rights(db: Connection) -> None:
    """Give the working role its rights, where this server has one."""
    if db.dialect.name != "postgresql":
        return
    if db.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": ROLE}).first() is not None:
        for statement in grants(int(db.execute(text("SHOW server_version_num")).scalar_one())):
            db.exec_driver_sql(statement)


# -- the way back ---------------------------------------------------------------------------------------------------


def abandon(settings: Settings, url: str | None, by: str) -> str:
    """Break a move off, or take it back while nothing was written in the new place; return where that is.

    *url* names the new place; None will do while it cannot live yet. Raises MoveRefused, NoOffice, OSError.
    """
    with source_of(settings) as source:
        with reading(source) as db:
            must_be_ours(db, settings.database_url)
            mine = moving.find(db)
        if mine is None:
            raise MoveRefused("no_move")
        if mine.state in (moving.ARRIVING, moving.UNDOING):
            raise MoveRefused("not_from_here", place=mine.place)
        if url is not None:
            url = settled(url)
            if place_of(url) != mine.place:
                raise MoveRefused("elsewhere", place=mine.place)
            with target_of(url, source) as target:
                _take_back(settings, source, target, mine)
        elif mine.state == moving.LEFT:
            raise MoveRefused("name_it", place=mine.place)
        with transaction(source) as db:
            moving.thaw(db, _names())
            moving.end(db)
            now = max(machine_now(db), clock.office_now(db))
            staff.log(db, now, UNDONE, by, {"move": mine.move, "to": mine.place})
        return str(mine.place)


def _take_back(settings: Settings, source: Engine, target: Engine, mine: Row[Any]) -> None:
    """See to it that the new place does not live and never will; then take away what came there."""
    identity, place = mine.move, mine.place
    if not is_there(target):
        if mine.state == moving.LEFT and not Path(target.url.database or "").exists():
            raise MoveRefused("gone", place=place)  # a disk that is away is no word that no office lives there
        return
    with reading(target) as there:
        known = moving.under_way(there)
        if known is None and not _came(there, identity):
            if not dumps.rows(there):
                return
            raise MoveRefused("elsewhere", place=place)
        if known is not None and known.move != identity:
            raise MoveRefused("elsewhere", place=place)
    if known is None:
        with reading(target) as there:
            must_stand_still(there, settings)
        _close_again(source, target, identity)
    with transaction(source) as db:
        moving.turn(db, moving.LEAVING)  # the new place lives no more: what is not there any longer is no riddle
    _clear(target)


def _close_again(source: Engine, target: Engine, identity: str) -> None:
    """Close the new place, where nothing was written since the office came. Raises MoveRefused."""
    with reading(source) as here, transaction(target) as there:
        moving.begin(there, identity, moving.UNDOING, founding.place_of(source.url), machine_now(there))
        moving.freeze(there, _names())
        event = staff.office_event
        more = [db.execute(select(func.count()).select_from(event)).scalar_one() for db in (here, there)]
        try:
            for table in tables():
                if table.name not in OF_THE_PLACE:
                    compared(here, there, table, lambda _rows: None)
        except Differs as no:
            raise MoveRefused("written_there", table=no.table) from no
        if more[1] != more[0] + 1:
            raise MoveRefused("written_there", table=event.name)


def _clear(target: Engine) -> None:
    """Take away all that came to the new place: nobody has worked there."""
    if target.dialect.name == "sqlite":
        file = Path(target.url.database or "")
        target.dispose()
        for name in (file.name, *(f"{file.name}{end}" for end in ("-wal", "-shm", "-journal", ".turn"))):
            file.with_name(name).unlink(missing_ok=True)
        return
    with transaction(target) as db:
        functions = db.execute(
            text(
                "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                " AND prorettype = 'trigger'::regtype"
            )
        ).scalars()
        made: Iterable[str] = list(functions)
        for name in ("moving", *reversed(_names())):
            db.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')
        for one in made:
            db.exec_driver_sql(f"DROP FUNCTION {one}")
