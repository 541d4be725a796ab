"""The Celery application: every setting with its reason, the queues, and what a worker does when it starts.

A message is a doorbell: tasks carry ids, return a word or nothing, and may be lost, doubled or late without harm. There
is no result backend, since outcomes are in the database (and a Redis one costs 20 to 45 % of the throughput).
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery, signals
from kombu import Queue

from settings import settings
from tasks import transport
from tasks.failing import IdsOnly
from tasks.queues import QUEUES, TRANSPORT_OPTIONS

# What comes in is judged before Celery sees it: in this process, and before any connection is made.
transport.install()

if settings().log == "json":
    import tasks.logs
if settings().otlp_url:
    import tasks.timed  # noqa: F401 - it connects itself

app = Celery("madoguchi", task_cls=IdsOnly, amqp="tasks.connections:AMQP")


def route(name: str, *_: Any, **__: Any) -> dict[str, str] | None:
    """Return the queue that a task of ours is declared for (its ``goes_to``); None: Celery knows (the default one)."""
    declared = getattr(app.tasks.get(name), "goes_to", None)
    return {"queue": declared} if declared else None


app.conf.update(
    broker_url=settings().broker_url,
    broker_transport_options=TRANSPORT_OPTIONS,
    broker_connection_retry_on_startup=True,
    # For ever: a worker that gives up on a broker restart is a worker nobody restarts at night.
    broker_connection_max_retries=None,
    # JSON only: a pickled message is code somebody else wrote.
    accept_content=["json"],
    task_serializer="json",
    # Acknowledged after the work: a killed worker's message comes back. It finds the work done, or does it.
    task_acks_late=True,
    # True loops for ever on a message that kills its worker; attempts are counted in the database instead.
    task_reject_on_worker_lost=False,
    task_ignore_result=True,
    result_backend=None,
    # Enforced by the prefork workers; the solo worker does only short transactions, which the database limits.
    task_time_limit=120,
    task_soft_time_limit=90,
    # A task half done on a lost connection is finished, not cancelled: it is one transaction.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # One message at a time, so that a clerk's order never waits behind a worker's private heap.
    worker_prefetch_multiplier=1,
    # A typing error in a queue's name must fail, not make a queue nobody reads.
    task_create_missing_queues=False,
    task_queues=[Queue(name, routing_key=name) for name in QUEUES],
    task_default_queue="clock",
    # Each task names its queue beside its code. Celery's own attribute for that goes with its next version.
    task_routes=(route,),
    # Flower needs the workers' events, and nothing needs the senders'.
    worker_send_task_events=True,
    task_send_sent_event=False,
    worker_hijack_root_logger=False,
    # Children are replaced now and then: typesetting keeps fonts and its last ten layouts in memory. Letters of one
    # kind need 135 MB and a mixture of all kinds 200; only answers of eight pages in a row come near the bound.
    worker_max_tasks_per_child=2000,
    worker_max_memory_per_child=250_000,
    timezone="UTC",
    enable_utc=True,
    # Where nobody consumes a queue, bells do not pile up for a day.
    beat_scheduler="tasks.beat:Bounded",
    beat_sync_every=1,
    beat_max_loop_interval=1,
    imports=(
        "tasks.transitions",
        "tasks.timers",
        "tasks.orders",
        "tasks.letters",
        "tasks.outgoing",
        "tasks.heartbeats",
        "tasks.bulk",
        "tasks.mail",
        "tasks.figures",
        "tasks.scans",
        "tasks.ending",
        "tasks.audit",
        "tasks.keys",
    ),
)


def ready_file(node: str) -> Path:
    """Return the file whose presence says that the worker of that node name consumes, and whose age that it beats."""
    return settings().run / f"ready-{node.split('@', maxsplit=1)[0]}"


@signals.worker_init.connect
def _check_house(**_: Any) -> None:
    """Refuse to start without an office, in one that is otherwise, or under a definition that would strand a case."""
    from clock import machine_now
    from models.founding import NoOffice
    from models.moving import OfficeMoved
    from models.office import DefinitionChanged
    from models.session import engine, forget_engines, transaction
    from services.engine.office import SaysOtherwise
    from services.engine.upgrades import check_starts
    from services.letters import declared
    from services.office.founding import CannotFound, at_work
    from services.office.staff import os_login
    from workflows.engine.machine import BadDefinition
    from workflows.engine.values import Reason
    from workflows.words import say, say_all

    lang = settings().lang
    # Celery logs whatever a signal's receiver raises and starts all the same; it lets only SystemExit through.
    try:
        declared.check()
        with transaction() as db:
            at_work(db, settings().says, os_login(), machine_now(db))
            check_starts(db, machine_now(db))
    except NoOffice as nowhere:
        raise SystemExit(say(Reason("office.none_here", {"place": str(nowhere)}), lang)) from nowhere
    except SaysOtherwise as otherwise:
        raise SystemExit(" ".join(say_all(otherwise.reasons, lang))) from otherwise
    except (CannotFound, OfficeMoved) as refusal:
        raise SystemExit(say(refusal.reason, lang)) from refusal
    except (DefinitionChanged, BadDefinition) as refusal:
        raise SystemExit(str(refusal)) from refusal
    engine().dispose()
    forget_engines()


SILENT: dict[str, Any] = {"send_events": False, "Request": "tasks.silent:SilentRequest"}
"""How a task is declared that beat rings for: it is shown only when it did something (tasks/silent.py)."""

ANSWERED = frozenset(
    (
        "ping", "stats", "conf", "report", "clock", "active", "active_queues", "registered", "reserved", "scheduled",
        "revoked", "query_task", "enable_events", "disable_events", "heartbeat", "shutdown",
    )
)  # fmt: skip
"""What a worker does that is told by all-round mail, as Flower does: it shows itself, or ends and is started again.

