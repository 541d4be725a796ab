"""The sweep over the tray: scanned pages that nobody has sorted for more than a working day."""

from clock import office_now
from models.session import transaction
from services.office import the_office
from services.scans import tray
from tasks.app import app


@app.task(name="scans.watch_tray", queue="clock")
def watch_tray() -> int:
    """Tell the clerks, once of each page, what has waited in the tray for too long."""
    with transaction() as db:
        return tray.tell(db, the_office(db, office_now(db)))
