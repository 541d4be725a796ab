"""Whoever can write to the broker writes what they like: the workers live, honest orders go on, each kind is told once.

Before there was a door, each list entry that was no JSON ended the worker that read it.
"""

import base64
import json
import pickle
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from celery import Celery

from models.session import reading
from services.reports.health import checks
from tasks.door import KINDS, LARGEST
from tasks.publish import Bell, headers, publish
from tasks.queues import QUEUES
from tests.people import a_contact
from tests.system.conftest import RealDesk, bell_of, until
from workflows.words.nouns import NOUNS

CANARY = "Canary-Jane-Example"


def sealed(body: Any) -> str:
    return base64.b64encode(json.dumps(body).encode()).decode()


def a_message(queue: str, **changed: Any) -> dict[str, Any]:
    """Return the envelope of a heartbeat, as kombu writes it, with parts of it replaced."""
    bell = Bell("heartbeats.beat", "beat-1", queue, {"queue": queue})
    no_more = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}
    made = {
        "body": sealed([[], bell.kwargs, no_more]),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": headers(bell),
        "properties": {
            "correlation_id": "beat-1",
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": queue},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": "3b1f4d8a-0000-4000-8000-000000000000",
        },
    }
    return {**made, **changed}


def without(message: dict[str, Any], part: str) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != part}


def with_header(queue: str, **changed: Any) -> dict[str, Any]:
    message = a_message(queue)
    return {**message, "headers": {**message["headers"], **changed}}


def with_property(queue: str, **changed: Any) -> dict[str, Any]:
    message = a_message(queue)
    return {**message, "properties": {**message["properties"], **changed}}


def with_arguments(queue: str, kwargs: Any) -> dict[str, Any]:
    return a_message(queue, body=sealed([[], kwargs, {}]))


def _json(make: Callable[[str], Any]) -> Callable[[str], bytes]:
    return lambda queue: json.dumps(make(queue)).encode()


