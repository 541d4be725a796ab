"""What is set aside has a line of its own in the log of lines, under the request it belongs to, once that counts."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

import journal
from models.effect import effect
from services.engine import orders, outbox, trouble
from services.letters.making import LETTERS
from tasks import unit
from tests.office import TestOffice
from workflows.request.payloads import Hold
from workflows.request.values import HoldReason

FAULT = "ValueError at orders.py:12 < KeyError"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Return what this process, a worker, has written since."""
    log = tmp_path / "desk1.log"
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    monkeypatch.setattr(journal, "_where", [("desk1", descriptor)])
    yield lambda: [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    os.close(descriptor)


@pytest.fixture
def working(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """The office as the workers begin their transactions in it."""
    monkeypatch.setattr(unit, "transaction", office.writing)
    return office


def test_an_order_that_is_set_aside_is_found_by_its_request(working: TestOffice, written: Lines) -> None:
    case = working.opened()
    order = working.place("hold", Hold(reason=HoldReason.OTHER), case=case).command_id

    with unit.beginning() as db:
        working.set_aside(db, order, FAULT)
        assert written() == []  # it does not count yet

    [line] = written()
    assert {**line, "at": "", "pid": 0} == {
        "at": "", "process": "desk1", "pid": 0, "event": "set_aside", "request": f"order:{order}", "case": case,
        "kind": "order", "subject": f"hold_#{order}", "fault": "ValueError@orders.py:12,KeyError",
    }  # fmt: skip


def test_an_order_that_is_not_what_was_accepted_has_its_line_too(working: TestOffice, written: Lines) -> None:
    case = working.opened()
    order = working.place("hold", Hold(reason=HoldReason.OTHER), case=case).command_id
    there = replace(working.unit, begin=unit.beginning)
    working.tamper("UPDATE command SET actor = 'another' WHERE id = :order", order=order)

    orders.carry_out_alone(there, order)

    found = {(one["event"], one["request"]) for one in written() if one["event"] == "set_aside"}
    assert found == {("set_aside", f"order:{order}")}


def test_a_letter_that_ended_its_workers_is_found_by_the_request_that_ordered_it(
    working: TestOffice, written: Lines
) -> None:
    case = working.opened()
    [opening] = working.ask("SELECT id FROM command WHERE outcome = 'done'")
    with working.writing() as db:
        db.execute(update(effect).values(tries=trouble.TRIES))

    outbox.give_up(LETTERS, replace(working.unit, begin=unit.beginning))

    [line] = written()
    assert (line["kind"], line["case"], line["request"]) == ("effect", case, f"order:{opening.id}")


def test_what_was_rolled_back_was_never_set_aside(working: TestOffice, written: Lines) -> None:
    order = working.place("hold", Hold(reason=HoldReason.OTHER), case=working.opened()).command_id

    def failing() -> None:
        with unit.beginning() as db:
            working.set_aside(db, order, FAULT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    with unit.beginning():
        pass

    assert written() == []
