"""A desk over a small Celery application of the tests' own: the processes are real, the office behind them is not."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.supervisor import Desk
from settings import PROJECT, Settings, load


@pytest.fixture
def house(home: Path) -> Settings:
    """The settings of a home of the test's own."""
    return load(
        {
            "MADOGUCHI_HOME": str(home),
            "MADOGUCHI_FLOWER_PORT": "0",
            "MADOGUCHI_METRICS_PORT": "0",
            "MADOGUCHI_LANG": "en",
        }
    )


@pytest.fixture
def make_desk(house: Settings, stub_project: Path) -> Iterator[Callable[..., Desk]]:
    """Make desks that are stopped when the test ends."""
    made: list[Desk] = []

    def make(*, with_flower: bool = False, said: list[str] | None = None) -> Desk:
        desk = Desk(
            house,
            environment={"PYTHONPATH": str(PROJECT)},
            with_flower=with_flower,
            with_metrics=with_flower,
            with_counter=False,
            project=stub_project,
            tell=None if said is None else said.append,
        )
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.stop()


def next_life(desk: Desk, name: str, *, after: int, timeout: float = 90.0) -> int:
    """Return the process id of a program's next life, once ready, after the one with the id ``after``."""
    deadline = time.monotonic() + timeout
    while desk.pids().get(name, after) == after and time.monotonic() < deadline:
        time.sleep(0.02)
    desk._await(name, deadline - time.monotonic())
    return desk.pids()[name]
