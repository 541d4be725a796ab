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


FEW = 3
"""So often the same is said line by line."""


def gathered(faults: Iterable[Fault]) -> list[str]:
    """Return faults as lines of text in the order of their lines; what is said of many lines is said once with them.

    A column that a spreadsheet spoilt is one cause, however many rows the table has: ``2-41, 43: subject.phone: …``.
    """
    together: dict[tuple[str, str], list[Fault]] = {}
    for fault in sorted(faults, key=lambda fault: fault.line or 0):
        together.setdefault((fault.field, fault.message), []).append(fault)
    told: list[tuple[int, str]] = []
    for same in together.values():
        if len(same) > FEW and all(fault.line for fault in same):
            told.append((same[0].line or 0, f"{_spans(same)}: {Fault(same[0].field, same[0].message)}"))
        else:
            told += [(fault.line or 0, str(fault)) for fault in same]
    return [text for _, text in sorted(told, key=lambda each: each[0])]


def _spans(faults: Iterable[Fault]) -> str:
    """Return the lines of faults, those that follow each other as from-to."""
    spans: list[list[int]] = []
    for line in sorted({fault.line for fault in faults if fault.line}):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


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
