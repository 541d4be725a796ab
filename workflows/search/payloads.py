"""What an order about a search carries; the files and options of ``search`` have exactly these names."""

from dataclasses import dataclass
from datetime import date

from workflows.search.values import Act, Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Ask a department (``search ask CASE --department D --file F``); ``what`` it is to look for, or to do.

    ``by`` is the last day it is given; without it as many working days as the office says.
    """

    case: str
    department: str
    what: str
    by: date | None = None
    act: Act = Act.LOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a department answers (``search answer S... --file F``): ``finds`` are numbers of what was taken in with it.

    Where it was asked to act, ``done`` says what was stopped, corrected or erased, and ``done_on`` when.
    """

    found: Found
    note: str | None = None
    finds: tuple[str, ...] = ()
    done: str | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """What is still wanted of a department that has answered."""

    what: str
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOn:
    """Which department holds it in truth, and why that one."""

    department: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Up to which day a department has time, and why."""

    by: date
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRight:
    """Why a step is taken back."""

    why: str
