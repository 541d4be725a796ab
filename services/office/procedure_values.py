"""What is told of an office's own procedures: plain values between whoever finds them out and the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.values import Reason


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one topic, under its heading."""

    topic: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """What is said no more, and what is said now, about one topic."""

    topic: str
    heading: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """How many open cases keep which procedure (``digest``; empty: the source's), by state."""

    digest: str
    states: Mapping[str, int]

    @property
    def cases(self) -> int:
        """How many there are."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is told of a procedure, as programs read it too: ``in_force`` and ``versions`` are plain."""

    at: str
    in_force: Mapping[str, Any]
    says: Sequence[Said] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    versions: Sequence[Mapping[str, Any]] = ()
    home: str | None = None
    """adopted | differs | None: there is no file in the home."""
    kept: Sequence[Open] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a file would change for new cases, and which open ones keep what they have."""

    first: str
    regime: str
    digest: str
    before: str
    """The digest of what holds on that day so far; empty: the source's."""
    differs: Sequence[Differs]
    values: Sequence[tuple[str, str | None, str | None]]
    kept: Sequence[Open]
    stands: bool = False
    objection: Reason | None = None
