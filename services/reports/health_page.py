"""Whether everything runs and fits together, told: the pages of ``status`` and ``doctor``."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from services.reports.lines import Line
from workflows.words.tongue import Tongue

if TYPE_CHECKING:  # whoever asks how it goes need not load what examines everything
    from services.audit.doctor import Finding
    from services.office.health import Check

NAME = 19
"""Columns of a check's name."""


def health_page(found: "Sequence[Check]", flower: str | None, tongue: Tongue) -> Iterator[Line]:
    """Say of each check whether it is well; *flower* is its address."""
    bad = sum(not check.ok for check in found)
    if bad:
        yield Line(tongue.tell("not_well_to_look_at", bad=bad), colour="red")
    else:
        yield Line(tongue.tell("everything_runs"), colour="green")
    for check in found:
        sign, colour = ("!", "yellow") if check.note else ("o", "green") if check.ok else ("x", "red")
        sign = f"{sign} "
        name = tongue.told(f"check_{check.name}", check.name)
        for line in tongue.say(check.detail).split("\n"):
            yield Line(line, ((sign, 2), (name, NAME)), head_colour=colour)
            sign, name = "", ""
    if flower:
        yield Line(flower, (("", 2), ("Flower", NAME)))


def findings(found: "Sequence[Finding]", tongue: Tongue) -> list[dict[str, Any]]:
    """Return what the doctor found, as programs read it."""
    return [{"case": one.case, "what": one.what, "detail": tongue.say(one.detail)} for one in found]


def findings_page(left: "Sequence[Finding]", mended: "Sequence[Finding]", tongue: Tongue) -> Iterator[Line]:
    """Say what was mended and what is left."""
    for mark, colour, listed in ((tongue.tell("mended"), "green", mended), (tongue.tell("found"), "red", left)):
        for one in listed:
            words = f"{mark}: {tongue.say(one.detail)} [{one.what}]"
            yield Line(words, ((f"{one.case or '-'}  ", 0),), colour=colour, head_colour=colour)
    if not left:
        yield Line(tongue.tell("nothing_is_out_of_joint"), colour="green")
