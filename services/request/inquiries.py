"""Other inquiries (S32): recorded when they come, answered, or promoted to a case that keeps the time of first contact.

Promoting is one order to open a case under a key made of the inquiry's number: however often it is asked for, and by
however many at once, one case comes of it.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, update

from models import case as cases
from models import command, staff
from models import inquiry as inquiries
from models.base import upserting_insert
from models.word import inquiry_word, replace
from services.engine import orders
from services.engine.office import Office
from services.engine.order import Order
from services.engine.orders import Ticket, Wanted
from services.engine.transaction import preview
from services.office.staff import Asker
from services.request import finding
from workflows.engine.codec import read, to_plain, written
from workflows.engine.machine import Refused
from workflows.engine.numbers import inquiry_number
from workflows.engine.values import Reason
from workflows.request.payloads import Inquiry, Open

Transactions = Callable[[], AbstractContextManager[tuple[Connection, Office]]]

INQUIRY = inquiries.inquiry


class NoSuchInquiry(LookupError):
    """There is no inquiry of that number."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """The order that opens the case: its key and its ticket."""

    key: str
    ticket: Ticket


def add(transaction: Transactions, said: Inquiry, who: Asker) -> Row[Any] | Refused:
    """Record an inquiry and return its row; what it says is sealed under a key of its own."""
    with transaction() as (db, office):
        received = said.received_at or office.now
        if received > office.now:
            days = {
                "day": office.calendar.today(received).isoformat(),
                "today": office.calendar.today(office.now).isoformat(),
            }
            return Refused((Reason("in_the_future", days),))
        number = _reserve(db, office.calendar.today(office.now).year)
    # The key lies outside the database: it must be on the disk before anything is sealed under it.
    office.own_keys().create([number])
    with transaction() as (db, office):
        row = {
            "number": number,
            "received_at": received,
            "recorded_at": office.now,
            "recorded_by": who.name,
            "channel": str(said.channel),
            "language": str(said.language),
            "state": "open",
            "sealed": office.keys.get(number).seal_json("inquiry", "sealed", number, written(said)),
        }
        new = int(db.execute(insert(INQUIRY).returning(INQUIRY.c.id), row).scalar_one())
        replace(db, inquiry_word, {new: {0: finding.words_of(said.person, office)}}, known=False)
        staff.log(db, office.now, "inquiry_added", who.name, {"inquiry": number, "channel": str(said.channel)})
        return _found(db, number)


def opened(db: Connection, number: str, office: Office) -> tuple[Row[Any], Inquiry | None]:
    """Return an inquiry and what it says; nothing where that was erased. Raises NoSuchInquiry."""
    row = _found(db, number)
    if row.sealed is None:
        return row, None
    return row, read(Inquiry, office.keys.get(number).open_json("inquiry", "sealed", number, row.sealed))


def answered(db: Connection, number: str, who: Asker, office: Office) -> Row[Any]:
    """Record that an inquiry was answered and needs no case. Raises NoSuchInquiry."""
    row = inquiries.lock(db, number)
    if row is None:
        raise NoSuchInquiry(number)
    if row.state == "open":
        db.execute(update(INQUIRY).where(INQUIRY.c.id == row.id).values(state="answered"))
        staff.log(db, office.now, "inquiry_answered", who.name, {"inquiry": number})
    return _found(db, number)


def completed(data: Mapping[str, Any], row: Row[Any], said: Inquiry | None) -> dict[str, Any]:
    """Return a first contact with what the inquiry knows already; its time of first contact is always the inquiry's."""
    known: dict[str, Any] = {"channel": row.channel, "language": row.language}
    if said is not None and said.person is not None:
        known["subject"] = to_plain(said.person)
    given = {name: value for name, value in data.items() if value is not None}
    return {**known, **given, "received_at": row.received_at}


def promotion(db: Connection, number: str) -> Promoted | None:
    """Return the order that opens (or opened) the inquiry's case; None where there is none that was not refused."""
    key = _next_key(db, number)
    row = command.by_key(db, key) if key is not None else None
    if key is None or row is None:
        return None
    return Promoted(key, orders.ticket_of(row))


def promote(transaction: Transactions, number: str, payload: Open, who: Asker) -> Promoted | Refused:
    """Accept the opening of a case for an inquiry, or return the order there is already.

    The order and the inquiry's mark are written together. Raises NoSuchInquiry.
    """
    with transaction() as (db, office):
        _found(db, number)
        if (before := promotion(db, number)) is not None:
            return before
        decision = preview(db, Order("-", "open", payload, who.actor, "preview"), office)
        if isinstance(decision, Refused):
            return decision  # nothing is written: the key stays free for somebody who may
        (case,) = cases.reserve_numbers(db, office.calendar.today(office.now).year, 1)
    office.keys.create([case])
    with transaction() as (db, office):
        row = inquiries.lock(db, number)
        if row is None:
            raise NoSuchInquiry(number)
        if (before := promotion(db, number)) is not None:  # somebody was faster
            return before
        key = _free_key(db, number)
        ticket = orders.place(db, Wanted(key, "open", payload, who.name, who.staff), case, office)
        db.execute(update(INQUIRY).where(INQUIRY.c.id == row.id).values(state="promoted", case_number=case))
        staff.log(db, office.now, "inquiry_promoted", who.name, {"inquiry": number, "case": case})
        return Promoted(key, ticket)


def _found(db: Connection, number: str) -> Row[Any]:
    row = inquiries.find(db, number)
    if row is None:
        raise NoSuchInquiry(number)
    return row


def _reserve(db: Connection, year: int) -> str:
    counter = cases.counter
    taken = (
        upserting_insert(db, counter)
        .values(name=f"inquiry/{year}", value=1)
        .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1})
        .returning(counter.c.value)
    )
    return inquiry_number(year, int(db.execute(taken).scalar_one()))


def _keys(number: str) -> "list[str]":
    """Return the keys an inquiry's order may stand under: the first, and one for each that was refused after all."""
    return [f"inquiry:{number}", *(f"inquiry:{number}:{again}" for again in range(2, 10))]


def _next_key(db: Connection, number: str) -> str | None:
    """Return the key of the order in force: accepted, and neither refused nor set aside."""
    stored = command.by_keys(db, _keys(number))
    return next((key for key, row in stored.items() if row.outcome in (None, "done")), None)


def _free_key(db: Connection, number: str) -> str:
    stored = command.by_keys(db, _keys(number))
    return next(key for key in _keys(number) if key not in stored)
