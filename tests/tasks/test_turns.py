"""How long a sweep keeps its worker: people's own orders come first, and what is left is rung for."""

from typing import Any

import pytest

from tasks import turns
from tasks.turns import Turn

Rung = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> Rung:
    """What was rung for; no heartbeat is written, nobody waits, and time goes on by itself."""
    found: Rung = []
    monkeypatch.setattr(turns, "alive", lambda queue: None)
    monkeypatch.setattr(turns, "_somebody_waits", lambda: False)
    monkeypatch.setattr(turns, "ring", lambda bells: found.extend((bell.task, bell.kwargs) for bell in bells))
    monkeypatch.setattr(turns, "_followed", {})
    return found


def test_while_nobody_waits_a_sweep_goes_on_and_rings_for_nothing(rung: Rung) -> None:
    turn = Turn("timers.sweep", follows=False)

    goes_on = turn()
    turn.end()

    assert (goes_on, rung) == (True, [])


def test_for_an_order_of_a_person_it_ends_at_once_and_goes_on_behind_it(
    rung: Rung, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_somebody_waits", lambda: True)
    turn = Turn("timers.sweep", follows=False)

    goes_on = turn()
    turn.end()

    assert (goes_on, rung) == (False, [("timers.sweep", {"follows": True})])


def test_after_its_time_it_ends_as_well(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.0)
    turn = Turn("orders.sweep", follows=True)

    goes_on = turn()
    turn.end()

    assert (goes_on, rung) == (False, [("orders.sweep", {"follows": True})])
