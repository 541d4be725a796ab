"""How many statements a deed takes, counted, so that nobody adds one unnoticed: each is a message to the server.

On PostgreSQL a single order is heard of, its case locked, the rest read under the lock; the case is written, and all
that goes with it. SQLite writes a statement a kind, where one costs microseconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, event

from models import many, writes
from models.questions import side_by_side
from services.engine.accepting import accept
from services.engine.group_commit import Door
from services.engine.office import Office
from services.engine.orders import Wanted
from services.letters import making
from tests.checker import assert_sound
from tests.office import CLERK, VERIFIER, TestOffice
from tests.own_procedure import adopts
from tests.people import a_contact
from tests.prepared import one_for_all
from workflows.engine.payloads import Nothing
from workflows.letters import AmendPosting
from workflows.request.payloads import Amend, CorrectAnswer, Hold, VerifyIdentity
from workflows.request.values import HoldReason


@dataclass
class Sent:
    """What went to the database meanwhile."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0


@contextmanager
def counted(office: TestOffice) -> Iterator[Sent]:
    """Yield what is counted."""
    sent = Sent()

    def note(_: object, __: object, sql: str, *rest: object) -> None:
        if not sql.startswith("BEGIN"):  # which SQLite is told in words
            sent.statements.append(sql)

    def commit(_: object) -> None:
        sent.commits += 1

    event.listen(office.engine, "before_cursor_execute", note)
    event.listen(office.engine, "commit", commit)
    yield sent
    event.remove(office.engine, "before_cursor_execute", note)
    event.remove(office.engine, "commit", commit)


@pytest.fixture
def office(database_url: str, home: Path) -> Iterator[TestOffice]:
    """An office whose clock goes on while locks are waited for, as a desk's does."""
    made = TestOffice(database_url, home, now=None)
    yield made
    assert_sound(made.url, made.settings.spool, made.told, settled=False)
    made.close()


def heard(office: TestOffice, case: str | None, transition: str, payload: Any = None, by: str = CLERK) -> Sent:
    """Let an idle desk hear of one order, and return what it took to carry it out."""
    door = Door(office.unit)
    ticket = office.place(transition, payload, by, case)
    with counted(office) as sent:
        outcome = door.answer(ticket.command_id)
    assert outcome is not None
    assert outcome.outcome == "done", outcome
    return sent


def kind_of(office: TestOffice, *, postgresql: int, sqlite: int) -> int:
    return postgresql if office.engine.dialect.name == "postgresql" else sqlite


def test_a_single_order_asks_and_writes_no_more_often_than_it_must(office: TestOffice) -> None:
    case, returned = office.opened(), office.returned()

    sent = {
        "hold": heard(office, case, "hold", Hold(reason=HoldReason.OTHER)),
        "resume": heard(office, case, "resume", Nothing()),
        "amend": heard(office, case, "amend", Amend(why="they called")),
        "verify_identity": heard(office, returned, "verify_identity", VerifyIdentity(), VERIFIER),
        "open": heard(office, None, "open", a_contact()),
    }

    assert {name: len(one.statements) for name, one in sent.items()} == {
        "hold": kind_of(office, postgresql=5, sqlite=9),
        "resume": kind_of(office, postgresql=5, sqlite=9),
        "amend": kind_of(office, postgresql=6, sqlite=8),
        "verify_identity": kind_of(office, postgresql=5, sqlite=9),
        "open": kind_of(office, postgresql=7, sqlite=15),
    }
    assert {one.commits for one in sent.values()} == {1}


def test_a_procedure_of_the_offices_own_costs_no_statement(office: TestOffice) -> None:
    adopts(office, f"from = {office.today.isoformat()}\n")
    case = office.opened()

    sent = {
        "hold": heard(office, case, "hold", Hold(reason=HoldReason.OTHER)),
        "open": heard(office, None, "open", a_contact()),
    }

    assert office.case(case).facts["procedure"]
    assert {name: len(one.statements) for name, one in sent.items()} == {
        "hold": kind_of(office, postgresql=5, sqlite=9),
        "open": kind_of(office, postgresql=7, sqlite=15),
    }


