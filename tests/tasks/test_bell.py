"""The bell: the message Celery itself would send, with ids only, to a queue that exists."""

import base64
import json
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from settings import load
from tasks import bell
from tasks.app import app
from tasks.bell import LOT, letter_bell, letter_bells, order_bell, sweep_bell
from tasks.letters import each
from tasks.publish import Bell, envelope
from tasks.queues import QUEUES

OF_ITS_OWN = {"origin", "replaced_task_nesting", "stamped_headers", "stamps", "argsrepr"}
"""Headers that say where the message comes from, or that Celery fills with its own empty values."""
MANY = [(f"26-{serial:06d}-Y", serial, 1) for serial in range(1, 2 * LOT + 4)]
BELLS = [
    order_bell("verify_identity", "26-000017-Y.verify-identity.1", "26-000017-Y", 42),
    letter_bell("26-000017-Y", 7),
]


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    app.loader.import_default_modules()


def queue_of(task: str) -> str:
    """Return the queue that Celery sends a task to by itself, as declared: the default one is no declaration."""
    way = app.amqp.router.lookup_route(task, (), {}, {})
    assert way, f"{task} names no queue"
    return str(way["queue"])


@pytest.mark.parametrize("rung", [*BELLS, next(letter_bells(MANY)), sweep_bell(42)], ids=lambda rung: rung.task)
def test_the_message_is_the_one_celery_would_send(rung: Bell) -> None:
    celerys = app.amqp.as_task_v2(
        rung.task_id, rung.task, args=(), kwargs=rung.kwargs, ignore_result=True, root_id=rung.task_id
    )

    ours = envelope(rung)

    theirs = celerys.headers
    body = json.loads(base64.b64decode(ours["body"]))
    assert body == [list(celerys.body[0]), celerys.body[1], celerys.body[2]]
    assert ours["properties"]["correlation_id"] == celerys.properties["correlation_id"]
    assert {name: ours["headers"][name] for name in ours["headers"] if name not in OF_ITS_OWN} == {
        name: theirs[name] for name in theirs if name not in OF_ITS_OWN
    }
    assert ours["headers"].keys() >= theirs.keys() - OF_ITS_OWN


@pytest.mark.parametrize("rung", BELLS, ids=lambda rung: rung.task)
def test_an_operator_finds_the_case_by_its_kwargs_and_by_the_task_s_id(rung: Bell) -> None:
    headers = envelope(rung)["headers"]

    assert "'case': '26-000017-Y'" in headers["kwargsrepr"]
    assert headers["id"].startswith("26-000017-Y.")
    assert set(rung.kwargs) <= {"case", "order", "effect"}


def test_few_letters_have_a_bell_each_and_many_one_for_each_lot_and_none_is_left_out() -> None:
    few, many = list(letter_bells(MANY[:LOT])), list(letter_bells(MANY))

    assert few == [letter_bell(case, effect, 1) for case, effect, _ in MANY[:LOT]]
    assert [len(one.kwargs["effects"]) for one in many] == [LOT, LOT, 3]
    rung = [pair for one in many for pair in zip(one.kwargs["cases"], one.kwargs["effects"], strict=True)]
    assert rung == [(case, effect) for case, effect, _ in MANY]
    assert len({one.task_id for one in many}) == len(many)


def test_a_letter_of_a_lot_that_fails_does_not_stop_the_others_and_its_fault_is_seen() -> None:
    done = []

    def do(one: int) -> None:
        if one == 2:
            raise RuntimeError("letter 2")
        done.append(one)

    with pytest.raises(RuntimeError, match="letter 2"):
        each([1, 2, 3], do)

    assert done == [1, 3]


def test_when_the_time_of_a_lot_is_over_nothing_more_of_it_is_begun() -> None:
    done = []

    def do(one: int) -> None:
        done.append(one)
        if one == 2:
            raise SoftTimeLimitExceeded

    with pytest.raises(SoftTimeLimitExceeded):
        each([1, 2, 3], do)

    assert done == [1, 2]


@pytest.mark.parametrize("rung", [*BELLS, next(letter_bells(MANY)), sweep_bell(42)], ids=lambda rung: rung.task)
def test_a_bell_goes_by_the_default_exchange_to_a_queue_somebody_reads(rung: Bell) -> None:
    way = envelope(rung)["properties"]["delivery_info"]

    assert way == {"exchange": "", "routing_key": rung.queue}
    assert rung.queue in QUEUES
    assert rung.task in app.tasks
    assert queue_of(rung.task) == rung.queue


def test_a_broker_that_is_away_costs_a_bell_and_nothing_else(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = load({"MADOGUCHI_HOME": str(home)})
    monkeypatch.setattr(bell, "settings", lambda: nowhere)
    caplog.set_level("INFO", "tasks.bell")

    rung = bell.ring(BELLS)

    assert not rung
    assert "2 bells not rung" in caplog.text
    assert "26-000017-Y" not in caplog.text
