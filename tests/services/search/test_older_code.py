"""A worker of a release that knows no searches, beside one that does: it leaves them alone, and the newer does them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from models import command
from models.effect import effect
from models.incident import incident
from services.engine import handlers, upgrades
from tests.office import CLERK, LEAD, MONDAY, TestOffice
from tests.services.ordering import age
from tests.services.search.conftest import SALES
from workflows import registry
from workflows.request.payloads import Void
from workflows.request.values import VoidReason
from workflows.search.payloads import Answer, Ask
from workflows.search.values import Found

NOTHING = Answer(found=Found.NOTHING_HELD)
Older = Callable[[], Any]


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Older:
    """Code of a release before searches."""

    @contextmanager
    def code() -> Iterator[None]:
        with monkeypatch.context() as before:
            before.delitem(registry.HOMES, "search")
            handlers.handlers.cache_clear()
            yield
        handlers.handlers.cache_clear()

    return code


def asked(office: TestOffice) -> tuple[str, str]:
    case = office.opened()
    return case, office.must(None, "ask", Ask(case=case, department="sales", what="契約の記録")).case


def as_it_stands(office: TestOffice, order: int) -> tuple[Any, ...]:
    (row,) = office.ask(command.command.select().where(command.command.c.id == order))
    return (row.outcome, row.attempts, row.tries, row.trouble)


@pytest.mark.parametrize("opening", [True, False])
def test_orders_of_searches_are_left_alone_and_done_by_newer_code(
    asking: TestOffice, older: Older, *, opening: bool
) -> None:
    case, number = asked(asking)
    if opening:
        ticket = asking.place("ask", Ask(case=case, department="support", what="応対の記録"), CLERK, None)
    else:
        ticket = asking.place("answer", NOTHING, SALES, number)
    own = asking.place("void", Void(reason=VoidReason.MISTAKE), LEAD, asking.opened())
    with asking.writing() as db:
        upgrades.check_starts(db, asking.at(db).now)  # the newer code has started
    age(asking, 60)

    with older():
        swept = asking.sweep_orders()
    left = as_it_stands(asking, ticket.command_id)
    done = asking.carry_out(ticket)

    assert [outcome.case for outcome in swept] == [own.case]
    assert left == (None, 0, 0, None)
    assert asking.ask(incident.select()) == []
    assert (done.case, done.outcome) == (ticket.case, "done")


def test_deadlines_of_searches_are_left_alone_and_fired_by_newer_code(asking: TestOffice, older: Older) -> None:
    _, number = asked(asking)
    asking.working_day(MONDAY.date(), 6)

    with older():
        left = [outcome.case for outcome in asking.sweep()]
    fired = [outcome.case for outcome in asking.sweep()]

    assert number not in left
    assert number in fired
    assert asking.ask(incident.select()) == []


def test_what_a_closing_leaves_to_do_waits_for_newer_code(asking: TestOffice, older: Older) -> None:
    case, number = asked(asking)
    asking.must(case, "void", Void(reason=VoidReason.MISTAKE), LEAD)
    (row,) = asking.ask(effect.select().where(effect.c.kind == "recall"))

    with older():
        left = handlers.deliver(row.id, asking.unit)
    (waiting,) = asking.ask(effect.select().where(effect.c.kind == "recall"))
    done = handlers.deliver(row.id, asking.unit)

    assert (left, waiting) == ("gone", row)
    assert (done, asking.case(number).state) == ("done", "recalled")
