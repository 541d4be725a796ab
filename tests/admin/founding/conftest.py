"""The script called in a place where nobody has founded an office yet."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import session
from settings import settings
from tests.admin.conftest import Said, Script
from tests.admin.founding.places import Calling


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Calling:
    """Call the script with exactly these variables: ``call("list", "--json", DATABASE_URL=url, CLOCK="shifted")``."""
    script = Script(capsys, tmp_path)

    def calling(*arguments: str, **variables: str) -> Said:
        for name in [name for name in os.environ if name.startswith("MADOGUCHI_") and "_TEST_" not in name]:
            monkeypatch.delenv(name)
        for name, value in {"HOME": str(home / "office"), "LANG": "en", **variables}.items():
            monkeypatch.setenv(f"MADOGUCHI_{name}", value)
        settings.cache_clear()
        session.forget_engines()
        try:
            return script(*arguments)
        finally:
            session.engine().dispose()
            settings.cache_clear()
            session.forget_engines()

    return calling


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An empty place: nothing at all, or a database of PostgreSQL's without any table."""
    if request.param == "sqlite":
        yield {}
        return
    server = request.getfixturevalue("postgres")
    url = server.create()
    yield {"DATABASE_URL": url}
    server.drop(url)
