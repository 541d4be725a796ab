"""What the processes of the house tell a collector of traces, where MADOGUCHI_OTLP_URL names one (OTLP over HTTP).

Whatever the journal would write about one request is a span of one trace, whichever process it happens in: the trace's
id is made of the request's, so nothing is carried along and nothing is stored. A span holds what a line of the journal
holds, ids and codes alone. OpenTelemetry is imported with the first span; a collector that is away costs nobody a wait.
"""

import atexit
import os
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from release import VERSION

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

FLUSH_SECONDS = 5.0
"""How long a process that ends as it is waits for the collector; whoever called it has its answer by then."""
_PATIENCE_SECONDS = 2.0
_EVERY_MILLISECONDS = 1000
_lock = threading.Lock()
_here: list["TracerProvider"] = []
"""This process's provider, once there is one: a fork begins with none."""
_next = threading.local()
"""The id the next span of a thread is to have."""


def ids_of(request: str) -> tuple[int, int]:
    """Return the ids of a request's trace and of its first span, the same in every process."""
    digest = sha256(request.encode()).digest()
    return int.from_bytes(digest[:16], "big"), int.from_bytes(digest[16:24], "big")


def tell(url: str, process: str, what: str, said: Mapping[str, Any], seconds: float = 0.0) -> None:
    """Tell of one thing that happened to a request, which took so many seconds until now.

    The first of them (an order was accepted, a deadline was carried out) is the one all others stand below.
    """
    from opentelemetry import trace

    request = str(said["request"])
    trace_id, first = ids_of(request)
    is_first = what == "accepted" or (what in {"transition", "not_done"} and not request.startswith("order:"))
    tracer = _provider(url).get_tracer("madoguchi", VERSION)
    above = trace.SpanContext(trace_id, first, is_remote=True, trace_flags=trace.TraceFlags(trace.TraceFlags.SAMPLED))
    context = None if is_first else trace.set_span_in_context(trace.NonRecordingSpan(above))
    now = time.time_ns()
    _next.ids = (trace_id, first) if is_first else None
    span = tracer.start_span(
        _name(what, said),
        context=context,
        start_time=now - round(seconds * 1e9),
        attributes={"madoguchi.process": process, **{f"madoguchi.{name}": _plain(one) for name, one in said.items()}},
    )
    if what in {"not_done", "task_failed"}:
        span.set_status(trace.StatusCode.ERROR)
    span.end(now)


def flush() -> None:
    """Send what was not sent yet, before a process ends; whatever the collector does, for so many seconds at most."""
    if _here:  # its own way to say how long has no effect
        sending = threading.Thread(target=_here[0].force_flush, daemon=True)
        with suppress(RuntimeError):  # too late for another thread
            sending.start()
            sending.join(FLUSH_SECONDS)


atexit.register(flush)


def _name(what: str, said: Mapping[str, Any]) -> str:
    about = said.get("transition") or said.get("task") or said.get("kind")
    return f"{what} {about}" if about else what


def _plain(value: Any) -> Any:
    """Return a value as an attribute may have it."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return "" if value is None else value


def _provider(url: str) -> "TracerProvider":
    with _lock:
        if not _here:
            _here.append(_made(url))
        return _here[0]


def _begin_anew() -> None:
    """Forget, after a fork, what was the parent's: its provider, and a lock that a thread held which is not here."""
    global _lock  # noqa: PLW0603 - a lock cannot be emptied: a held one is replaced
    _lock = threading.Lock()
    _here.clear()


os.register_at_fork(after_in_child=_begin_anew)


def _made(url: str) -> "TracerProvider":
    import logging

    import requests
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class Ids(RandomIdGenerator):
        """Gives the first span of a request the ids everybody knows it by."""

        def generate_trace_id(self) -> int:
            ids = getattr(_next, "ids", None)
            return ids[0] if ids else super().generate_trace_id()

        def generate_span_id(self) -> int:
            ids = getattr(_next, "ids", None)
            return ids[1] if ids else super().generate_span_id()

    class Curt(requests.Session):
        """Takes from a collector how it answers, and nothing of what: it may be anything, of any length."""

        def request(self, *arguments: Any, **more: Any) -> requests.Response:
            answer = super().request(*arguments, **{**more, "stream": True})
            answer.close()
            return answer

    # A collector that is away is nothing to tell an office of: its operator sees that no traces come.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    resource = Resource({"service.name": "madoguchi", "service.version": VERSION})
    made = TracerProvider(resource=resource, id_generator=Ids(), shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=_PATIENCE_SECONDS, session=Curt())
    made.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=_EVERY_MILLISECONDS))
    return made
