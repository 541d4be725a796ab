"""The one client of orders: accepted together or not at all, rung for, waited for as long as anything comes."""

from collections.abc import Callable, Iterator
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
from tests.admin.conftest import on_both
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


class Clock:
    """The time of a client that waits: it goes on while the client sleeps, and then alone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self._due, self._pause = 0.0, float("inf"), 0.0
        self._deed: Callable[[], object] = list
        monkeypatch.setattr("tasks.client.time", self)

    def every(self, seconds: float, deed: Callable[[], object]) -> None:
        """Do this again and again, so many seconds after the time before."""
        self._due, self._pause, self._deed = self.now + seconds, seconds, deed

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.now >= self._due:
            self._due = self.now + self._pause
            self._deed()


def test_it_waits_as_long_as_outcomes_come_and_no_longer(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(office)
    client.accept(lambda db, here: [opening(f"k{n}") for n in range(4)])
    *answered, never = client.tickets
    seen: list[int] = []
    clock = Clock(monkeypatch)

    def one_more() -> None:
        if ids := [ticket.command_id for ticket in answered if ticket.command_id not in seen]:
            with office.writing() as db:
                orders.carry_out_one(db, ids[0], office.at(db))

    clock.every(0.9, one_more)
    complete = client.wait(1.2, seen.extend)  # short: by the clock above

    assert not complete
    assert seen == [ticket.command_id for ticket in answered]
    assert client.waiting == [never]
    assert clock.now == pytest.approx(3 * 0.9 + 1.2, abs=0.1)  # it waits for the last as long as for each


@on_both
def test_a_database_that_goes_away_only_delays_the_answer(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(office)
    client.accept(lambda db, here: [opening("k1")])
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://127.0.0.1:1/none")
    settings.cache_clear()
    session.forget_engines()

    assert not client.wait(0.05)  # short: no outcome can come
    assert client.waiting == client.tickets
