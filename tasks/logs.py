"""The workers' log where MADOGUCHI_LOG is json: each record of Celery, kombu and ours as one line of ids and codes.

What a record says freely is not taken over: of its arguments stay numbers and ids, of an error its class and place.
"""

import ast
import logging
import re
from typing import Any

from celery import signals
from celery.apps import worker as apps

import journal
from tasks.failing import code_of

OURS = ("celery", "kombu", "services", "tasks", "models")
"""Loggers whose texts are made of our words and Celery's, never of what people wrote."""
_AN_ERROR = re.compile(r"[A-Z][A-Za-z]{0,60}(?:Error|Exception)")
"""The class of one, as our loggers name it."""
_BECAME = {"celery.worker.strategy": "task_received", "celery.app.trace": "task_ended"}


class Lines(logging.Formatter):
    """Writes a record as one JSON object."""

    def __init__(self, process: str) -> None:
        """Say whose records they are."""
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        data = getattr(record, "data", None)
        what, ids = _of_a_task(record, data) if isinstance(data, dict) else ("log", _of_a_record(record))
        if record.exc_info and record.exc_info[1] is not None:
            ids["fault"] = code_of(record.exc_info[1]).replace(" at ", "@").replace(" < ", ",").replace(" ", "_")
        return journal.line(self._process, what, {"level": record.levelname.lower(), **ids}).decode().rstrip("\n")


def _of_a_task(record: logging.LogRecord, data: dict[str, Any]) -> tuple[str, dict[str, object]]:
    """Return what a record of Celery's says of one message: its task, its id, and of which order or effect it is."""
    ids: dict[str, object] = {"task": data.get("name"), "message": data.get("id")}
    try:
        kwargs = ast.literal_eval(str(data.get("kwargs") or "{}"))
    except (ValueError, SyntaxError):
        kwargs = {}
    kwargs = kwargs if isinstance(kwargs, dict) else {}
    if "order" in kwargs:
        ids["request"] = f"order:{kwargs['order']}"
    ids |= {name: kwargs[name] for name in ("case", "effect", "effects", "run") if name in kwargs}
    if "return_value" in data:
        ids |= {"answer": str(data["return_value"]).strip("'"), "seconds": data.get("runtime")}
    failed = record.levelno > logging.INFO
    return ("task_failed" if failed else _BECAME.get(record.name, "task")), ids


def _of_a_record(record: logging.LogRecord) -> dict[str, object]:
    place = f"{record.filename}:{record.lineno}"
    if not record.name.startswith(OURS):
        return {"logger": record.name, "place": place}
    text = str(record.msg)
    if isinstance(record.args, tuple) and record.args:
        try:
            text %= tuple(_harmless(one) for one in record.args)
        except (TypeError, ValueError):
            text = ""
    return {"logger": record.name, "place": place, "said": "_".join(text.split())}


def _harmless(value: object) -> object:
    if isinstance(value, int | float) or (isinstance(value, str) and _AN_ERROR.fullmatch(value)):
        return value
    return journal.told(str(value))


logging.captureWarnings(True)


@signals.setup_logging.connect
def _log_as_json(loglevel: int | str = logging.INFO, **_: Any) -> None:
    """Write the log of this process in lines; connected only where the settings want it (tasks/app.py)."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(process_name()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(loglevel)


@signals.celeryd_init.connect
def _no_banner(sender: str = "", instance: Any = None, **_: Any) -> None:
    """Keep the picture at a worker's start out of a log of lines, and say who this is."""
    _name[:] = [sender.partition("@")[0] or "worker"]
    journal.begin(_name[0])
    if instance is not None:
        instance.quiet = True


def _said_at_the_end(sentence: str, _: Any = None) -> None:
    """Write what Celery says from a signal's handler, past every logger: how the worker ends."""
    journal.event("ending", said="_".join(sentence.split()).replace("(", "").replace(")", ""))


setattr(apps, "safe_say", _said_at_the_end)  # noqa: B010 - its types leave it out; test_journal.py reads it
_name: list[str] = []


def process_name() -> str:
    """Return what this process is called: the worker's node without its machine; beat has none."""
    return _name[0] if _name else "beat"
