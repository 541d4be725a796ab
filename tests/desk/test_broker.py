import os
import stat
from pathlib import Path

import pytest
import redis

from desk import broker
from desk.broker import BrokerMissing
from lab.broker import Broker
from settings import LONGEST_SOCKET_PATH, Settings, load


def client(server: Broker) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(server.socket))


def test_it_answers_as_soon_as_it_is_there_and_only_to_its_owner(house: Settings) -> None:
    with Broker(house) as server:
        folder = server.socket.parent.stat()

        assert client(server).ping()
        assert stat.S_IMODE(folder.st_mode) == 0o700
        assert client(server).config_get("port") == {"port": "0"}
        assert client(server).config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_what_was_queued_survives_a_restart(house: Settings) -> None:
    with Broker(house) as server:
        client(server).lpush("commands", "a bell")

        server.restart()

        assert client(server).lrange("commands", 0, -1) == [b"a bell"]


def test_a_home_too_deep_for_a_socket_gets_a_private_folder_that_every_process_finds(home: Path) -> None:
    deep = home / ("x" * 120)
    with Broker(load({"MADOGUCHI_HOME": str(deep)})) as server:
        seen_by_others = load({"MADOGUCHI_HOME": str(deep)})

        assert client(server).ping()
        assert seen_by_others.broker_url == server.url
        assert len(os.fsencode(server.socket)) <= LONGEST_SOCKET_PATH
        assert stat.S_IMODE(server.socket.parent.stat().st_mode) == 0o700
    server.socket.parent.rmdir()


def test_a_folder_that_others_could_enter_is_not_used_for_the_socket(home: Path) -> None:
    deep = home / ("x" * 120)
    folder = deep / "var" / "broker"
    folder.mkdir(parents=True)
    open_to_all = home / "open"
    open_to_all.mkdir(mode=0o777)
    open_to_all.chmod(0o777)
    (folder / "elsewhere").write_text(str(open_to_all), encoding="utf-8")

    program = broker.program(load({"MADOGUCHI_HOME": str(deep)}))
    socket = Path(program.command[program.command.index("--unixsocket") + 1])

    assert socket.parent != open_to_all
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    socket.parent.rmdir()


def test_without_a_server_it_says_what_would_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(BrokerMissing, match="MADOGUCHI_BROKER_URL"):
        broker.server()


def test_a_server_on_the_path_serves_where_the_wheel_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    server = tmp_path / "redis-server"
    server.touch(mode=0o755)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert broker.server() == server
