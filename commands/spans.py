"""Stretches of time as people type them: 3d, 2h, 45m, 1w, 1d12h."""

import re
from datetime import timedelta

from commands.context import WRONG, Failure, said

_PART = re.compile(r"(\d{1,6})([wdhm])")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}


def span(text: str, option: str) -> timedelta:
    """Return the stretch of time; ends the call where *text* is none."""
    plain = text.strip().lower().removeprefix("+")
    parts = _PART.findall(plain)
    if not parts or "".join(number + unit for number, unit in parts) != plain:
        message = said("spans.span", option=option)
        raise Failure(WRONG, "bad_input", message, faults=[{"line": None, "field": option, "message": message}])
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
