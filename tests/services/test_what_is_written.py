"""What one transition leaves in the tables, and what one order is told: every column, to the letter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from clock import machine_now
from models import case as cases
from models import command, history
from models.effect import effect
from models.incident import incident, notice
from models.staff import staff
from services.engine import orders
from services.engine.order import NoSuchCase, Order, Outcome
from services.engine.orders import Claimed, Wanted
from services.engine.transaction import actor_named, carry_out, order_of, preview, preview_all
from services.engine.trouble import Fault, Kind
from tests.office import APPROVER, CLERK, LEAD, MONDAY, TOKYO, VERIFIER, TestOffice, codes_of
from tests.people import a_contact
from workflows.engine.machine import Refused
from workflows.engine.payloads import Nothing
from workflows.engine.values import Actor, Role
from workflows.registry import of_number
from workflows.request.payloads import Amend, Fulfil, Withdraw
from workflows.request.values import ToldHow


def rows_of(office: TestOffice, case: str) -> list[dict[str, object]]:
    """Return the history of a case, as it is stored."""
    found = select(history.history).where(history.history.c.case_id == office.case(case).id)
    return [dict(row._mapping) for row in office.ask(found.order_by(history.history.c.seq))]


def test_a_transition_is_one_row_that_says_who_did_what_by_which_order_and_follows_the_last(office: TestOffice) -> None:
    case = office.opened()
    office.move_to(MONDAY + timedelta(hours=1))
    ticket = office.place("amend", Amend(why="they called", note="a note"), LEAD, case)
    office.carry_out(ticket)
    (first, second) = rows_of(office, case)
    row = office.ask(select(command.command).where(command.command.c.id == ticket.command_id))[0]
    plain = office.keys.get(case).open("command", "sealed", row.key, row.sealed)
    machine = of_number(case).machine

    assert {name: second[name] for name in second if name not in ("hash", "details")} == {
        "case_id": office.case(case).id,
        "seq": 2,
        "form": "v1",
        "at": int((MONDAY + timedelta(hours=1)).timestamp()) * 1_000_000,
        "transition": "amend",
        "source": "contacted",
        "target": "contacted",
        "actor": LEAD,
        "cause": f"order:{ticket.command_id}",
        "definition": machine.name,
        "version": machine.version,
        "revision": office.settings.code_revision,
        "commitment": office.keys.get(case).commitment(plain),
        "prev_hash": first["hash"],
    }
    assert (first["source"], first["target"], first["prev_hash"]) == (None, "contacted", "")
    assert [one["hash"] for one in (first, second)] == [history.chain({**one, "case": case}) for one in (first, second)]


def test_the_row_of_a_case_says_where_it_stands_and_what_comes_next(office: TestOffice) -> None:
    case = office.decided()
    opened = office.case(case)
    office.move_to(MONDAY + timedelta(hours=1))
    office.must(case, "fulfil", Fulfil(), by=APPROVER)
    closed = office.case(case)
    office.move_to(MONDAY + timedelta(hours=2))
    office.post_letters(case)
    posted = office.case(case)
    history_rows = rows_of(office, case)

    machine = of_number(case).machine
    assert (opened.number, opened.definition, opened.version) == (case, machine.name, machine.version)
    assert (opened.open, opened.closed_at, opened.opened_at) == (True, None, MONDAY)
    assert (opened.state, opened.sole) == ("id_verified", False)
    assert (opened.due_at, opened.next) == (datetime(2026, 11, 16, 9, 30, tzinfo=TOKYO), "escalate")
    # What is written later about a closed case does not close it later.
    assert (closed.open, closed.closed_at) == (False, MONDAY + timedelta(hours=1))
    assert (closed.due_at, closed.next) == (datetime(2026, 11, 19, 9, 30, tzinfo=TOKYO), "warn")
    assert (posted.open, posted.closed_at, posted.opened_at) == (False, closed.closed_at, MONDAY)
    # What came on paper is to go within 30 days.
    assert (posted.due_at, posted.next) == (datetime(2026, 12, 9, 9, 30, tzinfo=TOKYO), "papers_evidence")
    assert (posted.head, posted.head_at) == (history_rows[-1]["hash"], history_rows[-1]["at"])
    assert posted.seq == len(history_rows)


def test_a_case_that_is_opened_has_no_letter_yet_but_those_its_opening_ordered(office: TestOffice) -> None:
    case = office.opened()

    ordered = office.ask(select(effect.c.subject, effect.c.seq, effect.c.state).where(effect.c.case_number == case))

    assert [tuple(row) for row in ordered] == [(f"{case}-01", 1, "waiting")]
    assert office.case(case).letters == 1


def test_a_notice_says_of_which_case_and_row_whom_it_is_for_and_when_it_was_written(office: TestOffice) -> None:
    case = office.opened()
    due = datetime(2026, 11, 11, 9, 30, tzinfo=TOKYO)
    office.move_to(due)

    (told,) = office.sweep()
    (row,) = office.ask(select(notice).where(notice.c.code == "notice.stalled_contacted"))

    assert (row.case_id, row.case_number, row.seq) == (office.case(case).id, case, told.seq)
    assert (row.role, row.at, row.read_at) == ("lead", due, None)
    assert isinstance(row.params, dict)
    assert told == Outcome(case, "escalate", "done", "contacted", 2, told.reasons, ())


# -- what an order is told --------------------------------------------------------------------------------------------


def order_for(office: TestOffice, command_id: int) -> Order:
    """Return a stored order, opened, as its giver's roles are now."""
    with office.writing() as db:
        row = command.by_ids(db, [command_id])[command_id]
        return order_of(row, office.at(db))


