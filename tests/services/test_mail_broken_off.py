"""A mail server that hangs up, or talks nonsense, keeps nobody's mail but that at which it does so."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from services.mail import ordering, sending, server
from tests.office import CLERK, LEAD, TestOffice
from tests.services.post_boxes import Moody, url
from tests.services.test_mail import CLERKS_BOX, LEADS_BOX, addressed, ago, port, states

__all__ = ["port"]


def hangs_up(said: str) -> str | None:
    """Answer as a server that hangs up on the lead's address, and takes whatever else there is."""
    verb = said.upper()[:4]
    if verb == "RCPT" and LEADS_BOX in said:
        return None
    return {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 fine")


def four_twenty_one(said: str) -> str | None:
    """Answer in the same way, with the word that a server hangs up."""
    return hangs_up(said) or "421 4.3.2 closing"


@pytest.mark.parametrize("answers", [hangs_up, four_twenty_one])
def test_a_message_the_server_hangs_up_at_keeps_nobody_elses(
    office: TestOffice, port: int, answers: Callable[[str], str | None]
) -> None:
    office.settings = replace(office.settings, smtp_url=url(port))
    for name, address in ((LEAD, LEADS_BOX), (CLERK, CLERKS_BOX)):
        addressed(office, name, address, "en")
        with office.writing() as db:
            ordering.test(db, name, office.at(db))

    with Moody(port, answers):
        assert sending.send(office.unit) == 1

    assert states(office) == [(LEAD, "test", "waiting"), (CLERK, "test", "sent")]


def test_more_that_break_off_than_are_borne_wait_longer_than_those_behind_them(office: TestOffice, port: int) -> None:
    office.settings = replace(office.settings, smtp_url=url(port))
    addressed(office, LEAD, LEADS_BOX, "en")
    addressed(office, CLERK, CLERKS_BOX, "en")
    for name in [LEAD] * (sending.BROKEN_OFF + 1) + [CLERK]:
        with office.writing() as db:
            ordering.test(db, name, office.at(db))

    with Moody(port, hangs_up):
        assert sending.send(office.unit) == 0
        for _ in range(3):
            ago(office, sending.FIRST_PAUSE)
            sending.send(office.unit)

    assert (CLERK, "test", "sent") in states(office)


@pytest.mark.parametrize("greeting", ["220 here", "hello, is it me?", "220 " + "x" * 10_000, "\x00\xff\x80"])
def test_a_server_that_talks_nonsense_lets_everything_wait_and_is_seen(
    office: TestOffice, port: int, greeting: str
) -> None:
    office.settings = replace(office.settings, smtp_url=url(port).replace("//", "//kudo:geheim%C3%BC@"))
    addressed(office, LEAD, LEADS_BOX, "en")
    with office.writing() as db:
        ordering.test(db, LEAD, office.at(db))

    def nonsense(said: str) -> str | None:
        ready = "250-here\r\n250 AUTH CRAM-MD5 PLAIN"
        return ready if said.upper().startswith("EHLO") else "334 !not base64!" if "AUTH" in said else "250 fine"

    with Moody(port, nonsense, greeting):
        assert sending.send(office.unit) == 0

    (row,) = office.ask("SELECT state, fault, claimed_at FROM mail")
    assert row.state == "waiting"
    assert row.claimed_at is None  # another try is not kept waiting by this one's claim
    assert row.fault
    assert "geheim" not in row.fault


def test_a_server_that_drips_its_words_is_left_when_the_turn_is_over(
    office: TestOffice, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.settings = replace(office.settings, smtp_url=url(port))
    monkeypatch.setattr(server, "LONGEST", 0.5)  # seconds, in place of a minute
    for name, address in ((LEAD, LEADS_BOX), (CLERK, CLERKS_BOX)):
        addressed(office, name, address, "en")
        with office.writing() as db:
            ordering.test(db, name, office.at(db))

    with dripping(port):
        assert sending.send(office.unit) == 0

    assert [state for _, _, state in states(office)] == ["waiting", "waiting"]


@contextmanager
def dripping(port: int) -> Iterator[None]:
    """Serve as one that is never silent for long and never ends a line."""
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", port)) as listening:

        def drip() -> None:
            with suppress(OSError):
                line, _ = listening.accept()
                with line:
                    while not stopped.wait(1):  # short: it would be an hour before the line is too long
                        line.sendall(b"2")

        dripped = threading.Thread(target=drip)
        dripped.start()
        yield
        stopped.set()
        listening.close()
        dripped.join()
