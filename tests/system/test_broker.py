"""The broker wiped, away and back: a message is a doorbell, so nothing is lost with it."""

import re
import signal
from uuid import uuid4

import pytest

from tasks.connections import LONGEST_PAUSE
from tasks.publish import Bell
from tasks.queues import QUEUES
from tests.people import a_contact
from tests.system.conftest import RealDesk, bell_of, until
from tests.system.test_orders import amendment, rows_of

PAUSE = re.compile(rb"Trying again in ([0-9.]+) seconds")


def test_a_wiped_broker_loses_nothing(desk: RealDesk) -> None:
    desk.signal("desk1", signal.SIGSTOP)
    openings = [desk.order("open", a_contact()) for _ in range(12)]
    desk.signal("desk1", signal.SIGCONT)
    tickets = list(openings)

    for n in range(3):
        tickets += [desk.order("amend", amendment(n), case=ticket.case) for ticket in openings]
        desk.redis().flushall()
    outcomes = [desk.answer(ticket) for ticket in tickets]
    desk.settle_letters()

    assert {outcome.outcome for outcome in outcomes} == {"done"}
    assert all(rows_of(desk, ticket.case) == ["open", "amend", "amend", "amend"] for ticket in openings)


def test_orders_given_while_the_broker_is_away_are_safe_and_done_when_it_is_back(desk: RealDesk) -> None:
    desk.kill("broker")

    tickets = [desk.order("open", a_contact(), ring=False) for _ in range(5)]
    with pytest.raises(Exception, match=r"(?i)connect|no such file"):
        desk.ring(bell_of(tickets[0]))
    waiting = desk.unanswered()
    desk.start("broker")
    outcomes = [desk.answer(ticket) for ticket in tickets]

    assert waiting == 5
    assert {outcome.outcome for outcome in outcomes} == {"done"}


def test_heartbeats_show_each_queue_that_is_consumed_and_one_that_is_not(desk: RealDesk) -> None:
    def last(queue: str) -> object:
        rows = desk.office.ask("SELECT max(at) AS at FROM heartbeat WHERE queue = :queue", queue=queue)
        return rows[0].at

    def beat() -> None:  # ten seconds of it are not waited for
        desk.ring(*(Bell("heartbeats.beat", f"beat-{uuid4()}", queue, {"queue": queue}) for queue in QUEUES))

    every = {("commands", "desk1"), ("clock", "desk1"), ("effects", "desk2"), ("bulk", "desk2")}
    beat()
    until(lambda: all(last(queue) for queue, _ in every), "a heartbeat of each queue")
    rows = desk.office.ask("SELECT queue, worker FROM heartbeat")
    heard = {(row.queue, row.worker.partition("@")[0]) for row in rows}
    desk.signal("desk2", signal.SIGSTOP)
    silent, speaking = last("effects"), last("commands")
    beat()
    until(lambda: last("commands") != speaking, "the heartbeat of a worker that consumes")
    still = last("effects")
    desk.signal("desk2", signal.SIGCONT)
    until(lambda: last("effects") != silent, "the heartbeat of a worker that consumes again")

    assert heard >= every
    assert still == silent


# How a worker finds its broker again does not depend on the kind of database.
@pytest.mark.parametrize("real_desk", ["sqlite"], indirect=True)
def test_work_goes_on_within_seconds_of_a_broker_s_return(desk: RealDesk) -> None:
    log = desk.settings.logs / "desk1.log"
    before = len(PAUSE.findall(log.read_bytes()))

    def pauses() -> list[float]:
        return [float(seconds) for seconds in PAUSE.findall(log.read_bytes())[before:]]

    desk.kill("broker")
    waiting = desk.order("open", a_contact(), ring=False)
    until(lambda: len(pauses()) > 4, "the longest pause between two tries")  # kombu's own would be ten seconds by now
    said = pauses()
    desk.start("broker")
    outcome = desk.answer(waiting)

    assert outcome.outcome == "done"
    assert max(said) == LONGEST_PAUSE
