"""What a request knows of the departments that were asked for it, and what follows for its answer. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right, RightOutcome

LOOKS = frozenset({"look", "provision_records"})
"""What departments are asked that do nothing to what they hold."""
HELD = frozenset({"found", "partly"})
_YES = frozenset({OutcomeName.GRANTED, OutcomeName.PARTLY})
_ACTS_FOR = {
    Right.CORRECTION: frozenset({"correct"}),
    Right.HALT_USE: frozenset({"cease", "erase"}),
    Right.HALT_PROVISION: frozenset({"cease_provision"}),
}
"""What departments are asked to do where one of these rights is granted."""
_LOOKED_FOR = {Right.DISCLOSURE: "look", Right.PROVISION_RECORDS: "provision_records"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One department that was asked: what for, by when, and what it answered; one that was recalled is none."""

    number: str
    department: str
    act: str
    open: bool
    due_on: date
    since: date
    found: str | None = None
    answered_by: str | None = None
    finds: tuple[str, ...] = ()
    done_on: date | None = None


def open_ones(searches: Iterable[Searched]) -> Iterator[Reason]:
    """Yield whose answer is missing since when."""
    for one in searches:
        if one.open:
            yield Reason(
                "search_open",
                {"search": one.number, "department": one.department, "day": one.since.isoformat(),
                 "by": one.due_on.isoformat()},
            )  # fmt: skip


def nothing_to_grant(
    searches: Collection[Searched], outcomes: Mapping[Right, RightOutcome], rights: Collection[Right]
) -> Iterator[Reason]:
    """Yield what is granted although every department that was asked answered that it holds nothing."""
    for right, act in _LOOKED_FOR.items():
        asked = [one for one in searches if one.act == act]
        outcome = outcomes.get(right)
        if not asked or outcome is None or right not in rights or outcome.outcome not in _YES:
            continue
        explained = outcome.explanation is not None and bool(outcome.explanation.strip())
        if all(not one.open and one.found not in HELD for one in asked) and not explained:
            yield Reason("search_found_nothing", {"right": f"right.{right}", "searches": [one.number for one in asked]})


def unconfirmed(searches: Iterable[Searched], outcomes: Mapping[Right, RightOutcome | None]) -> Iterator[Reason]:
    """Yield which departments have yet to say that they did what the answer would tell was done."""
    for right, outcome in outcomes.items():
        if outcome is None or outcome.outcome not in _YES:
            continue
        for one in searches:
            if one.open and one.act in _ACTS_FOR.get(right, frozenset()):
                yield Reason(
                    "search_unconfirmed",
                    {"search": one.number, "department": one.department, "right": f"right.{right}"},
                )


def found_by(searches: Iterable[Searched]) -> frozenset[str]:
    """Return who answered for departments: who found it does not release it."""
    return frozenset(one.answered_by for one in searches if one.answered_by is not None)


def done(searches: Iterable[Searched], right: Right) -> tuple[Searched, ...]:
    """Return what departments did for a right, in the order they did it: the answer states it."""
    acts = _ACTS_FOR.get(right, frozenset())
    confirmed = [one for one in searches if one.act in acts and one.found in HELD and one.done_on is not None]
    return tuple(sorted(confirmed, key=lambda one: (one.done_on or one.due_on, one.number)))


def enclosed(searches: Iterable[Searched], right: Right) -> tuple[str, ...]:
    """Return the numbers of the files departments sent for a right."""
    act = _LOOKED_FOR.get(right)
    return tuple(find for one in searches if one.act == act and one.found in HELD for find in one.finds)
