"""What the processes of the house write down where MADOGUCHI_LOG is json: one object a line, of ids and codes alone.

Nothing else can be said here: a text that is not what the product itself makes as an id, or a word of its own under a
name that holds words (`told`), is written as "?". Each line about one
order, from the command to the letter, has the same ``request`` (docs/adr/0064): one search finds them all. Until
a process says who it is (`begin`), nothing is written: a command at a terminal writes no log.
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_NUMBER = r"[A-Z]{0,4}\d{2}-\d{6,9}-[0-9A-Z*](?:-\d{2,4})?"
"""A case's, an inquiry's, a search's, with an ordinal a letter's (`workflows.engine.numbers`)."""
_STEPS = r"[a-z_]{1,40}(?::[a-z0-9_]{1,40}){1,4}"
"""A cause as the history has it: order:17, timer:remind:4:1."""
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_RUN = r"[0-9A-F]{8}-\d{1,12}"
_ID = re.compile(rf"|{_UUID}|order:\d{{1,18}}|(?:{_NUMBER})?(?:/{_STEPS}|/\d{{1,4}}|\.disc)?")
_WORDS = re.compile(r"[a-z][a-z0-9]{0,40}(?:[._-][a-z0-9]{1,40}){0,8}|-")
_FAULT = r"[A-Za-z_][A-Za-z0-9_.:]{0,120}(?:@[A-Za-z0-9_./-]{1,80}:\d{1,6})?"
_CODE = re.compile(rf"{_FAULT}(?:,{_FAULT}){{0,8}}")
_BY_NAME: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("transition", "outcome", "state", "kind", "codes", "task", "level", "command", "name", "queue"), _WORDS
    ),
    **dict.fromkeys(("fault", "trouble", "place", "logger", "answer"), _CODE),
    "run": re.compile(_RUN),
    "message": re.compile(
        rf"{_UUID}|(?:{_NUMBER}|{_RUN}|[a-z_]{{1,40}})(?:[.-][a-z_-]{{1,40}})*(?:[.-]\d{{1,24}}){{1,4}}"
    ),
    "subject": re.compile(rf"{_NUMBER}(?:/\d{{1,4}}|\.disc)?|[a-z_]{{1,40}}_#?\d{{1,18}}"),
    "address": re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,120}/?"),
    # A sentence of ours or of Celery's; whatever was put into it went through here first, one by one (tasks/logs.py).
    "said": re.compile(r"[A-Za-z0-9_.:/#@+=,?-]{0,160}"),
}
"""What may stand under a name: words of the house, classes and places of code, ids of a form of their own.

Under any other name only ids may, by their form: a name of a person is a word too.
"""
LONGEST = 40
"""How many things of one list are named."""
_where: list[tuple[str, int]] = []
_process = ["admin"]


def begin(process: str, descriptor: int = 2) -> None:
    """Say which process this is, and where its lines go; nothing is written where the settings say text."""
    from settings import settings

    _process[:] = [process]
    _where[:] = [(process, descriptor)] if settings().log == "json" else []


def writes() -> bool:
    """Whether what happens is written down as JSON by this process."""
    return bool(_where)


def wanted() -> bool:
    """Whether anybody is told what happens to requests: a log of lines, or a collector of traces."""
    return bool(_where) or _collector() is not None


def event(what: str, **ids: object) -> None:
    """Write one line: what happened, and which ids and codes it is about. A full disk is no trouble.

    What happened to a request is told to the collector of traces as well, where there is one.
    """
    if "request" in ids:
        traced(what, ids)
    if not _where:
        return
    process, descriptor = _where[0]
    try:
        os.write(descriptor, line(process, what, ids))
    except OSError:
        return


def traced(what: str, ids: Mapping[str, object], seconds: float = 0.0) -> None:
    """Tell the collector alone, of what took so many seconds until now."""
    url = _collector()
    if url is not None:
        import traces

        traces.tell(url, _process[0], what, {name: told(value, name) for name, value in ids.items()}, seconds)


def flush() -> None:
    """Send what the collector has not been told yet, before this process ends as it is."""
    if "traces" in sys.modules:  # else nothing was told
        import traces

        traces.flush()


def _collector() -> str | None:
    from settings import settings

    return settings().otlp_url


def ready(sentence: str) -> None:
    """Say that this process is ready, in a sentence or as an event: whoever started it waits for `ready_as`."""
    if _where:
        event("ready")
    else:
        print(sentence, flush=True)  # noqa: T201 - the desk's own processes


def ready_as(sentence: str, log: str) -> str:
    """Return by which part of its output a process is known to be ready that says it in this sentence."""
    return '"event": "ready"' if log == "json" else sentence


def line(process: str, what: str, ids: Mapping[str, object]) -> bytes:
    """Return the line, whole, so that lines of several processes never mix."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"at": now, "process": process, "pid": os.getpid(), "event": what}
    return json.dumps({**said, **{name: told(value, name) for name, value in ids.items()}}).encode() + b"\n"


def told(value: object, name: str = "") -> Any:
    """Return a value as it may be written under a name: a number, an id, a word of ours where that name holds words.

    Of a list each of its first ones; "?" for anything else.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value if _BY_NAME.get(name, _ID).fullmatch(value) or not value else "?"
    if isinstance(value, list | tuple | frozenset | set):
        return [told(one, name) for one in list(value)[:LONGEST]]
    return "?"


def request_of(case: str, cause: str) -> str:
    """Return the request id of a cause as the history has it: an order's alone, a deadline's with its case."""
    return cause if cause.startswith("order:") else f"{case}/{cause}"
