"""How often an office makes backups, as its organisation.toml says (``backup_days``)."""

import tomllib
from pathlib import Path
from typing import TypeGuard

from settings import PROJECT

USUAL = 7
"""Days: where the file says nothing."""
MOST = 30


def usable(days: object) -> TypeGuard[int]:
    """Whether that is a number of days a backup may be old at most."""
    return type(days) is int and 1 <= days <= MOST


def patience(home: Path) -> int:
    """Return how many days old the newest backup may be; the usual number where the file cannot be read.

    Read by itself: all else in that file is held against our fonts, for which nobody who asks for health should wait.
    """
    own = home / "organisation.toml"
    try:
        told = tomllib.loads((own if own.exists() else PROJECT / "organisation.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return USUAL
    days = told.get("backup_days", USUAL)
    return days if usable(days) else USUAL
