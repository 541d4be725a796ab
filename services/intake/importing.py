"""Many first contacts accepted at once: a chunk is a few statements, and a second run finds what the first one did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from services.engine.accepting import Choose
from services.engine.orders import Ticket, Wanted
from services.intake import Contact
from services.intake.keys import compared
from services.office.staff import Asker

CHUNK = 500

Accept = Callable[[Choose], list[Ticket | None]]
"""Accepts orders whoever gave them before; None where a key is another order's."""


@dataclass(slots=True)
class Accepted:
    """What became of a chunk: ``placed`` are new orders, ``known`` were there, ``taken`` have another order's key."""

    placed: list[tuple[Contact, Ticket]] = field(default_factory=list)
    known: list[Contact] = field(default_factory=list)
    taken: list[Contact] = field(default_factory=list)


def accept_chunk(contacts: Sequence[Contact], who: Asker, accept: Accept) -> Accepted:
    """Accept a chunk of contacts; those whose key is known are left as they are."""
    accepted = Accepted()
    wanted: dict[str, tuple[Contact, Wanted]] = {}
    for contact in contacts:
        keys, payload = contact.keys, contact.payload
        order = Wanted(keys.key, "open", payload, who.name, who.staff, swept=True, former=keys.former,
                       former_hashes=keys.former_hashes, compared=compared)  # fmt: skip
        earlier = wanted.get(contact.key)
        if earlier is None:
            wanted[contact.key] = contact, order
        else:  # the same key twice in one file
            (accepted.known if compared(earlier[0].payload) == compared(payload) else accepted.taken).append(contact)
    tickets = accept(lambda db, office: [order for _, order in wanted.values()])
    for (contact, _), ticket in zip(wanted.values(), tickets, strict=True):
        if ticket is None:
            accepted.taken.append(contact)
        elif ticket.repeated:
            accepted.known.append(contact)
        else:
            accepted.placed.append((contact, ticket))
    return accepted
