"""The servers and databases that all other tests stand on."""

import redis
from sqlalchemy import inspect, text

from lab.broker import Broker
from models.session import engine_for


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