HOSTILE: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "a sentence": ("not_json", lambda _: b"hello"),
    "nothing": ("not_json", lambda _: b""),
    "bytes": ("not_json", lambda _: bytes(range(256))),
    "half a message": ("not_json", lambda queue: json.dumps(a_message(queue)).encode()[:-40]),
    "a hundred thousand brackets": ("not_json", lambda _: b"[" * 100_000),
    "a number of ten thousand digits": ("not_json", lambda _: b"9" * 10_000),
    "a pickle": ("pickled", lambda _: pickle.dumps({"task": "os.system"})),
    "the oldest pickle": ("not_json", lambda _: pickle.dumps({"task": "os.system"}, protocol=0)),
    "null": ("no_envelope", lambda _: b"null"),
    "a list": ("no_envelope", lambda _: b'["a", 1]'),
    "no properties": ("no_envelope", _json(lambda queue: without(a_message(queue), "properties"))),
    "no headers": ("no_envelope", _json(lambda queue: without(a_message(queue), "headers"))),
    "headers that are a list": ("no_envelope", _json(lambda queue: a_message(queue, headers=[]))),
    "no delivery tag": ("no_envelope", _json(lambda queue: with_property(queue, delivery_tag=None))),
    "a tag that is an object": ("no_envelope", _json(lambda queue: with_property(queue, delivery_tag={"a": 1}))),
    "no delivery information": ("no_envelope", _json(lambda queue: with_property(queue, delivery_info=None))),
    "a pickled body": (
        "pickled",
        _json(lambda queue: a_message(queue, **{"content-type": "application/x-python-serialize"})),
    ),
    "yaml": ("content_type", _json(lambda queue: a_message(queue, **{"content-type": "application/x-yaml"}))),
    "no content type": ("content_type", _json(lambda queue: without(a_message(queue), "content-type"))),
    "an unknown charset": ("content_type", _json(lambda queue: a_message(queue, **{"content-encoding": "klingon"}))),
    "no task": ("unknown_task", _json(lambda queue: with_header(queue, task=None))),
    "a task nobody knows": ("unknown_task", _json(lambda queue: with_header(queue, task=f"request.{CANARY}"))),
    "a task of Celery's own": ("unknown_task", _json(lambda queue: with_header(queue, task="celery.chord_unlock"))),
    "a task that is an object": ("unknown_task", _json(lambda queue: with_header(queue, task={}))),
    "an id that is a number": ("headers", _json(lambda queue: with_header(queue, id=7))),
    "an id with a sequence for terminals": ("headers", _json(lambda queue: with_header(queue, id="\x1b[31mx"))),
    "an order for the year 9000": ("headers", _json(lambda queue: with_header(queue, eta="9000-01-01T00:00:00"))),
    "an end that is no moment": ("headers", _json(lambda queue: with_header(queue, expires="soon"))),
    "compressed": ("headers", _json(lambda queue: with_header(queue, compression="application/x-gzip"))),
    "no body": ("body", _json(lambda queue: a_message(queue, body=None))),
    "a body that is no base64": ("body", _json(lambda queue: a_message(queue, body="%%%"))),
    "a body that is no JSON": ("body", _json(lambda queue: a_message(queue, body="aGVsbG8="))),
    "a body of another length": ("body", _json(lambda queue: a_message(queue, body=sealed([[], {}])))),
    "a body with a task to follow": (
        "body",
        _json(
            lambda queue: a_message(queue, body=sealed([[], {"queue": queue}, {"chain": [{"task": "bulk.carry_out"}]}]))
        ),
    ),
    "arguments by place": ("body", _json(lambda queue: a_message(queue, body=sealed([[queue], {}, {}])))),
    "a sentence for an id": (
        "arguments",
        _json(lambda queue: with_arguments(queue, {"queue": f"{CANARY} lives at 1-2-3"})),
    ),
    "an argument too many": ("arguments", _json(lambda queue: with_arguments(queue, {"queue": queue, CANARY: "x"}))),
    "an argument too few": ("arguments", _json(lambda queue: with_arguments(queue, {}))),
    "an object for an id": ("arguments", _json(lambda queue: with_arguments(queue, {"queue": {"$ne": 1}}))),
    "more than fits": ("too_large", lambda _: b'"' + b"x" * LARGEST + b'"'),
}
"""What is pushed -> the kind it is counted as, and how it is made for a queue."""


# What a worker makes of the broker does not depend on the kind of database; what it counts and carries out there does.
ON_SQLITE = pytest.mark.parametrize("real_desk", ["sqlite"], indirect=True)


@pytest.fixture
def desk_and_worker_ids(desk: RealDesk) -> tuple[RealDesk, dict[str, int]]:
    desk.office.tell("DELETE FROM dropped")
    desk.office.tell("UPDATE incident SET closed_at = at WHERE kind = 'message'")
    return desk, {name: desk.lives[name].wait_started() for name in ("desk1", "desk2")}


def counted(desk: RealDesk) -> dict[str, int]:
    rows = desk.office.ask("SELECT kind, sum(number) AS number FROM dropped GROUP BY kind")
    return {row.kind: int(row.number) for row in rows}


def incidents(desk: RealDesk) -> list[str]:
    found = desk.office.ask(
        "SELECT subject FROM incident WHERE kind = 'message' AND closed_at IS NULL ORDER BY subject"
    )
    return [row.subject for row in found]


