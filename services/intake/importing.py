"""Many first contacts at once: a chunk is a few statements, and a second run finds what the first one did.

A chunk is accepted, or only looked through: the same keys, the same rules, nothing written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from services.engine.accepting import Choose
from services.engine.office import Office
from services.engine.order import Order, Step
from services.engine.orders import Ticket, Wanted, known_all
from services.engine.transaction import foresee_all
from services.intake import Contact
from services.intake.keys import compared
from services.office.staff import Asker
from workflows.engine.machine import Refused

CHUNK = 500

Accept = Callable[[Choose], list[Ticket | None]]
"""Accepts orders whoever gave them before; None where a key is another order's."""


@dataclass(slots=True)
class Accepted:
    """What became of a chunk: ``placed`` are new orders, ``known`` were there, ``taken`` have another order's key.

    ``doubled`` are rows that say the same as an earlier one of this chunk, by the key they share.
    """

    placed: list[tuple[Contact, Ticket]] = field(default_factory=list)
    known: list[tuple[Contact, Ticket]] = field(default_factory=list)
    doubled: list[tuple[Contact, Contact]] = field(default_factory=list)
    taken: list[Contact] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """What would become of a chunk, as `Accepted`; ``would`` is the step each new order would be, or why it is none."""

    would: list[tuple[Contact, Step | Refused]] = field(default_factory=list)
    known: list[tuple[Contact, Ticket]] = field(default_factory=list)
    doubled: list[tuple[Contact, Contact]] = field(default_factory=list)
    taken: list[Contact] = field(default_factory=list)


def accept_chunk(contacts: Sequence[Contact], who: Asker, accept: Accept) -> Accepted:
    """Accept a chunk of contacts; those whose key is known are left as they are."""
    accepted = Accepted()
    wanted = _wanted(contacts, who, accepted)
    tickets = accept(lambda db, office: [order for _, order in wanted.values()])
    for (contact, _), ticket in zip(wanted.values(), tickets, strict=True):
        if ticket is None:
            accepted.taken.append(contact)
        elif ticket.repeated:
            accepted.known.append((contact, ticket))
        else:
            accepted.placed.append((contact, ticket))
    return accepted


def look_through(db: Connection, contacts: Sequence[Contact], who: Asker, office: Office) -> Seen:
    """Return what accepting a chunk would do now. What its own rows would find of each other, it cannot tell."""
    seen = Seen()
    wanted = _wanted(contacts, who, seen)
    known = known_all(db, [order for _, order in wanted.values()], office, whoever=True)
    fresh = [contact for key, (contact, _) in wanted.items() if key not in known]
    for key, ticket in known.items():
        contact = wanted[key][0]
        if ticket is None:
            seen.taken.append(contact)
        else:
            seen.known.append((contact, ticket))
    orders = [Order("-", "open", contact.payload, who.actor, "preview") for contact in fresh]
    seen.would = list(zip(fresh, foresee_all(db, orders, {}, office), strict=True))
    return seen


def _wanted(contacts: Sequence[Contact], who: Asker, into: Accepted | Seen) -> dict[str, tuple[Contact, Wanted]]:
    """Return the order of each contact by its key, each key once; what shares an earlier row's key is sorted out."""
    wanted: dict[str, tuple[Contact, Wanted]] = {}
    for contact in contacts:
        keys, payload = contact.keys, contact.payload
        order = Wanted(keys.key, "open", payload, who.name, who.staff, swept=True, former=keys.former,
                       former_hashes=keys.former_hashes, compared=compared)  # fmt: skip
        earlier = wanted.get(contact.key)
        if earlier is None:
            wanted[contact.key] = contact, order
        elif compared(earlier[0].payload) == compared(payload):
            into.doubled.append((contact, earlier[0]))
        else:
            into.taken.append(contact)
    return wanted
