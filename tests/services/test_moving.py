"""An office moves to another database: every row goes over as it is, one place lives, and what breaks off goes on."""

import fcntl
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Table, create_engine, insert, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from clock import machine_now
from lab.postgres import Postgres
from models import moving as move_marks
from models import office as office_table
from models import staff
from models.base import Moment
from models.founding import NoOffice, place_of
from models.guards import present_triggers, wanted_triggers
from models.migrations import known
from models.moving import SAID, OfficeMoved
from models.session import engine_for, migrate, reading, transaction
from services.audit import chains, checkpoints, doctor
from services.backup import moving as moves
from services.backup.sides import MoveRefused
from services.backup.tables import rows_of, tables
from services.office.founding import look
from settings import PROJECT, load
from tests.office import LEAD, TestOffice
from tests.services.scans_fakes import Scanner
from tests.services.search.conftest import asking, departments
from tests.services.test_nothing_is_left import lived_through
from workflows.engine.numbers import case_number

__all__ = ["asking", "departments"]
OF_THE_PLACE = {"office_event", "log_head", "service_login"}
"""What grows by the move itself: its row in the log, and whose login a PostgreSQL is entered under."""
Blank = Callable[..., str]


@pytest.fixture
def blank(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Blank]:
    """Make a place of that kind in which nothing is, or this release's empty tables alone."""
    made: list[str] = []

    def make(kind: str, *, migrated: bool = False) -> str:
        if kind == "sqlite":
            file = tmp_path / f"there-{len(list(tmp_path.iterdir()))}.sqlite3"
            if migrated:
                shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
            return f"sqlite:///{file}"
        template = [request.getfixturevalue("migrated_postgres")] if migrated else []
        made.append(request.getfixturevalue("postgres").create(*template))
        return made[-1]

    yield make
    for url in made:
        request.getfixturevalue("postgres").drop(url)


@pytest.fixture
def elsewhere(office: TestOffice, blank: Blank) -> str:
    """A blank place of the other kind."""
    return blank("sqlite" if office.engine.dialect.name == "postgresql" else "postgresql")


def content(url: str) -> dict[str, list[Any]]:
    engine = engine_for(url)
    try:
        with reading(engine) as db:
            return {table.name: list(rows_of(db, table)) for table in tables()}
    finally:
        engine.dispose()


def without(found: dict[str, list[Any]], *names: str) -> dict[str, list[Any]]:
    return {name: rows for name, rows in found.items() if name not in {*OF_THE_PLACE, *names}}


def at(office: TestOffice, url: str) -> TestOffice:
    """The same home, at work in another database."""
    return TestOffice(url, office.settings.home, staffed=True)


def lives(url: str) -> bool:
    if url.startswith("sqlite") and not Path(make_url(url).database or "").exists():
        return False
    try:
        return look(url) is not None
    except OfficeMoved:
        return False


def code(refused: pytest.ExceptionInfo[MoveRefused]) -> str:
    return refused.value.reason.code.partition(".")[2]


def test_an_office_goes_there_and_comes_back_row_for_row(
    asking: TestOffice, scanner: Scanner, blank: Blank, elsewhere: str
) -> None:
    case, other, _ = lived_through(asking, scanner)
    assert checkpoints.make(asking.unit) is not None
    before, kind = content(asking.url), asking.engine.dialect.name

    gone = moves.move(asking.settings, elsewhere, LEAD)
    there = at(asking, elsewhere)
    assert (gone.fault, gone.rows) == (None, sum(map(len, before.values())))
    assert without(content(elsewhere)) == without(before)
    with reading(there.engine) as db:
        assert present_triggers(db) == wanted_triggers(db.dialect.name)
    assert checkpoints.prove(there.unit)[0].fault is None
    assert list(doctor.examine(there.unit)) == []
    number = there.opened()
    assert number == case_number(2026, 1 + max(int(each[3:9]) for each in (case, other)))
    there.make_letters(number)
    worked = content(elsewhere)
    back = blank(kind)
    moves.move(there.settings, back, LEAD)
    here = at(asking, back)

    assert without(content(back)) == without(worked)
    assert list(doctor.examine(here.unit)) == []
    here.in_state("withdrawn")
    told = here.ask(select(staff.office_event.c.details).where(staff.office_event.c.what == "office_moved"))
    assert told[0].details["sha256"] == gone.digest
    assert [lives(url) for url in (asking.url, elsewhere, back)] == [False, False, True]
    there.close()
    here.close()


