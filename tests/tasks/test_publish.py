"""What is put into a queue is what kombu would put there, held against it on a real broker."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from kombu import Connection

from lab.broker import Broker
from tasks.bell import order_bell
from tasks.publish import TOGETHER, Bell, Unwilling, _greetings, headers, ping, publish
from tasks.queues import TRANSPORT_OPTIONS

BELL = order_bell("hold", "26-000017-Y.hold.1", "26-000017-Y", 7)


def test_it_leaves_what_kombu_would_leave(broker_url: str, broker_server: Broker) -> None:
    with Connection(broker_url, transport_options=TRANSPORT_OPTIONS) as connection:
        connection.Producer().publish(
            ((), BELL.kwargs, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}),
            exchange="",
            routing_key=BELL.queue,
            serializer="json",
            content_encoding="utf-8",
            correlation_id=BELL.task_id,
            delivery_mode=2,
            headers=headers(BELL),
        )

    publish(broker_url, [BELL])

    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        ours, theirs = (json.loads(stored) for stored in client.lrange("commands", 0, -1))
    for envelope in (ours, theirs):
        envelope["properties"]["delivery_tag"] = "any"
    assert ours == theirs


def test_kombu_reads_what_was_published(broker_url: str) -> None:
    publish(broker_url, [BELL])

    with Connection(broker_url) as connection:
        found = connection.SimpleQueue(BELL.queue).get(timeout=60)

    assert found.headers["id"] == BELL.task_id


def test_bells_go_to_their_queues_however_many_there_are(broker_url: str, broker_server: Broker) -> None:
    publish(broker_url, [BELL] * (2 * TOGETHER + 1) + [Bell("orders.sweep", "s", "clock", {})])

    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        assert (client.llen("commands"), client.llen("clock")) == (2 * TOGETHER + 1, 1)


def test_a_password_and_a_database_number_are_said_first() -> None:
    def said(url: str) -> list[tuple[str, ...]]:
        return _greetings(urlsplit(url))

    assert said("redis://script:p%40ss@localhost:6379/3") == [("AUTH", "script", "p@ss"), ("SELECT", "3")]
    assert said("redis://:word@localhost/0") == [("AUTH", "word")]
    assert said("redis+socket:///run/s.sock?virtual_host=2") == [("SELECT", "2")]


@pytest.mark.parametrize("url", ["redis+socket:///nowhere/s.sock", "redis://127.0.0.1:1/0"])
def test_a_broker_that_is_away_is_told_at_once(url: str) -> None:
    with pytest.raises(OSError, match=r"(?i)connect|no such file"):
        publish(url, [BELL])

    assert ping(url) in ("FileNotFoundError", "ConnectionRefusedError")


def test_no_bell_asks_for_no_broker() -> None:
    publish("redis://127.0.0.1:1/0", [])


def test_a_broker_that_answers_with_an_error_is_told_by_its_word(broker_url: str, broker_server: Broker) -> None:
    with redis.Redis(unix_socket_path=str(broker_server.socket)) as client:
        client.set("commands", "no list")

    with pytest.raises(Unwilling, match="WRONGTYPE"):
        publish(broker_url, [BELL])

    assert ping(broker_url) is None


# -- under TLS ------------------------------------------------------------------------------------------------------


def test_under_tls_a_certificate_is_believed_only_where_it_is_vouched_for(tmp_path: Path) -> None:
    with _encrypted_broker(tmp_path) as (port, said):
        url = f"rediss://127.0.0.1:{port}/0?ssl_cert_reqs="
        vouched = ping(f"{url}required&ssl_ca_certs={tmp_path / 'cert.pem'}")
        strange = ping(f"{url}required")
        unchecked = ping(f"{url}none")

    assert (vouched, strange, unchecked) == (None, "SSLCertVerificationError", None)
    assert said == [b"*1\r\n$4\r\nPING\r\n"] * 2


@contextmanager
def _encrypted_broker(folder: Path) -> Iterator[tuple[int, list[bytes]]]:
    """Answer whatever is said with a yes, under a certificate nobody vouches for; yield the port and what was said."""
    _certify(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    said: list[bytes] = []

    def answer(listening: socket.socket) -> None:
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as caller:
                    said.append(caller.recv(4096))
                    caller.sendall(b"+PONG\r\n")
            except OSError:
                continue

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer, args=(listening,), daemon=True)
        thread.start()
        yield listening.getsockname()[1], said
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def _certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "broker")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
