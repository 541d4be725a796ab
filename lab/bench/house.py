"""An office of its own for a measurement: folders, database, broker and workers; its deeds are the product's.

Orders are accepted by the product's client and carried out by workers started as people start them. A run of the real
worker over a backlog is counted from the moment its messages lie in the queue until the last is acknowledged and the
last order has its outcome, whoever of the workers carried it out and with how many others.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import redis
from sqlalchemy import Connection, func, select, text

from clock import advance
from desk.opening import open_the_office
from desk.processes import Program, Running
from lab.bench import noop
from lab.bench.machine import busy, cpu_of, cpu_of_all
from lab.broker import Broker
from lab.postgres import Postgres
from models import command as commands
from models.session import engine, forget_engines, reading, transaction
from services.engine import orders
from services.engine.office import Office, the_office
from services.engine.orders import Ticket, Wanted
from services.office.staff import os_login
from settings import PROJECT, load
from settings import settings as settings_of_the_process
from tasks.bell import order_bell
from tasks.client import Client
from tasks.publish import Bell, envelope
from tasks.unit import UNIT
from workflows.engine.payloads import Nothing
from workflows.engine.values import Language
from workflows.law.values import Category, Right
from workflows.request.payloads import Hold, Open
from workflows.request.values import Channel, HoldReason, Person

TOGETHER = 500
"""So many orders are accepted in one transaction."""
PATIENCE = 120.0
"""Seconds without any progress after which something is wrong."""
LIKE_A_SERVER = {"shared_buffers": "1GB", "max_wal_size": "4GB", "checkpoint_timeout": "15min", "autovacuum": "on"}
"""What a small server of an office has; fsync is on, as it is there."""
SHARED_SETTINGS = (
    "broker_transport_options", "broker_connection_retry_on_startup", "broker_connection_max_retries", "accept_content",
    "task_serializer", "task_acks_late", "task_reject_on_worker_lost", "task_ignore_result", "result_backend",
    "task_time_limit", "task_soft_time_limit", "worker_cancel_long_running_tasks_on_connection_loss",
    "worker_prefetch_multiplier", "task_create_missing_queues", "worker_send_task_events", "task_send_sent_event",
    "worker_hijack_root_logger", "worker_max_tasks_per_child", "worker_max_memory_per_child", "timezone", "enable_utc",
)  # fmt: skip
"""The settings that the bare application has from the product's."""


class CannotMeasure(RuntimeError):
    """Something of the measurement did not work; the message says what."""


@dataclass(frozen=True, slots=True)
class Drained:
    """What was seen while workers emptied a queue."""

    rate: float
    """Messages a second."""

    cpu: float
    """CPU seconds a message: workers, database and broker together."""

    seconds: float
    foreign: float
    """Cores that others used meanwhile."""

    messages: int

    def of(self, count: int) -> "Drained":
        """Return the same where these messages stood for so many cases."""
        cpu = self.cpu * self.messages / count
        return replace(self, rate=count / self.seconds, cpu=cpu, messages=count)

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.rate:,.0f}/s, CPU {self.cpu * 1000:.2f} ms a message, others {self.foreign:.1f} cores"


def postgres() -> Postgres:
    """Start a PostgreSQL with fsync on and the memory a small server has."""
    return Postgres(fsync=True, more=LIKE_A_SERVER)