def fill_every_table(office: TestOffice) -> None:
    """Write a row into each table that has none, whatever it is: of a table nobody has thought of here, too."""
    ids = {"case": office.case(office.opened()).id}
    said: dict[str, Any] = {
        "legal_hold.lifted_at": None, "tray_case.tray": "T26-0001", "letter_kind.kind": "acknowledgement",
    }  # fmt: skip
    with office.as_owner() as db:
        for table in tables():
            if db.execute(select(table).limit(1)).first() is None:
                row = {c.name: said.get(f"{table.name}.{c.name}", a_value(table, c.name, ids)) for c in table.c}
                db.execute(insert(table), row)
                ids[table.name] = row.get("id")


def a_value(table: Table, name: str, ids: dict[str, Any]) -> Any:
    column = table.c[name]
    for key in column.foreign_keys:
        if key.column.name == "id":
            return ids.get(key.column.table.name, 1)
    if isinstance(column.type, JSON):
        return {"b": ["値", 1.5, None], "a": "\u0000"}
    made = {bool: True, int: 1, bytes: b"\x00\xff\n\\x", date: date(2026, 2, 28), str: "値 'x' \\N\t\n𠮷"}
    if isinstance(column.type, Moment):
        return datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    return made[column.type.python_type]


@pytest.fixture
def plain(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office in which not all that is written makes sense."""
    office = TestOffice(database_url, home)
    yield office
    office.close()


@pytest.fixture
def there(plain: TestOffice, blank: Blank) -> str:
    """A place of the other kind than that office's, with empty tables."""
    return blank("sqlite" if plain.engine.dialect.name == "postgresql" else "postgresql", migrated=True)


def test_no_table_and_no_kind_of_value_is_forgotten(plain: TestOffice, there: str) -> None:
    fill_every_table(plain)
    with reading(plain.engine) as db:
        there_are = set(inspect(db).get_table_names()) - {"alembic_version", "moving"}
    before = content(plain.url)

    assert set(before) == there_are
    assert [name for name, rows in before.items() if not rows] == []
    moves.move(plain.settings, there, LEAD)

    assert without(content(there)) == without(before)


def test_the_code_alone_knows_every_table_there_is() -> None:
    """What a move brings over is what `load_tables` has imported, not what a test happened to."""
    alone = "from models.session import load_tables; print(*sorted(load_tables().tables))"
    known = subprocess.run([sys.executable, "-c", alone], cwd=PROJECT, capture_output=True, text=True, check=True)
    declared = set()
    for path in (PROJECT / "models").glob("*.py"):
        declared |= set(re.findall(r'= Table\(\s*"(\w+)"', path.read_text(encoding="utf-8")))

    assert declared <= set(known.stdout.split())


# -- broken off -----------------------------------------------------------------------------------------------------

DEATHS: dict[str, tuple[Any, str, int, bool]] = {
    # whose, what, at which call, before it is carried out (else after)
    "closed": (moves, "_leave", 1, False),
    "tables made": (moves, "_arrive", 1, False),
    "a table half way": (moves, "fill", 9, False),
    "another one": (move_marks, "note_done", 20, False),
    "rows compared": (moves, "compared", 9, True),
    "left": (move_marks, "turn", 1, False),
    "about to live": (moves, "fill_plainly", 1, False),
    "about to say so": (chains, "verify", 1, False),
}


def killed(deed: Callable[[], Any], owner: Any, name: str, nth: int, *, before: bool) -> None:
    """Carry a deed out in a process that SIGKILL ends at that call."""
    child = os.fork()
    if not child:
        real, calls = getattr(owner, name), iter(range(1, 10_000))

        def dying(*arguments: Any, **more: Any) -> Any:
            if next(calls) == nth and before:
                os.kill(os.getpid(), signal.SIGKILL)
            done = real(*arguments, **more)
            if next(calls_done) == nth:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        calls_done = iter(range(1, 10_000))
        setattr(owner, name, dying)
        try:
            deed()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_move_killed_at_any_moment_goes_on_and_two_places_never_live(plain: TestOffice, there: str) -> None:
    plain.make_letters(plain.opened())
    before = content(plain.url)
    for moment, (owner, name, nth, first) in DEATHS.items():
        killed(lambda: moves.move(plain.settings, there, LEAD), owner, name, nth, before=first)
        assert not lives(plain.url), moment
        assert not lives(there), moment

    moves.move(plain.settings, there, LEAD)

    assert without(content(there)) == without(before)
    assert lives(there)
    assert moves.move(plain.settings, there, LEAD).already
    told = at(plain, there)
    assert len(told.ask("SELECT 1 FROM office_event WHERE what = 'office_moved'")) == 1
    assert list(doctor.examine(told.unit)) == []
    told.close()


@pytest.mark.parametrize("moment", ["closed", "a table half way", "about to live"])
def test_a_move_killed_on_the_way_can_be_broken_off(plain: TestOffice, there: str, moment: str) -> None:
    plain.opened()
    before = content(plain.url)
    owner, name, nth, first = DEATHS[moment]
    killed(lambda: moves.move(plain.settings, there, LEAD), owner, name, nth, before=first)

    if moment == "about to live":  # nobody but the new place itself can say that it does not live
        with pytest.raises(MoveRefused) as refused:
            moves.abandon(plain.settings, None, LEAD)
        assert code(refused) == "name_it"
    moves.abandon(plain.settings, there if moment == "about to live" else None, LEAD)

    assert without(content(plain.url)) == without(before)
    assert not lives(there)
    plain.opened()


def test_a_move_is_taken_back_until_somebody_worked_in_the_new_place(plain: TestOffice, there: str) -> None:
    case = plain.opened()
    before = content(plain.url)
    moves.move(plain.settings, there, LEAD)
    killed(lambda: moves.abandon(plain.settings, there, LEAD), moves, "_clear", 1, before=True)
    assert [lives(url) for url in (plain.url, there)] == [False, False]
    with pytest.raises(MoveRefused) as undoing:
        moves.move(plain.settings, there, LEAD)
    moves.abandon(plain.settings, there, LEAD)

    assert code(undoing) == "undoing_first"
    assert without(content(plain.url)) == without(before)
    assert [lives(url) for url in (plain.url, there)] == [True, False]
    moves.move(plain.settings, there, LEAD)  # the place is blank again
    new = at(plain, there)
    new.make_letters(case)
    with pytest.raises(MoveRefused) as refused:
        moves.abandon(plain.settings, there, LEAD)
    assert code(refused) == "written_there"
    assert [lives(url) for url in (plain.url, there)] == [False, True]
    new.opened()
    new.close()


def test_a_byte_that_is_not_the_same_there_is_named(
    plain: TestOffice, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.opened()
    plain.opened()
    real = moves._Moving._bring
    spoils = [
        ("UPDATE person SET sealed = :sealed WHERE case_id = 2", {"sealed": b"other"}),
        ("DELETE FROM history WHERE case_id = 2 AND seq = 1", {}),
    ]

    def spoil(self: Any) -> None:
        real(self)
        if spoils:
            deed, values = spoils.pop()
            there_is = at(plain, there)
            there_is.tamper(deed, **values)
            there_is.close()

    monkeypatch.setattr(moves._Moving, "_bring", spoil)
    named = []
    for _ in range(2):
        with pytest.raises(MoveRefused) as refused:
            moves.move(plain.settings, there, LEAD)
        params = refused.value.reason.params
        named.append((code(refused), params["table"], str(params["row"]).split("/")[0], params["column"]))
        assert not lives(there)

    moves.move(plain.settings, there, LEAD)

    assert named == [("missing", "history", "2", ""), ("differs", "person", "2", "sealed")]
    assert lives(there)


# -- what is refused ------------------------------------------------------------------------------------------------


def test_the_place_that_was_left_takes_nothing_more_and_says_where_the_office_is(plain: TestOffice, there: str) -> None:
    plain.opened()
    moves.move(plain.settings, there, LEAD)

    with pytest.raises(OfficeMoved) as gone:
        look(plain.url)
    assert gone.value.reason.params["place"] == place_of(make_url(there))
    for table in [*(table.name for table in tables()), "alembic_version"]:
        for deed in (f'DELETE FROM "{table}"', f'INSERT INTO "{table}" SELECT * FROM "{table}"'):  # noqa: S608
            if (
                deed.startswith("INSERT")
                and plain.engine.dialect.name == "sqlite"
                and not plain.ask(
                    f'SELECT 1 FROM "{table}"'  # noqa: S608
                )
            ):
                continue  # SQLite's triggers speak of a row
            if deed.startswith("DELETE") and plain.engine.dialect.name == "sqlite":
                continue
            with pytest.raises(DatabaseError, match=SAID):
                plain.tell(deed)
    with pytest.raises(DatabaseError):
        plain.opened()


def test_what_cannot_be_moved_is_refused_before_anything_is_written(
    plain: TestOffice, there: str, blank: Blank, tmp_path: Path, postgres: Postgres
) -> None:
    plain.opened()
    own = plain.url
    refused: dict[str, str] = {}

    def cannot(why: str, url: str = there) -> None:
        with pytest.raises(MoveRefused) as no:
            moves.move(plain.settings, url, LEAD)
        refused[why] = code(no)

    cannot("itself", own)
    cannot("nowhere", "postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    cannot("no folder", f"sqlite:///{tmp_path}/no/there.sqlite3")
    (tmp_path / "words.txt").write_text("no database at all, but long enough to be read as one" * 20)
    cannot("no database", f"sqlite:///{tmp_path}/words.txt")
    theirs = blank("sqlite")
    with sqlite3.connect(make_url(theirs).database or "") as file:
        file.execute("CREATE TABLE theirs (x)")
    kept = Path(make_url(theirs).database or "").read_bytes()
    cannot("somebody's", theirs)
    assert Path(make_url(theirs).database or "").read_bytes() == kept
    older, newer = blank("sqlite"), blank("postgresql", migrated=True)
    migrate(older, "0033")
    cannot("older", older)
    engine = engine_for(newer)
    with transaction(engine) as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    cannot("newer", newer)
    with transaction(engine) as db:
        db.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": max(known())})
        db.execute(insert(office_table.heartbeat), {"queue": "x", "worker": "y", "at": machine_now(), "ahead": 0})
    cannot("not empty", newer)
    engine.dispose()
    with plain.writing() as db:
        beat = {"queue": "clock", "worker": "desk1", "at": machine_now(db), "ahead": 0}
        db.execute(insert(office_table.heartbeat), beat)
    cannot("at work")
    plain.tell("DELETE FROM heartbeat")
    plain.settings.run.mkdir(parents=True)
    with (plain.settings.run / "desk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cannot("a desk")

    assert refused == {
        "itself": "same", "nowhere": "unreachable", "no folder": "no_folder", "no database": "no_database",
        "somebody's": "not_empty", "older": "older", "newer": "newer", "not empty": "not_empty",
        "at work": "workers_alive", "a desk": "desk_runs",
    }  # fmt: skip
    assert moves.move(plain.settings, there, LEAD, only_look=True).rows > 10
    assert not lives(there)
    assert lives(own)
    plain.opened()


def test_a_server_that_cannot_take_an_office_is_refused(sqlite_url: str, home: Path, postgres: Postgres) -> None:
    office = TestOffice(sqlite_url, home)
    url, ascii_only = make_url(postgres.create()), f"ascii_{os.getpid()}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as db:
        db.execute(
            text(f"CREATE DATABASE {ascii_only} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        )
        for login in (LEAD, "guest"):
            db.execute(text(f"CREATE ROLE {login} LOGIN"))
        db.execute(text(f"GRANT CREATE ON SCHEMA public TO {LEAD}"))
        db.execute(text("CREATE ROLE reader LOGIN"))
        db.execute(text("ALTER ROLE reader SET default_transaction_read_only = on"))
    found = []
    for other in (
        url.set(database=ascii_only), url.set(username="guest"), url.set(username=LEAD), url.set(username="reader"),
    ):  # fmt: skip
        with pytest.raises(MoveRefused) as refused:
            moves.move(office.settings, other.render_as_string(hide_password=False), LEAD)
        found.append(code(refused))
    with server.connect() as db:
        db.execute(text(f"DROP DATABASE {ascii_only}"))
        db.execute(text(f"DROP OWNED BY {LEAD}"))
        for login in (LEAD, "guest", "reader"):
            db.execute(text(f"DROP ROLE {login}"))
    server.dispose()
    postgres.drop(url.render_as_string(hide_password=False))
    office.opened()
    office.close()

    assert found == ["not_utf8", "no_rights", "login_is_staff", "reads_only"]


def test_what_postgresql_has_no_room_for_is_named_and_the_move_can_be_broken_off(
    sqlite_url: str, home: Path, blank: Blank
) -> None:
    office = TestOffice(sqlite_url, home)
    office.opened()
    office.tamper("UPDATE staff SET email = 'x' || char(0) || 'y' WHERE name = 'mori'")
    there = blank("postgresql")

    with pytest.raises(MoveRefused) as refused:
        moves.move(office.settings, there, LEAD)

    assert dict(refused.value.reason.params) == {"table": "staff", "row": "mori", "column": "email"}
    moves.abandon(office.settings, None, LEAD)
    office.opened()
    office.close()


def test_there_is_nothing_to_move_or_to_break_off_where_no_office_is(
    plain: TestOffice, there: str, blank: Blank, tmp_path: Path
) -> None:
    nowhere = TestOffice.__new__(TestOffice)
    nowhere.settings = load({"MADOGUCHI_HOME": str(tmp_path / "empty")})
    with pytest.raises(NoOffice):
        moves.move(nowhere.settings, there, LEAD)
    with pytest.raises(MoveRefused) as still:
        moves.abandon(plain.settings, None, LEAD)
    moves.move(plain.settings, there, LEAD)
    with pytest.raises(MoveRefused) as elsewhere:
        moves.move(plain.settings, blank("sqlite"), LEAD)

    assert (code(still), code(elsewhere)) == ("no_move", "elsewhere")
    assert not (tmp_path / "empty").exists()