Whoever can write to the broker could else deafen it for good (cancel_consumer), or end every letter by a time limit.
"""


@signals.worker_init.connect
def _stand_at_the_door(**_: Any) -> None:
    """From the first message on, this worker lets in only what is ours, and counts the rest."""
    from celery.worker.control import Panel

    from tasks.door import shapes
    from tasks.drops import drop

    for name in Panel.data.keys() - ANSWERED:
        del Panel.data[name]
    transport.guard(shapes(app.tasks), frozenset(QUEUES), drop)


@signals.worker_init.connect
def _say_what_was_done(**_: Any) -> None:
    from tasks.silent import be_silent

    be_silent(app.tasks)


@signals.heartbeat_sent.connect
@signals.worker_shutdown.connect
def _write_drops(**_: Any) -> None:
    from tasks.drops import write

    write()


PRELOADED = ("jinja2", "psutil", "typst", "services.letters.typesetting", "services.letters.typst_source")
"""What children would each load for themselves, at their first letter. Loading the typesetter is all that is done with
it here: in a process that has typeset, and forks then, every child hangs."""


@signals.worker_before_create_process.connect
def _share_what_is_loaded(**_: Any) -> None:
    """Let the children share their parent's memory: what is frozen, the collector of none of them writes to."""
    import gc
    from importlib import import_module

    for name in PRELOADED:
        import_module(name)
    gc.collect()
    gc.freeze()


UNREAD = 2.0
"""Seconds that a child which ends waits for its parent to read what it did. Whatever a child had not yet taken up when
its worker was told to end, the worker forgets and never reads, and Celery's own wait is half a minute at each such end.
Nothing hangs on it: what was not read is not acknowledged, comes back, and finds the work done."""


@signals.worker_before_create_process.connect
def _wait_for_no_reader(**_: Any) -> None:
    from billiard import pool

    pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_LIMIT = round(UNREAD / pool.GUARANTEE_MESSAGE_CONSUMPTION_RETRY_INTERVAL)


@signals.worker_process_init.connect
def _leave_parents_connections(**_: Any) -> None:
    """A child must not speak on its parent's connections, nor close them."""
    from models.session import forget_engines

    forget_engines()


@signals.worker_process_init.connect
def _one_thread_a_child(**_: Any) -> None:
    """There is a child for each core: a typesetter with threads of its own would only add memory and switching."""
    os.environ.setdefault("RAYON_NUM_THREADS", "1")


@signals.worker_ready.connect
@signals.heartbeat_sent.connect
def _touch(sender: Any = None, **_: Any) -> None:
    node = getattr(sender, "hostname", None) or getattr(getattr(sender, "eventer", None), "hostname", None)
    if node:
        file = ready_file(node)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


@signals.worker_ready.connect
def _beat_at_once(**_: Any) -> None:
    """Ring for a heartbeat of each queue this worker reads, so that `status` need not wait for beat's first one."""
    for queue in app.amqp.queues.consume_from:
        app.send_task("heartbeats.beat", kwargs={"queue": queue}, queue=queue)


@signals.worker_shutdown.connect
def _untouch(sender: Any = None, **_: Any) -> None:
    node = getattr(sender, "hostname", None)
    if node:
        from tasks.heartbeats import leave

        ready_file(node).unlink(missing_ok=True)
        leave(node)
