"""What a case keeps of people's words beside its facts: sealed as one value, the case's matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.engine.codec import from_plain, to_plain
from workflows.law.values import Right, RightOutcome
from workflows.request.values import Correction, Party, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyGiven:
    """The reason somebody gave in their own words; ``seq`` is the step it was given for."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A person as they stood in the case until the amendment of step ``until``: papers were accepted for them."""

    party: Party
    until: int
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The note, what the subject says is wrong, the decision and why, reasons given, people as they stood before.

    ``claims_before`` is what was said to be wrong before the last arrival said so: should that be put right;
    ``said_before`` is the decision of an answer that is being corrected.
    """

    note: str | None = None
    corrections: tuple[Correction, ...] = ()
    outcomes: Mapping[Right, RightOutcome] = field(default_factory=dict)
    reasons: tuple[WhyGiven, ...] = ()
    formerly: tuple[Former, ...] = ()
    claims_before: tuple[Correction, ...] = ()
    said_before: Mapping[Right, RightOutcome] = field(default_factory=dict)


def amended(person: Person | None, changes: Mapping[str, object]) -> Person:
    """Return *person* with the keys of *changes* (plain data, as in `payloads.Amend`) in place of theirs.

    A person who was not there before starts from nothing and needs at least a name.
    """
    before = {} if person is None else to_plain(person)
    return from_plain(Person, {**before, **changes})
