"""What a measurement yields: values of ours and of what they stand beside, round by round, held against a target."""

import math
import operator
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_COMPARED: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured and what is to be reached of the ratio to the reference, of ours as it is, of both."""

    what: str
    ratio: str = ""
    """``>= 0.6``: what the ratio is held against."""

    ours: str = ""
    """The same for ours as it is."""

    unit: str = "/s"
    reference: str = ""
    """What it stands beside."""

    @property
    def goal(self) -> str:
        """The target in words; empty where the figure is for the record alone."""
        absolute = f"{self.ours}{self.unit if self.unit.startswith('/') else f' {self.unit}'}" if self.ours else ""
        return "; ".join(filter(None, (self.ratio, absolute)))


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
        if len(self.reference) != len(self.ours):
            return ()
        return tuple(
            mine / theirs if theirs else math.inf for mine, theirs in zip(self.ours, self.reference, strict=True)
        )

    def missed(self, target: Target) -> float | None:
        """Return by what factor the target is missed (2.0: half or twice what it should be), 1.0 where it is met.

        None where there is no target. What cannot be judged, for want of a ratio, is missed by any factor.
        """
        goals = [(target.ratio, self.ratios), (target.ours, self.ours)]
        factors = [_missed(goal, values) for goal, values in goals if goal]
        return max(factors) if factors else None


def _missed(goal: str, values: Sequence[float]) -> float:
    sign, number = goal.split()
    wanted, value = float(number), middle(values)
    if math.isnan(value):
        return math.inf
    if _COMPARED[sign](value, wanted):
        return 1.0
    most, least = max(wanted, value), min(wanted, value)
    return most / least if least > 0 else math.inf


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
