"""What is wrong with a file or a command line: every fault at once, each with its place and what would work."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that cannot be accepted. ``field`` is its dotted place, ``line`` its line in a file (from 1).

    The message may repeat what was typed where a code was expected, never a name, an address or a number.
    """

    field: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """Return the fault as one line of text."""
        place = f"{self.line}: " if self.line is not None else ""
        return f"{place}{self.field}: {self.message}" if self.field else f"{place}{self.message}"


class BadInput(ValueError):
    """What was handed in cannot be used; ``faults`` names everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of their lines."""
        self.faults = sorted(faults, key=lambda fault: fault.line or 0)
        super().__init__("\n".join(map(str, self.faults)))


def quoted(value: object) -> str:
    """Return what was typed as it may be shown: in quotes, short, nothing in it that a terminal would obey."""
    text = str(value)
    return repr(text if len(text) <= 40 else text[:39] + "…")
