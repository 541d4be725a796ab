"""What the desk serves to monitors: GET /metrics alone, under its own name, whatever became of the office."""

import http.client
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk import metrics
from desk.metrics import Answers, Server, is_ours, listening
from desk.processes import Program, Running
from settings import PROJECT, Settings, load
from tests import promql
from tests.office import TestOffice

PAGE = "# HELP madoguchi_up well\n# TYPE madoguchi_up gauge\nmadoguchi_up 1\n"


@contextmanager
def serving(answers: Answers) -> Iterator[int]:
    server = Server(("127.0.0.1", 0), answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server whose office is always well."""
    with serving(Answers(lambda: PAGE)) as made:
        yield made


def asked(port: int, path: str = "/metrics", method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=200)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.headers)
    finally:
        connection.close()


def test_what_is_asked_for_is_told_in_the_format_of_prometheus(port: int) -> None:
    status, page, headers = asked(port)

    assert (status, page) == (200, PAGE)
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert asked(port, "/healthcheck")[:2] == (200, "OK\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "MADE-UP"])
def test_nothing_but_get_is_answered(port: int, method: str) -> None:
    status, _, headers = asked(port, method=method)

    assert (status, headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("path", ["/", "/metrics/", "/metrics?x=1", "/../metrics", "/static/x"])
def test_there_is_nothing_else(port: int, path: str) -> None:
    assert asked(port, path)[0] == 404


@pytest.mark.parametrize(("host", "ours"), [
    ("127.0.0.1:5556", True), ("127.0.0.1", True), ("localhost:5556", True), ("[::1]:5556", True), ("[::1]", True),
    ("metrics:5556", True), ("worker-commands", True), ("10.0.0.5:80", True),
    ("evil.example", False), ("127.0.0.1.evil.example:5556", False), ("localhost.:5556", False), ("", False),
    ("a b", False), ("窓口", False), (":5556", False), ("@127.0.0.1", False),
])  # fmt: skip
def test_a_page_elsewhere_cannot_read_it_by_calling_itself_our_address(host: str, ours: bool) -> None:
    assert is_ours(host) is ours


def test_who_asks_under_another_name_is_told_nothing(port: int) -> None:
    status, page, _ = asked(port, Host="evil.example")

    assert (status, "madoguchi_up" in page) == (421, False)


def test_what_is_no_question_ends_and_hinders_nobody(port: int) -> None:
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(metrics.AT_ONCE - 2)]
    with socket.create_connection(("127.0.0.1", port)) as rubbish:
        rubbish.sendall(b"\x00\xff" * 40_000 + b"\r\n\r\n")
        there = asked(port)[0]
    for one in silent:
        one.close()

    assert there == 200


def test_who_says_a_byte_now_and_then_holds_nobody_up_for_longer_than_one_who_says_nothing(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "SAYING", 0.5)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(metrics.AT_ONCE)]
    ended, until = 0, time.monotonic() + 60
    for one in slow:
        one.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n")
        one.settimeout(0.05)  # short: between two bytes
    while slow and time.monotonic() < until:
        for one in list(slow):
            try:
                one.sendall(b"x")
                over = one.recv(1) == b""
            except TimeoutError:
                over = False
            except OSError:
                over = True
            if over:
                slow.remove(one)
                one.close()
                ended += 1

    assert ended == metrics.AT_ONCE
    monkeypatch.undo()  # whoever asks as usual has time to
    assert asked(port)[0] == 200


def test_however_many_ask_the_office_is_asked_by_one_at_a_time_and_not_again_within_seconds() -> None:
    let, calls = threading.Event(), []

    def slow() -> str:
        calls.append(threading.active_count())
        assert let.wait(60)
        return PAGE

    told: list[int] = []
    with serving(Answers(slow, fresh=600)) as port:
        people = [threading.Thread(target=lambda: told.append(asked(port)[0])) for _ in range(5)]
        for one in people:
            one.start()
        let.set()
        for one in people:
            one.join()
        again = asked(port)[0]

    assert (told, again, len(calls)) == ([200] * 5, 200, 1)


def test_an_old_answer_is_not_given_again() -> None:
    pages = iter(["first", "second"])
    answers = Answers(lambda: next(pages), fresh=0.0)

    assert [answers.page(), answers.page()] == ["first", "second"]


def test_it_takes_the_port_it_had_before_then_the_usual_one_then_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, quiet = tmp_path / "metrics.url", Answers(lambda: PAGE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        usual = int(taken.getsockname()[1])
        monkeypatch.setattr(metrics, "PREFERRED_PORT", usual)
        with listening("127.0.0.1", None, file, quiet) as first:
            port = first.server_address[1]
        file.write_text(f"http://127.0.0.1:{port}/metrics\n", "ascii")
        with listening("127.0.0.1", None, file, quiet) as second:
            same = second.server_address[1]
        with pytest.raises(OSError, match="in use"):
            listening("127.0.0.1", usual, file, quiet)

    assert port != usual
    assert same == port


# -- the office -------------------------------------------------------------------------------------------------------


PATIENT = "from desk import metrics; metrics.PATIENCE = 150.0; metrics.main()"
"""The process as the desk starts it, which gives the office longer: the machine may be busy."""


@pytest.fixture
def run(house: Settings, home: Path) -> Iterator[Callable[..., int]]:
    """Run the process itself; return its port."""
    running: list[Running] = []

    def begin(**environment: str) -> int:
        told = {**load({}).environment(), **house.environment(), **environment, "PATH": "/usr/bin:/bin"}
        program = Program(
            name="metrics", command=[sys.executable, "-c", PATIENT], log=home / "metrics.log", folder=PROJECT,
            environment=told, ready=metrics.READY,
        )  # fmt: skip
        running.append(Running(program))
        running[-1].wait_ready()
        return int(house.metrics_address.read_text("ascii").split(":")[2].partition("/")[0])

    yield begin
    for one in running:
        one.stop()


def test_the_office_is_asked_and_whatever_is_away_is_said(
    house: Settings, home: Path, run: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.session import migrate

    migrate(house.database_url)
    office = TestOffice(house.database_url, home)
    office.opened()
    office.close()

    here = promql.numbers(asked(run())[1])
    house.metrics_address.unlink()
    away = promql.numbers(asked(run(MADOGUCHI_DATABASE_URL="postgresql+psycopg://nobody@127.0.0.1:1/nothing"))[1])
    monkeypatch.setenv("MADOGUCHI_HOME", str(home / "nowhere"))
    nowhere = metrics.asked(patience=120)  # however busy the machine is
    late = metrics.asked(patience=0.01)

    assert here["madoguchi_database_up"] == {frozenset(): 1}
    assert here["madoguchi_up"] == here["madoguchi_broker_up"] == {frozenset(): 0}  # there is no broker in this home
    assert here["madoguchi_orders_waiting"] == {frozenset(): 0}
    assert away["madoguchi_up"] == away["madoguchi_database_up"] == {frozenset(): 0}
    assert "madoguchi_orders_waiting" not in away
    assert (promql.numbers(nowhere), "exit 5" in nowhere) == ({"madoguchi_up": {frozenset(): 0}}, True)
    assert (promql.numbers(late), "no answer within" in late) == ({"madoguchi_up": {frozenset(): 0}}, True)


def test_off_serves_nothing(house: Settings) -> None:
    from desk.supervisor import Desk

    off = load({**house.environment(), "MADOGUCHI_METRICS_PORT": "off"})

    assert not Desk(off)._with_metrics
    assert load(off.environment()).metrics_port == off.metrics_port
    assert Desk(house)._with_metrics