def test_every_kind_of_rubbish_in_every_queue_is_dropped_counted_and_told_once(
    desk_and_worker_ids: tuple[RealDesk, dict[str, int]],
) -> None:
    desk, workers = desk_and_worker_ids
    broker = desk.redis()
    wanted: dict[str, int] = {}
    for kind, _ in HOSTILE.values():
        wanted[kind] = wanted.get(kind, 0) + 2 * len(QUEUES)

    for queue in QUEUES:
        for _, make in HOSTILE.values():
            broker.lpush(queue, make(queue), make(queue))
    honest = desk.answer(desk.order("open", a_contact()))
    until(lambda: desk.made(honest.case), "the letter behind everything hostile")
    until(lambda: counted(desk) == wanted, f"the counts {wanted}, there are {counted(desk)}")

    assert honest.outcome == "done"
    assert {name: desk.lives[name].wait_started() for name in workers if desk.is_up(name)} == workers
    assert incidents(desk) == sorted(f"dropped.{kind}" for kind in wanted)
    with reading(desk.office.engine) as db:
        (shown,) = [check for check in checks(db, desk.office.at(db), desk.settings, None) if check.name == "messages"]
    assert (shown.ok, shown.note, shown.detail.params["count"]) == (True, True, sum(wanted.values()))
    told = desk.office.ask("SELECT params FROM notice WHERE code = 'notice.message_set_aside'")
    assert CANARY not in str(told)
    for log in desk.settings.logs.glob("desk*.log"):
        assert CANARY not in log.read_text(encoding="utf-8", errors="replace")


@ON_SQLITE
def test_a_hundred_megabytes_are_dropped_and_the_clock_goes_on(
    desk_and_worker_ids: tuple[RealDesk, dict[str, int]],
) -> None:
    desk, workers = desk_and_worker_ids

    for queue in QUEUES:
        desk.redis().lpush(queue, b"x" * 100_000_000)
    honest = desk.answer(desk.order("open", a_contact()))
    until(lambda: counted(desk).get("too_large") == len(QUEUES), "the count")

    assert honest.outcome == "done"
    assert {name: desk.lives[name].wait_started() for name in workers if desk.is_up(name)} == workers


def test_something_else_under_a_queues_name_is_cleared_away(
    desk_and_worker_ids: tuple[RealDesk, dict[str, int]],
) -> None:
    desk, workers = desk_and_worker_ids
    broker = desk.redis()

    for queue in QUEUES:
        with broker.pipeline() as together:
            together.delete(queue).set(queue, "not a list").execute()
    for name in ("unacked", "unacked_index"):
        with broker.pipeline() as together:
            together.delete(name).set(name, "neither").execute()
    until(lambda: counted(desk).get("wrong_key", 0) >= len(QUEUES) + 2, "the count")
    honest = desk.answer(desk.order("open", a_contact()))

    assert honest.outcome == "done"
    assert {name: desk.lives[name].wait_started() for name in workers if desk.is_up(name)} == workers


NAMES = (
    *QUEUES, "unacked", "unacked_index", "unacked_mutex",
    "_kombu.binding.celery.pidbox", "_kombu.binding.celeryev", "_kombu.binding_deadlines",
)  # fmt: skip


def taken(broker: Any) -> None:
    """Put what is no list, hash or set under every name the workers use."""
    for name in NAMES:
        with broker.pipeline() as together:
            together.delete(name).set(name, "neither").execute()


@ON_SQLITE
def test_names_taken_again_and_again_end_no_worker(desk_and_worker_ids: tuple[RealDesk, dict[str, int]]) -> None:
    desk, workers = desk_and_worker_ids
    broker = desk.redis()
    tickets = [desk.order("open", a_contact(), ring=False) for _ in range(8)]

    for ticket in tickets:
        taken(broker)
        until(lambda: not any(broker.type(queue) == b"string" for queue in QUEUES), "room in the queues")
        publish(desk.settings.broker_url, [bell_of(ticket)])
        broker.set("unacked", "neither")
        broker.set("unacked_index", "neither")
    answers = [desk.answer(ticket) for ticket in tickets]

    assert {answer.outcome for answer in answers} == {"done"}
    assert {name: desk.lives[name].wait_started() for name in workers if desk.is_up(name)} == workers


@ON_SQLITE
def test_a_worker_starts_where_every_name_it_uses_is_taken(
    desk_and_worker_ids: tuple[RealDesk, dict[str, int]],
) -> None:
    desk, workers = desk_and_worker_ids
    desk.stop(*workers)

    taken(desk.redis())
    desk.start(*workers)
    honest = desk.answer(desk.order("open", a_contact()))

    assert honest.outcome == "done"


