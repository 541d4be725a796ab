"""Whoever tampers with what was recorded is told of by the first thing that is wrong (`tests.services.tampered`)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.postgres import Postgres, database_of
from services.audit import checkpoints
from tests.office import TestOffice
from tests.services.tampered import TAMPERINGS, lived

SANITY = ("who", "a row of no case", "an old row rewritten", "the end cut", "a case wiped", "the log rewritten")
"""Those that are tried on PostgreSQL, too: rows come from there in types of its own."""


@pytest.fixture(scope="module")
def sound(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> TestOffice:
    """An office on SQLite that worked and signed."""
    home = tmp_path_factory.mktemp("office")
    shutil.copyfile(migrated_sqlite, home / "office.sqlite3")
    made = TestOffice(f"sqlite:///{home / 'office.sqlite3'}", home)
    lived(made)
    made.close()
    return made


@pytest.fixture
def office(sound: TestOffice, tmp_path: Path) -> Iterator[TestOffice]:
    """A copy of it, to be tampered with."""
    home = tmp_path / "home"
    shutil.copytree(sound.settings.home, home)
    made = TestOffice(f"sqlite:///{home / 'office.sqlite3'}", home, staffed=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def sound_on_postgresql(
    postgres: Postgres, migrated_postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> TestOffice:
    made = TestOffice(postgres.create(migrated_postgres), tmp_path_factory.mktemp("office"))
    lived(made)
    made.close()
    return made


def must_be_named(office: TestOffice, name: str) -> None:
    tampering = TAMPERINGS[name]
    tampering.carry_out(office)
    found, _ = checkpoints.prove(office.unit)

    assert found.fault is not None
    number, reason = found.fault
    assert reason.code == tampering.code
    assert {key: reason.params[key] for key in tampering.params or ()} == (tampering.params or {})
    if tampering.case is None:
        assert number is None
    elif left := office.ask('SELECT number FROM "case" WHERE id = :id', id=tampering.case):
        assert number == left[0].number
    else:
        assert number is not None


def test_what_was_recorded_verifies(office: TestOffice) -> None:
    found, known = checkpoints.prove(office.unit)

    assert (found.fault, found.cases, found.rows, known.lines) == (None, 3, 8, 2)
    assert len(TAMPERINGS) > 40


@pytest.mark.parametrize("name", TAMPERINGS)
def test_whoever_tampers_is_told_of(office: TestOffice, name: str) -> None:
    must_be_named(office, name)


@pytest.mark.parametrize("name", SANITY)
def test_whoever_tampers_is_told_of_on_postgresql(
    sound_on_postgresql: TestOffice, postgres: Postgres, tmp_path: Path, name: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sound_on_postgresql.settings.home, home)
    office = TestOffice(postgres.create(database_of(sound_on_postgresql.url)), home, staffed=True)
    try:
        must_be_named(office, name)
    finally:
        office.close()
        postgres.drop(office.url)
