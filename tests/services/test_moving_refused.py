"""What cannot be moved is refused before anything is written, and a place that was left takes nothing more."""

import fcntl
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from clock import machine_now
from desk.opening import NotOpened, open_the_office
from lab.postgres import Postgres
from models import migrate as migrate_command
from models import office as office_table
from models.founding import NoOffice, place_of
from models.migrations import known
from models.moving import SAID, OfficeMoved
from models.session import engine_for, migrate, reading, transaction
from services.backup import moving as moves
from services.backup.sides import MoveRefused
from services.backup.tables import tables
from services.office.founding import at_work, look
from settings import load
from tests.office import LEAD, TestOffice
from tests.services.moved import Blank, at, blank, code, lives, plain, there

__all__ = ["blank", "plain", "there"]


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


def test_no_desk_opens_where_the_office_has_left(plain: TestOffice, there: str) -> None:
    moves.move(plain.settings, there, LEAD)

    with pytest.raises(NotOpened) as closed:
        open_the_office(plain.settings)
    with pytest.raises(OfficeMoved), plain.writing() as db:  # what a worker asks first
        at_work(db, plain.settings.says, "office", machine_now())

    assert closed.value.status == 5
    assert place_of(make_url(there)) in str(closed.value)
    open_the_office(at(plain, there).settings)


def test_a_move_begun_under_an_older_release_is_ended_by_that_one_and_says_so(
    plain: TestOffice, there: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(moves._Moving, "finish", dies)
        with pytest.raises(KeyboardInterrupt):
            moves.move(plain.settings, there, LEAD)
    # As if this were the next release: the place that is being left stands where the one before left it.
    with transaction(plain.engine) as db:
        if db.dialect.name == "sqlite":
            db.execute(text("DROP TRIGGER _moved_alembic_version_update"))
        else:
            db.execute(text("ALTER TABLE alembic_version DISABLE TRIGGER USER"))
        db.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": sorted(known())[-2]})
    monkeypatch.setattr(migrate_command, "engine", lambda: plain.engine)
    monkeypatch.setattr(migrate_command, "reading", lambda: reading(plain.engine))

    for deed in (lambda: moves.move(plain.settings, there, LEAD), lambda: moves.abandon(plain.settings, None, LEAD)):
        with pytest.raises(MoveRefused) as no:
            deed()
        assert code(no) == "begun_by_older"
    assert migrate_command.main() == 5

    assert "was begun by an older release" in capsys.readouterr().err
    assert plain.ask("SELECT version_num FROM alembic_version") == [(sorted(known())[-2],)]


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
    migrate(older, sorted(known())[-2])
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
