"""Offices that are put out of joint on purpose: the independent checker does not judge them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import TestOffice


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn."""
    made = TestOffice(database_url, home)
    yield made
    made.close()


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter."""
    made = TestOffice(sqlite_url, home)
    yield made
    made.close()
