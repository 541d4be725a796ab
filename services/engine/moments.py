"""How what is stored is told: moments in the office's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.engine.office import Office
from services.engine.timers import STANDING_STILL


def local(moment: datetime, office: Office) -> datetime:
    """Return the moment in the office's zone."""
    return moment.astimezone(ZoneInfo(office.calendar.zone))


def iso(moment: datetime | None, office: Office) -> str | None:
    """Return the moment as programs read it, in the office's zone; None also for a deadline that stands still."""
    return None if moment is None or moment >= STANDING_STILL else local(moment, office).isoformat(timespec="seconds")
