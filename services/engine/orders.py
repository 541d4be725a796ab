"""Staff orders: accepted once under their key, carried out by whoever hears the bell, found again by the sweep.

An order is safe once its row is committed. The message that follows is a doorbell; lost, doubled or late, it changes
nothing, because the sweep itself carries out what waits.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from clock import machine_now
from models import case as cases
from models import command, incident, many
from models.base import at_machine_time
from models.writes import Writes
from services.engine import trouble
from services.engine.fingerprints import fingerprint, says
from services.engine.office import Office
from services.engine.order import LostRace, NoSuchCase, Order, OrderAltered, Outcome, outcome_of
from services.engine.store import store
from services.engine.sweep import GoOn, Work, always, run
from services.engine.trouble import Fault, Kind
from services.engine.unit import UnitOfWork
from services.engine.versions import outdated
from workflows.engine.codec import to_plain, written
from workflows.engine.schemas import FORMS, NewerForm
from workflows.engine.values import Reason
from workflows.registry import known as known_definitions
from workflows.registry import of_number, opens

UNANSWERED = timedelta(seconds=3)
"""How long a bell may take before the sweep carries an order out itself."""
LEASE = timedelta(seconds=10)
"""How long a claim keeps others away: much longer than a batch takes, and not long where its worker died."""
BATCH = 100
PEOPLE_FIRST = timedelta(seconds=30)
"""An order that waits longer than this waits for something else than us."""
FOR_ANOTHER = timedelta(seconds=2)
HELD_LONG = timedelta(seconds=15)
"""How long an order waits for another worker that holds its case, and from when on that is trouble to be seen."""
HELD = "its case is locked by somebody else"
FOR_NEWER_CODE = timedelta(seconds=2)
"""How long an order that only newer code understands is not looked at again: newer code need not wait longer."""

_OPENING = select(command.command.c.id).where(
    command.command.c.case_number == bindparam("number"),
    command.command.c.transition.in_(bindparam("openers", expanding=True)),
    command.command.c.outcome.is_(None),
)
_PEOPLE = select(command.command.c.id).where(
    command.OWN,
    command.command.c.not_before.is_(None),
    command.command.c.placed_at >= bindparam("since"),
)
_SUCH_ORDERS = (
    select(command.command.c.case_number, command.command.c.transition, func.count().label("times"))
    .where(command.command.c.case_number.in_(bindparam("numbers", expanding=True)))
    .group_by(command.command.c.case_number, command.command.c.transition)
)
COUNTED = 100
"""Up to so many orders at once are counted as the first, second, third of their kind about their case."""
MANY = 500
"""How many orders one query asks for."""


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
    """An order to be placed. ``actor`` is the name recorded, ``staff`` the member whose roles count.

    Where it opens a case (``case`` is None), ``prefix`` is what the numbers of its procedure begin with. ``swept``:
    nobody rings for it, it is one of very many, and the sweep carries it out when no single order waits.
    ``former`` are keys under which the same may have been accepted by an earlier release; a key in ``former_hashes`` is
    made of what the order says, so that whatever lies there is the same. ``compared`` is what of two payloads must be
    equal for the one to be the other.
    """

    key: str
    transition: str
    payload: Any
    actor: str
    staff: str
    case: str | None = None
    prefix: str = ""
    swept: bool = False
    former: tuple[str, ...] = ()
    former_hashes: tuple[str, ...] = ()
    compared: Callable[[Any], object] = to_plain

    @property
    def plain(self) -> bytes:
        """The payload as it is sealed and committed to."""
        return json.dumps(written(self.payload), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def known_all(
    db: Connection, wanted: Sequence[Wanted], office: Office, *, whoever: bool = False
) -> dict[str, Ticket | None]:
    """Return the tickets of those orders already accepted; None where a key is another order's.

    An order of another person is another order, unless it may be *whoever* gave it.
    """
    found: dict[str, Ticket | None] = {}
    rows = command.by_keys(db, [key for one in wanted for key in (one.key, *one.former, *one.former_hashes)])
    for one in wanted:
        lying = [rows[key] for key in (one.key, *one.former) if key in rows]
        same = [row for row in lying if _the_same(row, _given_by(row, one) if whoever else one, office)]
        same += [rows[key] for key in one.former_hashes if key in rows]
        if same or lying:
            found[one.key] = ticket_of(same[0]) if same else None
    return found


def _given_by(row: Row[Any], wanted: Wanted) -> Wanted:
    return replace(wanted, actor=row.actor, staff=row.staff)


def ticket_of(row: Row[Any]) -> Ticket:
    """Return the ticket of a stored order that is asked for again."""
    earlier = outcome_of(row) if row.outcome is not None else None
    return Ticket(row.id, row.case_number, row.transition, 1, True, earlier)


def payload_of(row: Row[Any], office: Office) -> Any:
    """Return what a stored order carries in plain form, as it was sealed. Raises KeyMissing, SealBroken."""
    return json.loads(office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed))


def place(db: Connection, wanted: Wanted, number: str, office: Office) -> Ticket:
    """Accept an order for the case *number* (reserved before, where it is to be opened)."""
    return place_all(db, [(wanted, number)], office)[0]


def place_all(db: Connection, orders: Sequence[tuple[Wanted, str]], office: Office) -> list[Ticket]:
    """Accept many orders, one statement for all of them; their keys must be new.

    Raises what the procedure's store raises where no case of it can be opened at present.
    """
    for name in sorted({of_number(number).name for wanted, number in orders if opens(number, wanted.transition)}):
        store(name).ready()
    login, keys = command.login_of(db), office.own_keys()
    accepted = [
        {
            "key": wanted.key,
            "case_number": number,
            "transition": wanted.transition,
            "sealed": keys.get(number).seal("command", "sealed", wanted.key, wanted.plain),
            "fingerprint": _fingerprint(wanted, number, login, office),
            "actor": wanted.actor,
            "staff": wanted.staff,
            "login": login,
            "office_at": office.now,
            "attempts": 0,
            "requeued": 0,
            "swept": wanted.swept,
        }
        for wanted, number in orders
    ]
    table = command.command
    rows, more = at_machine_time(db, "placed_at", accepted, machine_now())
    ids = {row.key: row.id for row in many.added(db, table, rows, table.c.id, table.c.key, more=more)}
    counts: dict[tuple[str, str], int] = {}
    if len(orders) <= COUNTED:
        rows_of = db.execute(_SUCH_ORDERS, {"numbers": sorted({number for _, number in orders})})
        counts = {(row.case_number, row.transition): row.times for row in rows_of}
    return [
        Ticket(ids[one.key], number, one.transition, counts.get((number, one.transition), 1), False, None)
        for one, number in orders
    ]


def people_wait(db: Connection) -> bool:
    """Whether somebody's own order waits at this moment: it goes before what waits by the thousand."""
    return db.execute(_PEOPLE.limit(1), {"since": machine_now(db) - PEOPLE_FIRST}).first() is not None


