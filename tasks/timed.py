"""How long each message about an order took its worker, told to the collector of traces where there is one."""

import time
from typing import Any

from celery import signals

import journal

_began: dict[str, float] = {}


@signals.celeryd_init.connect
def _say_who(sender: str = "", **_: Any) -> None:
    """Say which process this is."""
    journal.begin(sender.partition("@")[0] or "worker")


@signals.task_prerun.connect
def _begins(task_id: str = "", **_: Any) -> None:
    """Remember when it began; one that was killed meanwhile is forgotten with its process."""
    _began[task_id] = time.monotonic()


@signals.task_postrun.connect
def _ended(
    task_id: str = "", task: Any = None, kwargs: dict[str, Any] | None = None, state: str | None = None, **_: Any
) -> None:
    """Tell of a message that named an order."""
    began, order = _began.pop(task_id, None), (kwargs or {}).get("order")
    if began is None or not isinstance(order, int):
        return
    what = "task_ended" if state == "SUCCESS" else "task_failed"
    ids = {"request": f"order:{order}", "task": task.name, "message": task_id, "case": (kwargs or {}).get("case")}
    journal.traced(what, ids, time.monotonic() - began)
