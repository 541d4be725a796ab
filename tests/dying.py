"""A worker that is killed in the midst of a task: ``python -m tests.dying FILE FUNCTION NOTES TASK KWARGS``.

It does the task until that function of ours is called, and dies there as by ``kill -9``. NOTES is a file that gets a
line for each function of ours that was called on the way: its file and its name.
"""

import json
import os
import signal
import sys

from tests.tracing import Called, traced
from worker import app


def main(file: str, function: str, notes: str, task: str, kwargs: str) -> None:
    """Do the task, and die."""
    with open(notes, "ab", buffering=0) as noted:  # noqa: PTH123 - every line must be there when the process is not

        def seen(called: Called) -> None:
            noted.write(f"{called.file} {called.name}\n".encode())
            if called == (file, function):
                os.kill(os.getpid(), signal.SIGKILL)

        app.loader.import_default_modules()
        with traced(seen):
            app.tasks[task].apply(kwargs=json.loads(kwargs), throw=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
