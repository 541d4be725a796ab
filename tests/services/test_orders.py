"""Orders: accepted once under their key, swept when nobody answered the bell, set aside when they are poison."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from models import command
from models.session import engine_for
from services import orders
from services.order import LostRace
from tests.office import CLERK, LEAD, TestOffice, a_contact
from workflows.payloads import Amend


def age(office: TestOffice, seconds: float, column: str = "placed_at") -> None:
    """Let that much time pass for the orders that wait."""
    then = datetime.now(UTC) - timedelta(seconds=seconds)
    moment = then if office.engine.dialect.name == "postgresql" else then.strftime("%Y-%m-%d %H:%M:%S.%f")
    waits = "outcome IS NULL AND (:column = 'placed_at' OR claimed_at IS NOT NULL)"
    office.tamper(f"UPDATE command SET {column} = :then WHERE {waits}", then=moment, column=column)  # noqa: S608


def wanted(number: str, key: str, **changes: object) -> orders.Wanted:
    order = orders.Wanted(key, "amend", Amend(why="they called", note="a note"), CLERK, CLERK, number)
    return replace(order, **changes)  # type: ignore[arg-type]  # names of fields, chosen by each test


def test_the_same_order_under_the_same_key_answers_with_the_earlier_outcome(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        first = orders.place(db, wanted(case, "k1"), case, office.at(db))
    with office.writing() as db:
        waiting = orders.known(db, wanted(case, "k1"), office.at(db))
    office.carry_out(first)

    with office.writing() as db:
        again = orders.known(db, wanted(case, "k1"), office.at(db))

    assert waiting is not None
    assert again is not None
    assert (waiting.repeated, waiting.earlier) == (True, None)
    assert (again.command_id, again.repeated) == (first.command_id, True)
    assert again.earlier is not None
    assert (again.earlier.outcome, again.earlier.seq) == ("done", 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"actor": LEAD},
        {"staff": LEAD},
        {"case": "26-000999-0"},
        {"transition": "withdraw"},
        {"payload": Amend(why="they called", note="another note")},
    ],
    ids=["actor", "staff", "case", "transition", "payload"],
)
def test_a_key_used_for_anything_else_is_refused(office: TestOffice, changed: dict[str, object]) -> None:
    case = office.opened()
    with office.writing() as db:
        orders.place(db, wanted(case, "k1"), case, office.at(db))

    with pytest.raises(orders.KeyTaken), office.writing() as db:
        orders.known(db, wanted(case, "k1", **changed), office.at(db))


def test_two_people_cannot_use_one_key_at_the_same_moment(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        orders.place(db, wanted(case, "k1"), case, office.at(db))

    with pytest.raises(IntegrityError), office.writing() as db:
        orders.place(db, wanted(case, "k1", actor=LEAD), case, office.at(db))


def test_the_sweep_leaves_an_order_to_its_bell_for_three_seconds(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)

    at_once = office.sweep_orders()
    age(office, 4)
    later = office.sweep_orders()

    assert at_once == []
    assert [(outcome.case, outcome.outcome) for outcome in later] == [(case, "done")]
    assert office.carry_out(ticket).seq == 2


def test_the_sweep_keeps_the_order_in_which_orders_were_given(office: TestOffice) -> None:
    number = office.reserve()[0]
    office.place("open", a_contact(), case=number)
    for n in range(4):
        office.place("amend", Amend(why=f"call {n}"), case=number)

    age(office, 4)
    outcomes = office.sweep_orders()

    assert [(outcome.transition, outcome.seq) for outcome in outcomes] == [
        ("open", 1),
        *[("amend", n) for n in (2, 3, 4, 5)],
    ]


def test_a_claimed_order_is_left_alone_until_its_lease_is_over(office: TestOffice) -> None:
    office.place("open", a_contact())
    age(office, 4)
    with office.writing() as db:
        claimed = orders.claim(db)
    with office.writing() as db:
        meanwhile = orders.claim(db)

    age(office, 31, "claimed_at")
    after_the_lease = office.sweep_orders()

    assert (len(claimed), len(meanwhile)) == (1, 0)
    assert [outcome.outcome for outcome in after_the_lease] == ["done"]


def test_a_poison_order_is_tried_three_times_and_set_aside_while_others_go_on(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    poison = office.place("amend", Amend(why="they called"), case=case)
    office.tamper("UPDATE command SET sealed = :junk WHERE id = :id", junk=b"\x00" * 60, id=poison.command_id)

    done = []
    for n in range(3):
        office.place("amend", Amend(why=f"call {n}"), case=other)
        age(office, 31)
        age(office, 31, "claimed_at")
        done += office.sweep_orders()

    (row,) = office.ask("SELECT outcome, attempts, reasons FROM command WHERE id = :id", id=poison.command_id)
    (told,) = office.ask("SELECT kind, case_number, subject, fault FROM incident")
    assert [outcome.case for outcome in done] == [other] * 3
    assert (row.outcome, row.attempts) == ("set_aside", 3)
    assert (told.kind, told.case_number, told.subject) == ("order", case, f"amend #{poison.command_id}")
    assert "they called" not in told.fault
    assert "SealBroken" in told.fault


def test_an_order_whose_worker_died_three_times_is_set_aside_too(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    for _ in range(3):
        age(office, 31)
        age(office, 31, "claimed_at")
        with office.writing() as db:
            assert len(orders.claim(db)) == 1  # and then its worker is killed

    age(office, 31, "claimed_at")
    office.sweep_orders()

    (row,) = office.ask("SELECT outcome FROM command WHERE transition = 'amend'")
    assert row.outcome == "set_aside"
    assert office.must(case, "amend", Amend(why="again")).seq == 2


def test_an_order_for_a_case_that_was_never_opened_is_set_aside_and_not_lost(office: TestOffice) -> None:
    number = office.reserve()[0]
    office.place("amend", Amend(why="they called"), case=number)

    for _ in range(3):
        age(office, 31)
        age(office, 31, "claimed_at")
        office.sweep_orders()

    (row,) = office.ask("SELECT outcome FROM command")
    assert row.outcome == "set_aside"


def test_many_openings_swept_at_once_are_all_done(office: TestOffice) -> None:
    numbers = office.reserve(250)
    with office.writing() as db:
        given = [(orders.Wanted(f"k/{n}", "open", a_contact(), CLERK, CLERK), n) for n in numbers]
        orders.place_all(db, given, office.at(db))

    age(office, 4)
    outcomes = office.sweep_orders()

    assert sorted(outcome.case for outcome in outcomes) == sorted(numbers)
    assert {outcome.outcome for outcome in outcomes} == {"done"}


def test_what_was_ordered_is_sealed_and_does_not_open_elsewhere(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    one = office.place("amend", Amend(why="for this case"), case=case)
    two = office.place("amend", Amend(why="for that case"), case=other)
    (sealed,) = office.ask("SELECT sealed FROM command WHERE id = :id", id=one.command_id)

    office.tamper("UPDATE command SET sealed = :sealed WHERE id = :id", sealed=sealed.sealed, id=two.command_id)

    assert b"for this case" not in bytes(sealed.sealed)
    with pytest.raises(ValueError, match="another case"):
        office.carry_out(two)


# -- an outcome is written once, and whoever comes too late notices ---------------------------------------------------


def test_a_worker_that_stood_still_while_its_order_was_set_aside_changes_nothing(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home)
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    elsewhere = engine_for(postgres_url)

    @event.listens_for(office.engine, "before_cursor_execute")
    def stand_still(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE command SET outcome"):
            with elsewhere.begin() as db:
                row = command.by_ids(db, [ticket.command_id])[ticket.command_id]
                orders.set_aside(db, row, "tried too often", office.at(db).now)

    with pytest.raises(LostRace):
        office.carry_out(ticket)

    with office.engine.connect() as db:
        told = orders.answer_of(db, ticket.command_id)
    assert told is not None
    assert (told.outcome, office.case(case).seq) == ("set_aside", 1)
    assert len(office.ask("SELECT 1 FROM incident")) == 1
    elsewhere.dispose()
    office.close()


def test_setting_aside_what_was_answered_meanwhile_does_nothing(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    with office.writing() as db:
        stale = command.by_ids(db, [ticket.command_id])[ticket.command_id]
    office.carry_out(ticket)

    with office.writing() as db:
        orders.set_aside(db, stale, "tried too often", office.at(db).now)

    (row,) = office.ask("SELECT outcome FROM command WHERE id = :id", id=ticket.command_id)
    assert row.outcome == "done"
    assert office.ask("SELECT 1 FROM incident") == []


# -- what was altered in the database --------------------------------------------------------------------------------


def test_an_altered_order_is_set_aside_at_once_and_the_others_of_its_batch_go_on(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    altered = office.place("amend", Amend(why="they called"), case=case)
    sound = office.place("amend", Amend(why="they called"), case=other)
    office.tamper("UPDATE command SET staff = 'kudo' WHERE id = :id", id=altered.command_id)
    age(office, 4)

    outcomes = {outcome.case: outcome for outcome in office.sweep_orders()}
    again = office.carry_out(altered)

    (told,) = office.ask("SELECT kind, case_number, subject, fault FROM incident")
    assert {number: outcome.outcome for number, outcome in outcomes.items()} == {case: "set_aside", other: "done"}
    assert again.outcome == "set_aside"
    assert (told.kind, told.case_number, told.subject) == ("order", case, f"amend #{altered.command_id}")
    assert told.fault.startswith("OrderAltered")
    assert (office.case(case).seq, office.case(other).seq, sound.repeated) == (1, 2, False)


@pytest.mark.parametrize("column", ["actor", "staff", "login", "transition", "fingerprint"])
def test_whatever_is_altered_of_an_order_it_is_not_carried_out(office: TestOffice, column: str) -> None:
    case = office.opened()
    altered = office.place("amend", Amend(why="they called"), case=case)
    office.tamper(f"UPDATE command SET {column} = 'withdraw' WHERE id = :id", id=altered.command_id)  # noqa: S608

    outcome = office.carry_out(altered)

    assert (outcome.outcome, [reason.code for reason in outcome.reasons]) == ("set_aside", ["set_aside"])
    assert office.case(case).seq == 1
