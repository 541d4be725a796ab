"""A page served once, on this machine's loopback, to whoever holds its address: masks are drawn on it (ADR 42).

The address holds a secret that works for one look. What it shows holds a second one, under which one answer is taken.
Whoever asks by another name than the loopback's, from another page, again, or too late, gets nothing. No cookie is set,
no file is written, and nothing is logged but the look, by whoever opens the picture.
"""

import queue
import secrets
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from services.returns.mask_page import Drawn, NoAreas, mask_page, policy, read_answer
from workflows.tongue import Tongue

SECONDS = 900.0
"""How long the page may be open, from when its address was given."""
LARGEST_ANSWER = 65_536
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class TooLate(Exception):
    """Nobody answered in time; ``seen`` says whether the page was opened."""

    def __init__(self, *, seen: bool) -> None:
        """Keep it."""
        self.seen = seen
        super().__init__()


class Easel:
    """One page, from its address to its answer. *look* returns the picture and records that it was looked at."""

    def __init__(self, number: str, look: Callable[[], bytes], tongue: Tongue, seconds: float = SECONDS) -> None:
        """Listen on a free port of the loopback; nothing is opened yet."""
        self._number, self._look, self._tongue = number, look, tongue
        self._until = time.monotonic() + seconds
        self._address, self._answer = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._lock = threading.Lock()
        self._seen = self._answered = False
        # What other threads want of this one: it alone opens the database.
        self._wanted: queue.Queue[queue.Queue[bytes | None]] = queue.Queue()
        self._drawn: queue.Queue[Drawn] = queue.Queue()
        self._server = _Server(self)
        self.port = int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """Where the page is, for one look."""
        return f"http://127.0.0.1:{self.port}/{self._address}"

    def __enter__(self) -> Self:
        """Begin to serve."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, whatever is going on."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self) -> Drawn:
        """Wait for what is drawn. Raises TooLate, and whatever looking at the picture raises."""
        while time.monotonic() < self._until:
            try:
                reply = self._wanted.get(timeout=0.05)
            except queue.Empty:
                pass
            else:
                self._show(reply)
            try:
                return self._drawn.get_nowait()
            except queue.Empty:
                continue
        raise TooLate(seen=self._seen)

    def _show(self, reply: "queue.Queue[bytes | None]") -> None:
        try:
            picture = self._look()
        except BaseException:
            reply.put(None)
            raise
        reply.put(picture)

    # -- asked by the threads of the server -------------------------------------------------------------------------

    def take_look(self, path: str) -> tuple[bytes, str] | HTTPStatus:
        """Return the page and the word of its policy for the first look, else why there is none."""
        if not secrets.compare_digest(path.encode(), f"/{self._address}".encode()):
            return HTTPStatus.NOT_FOUND
        with self._lock:
            if self._seen:
                return HTTPStatus.GONE
            self._seen = True
        reply: queue.Queue[bytes | None] = queue.Queue()
        self._wanted.put(reply)
        picture = reply.get()
        if picture is None:
            return HTTPStatus.GONE
        nonce = secrets.token_urlsafe(18)
        return mask_page(picture, self._number, f"/{self._answer}", nonce, self._tongue).encode(), nonce

    def take_answer(self, path: str, body: bytes) -> Drawn | HTTPStatus:
        """Return what was drawn, once, else why it is not taken; `hand_over` ends the waiting for it."""
        if not self._seen or not secrets.compare_digest(path.encode(), f"/{self._answer}".encode()):
            return HTTPStatus.NOT_FOUND
        try:
            drawn = read_answer(body)
        except NoAreas:
            return HTTPStatus.BAD_REQUEST
        with self._lock:
            if self._answered:
                return HTTPStatus.GONE
            self._answered = True
        return drawn

    def hand_over(self, drawn: Drawn) -> None:
        """Give what was drawn to whoever waits: the page was told that it came, which ends with this process."""
        self._drawn.put(drawn)

    def is_here(self, name: str | None) -> bool:
        """Whether a request names this machine's own loopback: another name may be anybody's (DNS rebinding)."""
        return name in {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, easel: Easel) -> None:
        self.easel = easel
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that hangs up is no news, and a traceback would tell what it asked for."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 20
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "madoguchi", ""

    def do_GET(self) -> None:
        """Show the page, once, to whoever opens its address."""
        easel = self.server.easel
        ahead = any("prefetch" in (self.headers.get(name) or "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
        if not easel.is_here(self.headers.get("Host")) or ahead:
            self._say(HTTPStatus.FORBIDDEN)
            return
        found = easel.take_look(self.path)
        if isinstance(found, HTTPStatus):
            self._say(found)
            return
        page, nonce = found
        self._say(HTTPStatus.OK, page, "text/html; charset=utf-8", policy(nonce))

    def do_POST(self) -> None:
        """Take what was drawn, from the page itself and from no other."""
        easel = self.server.easel
        status = self._against_answer(easel)
        found = status or easel.take_answer(self.path, self.rfile.read(int(self.headers["Content-Length"])))
        if isinstance(found, HTTPStatus):
            self._say(found)
            return
        try:
            self._say(HTTPStatus.NO_CONTENT)
        finally:
            easel.hand_over(found)

    def _against_answer(self, easel: Easel) -> HTTPStatus | None:
        """Return why an answer is not even read: it is not from the page, or is none that the page sends."""
        origin, length = self.headers.get("Origin") or "", self.headers.get("Content-Length") or ""
        if not easel.is_here(self.headers.get("Host")) or not easel.is_here(origin.removeprefix("http://")):
            return HTTPStatus.FORBIDDEN
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return HTTPStatus.FORBIDDEN
        if self.headers.get_content_type() != "application/json":
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        if not (length.isascii() and length.isdecimal() and int(length) <= LARGEST_ANSWER):
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return None

    def _say(
        self, status: HTTPStatus, body: bytes = b"", kind: str = "text/plain", allowed: str = "default-src 'none'"
    ) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Security-Policy": allowed, "Connection": "close"}.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NO_CONTENT:
            body = body or status.phrase.encode()
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status is not HTTPStatus.NO_CONTENT:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's own name
        """Log nothing: an address is a secret."""