def test_an_outcome_names_the_work_that_was_ordered_so_that_it_can_be_rung_for(office: TestOffice) -> None:
    first = office.do(None, "open", a_contact())
    second = office.do(None, "open", a_contact())

    found = office.ask(select(effect.c.id, effect.c.case_number).order_by(effect.c.id))
    assert [(row.case_number, (row.id,)) for row in found] == [(one.case, one.effects) for one in (first, second)]


def test_an_order_answered_meanwhile_is_told_what_became_of_it_beside_others_that_are_carried_out(
    office: TestOffice,
) -> None:
    one, two = office.opened(), office.opened()
    tickets = [office.place("amend", Amend(why="they called"), case=case) for case in (one, two)]
    waiting = [order_for(office, ticket.command_id) for ticket in tickets]
    earlier = office.carry_out(tickets[0])

    with office.writing() as db:
        outcomes = carry_out(db, waiting, office.at(db))

    assert outcomes == [earlier, Outcome(two, "amend", "done", "contacted", 2)]
    assert [office.case(case).seq for case in (one, two)] == [2, 2]
    answered = office.ask(select(command.command).where(command.command.c.transition == "amend"))
    assert [(row.outcome, row.state, row.seq, row.reasons) for row in answered] == [("done", "contacted", 2, [])] * 2


