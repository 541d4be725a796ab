"""``python -m desk.metrics [--address A] [--port N]``: what ``./admin.py metrics`` says, for a monitor, over HTTP.

GET /metrics alone, on this machine alone unless compose says otherwise. It loads nothing of the office: it runs the
command, which the counter of a desk carries out in a process that has everything ready. So a database that hangs holds
up that one call, and whoever asks hears within `PATIENCE` seconds that the office could not be asked.
"""

import argparse
import ipaddress
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import journal
from desk.words import say
from settings import OFF, PROJECT, settings

READY = "metrics: "
"""What its first line begins with, by which the desk knows that it listens."""
PREFERRED_PORT = 5556
PATIENCE = 15.0
FRESH = 5.0
"""Seconds after which the office is asked anew: however many ask, the office is asked by one at a time."""
AT_ONCE = 8
"""Connections; more are closed unheard."""
SAYING = 5.0
"""Seconds in which whoever comes must have said what it wants."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"

Ask = Callable[[], str]


def asked(patience: float | None = None) -> str:
    """Return what the command says within so many seconds (`PATIENCE`), else that the office could not be asked."""
    patience = PATIENCE if patience is None else patience
    line = [sys.executable, "-I", "-S", str(PROJECT / "admin.py"), "metrics", "--lang", "en"]
    try:
        said = subprocess.run(
            line, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return unknown(f"no answer within {patience:g} s")
    except OSError as error:
        return unknown(type(error).__name__)
    page = said.stdout.decode("utf-8", "replace")
    return page if page.startswith("# HELP") else unknown(f"exit {said.returncode}")


def unknown(why: str) -> str:
    """Return what is said where the office could not be asked."""
    meaning = "1 where database and broker both answered"
    return (
        f"# the office could not be asked: {why}\n"
        f"# HELP madoguchi_up {meaning}\n# TYPE madoguchi_up gauge\nmadoguchi_up 0\n"
    )


class Answers:
    """The last answer, and one at a time who fetches the next."""

    def __init__(self, ask: Ask = asked, fresh: float = FRESH) -> None:
        """Ask nothing yet."""
        self._ask, self._fresh = ask, fresh
        self._lock = threading.Lock()
        self._page, self._at = "", -fresh

    def page(self) -> str:
        """Return an answer that is no older than a few seconds."""
        with self._lock:
            if not self._page or time.monotonic() - self._at >= self._fresh:
                self._page, self._at = self._ask(), time.monotonic()
            return self._page


class Server(socketserver.ThreadingTCPServer):
    """Listens, for few at once."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, place: tuple[str, int], answers: Answers) -> None:
        """Listen at once."""
        super().__init__(place, Handler)
        self.answers = answers
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def process_request(self, request: object, client_address: object) -> None:
        """Hear somebody, unless too many are heard already."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)  # type: ignore[arg-type]
        else:
            self.shutdown_request(request)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Hear them, and make room."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of somebody who hung up."""


class Handler(BaseHTTPRequestHandler):
    """One question."""

    server: Server
    timeout = SAYING
    server_version, sys_version = "madoguchi", ""

    def handle(self) -> None:
        """Hear a question, and hang up on who has not said it in time: `timeout` alone begins anew with each byte."""
        self._late = threading.Timer(SAYING, self._hang_up)
        self._late.daemon = True
        self._late.start()
        try:
            super().handle()
        finally:
            self._late.cancel()

    def parse_request(self) -> bool:
        """Read the rest of what is asked; from then on it is we who take our time."""
        said = super().parse_request()
        self._late.cancel()
        return said

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        """Answer what may be asked."""
        if not is_ours(self.headers.get("Host", "")):
            self._say(421, "this is asked for under another name\n")
        elif self.path == "/metrics":
            self._say(200, self.server.answers.page(), TEXT)
        elif self.path == "/healthcheck":
            self._say(200, "OK\n")
        else:
            self._say(404, "/metrics\n")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in a word: whatever is not GET, and what is no HTTP."""
        self._say(405 if code == 501 else code, "GET /metrics\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Write no line for each look."""

    def _say(self, code: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if code == 405:
            self.send_header("Allow", "GET")
        self.end_headers()
        self.wfile.write(body)


def is_ours(host: str) -> bool:
    """Whether a Host header is an address or a name without a dot: a page elsewhere has a name with one.

    So no web page can read this by giving its own name our address.
    """
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    name = name.strip("[]")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and all(part.isalnum() for part in name.split("-")) and name.isascii()
    return True


def listening(address: str, port: int | None, file: Path, answers: Answers) -> Server:
    """Return the server on the port asked for; None: on the one it had before, the usual one, else any."""
    if port is not None:
        return Server((address, port), answers)
    before = _before(file)
    for one in dict.fromkeys([*([before] if before else []), PREFERRED_PORT]):
        try:
            return Server((address, one), answers)
        except OSError:
            continue
    return Server((address, 0), answers)


def _before(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii").split(":")[2].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return None


def main(arguments: list[str] | None = None) -> None:
    """Listen until somebody ends this process."""
    house = settings()
    parser = argparse.ArgumentParser(prog="python -m desk.metrics", description=say("metrics_usage", house.lang))
    parser.add_argument("--address", default="127.0.0.1", help=say("metrics_address", house.lang))
    port = None if house.metrics_port == OFF else house.metrics_port
    parser.add_argument("--port", type=int, default=port, help=say("metrics_port", house.lang))
    options = parser.parse_args(arguments)
    file = house.metrics_address
    server = listening(options.address, options.port, file, Answers())
    url = f"http://127.0.0.1:{server.server_address[1]}/metrics"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(f"{url}\n", encoding="ascii")
    journal.begin("metrics")
    journal.ready(f"{READY}{url}")
    server.serve_forever()


if __name__ == "__main__":
    main()
