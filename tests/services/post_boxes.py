"""A real mail server for tests, on loopback: what it took, in order, and what it will not take."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.controller import Controller

SENDER = "madoguchi@office.example"


class Boxes:
    """What came, as messages; ``refuses`` are addresses it has no box for, ``busy`` those it will not serve now."""

    def __init__(self) -> None:
        self.came: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refuses: set[str] = set()
        self.busy: set[str] = set()
        self.while_it_comes: Any = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Say whether there is a box."""
        if address in self.refuses:
            return "550 5.1.1 no box here for " + address
        if address in self.busy:
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message."""
        self.raw.append(envelope.content)
        made = message_from_bytes(envelope.content, policy=default)
        assert isinstance(made, EmailMessage)
        self.came.append(made)
        if self.while_it_comes is not None:
            self.while_it_comes()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what came for an address."""
        return [one for one in self.came if one["To"] == address]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def url(port: int) -> str:
    """Return the setting that names the server of this port."""
    return f"smtp://127.0.0.1:{port}/?from={SENDER}"


@contextmanager
def serving(boxes: Boxes, port: int) -> Iterator[None]:
    """Serve at a port."""
    controller = Controller(boxes, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


class Moody:
    """A server on loopback that says what a script has it say, and ends the conversation where that ends.

    ``answers``: given a line of the client, the answer; None hangs up. ``lines`` are those that came.
    """

    def __init__(self, port: int, answers: Callable[[str], str | None], greeting: str = "220 here") -> None:
        self.lines: list[str] = []
        self._answers, self._greeting = answers, greeting
        self._socket = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(60)

    def _serve(self) -> None:
        while True:
            try:
                talk, _ = self._socket.accept()
            except OSError:
                return
            with talk, talk.makefile("rwb") as file, suppress(OSError):
                self._talk(file)

    def _talk(self, file: Any) -> None:
        said: str | None = self._greeting
        content = False
        while said is not None:
            if said:
                file.write(said.encode("latin-1") + b"\r\n")
                file.flush()
            line = file.readline().decode("latin-1").rstrip("\r\n")
            if content and line != ".":
                said = ""
                continue
            self.lines.append(line)
            said = None if not line else self._answers(line)
            content = said is not None and said.startswith("354")
