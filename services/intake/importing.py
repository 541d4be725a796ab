"""Many first contacts accepted at once: a chunk is a few statements, and a second run finds what the first one did.

The order of steps in a chunk is that of a single opening: the numbers are reserved in a transaction of their own, the
keys of the cases are on the disk before anything is sealed under them, then the orders are written. A crash in between
leaves numbers and keys nobody uses, never an order without its key.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from models import command
from models.case import reserve_numbers
from services.engine import orders
from services.engine.office import Office
from services.engine.order import outcome_of
from services.engine.orders import Ticket, Wanted
from services.intake import Contact
from services.office.staff import Asker
from workflows.engine.values import Reason

CHUNK = 500

Transactions = Callable[[], AbstractContextManager[tuple[Connection, Office]]]


@dataclass(slots=True)
class Accepted:
    """What became of a chunk: ``placed`` are new orders, ``known`` were there, ``taken`` have another order's key."""

    placed: list[tuple[Contact, Ticket]] = field(default_factory=list)
    known: list[Contact] = field(default_factory=list)
    taken: list[Contact] = field(default_factory=list)


def accept(contacts: Sequence[Contact], who: Asker, transaction: Transactions) -> Accepted:
    """Accept a chunk of contacts; those whose key is known are left as they are."""
    accepted = Accepted()
    wanted: dict[str, tuple[Contact, Wanted]] = {}
    for contact in contacts:
        order = Wanted(contact.key, "open", contact.payload, who.name, who.staff)
        earlier = wanted.get(contact.key)
        if earlier is None:
            wanted[contact.key] = contact, order
        else:  # the same key twice in one file
            (accepted.known if earlier[1].plain == order.plain else accepted.taken).append(contact)
    with transaction() as (db, office):
        known = orders.known_all(db, [order for _, order in wanted.values()], office)
        new = [(contact, order) for key, (contact, order) in wanted.items() if key not in known]
        numbers = reserve_numbers(db, office.calendar.today(office.now).year, len(new)) if new else []
    for key, ticket in known.items():
        (accepted.known if ticket is not None else accepted.taken).append(wanted[key][0])
    if new:
        office.keys.create(numbers)
        pairs = [(order, number) for (_, order), number in zip(new, numbers, strict=True)]
        with transaction() as (db, office):
            tickets = orders.place_all(db, pairs, office)
        accepted.placed = [(contact, ticket) for (contact, _), ticket in zip(new, tickets, strict=True)]
    return accepted


def answers(db: Connection, tickets: Sequence[Ticket]) -> dict[int, tuple[bool, tuple[Reason, ...]]]:
    """Return what became of those orders that are answered: {command id: (done, reasons)}."""
    found = {}
    for row in command.by_ids(db, [ticket.command_id for ticket in tickets]).values():
        if row.outcome is not None:
            outcome = outcome_of(row)
            found[row.id] = outcome.outcome == "done", outcome.reasons
    return found
