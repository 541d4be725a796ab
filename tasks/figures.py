"""The sweep that keeps the office's figures: cases that moved are counted anew."""

from services.engine import counting
from tasks.app import SILENT, app
from tasks.unit import UNIT


@app.task(name="figures.count", goes_to="clock", **SILENT)
def count() -> int:
    """Count the cases that moved."""
    return counting.sweep(UNIT)
