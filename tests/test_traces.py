"""Traces: what every process tells of one request meets in one trace, and a collector that is away costs nothing."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

import journal
import traces
from settings import BadSettings, load
from tasks.logs import Lines
from tests.collector import collector

TELLS = """
import sys, traces
{patience}
traces.tell(sys.argv[1], sys.argv[2], sys.argv[3], {{"request": sys.argv[4], "case": "26-000017-Y"}}, 0.25)
"""


def told(url: str, *words: str, patience: str = "traces.FLUSH_SECONDS = traces._PATIENCE_SECONDS = 60.0") -> None:
    """Let a process of its own tell of something, and end; it fails where one never ends.

    A collector of ours has a minute to answer: the machine may be busy.
    """
    subprocess.run([sys.executable, "-c", TELLS.format(patience=patience), url, *words], check=True, timeout=150)


def test_what_several_processes_tell_of_a_request_is_one_trace_below_its_first_span() -> None:
    with collector() as here:
        told(here.url, "counter", "accepted", "order:17")
        told(here.url, "desk1", "task_failed", "order:17")
        told(here.url, "desk2", "transition", "26-000017-Y/timer:remind:4:1")

        first, below, of_the_clock = here.spans()

    assert here.paths == {"/v1/traces"}
    # As docs/operations.md has it done in a shell.
    by_hand = subprocess.run(
        ["sh", "-c", "printf 'order:17' | sha256sum | cut -c1-32"], check=True, capture_output=True, text=True
    )
    assert first.trace == below.trace == by_hand.stdout.strip()
    assert (first.above, below.above) == ("", first.span)
    assert (first.failed, below.failed) == (False, True)
    assert below.seconds == pytest.approx(0.25, abs=0.001)
    assert below.said == {
        "madoguchi.process": "desk1", "madoguchi.request": "order:17", "madoguchi.case": "26-000017-Y",
    }  # fmt: skip
    assert of_the_clock.above == "", "a deadline was ordered by nobody: its own step is the first"
    assert of_the_clock.trace != first.trace


def forked_and_telling(url: str, request: str) -> int:
    """Fork a child that tells of a request and ends, or is ended where it waits for ever; return its id."""
    child = os.fork()
    if not child:
        try:
            signal.alarm(150)
            traces.tell(url, "desk2", "effect", {"request": request})
            traces.flush()
            os._exit(0)
        finally:
            os._exit(1)
    return child


@pytest.fixture
def patient(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A collector of ours has a minute to answer, as in `told`."""
    monkeypatch.setattr(traces, "FLUSH_SECONDS", 60.0)
    monkeypatch.setattr(traces, "_PATIENCE_SECONDS", 60.0)


