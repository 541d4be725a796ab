"""Orders in trouble: set aside when they are poison or altered, kept waiting while what is wrong may pass."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import OperationalError

from models import case as cases
from models import command
from models.keys import CaseKey, Keys
from models.session import engine_for, transaction
from services.engine import dead_letters, orders
from services.engine.order import LostRace
from services.engine.sweep import pay
from services.engine.trouble import Fault, Kind
from services.reports import health
from tests.office import LEAD, TestOffice
from tests.patient import patient_engine
from tests.people import a_contact
from tests.services.ordering import age, moment
from tests.trouble import BusyKeys, keys_away, let_backoff_pass
from workflows.request.payloads import Amend


def test_an_order_that_can_never_work_is_set_aside_at_once_while_others_go_on(office: TestOffice) -> None:
    case, other = office.opened(), office.opened()
    poison = office.place("amend", Amend(why="they called"), case=case)
    office.tamper("UPDATE command SET sealed = :junk WHERE id = :id", junk=b"\x00" * 60, id=poison.command_id)
    office.place("amend", Amend(why="they called"), case=other)

    age(office, 31)
    done = office.sweep_orders()

    (row,) = office.ask("SELECT outcome, attempts, reasons FROM command WHERE id = :id", id=poison.command_id)
    (told,) = office.ask("SELECT kind, case_number, subject, fault FROM incident")
    assert [outcome.case for outcome in done] == [other]
    assert (row.outcome, row.attempts) == ("set_aside", 1)
    assert (told.kind, told.case_number, told.subject) == ("order", case, f"amend #{poison.command_id}")
    assert "they called" not in told.fault
    assert "SealBroken" in told.fault


def test_an_order_that_was_set_aside_is_carried_out_when_it_is_brought_back(office: TestOffice) -> None:
    case = office.opened()
    poison = office.place("amend", Amend(why="they called"), case=case)
    (kept,) = office.ask("SELECT sealed FROM command WHERE id = :id", id=poison.command_id)
    office.tamper("UPDATE command SET sealed = :junk WHERE id = :id", junk=b"\x00" * 60, id=poison.command_id)
    age(office, 31)
    office.sweep_orders()
    office.tamper("UPDATE command SET sealed = :sealed WHERE id = :id", sealed=kept.sealed, id=poison.command_id)

    with office.writing() as db:
        dead = dead_letters.of_order(db, poison.command_id)
        brought = [dead_letters.requeue(db, office.at(db), dead, LEAD, "the row is mended") for _ in range(2)]
    outcomes = office.sweep_orders()

    assert [[one.name for one in found] for found in brought] == [[f"#{poison.command_id}"], []]
    assert [(outcome.case, outcome.outcome) for outcome in outcomes] == [(case, "done")]
    assert office.ask("SELECT requeued FROM command WHERE id = :id", id=poison.command_id)[0].requeued == 1
    assert office.ask("SELECT 1 FROM incident WHERE closed_at IS NULL") == []
    assert len(office.ask("SELECT 1 FROM office_event WHERE what = 'requeued'")) == 1


def test_keys_that_are_busy_let_orders_wait_however_long_it_lasts(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    age(office, 31)
    with keys_away(office):
        for _ in range(6):
            assert office.sweep_orders() == []
            let_backoff_pass(office)
        (waits,) = office.ask("SELECT outcome, tries, trouble FROM command WHERE transition = 'amend'")

    outcomes = office.sweep_orders()

    assert (waits.outcome, waits.tries) == (None, 0)
    assert "KeystoreBusy" in waits.trouble
    assert [outcome.outcome for outcome in outcomes] == ["done"]
    assert office.ask("SELECT 1 FROM incident") == []


def test_what_waits_for_trouble_to_pass_is_not_tried_before_its_time_and_is_seen_in_status(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    age(office, 31)
    with keys_away(office):
        office.sweep_orders()

    too_early = office.sweep_orders()
    with office.writing() as db:
        found = {one.name: one for one in health.checks(db, office.at(db), office.settings, None)}

    assert too_early == []
    assert (found["orders"].ok, found["orders"].detail.code) == (False, "health.troubled")


def test_one_order_of_many_that_has_to_wait_does_not_keep_the_others(office: TestOffice) -> None:
    numbers = [office.opened() for _ in range(4)]
    for number in numbers:
        office.place("amend", Amend(why="they called"), case=number)
    age(office, 31)

    class OneKeyAway(BusyKeys):
        def get(self, case: str) -> CaseKey:
            return super().get(case) if case == numbers[1] else Keys.get(self, case)

    here = office.keys
    office.keys = OneKeyAway(here.folder)
    outcomes = office.sweep_orders()
    office.keys = here
    let_backoff_pass(office)
    later = office.sweep_orders()

    assert sorted(outcome.case for outcome in outcomes) == sorted({*numbers} - {numbers[1]})
    assert [outcome.case for outcome in later] == [numbers[1]]


def test_a_worker_whose_database_went_away_takes_its_try_back_when_it_returns(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    age(office, 31)
    left = [0]

    @contextmanager
    def going_away() -> Iterator[Connection]:
        left[0] += 1
        if left[0] > 1:  # the claim goes through, and then nothing does
            raise OperationalError("", {}, ConnectionError(), connection_invalidated=True)
        with office.writing() as db:
            yield db

    for _ in range(4):
        left[0] = 0
        with pytest.raises(OperationalError):
            orders.sweep(replace(office.unit, begin=going_away))
        pay(office.unit)
        let_backoff_pass(office)
    outcomes = office.sweep_orders()

    assert [outcome.outcome for outcome in outcomes] == ["done"]
    assert office.ask("SELECT 1 FROM incident") == []


def test_an_order_about_a_case_that_is_still_to_be_opened_waits_for_its_opening(office: TestOffice) -> None:
    number = office.reserve()[0]
    opening = office.place("open", a_contact(), case=number)
    office.place("amend", Amend(why="they called"), case=number)
    age(office, 31)
    office.tell("UPDATE command SET claimed_at = :now WHERE id = :id", now=moment(office, 0), id=opening.command_id)

    waiting = office.sweep_orders()
    (row,) = office.ask("SELECT outcome, tries FROM command WHERE transition = 'amend'")
    let_backoff_pass(office)
    outcomes = office.sweep_orders()

    assert (waiting, tuple(row)) == ([], (None, 0))
    assert [(outcome.transition, outcome.outcome) for outcome in outcomes] == [("open", "done"), ("amend", "done")]


def test_whoever_comes_too_late_can_neither_set_an_order_aside_nor_put_it_back(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    age(office, 31)
    with office.writing() as db:
        (late,) = orders.claim(db, office.at(db))
    age(office, 31, "claimed_at")
    with office.writing() as db:
        (newest,) = orders.claim(db, office.at(db))
        orders.set_aside(db, office.at(db), late, Fault(Kind.POISON, "too late"))
        orders.put_back(db, office.at(db), late, Fault(Kind.TRANSIENT, "too late"))

    (row,) = office.ask("SELECT outcome, attempts, trouble FROM command WHERE id = :id", id=ticket.command_id)
    assert tuple(row) == (None, newest.held, None)
    assert office.ask("SELECT 1 FROM incident") == []
    assert office.carry_out(ticket).outcome == "done"


def test_an_order_told_to_be_set_aside_is_never_carried_out(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home)
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    before, faults, own = office.case(case).seq, list[BaseException](), patient_engine(office.url)

    def slow_worker() -> None:
        try:
            with transaction(own) as db:
                orders.carry_out_one(db, ticket.command_id, office.at(db))
        except LostRace as lost:
            faults.append(lost)

    worker = threading.Thread(target=slow_worker)
    with office.writing() as holding:
        # It has looked at the order and stands still before its history row; the sweep gives it up meanwhile.
        holding.execute(text("LOCK TABLE history IN SHARE MODE"))
        worker.start()
        while not office.ask("SELECT 1 FROM pg_locks WHERE NOT granted"):
            worker.join(0.02)  # short: between two looks
        with office.writing() as db:
            row = command.by_ids(db, [ticket.command_id])[ticket.command_id]
            orders.set_aside(db, office.at(db), orders.Claimed(row, row.attempts), Fault(Kind.POISON, "stood still"))
    worker.join(60)
    own.dispose()

    (told,) = office.ask("SELECT outcome FROM command WHERE id = :id", id=ticket.command_id)
    assert (told.outcome, office.case(case).seq, len(faults)) == ("set_aside", before, 1)
    assert office.ask("SELECT 1 FROM history WHERE cause = :cause", cause=f"order:{ticket.command_id}") == []
    office.close()


def test_an_order_whose_worker_died_three_times_is_set_aside_too(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    for _ in range(3):
        age(office, 31)
        age(office, 31, "claimed_at")
        with office.writing() as db:
            assert len(orders.claim(db, office.at(db))) == 1  # and then its worker is killed

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


# -- an outcome is written once, and whoever comes too late notices ---------------------------------------------------


def test_a_worker_that_stood_still_while_its_order_was_set_aside_changes_nothing(postgres_url: str, home: Path) -> None:
    office = TestOffice(postgres_url, home)
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    elsewhere = engine_for(postgres_url)

    @event.listens_for(office.engine, "before_cursor_execute")
    def stand_still(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "UPDATE command SET outcome" in statement:
            with elsewhere.begin() as db:
                office.set_aside(db, ticket.command_id, "tried too often")

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
        late = orders.Claimed(stale, stale.attempts)
        orders.set_aside(db, office.at(db), late, Fault(Kind.POISON, "tried too often"))

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


def test_an_order_whose_case_somebody_holds_waits_and_the_others_of_its_batch_do_not(
    postgres_url: str, home: Path
) -> None:
    office = TestOffice(postgres_url, home)
    cases_there = [office.opened() for _ in range(3)]
    tickets = [office.place("amend", Amend(why="they called"), case=case) for case in cases_there]
    age(office, 4)
    waiting = select(command.command).where(command.command.c.id == tickets[1].command_id)

    with office.writing() as db:
        cases.lock(db, [cases_there[1]])
        done = [outcome.case for outcome in office.sweep_orders()]
        (held,) = office.ask(waiting)
        age(office, 60)
        office.tell("UPDATE command SET not_before = NULL")
        office.sweep_orders()
        (long_held,) = office.ask(waiting)
    office.tell("UPDATE command SET not_before = NULL")
    afterwards = [outcome.case for outcome in office.sweep_orders()]
    office.close()

    assert done == [cases_there[0], cases_there[2]]
    assert (held.tries, held.troubled_at, held.not_before is not None) == (0, None, True)
    assert (long_held.tries, long_held.trouble, long_held.outcome) == (0, orders.HELD, None)
    assert afterwards == [cases_there[1]]
