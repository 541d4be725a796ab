"""The one client of orders: accepted together or not at all, rung for, waited for as long as anything comes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from sqlalchemy import Connection

from lab.broker import Broker
from models import session
from services.engine import orders
from services.engine.office import Office
from services.engine.orders import KeyTaken, Wanted
from settings import settings
from tasks.client import ONE_BY_ONE, Client
from tests.office import CLERK, LEAD, TestOffice
from tests.people import a_contact
from workflows.request.payloads import Amend

CONTACT = a_contact()


def client_of(office: TestOffice) -> Client:
    """Return a client that gives its orders in this office."""

    @contextmanager
    def writing() -> Iterator[tuple[Connection, Office]]:
        with office.writing() as db:
            yield db, office.at(db)

    return Client(writing)


def opening(key: str, by: str = CLERK) -> Wanted:
    return Wanted(key, "open", CONTACT, by, by)


def orders_in(office: TestOffice) -> int:
    return len(office.ask("SELECT 1 FROM command"))


def test_openings_and_orders_about_cases_are_accepted_in_one_call_each_with_its_case(office: TestOffice) -> None:
    case, client = office.opened(), client_of(office)
    amend = Wanted("k2", "amend", Amend(why="they called", note="a note"), CLERK, CLERK, case)

    client.accept(lambda db, here: [opening("k1"), amend, opening("k3")])

    cases = [ticket.case for ticket in client.tickets]
    assert cases[1] == case
    assert len({*cases}) == 3
    assert [ticket.transition for ticket in client.tickets] == ["open", "amend", "open"]
    assert client.waiting == client.tickets


def test_given_again_under_their_keys_they_are_the_same_orders(office: TestOffice) -> None:
    first, again = client_of(office), client_of(office)
    first.accept(lambda db, here: [opening("k1")])
    office.carry_out(first.tickets[0])

    again.accept(lambda db, here: [opening("k1"), opening("k2")])

    known, new = again.tickets
    assert (known.command_id, known.repeated, new.repeated) == (first.tickets[0].command_id, True, False)
    assert again.waiting == [new]
    outcome = again.outcome(known)
    assert outcome is not None
    assert outcome.outcome == "done"


def test_where_one_key_is_another_order_s_nothing_is_accepted(office: TestOffice) -> None:
    client_of(office).accept(lambda db, here: [opening("k1", LEAD)])
    before, client = orders_in(office), client_of(office)

    with pytest.raises(KeyTaken):
        client.accept(lambda db, here: [opening("k0"), opening("k1")])

    assert (orders_in(office), client.tickets) == (before, [])


def test_whoever_gave_an_order_before_it_is_known_and_not_waited_for(office: TestOffice) -> None:
    client_of(office).accept(lambda db, here: [opening("k1", LEAD)])
    client = client_of(office)

    known, new = client.accept_whoever_gave(lambda db, here: [opening("k1"), opening("k2")])

    assert known is not None
    assert known.repeated
    assert client.tickets == [new]


def test_a_bell_each_for_some_and_none_for_very_many(
    office: TestOffice, broker_url: str, broker_server: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MADOGUCHI_BROKER_URL", broker_url)
    settings.cache_clear()
    few, many = client_of(office), client_of(office)
    few.accept(lambda db, here: [opening("k1"), opening("k2")])
    many.follow(few.tickets[:1] * (ONE_BY_ONE + 1))

    rung = few.notify(), many.notify()

    with redis.Redis(unix_socket_path=str(broker_server.socket)) as broker:
        assert broker.llen("commands") == 2
    assert rung == (True, True)


def carry_out_slowly(office: TestOffice, ids: list[int], pause: float) -> threading.Thread:
    """Carry these orders out one after another, each after a pause; a connection belongs to one thread."""

    def work() -> None:
        own = session.engine_for(office.url)
        for order in ids:
            time.sleep(pause)
            with session.transaction(own) as db:
                orders.carry_out_one(db, order, office.at(db))
        own.dispose()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_it_waits_as_long_as_outcomes_come_and_no_longer(office: TestOffice) -> None:
    client = client_of(office)
    client.accept(lambda db, here: [opening(f"k{n}") for n in range(4)])
    *answered, never = client.tickets
    worker = carry_out_slowly(office, [ticket.command_id for ticket in answered], pause=0.6)
    seen: list[int] = []

    complete = client.wait(1.2, seen.extend)
    worker.join()

    assert not complete
    assert seen == [ticket.command_id for ticket in answered]
    assert client.waiting == [never]


def test_a_database_that_goes_away_only_delays_the_answer(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(office)
    client.accept(lambda db, here: [opening("k1")])
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://127.0.0.1:1/none")
    settings.cache_clear()
    session.forget_engines()

    assert not client.wait(0.05)
    assert client.waiting == client.tickets
