"""The certificates of the servers that the office is configured to talk to under TLS: when each ends.

Whether a certificate is believed is for whoever talks to that server. Here nothing is believed and nothing said, so
that one that ended is seen as well. All are asked at once, and whoever does not answer in time holds nobody up.
"""

import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from services.reports.health_certificates import Seen
from settings import Settings

if TYPE_CHECKING:  # loaded where they are needed: most offices talk to nobody under TLS
    import ssl

PATIENCE = 3.0
"""Seconds for all of them together: `status` must not hang, whatever a server does."""
ASKS_FOR_TLS = {"require", "verify-ca", "verify-full"}
# What PostgreSQL is asked before TLS begins (SSLRequest of its protocol); it answers S where it has it.
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)


@dataclass(frozen=True, slots=True)
class _Server:
    host: str
    port: int
    starttls: str
    shown: Callable[[str, int, float], bytes]
    """Connect, begin TLS, and return the certificate (DER)."""


def seen(settings: Settings, patience: float = PATIENCE) -> dict[str, Seen]:
    """Return the certificate of each server by what it serves: database, broker, mail; nothing where none has TLS."""
    found: dict[str, Seen] = {}
    asked = {name: one for name, one in _servers(settings) if one is not None}
    threads = [
        threading.Thread(target=_look, args=(name, one, found, patience), daemon=True) for name, one in asked.items()
    ]
    for each in threads:
        each.start()
    end = time.monotonic() + patience
    for each in threads:
        each.join(max(0.0, end - time.monotonic()))
    got = dict(found)  # who answers later, answers nobody
    return {name: got.get(name) or _unseen(one, "TimeoutError") for name, one in asked.items()}


def _look(name: str, one: _Server, found: dict[str, Seen], patience: float) -> None:
    from cryptography import x509

    try:
        der = one.shown(one.host, one.port, patience)
        ends = x509.load_der_x509_certificate(der).not_valid_after_utc
    except (OSError, ValueError) as error:
        found[name] = _unseen(one, type(error).__name__)
    else:
        found[name] = Seen(_where(one), one.host, one.starttls, ends)


def _unseen(one: _Server, fault: str) -> Seen:
    return Seen(_where(one), one.host, one.starttls, fault=fault)


def _where(one: _Server) -> str:
    return f"[{one.host}]:{one.port}" if ":" in one.host else f"{one.host}:{one.port}"


def _servers(settings: Settings) -> list[tuple[str, _Server | None]]:
    return [
        ("database", _database(settings.database_url)),
        ("broker", _broker(settings.broker_url)),
        ("mail", _mail(settings.smtp_url)),
    ]


def _database(url: str) -> _Server | None:
    parts = urlsplit(url)
    mode = parse_qs(parts.query).get("sslmode", [""])[-1]
    if parts.scheme.startswith("sqlite") or not parts.hostname or mode not in ASKS_FOR_TLS:
        return None
    return _Server(parts.hostname, parts.port or 5432, "postgres", _of_postgresql)


def _broker(url: str) -> _Server | None:
    parts = urlsplit(url)
    if parts.scheme != "rediss" or not parts.hostname:
        return None
    return _Server(parts.hostname, parts.port or 6379, "", _at_once)


def _mail(url: str | None) -> _Server | None:
    if url is None:
        return None
    from services.mail.server import server

    to = server(url)
    if to.tls == "none":
        return None
    return _Server(to.host, to.port, *(("", _at_once) if to.tls == "at_once" else ("smtp", _of_mail)))


# -- the conversations ------------------------------------------------------------------------------------------------


def _believing() -> "ssl.SSLContext":
    import ssl

    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _certificate(line: "ssl.SSLSocket") -> bytes:
    der = line.getpeercert(binary_form=True)
    if der is None:
        raise ConnectionError
    return der


def _at_once(host: str, port: int, patience: float) -> bytes:
    with (
        socket.create_connection((host, port), patience) as plain,
        _believing().wrap_socket(plain, server_hostname=host) as line,
    ):
        return _certificate(line)


def _of_postgresql(host: str, port: int, patience: float) -> bytes:
    with socket.create_connection((host, port), patience) as plain:
        plain.sendall(_SSL_REQUEST)
        if plain.recv(1) != b"S":
            raise ConnectionRefusedError
        with _believing().wrap_socket(plain, server_hostname=host) as line:
            return _certificate(line)


def _of_mail(host: str, port: int, patience: float) -> bytes:
    import smtplib
    import ssl

    with smtplib.SMTP(host, port, timeout=patience) as line:
        line.starttls(context=_believing())
        if not isinstance(line.sock, ssl.SSLSocket):
            raise ConnectionError
        return _certificate(line.sock)
