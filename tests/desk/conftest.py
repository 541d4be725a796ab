"""A desk over a small Celery application of the tests' own: the processes are real, the office behind them is not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.supervisor import Desk
from settings import PROJECT, Settings, load

_WORKER = """
from celery import Celery, signals
from settings import settings

house = settings()
app = Celery("stub", broker=house.broker_url)
app.conf.broker_connection_retry_on_startup = True
app.conf.broker_transport_options = {"socket_timeout": 5, "socket_connect_timeout": 5}
app.conf.beat_schedule = {}


@app.task(queue="effects", acks_late=True)
def note(word):
    with (house.home / "noted").open("a", encoding="utf-8") as notes:
        notes.write(word + "\\n")


@signals.worker_ready.connect
def ready(sender, **_):
    (house.run / ("ready-" + sender.hostname.partition("@")[0])).touch()
"""


@pytest.fixture
def stub_project(tmp_path: Path) -> Path:
    """A project's folder with a worker and a migration that only leaves a mark."""
    project = tmp_path / "project"
    (project / "models").mkdir(parents=True)
    (project / "models" / "__init__.py").touch()
    (project / "models" / "migrate.py").write_text(
        "from settings import settings\n(settings().home / 'migrated').touch()\n", encoding="utf-8"
    )
    (project / "worker.py").write_text(_WORKER, encoding="utf-8")
    return project


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
