"""A collector of traces on a port of its own, which keeps what it is told: OTLP over HTTP, as operators have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class Span:
    """One span as it came; ids in hexadecimal, times in nanoseconds."""

    name: str
    trace: str
    span: str
    above: str
    seconds: float
    failed: bool
    said: dict[str, Any]


@dataclass
class Collector:
    """What came."""

    url: str
    bodies: list[bytes] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)

    def spans(self, request: str | None = None) -> list[Span]:
        """Return all of them, or those of a request."""
        found = [span for body in list(self.bodies) for span in _spans(body)]
        return [span for span in found if request in (None, span.said["madoguchi.request"])]


def _spans(body: bytes) -> Iterator[Span]:
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        for scope in resource.scope_spans:
            for one in scope.spans:
                said = {
                    each.key: getattr(each.value, each.value.WhichOneof("value") or "", None) for each in one.attributes
                }
                ids = (one.trace_id.hex(), one.span_id.hex(), one.parent_span_id.hex())
                took = (one.end_time_unix_nano - one.start_time_unix_nano) / 1e9
                yield Span(one.name, *ids, took, one.status.code == 2, said)


@contextmanager
def collector() -> Iterator[Collector]:
    """Yield one that listens on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.paths.add(self.path)
            made.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
