"""An office under version 1 of the procedure, and another version to deploy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import TestOffice
from tests.services.definitions.versions import Deploy, start
from workflows.engine.deadlines import Deadline
from workflows.engine.machine import State, fingerprint
from workflows.request.procedure import request


@pytest.fixture(autouse=True)
def _at_version_1() -> Iterator[None]:
    """Begin each story under version 1, whichever the present one is; a test may undo what it deployed itself."""
    with pytest.MonkeyPatch.context() as before:
        before.setattr(request, "version", 1)
        before.setattr(request, "fingerprint", fingerprint(request.shape()))
        yield


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on each kind of database in turn, begun under version 1."""
    made = TestOffice(database_url, home)
    start(made)
    yield made
    made.close()


@pytest.fixture
def one_office(sqlite_url: str, home: Path) -> Iterator[TestOffice]:
    """An office where the database does not matter, begun under version 1."""
    made = TestOffice(sqlite_url, home)
    start(made)
    yield made
    made.close()


@pytest.fixture
def deploy(monkeypatch: pytest.MonkeyPatch) -> Deploy:
    """Put a version of the procedure with other deadlines or fewer states in the place of the present one."""

    def become(version: int = 2, *, without: str = "", **deadlines: list[Deadline]) -> None:
        monkeypatch.setattr(request, "version", version)
        states = dict(request.states)
        for name, own in deadlines.items():
            before = states[name]
            state = State(name, initial=before.initial, deadlines=own, anchor=before.anchor)
            states[name] = state
        states.pop(without, None)
        # A new dictionary: a key put back into the old one would stand last in it, and in the page made from it.
        monkeypatch.setattr(request, "states", states)
        monkeypatch.setattr(request, "fingerprint", fingerprint(request.shape()))

    return become
