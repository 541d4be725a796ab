"""Tasks that beat rings for all day long: one that finds nothing leaves no line in a log and no event in Flower.

They were nine of ten of both, and pushed out what people look for. That they are rung for and heard is shown by the
heartbeats, which `status` reads. One that carried something out, or failed, is logged and shown as every task is.
"""

import logging
from collections.abc import Mapping
from typing import Any

from celery.worker.request import Request

NOTHING = ("0", "None", "False")
"""What a task of this kind answers, in Python's spelling, where there was nothing to do."""
_SPEAKERS = ("celery.worker.strategy", "celery.app.trace")


class SilentRequest(Request):
    """One message of such a task: in Flower it appears when it is done, if anything was done."""

    def send_event(self, type: str, **fields: Any) -> None:  # noqa: A002 - Celery's own name
        """Tell Flower what became of it, once that is known and worth telling, with all that a task tells before."""
        if type == "task-started" or (type == "task-succeeded" and fields.get("result") in NOTHING):
            return
        eventer: Any = getattr(self, "_eventer", None)  # one of Celery's slots, which its types leave out
        if eventer and eventer.enabled:
            known = {"uuid": self.id, "timestamp": self.time_start} if self.time_start else {"uuid": self.id}
            task = {"name": self.name, "args": self.argsrepr, "kwargs": self.kwargsrepr, "root_id": self.root_id}
            eventer.send("task-received", parent_id=self.parent_id, retries=0, **task, **known)
            eventer.send("task-started", **known)
            eventer.send(type, uuid=self.id, **fields)


class WhatWasDone(logging.Filter):
    """Lets through what Celery says of tasks, but of a silent one only that it did something, or failed."""

    def __init__(self, tasks: Mapping[str, Any]) -> None:
        """Take the tasks there are, by name."""
        super().__init__()
        self._tasks = tasks

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is worth its place."""
        said = getattr(record, "data", None)
        if record.levelno > logging.INFO or not isinstance(said, dict):
            return True
        if getattr(self._tasks.get(said.get("name", "")), "send_events", True):
            return True
        return said.get("return_value", NOTHING[0]) not in NOTHING


def be_silent(tasks: Mapping[str, Any]) -> None:
    """Say no more in the log of this worker, and of its children, than has to be said."""
    for name in _SPEAKERS:
        logging.getLogger(name).addFilter(WhatWasDone(tasks))
