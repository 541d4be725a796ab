"""A move between two places of which somebody made something else: no second office, nothing read by others."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, update
from sqlalchemy.engine import make_url

from clock import machine_now
from commands.trouble import explain
from models import moving as move_marks
from models.founding import place_of
from models.session import engine_for, migrate, transaction
from services.backup import moving as moves
from services.backup.sides import MoveRefused
from tests.office import LEAD, TestOffice
from tests.services.moved import Blank, blank, code, lives, plain, there
from tests.services.test_moving import killed

__all__ = ["blank", "plain", "there"]
SECRET = "himitsu"


def spoilt(url: str, deed: str) -> None:
    """Write past every rule, as somebody can who has the file."""
    db = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    db.execute("PRAGMA ignore_check_constraints = 1")
    kept = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        db.execute(f"DROP TRIGGER {name}")
    assert db.execute(deed).rowcount == 1
    for _, sql in kept:
        db.execute(sql)
    db.close()


@pytest.mark.parametrize(
    ("deed", "table"),
    [
        (f"UPDATE history SET case_id = '{SECRET}' WHERE case_id = 1 AND seq = 1", "history"),  # noqa: S608
        ("UPDATE history SET case_id = 999 WHERE case_id = 1 AND seq = 1", "history"),
        (f"UPDATE office_event SET details = '{SECRET}{{' WHERE seq = 1", "office_event"),  # noqa: S608
        ("UPDATE office_event SET actor = CAST(x'ff68696d69747375' AS TEXT) WHERE seq = 1", "office_event"),
    ],
)
def test_what_no_column_takes_names_its_table_and_nothing_that_is_in_it(
    sqlite_url: str, home: Path, blank: Blank, deed: str, table: str
) -> None:
    office = TestOffice(sqlite_url, home)
    office.opened()
    spoilt(office.url, deed)

    with pytest.raises(MoveRefused) as refused:
        moves.move(office.settings, blank("postgresql"), LEAD)
    moves.abandon(office.settings, None, LEAD)

    assert (code(refused), refused.value.reason.params["table"]) == ("not_brought", table)
    assert SECRET not in str(refused.value.reason)
    assert lives(office.url)
    office.close()


def test_a_new_place_without_room_is_named_and_gone_on_with_once_there_is(
    sqlite_url: str, home: Path, blank: Blank, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, there = TestOffice(sqlite_url, home), blank("sqlite")

    def no_room(_: str) -> None:
        with create_engine("sqlite://").connect() as db:
            db.exec_driver_sql("PRAGMA max_page_count = 1")
            db.exec_driver_sql("CREATE TABLE t (x)")

    with monkeypatch.context() as full:
        full.setattr(moves, "migrate", no_room)
        with pytest.raises(MoveRefused) as refused:
            moves.move(office.settings, there, LEAD)
    moves.move(office.settings, there, LEAD)

    assert (code(refused), refused.value.reason.params["place"]) == ("no_room", make_url(there).database)
    assert lives(there)
    office.close()


@pytest.fixture
def file(blank: Blank) -> Path:
    """Where there is no file yet."""
    return Path(make_url(blank("sqlite")).database or "")


def test_a_disk_that_is_away_makes_no_second_office(plain: TestOffice, file: Path) -> None:
    there, aside = f"sqlite:///{file}", file.with_name("aside")
    moves.move(plain.settings, there, LEAD)
    file.rename(aside)

    with pytest.raises(MoveRefused) as refused:
        moves.abandon(plain.settings, there, LEAD)
    assert code(refused) == "gone"
    assert not lives(plain.url)
    aside.rename(file)
    assert lives(there)

    file.unlink()
    file.touch()  # somebody answers for it: it is lost for good
    moves.abandon(plain.settings, there, LEAD)
    assert lives(plain.url)


@pytest.mark.parametrize("before", [True, False])
def test_a_way_back_that_is_killed_while_files_go_is_gone_to_its_end(
    plain: TestOffice, file: Path, *, before: bool
) -> None:
    there = f"sqlite:///{file}"
    moves.move(plain.settings, there, LEAD)
    killed(lambda: moves.abandon(plain.settings, there, LEAD), moves, "_clear", 1, before=before)
    assert [lives(plain.url), lives(there)] == [False, False]

    moves.abandon(plain.settings, there, LEAD)

    assert lives(plain.url)
    assert not file.exists()
    plain.opened()


def test_a_new_file_is_for_its_owner_alone(plain: TestOffice, file: Path) -> None:
    old = os.umask(0)
    try:
        moves.move(plain.settings, f"sqlite:///{file}", LEAD)
    finally:
        os.umask(old)

    assert {path.name: oct(path.stat().st_mode & 0o077) for path in file.parent.glob(f"{file.name}*")}.items() <= {
        (f"{file.name}{end}", "0o0") for end in ("", "-wal", "-shm", ".turn")
    }


def test_two_servers_are_two_places_however_they_are_spelt() -> None:
    places = [
        place_of(make_url(f"postgresql+psycopg://{rest}"))
        for rest in (
            "who@db/office", "who@db:5433/office", "who@/office?host=db&port=5434", "who@db/office?port=5435",
            "who@db/office?hostaddr=10.0.0.2", "who@db/office?dbname=other", "who@db/office?host=other",
            "who@db/office?service=other",
        )
    ]  # fmt: skip

    assert len(set(places)) == len(places)
    assert place_of(make_url("postgresql://who:s3cret@db/office?password=s3cret&sslmode=require")) == places[0]


def mark_another(url: str) -> Callable[..., None]:
    def mark(*_: Any) -> None:
        engine = engine_for(url)
        with transaction(engine) as db:
            if move_marks.find(db) is None:
                move_marks.begin(db, "another", move_marks.ARRIVING, "/another", machine_now(db))
            else:
                db.execute(update(move_marks.moving).values(move="another"))
        engine.dispose()

    return mark


@pytest.mark.parametrize("moment", ["_leave", "_bring", "_compare"])
def test_a_place_another_office_came_to_meanwhile_is_left_to_it(
    plain: TestOffice, there: str, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    migrate(there)
    owner: Any = moves if moment == "_leave" else moves._Moving
    real, mark = getattr(owner, moment), mark_another(there)

    def meanwhile(*arguments: Any) -> Any:
        if moment == "_bring":
            mark()
        done = real(*arguments)
        if moment != "_bring":
            mark()
        return done

    monkeypatch.setattr(owner, moment, meanwhile)
    with pytest.raises(MoveRefused) as refused:
        moves.move(plain.settings, there, LEAD)
    with pytest.raises(MoveRefused) as elsewhere:
        moves.abandon(plain.settings, there, LEAD)

    assert [code(refused), code(elsewhere)] == ["taken", "elsewhere"]
    assert not lives(there)
    engine = engine_for(there)
    with transaction(engine) as db:
        found = move_marks.find(db)
        assert found is not None
        assert found.move == "another"
    engine.dispose()


def test_a_fault_where_no_office_is_says_where_it_happened_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models import session
    from models.founding import NoOffice

    def none(*_: object) -> Any:
        raise NoOffice(str(tmp_path))

    monkeypatch.setattr(session, "reading", none)
    assert explain(ValueError(SECRET)).code == "unexpected"
