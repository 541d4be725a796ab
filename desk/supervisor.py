"""The desk: broker, two workers, beat, the counter and Flower on one machine, kept running until somebody stops it.

A worker that dies must come back, a desk that is killed must leave nothing behind, and two desks must never share a
home. Everything lies under the home of the settings, so that many desks can run side by side.

The solo worker ``desk1`` serves ``commands`` and ``clock`` (short transactions, never a renderer); the prefork worker
``desk2`` serves ``effects`` and ``bulk``, where time limits are enforced. Node, log and process have the same name.
"""

import fcntl
import functools
import http.client
import os
import queue
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import journal
from desk import broker, flower_auth
from desk.beat import SAYS, turned_file
from desk.hearing import SERVES, Hearing
from desk.notify import ENVIRONMENT
from desk.probes import is_alive, is_free
from desk.processes import ProcessFault, Program, Running
from desk.signs import Pauses, Signs, touched
from desk.words import say
from settings import OFF, PREFERRED_FLOWER_PORT, PROJECT, Settings, shown

# Seconds before each further start of a program that dies young; the first comes at once.
_PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
# A life this long forgives the deaths before it.
_LONG_LIFE = 60.0
# So many deaths before it was ever ready, and waiting for it is in vain.
_HOPELESS = 3

_BROKER_READY_WITHIN = 300.0  # a large append-only file is read first
_MIGRATED_WITHIN = 3600.0
_LOOKED_WITHIN = 120.0  # longer than a look at what is deaf takes where a database hangs


class DeskRefused(RuntimeError):
    """The desk cannot run here as things are; the message says what would work."""


@dataclass(slots=True)
class Post:
    """One place at the desk: how its program is made anew for each life, and how its lives have gone."""

    name: str
    make: Callable[[], Program]
    is_ready: Callable[[Running], bool]
    running: Running | None = None
    started: float = 0.0
    deaths: int = 0
    was_ready: bool = False


