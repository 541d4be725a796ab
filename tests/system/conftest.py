"""A desk of real processes: a broker, both workers and beat, as the product starts them, on SQLite and on PostgreSQL.

``desk``  the desk of this pytest process, everything up and the office open; after the test everything that was
          broken is started again, the office comes to rest, and the independent checker reads database and spool.
"""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
from sqlalchemy import select

import clock
from desk import broker
from desk.processes import Program, Running
from desk.supervisor import Desk
from lab.postgres import Postgres
from models.command import command
from models.session import reading
from models.timer import timer
from services.engine import orders
from services.engine.order import Outcome
from settings import embedded_socket
from tasks.bell import order_bell
from tasks.publish import Bell, publish
from tasks.queues import QUEUES
from tests.checker import assert_sound
from tests.office import CLERK, TestOffice

PATIENCE = 120.0
WORKERS = ("desk1", "desk2")
EVERYTHING = ("broker", *WORKERS, "beat")
ALIKE = {"desk3": "desk1", "desk4": "desk2"}
"""One more worker of each kind."""
SWEEPS = ("timers.sweep", "orders.sweep", "letters.sweep")


def until(
    reached: Callable[[], Any], what: str = "", timeout: float = PATIENCE, meanwhile: Callable[[], object] | None = None
) -> Any:
    """Return what *reached* returns as soon as it is true, calling *meanwhile*; fail with *what* was waited for."""
    deadline, pause = time.monotonic() + timeout, 0.005
    while True:
        found = reached()
        if found:
            return found
        if time.monotonic() > deadline:
            pytest.fail(f"waited {timeout:.0f} s for {what or reached}\n{tale_of_every_desk()}")
        if meanwhile is not None:
            meanwhile()
        time.sleep(pause)  # another process works on it; nothing of ours can be waited for
        pause = min(pause * 1.5, 0.05)


_desks: list["RealDesk"] = []


def tale_of_every_desk() -> str:
    """Return what the processes of this pytest process said last, for whoever has to find out why one hangs."""
    lines = []
    for desk in _desks:
        for name, life in desk.lives.items():
            state = f"ended with {life.status}" if life.ended else "lives"
            lines += [f"--- {name} ({life.pid}) {state}:", life.last_words(8)]
        broker = desk.redis()
        kinds = {queue: broker.type(queue).decode() for queue in QUEUES}
        lying = {queue: broker.llen(queue) if kind in ("list", "none") else kind for queue, kind in kinds.items()}
        lines.append(f"--- queues: {lying}, unanswered {desk.unanswered()}")
    return "\n".join(lines)


def signal_group(group: int, number: int, office: TestOffice) -> None:
    """Send a signal to a group of processes; on SQLite none stands still with the lock that all writers queue for."""
    os.killpg(group, number)
    while number == signal.SIGSTOP and _writing_stopped(office):
        os.killpg(group, signal.SIGCONT)
        time.sleep(0.01)
        os.killpg(group, number)


def _writing_stopped(office: TestOffice) -> bool:
    """Whether somebody holds the lock all writers on SQLite queue for, and does not let go of it."""
    if office.engine.dialect.name != "sqlite":
        return False
    with Path(f"{office.engine.url.database}.turn").open("a") as turn:
        for _ in range(50):
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.01)
            else:
                return False
    return True


