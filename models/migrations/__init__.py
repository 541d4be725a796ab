"""The migrations, and which of them this checkout has."""

from functools import cache
from pathlib import Path

MIGRATION_LOCK = 7_301_946_552
"""An advisory lock of PostgreSQL, so that two starting processes do not migrate at once."""


@cache
def known() -> frozenset[str]:
    """Return the numbers of the migrations of this checkout: ``0001``, ``0002``, ..."""
    return frozenset(path.name[:4] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
