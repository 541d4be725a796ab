"""Neighbours in a batch: nobody loses a word, waits long or is given up because of whoever came with it."""

from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from models.keys import KeyMissing
from models.limits import Limits
from models.session import engine_for
from services.engine import orders, sweep, transaction
from services.engine.group_commit import Door, Taken
from services.engine.orders import Wanted, place
from tests import checker
from tests.office import CLERK, TestOffice
from tests.people import a_contact
from tests.services.test_group_commit import Killed, amendments, opened, stored
from tests.services.test_second_procedure import A_THING, WAYS
from workflows import registry

MOMENTS = ("placed_at", "claimed_at", "not_before", "troubled_at")


def pass_time(office: TestOffice, seconds: int) -> None:
    """Let time pass for all that waiting orders carry."""
    if office.engine.dialect.name == "postgresql":
        said = ", ".join(f"{c} = {c} - interval '{seconds} seconds'" for c in MOMENTS)
    else:
        said = ", ".join(f"{c} = strftime('%Y-%m-%d %H:%M:%f000', {c}, '-{seconds} seconds')" for c in MOMENTS)
    office.tamper(f"UPDATE command SET {said} WHERE outcome IS NULL")  # noqa: S608 - our own words


@pytest.mark.parametrize("with_a_note", [(0,), (1, 2), (3,)])
def test_a_first_contact_s_note_is_kept_whoever_stands_first_in_the_batch(office: TestOffice, with_a_note: Any) -> None:
    contacts = [a_contact(**({"note": "what she said"} if n in with_a_note else {})) for n in range(4)]
    tickets = [office.place("open", contact) for contact in contacts]
    Door(office.unit).answer(tickets[0].command_id)
    assert [office.case(t.case).matter is not None for t in tickets] == [n in with_a_note for n in range(4)]


def test_the_same_in_an_import(office: TestOffice) -> None:
    numbers = office.reserve(6)
    with office.writing() as db:
        some = [(Wanted(f"m/{n}", "open", a_contact(**({"note": "x"} if i else {})), CLERK, CLERK, swept=True), n)
                for i, n in enumerate(numbers)]  # fmt: skip
        orders.place_all(db, some, office.at(db))
    pass_time(office, 4)
    office.sweep_orders()
    assert [office.case(n).matter is not None for n in numbers] == [False] + [True] * 5


def test_rights_of_a_request_opened_beside_another_procedure_s_case(monkeypatch: Any, office: TestOffice) -> None:
    monkeypatch.setitem(registry.HOMES, "toy", ("tests.toy", "tests.toy"))
    monkeypatch.setitem(checker.WAYS, "toy", WAYS)
    (thing,) = office.reserve(prefix="T")
    with office.writing() as db:
        first = place(db, Wanted("k", "hand_in", A_THING, CLERK, CLERK), thing, office.at(db))
    tickets = [office.place("open", a_contact(note="x")) for _ in range(3)]
    Door(office.unit).answer(first.command_id)
    assert {office.case(t.case).rights for t in tickets} == {",disclosure,"}


def test_three_orders_in_trouble_keep_no_others_waiting(office: TestOffice, monkeypatch: Any) -> None:
    tickets = amendments(office, opened(office, 12))
    missing, get = {t.case for t in tickets[:3]}, type(office.keys).get

    def in_part(self: Any, case: str) -> Any:
        if case in missing:
            raise KeyMissing("keys.missing", case=case)
        return get(self, case)

    monkeypatch.setattr(type(office.keys), "get", in_part)
    with pytest.raises(KeyMissing):
        Door(office.unit).answer(tickets[0].command_id)  # the bells of the others: Taken, elsewhere
    for _ in range(20):
        pass_time(office, 70)
        office.sweep_orders()
    assert [stored(office, t).outcome for t in tickets[3:]] == ["done"] * 9


