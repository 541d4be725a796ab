"""Messages put into their queues: one LPUSH each over a plain socket, for the script, the workers and the desk alike.

kombu and redis-py take 0.15 s to import and, where the broker is away, six seconds to say so; a clerk would wait for
both. What is pushed is what kombu would push, and a test holds the two together on a real broker. Each call has a
connection of its own, which costs less than finding out whether an old one still lives.
"""

import base64
import json
import os
import socket
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PATIENCE_SECONDS = 2.0
"""Without a limit a publish hung for ten minutes on a broker that was half open."""
TOGETHER = 100
"""So many messages are sent before their answers are read: what is on its way always fits into the sockets."""


@dataclass(frozen=True, slots=True)
class Bell:
    """One message: which task, under which id, on which queue, with which ids."""

    task: str
    task_id: str
    queue: str
    kwargs: dict[str, Any]


class Unwilling(OSError):
    """The broker answers, and says no. The text is the first word of its answer."""


def publish(url: str, bells: Iterable[Bell]) -> None:
    """Put the messages into their queues, tried once.

    Raises:
        OSError: the broker is away, or unwilling; some of the messages may lie there.
    """
    commands = [("LPUSH", bell.queue, json.dumps(envelope(bell))) for bell in bells]
    if commands:
        _said(url, commands)


def lengths(url: str, queues: Iterable[str]) -> dict[str, int]:
    """Return how many messages lie in each of these queues. Raises OSError."""
    asked = list(queues)
    return dict(zip(asked, map(int, _said(url, [("LLEN", queue) for queue in asked])), strict=True))


def ping(url: str) -> str | None:
    """Return None where the broker answers within two seconds, else what went wrong, in a word."""
    try:
        _said(url, [("PING",)])
    except Unwilling as no:
        return str(no)
    except OSError as error:
        return type(error).__name__
    return None


# -- the message ----------------------------------------------------------------------------------------------------


def envelope(bell: Bell) -> dict[str, Any]:
    """Return the message as kombu's Redis transport stores it: the task in version 2 of Celery's protocol.

    The default exchange is used on purpose: after a flush a named exchange has lost its bindings and drops silently.
    """
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


def headers(bell: Bell) -> dict[str, Any]:
    """Return the headers Celery reads the task from."""
    return {
        "lang": "py",
        "task": bell.task,
        "id": bell.task_id,
        "shadow": None,
        "eta": None,
        "expires": None,
        "group": None,
        "group_index": None,
        "retries": 0,
        "timelimit": [None, None],
        "root_id": bell.task_id,
        "parent_id": None,
        "argsrepr": "()",
        "kwargsrepr": repr(bell.kwargs),
        "origin": f"{os.getpid()}@{socket.gethostname()}",
        "ignore_result": True,
        "replaced_task_nesting": 0,
        "stamped_headers": None,
        "stamps": {},
    }


# -- the connection -------------------------------------------------------------------------------------------------


def _said(url: str, commands: Sequence[tuple[str, ...]]) -> list[bytes]:
    """Say these commands to the broker; return its answers, a line each. Raises OSError; Unwilling where one is no."""
    parts = urlsplit(url)
    said: list[bytes] = []
    with _connected(parts) as broker:
        answers, everything = broker.makefile("rb"), [*_greetings(parts), *commands]
        for start in range(0, len(everything), TOGETHER):
            some = everything[start : start + TOGETHER]
            broker.sendall(b"".join(_spoken(words) for words in some))
            for _ in some:
                answer = answers.readline()
                if not answer:
                    raise ConnectionResetError
                if not answer.startswith((b"+", b":")):
                    raise Unwilling(answer[1:].split(b" ")[0].decode("ascii", "replace").strip())
                said.append(answer[1:].strip())
    return said[len(said) - len(commands) :]


def _connected(parts: SplitResult) -> socket.socket:
    if parts.scheme != "redis+socket":
        made = socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 6379), PATIENCE_SECONDS)
        return _encrypted(made, parts) if parts.scheme == "rediss" else made
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.settimeout(PATIENCE_SECONDS)
    try:
        made.connect(unquote(parts.path))
    except OSError:
        made.close()
        raise
    return made


def _encrypted(plain: socket.socket, parts: SplitResult) -> socket.socket:
    """Return the connection under TLS; what is believed stands in the URL, in the words kombu reads there."""
    import ssl  # late: most offices need none, and it takes as long to load as all the rest of this

    said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    try:
        context = ssl.create_default_context(cafile=said.get("ssl_ca_certs"))
        if said.get("ssl_cert_reqs", "required").lower().removeprefix("cert_") != "required":
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if "ssl_certfile" in said:
            context.load_cert_chain(said["ssl_certfile"], said.get("ssl_keyfile"))
        return context.wrap_socket(plain, server_hostname=parts.hostname)
    except OSError:
        plain.close()
        raise


def _greetings(parts: SplitResult) -> list[tuple[str, ...]]:
    """Return what is said first: the password, and which of the server's databases is ours."""
    said: list[tuple[str, ...]] = []
    if parts.password:
        user = (unquote(parts.username),) if parts.username else ()
        said.append(("AUTH", *user, unquote(parts.password)))
    in_query = parse_qs(parts.query).get("virtual_host", [""])[0]
    number = in_query if parts.scheme == "redis+socket" else parts.path.strip("/")
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
