"""An order, what became of it, and a transition decided but not yet written: the values the deeds hand each other."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from workflows.engine.machine import Decision
from workflows.engine.values import Actor, Reason


class LostRace(Exception):
    """Somebody else moved the case in spite of the lock: the transaction is rolled back and may be tried again."""


class NoSuchCase(LookupError):
    """There is no case of that number (yet)."""


class OrderAltered(Exception):
    """A stored order is not what was accepted: somebody rewrote it in the database."""


@dataclass(frozen=True, slots=True)
class Order:
    """One transition wanted: by a person's order (``command_id``) or by a timer that is due (``timer``).

    ``plain`` are the bytes of the payload as they were ordered; the history commits to them. ``procedure`` is named
    where the case has no number yet (a preview of an opening); else its number tells.
    """

    case: str
    transition: str
    payload: Any
    actor: Actor
    cause: str
    plain: bytes | None = None
    command_id: int | None = None
    timer: Row[Any] | None = None
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order. ``effects`` are the ids of effects to notify of after the commit.

    ``cause`` is what brought it about, as the history has it: "order:17", or a deadline's.
    """

    case: str
    transition: str
    outcome: str
    state: str | None
    seq: int | None
    reasons: tuple[Reason, ...] = ()
    effects: tuple[int, ...] = ()
    cause: str = field(default="", compare=False)


def outcome_of(row: Row[Any]) -> Outcome:
    """Return the outcome a stored order has."""
    reasons = tuple(Reason(code, params) for code, params in row.reasons or ())
    return Outcome(row.case_number, row.transition, row.outcome, row.state, row.seq, reasons, cause=f"order:{row.id}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """One case: its row, its view, its timers, and what else its procedure's store read (``kept``)."""

    row: Row[Any]
    case: Any
    timers: list[Row[Any]]
    kept: Any = None


@dataclass(frozen=True, slots=True)
class Step:
    """A transition the rules allowed: the case before and after, and what is to be written.

    ``loaded`` None: opened. ``before`` and ``after`` are the procedure's own subclass of `workflows.engine.case.Case`.
    """

    order: Order
    loaded: Loaded | None
    before: Any
    after: Any
    decision: Decision[Any]
