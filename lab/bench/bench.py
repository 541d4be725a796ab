"""One run of the measurements: how large they are, how often each is repeated, and what they say meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bench:
    """How a run was asked for. ``small`` only shows that everything works; ``full`` takes hours."""

    rounds: int = 3
    small: bool = False
    full: bool = False
    say: Callable[[str], None] = field(default=lambda _: None)

    def size(self, small: int, usual: int, full: int | None = None) -> int:
        """Return how many, of the three that a measurement names; where none is named, *full* is as usual."""
        if self.small:
            return small
        return full if self.full and full is not None else usual

    def rounds_of(self, deeds: Sequence[Callable[[int], None]]) -> Iterator[int]:
        """Do what is compared in turn, round by round, each second round the other way about; yield after each."""
        for number in range(self.rounds):
            for deed in deeds if number % 2 == 0 else deeds[::-1]:
                deed(number)
            yield number
