"""The servers and databases that all other tests stand on."""

import os
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from sqlalchemy import Engine, event, inspect, select, text

from lab.broker import Broker
from models.case import case
from models.session import engine_for
from tests import quick


def test_a_database_of_each_kind_is_migrated_and_empty(database_url: str) -> None:
    engine = engine_for(database_url)

    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        cases = connection.execute(text('SELECT count(*) FROM "case"')).scalar()
    engine.dispose()

    assert {"case", "history", "timer", "effect", "alembic_version"} <= set(tables)
    assert cases == 0


def test_a_blank_database_has_no_table(blank_database_url: str) -> None:
    engine = engine_for(blank_database_url)

    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
    engine.dispose()

    assert tables == []


def test_what_one_test_writes_the_next_does_not_see(database_url: str, broker_url: str, broker_server: Broker) -> None:
    # Both parameters of this test run this same line; the second finds what the first left, if anything is left.
    client = redis.Redis(unix_socket_path=str(broker_server.socket))
    engine = engine_for(database_url)

    with engine.begin() as connection:
        found = "mark" in inspect(connection).get_table_names()
        connection.execute(text("CREATE TABLE mark (n integer)"))
    left = client.dbsize()
    client.set("mark", "1")
    engine.dispose()

    assert broker_url == broker_server.url
    assert not found
    assert left == 0


def test_of_two_databases_of_a_kind_the_second_finds_what_the_first_has_compiled(database_url: str, home: Path) -> None:
    statement = select(case.c.number).where(case.c.state == "contacted", case.c.owner == str(home))
    hits = []

    def noted(_connection: object, _cursor: object, _text: str, _values: object, context: Any, _many: bool) -> None:
        if context.compiled:  # BEGIN is not
            hits.append(context.cache_hit.name)

    event.listen(Engine, "before_cursor_execute", noted)
    for _ in range(2):
        engine = engine_for(database_url)
        with engine.connect() as connection:
            assert connection.execute(statement).all() == []
        engine.dispose()
    event.remove(Engine, "before_cursor_execute", noted)

    assert hits == ["CACHE_MISS", "CACHE_HIT"]


def test_files_lie_in_memory_only_where_there_is_room_and_nobody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(quick, "MEMORY", tmp_path / "none")

    quick.files_in_memory()
    nowhere = os.environ.get("TMPDIR")
    monkeypatch.setattr(quick, "MEMORY", tmp_path)
    monkeypatch.setattr(quick, "room_in", lambda _: quick.ENOUGH - 1)
    quick.files_in_memory()
    too_small = os.environ.get("TMPDIR")
    monkeypatch.setattr(quick, "room_in", lambda _: quick.ENOUGH)
    quick.files_in_memory()
    enough = os.environ["TMPDIR"]
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    quick.files_in_memory()

    assert (nowhere, too_small, enough) == (None, None, str(tmp_path))
    assert os.environ["TMPDIR"] == "/elsewhere"


@pytest.mark.parametrize("hands", [1, 2, 3, 5])
def test_each_test_is_dealt_once_and_what_waits_for_processes_comes_first(hands: int) -> None:
    tests: list[Any] = [SimpleNamespace(fixturenames=["desk"] if n % 10 == 0 else ["office"], n=n) for n in range(100)]

    order = quick.dealt(tests, hands)

    assert Counter(one.n for one in order) == Counter(range(100))
    parts = [order[100 * hand // hands : 100 * (hand + 1) // hands] for hand in range(hands)]
    waiting = [["desk" in one.fixturenames for one in part] for part in parts]
    assert all(one == sorted(one, reverse=True) for one in waiting)
    busy = 2 if hands > 3 else min(1, hands - 1)
    assert [sum(one) > 0 for one in waiting] == [True] * (hands - busy) + [False] * busy


def test_a_long_test_is_begun_before_the_short_ones_of_its_part() -> None:
    long = SimpleNamespace(fixturenames=[], own_markers=[SimpleNamespace(name="timeout", args=(600,))])
    tests: list[Any] = [*(SimpleNamespace(fixturenames=["desk"], n=n) for n in range(20)), long]

    order = quick.dealt(tests, 1)

    assert order[0] is long
    assert [one.n for one in order[1:]] == list(range(20))


def test_what_is_compiled_is_kept_even_where_the_shell_forbids_it() -> None:
    assert not sys.dont_write_bytecode
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
