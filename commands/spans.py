"""Stretches of time on the command line: 3d, 2h, 45m, 1w, 1d12h."""

from datetime import timedelta

from commands.context import WRONG, Failure, said


def span(text: str, option: str) -> timedelta:
    """Return the stretch of time; ends the call where *text* is none."""
    from services.intake.spans import read_span

    found = read_span(text)
    if found is None:
        message = said("spans.span", option=option)
        raise Failure(WRONG, "bad_input", message, faults=[{"line": None, "field": option, "message": message}])
    return found