class Desk:
    """All processes of one home. ``start`` and ``stop`` once each; a context manager does both and awaits readiness.

    ``environment`` adds variables for the children; ``tell`` is given one sentence for each thing that happens.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        environment: Mapping[str, str] | None = None,
        with_flower: bool = True,
        with_counter: bool = True,
        with_metrics: bool = True,
        project: Path = PROJECT,
        tell: Callable[[str], None] | None = None,
        hearing: Hearing | None = None,
    ) -> None:
        """Take note of everything; nothing is started or written yet."""
        self.settings = settings
        self.project = project
        self._extra = dict(environment or {})
        self._tell = tell or (lambda _sentence: None)
        self._with_flower = with_flower
        self._with_counter = with_counter
        self._with_metrics = with_metrics and settings.metrics_port != OFF
        self._posts: dict[str, Post] = {}
        self._lock_file: int | None = None
        self._flower_port = 0
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._ended: queue.SimpleQueue[Running | None] = queue.SimpleQueue()
        self._keeper = threading.Thread(target=self._keep, name="desk", daemon=True)
        self._hearing = hearing or Hearing(settings)
        self._beat_turns, self._pauses = Signs(touched(turned_file(settings.run))), Pauses()
        self._looked = time.monotonic()
        self._listener = threading.Thread(target=self._listen, name="hearing", daemon=True)

    # -- what others call --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Lock the home, start the broker, migrate the database, start the rest. Raises DeskRefused, ProcessFault."""
        try:
            for folder in (self.settings.var, self.settings.run, self.settings.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock()
            self._clear_ready_files()
            self._keeper.start()
            if self.settings.broker_embedded:
                self._open("broker", self._broker, lambda running: running.ready)
                self._await("broker", _BROKER_READY_WITHIN)
            self._migrate()
            for name in SERVES:
                self._open(name, functools.partial(self._worker, name), functools.partial(self._has_ready_file, name))
            self._open("beat", self._beat, lambda running: running.ready)
            if self._with_counter:
                self._open("counter", self._counter, lambda running: running.ready)
            if self._with_metrics:
                self._open("metrics", self._metrics, lambda running: running.ready)
            if self._with_flower:
                self._open("flower", self._flower, self._flower_answers)
            self._listener.start()
        except BaseException:
            self.stop()
            raise

    def wait_ready(self, timeout: float = 60.0) -> None:
        """Return when every process has said that it is ready. Raises ProcessFault, with the end of its log."""
        deadline = time.monotonic() + timeout
        for name in tuple(self._posts):
            self._await(name, deadline - time.monotonic())

    def pids(self) -> dict[str, int]:
        """Return the process id of each running program, by the name of its log."""
        lives = {name: post.running for name, post in self._posts.items()}
        return {name: life.wait_started() for name, life in lives.items() if life is not None and not life.ended}

    @property
    def keeps(self) -> bool:
        """Whether it still looks after its programs; where not, whoever started it had better start it again."""
        return self._keeper.is_alive() and time.monotonic() - self._looked < _LOOKED_WITHIN

    @property
    def metrics_url(self) -> str | None:
        """Where monitors read, on this machine only; None where nothing is served."""
        try:
            return self.settings.metrics_address.read_text(encoding="ascii").strip()
        except OSError:
            return None

    @property
    def flower_url(self) -> str | None:
        """Where Flower answers, for this machine only."""
        return f"http://127.0.0.1:{self._flower_port}/" if self._with_flower and self._flower_port else None

    def stop(self) -> None:
        """End everything in reverse order and return when nothing is left; harmless when called again."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        # What rings first, so that workers finish what they have; the broker last, so that they can say so.
        for names in (("beat", "counter", "metrics"), ("flower", "desk2", "desk1"), ("broker",)):
            leaving = [post.running for name in names if (post := self._posts.get(name)) and post.running]
            for running in leaving:
                running.ask_to_stop()
            for running in leaving:
                running.stop()
        self._ended.put(None)
        if self._keeper.ident is not None and self._keeper is not threading.current_thread():
            self._keeper.join(30)
        if self._listener.ident is not None:
            self._listener.join(30)
        if self._lock_file is not None:  # else the home is another desk's
            self._clear_ready_files()
            self.settings.flower_address.unlink(missing_ok=True)
            self.settings.metrics_address.unlink(missing_ok=True)
            os.close(self._lock_file)
            self._lock_file = None

    def __enter__(self) -> Self:
        """Start and wait until everything is ready."""
        self.start()
        try:
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End everything."""
        self.stop()

    # -- starting again what dies ------------------------------------------------------------------------------------

    def _open(self, name: str, make: Callable[[], Program], is_ready: Callable[[Running], bool]) -> None:
        """Start a program for the first time."""
        post = Post(name, make, is_ready)
        self._posts[name] = post
        self._begin(post)

    def _begin(self, post: Post) -> None:
        """Begin a life of a program."""
        if self._stopping.is_set():
            return
        (self.settings.run / f"ready-{post.name}").unlink(missing_ok=True)
        post.started = time.monotonic()
        running = Running(post.make(), on_end=self._ended.put)
        with self._changed:
            post.running = running
        try:
            running.wait_started()
        except ProcessFault:
            running.stop()  # else it might begin after all, beside its next life
            raise
        with self._changed:
            self._changed.notify_all()
        self._say("started", name=post.name, pid=running.pid)
        if self._stopping.is_set():  # stop() may have looked just before this life began
            running.stop()

    def _keep(self) -> None:
        """Wait for ends and begin new lives, each when its pause is over."""
        due: dict[str, float] = {}
        while True:
            pause = max(0.0, min(due.values()) - time.monotonic()) if due else None
            try:
                ended = self._ended.get(timeout=pause)
            except queue.Empty:
                ended = None
                if self._stopping.is_set():
                    return
            else:
                if ended is None:
                    return
            if ended is not None and not self._stopping.is_set():
                post = self._posts[ended.program.name]
                due[post.name] = time.monotonic() + self._mourn(post, ended)
            for name in [name for name, moment in due.items() if moment <= time.monotonic()]:
                del due[name]
                self._begin_again(self._posts[name], due)

    def _begin_again(self, post: Post, due: dict[str, float]) -> None:
        """Begin the next life of a program; where even that fails, try once more later."""
        try:
            self._begin(post)
        except (OSError, ProcessFault, broker.BrokerMissing) as trouble:
            self._say("cannot_start", name=post.name, trouble=trouble)
            due[post.name] = time.monotonic() + _PAUSES[-1]

    def _mourn(self, post: Post, ended: Running) -> float:
        """Say how a life ended; return the pause before the next."""
        post.deaths = 1 if time.monotonic() - post.started > _LONG_LIFE else post.deaths + 1
        pause = _PAUSES[min(post.deaths, len(_PAUSES)) - 1]
        status = ended.status if ended.status is not None else -9
        how = self._words("killed_by" if status < 0 else "exit_status", number=abs(status))
        self._say("ended", name=post.name, status=how, log=ended.program.log)
        self._say("restarting" if pause else "restarting_now", name=post.name, delay=pause)
        with self._changed:
            self._changed.notify_all()
        return pause

    def _listen(self) -> None:
        """Start again what lives and consumes nothing: whatever took its ears, a new life has them."""
        while not self._stopping.wait(self._hearing.every):
            try:
                self._give_up_the_deaf()
            except Exception as trouble:  # noqa: BLE001 - whatever it is, the next look may be without it
                self._say("cannot_listen", trouble=type(trouble).__name__)
            self._looked = time.monotonic()
        self._hearing.close()

    def _give_up_the_deaf(self) -> None:
        lives = {name: self._posts[name].running for name in SERVES}
        ready = {
            name: life
            for name, life in lives.items()
            if life is not None and not life.ended and self._has_ready_file(name, life)
        }
        for deaf in self._hearing.look({name: life.pid for name, life in ready.items()}):
            self._say("deaf", name=deaf.name, queue=deaf.queue, seconds=deaf.seconds)
            ready[deaf.name].stop()
        self._give_up_a_still_beat()

    def _give_up_a_still_beat(self) -> None:
        beat = self._posts["beat"].running
        if beat is None or not beat.ready:
            self._beat_turns.forgive(new_life=True)
        elif not self._beat_turns.look():
            self._pauses.heard("beat")
        elif self._pauses.may_give_up("beat", time.monotonic()):
            self._say("kept_deaf", pid=beat.pid)
            beat.stop()

    def _await(self, name: str, timeout: float) -> None:
        """Return when a program is ready. Ready files and Flower's pages are looked at; a death wakes at once."""
        post = self._posts[name]
        deadline = time.monotonic() + timeout
        while True:
            running = post.running
            if running is not None and not running.ended and post.is_ready(running):
                post.was_ready = True
                return
            late = time.monotonic() >= deadline
            if late or self._stopping.is_set() or (post.deaths >= _HOPELESS and not post.was_ready):
                log = self.settings.logs / f"{name}.log"
                words = running.last_words() if running else ""
                raise ProcessFault(self._words("not_ready", name=name, log=log, words=words))
            with self._changed:
                self._changed.wait(0.05)

    # -- the programs ------------------------------------------------------------------------------------------------

    def _broker(self) -> Program:
        return replace(broker.program(self.settings), hold=self._held())

    def _worker(self, name: str) -> Program:
        pool = ["--pool", "solo"] if name == "desk1" else ["--pool", "prefork", "-c", "2"]
        kind = [*pool, "-Q", ",".join(SERVES[name])]
        # Two workers gain nothing from gossip; mingling costs a second at every start. Events are for Flower.
        quiet = ["--without-gossip", "--without-mingle", "-E"]
        command = ["desk.celery_command", "-A", "worker", "worker", *kind, "-n", f"{name}@%h", "-l", "INFO", *quiet]
        return self._python(name, command)

    def _beat(self) -> Program:
        return self._python("beat", ["desk.beat"], ready=SAYS)

    def _flower(self) -> Program:
        self._flower_port = self._choose_port()
        self.settings.flower_address.write_text(f"{self.flower_url}\n", encoding="ascii")
        command = [
            "desk.celery_command",
            "-A",
            "tasks.viewer",
            "flower",
            "--address=127.0.0.1",
            f"--port={self._flower_port}",
            "--max-tasks=10000",
        ]
        # The password goes by the environment: the command line is everybody's to read.
        secret = {"FLOWER_BASIC_AUTH": flower_auth.credentials(self.settings.flower_auth)}
        program = self._python("flower", command)
        return replace(program, environment={**program.environment, **secret})

    def _metrics(self) -> Program:
        return self._python("metrics", ["desk.metrics"], ready="metrics: ")

    def _counter(self) -> Program:
        return self._python("counter", ["counter"], ready="the counter is open")

    def _python(self, name: str, module: list[str], *, ready: str | None = None) -> Program:
        """Return how to run a module with its arguments."""
        return Program(
            name=name,
            command=[sys.executable, "-m", *module],
            log=self.settings.logs / f"{name}.log",
            folder=self.project,
            environment=self._environment(),
            ready=None if ready is None else journal.ready_as(ready, self.settings.log),
            hold=self._held(),
        )

    def _migrate(self) -> None:
        """Bring the database up to date before anything works on it."""
        program = self._python("migrate", ["models.migrate"])
        with Running(program) as running:
            running.wait_ended(_MIGRATED_WITHIN)
            if running.status != 0:
                words = running.last_words(30)
                raise DeskRefused(self._words("migration_failed", log=program.log, words=words))
        self._say("migrated", database=shown(self.settings.database_url))

    def _environment(self) -> dict[str, str]:
        """Return what the children get: ours, but our settings instead of whatever settings we were started with."""
        not_theirs = ("MADOGUCHI_", *ENVIRONMENT)
        theirs = {name: value for name, value in os.environ.items() if not name.startswith(not_theirs)}
        return {**theirs, "PYTHONUNBUFFERED": "1", **self.settings.environment(), **self._extra}

    # -- small things ------------------------------------------------------------------------------------------------

    def _lock(self) -> None:
        """Lock the home. The leashes hold the lock too: it is free only when nothing of a desk is left."""
        path = self.settings.run / "desk.lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline, waiting = time.monotonic() + 60, False  # what was killed ends late on a busy machine
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                # Empty in the moment between another desk's lock and its name in the file.
                pid = int(os.pread(handle, 20, 0) or b"0")
                if is_alive(pid) or time.monotonic() > deadline:
                    os.close(handle)
                    raise DeskRefused(self._words("already_running", home=self.settings.home, pid=pid)) from None
            if not waiting:
                self._say("waiting")
                waiting = True
            time.sleep(0.05)  # the kernel can wait for a lock, but not for a lock or an hour
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._lock_file = handle

    def _held(self) -> tuple[int, ...]:
        return () if self._lock_file is None else (self._lock_file,)

    def _has_ready_file(self, name: str, _running: Running) -> bool:
        """Whether a worker has said that it consumes (tasks/app.py writes the file, and removes it when it leaves)."""
        return (self.settings.run / f"ready-{name}").exists()

    def _clear_ready_files(self) -> None:
        """Remove what killed workers left behind."""
        for path in (*self.settings.run.glob("ready-*"), *self.settings.run.glob("heard-*")):
            path.unlink(missing_ok=True)

    def _flower_answers(self, _running: Running) -> bool:
        # Not urllib: it would ask the proxy of the environment for our own page.
        connection = http.client.HTTPConnection("127.0.0.1", self._flower_port, timeout=5)
        try:
            connection.request("GET", "/healthcheck")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _choose_port(self) -> int:
        """Return the port asked for, the usual one if it is free, else any that is."""
        asked = self.settings.flower_port
        if asked:
            return asked
        if asked is None and self._flower_port == 0 and is_free(PREFERRED_FLOWER_PORT):
            return PREFERRED_FLOWER_PORT
        if self._flower_port and is_free(self._flower_port):
            return self._flower_port
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    def _words(self, code: str, **params: object) -> str:
        return say(code, self.settings.lang, **params)

    def _say(self, code: str, **params: object) -> None:
        if journal.writes():
            journal.event(code, **{name: value for name, value in params.items() if name not in ("log", "database")})
        else:
            self._tell(self._words(code, **params))
