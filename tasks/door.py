"""What comes in through the broker is judged before Celery sees it: a message has the shape of our own bells, or goes.

Whoever can write to the broker can write anything, and kombu would end the worker over a list entry that is no JSON.
So nothing is taken over that is not known: of a message stay the name of a task of ours, its id, and arguments that
are ids of the kinds the task declares. Everything else is made anew, and nothing expires: whoever wrote the message may
have another clock, and looking late does no harm.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import datetime
from inspect import signature
from typing import Any, get_type_hints

from tasks.publish import Bell, headers

LARGEST = 256 * 1024
"""Bytes of a message: a hundred times the largest bell."""
LARGEST_ID = 2**63 - 1

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@#-]{0,199}")
_NO_SIGNATURES = {"callbacks", "errbacks", "chain", "chord"}
_PICKLED = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")

Shapes = Mapping[str, Mapping[str, Any]]
"""Task -> its arguments and their types: int, str, list[int], list[str], or bool, which may always be left out."""


class Unsound(Exception):
    """A message that is none of ours. ``kind`` is one of `KINDS`; of the message itself nothing is kept."""

    def __init__(self, kind: str) -> None:
        """Keep what is wrong with it."""
        super().__init__(kind)
        self.kind = kind


KINDS = (
    "too_large", "not_json", "pickled", "no_envelope", "content_type", "unknown_task", "headers", "body", "arguments",
    "wrong_key", "unreadable_again",
)  # fmt: skip
"""What is told apart: each is an incident of its own a day."""


def shapes(tasks: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what each task of ours takes; Celery's own tasks are nobody's to call."""
    found = {}
    for name, task in tasks.items():
        if not name.startswith("celery."):
            types = get_type_hints(task.run)
            found[name] = {argument: types[argument] for argument in signature(task.run).parameters}
    return found


def envelope(raw: bytes | str) -> dict[str, Any]:
    """Return the envelope of a message: what kombu needs to take it apart.

    Raises:
        Unsound: it is too large, no JSON, or no envelope.
    """
    if len(raw) > LARGEST:
        raise Unsound("too_large")
    if isinstance(raw, bytes) and raw.startswith(_PICKLED):
        raise Unsound("pickled")
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError):
        raise Unsound("not_json") from None
    return enveloped(read)


def enveloped(read: Any) -> dict[str, Any]:
    """Return what was read from JSON as an envelope.

    Raises:
        Unsound: it is none.
    """
    if not isinstance(read, dict) or not isinstance(read.get("headers"), dict):
        raise Unsound("no_envelope")
    properties = read.get("properties")
    if not isinstance(properties, dict) or not isinstance(properties.get("delivery_info"), dict):
        raise Unsound("no_envelope")
    tag = properties.get("delivery_tag")
    # Celery's own events and answers have numbers for tags where we have ids.
    if not isinstance(tag, int) and not (isinstance(tag, str) and _ID.fullmatch(tag)):
        raise Unsound("no_envelope")
    return read


def judged(raw: bytes | str, queue: str, known: Shapes) -> dict[str, Any]:
    """Return the message made anew of what is ours in it, as kombu delivers it.

    Raises:
        Unsound: it is not one of ours.
    """
    read = envelope(raw)
    if read.get("content-type") != "application/json" or read.get("content-encoding") != "utf-8":
        kind = read.get("content-type")
        raise Unsound("pickled" if kind in ("application/x-python-serialize", "application/data") else "content_type")
    said, properties = read["headers"], read["properties"]
    task, task_id = said.get("task"), said.get("id")
    if not isinstance(task, str) or task not in known:
        raise Unsound("unknown_task")
    if not isinstance(task_id, str) or not _ID.fullmatch(task_id):
        raise Unsound("headers")
    if said.get("eta") is not None or said.get("compression") is not None or not _a_moment(said.get("expires")):
        raise Unsound("headers")
    kwargs = _arguments(read.get("body"), properties.get("body_encoding"))
    if not _fits(kwargs, known[task]):
        raise Unsound("arguments")
    again = bool(properties["delivery_info"].get("redelivered")) or bool(said.get("redelivered"))
    return {
        "body": read["body"],
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": headers(Bell(task, task_id, queue, kwargs)),
        "properties": {
            "correlation_id": task_id,
            "delivery_mode": 2,
            # By the queue's own name: brought back after a killed worker, it needs no bindings.
            "delivery_info": {"exchange": "", "routing_key": queue, "redelivered": again},
            "priority": 0,
            "body_encoding": properties.get("body_encoding"),
            "delivery_tag": str(properties["delivery_tag"]),
        },
    }


def _arguments(body: Any, encoding: Any) -> dict[str, Any]:
    """Return the keyword arguments in a body: version 2 of Celery's protocol, without anything that would follow."""
    if not isinstance(body, str) or encoding not in ("base64", None):
        raise Unsound("body")
    try:
        read = json.loads(base64.b64decode(body, validate=True) if encoding == "base64" else body)
    except (ValueError, RecursionError, binascii.Error):
        raise Unsound("body") from None
    if not isinstance(read, list) or len(read) != 3:
        raise Unsound("body")
    args, kwargs, embed = read
    if args != [] or not isinstance(kwargs, dict) or not isinstance(embed, dict):
        raise Unsound("body")
    if not embed.keys() <= _NO_SIGNATURES or any(embed.values()):
        raise Unsound("body")
    return kwargs


def _fits(kwargs: Mapping[str, Any], takes: Mapping[str, Any]) -> bool:
    """Whether a task takes these arguments: nothing unknown, and only a yes or no may be missing."""
    needed = {name for name, kind in takes.items() if kind is not bool}
    return needed <= kwargs.keys() <= takes.keys() and all(_is(value, takes[name]) for name, value in kwargs.items())


def _is(value: Any, kind: Any) -> bool:
    """Whether an argument is an id of that kind, or the yes or no that is asked for."""
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return type(value) is int and 0 <= value <= LARGEST_ID
    if kind is str:
        return isinstance(value, str) and _ID.fullmatch(value) is not None
    (inner,) = kind.__args__
    return isinstance(value, list) and all(_is(one, inner) for one in value)


def _a_moment(text: Any) -> bool:
    if text is None:
        return True
    try:
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return True
