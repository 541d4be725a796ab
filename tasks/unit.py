"""The workers' unit of work: transactions, the office in them, and the letters that are rung for after the commit."""

from collections.abc import Sequence

from models.session import reading, transaction
from services.engine.office import the_office
from services.engine.order import Outcome
from services.engine.unit import UnitOfWork
from tasks.bell import letter_bells, ring


def ring_for_letters(outcomes: Sequence[Outcome]) -> None:
    """Ring for every letter these orders brought about; a bell that is lost is found by the sweep."""
    ring(letter_bells((outcome.case, effect, 1) for outcome in outcomes for effect in outcome.effects))


UNIT = UnitOfWork(transaction, reading, the_office, ring_for_letters)
