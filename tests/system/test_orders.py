"""Orders through a real queue and real workers: lost, doubled, forged and poisoned messages change nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from itertools import count

import pytest
from sqlalchemy import select

from models import case as cases
from models.case import case as case_table
from models.history import history
from models.letter import letter
from services.engine import dead_letters, orders
from settings import PROJECT
from tasks.bell import letter_bell
from tasks.publish import Bell
from tests.office import CLERK, LEAD
from tests.people import a_contact
from tests.system.conftest import PATIENCE, RealDesk, bell_of, until
from workflows.request.payloads import Amend, Void, Withdraw
from workflows.request.values import ToldHow, VoidReason

_NOTES = count()


def amendment(n: int) -> Amend:
    """Return an amendment that changes something, each another thing."""
    return Amend(why=f"call number {n}", note=f"note {n}, {next(_NOTES)}")


def rows_of(desk: RealDesk, number: str) -> list[str]:
    """Return the transitions of a case in order, without the escalations of its letters, which nobody posts here."""
    query = select(history.c.transition).join(case_table, case_table.c.id == history.c.case_id)
    rows = desk.office.ask(query.where(case_table.c.number == number).order_by(history.c.seq))
    return [row.transition for row in rows if row.transition != "escalate"]


def test_an_order_becomes_a_transition_and_its_letter_lies_in_the_spool(desk: RealDesk) -> None:
    outcome = desk.answer(desk.order("open", a_contact()))
    until(lambda: desk.made(outcome.case), "the letter")

    assert (outcome.outcome, outcome.state, outcome.seq) == ("done", "contacted", 1)
    (made,) = desk.office.ask(select(letter).where(letter.c.number == f"{outcome.case}-01"))
    assert made.state == "made"
    assert (desk.settings.spool / made.path).read_bytes().startswith(b"%PDF")


def test_the_same_order_delivered_three_times_is_one_transition(desk: RealDesk) -> None:
    number = desk.must(None, "open", a_contact()).case
    ticket = desk.order("amend", amendment(1), case=number, ring=False)

    desk.ring(*[bell_of(ticket)] * 3)
    after = desk.order("amend", amendment(2), case=number)
    desk.answer(after)

    assert rows_of(desk, number) == ["open", "amend", "amend"]


def test_three_bells_for_one_opening_open_one_case_though_two_workers_hear_them(desk: RealDesk) -> None:
    desk.start("desk3")
    tickets = [desk.order("open", a_contact(), ring=False) for _ in range(10)]

    desk.ring(*[bell_of(ticket) for ticket in tickets for _ in range(3)])
    outcomes = [desk.answer(ticket) for ticket in tickets]
    until(lambda: desk.redis().llen("commands") == 0, "the queue to run empty")

    assert {outcome.outcome for outcome in outcomes} == {"done"}
    assert all(rows_of(desk, outcome.case) == ["open"] for outcome in outcomes)


def test_two_people_racing_on_one_case_have_one_winner(desk: RealDesk) -> None:
    desk.start("desk3")
    numbers = [desk.must(None, "open", a_contact()).case for _ in range(8)]
    pairs = [
        (
            desk.order("withdraw", Withdraw(on=desk.office.today, how=ToldHow.PHONE), CLERK, number, ring=False),
            desk.order("void", Void(reason=VoidReason.MISTAKE), LEAD, number, ring=False),
        )
        for number in numbers
    ]

    desk.ring(*[bell_of(ticket) for pair in pairs for ticket in pair])
    outcomes = [{desk.answer(ticket).outcome for ticket in pair} for pair in pairs]

    assert outcomes == [{"done", "refused"}] * len(pairs)
    assert all(len(rows_of(desk, number)) == 2 for number in numbers)


def test_forged_messages_change_nothing_and_an_unknown_task_is_told_of(desk: RealDesk) -> None:
    number = desk.must(None, "open", a_contact()).case
    other = desk.must(None, "open", a_contact()).case
    desk.settle_letters()
    waiting = desk.order("amend", amendment(1), case=other, ring=False)
    before = desk.office.case(number)
    counts = "SELECT kind, sum(number) AS number FROM dropped GROUP BY kind"

    def dropped() -> Counter[str]:
        return Counter({row.kind: int(row.number) for row in desk.office.ask(counts)})

    already = dropped()

    desk.ring(
        Bell("request.void", f"{number}.void.1", "commands", {"case": number, "order": 999_999_999}),
        Bell("request.void", f"{number}.void.2", "commands", {"case": number, "order": waiting.command_id}),
        Bell("request.void", f"{number}.void.3", "commands", {"case": number, "order": "1 OR 1=1"}),
        Bell("request.void", f"{number}.void.4", "commands", {"case": number, "payload": {"reason": "mistake"}}),
        Bell("request.lapse", f"{number}.lapse.1", "commands", {"case": number, "order": 1}),
        Bell("letters.make", f"{number}.letter.1", "effects", {"case": number, "effect": 999_999_999}),
        Bell("request.launch", f"{number}.launch.1", "commands", {"case": number, "order": 1}),
    )
    answered = desk.answer(waiting)
    until(lambda: dropped() - already == {"unknown_task": 2, "arguments": 2}, "what was dropped")

    assert answered.transition == "amend"  # an order is what was placed, whatever the message calls it
    assert rows_of(desk, other) == ["open", "amend"]
    assert rows_of(desk, number) == ["open"]
    assert desk.office.case(number) == before


def test_a_letter_rung_for_many_times_is_made_once(desk: RealDesk) -> None:
    number = desk.must(None, "open", a_contact()).case
    (effect,) = desk.office.ask("SELECT id FROM effect WHERE case_number = :case", case=number)

    desk.ring(*[letter_bell(number, effect.id, n) for n in range(1, 9)])
    until(lambda: desk.made(number) and desk.redis().llen("effects") == 0, "the letter")

    files = list(desk.settings.spool.rglob(f"{number}*"))
    assert [file.name for file in files] == [f"{number}-01.pdf"]


def test_a_poison_order_is_set_aside_while_others_go_on_and_done_when_it_is_brought_back(desk: RealDesk) -> None:
    number = desk.must(None, "open", a_contact()).case
    poison = desk.order("amend", amendment(1), case=number, ring=False)
    (kept,) = desk.office.ask("SELECT sealed FROM command WHERE id = :id", id=poison.command_id)
    desk.office.tamper("UPDATE command SET sealed = :junk WHERE id = :id", junk=b"\x00" * 64, id=poison.command_id)

    desk.ring(bell_of(poison))
    good = [desk.order("amend", amendment(n), case=desk.must(None, "open", a_contact()).case) for n in range(3)]
    done = [desk.answer(ticket).outcome for ticket in good]
    outcome = desk.answer(poison)
    behind = desk.must(number, "amend", amendment(9))
    (told,) = desk.office.ask("SELECT subject FROM incident WHERE kind = 'order' AND case_number = :c", c=number)
    desk.office.tamper("UPDATE command SET sealed = :sealed WHERE id = :id", sealed=kept.sealed, id=poison.command_id)
    with desk.office.writing() as db:
        dead_letters.requeue(db, desk.office.at(db), dead_letters.of_order(db, poison.command_id), LEAD, "mended")
    brought = desk.answer(poison)

    assert done == ["done"] * 3
    assert outcome.outcome == "set_aside"
    assert told.subject == f"amend #{poison.command_id}"
    assert (behind.seq, brought.outcome, brought.seq) == (2, "done", 3)


KILLS = int(os.environ.get("MADOGUCHI_TEST_KILLS", "9"))
"""On each kind of database: each of the two workers and a child in turn, three times."""


@pytest.mark.timeout(600)
def test_workers_killed_in_the_middle_lose_and_double_nothing(desk: RealDesk) -> None:
    seed = random.randrange(10**6)
    dice = random.Random(seed)  # printed with the failure, since the cases show it
    numbers = desk.office.reserve(30)
    tickets: list[orders.Ticket] = []
    with desk.office.writing() as db:
        office = desk.office.at(db)
        opening = [(orders.Wanted(f"k{seed}/{n}", "open", a_contact(), CLERK, CLERK), n) for n in numbers]
        tickets += orders.place_all(db, opening, office)
    desk.office.told += [wanted.key for wanted, _ in opening]
    desk.ring(*map(bell_of, tickets))
    kills = 0

    while kills < KILLS:
        burst = [desk.order("amend", amendment(kills), case=dice.choice(numbers)) for _ in range(12)]
        tickets += burst
        desk.wait_for_work(f"seed {seed}")
        if kills % 3 == 0:
            desk.kill("desk1")
            desk.start("desk1", wait=False)
        elif kills % 3 == 1:
            desk.kill_a_child("desk2")
        else:
            desk.kill("desk2")
            desk.start("desk2", wait=False)
        kills += 1
    desk.start("desk1", "desk2")
    desk.let_leases_pass()
    until(lambda: not desk.unanswered(), f"every order answered (seed {seed})", 120, desk.hurry)

    outcomes = [desk.answer(ticket) for ticket in tickets]
    assert {outcome.outcome for outcome in outcomes} == {"done"}
    for number in numbers:
        wanted = sum(1 for ticket in tickets if ticket.case == number)
        assert len(rows_of(desk, number)) == wanted


def test_two_hundred_orders_of_two_people_at_once_are_all_answered(desk: RealDesk) -> None:
    numbers = desk.office.reserve(10)
    openings = [desk.office.place("open", a_contact(), case=number) for number in numbers]
    desk.ring(*map(bell_of, openings))
    given: list[orders.Ticket] = []

    def clerk(offset: int) -> None:
        turn = [numbers[(n + offset) % len(numbers)] for n in range(100)]
        given.extend(desk.office.place("amend", amendment(n), case=number) for n, number in enumerate(turn))

    people = [threading.Thread(target=clerk, args=(offset,)) for offset in (0, 5)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    desk.ring(*map(bell_of, given))
    until(lambda: not desk.unanswered(), "all answers")

    assert len(given) == 200
    with desk.office.writing() as db:
        seqs = {number: row.seq for number, row in cases.lock(db, numbers).items()}
    assert seqs == dict.fromkeys(numbers, 21)


# -- a rush -------------------------------------------------------------------------------------------------------


def dies(desk: RealDesk, where: tuple[str, str], ticket: orders.Ticket) -> None:
    """Let a worker hear of an order and be killed as soon as that function is called."""
    bell, notes = bell_of(ticket), desk.settings.var / "notes"
    command = [sys.executable, "-m", "tests.dying", *where, str(notes), bell.task, json.dumps(bell.kwargs)]
    environment = {**os.environ, "MADOGUCHI_HOME": str(desk.settings.home), "MADOGUCHI_DATABASE_URL": desk.office.url}
    died = subprocess.run(command, cwd=PROJECT, env=environment, timeout=PATIENCE, check=False)
    assert died.returncode == -signal.SIGKILL


def test_a_worker_killed_after_the_commit_of_a_batch_has_done_it_and_every_letter_is_made_once(desk: RealDesk) -> None:
    desk.stop("beat")  # the sweep must not come first
    tickets = [desk.order("open", a_contact(), ring=False) for _ in range(12)]

    dies(desk, ("tasks/unit.py", "ring_for_letters"), tickets[3])
    done = [desk.answer(ticket, 1) for ticket in tickets]
    desk.ring(*[bell_of(ticket) for ticket in tickets])
    desk.settle_letters()

    assert {outcome.outcome for outcome in done} == {"done"}
    assert all(rows_of(desk, outcome.case) == ["open"] for outcome in done)
    numbers = [row.number for row in desk.office.ask(select(letter.c.number).order_by(letter.c.number))]
    assert all(numbers.count(f"{outcome.case}-01") == 1 for outcome in done)


def test_a_worker_killed_in_the_midst_of_a_batch_has_done_nothing_and_each_order_is_done_once(desk: RealDesk) -> None:
    numbers = [desk.must(None, "open", a_contact()).case for _ in range(8)]
    desk.stop("beat")  # the sweep must not come first
    tickets = [desk.order("amend", amendment(n), case=number, ring=False) for n, number in enumerate(numbers)]

    dies(desk, ("models/history.py", "append"), tickets[5])
    before = [rows_of(desk, number) for number in numbers]
    desk.let_leases_pass()
    desk.start("beat")
    outcomes = [desk.answer(ticket) for ticket in tickets]

    assert before == [["open"]] * 8
    assert {outcome.outcome for outcome in outcomes} == {"done"}
    assert [rows_of(desk, number) for number in numbers] == [["open", "amend"]] * 8
