"""The one client of orders: accept, notify, wait. The script and the demo give all their orders here.

Accepting is what counts: from then on an order is safe in the database, whatever becomes of the queue, the worker or
this process. So nothing after it raises; it ends with what is known.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

import journal
from models.session import reading
from services.engine import accepting, orders
from services.engine.accepting import Choose, Writing
from services.engine.order import Outcome
from services.engine.orders import Ticket
from tasks.bell import order_bell, ring, sweep_bell

ONE_BY_ONE = 100
"""Up to so many orders get a bell each; of more, the sweep carries out a hundred at a time, in nobody's way."""
FIRST_LOOK, LONGEST_LOOK, LOOK_AT_MANY = 0.002, 0.05, 0.1
"""Seconds between two looks for outcomes: the first ones, and at most; of many orders a look takes longer itself."""


class Client:
    """The orders of one call: their tickets, and the outcomes known so far by the orders' ids."""

    def __init__(self, writing: Writing) -> None:
        """Take the way to open a transaction."""
        self._writing = writing
        self.tickets: list[Ticket] = []
        self.outcomes: dict[int, Outcome] = {}

    def accept(self, choose: Choose) -> None:
        """Accept what *choose* names, or find it there under its key. Raises KeyTaken."""
        self.follow(accepting.accept(self._writing, choose))

    def accept_whoever_gave(self, choose: Choose) -> list[Ticket | None]:
        """Accept what *choose* names and was not given before, by whomever; None where a key is another order's."""
        found = accepting.accept_whoever_gave(self._writing, choose)
        self.follow(ticket for ticket in found if ticket is not None and not ticket.repeated)
        return found

    def follow(self, tickets: Iterable[Ticket]) -> None:
        """Take up orders that were accepted elsewhere."""
        for ticket in tickets:
            self.tickets.append(ticket)
            if not ticket.repeated:
                journal.event(
                    "accepted", request=f"order:{ticket.command_id}", case=ticket.case, transition=ticket.transition
                )
            if ticket.earlier is not None:
                self.outcomes[ticket.command_id] = ticket.earlier

    @property
    def waiting(self) -> list[Ticket]:
        """The orders without an outcome."""
        return [ticket for ticket in self.tickets if ticket.command_id not in self.outcomes]

    def outcome(self, ticket: Ticket) -> Outcome | None:
        """Return what became of an order, as far as it is known."""
        return self.outcomes.get(ticket.command_id)

    def notify(self) -> bool:
        """Ring for what waits; False where the broker is away: the sweep finds the orders as soon as there is one.

        Of very many the sweep itself is rung for.
        """
        waiting = self.waiting
        if len(waiting) > ONE_BY_ONE:
            return ring([sweep_bell(waiting[-1].command_id)])
        return ring(order_bell(one.transition, one.task_id, one.case, one.command_id) for one in waiting)

    def wait(self, seconds: float, seen: Callable[[dict[int, Outcome]], Any] = lambda _: None) -> bool:
        """Wait as long as outcomes come in, and so many seconds more; return whether all are there.

        *seen* is told each time what came.
        """
        until, pause = time.monotonic() + seconds, FIRST_LOOK
        while waiting := self.waiting:
            found = _answers([ticket.command_id for ticket in waiting])
            self.outcomes |= found
            now = time.monotonic()
            if found:
                seen(found)
                until = now + seconds
            elif now >= until:
                return False
            if len(found) < len(waiting):
                time.sleep(min(pause, max(until - now, 0)))
                pause = min(pause * 1.5, LONGEST_LOOK if len(waiting) <= ONE_BY_ONE else LOOK_AT_MANY)
        return True


def _answers(ids: list[int]) -> dict[int, Outcome]:
    try:
        with reading() as db:
            return orders.answers(db, ids)
    except SQLAlchemyError:  # accepted is accepted: a database that goes away now only delays the answer
        return {}
