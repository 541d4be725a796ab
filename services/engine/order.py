"""An order, what became of it, and a transition decided but not yet written: the values the deeds hand each other."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from workflows.engine.machine import Decision
from workflows.engine.values import Actor, Reason
from workflows.request.case import Case, Change

if TYPE_CHECKING:  # an order that is only placed needs none of the tables a case is read from
    from services.request.loading import Loaded


class LostRace(Exception):
    """Somebody else moved the case in spite of the lock: the transaction is rolled back and may be tried again."""


class NoSuchCase(LookupError):
    """There is no case of that number (yet)."""


class OrderAltered(Exception):
    """A stored order is not what was accepted: somebody rewrote it in the database."""


@dataclass(frozen=True, slots=True)
class Order:
    """One transition wanted: by a person's order (``command_id``) or by a timer that is due (``timer``).

    ``plain`` are the bytes of the payload as they were ordered; the history commits to them.
    """

    case: str
    transition: str
    payload: Any
    actor: Actor
    cause: str
    plain: bytes | None = None
    command_id: int | None = None
    timer: Row[Any] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order. ``effects`` are the ids of effects to ring the bell for after the commit."""

    case: str
    transition: str
    outcome: str
    state: str | None
    seq: int | None
    reasons: tuple[Reason, ...] = ()
    effects: tuple[int, ...] = ()


def outcome_of(row: Row[Any]) -> Outcome:
    """Return the outcome a stored order has."""
    reasons = tuple(Reason(code, params) for code, params in row.reasons or ())
    return Outcome(row.case_number, row.transition, row.outcome, row.state, row.seq, reasons)


@dataclass(frozen=True, slots=True)
class Done:
    """A transition the rules allowed: the case before and after, and what is to be written. ``loaded`` None: opened."""

    order: Order
    loaded: "Loaded | None"
    before: Case
    after: Case
    decision: Decision[Change]