def answers(db: Connection, ids: Sequence[int]) -> dict[int, Outcome]:
    """Return what became of those of these orders that are answered, by their ids."""
    found: dict[int, Outcome] = {}
    for start in range(0, len(ids), MANY):
        rows = command.by_ids(db, ids[start : start + MANY]).values()
        found |= {row.id: outcome_of(row) for row in rows if row.outcome is not None}
    return found


def answer_of(db: Connection, command_id: int) -> Outcome | None:
    """Return what became of an order, or None while it waits."""
    return answers(db, [command_id]).get(command_id)


def carry_out_one(db: Connection, command_id: int, office: Office) -> Outcome | None:
    """Carry out one order; None where there is no such order (a message made up, or older than the database)."""
    row = command.by_ids(db, [command_id]).get(command_id)
    if row is None:
        return None
    if row.outcome is not None:
        return outcome_of(row)
    return carry_out_all(db, [row], office)[0]


def carry_out_alone(unit: UnitOfWork, command_id: int) -> Outcome | None:
    """Carry out one order in a transaction of its own, and tell whoever makes its letters."""
    with unit.begin() as db:
        outcome = carry_out_one(db, command_id, unit.office(db))
    if outcome is not None:
        unit.notify([outcome])
    return outcome


def carry_out_all(db: Connection, rows: Sequence[Row[Any]], office: Office) -> list[Outcome]:
    """Carry out stored orders in the order they were given; those for one case, or that must see each other's, in turn.

    An order that no longer is what was accepted is set aside at once, whoever it names.
    """
    from services.engine.upgrades import carry_out  # late: whoever only places an order needs none of it

    outcomes: dict[int, Outcome] = {}
    todo = _opened(db, rows, office, outcomes)
    meets = {position: store(of_number(order.case).name).meets(order, office) for position, order in todo.items()}
    while todo:
        side_by_side = _side_by_side(todo, meets)
        done = carry_out(db, [todo.pop(position) for position in side_by_side], office)
        outcomes |= zip(side_by_side, done, strict=True)
    return [outcomes[position] for position in range(len(rows))]


