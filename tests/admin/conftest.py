"""The script as a clerk meets it, on a database of the test's own: SQLite, and PostgreSQL too where it says `on_both`.

What a command reads, checks and prints does not depend on the kind of database; what it asks of one, the tests of
models and services ask on both. Beside them every statement that a command's test sends is sent to PostgreSQL by one
that is marked so; whoever tests a command that sends a new one marks the test.

``script``  runs one call in this process and returns its status, what it printed, and its JSON document
``office``  the same database as a `TestOffice`, with four people in it
``worker``  a thread that carries out whatever is ordered, as the worker does
"""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from commands.main import run
from models import session
from models.command import command
from services.engine import orders
from services.reports import health_queues
from settings import settings
from tasks.bell import ring
from tasks.client import Client
from tasks.publish import Bell
from tests.office import CLERK, TestOffice
from tests.patient import patient_engine

CONTACT = {
    "rights": ["disclosure", "halt_use"],
    "category": "customer",
    "channel": "post",
    "language": "ja",
    "subject": {"name": "見本 花子", "postcode": "100-0001", "address": "東京都千代田区千代田1-1"},
    "address_on_record": True,
}


on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""Run the test on both kinds of database."""


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of the test's own: SQLite, unless the test asks for another kind."""
    kind = getattr(request, "param", "sqlite")
    url: str = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")
    return url


@dataclass(frozen=True)
class Said:
    """What one call did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


class Script:
    """The admin script, called in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self._folder = folder

    def __call__(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        status = run(arguments)
        printed = self._capsys.readouterr()
        return Said(status, printed.out, printed.err)

    def by(self, name: str, *arguments: str) -> Said:
        """Call it as that person (a demo's way)."""
        return self("--as", name, *arguments)

    def file(self, content: Any, name: str = "file.json") -> str:
        """Write a file to hand in."""
        path = self._folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        return str(path)

    def opened(self, **changes: Any) -> str:
        """Open a case and return its number; somebody must be carrying out what is ordered."""
        said = self.by(CLERK, "open", "--file", self.file({**CONTACT, **changes}), "--json")
        assert said.status == 0, said
        return str(said.json["case"])


@pytest.fixture
def fresh(database_url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The settings of an office nobody works in yet; returns its home."""
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", database_url)
    monkeypatch.setenv("MADOGUCHI_LANG", "en")
    monkeypatch.setenv("MADOGUCHI_CLOCK", "shifted")
    monkeypatch.setenv("MADOGUCHI_ALLOW_AS", "demo")
    with _settings_anew():
        yield home


@contextmanager
def _settings_anew() -> Iterator[None]:
    settings.cache_clear()
    session.forget_engines()
    yield
    session.engine().dispose()
    settings.cache_clear()
    session.forget_engines()


@pytest.fixture(autouse=True)
def _heard_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was heard as a test began is not silent before its end, however busy the machine is."""
    monkeypatch.setattr(health_queues, "SILENT", timedelta(seconds=95))


@pytest.fixture
def script(fresh: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Script:
    """The script in a new office."""
    return Script(capsys, tmp_path)


@pytest.fixture
def office(fresh: Path, database_url: str) -> Iterator[TestOffice]:
    """The office of the script, with people in it; its clock is the database's."""
    made = TestOffice(database_url, fresh, now=None)
    yield made
    made.close()


@pytest.fixture
def worker(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Carry out orders as they come, and make their letters when asked; ends with the test.

    Whoever waits as long as a person would waits for as long as it takes: the machine may be busy.
    """
    ended, rung = threading.Event(), threading.Event()
    wait = Client.wait
    monkeypatch.setattr(
        Client, "wait", lambda who, seconds, *seen: wait(who, max(seconds, 120 * (seconds >= 10)), *seen)
    )

    def heard(bells: Iterable[Bell]) -> bool:
        rung.set()
        return ring(bells)

    monkeypatch.setattr("tasks.client.ring", heard)
    waiting = select(command.c.id).where(command.c.outcome.is_(None)).order_by(command.c.id)

    def work() -> None:
        # Its own engine: a connection belongs to one thread.
        own = patient_engine(office.url)
        while not ended.is_set():
            rung.wait(0.05)  # short: who is another process, or rings for nothing, is not heard here
            rung.clear()
            with session.reading(own) as db:
                ids = list(db.execute(waiting).scalars())
            for order in ids:
                with session.transaction(own) as db:
                    orders.carry_out_one(db, order, office.at(db))
        own.dispose()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    ended.set()
    rung.set()
    thread.join()


def details(row: Any) -> Any:
    """Return what a row of plain SQL holds as JSON: SQLite gives it as text."""
    return json.loads(row.details) if isinstance(row.details, str) else row.details
