"""Somebody forgets a `psql` with a lock in hand: only the held case waits, as long as the lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
import pytest
from sqlalchemy import select

from models.command import command
from tests.people import a_contact
from tests.system.conftest import RealDesk, bell_of, until
from tests.system.test_orders import amendment

pytestmark = pytest.mark.parametrize("real_desk", ["postgresql"], indirect=True)


@contextmanager
def a_forgotten_psql(desk: RealDesk, statement: str, *values: str) -> Iterator[None]:
    """Let another session hold what this statement locks, idle in its transaction."""
    with psycopg.connect(desk.office.url.replace("+psycopg", "")) as forgotten:
        forgotten.execute(statement.encode(), values)
        yield
        forgotten.rollback()


def heartbeats(desk: RealDesk) -> dict[str, datetime]:
    """Return when each queue was last heard."""
    return {row.queue: row.at for row in desk.office.ask("SELECT queue, max(at) AS at FROM heartbeat GROUP BY queue")}


def tries_of(desk: RealDesk, order: int) -> int:
    (row,) = desk.office.ask(select(command.c.attempts).where(command.c.id == order))
    return int(row.attempts)


def test_while_one_case_is_held_everything_else_goes_on(desk: RealDesk) -> None:
    held, free = (desk.must(None, "open", a_contact()).case for _ in range(2))

    with a_forgotten_psql(desk, 'SELECT * FROM "case" WHERE number = %s FOR UPDATE', held):
        waiting = [desk.order("amend", amendment(n), case=held) for n in range(3)]
        for n in range(3):
            late = desk.order("amend", amendment(n), case=free, ring=False)  # the sweep's, like those of the held case
            done = desk.answer(desk.order("amend", amendment(n), case=free))
            assert done.outcome == "done"
            assert desk.answer(late).outcome == "done"
        opened = desk.answer(desk.order("open", a_contact()))
        until(lambda: tries_of(desk, waiting[0].command_id) >= 2, "the order of the held case to be tried again")
        before = heartbeats(desk)
        until(lambda: all(at > before[queue] for queue, at in heartbeats(desk).items()), "a heartbeat of each queue")
        unanswered = desk.unanswered()
    outcomes = [desk.answer(ticket).outcome for ticket in waiting]

    assert opened.outcome == "done"
    assert unanswered == 3
    assert outcomes == ["done"] * 3


def test_deadlines_of_other_cases_fire_while_one_case_is_held(desk: RealDesk) -> None:
    held, free = (desk.must(None, "open", a_contact()).case for _ in range(2))
    desk.settle_letters()
    fired = 'SELECT 1 FROM history h JOIN "case" c ON c.id = h.case_id WHERE c.number = :case AND h.transition = :what'

    with a_forgotten_psql(desk, 'SELECT * FROM "case" WHERE number = %s FOR UPDATE', held):
        desk.office.working_day(desk.office.today, 12)
        until(lambda: desk.office.ask(fired, case=free, what="escalate"), "the deadline of the free case")
        early = desk.office.ask(fired, case=held, what="escalate")
    until(lambda: desk.office.ask(fired, case=held, what="escalate"), "the deadline of the held case")

    assert not early


def test_while_a_whole_table_is_held_the_workers_are_heard_and_afterwards_everything_is_done(desk: RealDesk) -> None:
    number = desk.must(None, "open", a_contact()).case
    waiting = [desk.order("amend", amendment(n), case=number, ring=False) for n in range(3)]

    with a_forgotten_psql(desk, 'LOCK TABLE "case" IN ACCESS EXCLUSIVE MODE'):
        desk.ring(*map(bell_of, waiting))
        (before,) = desk.office.ask("SELECT max(at) AS at FROM heartbeat WHERE queue = 'commands'")
        for _ in range(2):
            heard = "SELECT 1 FROM heartbeat WHERE queue = 'commands' AND at > :at"
            until(lambda: desk.office.ask(heard, at=before.at), "a heartbeat")  # noqa: B023
            (before,) = desk.office.ask("SELECT max(at) AS at FROM heartbeat WHERE queue = 'commands'")
        unanswered = desk.unanswered()
    outcomes = [desk.answer(ticket).outcome for ticket in waiting]

    assert unanswered == 3
    assert outcomes == ["done"] * 3
