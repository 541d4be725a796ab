"""Group commit: one message carries out all that waits, in one transaction, and nobody is worse off for it."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, Row, event

from models import command
from services.engine import group_commit, orders, outbox, transaction
from services.engine.group_commit import Door, Taken
from services.engine.order import Outcome
from services.engine.orders import Ticket
from services.engine.versions import OlderDefinition
from services.letters.making import LETTERS
from tests.office import CLERK, TestOffice
from tests.people import a_contact
from tests.services.ordering import age
from workflows.engine.payloads import Nothing
from workflows.request.payloads import Amend, Hold
from workflows.request.values import HoldReason


def stored(office: TestOffice, ticket: Ticket) -> Row[Any]:
    with office.writing() as db:
        return command.by_ids(db, [ticket.command_id])[ticket.command_id]


def opened(office: TestOffice, count: int) -> list[str]:
    return [office.opened() for _ in range(count)]


def amendments(office: TestOffice, cases: Sequence[str]) -> list[Ticket]:
    return [office.place("amend", Amend(why=f"call {n}"), case=case) for n, case in enumerate(cases)]


def _never(poison: Ticket) -> Any:
    """Return how the rules are asked where one order breaks them."""
    decided = transaction._decided

    def breaking(order: Any, *rest: Any) -> Any:
        if order.command_id == poison.command_id:
            raise ValueError("never")
        return decided(order, *rest)

    return breaking


class Commits:
    """Counts the transactions that were committed."""

    def __init__(self, office: TestOffice) -> None:
        self.number = 0
        event.listen(office.engine, "commit", self._count)

    def _count(self, connection: Connection) -> None:
        self.number += 1


def test_one_message_carries_out_all_that_waits_and_the_others_find_their_answers(office: TestOffice) -> None:
    tickets = amendments(office, opened(office, 30))
    door, commits = Door(office.unit), Commits(office)

    first = door.answer(tickets[7].command_id)
    told = commits.number
    rest = [door.answer(ticket.command_id) for ticket in tickets]

    assert first is not None
    assert (first.case, first.outcome) == (tickets[7].case, "done")
    assert told == 2  # the claim, and the batch
    assert commits.number == told  # nobody asked again
    assert [(each.case, each.seq) for each in rest if each is not None] == [(ticket.case, 2) for ticket in tickets]


def test_another_worker_finds_the_answers_in_the_database(office: TestOffice) -> None:
    tickets = amendments(office, opened(office, 3))
    Door(office.unit).answer(tickets[0].command_id)

    elsewhere = Door(office.unit)

    assert [found.seq for ticket in tickets if (found := elsewhere.answer(ticket.command_id))] == [2, 2, 2]


def test_a_single_order_is_carried_out_in_one_transaction_as_ever(office: TestOffice) -> None:
    (ticket,) = amendments(office, opened(office, 1))
    commits = Commits(office)

    outcome = Door(office.unit).answer(ticket.command_id)

    assert outcome is not None
    assert (outcome.outcome, commits.number, stored(office, ticket).tries) == ("done", 1, 0)
    assert Door(office.unit).answer(10**9) is None


def test_whoever_is_heard_of_is_always_among_those_carried_out(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "BATCH", 4)
    tickets = amendments(office, opened(office, 9))
    door = Door(office.unit)

    outcome = door.answer(tickets[-1].command_id)
    done = [n for n, ticket in enumerate(tickets) if stored(office, ticket).outcome is not None]

    assert outcome is not None
    assert done == [0, 1, 2, 8]  # and the longest waiting


def test_orders_of_a_bulk_run_and_those_that_failed_or_wait_are_left_alone(office: TestOffice) -> None:
    numbers = opened(office, 6)
    in_bulk = office.place("amend", Amend(why="a run"), case=numbers[0])
    office.tell("UPDATE command SET swept = true WHERE id = :id", id=in_bulk.command_id)
    tried, later, claimed, mine, other = amendments(office, numbers[1:])
    office.tell("UPDATE command SET tries = 1 WHERE id = :id", id=tried.command_id)
    office.tell("UPDATE command SET not_before = placed_at WHERE id = :id", id=later.command_id)
    office.tell("UPDATE command SET claimed_at = placed_at WHERE id = :id", id=claimed.command_id)

    Door(office.unit).answer(mine.command_id)

    left = [stored(office, ticket).outcome is None for ticket in (in_bulk, tried, later, claimed, mine, other)]
    assert left == [True, True, True, True, False, False]


@pytest.mark.parametrize("mark", ["tries = 1", "not_before = placed_at", "claimed_at = office_at"])
def test_what_failed_before_is_carried_out_alone_when_its_message_comes(office: TestOffice, mark: str) -> None:
    failed, other = amendments(office, opened(office, 2))
    office.tell(f"UPDATE command SET {mark} WHERE id = :id", id=failed.command_id)  # noqa: S608 - our own words
    age(office, 40, "claimed_at")

    outcome = Door(office.unit).answer(failed.command_id)

    assert outcome is not None
    assert (outcome.outcome, stored(office, other).outcome) == ("done", None)


def test_what_another_worker_has_in_hand_is_theirs(office: TestOffice) -> None:
    ticket, other = amendments(office, opened(office, 2))
    office.tell("UPDATE command SET claimed_at = placed_at WHERE id = :id", id=ticket.command_id)

    with pytest.raises(Taken):
        Door(office.unit).answer(ticket.command_id)
    age(office, 40, "claimed_at")
    later = Door(office.unit).answer(ticket.command_id)

    assert later is not None
    assert (later.outcome, stored(office, other).outcome) == ("done", None)


def test_in_a_rush_an_order_of_another_worker_s_batch_is_only_asked_for(office: TestOffice) -> None:
    first, theirs, hand, free = amendments(office, opened(office, 4))
    office.tell("UPDATE command SET tries = 1 WHERE id IN (:a, :b, :c)", a=theirs.command_id, b=hand.command_id,
                c=free.command_id)  # fmt: skip
    other = amendments(office, [office.opened()])
    door = Door(office.unit)
    door.answer(first.command_id)  # and now there is a rush
    Door(office.unit).answer(theirs.command_id)
    office.tell("UPDATE command SET claimed_at = placed_at WHERE id = :id", id=hand.command_id)
    commits, asked = Commits(office), list[str]()
    event.listen(office.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    found = door.answer(theirs.command_id)
    questions = [one for one in asked if one.startswith("SELECT")]
    with pytest.raises(Taken):
        door.answer(hand.command_id)
    nothing_written = commits.number
    mine = door.answer(free.command_id)

    assert found is not None
    assert mine is not None
    assert (found.case, found.seq, mine.outcome) == (theirs.case, 2, "done")
    assert stored(office, other[0]).outcome == "done"
    assert ["EXISTS" in one for one in questions] == [False]
    assert nothing_written == 0 or office.engine.dialect.name == "sqlite"
    assert door.answer(10**9) is None


def test_whoever_makes_letters_is_told_of_what_was_carried_out_alone_and_together(office: TestOffice) -> None:
    told: list[list[str]] = []
    unit = replace(office.unit, notify=lambda outcomes: told.append([each.case for each in outcomes]))
    alone = office.place("open", a_contact())
    Door(unit).answer(alone.command_id)
    tickets = [office.place("open", a_contact()) for _ in range(3)]
    Door(unit).answer(tickets[0].command_id)

    assert told == [[alone.case], [ticket.case for ticket in tickets]]


def test_what_was_set_aside_and_brought_back_is_carried_out(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, other = amendments(office, opened(office, 2))
    door = Door(office.unit)
    with monkeypatch.context() as broken:
        broken.setattr(transaction, "_decided", _never(poison))
        broken.setattr(orders, "judge", lambda db, item, fault: replace(fault, at_once=True))
        broken.setattr(group_commit, "_WORK", replace(group_commit._WORK, judge=orders.judge))
        aside = door.answer(poison.command_id)
    with office.writing() as db:
        assert command.requeue(db, poison.command_id)
    back = door.answer(poison.command_id)

    assert aside is not None
    assert back is not None
    assert (aside.outcome, back.outcome) == ("set_aside", "done")
    assert stored(office, other).outcome == "done"


def test_only_the_newest_answers_are_remembered(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "REMEMBERED", 2)
    tickets = amendments(office, opened(office, 4))
    door = Door(office.unit)
    door.answer(tickets[0].command_id)
    asked: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    for ticket in tickets[2:]:
        door.answer(ticket.command_id)
    kept = len(asked)
    door.answer(tickets[0].command_id)

    assert kept == 0
    assert asked != []


def test_what_is_newer_code_s_is_not_even_claimed(office: TestOffice) -> None:
    newer, other, mine = amendments(office, opened(office, 3))
    office.tamper('UPDATE "case" SET version = 99 WHERE number = :number', number=newer.case)
    before = stored(office, newer)

    with pytest.raises(OlderDefinition):
        Door(office.unit).answer(newer.command_id)
    waiting = stored(office, other).outcome
    Door(office.unit).answer(mine.command_id)

    assert waiting is None
    assert stored(office, newer) == before
    assert {stored(office, ticket).outcome for ticket in (mine, other)} == {"done"}


def test_several_orders_about_one_case_keep_their_turn(office: TestOffice) -> None:
    number = office.reserve()[0]
    opening = office.place("open", a_contact(), case=number)
    later = [office.place("amend", Amend(why=f"call {n}"), case=number) for n in range(3)]

    outcome = Door(office.unit).answer(later[-1].command_id)

    assert outcome is not None
    assert [stored(office, ticket).seq for ticket in (opening, *later)] == [1, 2, 3, 4]


def test_half_a_batch_refused_is_half_a_batch_of_outcomes(office: TestOffice) -> None:
    numbers = opened(office, 50)
    for number in numbers[::2]:
        office.must(number, "hold", Hold(reason=HoldReason.OTHER))
    tickets = [office.place("resume", Nothing(), case=number) for number in numbers]

    Door(office.unit).answer(tickets[0].command_id)

    outcomes = [stored(office, ticket).outcome for ticket in tickets]
    assert outcomes == ["done", "refused"] * 25


def test_one_order_that_can_never_work_is_alone_in_its_trouble(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = amendments(office, opened(office, 50))
    poison = tickets[20]
    monkeypatch.setattr(transaction, "_decided", _never(poison))
    Door(office.unit).answer(tickets[0].command_id)
    others = {stored(office, ticket).outcome for ticket in tickets if ticket is not poison}
    left = stored(office, poison)
    for _ in range(2):
        age(office, 40)
        age(office, 40, "claimed_at")
        office.sweep_orders()

    assert others == {"done"}
    assert (left.outcome, left.tries) == (None, 1)
    assert stored(office, poison).outcome == "set_aside"
    assert len(office.ask("SELECT id FROM incident")) == 1


def test_an_order_whose_own_message_finds_it_poisoned_says_so(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, other = amendments(office, opened(office, 2))
    monkeypatch.setattr(transaction, "_decided", _never(poison))
    with pytest.raises(ValueError, match="never"):
        Door(office.unit).answer(poison.command_id)

    assert stored(office, other).outcome == "done"


class Killed(BaseException):
    """As by ``kill -9``: nobody can say anything any more."""


def test_a_worker_that_dies_of_a_batch_leaves_each_to_be_tried_alone_and_soon(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = amendments(office, opened(office, 5))

    def dying(*_: Any) -> list[Outcome]:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(orders, "carry_out_all", dying)
        with pytest.raises(Killed):
            Door(office.unit).answer(tickets[0].command_id)
    age(office, 6)
    soon = office.sweep_orders()
    for column in ("placed_at", "claimed_at"):
        age(office, 31, column)
    after = office.sweep_orders()

    assert soon == []  # in somebody's hand, as far as anybody knows
    assert [outcome.outcome for outcome in after] == ["done"] * 5
    assert {stored(office, ticket).tries for ticket in tickets} == {2}


def test_a_batch_is_left_alone_for_five_seconds_only(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = amendments(office, opened(office, 2))

    def dying(*_: Any) -> list[Outcome]:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(orders, "carry_out_all", dying)
        with pytest.raises(Killed):
            Door(office.unit).answer(tickets[0].command_id)
    row = stored(office, tickets[1])

    assert row.claimed_at is not None
    assert abs((row.placed_at - row.claimed_at).total_seconds() - 5) < 5


def test_a_worker_killed_before_it_tells_of_the_letters_leaves_them_to_the_sweep(office: TestOffice) -> None:
    def dying(outcomes: Sequence[Outcome]) -> None:
        raise Killed

    tickets = [office.place("open", a_contact()) for _ in range(4)]

    with pytest.raises(Killed):
        Door(replace(office.unit, notify=dying)).answer(tickets[0].command_id)
    again = [Door(office.unit).answer(ticket.command_id) for ticket in tickets]
    with office.writing() as db:
        rung = outbox.to_ring(db, LETTERS)

    assert [each.seq for each in again if each is not None] == [1, 1, 1, 1]
    assert len(rung) in (0, 4)  # the sweep waits a moment before it rings
    assert len(office.ask("SELECT id FROM effect WHERE state = 'waiting'")) == 4


def test_a_case_in_other_hands_keeps_nobody_else_waiting(office: TestOffice) -> None:
    if office.engine.dialect.name != "postgresql":
        pytest.skip("one writer at a time: nobody holds a case while another writes")
    tickets = amendments(office, opened(office, 3))
    held = tickets[1]
    with office.engine.begin() as psql:
        psql.exec_driver_sql('SELECT 1 FROM "case" WHERE number = %s FOR UPDATE', (held.case,))
        Door(office.unit).answer(tickets[0].command_id)
        meanwhile = [stored(office, ticket).outcome for ticket in tickets]
        waiting = threading.Thread(target=Door(office.unit).answer, args=(held.command_id,))
        waiting.start()
    waiting.join(60)

    assert meanwhile == ["done", None, "done"]
    assert not waiting.is_alive()
    assert stored(office, held).outcome == "done"


def test_two_workers_share_what_waits_and_carry_out_each_order_once(office: TestOffice) -> None:
    numbers = opened(office, 60)
    tickets = amendments(office, numbers)
    faults: list[BaseException] = []

    def work(mine: Sequence[Ticket]) -> None:
        door = Door(office.unit)
        for ticket in mine:
            try:
                door.answer(ticket.command_id)
            except Taken:
                pass
            except BaseException as fault:  # noqa: BLE001 - told below
                faults.append(fault)

    pair = [threading.Thread(target=work, args=(tickets[n::2],)) for n in (0, 1)]
    for worker in pair:
        worker.start()
    for worker in pair:
        worker.join(60)

    assert faults == []
    assert {stored(office, ticket).outcome for ticket in tickets} == {"done"}
    assert {office.case(number).seq for number in numbers} == {2}


# -- people first ---------------------------------------------------------------------------------------------------


def test_what_is_accepted_by_the_thousand_is_the_sweep_s_and_keeps_no_single_order_waiting(office: TestOffice) -> None:
    numbers = office.reserve(5)
    with office.writing() as db:
        many = [(orders.Wanted(f"m/{n}", "open", a_contact(), CLERK, CLERK, swept=True), n) for n in numbers]
        accepted = orders.place_all(db, many, office.at(db))
    with office.writing() as db:
        nobody = orders.people_wait(db)
    (own,) = amendments(office, opened(office, 1))
    with office.writing() as db:
        somebody = orders.people_wait(db)

    Door(office.unit).answer(own.command_id)
    meanwhile = {stored(office, ticket).outcome for ticket in accepted}
    age(office, 4)
    swept = office.sweep_orders()

    assert (nobody, somebody) == (False, True)
    assert meanwhile == {None}
    assert [outcome.outcome for outcome in swept] == ["done"] * 5
