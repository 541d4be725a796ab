"""The mail server, as MADOGUCHI_SMTP_URL names it, and one conversation with it.

    smtp://[USER:PASSWORD@]HOST[:587]/?from=madoguchi@office.example[&tls=none]
    smtps://[USER:PASSWORD@]HOST[:465]/?from=...

``smtp`` begins in the clear and must become encrypted (STARTTLS) before anything is said, except with a server on this
very machine, or where the office says ``tls=none``. Certificates are checked as everywhere.
"""

import io
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE = 10.0
"""Seconds for each word of the server: whoever waits makes letters too."""
LONGEST = 60.0
"""Seconds for whatever is said to the server in one turn: one that drips its words byte by byte is left, too."""
TROUBLE = (OSError, ValueError)
"""What comes of a server that is away, breaks off or talks nonsense; smtplib's own errors are OSError."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NoEncryption(OSError):
    """The server offers no encryption, and the office did not say that it may do without."""


class Refused(Exception):
    """The server will never have this message for this address; the first argument is its number (5xx)."""


class Later(Exception):
    """The server will not have it now; the first argument is its number (4xx)."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes to, and from whom it comes."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    # One of these words: at_once (smtps), starttls, none.
    tls: str = "starttls"


def server(url: str) -> Server:
    """Return the server of a URL that the settings have checked."""
    parts = urlsplit(url)
    given = parse_qs(parts.query)
    host = parts.hostname or ""
    plain = given.get("tls") == ["none"] or host in HERE
    tls = "at_once" if parts.scheme == "smtps" else "none" if plain else "starttls"
    return Server(
        host,
        parts.port or (465 if tls == "at_once" else 587),
        given["from"][0],
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        tls,
    )


class _Words(io.RawIOBase):
    """What the server says, until it is time to go: each piece by itself would be waited for anew."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(_left(self._until))
        return self._sock.recv_into(buffer)


class _Bounded(smtplib.SMTP):
    """A conversation that ends at a moment (`time.monotonic`), however slowly the server speaks or listens."""

    def __init__(self, host: str, port: int, *, until: float, **more: Any) -> None:
        self._until = until
        super().__init__(host, port, timeout=_left(until), **more)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Words(self.sock, self._until))
        return super().getreply()

    def send(self, s: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(_left(self._until))
        super().send(s)


class _BoundedAtOnce(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the first word."""


def _left(until: float) -> float:
    """Return for how many seconds the next piece may be waited for. Raises TimeoutError where the time is over."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(PATIENCE, left)


def over(until: float) -> bool:
    """Whether the moment has come."""
    return time.monotonic() >= until


@contextmanager
def talking(to: Server, until: float | None = None) -> Iterator[smtplib.SMTP]:
    """Yield a conversation in which messages can be handed over; it ends at *until* (`time.monotonic`).

    Raises OSError, which smtplib's errors are.
    """
    until = time.monotonic() + LONGEST if until is None else until
    context = ssl.create_default_context()
    line: smtplib.SMTP
    if to.tls == "at_once":
        line = _BoundedAtOnce(to.host, to.port, until=until, context=context)
    else:
        line = _Bounded(to.host, to.port, until=until)
    try:
        line.ehlo_or_helo_if_needed()
        if to.tls == "starttls":
            if not line.has_extn("starttls"):
                raise NoEncryption
            line.starttls(context=context)
        if to.user is not None:
            line.login(to.user, to.password or "")
        yield line
    finally:
        with suppress(OSError):
            line.quit()
        line.close()


def hand_over(line: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand over one message. Raises Refused, Later, or OSError where the conversation is over."""
    try:
        line.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        raise _by_number(next(iter(refused.recipients.values()))[0]) from None
    except smtplib.SMTPDataError as refused:
        raise _by_number(refused.smtp_code) from None


def _by_number(number: int) -> Exception:
    return Refused(number) if number >= 500 else Later(number)


def fault_of(error: Exception) -> str:
    """Return what may be written down of a trouble: its class and the server's number, never its words."""
    number = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {number}" if isinstance(number, int) else type(error).__name__
