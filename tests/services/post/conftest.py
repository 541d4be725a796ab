"""Offices with letters to print, and a folder to print into."""

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
def folder(tmp_path: Path) -> Path:
    """Where the printer's files go."""
    (tmp_path / "printer").mkdir()
    return tmp_path / "printer"


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter."""
    made = TestOffice(sqlite_url, home)
    yield made
    made.close()
