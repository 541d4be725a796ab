"""Group commit: whoever hears of one order carries out, in one transaction, what else waits.

A rush costs what a batch costs, and an idle desk answers as quickly as ever: where nothing else waits, the one order is
carried out alone. The messages of the others find their answers there.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row

from clock import looked, machine_now
from models import command
from services.engine import orders
from services.engine.office import Office
from services.engine.order import Outcome, outcome_of
from services.engine.orders import Claimed
from services.engine.sweep import Work, pay, take
from services.engine.unit import UnitOfWork
from workflows.registry import known

BATCH = 100
"""How many orders one transaction carries out: short enough for whoever waits for the first of them."""
LEASE = timedelta(seconds=5)
"""How long the sweep leaves a batch alone: much longer than one takes, and not long where its worker died of it."""

RUSH_SECONDS = 1.0
"""So long after a batch the next message is probably about an order that went with another worker's."""
REMEMBERED = 10_000
"""Of how many orders a worker remembers that it carried them out with others, until their messages come."""

Done = tuple[int, Outcome]
"""The id of an order and what became of it."""


class Taken(Exception):
    """Another worker has the order in hand: it is theirs to answer."""


class Door:
    """Where a worker hears of orders; one a process."""

    def __init__(self, unit: UnitOfWork) -> None:
        """Take the process's unit of work."""
        self._unit = unit
        self._answered: OrderedDict[int, Outcome] = OrderedDict()
        self._rush = 0.0

    def answer(self, command_id: int) -> Outcome | None:
        """Carry out one order, and what else waits with it; None where there is no such order.

        Raises:
            Taken: another worker has it in hand.
        """
        # An outcome that is committed stays, so nobody need be asked again. (Were the database another one by now, put
        # back from a backup, say, the sweep would find the order.)
        if command_id in self._answered:
            return self._answered[command_id]
        if time.monotonic() < self._rush and (known := self._glanced(command_id)) is not None:
            return known
        pay(self._unit)
        with self._unit.begin() as db:
            row = command.heard(db, command_id, machine_now())
            if row is None:
                return None
            if row.outcome is not None:
                return outcome_of(row)
            _must_be_free(row)
            office = self._unit.office(db, looked(row))
            together = _gathered(db, row, office) if row.others else None
            alone = orders.carry_out_all(db, [row], office)[0] if together is None else None
        if alone is not None:
            self._unit.notify([alone])
            return alone
        done = take(_WORK, self._unit, together or ())
        self._remember(done)
        self._rush = time.monotonic() + RUSH_SECONDS
        # Not among them: its case was in other hands just then, or it went wrong. Alone it waits its turn, or says so.
        return dict(done).get(command_id) or orders.carry_out_alone(self._unit, command_id)

    def _glanced(self, command_id: int) -> Outcome | None:
        """Return what became of an order in the batch of another worker; None where it is to be carried out.

        Raises Taken.
        """
        with self._unit.glance() as db:
            row = command.found(db, command_id, machine_now())
        if row is None:
            return None
        if row.outcome is not None:
            return outcome_of(row)
        _must_be_free(row)
        return None

    def _remember(self, done: Iterable[Done]) -> None:
        for order, outcome in done:
            if outcome.outcome != "set_aside":  # which may be brought back
                self._answered[order] = outcome
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)


def _must_be_free(row: Row[Any]) -> None:
    """Return where nobody has an order in hand. Raises Taken."""
    if row.claimed_at is not None and row.claimed_at > row.now - orders.LEASE:
        raise Taken


def _gathered(db: Connection, row: Row[Any], office: Office) -> list[Claimed] | None:
    """Claim an order with others that wait; None, and nothing locked, where it is to be carried out alone.

    Committed before the work: should a worker die of one of them, each goes alone from then on.
    """
    if row.tries or row.not_before is not None or row.claimed_at is not None:
        return None
    if command.newer(db, row.case_number, known()):
        return None  # and alone it is not even claimed
    if not command.lock_free(db, row.id):
        raise Taken
    # Whoever locks an order before its case must not wait for the case: so from here on together, even if alone.
    others = command.gathered(db, row.id, most=BATCH - 1, known=known())
    rows = sorted([row, *others], key=lambda each: (each.placed_at, each.id))
    return orders.claimed(db, office, rows, row.now - orders.LEASE + LEASE)


def _together(db: Connection, office: Office, items: Sequence[Claimed]) -> list[Done]:
    mine = orders.free(db, items)
    outcomes = orders.carry_out_all(db, [item.row for item in mine], office)
    return [(item.row.id, outcome) for item, outcome in zip(mine, outcomes, strict=True)]


_WORK: Work[Claimed, Done] = Work(
    claim=lambda db, office: [],
    together=_together,
    put_back=orders.put_back,
    set_aside=orders.set_aside,
    judge=orders.judge,
    tries=lambda item: item.row.tries,
    outcomes=lambda done: [outcome for _, outcome in done],
)
