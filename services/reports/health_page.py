"""Whether everything runs, told: the page of ``status``."""

from collections.abc import Iterator, Sequence

from services.reports.health_check import Check
from workflows.words.lines import Line
from workflows.words.tongue import Tongue

NAME = 19
"""Columns of a check's name."""


def health_page(found: Sequence[Check], flower: str | None, tongue: Tongue) -> Iterator[Line]:
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