def test_a_refusal_says_where_the_case_stands_and_why_and_is_written_as_its_answer(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("verify_identity", by=VERIFIER, case=case)
    with office.writing() as db:
        before = machine_now(db)

    told = office.carry_out(ticket)
    (row,) = office.ask(select(command.command).where(command.command.c.id == ticket.command_id))

    assert (told.case, told.transition) == (case, "verify_identity")
    assert (told.outcome, told.state, told.seq, told.effects) == ("refused", "contacted", 1, ())
    assert told.reasons
    assert row.reasons == [[reason.code, dict(reason.params)] for reason in told.reasons]
    assert (row.outcome, row.state, row.seq) == ("refused", "contacted", 1)
    assert row.answered_at >= before


def test_an_opening_that_is_refused_has_no_state_and_no_row(office: TestOffice) -> None:
    told = office.do(None, "open", a_contact(), by=VERIFIER)

    assert (told.outcome, told.state, told.seq) == ("refused", None, None)
    assert office.ask("SELECT 1 FROM history") == []


def test_an_order_for_no_case_says_which(office: TestOffice) -> None:
    order = Order("26-000009-1", "amend", Amend(why="they called"), Actor(CLERK, frozenset({Role.CLERK})), "order:0")

    with pytest.raises(NoSuchCase, match=r"^no case 26-000009-1$"), office.writing() as db:
        carry_out(db, [order], office.at(db))


def test_the_roles_of_whoever_orders_are_those_they_have_now_and_never_the_clocks(office: TestOffice) -> None:
    office.give_roles(APPROVER)
    forged = staff.update().where(staff.c.name == CLERK)
    with office.as_owner() as db:
        db.execute(forged.values(roles=["clerk", "system"]))
    with office.writing() as db:
        known = actor_named(db, CLERK, "the name recorded")
        left = actor_named(db, APPROVER, APPROVER)
        nobody = actor_named(db, "nobody", "nobody")
    with office.as_owner() as db:
        db.execute(forged.values(roles=["clerk"]))

    assert known == Actor("the name recorded", frozenset({Role.CLERK}))
    assert (left.roles, nobody.roles) == (frozenset(), frozenset())


def test_previews_of_many_cases_decide_each_with_its_own_row(office: TestOffice) -> None:
    one, two = office.opened(), office.opened()
    office.must(two, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    clerk = Actor(CLERK, frozenset({Role.CLERK}))
    orders_ = [
        Order(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE), clerk, "preview") for case in (one, two)
    ]
    with office.writing() as db:
        rows = {case: cases.find(db, case) for case in (one, two)}
        first, second = preview_all(db, orders_, rows, office.at(db))  # type: ignore[arg-type]  # both are there
        alone = preview(db, orders_[1], office.at(db))
        with pytest.raises(NoSuchCase):
            preview(db, Order("26-000009-1", "amend", Nothing(), clerk, "preview"), office.at(db))

    assert not isinstance(first, Refused)
    assert isinstance(second, Refused)
    assert isinstance(alone, Refused)
    assert codes_of(alone.reasons) == codes_of(second.reasons)


# -- what an order is, once it is accepted ----------------------------------------------------------------------------


def test_an_accepted_order_is_kept_with_who_when_and_nothing_in_plain(office: TestOffice) -> None:
    case = office.opened()
    wanted = Wanted("k1", "amend", Amend(why="they called", note="個人の事"), "sato for kudo", CLERK, case)
    with office.writing() as db:
        before = machine_now(db)
        ticket = orders.place(db, wanted, case, office.at(db))
    (row,) = office.ask(select(command.command).where(command.command.c.key == "k1"))

    assert ticket == orders.Ticket(row.id, case, "amend", 1, False, None)
    assert ticket.task_id == f"{case}.amend.1"
    assert (row.case_number, row.transition, row.actor, row.staff) == (case, "amend", "sato for kudo", CLERK)
    assert (row.office_at, row.attempts, row.tries, row.requeued) == (MONDAY, 0, 0, 0)
    assert before <= row.placed_at <= before + timedelta(minutes=1)
    assert (row.outcome, row.claimed_at, row.not_before) == (None, None, None)
    plain = office.keys.get(case).open("command", "sealed", "k1", row.sealed)
    assert plain == wanted.plain
    # As it will be committed to: one way to write it, and nothing escaped.
    assert '"note":"個人の事"' in plain.decode()
    assert b", " not in plain
    assert b'": ' not in plain
    assert (row.login is None) is (office.engine.dialect.name == "sqlite")


def test_orders_of_one_kind_about_one_case_are_counted_and_others_are_not(office: TestOffice) -> None:
    one, two = office.opened(), office.opened()

    tickets = [
        office.place("amend", Amend(why="they called"), case=one),
        office.place("mail_forms", case=one),
        office.place("amend", Amend(why="they called again"), case=one),
        office.place("amend", Amend(why="they called"), case=two),
    ]

    assert [ticket.attempt for ticket in tickets] == [1, 1, 2, 1]
    assert tickets[1].task_id == f"{one}.mail-forms.1"


@pytest.mark.parametrize(("number", "attempt"), [(orders.COUNTED, 2), (orders.COUNTED + 1, 1)])
def test_orders_placed_together_are_counted_up_to_a_hundred(office: TestOffice, number: int, attempt: int) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    with office.writing() as db:
        many = [(Wanted(f"k{n}", "amend", Amend(why="again"), CLERK, CLERK, case), case) for n in range(number)]
        tickets = orders.place_all(db, many, office.at(db))

    assert orders.COUNTED == 100
    assert {ticket.attempt for ticket in tickets} == {attempt + (number - 1 if attempt > 1 else 0)}


def test_an_order_asked_for_again_is_known_with_its_answer_and_to_whom_it_belongs(office: TestOffice) -> None:
    case = office.opened()
    wanted = Wanted("k1", "amend", Amend(why="they called"), CLERK, CLERK, case)
    with office.writing() as db:
        ticket = orders.place(db, wanted, case, office.at(db))
    told = office.carry_out(ticket)
    another = Wanted("k1", "amend", Amend(why="they called"), LEAD, LEAD, case)
    unknown = Wanted("k2", "amend", Amend(why="they called"), CLERK, CLERK, case)
    with office.writing() as db:
        mine = orders.known_all(db, [unknown, wanted], office.at(db))
        theirs = orders.known_all(db, [another], office.at(db))
        whoever = orders.known_all(db, [another], office.at(db), whoever=True)
        answers = orders.answers(db, [ticket.command_id, -1])
        none = orders.answer_of(db, -1)

    assert mine == {"k1": orders.Ticket(ticket.command_id, case, "amend", 1, True, told)}
    assert theirs == {"k1": None}
    assert whoever == mine
    assert (answers, none) == ({ticket.command_id: told}, None)


def test_many_answers_are_asked_for_in_parts_and_none_is_lost(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "MANY", 2)
    case = office.opened()
    tickets = [office.place("amend", Amend(why=f"call {n}"), case=case) for n in range(5)]
    waiting = office.place("amend", Amend(why="one more"), case=case)
    told = {ticket.command_id: office.carry_out(ticket) for ticket in tickets}

    with office.writing() as db:
        found = orders.answers(db, [*told, waiting.command_id])

    assert found == told


def test_one_order_carried_out_alone_tells_whoever_makes_its_letters(office: TestOffice) -> None:
    told: list[Outcome] = []
    unit = replace(office.unit, notify=told.extend)
    ticket = office.place("open", a_contact())

    first = orders.carry_out_alone(unit, ticket.command_id)
    nothing = orders.carry_out_alone(unit, -1)

    assert first is not None
    assert (told, nothing) == ([first], None)
    assert len(first.effects) == 1


NOW = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock of orders stand: a slow machine must not move what is told to the second."""
    monkeypatch.setattr(orders, "machine_now", lambda _=None: NOW)


# -- an order in trouble ----------------------------------------------------------------------------------------------


def claimed(office: TestOffice, *, counted: bool = True) -> Claimed:
    """Return the one order that waits, claimed once."""
    with office.writing() as db:
        now = machine_now(db)
        (row,) = db.execute(select(command.command).where(command.command.c.outcome.is_(None))).all()
        command.claim(db, [row.id], now)
    return Claimed(row, row.attempts + 1, counted)


@pytest.mark.usefixtures("standing_clock")
def test_the_sweep_claims_what_waited_three_seconds_and_what_was_claimed_ten_seconds_ago(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    found = []
    for placed, held in ((2.5, None), (3.5, None), (60, 9.0), (60, 11.0)):
        with office.as_owner() as db:
            then = None if held is None else NOW - timedelta(seconds=held)
            values = {"placed_at": NOW - timedelta(seconds=placed), "claimed_at": then, "attempts": 4, "tries": 1}
            db.execute(command.command.update().where(command.command.c.id == ticket.command_id).values(**values))
        with office.writing() as db:
            found.append([(one.row.id, one.held, one.counted) for one in orders.claim(db, office.at(db))])
    (row,) = office.ask(select(command.command).where(command.command.c.id == ticket.command_id))

    mine = [(ticket.command_id, 5, True)]
    assert found == [[], mine, [], mine]
    assert (row.attempts, row.tries) == (5, 2)


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize(
    ("kind", "tries", "waits", "trouble"),
    [
        (Kind.TRANSIENT, 0, 5, "away"),
        (Kind.NEWER, 0, 2, None),
        (Kind.UNTRIED, 0, None, None),
        (Kind.POISON, 1, 0, None),
    ],
)
def test_an_order_put_back_waits_as_its_trouble_says(
    office: TestOffice, kind: Kind, tries: int, waits: int | None, trouble: str | None
) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    item = claimed(office)

    with office.writing() as db:
        orders.put_back(db, office.at(db), item, Fault(kind, "away"))
    (row,) = office.ask(select(command.command).where(command.command.c.id == item.row.id))

    assert (row.tries, row.trouble, row.outcome) == (tries, trouble, None)
    # What failed in earnest keeps its claim: its lease is its backoff.
    assert (row.claimed_at is None, row.troubled_at is None) == (kind is not Kind.POISON, trouble is None)
    if waits:
        assert row.not_before == NOW + timedelta(seconds=waits)
    else:
        assert row.not_before is None


@pytest.mark.usefixtures("standing_clock")
def test_trouble_that_goes_on_keeps_the_moment_it_began_and_waits_longer(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    item = claimed(office)
    since = NOW - timedelta(seconds=20)
    with office.as_owner() as db:
        db.execute(command.command.update().values(troubled_at=since, trouble="an earlier one"))
        (row,) = db.execute(select(command.command).where(command.command.c.id == item.row.id)).all()

    with office.writing() as db:
        orders.put_back(db, office.at(db), Claimed(row, item.held), Fault(Kind.TRANSIENT, "away"))
    (waits,) = office.ask(select(command.command).where(command.command.c.id == item.row.id))
    with office.writing() as db:
        orders.put_back(db, office.at(db), Claimed(waits, item.held), Fault(Kind.NEWER, ""))
    (newer,) = office.ask(select(command.command).where(command.command.c.id == item.row.id))

    assert (waits.troubled_at, waits.trouble) == (since, "away")
    assert waits.not_before == NOW + timedelta(seconds=20)
    assert (newer.troubled_at, newer.trouble) == (since, "away")


def test_an_order_set_aside_is_answered_with_the_fault_and_leaves_one_incident(office: TestOffice) -> None:
    case = office.opened()
    office.place("amend", Amend(why="they called"), case=case)
    item = claimed(office)

    for _ in range(2):
        with office.writing() as db:
            orders.set_aside(db, office.at(db), item, Fault(Kind.POISON, "ValueError somewhere"))
    (row,) = office.ask(select(command.command).where(command.command.c.id == item.row.id))
    (found,) = office.ask(select(incident))

    assert (row.outcome, row.reasons) == (
        "set_aside",
        [["set_aside", {"fault": "ValueError somewhere", "order": item.row.id}]],
    )
    assert row.answered_at is not None
    assert (found.kind, found.case_number, found.subject) == ("order", case, f"amend #{item.row.id}")
    assert (found.fault, found.at, found.closed_at) == ("ValueError somewhere", MONDAY, None)


def test_an_altered_order_is_told_to_be_set_aside_and_leaves_one_incident(office: TestOffice) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    office.tamper("UPDATE command SET fingerprint = 'forged' WHERE id = :id", id=ticket.command_id)

    told = office.carry_out(ticket)
    (row,) = office.ask(select(command.command).where(command.command.c.id == ticket.command_id))
    (found,) = office.ask(select(incident))

    assert (told.case, told.transition, told.outcome, told.state, told.seq) == (case, "amend", "set_aside", None, None)
    assert [[reason.code, dict(reason.params)] for reason in told.reasons] == row.reasons
    assert row.reasons == [["set_aside", {"fault": found.fault, "order": ticket.command_id}]]
    assert (row.outcome, row.state, row.seq, row.answered_at is None) == ("set_aside", None, None, False)
    assert (found.kind, found.case_number, found.subject, found.at) == ("order", case, f"amend #{row.id}", MONDAY)
    assert "OrderAltered" in found.fault
