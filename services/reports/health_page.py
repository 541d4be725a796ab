"""Whether everything runs, told: the page of ``status``."""

from collections.abc import Iterator, Sequence

from services.reports.health_check import Check
from workflows.lines import Line, typed
from workflows.tongue import Tongue

NAME = 19
"""Columns of a check's name."""


def health_page(found: Sequence[Check], flower: str | None, tongue: Tongue) -> Iterator[Line]:
    """Say of each check whether it is well, and what to run where it is not; *flower* is its address."""
    bad = sum(not check.ok for check in found)
    if bad:
        yield Line(tongue.tell("status.unwell", bad=bad), colour="red")
    else:
        yield Line(tongue.tell("status.well"), colour="green")
    for check in found:
        sign, colour = ("!", "yellow") if check.note else ("o", "green") if check.ok else ("x", "red")
        sign = f"{sign} "
        name = tongue.noun(f"check.{check.name}")
        for line in tongue.say(check.detail).split("\n"):
            yield Line(line, ((sign, 2), (name, NAME)), head_colour=colour)
            sign, name = "", ""
        if check.run:
            yield typed(check.run)
    if flower:
        yield Line(flower, (("", 2), ("Flower", NAME)))
