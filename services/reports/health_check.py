"""One thing looked at, and how spans and moments are shown in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from services.engine.office import Office
from workflows.engine.values import Reason


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``note``: no fault, but something people must know while they read the rest.

    ``run`` is the line of a shell that helps, or shows what to help (`services.reports.health_lines`); whatever is not
    well has one once `services.reports.health.checks` returns it.
    """

    name: str
    ok: bool
    detail: Reason
    note: bool = False
    run: str = ""


def age(span: timedelta) -> str:
    """Return a span as hours, minutes and seconds, the same in every language: ``0:02:13``."""
    seconds = max(0, round(span.total_seconds()))
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def shown(moment: datetime, office: Office) -> str:
    """Return a moment as the office's clocks show it."""
    return moment.astimezone(ZoneInfo(office.calendar.zone)).strftime("%Y-%m-%d %H:%M")


def existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())
