"""One cause has one effect: an order carried out twice, heard by several workers, or raced by several people."""

import threading

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from models import command
from models.history import history
from models.session import transaction
from services.engine import orders
from services.engine import transaction as engine
from services.engine.order import LostRace, Outcome
from tests.office import CLERK, LEAD, TestOffice
from tests.patient import patient_engine
from tests.people import a_contact
from workflows.request.payloads import Amend, Void, Withdraw
from workflows.request.values import ToldHow, VoidReason


def rows_of(office: TestOffice, case: str) -> list[str]:
    query = 'SELECT transition FROM history JOIN "case" c ON c.id = case_id WHERE c.number = :case ORDER BY history.seq'
    return [row.transition for row in office.ask(query, case=case)]


def test_an_order_carried_out_twice_is_one_transition_with_one_answer(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)

    once, again = office.carry_out(ticket), office.carry_out(ticket)

    assert (once.outcome, once.seq) == (again.outcome, again.seq) == ("done", 2)
    assert rows_of(office, case) == ["open", "amend"]


def at_once(office: TestOffice, tickets: list[orders.Ticket]) -> list[Outcome | Exception]:
    """Carry out orders at the same moment, each with a connection of its own."""
    start = threading.Barrier(len(tickets))
    outcomes: list[Outcome | Exception] = [LookupError("never ran")] * len(tickets)

    def one(position: int, ticket: orders.Ticket) -> None:
        own = patient_engine(office.url)
        start.wait(60)
        try:
            with transaction(own) as db:
                outcome = orders.carry_out_one(db, ticket.command_id, office.at(db))
                assert outcome is not None
                outcomes[position] = outcome
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[position] = error
        finally:
            own.dispose()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(tickets)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_one_order_heard_by_four_workers_at_once_is_one_transition(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)

    outcomes = at_once(office, [ticket] * 4)

    assert [getattr(outcome, "outcome", outcome) for outcome in outcomes] == ["done"] * 4
    assert rows_of(office, case) == ["open", "amend"]


def test_one_opening_heard_by_four_workers_at_once_opens_one_case(office: TestOffice) -> None:
    ticket = office.place("open", a_contact())

    outcomes = at_once(office, [ticket] * 4)

    assert [getattr(outcome, "outcome", outcome) for outcome in outcomes] == ["done"] * 4
    assert rows_of(office, ticket.case) == ["open"]


def test_of_people_racing_on_one_case_one_wins_and_the_others_are_told(office: TestOffice) -> None:
    for _ in range(5):
        case = office.opened()
        tickets = [
            office.place("withdraw", Withdraw(on=office.today, how=ToldHow.PHONE), CLERK, case),
            office.place("void", Void(reason=VoidReason.MISTAKE), LEAD, case),
            office.place("withdraw", Withdraw(on=office.today, how=ToldHow.POST), LEAD, case),
        ]

        outcomes = at_once(office, tickets)

        assert sorted(getattr(outcome, "outcome", str(outcome)) for outcome in outcomes) == [
            "done",
            "refused",
            "refused",
        ]
        assert len(rows_of(office, case)) == 2


def test_whoever_decides_on_an_old_look_at_the_case_loses(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="late"), case=case)
    stale = office.case(case)
    office.must(case, "amend", Amend(why="early"))

    with office.writing() as db:
        (row,) = command.by_ids(db, [ticket.command_id]).values()
        here = office.at(db)
        order = engine.order_of(row, here)
    with pytest.raises(LostRace), office.writing() as db:
        engine.carry_out(db, [order], here, locked={case: stale})

    assert rows_of(office, case) == ["open", "amend"]


def test_the_database_refuses_a_second_row_for_one_cause(office: TestOffice) -> None:
    case = office.opened()
    (row,) = office.ask('SELECT h.* FROM history h JOIN "case" c ON c.id = h.case_id WHERE c.number = :n', n=case)
    again = {**row._mapping, "seq": 2, "details": {}}

    with pytest.raises(IntegrityError), office.writing() as db:
        db.execute(insert(history), again)


def test_a_batch_that_fails_leaves_nothing_of_any_case(office: TestOffice) -> None:
    good, bad = office.opened(), office.opened()
    tickets = [office.place("amend", Amend(why="they called"), case=case) for case in (good, bad)]
    office.tamper("UPDATE command SET sealed = :junk WHERE id = :id", junk=b"\x00" * 60, id=tickets[1].command_id)

    with office.writing() as db:
        rows = list(command.by_ids(db, [ticket.command_id for ticket in tickets]).values())
    with pytest.raises(ValueError, match="sealed"), office.writing() as db:
        orders.carry_out_all(db, rows, office.at(db))

    assert rows_of(office, good) == rows_of(office, bad) == ["open"]
