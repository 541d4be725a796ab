"""The answer to a request before it is released: what it would say now, marked as a draft."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from models import case as cases
from models import person as person_table
from models.keys import KeyMissing
from services.engine.loading import load
from services.engine.office import Office
from services.request.content import compose
from services.request.loading import matter, people
from workflows.engine.numbers import letter_number
from workflows.engine.values import Reason
from workflows.letters import Letter, LetterState
from workflows.request.case import OrderLetter
from workflows.request.letters import RequestLetter
from workflows.request.procedure import request
from workflows.request.values import LetterKind


@dataclass(frozen=True, slots=True)
class NoDraft:
    """There is nothing to draft yet, or any more; the reasons say what is missing."""

    reasons: tuple[Reason, ...]


def draft(db: Connection, number: str, office: Office) -> RequestLetter | NoDraft:
    """Return what the answer to this case would say now, marked as a draft: no number, no code.

    Raises:
        LookupError: there is no such case.
    """
    row = cases.find(db, number)
    if row is None:
        raise LookupError(number)
    if row.erased_at is not None:
        return NoDraft((Reason("draft.erased", {"case": number}),))
    (loaded,) = load(db, [row], office, {"decide"}).values()
    reasons = _undraftable(loaded.case)
    if reasons:
        return NoDraft(reasons)
    case = loaded.case
    try:
        persons = people(row, person_table.of_cases(db, [row.id])[row.id], office)
    except KeyMissing:
        return NoDraft((Reason("draft.erased", {"case": number}),))
    ordinal = case.next_ordinal
    order = OrderLetter(kind=LetterKind.DISCLOSURE_NOTIFICATION)
    answer = Letter(letter_number(number, ordinal), ordinal, order.kind, LetterState.ORDERED)
    content = compose(order, answer, row.facts, case, persons, matter(row, office), None, office)
    return replace(content, draft=True)


def _undraftable(case: Any) -> tuple[Reason, ...]:
    """Return what a draft lacks: a case that is being answered, an outcome for each right, somebody to write to."""
    about = {"case": case.number, "state": f"state.{case.state}"}
    state = request.states[case.state]
    if state.closed:
        return (Reason("draft.closed", about),)
    undecided = [
        Reason("right_undecided", {"right": f"right.{right}"})
        for right, outcome in case.rights.items()
        if outcome is None
    ]
    decidable = "decide" in {t.name for t in request.transitions.values() if case.state in t.sources}
    if not decidable or (case.state != "id_verified" and len(undecided) == len(case.rights)):
        return (Reason("draft.too_early", about),)
    if not case.addressed:
        undecided.append(Reason("no_address", {"case": case.number}))
    return tuple(undecided)
