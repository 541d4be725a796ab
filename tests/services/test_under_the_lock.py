"""Whoever waited for a case decides by what is true when the case is theirs: roles, letters, what others answered.

PostgreSQL alone: on SQLite nobody reads before the write lock is theirs.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from models import case as cases
from models import command
from models.session import transaction
from services.engine.group_commit import Door
from services.engine.order import Outcome
from tests.checker import assert_sound
from tests.office import CLERK, TestOffice, codes_of
from workflows.request.payloads import Amend, MailForms

CLOSED_DAY = date(2027, 3, 10)
WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.fixture
def office(postgres_url: str, home: Path) -> Iterator[TestOffice]:
    """An office on PostgreSQL, whose clock goes on."""
    made = TestOffice(postgres_url, home, now=None)
    yield made
    assert_sound(made.url, made.settings.spool, made.told, settled=False)
    made.close()


def waited(office: TestOffice, case: str, command_id: int, meanwhile: Callable[[Connection], object]) -> Outcome:
    """Let a worker hear of an order while somebody else has the case, who does something meanwhile."""
    found: list[Outcome | None] = []
    with transaction(office.engine) as db:
        cases.lock(db, [case])
        worker = threading.Thread(target=lambda: found.append(Door(office.unit).answer(command_id)))
        worker.start()
        while not office.ask(WAITING):
            assert worker.is_alive()
        meanwhile(db)
    worker.join(60)
    [outcome] = found
    assert outcome is not None
    return outcome


def test_a_role_taken_away_while_an_order_waits_for_its_case_is_gone(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)

    outcome = waited(office, case, ticket.command_id, lambda _: office.give_roles(CLERK))

    assert (outcome.outcome, codes_of(outcome.reasons)) == ("refused", ["missing_role"])


def test_a_letter_made_while_an_order_waits_for_its_case_is_seen(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters(case)
    ticket = office.place("mail_forms", MailForms(), case=case)
    print_it = text("UPDATE letter SET state = 'printed', printed_at = now() WHERE state = 'made'")

    outcome = waited(office, case, ticket.command_id, lambda db: db.execute(print_it))

    assert (outcome.outcome, outcome.state) == ("done", "forms_mailed"), outcome


def test_an_order_that_another_worker_answers_meanwhile_is_not_decided_again(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)

    outcome = waited(
        office, case, ticket.command_id, lambda db: office.set_aside(db, ticket.command_id, "tried too often")
    )

    assert (outcome.outcome, office.case(case).seq) == ("set_aside", 1)
    with office.writing() as db:
        assert command.by_ids(db, [ticket.command_id])[ticket.command_id].outcome == "set_aside"


def test_whoever_heard_of_an_order_keeps_the_calendar_from_changing_until_they_are_done(office: TestOffice) -> None:
    ticket = office.place("amend", Amend(why="they called"), case=office.opened())

    def lock_it() -> None:
        with office.writing() as other:
            other.execute(text("SET LOCAL lock_timeout = '50ms'"))
            other.execute(text("LOCK TABLE calendar_day IN ACCESS EXCLUSIVE MODE"))

    with transaction(office.engine) as db:
        command.heard(db, ticket.command_id, datetime.now(UTC))
        with pytest.raises(OperationalError, match="lock timeout"):
            lock_it()
    lock_it()
    office.carry_out(ticket)


def test_days_changed_by_another_process_count_from_the_next_deed_on(office: TestOffice) -> None:
    before = office.calendar()
    office.tell("INSERT INTO calendar_day VALUES ('2027-03-10', 'closed', 'stock-taking', 'kudo', now())")
    closed = office.calendar()
    office.tell("UPDATE calendar_day SET name = '棚卸 \"2027\"'")
    renamed = office.calendar()
    office.tell("DELETE FROM calendar_day")

    assert [each.added for each in (before, closed, renamed)] == [
        {}, {CLOSED_DAY: "stock-taking"}, {CLOSED_DAY: '棚卸 "2027"'},
    ]  # fmt: skip
    assert office.calendar() is before  # the same days are the same calendar, and counted once
