"""The sweeps over scanned pages: those in the tray that nobody has sorted, and copies that nobody needs any more."""

from services.returns import retention, tray
from tasks.app import SILENT, app
from tasks.unit import UNIT


@app.task(name="scans.watch_tray", goes_to="clock", **SILENT)
def watch_tray() -> int:
    """Tell the clerks, once of each page, what has waited in the tray for too long."""
    with UNIT.begin() as db:
        return tray.tell(db, UNIT.office(db))


@app.task(name="scans.destroy_copies", goes_to="clock", **SILENT)
def destroy_copies() -> int:
    """Destroy the copies of identity documents of cases whose answer is posted."""
    return retention.sweep(UNIT)
