"""Real servers and fresh databases for every test; nothing of them is left when pytest ends, even when it is killed.

``home``                 a private, empty MADOGUCHI_HOME of the test's own
``broker_url``           an empty broker: one real server for each pytest process, flushed before each test
``postgres``             one real PostgreSQL server for each pytest process
``database_url``         a migrated, empty database of the test's own; every test that asks for it runs on both kinds
``sqlite_url``, ``postgres_url``   the same on one kind only
``blank_database_url``   on both kinds, without any table, for tests of migrations
``stub_project``         a folder with a small Celery application, for tests of the processes around the real one
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from lab.broker import Broker
from lab.postgres import Postgres, database_of
from settings import load
from tests import prepared
from tests.lent import Lender
from tests.quick import (
    bytecode_is_kept,
    compiled_in_turn,
    dealt,
    files_in_memory,
    garbage_from_here,
    how_many,
    no_garbage_yet,
    statements_compiled_once,
)

# Timings do not belong in tests: a slow or shared machine must not turn a property red. The examples are the same each
# time, so that a red run can be looked at; new ones are looked for by hand (--hypothesis-profile=default).
hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the settings of whoever runs the tests out of them: a test must not reach a real office."""
    for name in [name for name in os.environ if name.startswith("MADOGUCHI_")]:
        if not name.startswith("MADOGUCHI_TEST_"):
            del os.environ[name]
    bytecode_is_kept()
    files_in_memory()
    no_garbage_yet()
    statements_compiled_once()
    prepared.watch_patches()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Answer ``-n auto``, unless the environment does."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else how_many()


def pytest_collection(session: pytest.Session) -> None:
    """Share with the other processes what has to be compiled, where all tests are wanted."""
    worker: Any = getattr(session.config, "workerinput", None)
    if worker is not None and session.config.args == session.config.getini("testpaths"):
        compiled_in_turn(Path(__file__).parent, int(worker["workerid"][2:]), worker["workercount"])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the tests to the processes that run side by side."""
    if hasattr(config, "workerinput"):
        items[:] = dealt(items, config.workerinput["workercount"])


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays: from here on there may be garbage."""
    garbage_from_here()


def pytest_runtest_setup() -> None:
    """Let what is remembered of other tests know that one begins."""
    prepared.begin()


def pytest_sessionfinish() -> None:
    """Delete what was remembered."""
    prepared.forget()


@pytest.fixture
def home() -> Iterator[Path]:
    """A private folder with a short path (a socket's path holds 107 bytes), deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mg-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def broker_server() -> Iterator[Broker]:
    """One broker for this pytest process, which keeps nothing on disk."""
    folder = Path(tempfile.mkdtemp(prefix="mg-"))
    with Broker(load({"MADOGUCHI_HOME": str(folder)}), fsync=False) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def broker_url(broker_server: Broker) -> str:
    """The URL of a broker with nothing in it."""
    import redis

    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        client.flushall()
    return broker_server.url


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for this pytest process; tests that pull the plug start their own with fsync."""
    with Postgres(fsync=False) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The name of a migrated database that every test's own is a copy of."""
    from models.session import migrate

    url = postgres.create()
    migrate(url)
    return database_of(url)


@pytest.fixture(scope="session")
def migrated_sqlite() -> Iterator[Path]:
    """A migrated file that every test's own is a copy of; whoever runs the tests often may have one ready."""
    from models.session import migrate

    if "MADOGUCHI_TEST_TEMPLATE" in os.environ:
        yield Path(os.environ["MADOGUCHI_TEST_TEMPLATE"])
        return
    folder = Path(tempfile.mkdtemp(prefix="mg-"))
    file = folder / "template.sqlite3"
    migrate(f"sqlite:///{file}")
    # What still stands in the write-ahead log is brought home, so that one file is all there is to copy.
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    yield file
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database of the test's own."""
    file = tmp_path / "office.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    prepared.copied_from(migrated_sqlite)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def lender(postgres: Postgres, migrated_postgres: str) -> Lender:
    """Who lends copies of the migrated database."""
    return Lender(postgres, migrated_postgres)


@pytest.fixture
def postgres_url(lender: Lender) -> Iterator[str]:
    """A migrated, empty PostgreSQL database of the test's own."""
    url = lender.lend()
    yield url
    lender.take_back(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of the test's own, on both kinds in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, on both kinds in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


# Beat wants something to ring for; the stub knows no such task and throws it away.
_TIMETABLE = """
SCHEDULE = {"look": {"task": "look", "schedule": 3600.0, "kwargs": {}, "options": {"queue": "clock"}}}
"""
_WORKER = """
from celery import Celery, signals
from settings import settings

house = settings()
app = Celery("stub", broker=house.broker_url)
app.conf.broker_connection_retry_on_startup = True
app.conf.broker_transport_options = {"socket_timeout": 5, "socket_connect_timeout": 5}
app.conf.beat_schedule = {}
app.conf.task_default_queue = "effects"


@app.task(acks_late=True)
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
    (project / "beat_schedule.py").write_text(_TIMETABLE, encoding="utf-8")
    return project
