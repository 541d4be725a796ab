"""Which letters a step of a case ordered or made void: told with the outcome of every order, of any procedure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from models import case as cases
from models.letter import letter
from services.engine.order import Outcome, Step
from workflows.letters import LetterEvent, LetterState

MANY = 500
"""How many cases one query asks for."""

_OF_CASES = (
    select(
        letter.c.number, letter.c.copy, letter.c.kind, letter.c.seq, letter.c.void_seq, letter.c.printed_at,
        cases.case.c.number.label("case_number"),
    )
    .join(cases.case, cases.case.c.id == letter.c.case_id)
    .where(cases.case.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(letter.c.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One letter and what became of it. ``letter`` is None where the case has no number yet.

    ``on_paper`` says of a void one that it was printed: it must be taken out of the pile.
    """

    letter: str | None
    kind: str
    event: LetterEvent
    copy: int = 1
    on_paper: bool = False


Steps = Mapping[tuple[str, int], Sequence[Event]]
"""Events by the case and the number of its step."""


def of_outcomes(db: Connection, outcomes: Iterable[Outcome | None]) -> dict[tuple[str, int], list[Event]]:
    """Return the events of the steps these orders became; a refusal and an order that waits have none."""
    found: dict[tuple[str, int], list[Event]] = {
        (one.case, one.seq): [] for one in outcomes if one is not None and one.outcome == "done" and one.seq is not None
    }
    numbers = sorted({case for case, _ in found})
    for start in range(0, len(numbers), MANY):
        for row in db.execute(_OF_CASES, {"numbers": numbers[start : start + MANY]}):
            voided, ordered = found.get((row.case_number, row.void_seq)), found.get((row.case_number, row.seq))
            if voided is not None:
                on_paper = row.printed_at is not None
                voided.append(Event(row.number, row.kind, LetterEvent.VOID, row.copy, on_paper))
            if ordered is not None:
                ordered.append(Event(row.number, row.kind, LetterEvent.ORDERED, row.copy))
    return found


def of_outcome(steps: Steps, outcome: Outcome | None) -> Sequence[Event]:
    """Return the events of one of these outcomes."""
    return () if outcome is None or outcome.seq is None else steps.get((outcome.case, outcome.seq), ())


def of_step(step: Step, *, numbered: bool = True) -> list[Event]:
    """Return the events of a step that was decided and is not written. *numbered*: its case has a number."""
    before, after = _letters(step.before), _letters(step.after)
    voided = {fate.number for fate in getattr(step.decision.change, "fates", ()) if fate.state is LetterState.VOID}
    newest = {each.number: each for each in before}
    told = [
        Event(each.number, str(each.kind), LetterEvent.VOID, each.copy, each.printed_on is not None)
        for each in newest.values()
        if each.number in voided
    ]
    ordered = after[len(before) :]
    return told + [
        Event(each.number if numbered else None, str(each.kind), LetterEvent.ORDERED, each.copy) for each in ordered
    ]


def counted(events: Iterable[Event]) -> Counter[tuple[str, LetterEvent]]:
    """Return how many of each kind were ordered, and how many became void."""
    return Counter((one.kind, one.event) for one in events)


def _letters(case: object) -> Sequence[Any]:
    return getattr(case, "letters", ())
