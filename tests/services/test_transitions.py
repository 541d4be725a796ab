"""The one transaction: every transition of the procedure on real databases, who may order it, four eyes."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from models import case as cases
from models.session import engine_for, transaction
from models.timer import timer
from services.engine import transaction as engine
from services.engine.office import Office
from services.engine.order import Order
from tests.golden import sample
from tests.office import APPROVER, CLERK, GRANTED, LEAD, REFUSED, VERIFIER, TestOffice, codes_of
from tests.workflows.test_request import CLOCK, CLOSED, NOT_PROVEN, OPEN, POSSIBLE, TARGETS
from workflows.engine.payloads import Nothing
from workflows.engine.values import Role
from workflows.law.values import ExtendReason
from workflows.letters import AmendPosting, RecordPosting, RecordReturn, ReturnReason, UndoPosting, UndoReturn
from workflows.request.course_payloads import PostAgain
from workflows.request.payloads import (
    Amend,
    AskAgain,
    AskOverride,
    CorrectAnswer,
    Extend,
    Fulfil,
    Hold,
    MailForms,
    ReceiveAgain,
    TakeBack,
    Undeliverable,
    Unverify,
    VerifyIdentity,
    Void,
    Withdraw,
)
from workflows.request.procedure import request
from workflows.request.values import HoldReason, ToldHow, VoidReason

BY = {
    "verify_identity": VERIFIER,
    "decide": VERIFIER,
    "fulfil": APPROVER,
    "refuse": APPROVER,
    "post_again": APPROVER,
    "extend": APPROVER,
    "void": LEAD,
    "approve": VERIFIER,
    "reinstate": LEAD,
    "reinstate_papers": LEAD,
}
TAKEN_BACK = [name for name, step in request.transitions.items() if step.payload is TakeBack]


def payload_of(office: TestOffice, name: str, case: str) -> Any:
    """Return what this transition needs, as good as it can be here."""
    made: dict[str, Callable[[], Any]] = {
        "amend": lambda: Amend(why="they called", note="called"),
        "mail_forms": MailForms,
        "undeliverable": lambda: Undeliverable(reason=ReturnReason.MOVED),
        "receive_forms": lambda: office.an_arrival(None),
        "reopen": lambda: office.an_arrival(None),
        "ask_again": lambda: AskAgain(missing=("pages",), reason="a page is torn"),
        "decide": lambda: GRANTED,
        "fulfil": Fulfil,
        "withdraw": lambda: Withdraw(on=office.today, how=ToldHow.PHONE),
        "void": lambda: Void(reason=VoidReason.MISTAKE),
        "hold": lambda: Hold(reason=HoldReason.OTHER),
        "record_posting": lambda: RecordPosting(letter=f"{case}-01"),
        "record_return": lambda: RecordReturn(letter=f"{case}-01", reason=ReturnReason.MOVED),
        "extend": lambda: Extend(reason=ExtendReason.COMPLEXITY),
        "override": lambda: AskOverride(what="pages", reason="known for years"),
        "verify_identity": VerifyIdentity,
        "post_again": PostAgain,
        "unverify": lambda: Unverify(why="the wrong paper"),
        "undo_posting": lambda: UndoPosting(letter=f"{case}-01", why="a slip"),
        "undo_mailing": lambda: UndoPosting(letter=f"{case}-01", why="a slip"),
        "amend_posting": lambda: AmendPosting(letter=f"{case}-01", why="a slip"),
        "undo_return": lambda: UndoReturn(letter=f"{case}-01", why="a slip"),
        "undo_undeliverable": lambda: UndoReturn(letter=f"{case}-01", why="a slip"),
        "receive_again": lambda: ReceiveAgain(arrived_at=datetime.now(UTC), why="a slip"),
        "correct_answer": lambda: CorrectAnswer(why="a slip"),
        "correct_refusal": lambda: CorrectAnswer(why="a slip"),
        **dict.fromkeys(TAKEN_BACK, lambda: TakeBack(why="a slip")),
    }
    if name in made:
        return made[name]()
    payload = request.transitions[name].payload
    return Nothing() if payload is Nothing else sample(payload, whole=False)


def made_ready(office: TestOffice, name: str, case: str, state: str) -> None:
    """Bring about what the transition needs besides its state."""
    last = f"{case}-0{office.case(case).letters}"
    if name in ("mail_forms", "record_posting"):
        office.make_letters(case)
        office.print_letters(case)
    if name == "record_return" and state not in ("forms_mailed", "forms_returned", "id_verified"):
        office.make_letters(case)
        office.print_letters(case)
        if state not in ("voided", "withdrawn", "lapsed", "fulfilled", "refused"):
            office.must(case, "record_posting", RecordPosting(letter=last))
    if name == "refuse":
        office.must(case, "decide", REFUSED if state == "id_verified" else NOT_PROVEN, VERIFIER)
    if name == "fulfil":
        office.must(case, "decide", GRANTED, VERIFIER)
    if name == "resume":
        office.must(case, "hold", Hold(reason=HoldReason.OTHER))
    if name == "approve":
        office.must(case, "override", AskOverride(what="pages", reason="known for years"))
    if name == "post_again":
        office.make_letters(case)
        office.print_letters(case)
        office.must(case, "record_posting", RecordPosting(letter=last))
        office.must(case, "record_return", RecordReturn(letter=last, reason=ReturnReason.MOVED))


# By hand: which orders of staff are carried out from where (an extension exists under no law of this office's regime;
# a letter can be posted or come back only where there is one: see the tests of letters).
STAFF_WAYS = [
    (name, state)
    for name, states in POSSIBLE.items()
    for state in sorted(states)
    if name
    in {
        "amend",
        "mail_forms",
        "undeliverable",
        "receive_forms",
        "ask_again",
        "verify_identity",
        "unverify",
        "fulfil",
        "refuse",
        "withdraw",
        "void",
        "reopen",
        "hold",
        "resume",
        "override",
        "approve",
    }
    or (name, state) in {("decide", "id_verified"), ("post_again", "fulfilled"), ("post_again", "withdrawn")}
]
# Only where the office's own procedure has it so: a case that began with its forms, a fee that is waived.
UNDER_ONES_OWN = {
    ("void", "forms_returned"),
    *((name, state) for name in ("override", "approve") for state in ("id_verified", "fulfilled")),
}


@pytest.mark.requirement("S43", "S50")
@pytest.mark.parametrize("source", sorted(OPEN | CLOSED))
def test_every_transition_the_procedure_allows_from_a_state_is_carried_out(office: TestOffice, source: str) -> None:
    for name in [name for name, state in STAFF_WAYS if state == source and (name, state) not in UNDER_ONES_OWN]:
        case = office.in_state(source)
        made_ready(office, name, case, source)
        before = office.case(case)

        outcome = office.do(case, name, payload_of(office, name, case), BY.get(name, CLERK))

        assert (outcome.outcome, outcome.transition) == ("done", name), (name, outcome.reasons)
        assert (outcome.state, outcome.seq) == (TARGETS.get(name, source), before.seq + 1)


@pytest.mark.requirement("S43")
@pytest.mark.parametrize("source", sorted(OPEN | CLOSED))
def test_every_other_order_is_refused_and_the_case_stays_as_it_is(office: TestOffice, source: str) -> None:
    case = office.in_state(source)
    before = office.case(case)

    for name, states in POSSIBLE.items():
        if source in states or name in CLOCK:
            continue
        outcome = office.do(case, name, payload_of(office, name, case), BY.get(name, CLERK))

        assert outcome.outcome == "refused", name
        assert codes_of(outcome.reasons) in (["no_such_way"], ["not_in_state"]), name
    assert office.case(case) == before


def test_the_posting_of_the_rounds_mailing_is_mail_forms_and_its_return_undeliverable(office: TestOffice) -> None:
    case = office.opened()
    office.make_letters(case)
    office.print_letters(case)

    posted = office.must(case, "record_posting", RecordPosting(letter=f"{case}-01"))
    returned = office.must(case, "record_return", RecordReturn(letter=f"{case}-01", reason=ReturnReason.MOVED))

    assert [(x.transition, x.state) for x in (posted, returned)] == [
        ("mail_forms", "forms_mailed"),
        ("undeliverable", "contacted"),
    ]


# -- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S51")
@pytest.mark.parametrize("by", ["nobody", "system", CLERK])
def test_who_has_not_the_role_is_refused_whatever_the_order_says(office: TestOffice, by: str) -> None:
    case = office.returned()
    ticket = office.place("verify_identity", by=by, case=case)

    outcome = office.carry_out(ticket)

    assert (outcome.outcome, codes_of(outcome.reasons)) == ("refused", ["missing_role"])


def test_a_role_taken_away_meanwhile_counts_when_the_order_is_carried_out(office: TestOffice) -> None:
    case = office.returned()
    ticket = office.place("verify_identity", by=VERIFIER, case=case)

    office.give_roles(VERIFIER)
    outcome = office.carry_out(ticket)

    assert codes_of(outcome.reasons) == ["missing_role"]


@pytest.mark.requirement("S51")
def test_nobody_releases_what_they_verified_or_decided(office: TestOffice) -> None:
    office.give_roles(VERIFIER, Role.VERIFIER, Role.APPROVER)
    verified = office.verified()
    office.must(verified, "decide", GRANTED, CLERK)
    decided = office.returned()
    office.must(decided, "verify_identity", by=LEAD)
    office.must(decided, "decide", REFUSED, VERIFIER)

    first = office.do(verified, "fulfil", Fulfil(), VERIFIER)
    second = office.do(decided, "refuse", by=VERIFIER)
    third = office.do(decided, "refuse", by=LEAD)
    by_another = [office.do(verified, "fulfil", Fulfil(), APPROVER), office.do(decided, "refuse", by=APPROVER)]

    assert [codes_of(outcome.reasons) for outcome in (first, second, third)] == [
        ["verified_it_themselves"],
        ["decided_it_themselves"],
        ["verified_it_themselves"],
    ]
    assert [outcome.outcome for outcome in by_another] == ["done", "done"]


SMUGGLED = {
    "fulfilled without anybody": "state = 'fulfilled'",
    "fulfilled without proof of identity": "state = 'fulfilled', decided_by = 'a', released_by = 'b'",
    "fulfilled by who decided": "state = 'fulfilled', verified_by = 'a', decided_by = 'b', released_by = 'b'",
    "fulfilled by who verified": "state = 'fulfilled', verified_by = 'a', decided_by = 'b', released_by = 'a'",
    "refused without anybody": "state = 'refused'",
    "refused without a releaser": "state = 'refused', decided_by = 'a'",
    "refused by who decided": "state = 'refused', decided_by = 'a', released_by = 'a'",
    "released while open": "released_by = 'a'",
}


@pytest.mark.requirement("S51")
@pytest.mark.parametrize("how", SMUGGLED)
def test_no_way_around_the_rules_releases_a_case(office: TestOffice, how: str) -> None:
    case = office.returned()

    with pytest.raises(IntegrityError, match=r"(?i)check"):
        office.tell(f'UPDATE "case" SET {SMUGGLED[how]} WHERE number = :number', number=case)  # noqa: S608

    assert office.case(case).state == "forms_returned"


@pytest.mark.requirement("S51")
def test_one_office_of_one_says_so_in_the_case(database_url: str, home: Path) -> None:
    office = TestOffice(database_url, home, sole=True)
    case = office.returned()

    for name, payload in [("verify_identity", VerifyIdentity()), ("decide", GRANTED), ("fulfil", Fulfil())]:
        office.must(case, name, payload, LEAD)

    row = office.case(case)
    assert (row.state, row.sole, row.released_by) == ("fulfilled", True, LEAD)
    office.close()


# -- refusals and locks -----------------------------------------------------------------------------------------------


def test_a_refusal_is_an_answer_with_reasons_and_writes_nothing_else(office: TestOffice) -> None:
    case = office.opened()
    before = office.case(case)
    ticket = office.place("verify_identity", by=VERIFIER, case=case)

    outcome = office.carry_out(ticket)

    (row,) = office.ask("SELECT outcome, reasons, seq FROM command WHERE id = :id", id=ticket.command_id)
    assert (outcome.outcome, row.outcome, row.seq) == ("refused", "refused", 1)
    assert row.reasons
    assert office.case(case) == before


def test_a_preview_writes_nothing_and_says_what_the_order_would(office: TestOffice) -> None:
    case = office.returned()
    before = office.case(case)

    with office.writing() as db:
        here = office.at(db)
        actor = engine.actor_named(db, VERIFIER, VERIFIER)
        order = Order(case, "verify_identity", VerifyIdentity(), actor, "preview")
        decision = engine.preview(db, order, here)
    outcome = office.must(case, "verify_identity", by=VERIFIER)

    assert getattr(decision, "target", None) == outcome.state
    assert before.seq + 1 == outcome.seq


def test_a_case_held_by_one_worker_is_left_out_by_the_sweep_and_awaited_by_an_order(
    postgres_url: str, home: Any
) -> None:
    office = TestOffice(postgres_url, home)
    held, free = office.opened(), office.opened()
    ids = {row.number: row.id for row in office.ask('SELECT id, number FROM "case"')}

    impatient = engine_for(f"{postgres_url}&options=-clock_timeout%3D500")
    with office.writing() as db:
        cases.lock(db, [held])
        with transaction(impatient) as other:
            locked = cases.lock_free(other, list(ids.values()))
        with pytest.raises(DBAPIError, match="lock timeout"), transaction(impatient) as other:
            cases.lock(other, [held])
        with transaction(impatient) as other:  # what only refers to a locked case is not blocked
            moment = datetime(2031, 1, 1, tzinfo=UTC)
            row = {"case_id": ids[held], "entry_seq": 0, "name": "x", "fire_no": 1, "due_at": moment}
            other.execute(insert(timer), {**row, "scope": "clock", "legal": False})
            other.rollback()

    impatient.dispose()
    assert list(locked) == [free]
    office.close()


def test_the_office_of_a_transaction_is_read_once(office: TestOffice) -> None:
    with office.writing() as db:
        here = office.at(db)

    assert isinstance(here, Office)
    assert here.at().now == here.now
