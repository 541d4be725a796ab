"""Orders accepted: one, or many in one transaction, each once under its key.

A case that is to be opened gets its number first, in a transaction of its own, so that even an unanswered order carries
one; its key is on the disk before anything is sealed under it. A crash in between leaves numbers and keys nobody uses,
never an order without its key.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from models.case import reserve_numbers
from models.limits import contended
from services.engine import orders
from services.engine.office import Office
from services.engine.orders import KeyTaken, Ticket, Wanted

Writing = Callable[[], AbstractContextManager[tuple[Connection, Office]]]
"""Opens one transaction and yields its connection and the office as it is."""
Choose = Callable[[Connection, Office], Sequence[Wanted]]
"""What is to be ordered, found in the transaction that accepts it. Their keys must differ."""


def accept(writing: Writing, choose: Choose) -> list[Ticket]:
    """Accept what *choose* names, or find it there under its key; return the tickets in that order.

    Raises:
        KeyTaken: a key belongs to another order; nothing was accepted.
    """
    return [ticket for ticket in _tried_twice(writing, choose, whoever=False) if ticket is not None]


def accept_whoever_gave(writing: Writing, choose: Choose) -> list[Ticket | None]:
    """Accept what *choose* names; what somebody else gave before counts too. None where a key is another order's."""
    return _tried_twice(writing, choose, whoever=True)


def accept_here(db: Connection, office: Office, wanted: Sequence[Wanted]) -> list[Ticket]:
    """Accept orders about cases there are, in the transaction that is open. Raises KeyTaken."""
    found = orders.known_all(db, wanted, office)
    _refuse_taken(found)
    found |= _placed(db, office, [(one, one.case or "") for one in wanted if one.key not in found])
    return _in_order(found, wanted)


def _tried_twice(writing: Writing, choose: Choose, *, whoever: bool) -> list[Ticket | None]:
    try:
        return _accept(writing, choose, whoever=whoever)
    except DBAPIError as error:
        # The same key at the same moment: it is there now. A lock or a deadlock: somebody may be done by now.
        if not (isinstance(error, IntegrityError) or contended(error)):
            raise
    return _accept(writing, choose, whoever=whoever)


def _accept(writing: Writing, choose: Choose, *, whoever: bool) -> list[Ticket | None]:
    with writing() as (db, office):
        wanted = choose(db, office)
        found = orders.known_all(db, wanted, office, whoever=whoever)
        if not whoever:
            _refuse_taken(found)
        new = [one for one in wanted if one.key not in found]
        numbers = _reserved(db, office, [one.prefix for one in new if one.case is None])
        if not numbers:
            found |= _placed(db, office, [(one, one.case or "") for one in new])
    if numbers:
        office.keys.create(numbers)
        fresh = iter(numbers)
        pairs = [(one, one.case or next(fresh)) for one in new]
        with writing() as (db, office):
            found |= _placed(db, office, pairs)
    return [found[one.key] for one in wanted]


def _reserved(db: Connection, office: Office, prefixes: Sequence[str]) -> list[str]:
    """Return a number for each case to be opened, by what the numbers of its procedure begin with."""
    year = office.calendar.today(office.now).year
    fresh = {
        prefix: iter(reserve_numbers(db, year, count, prefix)) for prefix, count in sorted(Counter(prefixes).items())
    }
    return [next(fresh[prefix]) for prefix in prefixes]


def _refuse_taken(found: Mapping[str, Ticket | None]) -> None:
    if taken := [key for key, ticket in found.items() if ticket is None]:
        raise KeyTaken(taken[0])


def _in_order(found: Mapping[str, Ticket | None], wanted: Sequence[Wanted]) -> list[Ticket]:
    return [ticket for one in wanted if (ticket := found[one.key]) is not None]


def _placed(db: Connection, office: Office, pairs: Sequence[tuple[Wanted, str]]) -> dict[str, Ticket | None]:
    tickets = orders.place_all(db, pairs, office) if pairs else []
    return {one.key: ticket for (one, _), ticket in zip(pairs, tickets, strict=True)}
