"""How the answer goes out, by when it is promised, which steps stand before it, and what becomes of the papers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """All that is said of the answer; nothing: posted to the address the evidence shows, as the source says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What the office promises beyond the law's own times; nothing: no promise."""
