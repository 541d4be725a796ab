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
        message = said(
            f"{option}: 3d（日）、2h（時間）、30m（分）、1w（週）のように書いてください。",
            f"{option}: write it like 3d, 2h, 30m or 1w (days, hours, minutes, weeks).",
        )
        raise Failure(WRONG, "bad_input", message, faults=[{"line": None, "field": option, "message": message}])
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
