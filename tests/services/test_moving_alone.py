"""One move at a time, and no way back past whoever works in the new place."""

import fcntl
from pathlib import Path

import pytest
from sqlalchemy import insert

from clock import machine_now
from models import founding, staff
from models import office as office_table
from models.session import reading
from services.backup import moving as moves
from services.backup.sides import MoveRefused, source_of, target_of
from tests.office import LEAD, TestOffice
from tests.services.moved import Blank, at, blank, code, lives, plain, there

__all__ = ["blank", "plain", "there"]


def test_while_somebody_moves_it_nobody_else_does(plain: TestOffice, there: str) -> None:
    with source_of(plain.settings):
        for deed in (
            lambda: moves.move(plain.settings, there, LEAD),
            lambda: moves.abandon(plain.settings, None, LEAD),
        ):
            with pytest.raises(MoveRefused) as refused:
                deed()
            assert code(refused) == "under_way"

    assert lives(plain.url)
    moves.move(plain.settings, there, LEAD)


def test_nobody_moves_in_where_somebody_just_does(sqlite_url: str, home: Path, blank: Blank) -> None:
    office, there = TestOffice(sqlite_url, home), blank("postgresql")  # a file is told by its path
    with target_of(there, office.engine), pytest.raises(MoveRefused) as refused:
        moves.move(office.settings, there, LEAD)

    assert code(refused) == "same"
    assert lives(office.url)
    office.close()


def test_a_row_in_the_log_of_the_new_place_is_work_too(plain: TestOffice, there: str) -> None:
    moves.move(plain.settings, there, LEAD)
    new = at(plain, there)
    with new.writing() as db:
        staff.log(db, new.at(db).now, "looked_up", LEAD, {})
    new.close()

    with pytest.raises(MoveRefused) as refused:
        moves.abandon(plain.settings, there, LEAD)

    assert (code(refused), refused.value.reason.params["table"]) == ("written_there", "office_event")
    assert [lives(plain.url), lives(there)] == [False, True]


def test_there_is_no_way_back_while_somebody_works_in_the_new_place(plain: TestOffice, there: str) -> None:
    moves.move(plain.settings, there, LEAD)
    plain.settings.run.mkdir(parents=True, exist_ok=True)
    found = []
    with (plain.settings.run / "desk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(MoveRefused) as refused:
            moves.abandon(plain.settings, there, LEAD)
        found.append(code(refused))
    new = at(plain, there)
    with new.writing() as db:
        db.execute(
            insert(office_table.heartbeat), {"queue": "clock", "worker": "desk1", "at": machine_now(db), "ahead": 0}
        )
    new.close()
    with pytest.raises(MoveRefused) as refused:
        moves.abandon(plain.settings, there, LEAD)
    found.append(code(refused))

    assert found == ["desk_runs", "workers_alive"]
    assert [lives(plain.url), lives(there)] == [False, True]


def test_the_login_a_new_server_is_entered_under_is_nobody_there(sqlite_url: str, home: Path, blank: Blank) -> None:
    office, there = TestOffice(sqlite_url, home), blank("postgresql")
    moves.move(office.settings, there, LEAD)
    new = at(office, there)

    with reading(new.engine) as db:
        assert (new.engine.url.username, "database") in founding.service_logins(db)
    new.close()
    office.close()
