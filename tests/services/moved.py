"""Places an office moves between in the tests, and what is seen of them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from models.moving import OfficeMoved
from models.session import engine_for, reading
from services.backup.sides import MoveRefused
from services.backup.tables import rows_of, tables
from services.office.founding import look
from tests.office import TestOffice

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
