"""People who must see each other although they came together: what is decided side by side, and what in turn."""

from typing import Any

from sqlalchemy import Row, event

from services.engine.group_commit import Door
from tests.office import CLERK, LEAD, TestOffice
from tests.people import a_contact, a_person
from workflows.request.payloads import Amend, Open


def contacts(office: TestOffice, *given: Open) -> list[Row[Any]]:
    """Open these cases in one batch; return their rows."""
    tickets = [office.place("open", contact) for contact in given]
    Door(office.unit).answer(tickets[0].command_id)
    return [office.case(ticket.case) for ticket in tickets]


def test_two_requests_of_one_person_in_one_batch_know_of_each_other(office: TestOffice) -> None:
    person = a_person()

    one, other, third = contacts(office, *[a_contact(subject=person) for _ in range(3)])

    assert one.facts["linked"] == []
    assert other.facts["linked"] == [one.number]
    assert third.facts["linked"] == [one.number, other.number]
    assert third.hold is not None
    assert third.hold["code"] == "suspected_fraud"


def test_strangers_at_one_address_in_one_batch_are_held(office: TestOffice) -> None:
    home = {"postcode": "100-0001", "address": "1-1 Example, Chiyoda-ku, Tokyo"}
    given = [a_contact(subject=a_person(name=name, **home)) for name in ("Sample Anna", "Beispiel Bert")]

    first, second = contacts(office, *given)

    assert first.hold is None
    assert second.hold is not None
    assert (second.hold["code"], second.hold["with"]) == ("suspected_fraud", [first.number])


def test_an_amendment_of_people_is_seen_by_what_comes_after_it_in_the_batch(office: TestOffice) -> None:
    home = {"postcode": "100-0002", "address": "2-2 Example, Chiyoda-ku, Tokyo"}
    case = office.opened(subject=a_person(name="Sample Anna"))
    moved = office.place("amend", Amend(why="moved", subject=home), LEAD, case)
    opening = office.place("open", a_contact(subject=a_person(name="Beispiel Bert", **home)), CLERK)

    Door(office.unit).answer(moved.command_id)

    held = office.case(opening.case).hold
    assert held is not None
    assert (held["code"], held["with"]) == ("suspected_fraud", [case])


def test_what_a_batch_asks_of_other_cases_takes_as_many_statements_for_any_number(office: TestOffice) -> None:
    counts = []
    for number in (5, 25):
        tickets = [office.place("open", a_contact()) for _ in range(number)]
        asked: list[str] = []

        def count(conn: Any, cursor: Any, statement: str, *_: Any, asked: list[str] = asked) -> None:
            if "person" in statement and statement.startswith("SELECT"):
                asked.append(statement)

        event.listen(office.engine, "before_cursor_execute", count)
        Door(office.unit).answer(tickets[0].command_id)
        event.remove(office.engine, "before_cursor_execute", count)
        counts.append(len(asked))

    assert counts[0] == counts[1] == 2
