"""What a request knows of the departments that were asked for it, and what follows for its answer. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workflows.disclosure.values import File
from workflows.engine.values import Reason
from workflows.law.values import OutcomeName, Right, RightOutcome

LOOKS = frozenset({"look", "provision_records"})
"""What departments are asked that do nothing to what they hold."""
MOST_PRINTED = 100
"""Pages behind one letter: typesetting takes up to nine million bytes for each."""
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
    """One department that was asked: what for, by when, and what it answered; one that was recalled is none.

    ``files`` are those of its ``finds`` that are held, with what was chosen for each; ``done`` says in its own words
    what it did.
    """

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
    files: tuple[File, ...] = ()
    done: str | None = None


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


def chosen_by(searches: Iterable[Searched]) -> frozenset[str]:
    """Return who enclosed, withheld or masked anything: what they let out, another releases."""
    return frozenset(name for one in searches for file in one.files for name in file.treatment.hands)


def done(searches: Iterable[Searched], right: Right) -> tuple[Searched, ...]:
    """Return what departments did for a right, in the order they did it: the answer states it."""
    acts = _ACTS_FOR.get(right, frozenset())
    confirmed = [one for one in searches if one.act in acts and one.found in HELD and one.done_on is not None]
    return tuple(sorted(confirmed, key=lambda one: (one.done_on or one.due_on, one.number)))


def files(searches: Iterable[Searched], right: Right) -> tuple[tuple[Searched, File], ...]:
    """Return the files departments sent for a right, each with the search it came with, in the order they came."""
    act = _LOOKED_FOR.get(right)
    return tuple((one, file) for one in searches if one.act == act and one.found in HELD for file in one.files)


def unchosen(searches: Collection[Searched], outcomes: Mapping[Right, RightOutcome | None]) -> Iterator[Reason]:
    """Yield which files are neither enclosed nor withheld though their right is granted.

    Where the decision counts copies that are laid in by hand and nobody chose anything, these are the files.
    """
    for right, outcome in outcomes.items():
        if outcome is None or outcome.outcome not in _YES:
            continue
        found = [file for _, file in files(searches, right)]
        left = [file.number for file in found if file.treatment.choice is None]
        by_hand = outcome.enclosures > 0 and len(left) == len(found) and not any(file.treatment.masks for file in found)
        if left and not by_hand:
            yield Reason("finds_unchosen", {"right": f"right.{right}", "finds": left})


def told_whole(searches: Collection[Searched], outcomes: Mapping[Right, RightOutcome | None]) -> Iterator[Reason]:
    """Yield what is called granted whole although part of it is masked or withheld (APPI 33(3))."""
    for right, outcome in outcomes.items():
        if outcome is None or outcome.outcome is not OutcomeName.GRANTED:
            continue
        held = [file.number for _, file in files(searches, right) if file.treatment.choice and file.treatment.grounds]
        if held:
            yield Reason("finds_held_back", {"right": f"right.{right}", "finds": held})


def told_when_decided(
    searches: Collection[Searched], outcomes: Mapping[Right, RightOutcome | None]
) -> Iterator[Reason]:
    """Yield whose answer is missing, and what the release would refuse as long as it stands like this."""
    yield from open_ones(searches)
    yield from told_whole(searches, outcomes)
    yield from unchosen(searches, outcomes)


def told_at_release(searches: Collection[Searched], outcomes: Mapping[Right, RightOutcome | None]) -> Iterator[Reason]:
    """Yield whose answer is missing, and where copies are laid in by hand besides the files that are enclosed."""
    yield from open_ones(searches)
    for right, outcome in outcomes.items():
        if outcome is not None and outcome.enclosures and any(file.enclosed for _, file in files(searches, right)):
            yield Reason("copies_by_hand", {"right": f"right.{right}", "count": outcome.enclosures})


def too_much_paper(
    searches: Collection[Searched], outcomes: Mapping[Right, RightOutcome | None], on_discs: Collection[Right]
) -> Iterator[Reason]:
    """Yield that what is to be printed behind the answer is more than one letter can hold."""
    pages = sum(
        file.pages for right in outcomes if right not in on_discs for _, file in files(searches, right) if file.enclosed
    )
    if pages > MOST_PRINTED:
        yield Reason("finds_too_many_pages", {"pages": pages, "most": MOST_PRINTED})
