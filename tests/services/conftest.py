"""An office without processes: the deeds, a database of each kind, a clock that stands until it is moved."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checker import assert_sound
from tests.office import TestOffice
from tests.services.scans_fakes import Scanner


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on both kinds of database in turn; judged by the independent checker when the test is over."""
    made = TestOffice(database_url, home)
    yield made
    assert_sound(made.url, made.settings.spool, made.told, settled=False)
    made.close()


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    """A scanner with a folder of its own."""
    (tmp_path / "scanner").mkdir()
    return Scanner(tmp_path / "scanner")
