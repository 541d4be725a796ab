"""The words of a search: what a department is asked to do, and what it answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Act(StrEnum):
    """What a department is asked to do: to look what it holds, or to act on it and confirm that it did."""

    LOOK = "look"
    PROVISION_RECORDS = "provision_records"
    CORRECT = "correct"
    CEASE = "cease"
    CEASE_PROVISION = "cease_provision"
    ERASE = "erase"

    @property
    def acts(self) -> bool:
        """Whether something is to be done to what is held."""
        return self not in (Act.LOOK, Act.PROVISION_RECORDS)


class Found(StrEnum):
    """What a department answers."""

    FOUND = "found"
    PARTLY = "partly"
    NOTHING_HELD = "nothing_held"
    NOT_OURS = "not_ours"

    @property
    def something(self) -> bool:
        """Whether the department holds anything."""
        return self in (Found.FOUND, Found.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What people said of a search in their own words, sealed: what was asked, round by round, and the last answer.

    ``done`` says what was stopped, corrected or erased; ``whys`` are the reasons given for putting something right.
    """

    asked: tuple[str, ...] = ()
    note: str | None = None
    done: str | None = None
    whys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What stands in the open of an answer: ``finds`` are the numbers of what came with it."""

    found: Found
    by: str
    finds: tuple[str, ...] = ()
    done_on: date | None = None
