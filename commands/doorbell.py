"""The script's own way of ringing: one LPUSH over a plain socket.

kombu and redis-py take 0.15 s to import and, where the broker is away, six seconds to say so; a clerk would wait for
both. What is pushed is what kombu would push, and a test holds the two together. Whatever this does not know (TLS, an
odd URL) goes through tasks.bell, which knows everything.
"""

import base64
import json
import socket
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from settings import settings
from tasks.bell import Bell, headers
from tasks.bell import ring as ring_with_kombu

PATIENCE_SECONDS = 2.0


def ring(bells: Sequence[Bell]) -> bool:
    """Publish the bells; False where the broker is away (the sweep will find what waits)."""
    url = settings().broker_url
    if urlsplit(url).scheme not in ("redis", "redis+socket"):
        return ring_with_kombu(bells)
    commands = [("LPUSH", bell.queue, json.dumps(envelope(bell))) for bell in bells]
    try:
        with _connected(url) as broker:
            for words in (*_greetings(url), *commands):
                broker.sendall(_spoken(words))
                answer = _line(broker)
                if not answer.startswith((b"+", b":")):
                    return False
    except OSError:
        return False
    return True


def ping() -> str | None:
    """Return None where the broker answers within two seconds, else what went wrong, in a word."""
    url = settings().broker_url
    if urlsplit(url).scheme not in ("redis", "redis+socket"):
        return _ping_with_redis(url)
    try:
        with _connected(url) as broker:
            for words in (*_greetings(url), ("PING",)):
                broker.sendall(_spoken(words))
                answer = _line(broker)
                if not answer.startswith(b"+"):
                    return answer[1:].split(b" ")[0].decode("ascii", "replace").strip()
    except OSError as error:
        return type(error).__name__
    return None


def _ping_with_redis(url: str) -> str | None:
    import redis

    patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS}
    try:
        with redis.Redis.from_url(url, **patience) as broker:
            broker.ping()
    except (redis.RedisError, OSError) as error:
        return type(error).__name__
    return None


def envelope(bell: Bell) -> dict[str, Any]:
    """Return the message as kombu's Redis transport stores it: the task in version 2 of Celery's protocol."""
    body = json.dumps([[], bell.kwargs, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}])
    return {
        "body": base64.b64encode(body.encode()).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": headers(bell),
        "properties": {
            "correlation_id": bell.task_id,
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": bell.queue},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid.uuid4()),
        },
    }


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "redis+socket":
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(PATIENCE_SECONDS)
        try:
            made.connect(unquote(parts.path))
        except OSError:
            made.close()
            raise
        return made
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379), PATIENCE_SECONDS)


def _greetings(url: str) -> list[tuple[str, ...]]:
    """Return what is said first: the password, and which of the server's databases is ours."""
    parts = urlsplit(url)
    said: list[tuple[str, ...]] = []
    if parts.password:
        user = (unquote(parts.username),) if parts.username else ()
        said.append(("AUTH", *user, unquote(parts.password)))
    number = (
        parse_qs(parts.query).get("virtual_host", [""])[0] if parts.scheme == "redis+socket" else parts.path.strip("/")
    )
    if number not in ("", "0"):
        said.append(("SELECT", number))
    return said


def _spoken(words: Sequence[str]) -> bytes:
    """Return a command in the protocol's form (RESP)."""
    parts = [f"*{len(words)}\r\n".encode()]
    for word in words:
        coded = word.encode()
        parts.append(b"$%d\r\n%s\r\n" % (len(coded), coded))
    return b"".join(parts)


def _line(broker: socket.socket) -> bytes:
    """Return the first line of the answer; every answer to what is said here has one line."""
    answer = b""
    while not answer.endswith(b"\r\n"):
        part = broker.recv(4096)
        if not part:
            raise ConnectionResetError
        answer += part
    return answer
