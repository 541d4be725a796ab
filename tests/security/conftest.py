"""An office without processes, as the tests of the deeds have it: both databases, judged when the test is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checker import assert_sound
from tests.office import TestOffice


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on both kinds of database in turn; judged by the independent checker when the test is over."""
    made = TestOffice(database_url, home)
    yield made
    assert_sound(made.url, made.settings.spool, made.told, settled=False)
    made.close()