def _opened(db: Connection, rows: Sequence[Row[Any]], office: Office, outcomes: dict[int, Outcome]) -> dict[int, Order]:
    """Return the orders sealed in these rows by position; of those that were altered, the outcome."""
    from services.engine.transaction import order_of

    found: dict[int, Order] = {}
    for position, row in enumerate(rows):
        try:
            found[position] = order_of(row, office)
        except OrderAltered as altered:
            if outdated(db):  # newer code may take fingerprints in another way: it judges
                raise
            outcomes[position] = _altered(db, row, incident.fault_of(altered), office)
    return found


def _side_by_side(todo: Mapping[int, Order], meets: Mapping[int, Collection[str] | None]) -> list[int]:
    """Return which of these orders can be decided together: none about one case, none that must see another's deed."""
    chosen: list[int] = []
    held: set[str] = set()  # cases and whatever else an order before was about
    looked, everything = False, False
    for position, order in todo.items():
        met = meets[position]
        mine = {order.case, *(met or ())}
        free = held.isdisjoint(mine) and not (everything and met) and not (met is None and (looked or everything))
        if free:
            chosen.append(position)
        held |= mine
        looked, everything = looked or bool(met), everything or met is None
    return chosen


def _altered(db: Connection, row: Row[Any], fault: str, office: Office) -> Outcome:
    """Set aside an order that is not what was accepted, whoever holds it."""
    told = Reason("set_aside", {"fault": fault, "order": row.id})
    answer = {"key_id": row.id, "outcome": "set_aside", "state": None, "seq": None}
    writes = Writes(db)
    answered = command.answer(writes, [{**answer, "reasons": [[told.code, dict(told.params)]]}], machine_now())
    writes.send()
    if not answered.count:
        raise LostRace(f"order {row.id}")
    incident.record(
        db, at=office.now, kind="order", case_number=row.case_number, subject=subject_of(row), fault=fault,
        cause=f"order:{row.id}",
    )  # fmt: skip
    return Outcome(row.case_number, row.transition, "set_aside", None, None, (told,), cause=f"order:{row.id}")


# -- the sweep --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claimed:
    """An order in hand: its row as it was, the token under which it is held, and whether holding it counted a try."""

    row: Row[Any]
    held: int
    counted: bool = True


def claim(db: Connection, office: Office) -> list[Claimed]:
    """Claim orders whose bell was not answered; each claim counts as a try and is committed before the work."""
    now = machine_now(db)
    rows = command.waiting(
        db, before=now - UNANSWERED, lease=now - LEASE, now=now, most=BATCH, known=known_definitions()
    )
    # What was tried before may have ended its worker: each alone, so that its death counts for no other.
    fresh = list(takewhile(lambda row: row.tries == 0, rows))
    return claimed(db, office, fresh or rows[:1], now)


def claimed(db: Connection, office: Office, rows: Sequence[Row[Any]], at: datetime) -> list[Claimed]:
    """Claim these orders as of that time; what newer code has sealed is not even claimed."""
    newer = {row.id for row in rows if _is_newer(row, office)} if rows and outdated(db) else set[int]()
    command.leave(db, newer, machine_now(db) + FOR_NEWER_CODE)
    mine = [row for row in rows if row.id not in newer]
    command.claim(db, [row.id for row in mine], at)
    return [Claimed(row, row.attempts + 1) for row in mine]


def sweep(unit: UnitOfWork, go_on: GoOn = always) -> list[Outcome]:
    """Carry out every order whose bell was not answered, while *go_on* says so between two batches."""
    return run(WORK, unit, go_on)


def together(db: Connection, office: Office, items: Sequence[Claimed]) -> list[Outcome]:
    """Carry out orders in hand, but for those about a case that somebody else holds: nobody waits here for anybody."""
    return carry_out_all(db, [item.row for item in free(db, items)], office)


def free(db: Connection, items: Sequence[Claimed]) -> list[Claimed]:
    """Lock the cases of these orders, and return the orders whose case nobody else holds; the others wait."""
    held = cases.held(db, sorted({item.row.case_number for item in items}))
    for item in items:
        if item.row.case_number in held:
            _wait_for_whoever_holds(db, item)
    return [item for item in items if item.row.case_number not in held]