class RealDesk:
    """The processes of one home, each started, killed and started again as a test likes."""

    def __init__(self, url: str, home: Path) -> None:
        self.home = home
        self.office = TestOffice(url, home, now=None, demo=True)
        self.settings = replace(self.office.settings, lang="en")
        # Never started: it only says how the product starts each of its processes.
        self._product = Desk(self.settings, with_flower=False)
        self.lives: dict[str, Running] = {}
        self._hurried = 0.0
        # What a test loads into the worker of that name beside the product: words of its command line.
        self.loaded: dict[str, list[str]] = {}
        # From which checkout a process of that name is started; from this one where nothing is said.
        self.code: dict[str, Path] = {}
        _desks.append(self)
        for folder in (self.settings.run, self.settings.logs, self.settings.var / "beat"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    # -- processes ----------------------------------------------------------------------------------------------------

    def start(self, *names: str, wait: bool = True) -> None:
        """Start these, unless they run already, and wait until they work."""
        for name in names:
            if self.is_up(name):
                continue
            (self.settings.run / f"ready-{name}").unlink(missing_ok=True)
            self.lives[name] = Running(self._program(name))
            if name == "broker":
                self.lives[name].wait_ready()
        for name in names if wait else ():
            until(partial(self.is_ready, name), f"{name} to be ready")

    def _program(self, name: str) -> Program:
        if name == "broker":
            return broker.program(self.settings)
        if name.startswith("desk"):
            like = ALIKE.get(name, name)
            made = self._product._worker(like)
            words = [word.replace(f"{like}@", f"{name}@") for word in made.command]
            words += self.loaded.get(name, [])
        else:
            made = self._product._beat()
            schedule = str(self.settings.var / "beat" / name)
            words = [schedule if word.endswith("/schedule") else word for word in made.command]
        log, folder = self.settings.logs / f"{name}.log", self.code.get(name, made.folder)
        return replace(made, name=name, command=words, log=log, folder=folder)

    def is_up(self, name: str) -> bool:
        """Whether this process lives."""
        return name in self.lives and not self.lives[name].ended

    def is_ready(self, name: str) -> bool:
        """Whether this process works."""
        if name.startswith("desk"):
            return self.is_up(name) and (self.settings.run / f"ready-{name}").exists()
        return self.is_up(name) and self.lives[name].ready

    def kill(self, name: str) -> None:
        """Kill a process and all its children, as the kernel does when memory runs out."""
        life = self.lives[name]
        with suppress(ProcessLookupError):
            os.killpg(life.wait_started(), signal.SIGKILL)
        assert life.wait_ended(60)

    def kill_a_child(self, name: str) -> None:
        """Kill one child of a prefork worker."""
        children = psutil.Process(self.lives[name].wait_started()).children()
        with suppress(psutil.NoSuchProcess, IndexError):
            children[0].kill()

    def signal(self, name: str, number: int) -> None:
        """Send a signal to a process and its children.

        On SQLite nobody is stopped who holds the one write lock: that would stop the whole house, the test too.
        """
        signal_group(self.lives[name].wait_started(), number, self.office)

    def stop(self, *names: str) -> None:
        """End these in good order."""
        for name in names:
            if name in self.lives:
                self.lives.pop(name).stop()

    def close(self) -> None:
        """End everything; what rings first, the broker last."""
        leaving = sorted(self.lives, key=lambda name: (name == "broker", not name.startswith("beat")))
        for name in leaving:
            if name != "broker":
                self.lives[name].ask_to_stop()
        self.stop(*leaving)
        self.office.close()
        _desks.remove(self)

    # -- the queue ----------------------------------------------------------------------------------------------------

    def ring(self, *bells: Bell) -> None:
        """Put messages into the queue."""
        publish(self.settings.broker_url, bells)

    def hurry(self) -> None:
        """Ring for the sweeps as beat does, twice a second instead of every two and five seconds.

        For whoever has to wait for what they find and does not try beat itself. Nothing where the broker is away.
        """
        if time.monotonic() < self._hurried + 0.5:
            return
        self._hurried = time.monotonic()
        with suppress(OSError):
            self.ring(*(Bell(sweep, f"hurry-{uuid4()}", "clock", {}) for sweep in SWEEPS))

    def redis(self) -> Any:
        """Return a client of the broker."""
        import redis

        return redis.Redis(unix_socket_path=str(embedded_socket(self.settings.broker_data)))

    # -- orders -------------------------------------------------------------------------------------------------------

    def order(
        self, transition: str, payload: Any = None, by: str = CLERK, case: str | None = None, *, ring: bool = True
    ) -> orders.Ticket:
        """Accept an order and ring the bell once."""
        ticket = self.office.place(transition, payload, by, case)
        if ring:
            self.ring(bell_of(ticket))
        return ticket

    def answer(self, ticket: orders.Ticket, timeout: float = PATIENCE) -> Outcome:
        """Return what the workers made of an order."""

        def answered() -> Outcome | None:
            with reading(self.office.engine) as db:
                return orders.answer_of(db, ticket.command_id)

        outcome: Outcome = until(answered, f"the answer of {ticket}", timeout)
        return outcome

    def must(self, case: str | None, transition: str, payload: Any = None, by: str = CLERK) -> Outcome:
        """Order it, wait, and insist that it was done."""
        outcome = self.answer(self.order(transition, payload, by, case))
        assert outcome.outcome == "done", outcome
        return outcome

    def unanswered(self) -> int:
        """Return how many orders wait."""
        return len(self.office.ask(select(command.c.id).where(command.c.outcome.is_(None))))

    def wait_for_work(self, what: str) -> None:
        """Wait until one more order is answered, or none waits."""
        before = self.unanswered()
        if before:  # else everything is answered already
            until(lambda: self.unanswered() < before, f"work going on ({what})")

    def made(self, case: str) -> bool:
        """Whether all letters of a case lie in the spool."""
        waiting = "SELECT 1 FROM effect WHERE case_number = :case AND state = 'waiting'"
        return not self.office.ask(waiting, case=case)

    # -- time ---------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the office's time."""
        with reading(self.office.engine) as db:
            return clock.office_now(db)

    def open_the_office(self) -> None:
        """Move the clock to ten o'clock of the next working day, unless there is plenty of today left."""
        with reading(self.office.engine) as db:
            here = self.office.at(db)
        in_two_hours = here.now + timedelta(hours=2)
        if not (here.calendar.in_hours(here.now) and here.calendar.in_hours(in_two_hours)):
            opening = here.calendar.next_office_moment(here.now + timedelta(hours=12))
            self.office.move_to(opening.replace(hour=10, minute=0))

    def let_leases_pass(self) -> None:
        """Let the claims of killed workers grow old at once, and what was rung for in vain be rung for again."""
        long_ago = datetime(2026, 1, 1, tzinfo=self.now().tzinfo)
        for table in ("command", "effect"):
            waits = "outcome IS NULL" if table == "command" else "state = 'waiting'"
            self.office.tell(
                f"UPDATE {table} SET claimed_at = :then WHERE claimed_at IS NOT NULL AND {waits}",  # noqa: S608
                then=long_ago if self.office.engine.dialect.name == "postgresql" else long_ago.replace(tzinfo=None),
            )
        self.office.tell("UPDATE effect SET ring_at = NULL, notified_at = NULL WHERE state = 'waiting'")

    def settle_letters(self) -> None:
        """Wait until every letter ordered is made."""
        waiting = "SELECT 1 FROM effect WHERE state = 'waiting'"
        until(lambda: not self.office.ask(waiting), "every letter made", meanwhile=self.hurry)

    def settle(self, timeout: float = PATIENCE) -> None:
        """Wait until nothing waits: every order answered, every letter made, nothing due in office hours."""

        def at_rest() -> bool:
            waiting = self.office.ask("SELECT 1 FROM effect WHERE state = 'waiting'")
            return not waiting and not self.unanswered() and not self.overdue()

        until(at_rest, "the office to come to rest", timeout, meanwhile=self.hurry)

    def overdue(self) -> bool:
        """Whether something is due that may fire at this hour."""
        with reading(self.office.engine) as db:
            here = self.office.at(db)
        first = select(timer.c.due_at).where(timer.c.due_at <= here.now).limit(1)
        return bool(self.office.ask(first if here.calendar.in_hours(here.now) else first.where(timer.c.legal)))

    def check(self, *, settled: bool = True) -> None:
        """Let the independent checker judge database and spool."""
        assert_sound(self.office.url, self.settings.spool, self.office.told, settled=settled)


def bell_of(ticket: orders.Ticket) -> Bell:
    """Return the bell of an accepted order."""
    return order_bell(ticket.transition, ticket.task_id, ticket.case, ticket.command_id)


@contextmanager
def new_desk(kind: str, request: pytest.FixtureRequest) -> Iterator[RealDesk]:
    """Yield a desk of its own on one kind of database, nothing started; afterwards nothing is left of it."""
    home = Path(tempfile.mkdtemp(prefix="mg-"))
    (home / "var").mkdir(mode=0o700)
    postgres: Postgres | None = None
    if kind == "sqlite":
        file = home / "var" / "madoguchi.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        url = f"sqlite:///{file}"
    else:
        postgres = request.getfixturevalue("postgres")
        assert postgres is not None
        url = postgres.create(request.getfixturevalue("migrated_postgres"))
    made = RealDesk(url, home)
    try:
        yield made
    finally:
        made.close()
        if postgres is not None:
            postgres.drop(url)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def real_desk(request: pytest.FixtureRequest) -> Iterator[RealDesk]:
    """The desk of this pytest process on one kind of database; the kinds come one after the other."""
    with new_desk(request.param, request) as made:
        yield made


@pytest.fixture
def desk(real_desk: RealDesk) -> Iterator[RealDesk]:
    """The desk, everything up and the office open; judged by the checker when the test is over."""
    real_desk.start(*EVERYTHING)
    real_desk.open_the_office()
    yield real_desk
    real_desk.stop("desk3", "beat2")
    real_desk.start(*EVERYTHING)
    real_desk.let_leases_pass()
    real_desk.settle()
    real_desk.check()
