"""How long a sweep keeps its worker: people's own orders come first, and what is left is rung for."""

from typing import Any

import pytest

from services.engine import firing, orders, recounts, upgrades
from services.office import standstill
from tasks import turns
from tasks.app import app
from tasks.turns import Turn

Rung = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    app.loader.import_default_modules()


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
    with Turn("timers.sweep", follows=False) as turn:
        goes_on = turn()

    assert (goes_on, rung) == (True, [])


def test_for_an_order_of_a_person_it_ends_at_once_and_goes_on_behind_it(
    rung: Rung, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_somebody_waits", lambda: True)
    with Turn("timers.sweep", follows=False) as turn:
        goes_on = turn()

    assert (goes_on, rung) == (False, [("timers.sweep", {"follows": True})])


def test_after_its_time_it_ends_as_well(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.0)
    with Turn("orders.sweep", follows=True) as turn:
        goes_on = turn()

    assert (goes_on, rung) == (False, [("orders.sweep", {"follows": True})])


def test_once_nothing_is_left_whoever_rings_next_begins_anew(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    # Else the second import of a minute would get a third of a second every two seconds.
    monkeypatch.setattr(turns, "SECONDS", 0.0)
    for follows in (False, True):
        with Turn("orders.sweep", follows=follows) as turn:
            turn()
    with Turn("orders.sweep", follows=True):
        pass  # it found nothing

    with Turn("orders.sweep", follows=False) as turn:
        turn()

    assert rung == [("orders.sweep", {"follows": True})] * 3


def enough_for_one(unit: Any, go_on: Any, **_: Any) -> list[str]:
    """A sweep that would have gone on."""
    go_on()
    return ["some"]


def test_orders_that_were_not_all_carried_out_are_gone_on_with(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    # Else a hundred thousand of them would get a third of a second every two seconds.
    monkeypatch.setattr(turns, "SECONDS", 0.0)
    monkeypatch.setattr(orders, "sweep", enough_for_one)

    done = app.tasks["orders.sweep"].run()

    assert (done, rung) == (1, [("orders.sweep", {"follows": True})])


@pytest.mark.parametrize("task", ["timers.sweep", "timers.watch_letters"])
def test_deadlines_that_did_not_all_fire_are_gone_on_with(
    rung: Rung, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.0)
    monkeypatch.setattr(standstill, "note", lambda unit: 0)
    monkeypatch.setattr(upgrades, "sweep", lambda unit, turn, most: 0)
    monkeypatch.setattr(recounts, "finish", lambda unit, most: True)
    monkeypatch.setattr(firing, "sweep", enough_for_one)

    done = app.tasks[task].run()

    assert (done, rung) == (1, [(task, {"follows": True})])


def test_after_a_sweep_that_failed_none_follows(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0.0)

    def failing() -> None:
        with Turn("orders.sweep", follows=True) as turn:
            turn()
            raise OSError("away")

    with pytest.raises(OSError, match="away"):
        failing()

    assert rung == []