@ON_SQLITE
def test_rubbish_among_the_unacknowledged_hinders_no_message_that_waits_there(
    desk_and_worker_ids: tuple[RealDesk, dict[str, int]],
) -> None:
    desk, workers = desk_and_worker_ids
    broker = desk.redis()
    rubbish = [b"hello", b"[1]", b'[1, "", "clock"]', b'["", null]', pickle.dumps({}), b'[{"headers": 1}, "", "clock"]']
    ticket = desk.order("open", a_contact(), ring=False)
    bell = bell_of(ticket)
    waiting = {**a_message("commands"), "headers": headers(bell), "body": sealed([[], bell.kwargs, {}])}

    desk.stop(*workers)  # they look among these when they start, and then every hundred seconds
    for number, junk in enumerate(rubbish):
        broker.hset("unacked", f"junk-{number}", junk)
        broker.zadd("unacked_index", {f"junk-{number}": time.time() - 5000 + number})
    broker.hset("unacked", "honest", json.dumps([waiting, "", "commands"]))
    broker.zadd("unacked_index", {"honest": time.time() - 9000})
    desk.start(*workers)
    until(lambda: not broker.zcard("unacked_index"), "everything old gone from among the unacknowledged")
    honest = desk.answer(ticket)

    assert honest.outcome == "done"
    assert not broker.hexists("unacked", "junk-0")
    until(lambda: counted(desk).get("unreadable_again") == len(rubbish), "the count")
    assert all(desk.is_up(name) for name in workers)


@ON_SQLITE
def test_rubbish_told_to_all_workers_ends_none(desk_and_worker_ids: tuple[RealDesk, dict[str, int]]) -> None:
    desk, workers = desk_and_worker_ids
    broker = desk.redis()

    heard = 0
    for junk in (b"hello", b"[]", b"{}", b'{"properties": {}}', pickle.dumps({}), b'{"body": "x", "headers": {}}'):
        heard += broker.publish("/0.celery.pidbox", junk)
    honest = desk.answer(desk.order("open", a_contact()))

    assert heard >= 6
    assert honest.outcome == "done"
    assert {name: desk.lives[name].wait_started() for name in workers if desk.is_up(name)} == workers


DEAFENING: dict[str, dict[str, Any]] = {
    **{f"cancel_consumer {queue}": {"queue": queue} for queue in QUEUES},
    "time_limit": {"task_name": "letters.make", "soft": 0.001, "hard": 0.001},
    "rate_limit": {"task_name": "request.open", "rate_limit": "1/h"},
    "add_consumer": {"queue": "evil"},
    "pool_shrink": {"n": 2},
}


@ON_SQLITE
def test_nobody_who_writes_to_the_broker_deafens_a_worker(
    desk_and_worker_ids: tuple[RealDesk, dict[str, int]],
) -> None:
    desk, workers = desk_and_worker_ids
    with Celery(broker=desk.settings.broker_url) as sender:
        for name, arguments in DEAFENING.items():
            sender.control.broadcast(name.partition(" ")[0], arguments=arguments)
        nodes = [f"{name}@{socket.gethostname()}" for name in workers]  # waited for until all have answered
        shown = sender.control.ping(nodes, timeout=60) or []
    honest = desk.answer(desk.order("open", a_contact()))
    until(lambda: desk.made(honest.case), "the letter")

    assert {name.partition("@")[0] for one in shown for name in one} == set(workers)
    assert honest.outcome == "done"


def test_every_kind_there_is_has_a_story_here_and_words() -> None:
    shown = {kind for kind, _ in HOSTILE.values()} | {"wrong_key", "unreadable_again"}

    assert shown == set(KINDS)
    assert {f"dropped.{kind}" for kind in KINDS} <= NOUNS.keys()
