"""Stretches of time as people type them: 3d, 2h, 45m, 1w, 1d12h."""

import re
from datetime import timedelta

_PART = re.compile(r"(\d{1,6})([wdhm])")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}


def read_span(text: str) -> timedelta | None:
    """Return the stretch of time; None where *text* is none."""
    plain = text.strip().lower().removeprefix("+")
    parts = _PART.findall(plain)
    if not parts or "".join(number + unit for number, unit in parts) != plain:
        return None
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
