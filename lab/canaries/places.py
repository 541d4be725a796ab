"""Where is looked, and which of these places may tell of people."""

import base64
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import redis
from sqlalchemy import inspect, text

from desk.supervisor import Desk
from models.session import engine, reading
from settings import Settings, embedded_socket

OF_THE_HOME: dict[str, str] = {
    "var/spool": "letters", "var/print": "printed", "out": "printed", "returns": "scanned", "given": "handed out",
    "customers.sqlite3": "a department's own database", "var/madoguchi.sqlite3": "database", "keys": "keys",
    "var/evidence": "sealed pages", "var/tray": "sealed pages", "var/finds": "sealed finds", "var/discs": "discs",
    "var/log": "logs", "var/run": "run and beat", "var/beat": "run and beat", "var/broker": "broker",
    "var/audit": "checkpoints", "backup": "backup", "backup.keys": "backup",
}  # fmt: skip
"""What lies where in the home -> how the place is called; whatever else lies there is `REST`."""
REST = "the rest of the home"
MAY: dict[str, str] = {
    "letters": "what was sent, as it was sent",
    "printed": "what lies ready for the printer",
    "answers about people": "what `show`, `find`, `papers` and `list --names` say to whoever may ask",
    "evidence package": "what a lead hands to the regulator",
    "scanned": "what came back in the post: it lies where the scanner puts it",
    "a department's own database": "what the department has of its own",
}
"""Places that may tell of people, and what they are for."""
PICTURES = ("scanned",)
"""Places that may, and in which nothing can be read: pages as pictures."""
OUTSIDE = ("scanned", "a department's own database", "handed out", "evidence package")
"""Places that are not the desk's, or out of its reach: erasing does not empty them."""


@dataclass(frozen=True, slots=True)
class Content:
    """Something that was found somewhere."""

    place: str
    what: str
    content: bytes


def in_the_home(home: Path) -> Iterator[Content]:
    """Yield every file, whatever it is."""
    for file in sorted(path for path in home.rglob("*") if path.is_file() and not path.is_symlink()):
        name = file.relative_to(home).as_posix()
        yield Content(place_of(name), name, file.read_bytes())


def place_of(name: str) -> str:
    """Return how the place of a file of the home is called."""
    for beginning, place in OF_THE_HOME.items():
        if name == beginning or name.startswith((f"{beginning}/", f"{beginning}-")):
            return place
    return "evidence package" if name.startswith("evidence/") else REST


def in_the_database() -> Iterator[Content]:
    """Yield every row, as it reads."""
    with reading() as db:
        for table in inspect(engine()).get_table_names():
            for row in db.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608 - a name the database gave
                read = [bytes(value) if isinstance(value, memoryview) else value for value in row]
                raw = b"\n".join(value for value in read if isinstance(value, bytes))
                yield Content("database", table, "\n".join(map(str, read)).encode() + b"\n" + raw)


def while_it_runs(ours: Settings, desk: Desk) -> Iterator[Content]:
    """Yield what the broker, Flower and the process table show."""
    client = redis.Redis(unix_socket_path=str(embedded_socket(ours.broker_data)))
    for key in client.scan_iter():
        yield Content("broker", str(key), bytes(key) + (client.dump(key) or b""))
    for page in ("api/tasks?limit=10000", "api/workers", "api/queues/length", "tasks", "workers", "broker", "metrics"):
        yield Content("Flower", page, _flower(ours, desk, page))
    if desk.metrics_url is not None:
        with urllib.request.urlopen(desk.metrics_url, timeout=120) as answer:  # noqa: S310 - our own server
            yield Content("metrics", "as served", answer.read())
    for process in psutil.process_iter():
        try:
            if process.environ().get("MADOGUCHI_HOME") == str(ours.home):
                told = [*process.cmdline(), *(f"{name}={value}" for name, value in process.environ().items())]
                yield Content("process table", process.name(), "\n".join(told).encode())
        except psutil.Error:
            continue


def _flower(ours: Settings, desk: Desk, page: str) -> bytes:
    password = base64.b64encode(ours.flower_auth.read_text("ascii").strip().encode()).decode()
    asked = urllib.request.Request(f"{desk.flower_url}{page}", headers={"Authorization": f"Basic {password}"})  # noqa: S310 - ours
    with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310 - our own server
        found: bytes = answer.read()
    return found if not page.startswith("api/tasks") else found + json.dumps(json.loads(found)).encode()
