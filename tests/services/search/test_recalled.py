"""What is still asked of departments is recalled when its case is closed, at once; and can be asked again."""

from datetime import UTC, date, datetime

import pytest

from models.effect import effect
from models.history import history
from services.audit import doctor
from services.engine.handlers import deliver, handlers
from services.engine.outbox import to_ring
from tests.office import APPROVER, CLERK, GRANTED, LEAD, REFUSED, VERIFIER, TestOffice, codes_of
from tests.services.search.conftest import SALES
from workflows.request.payloads import CorrectAnswer, Fulfil, TakeBack, Void, Withdraw
from workflows.request.values import ToldHow, VoidReason
from workflows.search.payloads import Answer, Ask, Extend, PutRight
from workflows.search.values import Found

CLOSING = ["fulfilled", "refused", "withdrawn", "voided"]
NOTHING = Answer(found=Found.NOTHING_HELD)


def asked(office: TestOffice, case: str, department: str = "sales") -> str:
    return office.must(None, "ask", Ask(case=case, department=department, what="契約の記録")).case


def begun(office: TestOffice, state: str) -> str:
    """Return a case that can come into that state: one of a person who is verified cannot be void."""
    return office.opened() if state == "voided" else office.verified()


def close(office: TestOffice, case: str, state: str) -> None:
    """Bring a case into that state."""
    if state == "withdrawn":
        office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    elif state == "voided":
        office.must(case, "void", Void(reason=VoidReason.MISTAKE), LEAD)
    else:
        office.must(case, "decide", GRANTED if state == "fulfilled" else REFUSED, VERIFIER)
        step, payload = ("fulfil", Fulfil()) if state == "fulfilled" else ("refuse", None)
        office.must(case, step, payload, APPROVER)
    assert office.case(case).state == state


def worked(office: TestOffice, case: str) -> list[str]:
    """Let the worker of effects do what the closing left; return what became of it."""
    rows = office.ask(effect.select().where(effect.c.case_number == case, effect.c.kind == "recall").order_by("id"))
    return [deliver(row.id, office.unit) for row in rows if row.state == "waiting"]


@pytest.mark.parametrize("state", CLOSING)
def test_a_closed_case_recalls_what_is_still_asked(asking: TestOffice, state: str) -> None:
    case, other = begun(asking, state), asking.verified()
    answered, still_open, others = asked(asking, case), asked(asking, case, "support"), asked(asking, other)
    asking.must(answered, "answer", Answer(found=Found.FOUND, note="一件"), SALES)

    close(asking, case, state)
    became = worked(asking, case)
    row = asking.case(still_open)
    (last,) = asking.ask(history.select().where(history.c.case_id == row.id, history.c.seq == row.seq))

    assert became == ["done"]
    assert (row.state, row.open, row.due_at, row.todo) == ("recalled", False, None, None)
    assert (last.actor, last.details) == ("system", {"parent": case, "closed": state})
    assert [asking.case(number).state for number in (answered, others)] == ["answered", "asked"]
    assert not list(doctor.examine(asking.unit))


def test_so_does_one_that_the_clock_closes(asking: TestOffice) -> None:
    case, _ = asking.mailed()
    number = asked(asking, case)
    posted = asking.today
    asking.must(number, "extend", Extend(by=date(2028, 1, 4), why="x"))
    asking.reminded(case, posted)
    asking.working_day(posted, 41)
    asking.sweep()

    assert asking.case(case).state == "lapsed"
    assert worked(asking, case) == ["done"]
    assert asking.case(number).state == "recalled"


def test_the_sweep_rings_for_it(asking: TestOffice) -> None:
    case = asking.verified()
    asked(asking, case)
    close(asking, case, "withdrawn")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    asking.tell("UPDATE effect SET ordered_at = :at WHERE kind = 'recall'", at=long_ago)

    with asking.writing() as db:
        rows = to_ring(db, handlers()["recall"])

    assert [(row.case_number, row.kind) for row in rows] == [(case, "recall")]


def test_where_nothing_is_asked_nothing_is_left_to_do(asking: TestOffice) -> None:
    case = asking.verified()
    asking.must(asked(asking, case), "answer", NOTHING, SALES)

    close(asking, case, "withdrawn")

    assert asking.ask(effect.select().where(effect.c.kind == "recall")) == []


def put_right(office: TestOffice, case: str) -> None:
    """Open a case again that was closed by mistake."""
    if office.case(case).state in ("withdrawn", "voided"):
        office.must(case, "reinstate", TakeBack(why="誤り"), LEAD)
    else:
        office.must(case, "correct_answer", CorrectAnswer(why="誤り"), VERIFIER)


@pytest.mark.parametrize("state", CLOSING)
def test_a_case_put_right_asks_again_and_one_closed_again_recalls_again(asking: TestOffice, state: str) -> None:
    case = begun(asking, state)
    number = asked(asking, case)
    close(asking, case, state)
    worked(asking, case)
    shut = asking.do(number, "restore", PutRight(why="やはり必要"))

    put_right(asking, case)
    restored = asking.must(number, "restore", PutRight(why="やはり必要"), CLERK)
    close(asking, case, "withdrawn")
    again = worked(asking, case)
    recalled = asking.case(number).state
    put_right(asking, case)
    asking.must(number, "restore", PutRight(why="やはり必要"), CLERK)
    anew = asked(asking, case, "support")

    assert codes_of(shut.reasons) == ["search.case_closed"]
    assert (restored.state, again, recalled) == ("asked", ["done"], "recalled")
    assert asking.must(number, "answer", NOTHING, SALES).state == "answered"
    assert asking.case(anew).state == "asked"
    assert not list(doctor.examine(asking.unit))


def test_one_reopened_before_the_worker_came_keeps_its_questions(asking: TestOffice) -> None:
    case = asking.verified()
    number = asked(asking, case)
    close(asking, case, "withdrawn")
    put_right(asking, case)

    assert worked(asking, case) == ["done"]
    assert asking.case(number).state == "asked"
