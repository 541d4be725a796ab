"""Engines for tests that work side by side: who waits for another one's lock waits as long as a busy machine takes."""

from sqlalchemy import Engine

from models.limits import Limits
from models.session import engine_for

PATIENT = Limits(lock=120, statement=120, idle=300)
"""The office's own three seconds for a lock are tried where they are the thing tried (tests/models/test_limits.py)."""


def patient_engine(url: str) -> Engine:
    """Return an engine of the caller's own: a connection belongs to one thread."""
    return engine_for(url, PATIENT)
