"""The sweeps over scanned pages: those in the tray that nobody has sorted, and copies that nobody needs any more."""

from clock import office_now
from models.session import transaction
from services.engine.office import the_office
from services.returns import retention, tray
from tasks.app import app


@app.task(name="scans.watch_tray", queue="clock")
def watch_tray() -> int:
    """Tell the clerks, once of each page, what has waited in the tray for too long."""
    with transaction() as db:
        return tray.tell(db, the_office(db, office_now(db)))


@app.task(name="scans.destroy_copies", queue="clock")
def destroy_copies() -> int:
    """Destroy the copies of identity documents of cases whose answer is posted."""
    return retention.sweep(transaction, lambda db: the_office(db, office_now(db)))
