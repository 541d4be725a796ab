"""The script's own way of ringing is kombu's, held against it on a real broker."""

import json
from pathlib import Path

import pytest
import redis

from commands import doorbell
from lab.broker import Broker
from settings import settings
from tasks.bell import TRANSPORT_OPTIONS, Bell, message, order_bell

BELL = order_bell("hold", "26-000017-Y.hold.1", "26-000017-Y", 7)


def with_broker(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings name this broker."""
    monkeypatch.setenv("MADOGUCHI_BROKER_URL", url)
    settings.cache_clear()


@pytest.fixture(autouse=True)
def _own_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_HOME", str(home))
    settings.cache_clear()


def test_it_leaves_what_kombu_would_leave(
    broker_url: str, broker_server: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kombu import Connection

    with_broker(broker_url, monkeypatch)
    with Connection(broker_url, transport_options=TRANSPORT_OPTIONS) as connection:
        message(BELL, connection.Producer())

    rung = doorbell.ring([BELL])

    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        ours, theirs = (json.loads(stored) for stored in client.lrange("commands", 0, -1))
    assert rung
    for envelope in (ours, theirs):
        envelope["properties"]["delivery_tag"] = "any"
    assert ours == theirs
    settings.cache_clear()


def test_several_bells_go_over_one_connection_to_their_queues(
    broker_url: str, broker_server: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_broker(broker_url, monkeypatch)

    doorbell.ring([BELL, Bell("orders.sweep", "s", "clock", {}), BELL])

    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        assert (client.llen("commands"), client.llen("clock")) == (2, 1)
    settings.cache_clear()


def test_a_password_and_a_database_number_are_said_first(monkeypatch: pytest.MonkeyPatch) -> None:
    said = doorbell._greetings("redis://script:p%40ss@localhost:6379/3")

    assert said == [("AUTH", "script", "p@ss"), ("SELECT", "3")]
    assert doorbell._greetings("redis://:word@localhost/0") == [("AUTH", "word")]


@pytest.mark.parametrize("url", ["redis+socket:///nowhere/s.sock", "redis://127.0.0.1:1/0"])
def test_a_broker_that_is_away_is_told_at_once(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_broker(url, monkeypatch)

    assert doorbell.ring([BELL]) is False
    settings.cache_clear()
