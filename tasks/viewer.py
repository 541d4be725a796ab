"""``celery -A tasks.viewer flower``: the application Flower looks with. It knows the broker and the queues, no tasks.

What Flower shows it hears from the workers. With the tasks it would load all that they work with: 25 MB for nothing.
"""

from celery import Celery
from kombu import Queue

from settings import settings
from tasks import transport
from tasks.queues import QUEUES, TRANSPORT_OPTIONS

transport.install()

# What workers have taken and not yet done with is theirs: Flower puts none of it back, and need not be let near it.
_OWN = {key: f"viewer.{key.removesuffix('_key')}" for key in ("unacked_key", "unacked_index_key", "unacked_mutex_key")}

app = Celery("madoguchi", amqp="tasks.connections:AMQP")
app.conf.update(
    broker_url=settings().broker_url,
    broker_transport_options={**TRANSPORT_OPTIONS, **_OWN},
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    accept_content=["json"],
    result_backend=None,
    task_queues=[Queue(name, routing_key=name) for name in QUEUES],
    task_default_queue="clock",
    timezone="UTC",
    enable_utc=True,
)
