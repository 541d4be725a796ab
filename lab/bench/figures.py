"""What a measurement yields: values of ours and of what they stand beside, round by round, held against a target."""

import math
import operator
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_COMPARED: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached. *judged* says of which value: the ratio to the reference, or ours as it is."""

    what: str
    goal: str
    """``>= 0.6``; empty where a figure is for the record alone."""

    judged: str = "ratio"
    unit: str = "/s"
    reference: str = ""
    """What it stands beside."""

    def met(self, value: float) -> bool | None:
        """Return whether this value reaches the goal; None where there is none."""
        if not self.goal:
            return None
        sign, number = self.goal.split()
        return _COMPARED[sign](value, float(number))

    def short_of(self, value: float) -> float:
        """Return by what factor this value misses the goal: 2.0 where it is half, or twice, what it should be."""
        sign, number = self.goal.split()
        wanted = float(number)
        high, low = (wanted, value) if sign == ">=" else (value, wanted)
        return high / low if low > 0 else math.inf


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: its key in the table of targets and one value a round. A reference may be missing, a ratio then too.

    A ratio is taken within its round, so that a drift of the machine hits both.
    """

    key: str
    ours: tuple[float, ...]
    reference: tuple[float, ...] = ()
    note: str = ""

    @property
    def ratios(self) -> tuple[float, ...]:
        """The ratios, round by round; of different numbers of rounds there are none."""
        if not self.reference or len(self.reference) != len(self.ours):
            return ()
        return tuple(
            mine / theirs if theirs else math.inf for mine, theirs in zip(self.ours, self.reference, strict=True)
        )

    def judged(self, target: Target) -> float:
        """Return the value that is held against the target."""
        return middle(self.ratios if target.judged == "ratio" else self.ours)


def middle(values: Sequence[float]) -> float:
    """Return the median; not a number of no values."""
    return statistics.median(values) if values else math.nan


def high(values: Sequence[float], part: float) -> float:
    """Return the value that so large a part of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(math.ceil(len(ordered) * part), len(ordered)) - 1]


def spread(values: Sequence[float]) -> str:
    """Return the least and the most: ``[0.24-0.27]``; nothing of fewer than two values."""
    return f"[{brief(min(values))}-{brief(max(values))}]" if len(values) > 1 else ""


def brief(value: float) -> str:
    """Return a figure with three digits that count, and never as a power of ten."""
    if math.isnan(value) or math.isinf(value):
        return "-"
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{round(value, digits):,.{min(digits, 4)}f}"