def _wait_for_whoever_holds(db: Connection, item: Claimed) -> None:
    """Let an order wait for its turn: another worker is done in a moment, and only who is not, is trouble."""
    now, since, text = machine_now(db), item.row.troubled_at, item.row.trouble
    later = now + FOR_ANOTHER
    if now - item.row.placed_at >= HELD_LONG:
        later, since, text = trouble.later(now, since), since or now, HELD
    command.put_back(db, item.row.id, item.held, counted=not item.counted, later=later, since=since, fault=text)


def put_back(db: Connection, office: Office, item: Claimed, fault: Fault) -> None:
    """Let an order wait: with a backoff for trouble that passes, as if nothing had been for newer code."""
    if fault.kind is Kind.POISON:
        return  # its lease is its backoff, and the claim has counted
    now, since, later, text = machine_now(db), item.row.troubled_at, None, item.row.trouble
    if fault.kind is Kind.TRANSIENT:
        later, since, text = trouble.later(now, since), since or now, fault.text
    elif fault.kind is Kind.NEWER:
        later = now + FOR_NEWER_CODE
    counted = not item.counted  # what counted nothing has nothing to take back
    command.put_back(db, item.row.id, item.held, counted=counted, later=later, since=since, fault=text)


def set_aside(db: Connection, office: Office, item: Claimed, fault: Fault) -> None:
    """Answer an order that would not go: an incident, told to the lead, out of the way of others.

    Nothing where it has an outcome by now, or somebody else has claimed it since: theirs counts.
    """
    row = item.row
    reason = Reason("set_aside", {"fault": fault.text, "order": row.id})
    if command.set_aside(db, row.id, item.held, machine_now(db), [[reason.code, dict(reason.params)]]):
        incident.record(
            db, at=office.now, kind="order", case_number=row.case_number, subject=subject_of(row), fault=fault.text,
            cause=f"order:{row.id}",
        )  # fmt: skip


def subject_of(row: Row[Any]) -> str:
    """Return how an incident names an order."""
    return f"{row.transition} #{row.id}"


def judge(db: Connection, item: Claimed, fault: Fault) -> Fault:
    """Return what kind of trouble it really is: this code may be too old to know, or the case not opened yet."""
    if outdated(db):
        return replace(fault, kind=Kind.NEWER)
    if isinstance(fault.error, NoSuchCase) and _opening(db, item.row):
        return replace(fault, kind=Kind.TRANSIENT)
    return fault


def _opening(db: Connection, row: Row[Any]) -> bool:
    machine = of_number(row.case_number).machine
    openers = [transition.name for transition in machine.transitions.values() if transition.opens]
    if row.transition in openers:
        return False
    return db.execute(_OPENING, {"number": row.case_number, "openers": openers}).first() is not None


WORK: Work[Claimed, Outcome] = Work(
    claim=claim,
    together=together,
    put_back=put_back,
    set_aside=set_aside,
    judge=judge,
    tries=lambda item: item.row.tries,
    outcomes=list,
)


def _is_newer(row: Row[Any], office: Office) -> bool:
    """Whether newer code alone can carry an order out. What else may be wrong with it shows when it is tried."""
    if row.transition not in of_number(row.case_number).machine.transitions:
        return True
    try:
        FORMS.number_of(json.loads(office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed)))
    except NewerForm:
        return True
    except Exception:  # noqa: BLE001 - judged under the claim, which counts
        return False
    return False


def _the_same(row: Row[Any], wanted: Wanted, office: Office) -> bool:
    """Whether a stored order is the one wanted, whichever release accepted it."""
    if row.fingerprint == _fingerprint(wanted, row.case_number, row.login, office):
        return True
    stored = (row.actor, row.staff, row.transition, "" if opens(row.case_number, row.transition) else row.case_number)
    return stored == (wanted.actor, wanted.staff, wanted.transition, wanted.case or "") and says(
        row, wanted.payload, office, wanted.compared
    )


def _fingerprint(wanted: Wanted, number: str, login: str | None, office: Office) -> str:
    """Return the fingerprint an order has under this case's number (*number* counts where it is yet to be opened)."""
    who = (wanted.actor, wanted.staff, login)
    return fingerprint(who, wanted.case or number, wanted.transition, wanted.plain, office)
