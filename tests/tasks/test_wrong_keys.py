"""Commands on names that are taken by something else, on a real broker."""

from collections.abc import Iterator

import pytest
import redis
from redis.exceptions import ResponseError

from lab.broker import Broker
from tasks.wrong_keys import ClearingClient, names


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def client(broker_server: Broker, broker_url: str, told: list[str]) -> Iterator[ClearingClient]:
    assert broker_url
    with ClearingClient(told.append, connection_pool=_pool(broker_server)) as made:
        yield made


def _pool(server: Broker) -> redis.ConnectionPool:
    return redis.ConnectionPool(connection_class=redis.UnixDomainSocketConnection, path=str(server.socket))


def test_a_command_is_said_again_when_its_name_is_cleared(client: ClearingClient, told: list[str]) -> None:
    client.set("commands", "taken")

    assert client.lpush("commands", "a message") == 1
    assert told == ["commands"]


def test_of_several_commands_only_the_names_that_are_taken_are_cleared(client: ClearingClient, told: list[str]) -> None:
    client.zadd("unacked_index", {"one": 1})
    client.set("unacked", "taken")

    together = client.pipeline()
    together.zrem("unacked_index", "two")
    together.hdel("unacked", "two")
    together.execute()

    assert told == ["unacked"]
    assert client.zcard("unacked_index") == 1


def test_a_look_within_a_transaction_makes_room_too(client: ClearingClient, told: list[str]) -> None:
    client.set("unacked", "taken")
    found = []

    def look(pipe: redis.client.Pipeline) -> None:
        found.append(pipe.hget("unacked", "one"))
        pipe.multi()
        pipe.hset("unacked", "two", "2")

    client.transaction(look, "unacked")

    assert (told, client.hget("unacked", "two"), found[-1]) == (["unacked"], b"2", None)


def test_a_script_makes_room_for_all_its_names(client: ClearingClient, told: list[str]) -> None:
    client.set("_kombu.binding.celeryev", "taken")
    client.set("_kombu.binding_deadlines", "taken")
    script = client.register_script("redis.call('SADD', KEYS[1], 'x') return redis.call('ZADD', KEYS[2], 1, 'x')")

    script(keys=["_kombu.binding.celeryev", "_kombu.binding_deadlines"])

    assert told == ["_kombu.binding.celeryev", "_kombu.binding_deadlines"]


def test_another_refusal_is_none_of_its_business(client: ClearingClient, told: list[str]) -> None:
    with pytest.raises(ResponseError, match="wrong number"):
        client.execute_command("LPUSH", "commands")

    assert told == []


def test_the_names_of_a_command() -> None:
    assert names(["LPUSH", "commands", "x"]) == ["commands"]
    assert names(["EVALSHA", "0", 2, "one", "two", "an argument"]) == ["one", "two"]
    assert names(["PING"]) == []
