"""The kinds of trouble, told apart by real errors of real servers and of the operating system."""

import errno
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from models.driver import sqlite_driver
from models.keys import KeyDestroyed, KeyMissing, KeystoreBusy, SealBroken
from models.session import engine_for
from models.wrapping import KeystoreDamaged
from services.engine.order import LostRace
from services.engine.trouble import Kind, Newer, Poison, fault, kind_of
from services.engine.versions import OlderDefinition
from tests.patient import patient_engine


def error_of(deed: Callable[[], Any]) -> BaseException:
    with pytest.raises(DBAPIError) as raised:
        deed()
    return raised.value


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as db:
        for statement in statements:
            db.execute(text(statement))


def test_whatever_a_busy_server_says_passes(postgres_url: str) -> None:
    one, two = engine_for(postgres_url), engine_for(postgres_url)
    found = {}
    with one.begin() as holding:
        holding.execute(text("LOCK TABLE counter"))
        for name in ("lock_timeout", "statement_timeout"):
            waiting = (f"SET LOCAL {name} = 20", "SELECT * FROM counter")
            found[name] = error_of(lambda waiting=waiting: run(two, *waiting))  # type: ignore[misc]
    found["readonly"] = error_of(lambda: run(two, "SET TRANSACTION READ ONLY", "INSERT INTO counter VALUES ('x', 1)"))
    found["killed"] = error_of(lambda: run(two, "SELECT pg_terminate_backend(pg_backend_pid())"))
    found["no table yet"] = error_of(lambda: run(two, "SELECT * FROM of_the_next_release"))
    nobody = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none", connect_args={"connect_timeout": 1})
    found["away"] = error_of(lambda: run(nobody, "SELECT 1"))
    one.dispose()
    two.dispose()

    assert {name: kind_of(error) for name, error in found.items()} == dict.fromkeys(found, Kind.TRANSIENT)


def test_a_deadlock_passes(postgres_url: str) -> None:
    engines = [patient_engine(postgres_url) for _ in range(2)]
    run(engines[0], "INSERT INTO counter VALUES ('a', 1), ('b', 1)")
    barrier, errors = threading.Barrier(2), list[BaseException]()

    def lock(engine: Engine, first: str, then: str) -> None:
        try:
            with engine.begin() as db:
                for name in (first, then):
                    db.execute(text("UPDATE counter SET value = 2 WHERE name = :name"), {"name": name})
                    if name == first:
                        barrier.wait(60)
        except DBAPIError as error:
            errors.append(error)

    threads = [
        threading.Thread(target=lock, args=(engine, *names))
        for engine, names in zip(engines, (("a", "b"), ("b", "a")), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for engine in engines:
        engine.dispose()

    assert [kind_of(error) for error in errors] == [Kind.TRANSIENT]


def test_a_busy_read_only_or_missing_file_passes_and_a_wrong_value_does_not(sqlite_url: str, tmp_path: Path) -> None:
    def engine(url: str) -> Engine:
        return create_engine(url, module=sqlite_driver(), connect_args={"timeout": 0})

    holding = engine(sqlite_url).connect()
    holding.exec_driver_sql("BEGIN IMMEDIATE")
    busy = error_of(lambda: run(engine(sqlite_url), "INSERT INTO counter VALUES ('x', 1)"))
    holding.close()
    no_table = error_of(lambda: run(engine(sqlite_url), "SELECT * FROM of_the_next_release"))
    absent = error_of(lambda: run(engine(f"sqlite:///{tmp_path}/no/folder.db"), "SELECT 1"))
    wrong = error_of(lambda: run(engine(sqlite_url), "INSERT INTO counter VALUES (NULL, NULL)"))
    nonsense = error_of(lambda: run(engine(sqlite_url), "SELEKT"))

    assert [kind_of(error) for error in (busy, no_table, absent)] == [Kind.TRANSIENT] * 3
    assert [kind_of(error) for error in (wrong, nonsense)] == [Kind.POISON] * 2


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENOTDIR, errno.EACCES, errno.EMFILE]
)
def test_what_the_operating_system_refuses_passes_and_its_number_is_told(number: int) -> None:
    found = fault(OSError(number, "somewhere"))

    assert found.kind is Kind.TRANSIENT
    assert errno.errorcode[number] in found.text
    assert "somewhere" not in found.text


@pytest.mark.parametrize(
    ("error", "kind", "at_once"),
    [
        (KeystoreBusy("locked"), Kind.TRANSIENT, False),
        (KeystoreDamaged("no kek"), Kind.TRANSIENT, False),
        (KeyMissing("not mounted"), Kind.TRANSIENT, False),
        (KeyDestroyed("erased"), Kind.POISON, True),
        (SealBroken("altered"), Kind.POISON, True),
        (Poison(), Kind.POISON, True),
        (LostRace(), Kind.TRANSIENT, False),
        (Newer(), Kind.NEWER, False),
        (OlderDefinition(), Kind.NEWER, False),
        (ConnectionResetError(), Kind.TRANSIENT, False),
        (TimeoutError(), Kind.TRANSIENT, False),
        (MemoryError(), Kind.TRANSIENT, False),
        (ValueError("a word nobody knows"), Kind.POISON, False),
        (KeyError("levitation"), Kind.POISON, False),
        (OSError("a library's own"), Kind.POISON, False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_nobody_foresaw_is_poison_and_may_be_tried_again(error: Exception, kind: Kind, at_once: bool) -> None:
    found = fault(error)

    assert (found.kind, found.at_once) == (kind, at_once)


def test_a_broker_that_is_away_passes() -> None:
    import redis
    from kombu.exceptions import OperationalError

    assert kind_of(redis.exceptions.ConnectionError()) is Kind.TRANSIENT
    assert kind_of(OperationalError()) is Kind.TRANSIENT