def ended(child: int) -> int:
    """Return how a child ended."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.usefixtures("patient")
def test_a_process_that_was_forked_tells_for_itself() -> None:
    with collector() as here:
        traces.tell(here.url, "desk2", "accepted", {"request": "order:1"})
        assert ended(forked_and_telling(here.url, "order:1")) == 0
        traces.flush()

        assert sorted(span.name for span in here.spans("order:1")) == ["accepted", "effect"]


@pytest.mark.usefixtures("patient")
def test_a_fork_while_another_thread_makes_its_provider_keeps_the_child_from_nothing() -> None:
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with traces._lock:
            held.set()
            over.wait()

    thread = threading.Thread(target=hold)
    with collector() as here:
        thread.start()
        held.wait()
        child = forked_and_telling(here.url, "order:3")
        status = ended(child)
        over.set()
        thread.join()

        assert status == 0
        assert [span.name for span in here.spans("order:3")] == ["effect"]


def test_a_collector_that_is_away_keeps_nobody_waiting_and_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    told("http://127.0.0.1:9", "admin", "accepted", "order:2", patience="")

    assert capfd.readouterr() == ("", "")


@contextmanager
def hostile(begins: bytes, goes_on: bytes, every: float) -> Iterator[str]:
    """A collector whose answer never ends: that again and again."""
    over, server = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def answer(one: socket.socket) -> None:
        with one, suppress(OSError):
            one.recv(1 << 16)
            one.sendall(begins)
            while not over.wait(every):
                one.sendall(goes_on)

    def listen() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()


@pytest.mark.usefixtures("fresh")
def test_an_answer_that_never_ends_keeps_nobody_waiting_and_is_not_read() -> None:
    with hostile(b"HTTP/1.1 400 No\r\nContent-Length: 1000000000000\r\n\r\n", b"x" * 65536, 0.001) as url:
        traces.tell(url, "desk1", "accepted", {"request": "order:1"})
        exported = traces._here[0].force_flush()  # ends by itself: nothing of it is waited for

    assert exported


@pytest.fixture
def fresh() -> Iterator[None]:
    """As if this process had told nobody yet, before and afterwards."""
    traces._here.clear()
    yield
    traces._here.clear()


@pytest.mark.usefixtures("fresh")
def test_a_collector_that_says_a_byte_now_and_then_lets_a_process_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.5) as url:
        told(url, "admin", "accepted", "order:2", patience="")  # Python's own end

        monkeypatch.setattr(traces, "FLUSH_SECONDS", 0.2)
        traces.tell(url, "desk1", "accepted", {"request": "order:1"})
        traces.flush()  # a process of the counter's


def test_without_a_collector_nothing_of_it_is_even_imported() -> None:
    code = (
        "import sys, journal; journal.begin('desk1'); journal.event('accepted', request='order:1');"
        "assert not journal.wanted(); print(sorted(name for name in sys.modules if 'opentelemetry' in name))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)

    assert found.stdout == "[]\n"


@pytest.mark.parametrize("value", ["http://me:secret@127.0.0.1:4318", "127.0.0.1:4318", "http://h/?a=b", "ftp://h"])
def test_what_is_no_collector_is_refused_before_anything_starts(value: str) -> None:
    with pytest.raises(BadSettings) as refused:
        load({"MADOGUCHI_OTLP_URL": value})

    assert [fault.name for fault in refused.value.faults] == ["MADOGUCHI_OTLP_URL"]
    assert "4318" in str(refused.value)
    assert load({"MADOGUCHI_OTLP_URL": "https://traces.example:4318"}).otlp_url == "https://traces.example:4318"


OF_PEOPLE = (
    "taro@example.jp",
    "Yamada",
    "yamada",
    "yamada-taro",
    "Yamada_Taro",
    "09012345678",
    "090-1234-5678",
    "金糸雀",
)
IDS = (
    "26-000017-Y", "26-000017-Y-01", "S26-000001-X", "order:17", "26-000017-Y/timer:remind:4:1", "/timer:remind:4:1",
    "0c4e7d3a-2f51-4c8e-9d27-5b1f0a9e6c34", "",
)  # fmt: skip


def test_an_id_is_what_the_product_made_and_words_stand_under_their_own_names_alone() -> None:
    for name in ("", "case", "request", "effect", "run", "message", "subject", "pid"):
        assert [journal.told(one, name) for one in OF_PEOPLE] == ["?"] * len(OF_PEOPLE), name
    for name in ("transition", "codes", "task", "place", "fault", "answer", "address"):
        assert {journal.told(one, name) for one in OF_PEOPLE if "@" in one or one[0].isdigit()} == {"?"}, name
    assert [journal.told(one) for one in IDS] == list(IDS)
    assert journal.told([17, "taro@example.jp"], "effects") == [17, "?"]
    said = {
        "transition": "post_again", "task": "request.open", "codes": "outcome.unexplained", "command": "legal-hold",
        "fault": "ValueError@orders.py:12,KeyError", "place": "consumer.py:340", "logger": "celery.worker.consumer",
        "message": "26-000017-Y.mail-forms.1", "subject": "hold_#12", "run": "9F3A01BC-88",
        "address": "http://127.0.0.1:5555",
    }  # fmt: skip
    assert {name: journal.told(value, name) for name, value in said.items()} == said
    for argument, kept in (("Yamada", "?"), ("taro@example.jp", "?"), ("09012345678", "?"), ("OSError", "OSError")):
        record = logging.LogRecord("tasks.bell", logging.INFO, "bell.py", 1, "away: %s", (argument,), None)
        assert json.loads(Lines("desk1").format(record))["said"] == f"away:_{kept}"
    for message in (
        "26-000017-Y.letter-4.1",
        "letters-3-9.1",
        "orders.sweep.7",
        "9F3A01BC-88.1-500",
        "clock.sweep.123",
    ):
        assert journal.told(message, "message") == message
