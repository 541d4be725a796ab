"""A desk over a small Celery application of the tests' own: the processes are real, the office behind them is not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.supervisor import Desk
from settings import PROJECT, Settings, load


@pytest.fixture
def house(home: Path) -> Settings:
    """The settings of a home of the test's own."""
    return load({"MADOGUCHI_HOME": str(home), "MADOGUCHI_FLOWER_PORT": "0", "MADOGUCHI_LANG": "en"})


@pytest.fixture
def make_desk(house: Settings, stub_project: Path) -> Iterator[Callable[..., Desk]]:
    """Make desks that are stopped when the test ends."""
    made: list[Desk] = []

    def make(*, with_flower: bool = False, said: list[str] | None = None) -> Desk:
        desk = Desk(
            house,
            environment={"PYTHONPATH": str(PROJECT)},
            with_flower=with_flower,
            project=stub_project,
            tell=None if said is None else said.append,
        )
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.stop()
