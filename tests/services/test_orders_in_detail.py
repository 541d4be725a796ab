"""Orders to the second: what is left to newer code, and what waits for whoever holds its case."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from models import case as cases
from models import command
from services.engine import orders
from services.engine.orders import HELD, Claimed
from tests.office import TestOffice
from workflows.engine.schemas import NewerForm
from workflows.request.payloads import Amend

NOW = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock of orders stand: a slow machine must not move what is told to the second."""
    monkeypatch.setattr(orders, "machine_now", lambda _=None: NOW)


def stored(office: TestOffice, order: int) -> Row[Any]:
    return office.ask(select(command.command).where(command.command.c.id == order))[0]


def test_an_order_that_newer_code_sealed_is_not_claimed_and_is_looked_at_again_in_two_seconds(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)

    with office.as_owner() as db:
        db.execute(command.command.update().values(placed_at=NOW - timedelta(seconds=10)))

    class Forms:
        @staticmethod
        def number_of(document: dict[str, Any]) -> int:
            raise NewerForm(str(sorted(document)))

    monkeypatch.setattr(orders, "outdated", lambda db: True)
    monkeypatch.setattr(orders, "FORMS", Forms)
    with office.writing() as db:
        claimed = orders.claim(db, office.at(db))
    row = stored(office, ticket.command_id)

    assert claimed == []
    assert (row.attempts, row.tries, row.not_before) == (0, 0, NOW + timedelta(seconds=2))


@pytest.mark.parametrize(
    ("placed", "troubled", "waits", "since", "said"),
    [
        (14, None, 2, None, None),
        (15, None, 5, 0, "its case is locked by somebody else"),
        (60, 20, 20, 20, "its case is locked by somebody else"),
    ],
)
def test_an_order_whose_case_is_held_waits_for_its_turn_and_is_in_trouble_after_fifteen_seconds(
    office: TestOffice,
    monkeypatch: pytest.MonkeyPatch,
    placed: int,
    troubled: int | None,
    waits: int,
    since: int | None,
    said: str | None,
) -> None:
    case = office.opened()
    ticket = office.place("amend", Amend(why="they called"), case=case)
    began = None if troubled is None else NOW - timedelta(seconds=troubled)
    with office.as_owner() as db:
        mine = command.command.update().where(command.command.c.id == ticket.command_id)
        db.execute(mine.values(placed_at=NOW - timedelta(seconds=placed), troubled_at=began))
    monkeypatch.setattr(cases, "held", lambda db, numbers: set(numbers))
    with office.writing() as db:
        row = command.by_ids(db, [ticket.command_id])[ticket.command_id]
        command.claim(db, [row.id], NOW)
        done = orders.together(db, office.at(db), [Claimed(row, row.attempts + 1)])
    kept = stored(office, ticket.command_id)

    assert (done, kept.outcome, kept.tries, kept.claimed_at) == ([], None, 0, None)
    assert kept.not_before == NOW + timedelta(seconds=waits)
    assert (kept.trouble, kept.troubled_at) == (said, None if since is None else NOW - timedelta(seconds=since))
    assert said in (None, HELD)
