"""What the doctor found and mended, told."""

from collections.abc import Iterator, Sequence
from typing import Any

from services.audit.doctor import Finding
from workflows.lines import Line
from workflows.tongue import Tongue


def findings(found: Sequence[Finding], tongue: Tongue) -> list[dict[str, Any]]:
    """Return what the doctor found, as programs read it."""
    return [{"case": one.case, "what": one.what, "detail": tongue.say(one.detail)} for one in found]


def findings_page(left: Sequence[Finding], mended: Sequence[Finding], tongue: Tongue) -> Iterator[Line]:
    """Say what was mended and what is left."""
    for mark, colour, listed in (
        (tongue.tell("status.mended"), "green", mended),
        (tongue.tell("status.found"), "red", left),
    ):
        for one in listed:
            words = f"{mark}: {tongue.say(one.detail)} [{one.what}]"
            yield Line(words, ((f"{one.case or '-'}  ", 0),), colour=colour, head_colour=colour)
    if not left:
        yield Line(tongue.tell("status.fine"), colour="green")
