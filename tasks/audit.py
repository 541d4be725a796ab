"""Checkpoints: what was recorded since the last one is signed, outside the database."""

from services.audit import checkpoints
from tasks.app import SILENT, app
from tasks.unit import UNIT


@app.task(name="audit.checkpoint", goes_to="bulk", **SILENT)
def checkpoint() -> int:
    """Sign what has grown since the last checkpoint; return of how many histories, 0 where nothing has."""
    made = checkpoints.make(UNIT)
    return 0 if made is None else max(made.heads, 1)
