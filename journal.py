"""What the processes of the house write down where MADOGUCHI_LOG is json: one object a line, of ids and codes alone.

Nothing else can be said here: a text that does not look like an id or a code is written as "?". Each line about one
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

_ID = re.compile(r"[A-Za-z0-9_.:/#@+=,-]{0,160}")
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

        traces.tell(url, _process[0], what, {name: told(value) for name, value in ids.items()}, seconds)


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
    return json.dumps({**said, **{name: told(value) for name, value in ids.items()}}).encode() + b"\n"


def told(value: object) -> Any:
    """Return a value as it may be written: a number, an id, a code, or some of these; "?" for anything else."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value if _ID.fullmatch(value) else "?"
    if isinstance(value, list | tuple | frozenset | set):
        return [told(one) for one in list(value)[:LONGEST]]
    return "?"


def request_of(case: str, cause: str) -> str:
    """Return the request id of a cause as the history has it: an order's alone, a deadline's with its case."""
    return cause if cause.startswith("order:") else f"{case}/{cause}"
