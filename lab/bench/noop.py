"""What P1 stands beside: a bare Celery application with one task that does nothing, under the product's own settings.

It runs as a worker of its own and knows nothing of the product; which settings it is to have stands in its environment.
"""

import json
import os

from celery import Celery
from kombu import Queue

QUEUE = "noop"
SETTINGS = "BENCH_NOOP_SETTINGS"

app = Celery("noop", set_as_current=False)
app.conf.update(json.loads(os.environ.get(SETTINGS, "{}")))
app.conf.update(task_queues=[Queue(QUEUE, routing_key=QUEUE)], task_default_queue=QUEUE)


# Of this application alone: shared, it would be a task of the product too wherever both are imported.
@app.task(name="noop", shared=False)
def noop(case: str, order: int) -> str:
    """Do nothing."""
    return "done"