class House:
    """An office: on PostgreSQL where *server* is given, else on SQLite in its own folder."""

    def __init__(self, server: Postgres | None = None, *, broker: bool = True, **environ: str) -> None:
        """Found it; *environ* are more of the product's variables, without their common beginning."""
        self.home = Path(tempfile.mkdtemp(prefix="mgb-"))
        told = {"HOME": str(self.home), "LANG": "en", "FLOWER_PORT": "0", **environ}
        self.server = server
        if server is not None:
            self.database = server.create()
            told["DATABASE_URL"] = self.database
        self.environ = {f"MADOGUCHI_{name}": value for name, value in told.items()}
        self.settings = load(self.environ)
        self.workers: list[Running] = []
        self.broker: Broker | None = None
        self._opened = 0
        try:
            self.activate()
            open_the_office(self.settings)
            for folder in (self.settings.run, self.settings.logs, self.settings.var / "beat"):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.broker = Broker(self.settings) if broker else None
        except BaseException:
            self.close()
            raise

    def activate(self) -> None:
        """Make this office the one that the settings of this process mean."""
        for name in [name for name in os.environ if name.startswith("MADOGUCHI_") and "_TEST_" not in name]:
            del os.environ[name]
        os.environ.update(self.environ)
        settings_of_the_process.cache_clear()

    @property
    def pids(self) -> list[int]:
        """The processes whose CPU time a message costs, but for the workers."""
        return [self.server.pid if self.server else 0, self.broker.pid if self.broker else 0]

    @property
    def redis(self) -> redis.Redis:
        """A connection to the broker."""
        if self.broker is None:
            raise CannotMeasure("this office has no broker")
        return redis.Redis(unix_socket_path=str(self.broker.socket))

    # -- cases and orders -----------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, Office]]:
        """Yield a connection in a transaction, and the office."""
        with transaction() as db:
            yield db, the_office(db)

    def accept(self, transition: str, wanted: Sequence[tuple[str | None, Any]]) -> list[Ticket]:
        """Accept orders, given as (case, payload); without a case they open one."""
        me, tag, tickets = os_login(), f"bench-{time.time_ns():x}", list[Ticket]()
        for start in range(0, len(wanted), TOGETHER):
            some = [
                Wanted(f"{tag}-{start + index}", transition, payload, me, me, case)
                for index, (case, payload) in enumerate(wanted[start : start + TOGETHER])
            ]
            client = Client(self.writing)
            client.accept(lambda _db, _office, some=some: some)  # type: ignore[misc]  # bound as it is now
            tickets += client.tickets
        return tickets

    def contacts(self, count: int) -> list[tuple[None, Open]]:
        """Return so many contacts of people nobody has heard of."""
        first = self._opened
        self._opened += count
        return [(None, a_contact(number)) for number in range(first, first + count)]

    def open_cases(self, count: int) -> list[str]:
        """Open so many cases as the sweep does that finds their orders; their letters wait, and nobody makes them."""
        tickets = self.accept("open", self.contacts(count))
        deadline = time.monotonic() + PATIENCE
        while self.waiting():
            if not orders.sweep(UNIT) and time.monotonic() > deadline:
                raise CannotMeasure(f"{self.waiting()} cases could not be opened")
            time.sleep(0.1)  # the sweep leaves an order to its message for three seconds
        if self.broker is not None:
            self.redis.flushdb()
        return [ticket.case for ticket in tickets]

    def waiting(self) -> int:
        """Return how many orders have no outcome."""
        with reading() as db:
            table = commands.command
            return int(
                db.execute(select(func.count()).select_from(table).where(table.c.outcome.is_(None))).scalar_one()
            )

    def ask(self, statement: str, **values: Any) -> Any:
        """Return the one value a query in plain SQL finds."""
        with reading() as db:
            return db.execute(text(statement), values).scalar()

    def to_a_working_day(self, days: int) -> None:
        """Move the office's clock to eleven in the morning, so many working days on; it must be one that moves."""
        with self.writing() as (db, office):
            local = office.now.astimezone(ZoneInfo(office.calendar.zone))
            on = office.calendar.add_working_days(local.date(), days)
            advance(db, datetime.combine(on, time_of_day(11), local.tzinfo) - local)

    # -- the queue and its workers ----------------------------------------------------------------------------------

    def worker(
        self, name: str = "w1", *, pool: str = "prefork", queues: str = "commands", app: str = "worker"
    ) -> Running:
        """Start a worker, of the product or of another application, events off; with two children where it forks."""
        size = "1" if pool == "solo" else "2"
        command = ["-m", "celery", "-A", app, "worker", "--pool", pool, "-c", size, "-Q", queues, "-n", f"{name}@%h"]
        quiet = ["-l", "WARNING", "--without-gossip", "--without-mingle", "--", "worker.send_task_events=0"]
        running = self._python(name, [*command, *quiet])
        self.workers.append(running)
        return running

    def beat(self) -> Running:
        """Start beat, as the desk does."""
        running = self._python("beat", ["-m", "desk.beat"])
        self.workers.append(running)
        return running

    def _python(self, name: str, arguments: list[str]) -> Running:
        others = {key: value for key, value in os.environ.items() if not key.startswith("MADOGUCHI_")}
        program = Program(
            name=name,
            command=[sys.executable, *arguments],
            log=self.settings.logs / f"{name}.log",
            folder=PROJECT,
            environment={**others, "PYTHONUNBUFFERED": "1", noop.SETTINGS: self._noop_settings(), **self.environ},
            grace=20,
        )
        running = Running(program)
        running.wait_started()
        return running

    def _noop_settings(self) -> str:
        from tasks.app import app

        shared = {name: app.conf[name] for name in SHARED_SETTINGS}
        return json.dumps({**shared, "broker_url": self.settings.broker_url})

    def await_ready(self, *names: str) -> None:
        """Return when these workers of the product say that they consume."""
        deadline = time.monotonic() + PATIENCE
        while not all((self.settings.run / f"ready-{name}").exists() for name in names):
            if time.monotonic() > deadline or any(worker.ended for worker in self.workers):
                words = "\n".join(worker.last_words(5) for worker in self.workers)
                raise CannotMeasure(f"not ready: {', '.join(names)}; the workers said last:\n{words}")
            time.sleep(0.02)

    def stop_workers(self) -> None:
        """End every worker and return when nothing of them is left."""
        for worker in self.workers:
            worker.ask_to_stop()
        for worker in self.workers:
            worker.stop()
        self.workers = []

    def drained(self, start: Callable[[], object], warm: Sequence[Bell], fill: Callable[[], Sequence[Bell]]) -> Drained:
        """Start workers, let them warm up, put the messages of *fill* before them at one stroke, watch them to the end.

        *fill* is called when they are warm: what is accepted earlier might be carried out together with that.
        """
        queue = warm[0].queue
        try:
            start()
            self._put(warm)
            self.await_empty(queue)
            bells = fill()
            self._put(bells, aside := f"{queue}.aside")
            pids = [*(worker.pid for worker in self.workers), *self.pids]
            spent, elsewhere, began = cpu_of_all(pids), busy() - cpu_of(os.getpid()), time.perf_counter()
            self.redis.rename(aside, queue)
            self.await_empty(queue)
            seconds, spent = time.perf_counter() - began, cpu_of_all(pids) - spent
            foreign = busy() - cpu_of(os.getpid()) - elsewhere
        finally:
            self.stop_workers()
        if left := self.waiting():
            raise CannotMeasure(f"{left} of {len(bells)} orders have no outcome although their messages are gone")
        return Drained(len(bells) / seconds, spent / len(bells), seconds, max(0.0, foreign) / seconds, len(bells))

    def _put(self, bells: Sequence[Bell], queue: str = "") -> None:
        """Put messages into a queue in as few packets as possible."""
        with self.redis.pipeline(transaction=False) as pipe:
            for bell in bells:
                pipe.lpush(queue or bell.queue, json.dumps(envelope(bell)))
            pipe.execute()

    def await_empty(self, queue: str) -> None:
        """Return when a queue is empty and everything taken from it is acknowledged."""
        client, last, moved = self.redis, -1, time.monotonic()
        while left := int(client.llen(queue)) + int(client.hlen("unacked")):
            if left != last:
                last, moved = left, time.monotonic()
            if time.monotonic() - moved > PATIENCE or any(worker.ended for worker in self.workers):
                words = "\n".join(worker.last_words(5) for worker in self.workers)
                raise CannotMeasure(f"{left} messages are left in {queue}; the workers said last:\n{words}")
            time.sleep(0.003)

    # -- the end ------------------------------------------------------------------------------------------------------

    def admin(self, *arguments: str, given: str = "", check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run ./admin.py as its user would."""
        return run(["./admin.py", *arguments], self.environ, given, check=check)

    def close(self) -> None:
        """End everything and delete it."""
        self.stop_workers()
        if self.broker:
            self.broker.stop()
        self.activate()
        engine().dispose()
        forget_engines()
        if self.server is not None:
            self.server.drop(self.database)
        shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> Self:
        """Return the open office."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it for good."""
        self.close()


def a_contact(number: int) -> Open:
    """Return the first contact of a person of that number, at an address of their own."""
    address = f"東京都千代田区架空町{number}-{number % 97}"
    return Open(
        rights=(Right.DISCLOSURE,),
        category=Category.CUSTOMER,
        channel=Channel.POST,
        language=Language.JA,
        address_on_record=True,
        subject=Person(name=f"見本 計測{number}", postcode="100-0001", address=address),
    )


def turn(number: int, cases: Sequence[str]) -> tuple[str, list[tuple[str | None, Any]]]:
    """Return what is ordered of these cases in that turn: hold, resume, hold, ..."""
    if number % 2 == 0:
        return "hold", [(case, Hold(reason=HoldReason.OTHER)) for case in cases]
    return "resume", [(case, Nothing()) for case in cases]


def bells_of(tickets: Sequence[Ticket]) -> list[Bell]:
    """Return a message for each order."""
    return [order_bell(one.transition, one.task_id, one.case, one.command_id) for one in tickets]


def noops(count: int) -> list[Bell]:
    """Return messages that look like orders and mean nothing."""
    names = [f"26-{number:06d}-Y" for number in range(count)]
    return [
        Bell("noop", f"{name}.noop.1", noop.QUEUE, {"case": name, "order": number}) for number, name in enumerate(names)
    ]


def run(
    arguments: Sequence[str], environ: Mapping[str, str], given: str = "", *, check: bool = True
) -> "subprocess.CompletedProcess[str]":
    """Run a command in the project as its user would; what fails ends the measurement."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    ran = subprocess.run(
        arguments, env={**others, **environ}, cwd=PROJECT, input=given, capture_output=True, text=True, check=False
    )
    if check and ran.returncode:
        raise CannotMeasure(f"{' '.join(arguments)} ended with {ran.returncode}: {ran.stderr[-500:]}")
    return ran
