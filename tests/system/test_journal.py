"""Logs as JSON at a real desk: one request from the command to the letter by one search, and nothing personal."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk.supervisor import Desk
from settings import load
from tests.collector import Collector, collector
from tests.office import CLERK
from tests.system.conftest import RealDesk, new_desk, until
from tests.system.counters import counter
from tests.system.test_counter_and_desk import PATIENT, DeskCalls

CANARY = "金糸雀カナリア"
PLAIN_CANARY = "Canary Kinshi"

CONTACT = {
    "rights": ["disclosure"], "category": "customer", "channel": "post", "language": "ja",
    "subject": {
        "name": CANARY, "kana": "カナリア", "address": f"東京都例示町1-1 {PLAIN_CANARY}", "birth_date": "1980-01-02",
    },
}  # fmt: skip


@pytest.fixture
def told() -> Iterator[Collector]:
    with collector() as made:
        yield made


@pytest.fixture
def talking(request: pytest.FixtureRequest, told: Collector) -> Iterator[RealDesk]:
    """A desk whose processes log as JSON, and tell a collector of traces."""
    with new_desk("sqlite", request) as made:
        made.settings = replace(made.settings, log="json", otlp_url=told.url)
        made._product = Desk(made.settings, with_flower=False)
        made.start("broker", "desk1", "desk2", "beat")
        yield made


def lines(desk: RealDesk, name: str) -> list[dict[str, Any]]:
    """Return what a process wrote; each line is an object of ids and codes."""
    text = (desk.settings.logs / f"{name}.log").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def about(desk: RealDesk, request: str) -> list[tuple[str, str]]:
    """Return (process, event) of each line in which one search finds a request, as they were written."""
    found = [
        one
        for log in sorted(desk.settings.logs.glob("*.log"))
        for line in log.read_text("utf-8").splitlines()
        if f'"{request}"' in line
        for one in [json.loads(line)]
    ]
    return [(one["process"], one["event"]) for one in sorted(found, key=lambda one: one["at"])]


def told_of(told: Collector, request: str) -> set[tuple[str, str]]:
    """Return what the collector was told of a request, and by which processes."""
    return {(span.said["madoguchi.process"], span.name) for span in told.spans(request)}


def test_one_search_finds_a_command_from_the_call_to_the_letter_and_nothing_personal(
    talking: RealDesk, told: Collector, tmp_path: Path
) -> None:
    desk = talking
    desk.open_the_office()
    contact = tmp_path / "contact.json"
    contact.write_text(json.dumps(CONTACT, ensure_ascii=False), "utf-8")

    with counter(desk.settings, desk.settings.logs / "counter.log"):
        calls = DeskCalls(desk.settings, tmp_path)
        opened = calls.at_the_counter(
            "--as", CLERK, "--json", "open", "--file", str(contact), "--key", PLAIN_CANARY, *PATIENT
        )
        case = json.loads(opened.out)["case"]
        refused = calls.at_the_counter("--as", CLERK, "--json", "fulfil", case, *PATIENT)
        calls.at_the_counter("--as", CLERK, "find", "--file", str(contact))
    desk.settle_letters()
    [order] = desk.office.ask("SELECT id FROM command WHERE case_number = :case AND outcome = 'done'", case=case)
    request = f"order:{order.id}"
    until(lambda: ("desk2", "effect") in about(desk, request), "the letter's line")
    until(lambda: ("desk1", "task_ended") in about(desk, request), "the end of the task")

    found = about(desk, request)
    [letter] = [one for one in lines(desk, "desk2") if one["event"] == "effect" and one["request"] == request]
    [step] = [one for one in lines(desk, "desk1") if one["event"] == "transition" and one["request"] == request]
    no = [one for one in lines(desk, "desk1") if one["event"] == "not_done"]
    commands = [one["command"] for one in lines(desk, "counter") if one["event"] == "call"]
    everything = "".join(log.read_text("utf-8") for log in desk.settings.logs.glob("*.log"))

    assert (opened.status, refused.status) == (0, 1)
    assert set(found) == {
        ("counter", "accepted"), ("desk1", "task_received"), ("desk1", "transition"), ("desk1", "task_ended"),
        ("desk2", "effect"),
    }  # fmt: skip
    assert (letter["subject"], letter["outcome"], letter["seq"]) == (f"{case}-01", "done", 1)
    assert (step["case"], step["transition"], step["state"], step["seq"]) == (case, "open", "contacted", 1)
    assert [one["codes"] != [] for one in no] == [True]
    assert commands == ["open", "fulfil", "find"]
    until(lambda: len(told_of(told, request)) == 4, "the spans of one request")
    assert told_of(told, request) == {
        ("counter", "accepted open"), ("desk1", "task_ended request.open"), ("desk1", "transition open"),
        ("desk2", "effect letter"),
    }  # fmt: skip
    spans = told.spans(request)
    assert {span.trace for span in spans} == {spans[0].trace}
    assert {span.above for span in spans if span.name != "accepted open"} == {
        span.span for span in spans if span.name == "accepted open"
    }
    bodies = b"".join(told.bodies)
    assert not [said for said in (CANARY, PLAIN_CANARY, "例示町") if said.encode() in bodies]
    assert CANARY not in everything
    assert PLAIN_CANARY not in everything
    assert "例示町" not in everything
    assert json.dumps(CANARY)[1:-1] not in everything


def test_every_line_of_every_process_is_one_object_that_says_when_who_and_what(talking: RealDesk) -> None:
    desk = talking
    desk.open_the_office()
    from tests.people import a_contact

    desk.must(None, "open", a_contact())
    desk.settle_letters()
    desk.stop("beat", "desk1", "desk2")

    for name in ("desk1", "desk2", "beat"):
        written = lines(desk, name)
        assert written or name == "beat", name
        for one in written:
            assert one["process"] == name
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["at"])
            assert {"pid", "event"} <= one.keys()
            assert all(re.fullmatch(r"[A-Za-z0-9_.:/#@+=,?-]*", str(v)) or isinstance(v, list) for v in one.values())


def test_text_stays_text_where_nothing_is_said() -> None:
    assert load({}).log == "text"
    assert load({"MADOGUCHI_LOG": "json"}).log == load(load({"MADOGUCHI_LOG": "json"}).environment()).log == "json"
