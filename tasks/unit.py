"""The workers' unit of work: transactions, the office in them, and the letters that are rung for after the commit."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row

import journal
from models import incident
from models.session import reading, transaction
from services.engine.office import the_office
from services.engine.order import Outcome
from services.engine.unit import UnitOfWork
from tasks.bell import letter_bells, ring


def ring_for_letters(outcomes: Sequence[Outcome]) -> None:
    """Ring for every letter these orders brought about; a bell that is lost is found by the sweep."""
    ring(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects))


def carried_out(outcomes: Sequence[Outcome]) -> None:
    """Ring for the letters, and write down what was done: one line an order or deadline, under its request."""
    ring_for_letters(outcomes)
    if not journal.wanted():
        return
    for one in outcomes:
        journal.event(
            "transition" if one.outcome == "done" else "not_done",
            request=journal.request_of(one.case, one.cause), case=one.case, transition=one.transition,
            outcome=one.outcome, state=one.state, seq=one.seq, effects=one.effects,
            codes=[reason.code for reason in one.reasons],
        )  # fmt: skip


def done_outside(effect: Row[Any], became: str) -> None:
    """Write down what became of a letter, or of another piece of work outside, under the request that ordered it."""
    journal.event(
        "effect", request=journal.request_of(effect.case_number, effect.cause or ""), case=effect.case_number,
        seq=effect.seq, effect=effect.id, kind=effect.kind, subject=effect.subject, copy=effect.copy, outcome=became,
    )  # fmt: skip


@contextmanager
def beginning() -> Iterator[Connection]:
    """Yield a connection in a transaction; what was set aside in it is written down once that counts."""
    with transaction() as db:
        incident.recorded(db)  # of a transaction that was rolled back
        yield db
        aside = incident.recorded(db)
    for one in aside:
        request = {"request": journal.request_of(one.case or "", one.cause)} if one.cause else {}
        fault = one.fault.replace(" at ", "@").replace(" < ", ",").replace(" ", "_")
        journal.event(
            "set_aside", **request, case=one.case, kind=one.kind, subject=one.subject.replace(" ", "_"), fault=fault
        )


UNIT = UnitOfWork(beginning, reading, the_office, carried_out, outside=done_outside)
