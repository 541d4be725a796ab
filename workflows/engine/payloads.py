"""What the engine's own steps carry: a deadline that fired, a changed calendar, a newer version of the procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflows.engine.values import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The transition needs no more than its case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A deadline came due: its timer's name, how many-th time it fires, and the letter where it is a letter's.

    ``missed`` are firings before this one that passed while nobody looked: the last one counts for all of them.
    ``asked`` says how often this one was put off already, ``last_day`` up to which day something is theirs to send.
    """

    name: str
    fire_no: int
    letter: str | None = None
    missed: int = 0
    asked: int = 0
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTimer:
    """A deadline that a change of the office calendar puts on another day, and why."""

    name: str
    entry_seq: int
    fire_no: int
    was: datetime
    now: datetime
    why: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """The office calendar changed: ``event`` is the change's row in the office's log, ``moved`` what it moves."""

    event: int
    moved: tuple[MovedTimer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    """The case comes under a newer version of the definition.

    ``firings`` says of each deadline the former version knew in this state how often it fired there at most; 0 for one
    without end. What fired as often is not begun anew.
    """

    before: int
    now: int
    firings: Mapping[str, int]