def test_an_order_its_workers_die_of_takes_no_neighbour_with_it(office: TestOffice, monkeypatch: Any) -> None:
    tickets = amendments(office, opened(office, 10))
    decided = transaction._decided

    def killing(order: Any, *rest: Any) -> Any:
        if order.command_id == tickets[2].command_id:
            raise Killed
        return decided(order, *rest)

    monkeypatch.setattr(transaction, "_decided", killing)
    for n in range(5):
        with suppress(Killed):
            Door(office.unit).answer(tickets[0].command_id) if n == 0 else office.sweep_orders()
        pass_time(office, 40)
    assert [stored(office, t).outcome for t in tickets] == ["done"] * 2 + ["set_aside"] + ["done"] * 7


def test_a_person_s_order_without_a_bell_goes_before_an_import(office: TestOffice, monkeypatch: Any) -> None:
    monkeypatch.setattr(orders, "BATCH", 5)
    numbers = office.reserve(30)
    with office.writing() as db:
        some = [(Wanted(f"m/{n}", "open", a_contact(), CLERK, CLERK, swept=True), n) for n in numbers]
        orders.place_all(db, some, office.at(db))
    (own,) = amendments(office, opened(office, 1))
    pass_time(office, 4)

    def go_on() -> bool:
        with office.writing() as db:
            return not orders.people_wait(db)

    turns = 0
    while stored(office, own).outcome is None:
        orders.sweep(office.unit, go_on)
        turns += 1
    assert turns == 1


def test_what_a_dead_sweep_had_in_hand_is_answered_soon(office: TestOffice) -> None:
    (ticket,) = amendments(office, opened(office, 1))
    pass_time(office, 4)  # a rush: its bell is four seconds old, and the sweep claims it
    with office.writing() as db:
        orders.claim(db, office.at(db))  # and its worker dies
    pass_time(office, 6)
    with pytest.raises(Taken):
        Door(office.unit).answer(ticket.command_id)  # the message is used up
    waited = 6
    while not office.sweep_orders():
        pass_time(office, 2)
        waited += 2
    assert waited <= 10


def test_a_debt_that_waits_for_a_lock_keeps_no_other_order_waiting(office: TestOffice, monkeypatch: Any) -> None:
    if office.engine.dialect.name != "postgresql":
        pytest.skip("row locks")
    *tickets, own = amendments(office, opened(office, 5))
    monkeypatch.setattr(sweep, "_owed", [])
    monkeypatch.setattr(sweep, "_not_before", [0.0])
    psql = office.engine.connect()
    impatient = engine_for(office.url, Limits(lock=1, statement=120, idle=300))  # who waits for the lock gives up
    monkeypatch.setattr(office, "engine", impatient)
    carry, locked = orders.carry_out_all, list[int]()

    def then_locked(db: Any, rows: Any, here: Any) -> Any:
        if not locked:  # between the claim and the work somebody's psql takes one of the orders, and goes to lunch
            psql.exec_driver_sql("SELECT 1 FROM command WHERE id = %s FOR UPDATE", (tickets[1].command_id,))
            locked.append(tickets[1].command_id)
        return carry(db, rows, here)

    monkeypatch.setattr(orders, "carry_out_all", then_locked)
    for ticket in (tickets[0], own, tickets[3]):
        with suppress(OperationalError, Taken):
            Door(office.unit).answer(ticket.command_id)
    pass_time_but(office, tickets[1].command_id)
    office.sweep_orders()
    left = [stored(office, ticket).outcome for ticket in (*tickets, own)]
    psql.rollback()
    psql.close()
    impatient.dispose()

    assert left == ["done", None, "done", "done", "done"]


def pass_time_but(office: TestOffice, one: int) -> None:
    """Let an hour pass for all orders that wait but one, which is locked."""
    office.tamper(
        "UPDATE command SET placed_at = placed_at - interval '1 hour', claimed_at = NULL, not_before = NULL"
        " WHERE outcome IS NULL AND id <> :one",
        one=one,
    )
