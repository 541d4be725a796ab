"""Orders: accepted once under their key, and swept when nobody answered the bell."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from services.engine import orders
from services.engine.accepting import accept
from tests.office import CLERK, LEAD, TestOffice
from tests.people import a_contact
from tests.services.ordering import age, opening
from workflows.request.payloads import Amend


def wanted(number: str, key: str, **changes: object) -> orders.Wanted:
    order = orders.Wanted(key, "amend", Amend(why="they called", note="a note"), CLERK, CLERK, number)
    return replace(order, **changes)  # type: ignore[arg-type]  # names of fields, chosen by each test


def test_the_same_order_under_the_same_key_answers_with_the_earlier_outcome(office: TestOffice) -> None:
    case = office.opened()
    with office.writing() as db:
        first = orders.place(db, wanted(case, "k1"), case, office.at(db))
    with office.writing() as db:
        waiting = orders.known_all(db, [wanted(case, "k1")], office.at(db))["k1"]
    office.carry_out(first)

    with office.writing() as db:
        again = orders.known_all(db, [wanted(case, "k1")], office.at(db))["k1"]

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

    with pytest.raises(orders.KeyTaken):
        accept(opening(office), lambda *_: [wanted(case, "k1", **changed)])


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
        claimed = orders.claim(db, office.at(db))
    with office.writing() as db:
        meanwhile = orders.claim(db, office.at(db))

    age(office, 31, "claimed_at")
    after_the_lease = office.sweep_orders()

    assert (len(claimed), len(meanwhile)) == (1, 0)
    assert [outcome.outcome for outcome in after_the_lease] == ["done"]


def test_many_openings_swept_at_once_are_all_done(office: TestOffice) -> None:
    numbers = office.reserve(250)
    with office.writing() as db:
        given = [(orders.Wanted(f"k/{n}", "open", a_contact(), CLERK, CLERK), n) for n in numbers]
        orders.place_all(db, given, office.at(db))

    age(office, 4)
    outcomes = office.sweep_orders()

    assert sorted(outcome.case for outcome in outcomes) == sorted(numbers)
    assert {outcome.outcome for outcome in outcomes} == {"done"}


def test_an_import_waits_for_no_bell_of_its_own_and_a_bulk_step_does(office: TestOffice) -> None:
    case, numbers = office.opened(), office.reserve(3)
    with office.writing() as db:
        bulk = orders.Wanted("b/1", "amend", Amend(why="bulk"), CLERK, CLERK, case, swept=True)
        given = [(orders.Wanted(f"k/{n}", "open", a_contact(), CLERK, CLERK, swept=True), n) for n in numbers]
        orders.place_all(db, [(bulk, case), *given], office.at(db))

    at_once = office.sweep_orders()
    age(office, 4)
    later = office.sweep_orders()

    assert sorted(outcome.case for outcome in at_once) == sorted(numbers)
    assert [outcome.case for outcome in later] == [case]


def test_what_was_ordered_is_sealed_and_does_not_open_elsewhere(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    one = office.place("amend", Amend(why="for this case"), case=case)
    two = office.place("amend", Amend(why="for that case"), case=other)
    (sealed,) = office.ask("SELECT sealed FROM command WHERE id = :id", id=one.command_id)

    office.tamper("UPDATE command SET sealed = :sealed WHERE id = :id", sealed=sealed.sealed, id=two.command_id)

    assert b"for this case" not in bytes(sealed.sealed)
    with pytest.raises(ValueError, match="another case"):
        office.carry_out(two)
