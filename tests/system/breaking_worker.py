"""The product's worker, every task's work replaced by an error that holds what nobody may read: see test_canaries.

Started as a worker and never imported by a test: it changes the tasks of the process it is in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from celery import current_task

from tests.system.ways_to_fail import WAYS
from worker import app


def _fail() -> Any:
    return WAYS[str(current_task.request.id).split(".")[1]]()


def _failing_like(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return what fails in place of a task's work, and takes what that takes: the door asks each task."""

    @wraps(run)
    def failing(*args: Any, **kwargs: Any) -> Any:
        return _fail()

    return failing


app.loader.import_default_modules()
for name, task in app.tasks.items():
    if not name.startswith("celery."):
        vars(task)["run"] = _failing_like(task.run)
