"""Staff orders: accepted once under their key, carried out by whoever hears the bell, found again by the sweep.

An order is safe once its row is committed. The message that follows is a doorbell; lost, doubled or late, it changes
nothing, because the sweep itself carries out what waits.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from clock import machine_now
from models import command, incident
from services.fingerprints import fingerprint
from services.office import Office
from services.order import Order, OrderAltered, Outcome, outcome_of
from services.profile import usual_regime
from workflows.plain import to_plain
from workflows.values import Reason

UNANSWERED = timedelta(seconds=3)
"""How long a bell may take before the sweep carries an order out itself."""
LEASE = timedelta(seconds=30)
"""How long a claim keeps other sweeps away: longer than any batch takes."""
ATTEMPTS = 3
"""After so many claims without an answer an order is set aside, where people see it."""
BATCH = 200

_SUCH_ORDERS = select(func.count()).where(
    command.command.c.case_number == bindparam("number"), command.command.c.transition == bindparam("transition")
)


class KeyTaken(Exception):
    """The key was used for another order: another case, person, transition or payload."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """An accepted order. ``earlier`` is its outcome where the same key was answered before."""

    command_id: int
    case: str
    transition: str
    attempt: int
    repeated: bool
    earlier: Outcome | None

    @property
    def task_id(self) -> str:
        """The id under which operators find it in Flower."""
        return f"{self.case}.{self.transition.replace('_', '-')}.{self.attempt}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order to be placed. ``actor`` is the name recorded, ``staff`` the member whose roles count."""

    key: str
    transition: str
    payload: Any
    actor: str
    staff: str
    case: str | None = None

    @property
    def plain(self) -> bytes:
        """The payload as it is sealed and committed to."""
        return json.dumps(to_plain(self.payload), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def known(db: Connection, wanted: Wanted, office: Office) -> Ticket | None:
    """Return the ticket of the order already accepted under this key.

    Raises:
        KeyTaken: the key belongs to another order.
    """
    row = command.by_key(db, wanted.key)
    if row is None:
        return None
    if row.fingerprint != _fingerprint(wanted, row.case_number, row.login, office):
        raise KeyTaken(wanted.key)
    earlier = outcome_of(row) if row.outcome is not None else None
    return Ticket(row.id, row.case_number, row.transition, 1, True, earlier)


def known_all(db: Connection, wanted: Sequence[Wanted], office: Office) -> dict[str, Ticket | None]:
    """Return the tickets of those orders already accepted, whoever gave them; None where a key is another order's."""
    found: dict[str, Ticket | None] = {}
    rows = command.by_keys(db, [one.key for one in wanted])
    for one in wanted:
        row = rows.get(one.key)
        if row is not None:
            whoever = replace(one, actor=row.actor, staff=row.staff)
            same = row.fingerprint == _fingerprint(whoever, row.case_number, row.login, office)
            earlier = outcome_of(row) if row.outcome is not None else None
            found[one.key] = Ticket(row.id, row.case_number, row.transition, 1, True, earlier) if same else None
    return found


def place(db: Connection, wanted: Wanted, number: str, office: Office) -> Ticket:
    """Accept an order for the case *number* (reserved before, where it is to be opened)."""
    return place_all(db, [(wanted, number)], office)[0]


def place_all(db: Connection, orders: Sequence[tuple[Wanted, str]], office: Office) -> list[Ticket]:
    """Accept many orders, one statement for all of them; their keys must be new.

    Raises ``services.profile.BadProfile`` where a case is to be opened and the office's card cannot be used: the worker
    could not open it either.
    """
    if any(wanted.transition == "open" for wanted, _ in orders):
        usual_regime()
    now, login = machine_now(db), command.login_of(db)
    rows = [
        {
            "key": wanted.key,
            "case_number": number,
            "transition": wanted.transition,
            "sealed": office.keys.get(number).seal("command", "sealed", wanted.key, wanted.plain),
            "fingerprint": _fingerprint(wanted, number, login, office),
            "actor": wanted.actor,
            "staff": wanted.staff,
            "login": login,
            "placed_at": now,
            "office_at": office.now,
            "attempts": 0,
            "requeued": 0,
        }
        for wanted, number in orders
    ]
    table = command.command
    ids = {row.key: row.id for row in db.execute(insert(table).returning(table.c.id, table.c.key), rows)}
    count = 0
    if len(orders) == 1:
        wanted, number = orders[0]
        count = db.execute(_SUCH_ORDERS, {"number": number, "transition": wanted.transition}).scalar_one()
    return [Ticket(ids[wanted.key], number, wanted.transition, max(count, 1), False, None) for wanted, number in orders]


def answer_of(db: Connection, command_id: int) -> Outcome | None:
    """Return what became of an order, or None while it waits."""
    row = command.by_ids(db, [command_id]).get(command_id)
    return outcome_of(row) if row is not None and row.outcome is not None else None


def carry_out_one(db: Connection, command_id: int, office: Office) -> Outcome | None:
    """Carry out one order; None where there is no such order (a message made up, or older than the database)."""
    row = command.by_ids(db, [command_id]).get(command_id)
    if row is None:
        return None
    if row.outcome is not None:
        return outcome_of(row)
    return carry_out_all(db, [row], office)[0]


def carry_out_all(db: Connection, rows: Sequence[Row[Any]], office: Office) -> list[Outcome]:
    """Carry out stored orders in the order they were given, several for one case one after another.

    An order that no longer is what was accepted is set aside at once, whoever it names.
    """
    from services.transitions import carry_out  # late: whoever only places an order needs none of it

    outcomes: dict[int, Outcome] = {}
    todo = list(rows)
    while todo:
        batch: dict[str, Row[Any]] = {}
        for row in todo:
            batch.setdefault(row.case_number, row)
        orders: dict[int, Order] = {}
        for row in batch.values():
            try:
                orders[row.id] = _order(db, row, office)
            except OrderAltered as altered:
                fault = incident.fault_of(altered)
                set_aside(db, row, fault, office.now)
                told = (Reason("set_aside", {"fault": fault}),)
                outcomes[row.id] = Outcome(row.case_number, row.transition, "set_aside", None, None, told)
        if orders:
            outcomes |= zip(orders, carry_out(db, list(orders.values()), office), strict=True)
        todo = [row for row in todo if row.id not in outcomes]
    return [outcomes[row.id] for row in rows]


def claim(db: Connection) -> list[Row[Any]]:
    """Claim orders whose bell was not answered; each claim counts as an attempt and is committed before the work."""
    now = machine_now(db)
    return command.claim_waiting(db, before=now - UNANSWERED, lease=now - LEASE, now=now, most=BATCH)


def sweep(
    transaction: Callable[[], AbstractContextManager[Connection]], office_of: Callable[[Connection], Office]
) -> list[Outcome]:
    """Carry out every order whose bell was not answered. What fails three times is set aside; others are unaffected.

    An order tried before is tried alone: whatever ended that attempt may have been another one of its batch.
    """
    done: list[Outcome] = []
    while True:
        with transaction() as db:
            rows = claim(db)
        if not rows:
            return done
        fresh = [row for row in rows if row.attempts == 0]
        for row in rows:
            if row.attempts >= ATTEMPTS:
                with transaction() as db:
                    set_aside(db, row, "tried too often", office_of(db).now)
            elif row.attempts:
                done += _alone(row, transaction, office_of)
        try:
            with transaction() as db:
                done += carry_out_all(db, fresh, office_of(db))
        except Exception:  # noqa: BLE001 - one of them is poison: find it, and let the others through
            for row in fresh:
                done += _alone(row, transaction, office_of)


def _alone(
    row: Row[Any],
    transaction: Callable[[], AbstractContextManager[Connection]],
    office_of: Callable[[Connection], Office],
) -> list[Outcome]:
    try:
        with transaction() as db:
            return carry_out_all(db, [row], office_of(db))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is written down and others go on
        if row.attempts + 1 >= ATTEMPTS:
            with transaction() as db:
                set_aside(db, row, incident.fault_of(error), office_of(db).now)
        return []


def set_aside(db: Connection, row: Row[Any], fault: str, now: datetime) -> None:
    """Answer an order that would not go: visible as an incident, told to the lead, out of the way of others."""
    reason = Reason("set_aside", {"fault": fault})
    answer = {"key_id": row.id, "outcome": "set_aside", "answered_at": machine_now(db), "state": None, "seq": None}
    if not command.answer(db, [{**answer, "reasons": [[reason.code, dict(reason.params)]]}]):
        return  # a worker that only stood still answered it meanwhile: nothing was set aside
    incident.record(
        db, at=now, kind="order", case_number=row.case_number, subject=f"{row.transition} #{row.id}", fault=fault
    )


def _order(db: Connection, row: Row[Any], office: Office) -> Order:
    from services.transitions import actor_named, order_of

    return order_of(row, actor_named(db, row.staff, row.actor), office)


def _fingerprint(wanted: Wanted, number: str, login: str | None, office: Office) -> str:
    """Return the fingerprint an order has under this case's number (*number* counts where it is yet to be opened)."""
    who = (wanted.actor, wanted.staff, login)
    return fingerprint(who, wanted.case or number, wanted.transition, wanted.plain, office)