def test_what_a_case_has_been_through_is_asked_along_with_the_rest(office: TestOffice) -> None:
    mailed, closed = office.mailed()[0], office.fulfilled()
    slip = AmendPosting(letter=f"{mailed}-01", why="misread", tracking="RR000000018JP")

    sent = {
        "amend_posting": heard(office, mailed, "amend_posting", slip),
        "correct_answer": heard(office, closed, "correct_answer", CorrectAnswer(why="a slip"), VERIFIER),
    }

    for name, one in sent.items():
        (asked,) = [text for text in one.statements if "FROM history" in text]
        assert "FROM timer" in asked, name
    assert {name: len(one.statements) for name, one in sent.items()} == {
        "amend_posting": kind_of(office, postgresql=6, sqlite=8),
        "correct_answer": kind_of(office, postgresql=7, sqlite=10),
    }


def test_an_order_is_accepted_in_four_statements(office: TestOffice) -> None:
    case = office.opened()
    wanted = Wanted(uuid4().hex, "hold", Hold(reason=HoldReason.OTHER), CLERK, CLERK, case)

    @contextmanager
    def writing() -> Iterator[tuple[Connection, Office]]:
        with office.writing() as db:
            yield db, office.at(db)

    with counted(office) as sent:
        [ticket] = accept(writing, lambda _db, _office: [wanted])
    office.told.append(wanted.key)

    assert ticket.case == case
    assert (len(sent.statements), sent.commits) == (4, 1)


def test_what_was_made_for_a_batch_is_made_once(office: TestOffice) -> None:
    def batch() -> int:
        tickets = [office.place("open", a_contact()) for _ in range(4)]
        Door(office.unit).answer(tickets[0].command_id)
        made = (many.insertions, many.changes, many.one_change, many.removals, many.one_removal, side_by_side)
        return sum(each.cache_info().currsize for each in made) + writes._statement.cache_info().currsize

    first = batch()

    assert [batch(), batch()] == [first, first]


def test_no_table_is_asked_twice_for_one_order_but_the_order_itself(office: TestOffice) -> None:
    case = office.opened()

    sent = heard(office, case, "hold", Hold(reason=HoldReason.OTHER))

    asked = [sql for sql in sent.statements if sql.startswith("SELECT")]
    tables = ("FROM letter", "FROM timer", 'FROM "case"', "FROM calendar_day", "FROM founding", "JOIN staff")
    assert {table: sum(sql.count(table) for sql in asked) for table in tables} == {
        "FROM letter": 1, "FROM timer": 1, 'FROM "case"': 1, "FROM calendar_day": 1, "FROM founding": 0,
        "JOIN staff": 1,
    }  # fmt: skip


@pytest.mark.parametrize("count", [4, 12])
def test_a_batch_takes_so_many_statements_however_many_orders_it_is_of(office: TestOffice, count: int) -> None:
    cases = [office.opened() for _ in range(count)]
    door = Door(office.unit)
    tickets = [office.place("hold", Hold(reason=HoldReason.OTHER), case=case) for case in cases]

    with counted(office) as sent:
        door.answer(tickets[0].command_id)

    assert sent.commits == 2
    assert len(sent.statements) == kind_of(office, postgresql=17, sqlite=19)


def test_a_letter_takes_a_claim_and_one_more_transaction(office: TestOffice) -> None:
    office.opened()
    [waiting] = office.ask("SELECT id FROM effect WHERE state = 'waiting'")

    with counted(office) as sent:
        became = making.make(waiting.id, office.unit, one_for_all)

    assert (became, sent.commits) == ("made", 2)
    assert len(sent.statements) == kind_of(office, postgresql=10, sqlite=11)


@pytest.mark.parametrize("count", [3, 7])
def test_a_sweep_takes_so_many_statements_however_many_cases_are_due(office: TestOffice, count: int) -> None:
    for _ in range(count):
        office.opened()
    office.make_letters()
    office.working_day(office.today, 2)

    with counted(office) as sent:
        fired = office.sweep()

    assert {outcome.transition for outcome in fired} == {"escalate"}
    assert len(fired) == count
    assert len(sent.statements) == kind_of(office, postgresql=16, sqlite=17)
