"""The one transaction: lock, look, decide, write. Every transition of every case goes through `carry_out`.

Everybody locks in the same order, the case first. What is written together: the case's row (if nobody else moved it),
one history row chained to the one before, the timers, whatever its procedure keeps, the notices, and the answer of the
order that caused it. Nothing here talks to a queue, renders or waits, and nothing commits.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row

import clock
from models import case as cases
from models import command, staff
from models.questions import ask
from models.writes import Part, Writes
from services.engine import timers
from services.engine.fingerprints import as_given
from services.engine.loading import about, load, loaded, questions
from services.engine.office import Office
from services.engine.order import Loaded, LostRace, NoSuchCase, Order, OrderAltered, Outcome, Step, outcome_of
from services.engine.store import store
from services.engine.versions import must_be_ours
from services.engine.writing import write
from workflows.engine.codec import read
from workflows.engine.machine import Decision, Refused
from workflows.engine.procedure import Procedure
from workflows.engine.values import Actor, Role
from workflows.registry import of_number, procedure


def carry_out(
    db: Connection,
    orders: Sequence[Order],
    office: Office,
    *,
    locked: dict[str, Row[Any]] | None = None,
    loaded: Mapping[str, Loaded] | None = None,
) -> list[Outcome]:
    """Carry out these orders, at most one per case, each wholly or not at all. Doing it twice is doing it once.

    ``locked`` are the cases' rows where the caller holds their locks already, ``loaded`` what it read under them. The
    cases are under the present version of their procedure (`services.engine.upgrades` brings them there).

    Raises:
        LostRace: a case changed under its lock (cannot happen unless something writes around this function), or an
            order was answered by somebody else meanwhile; nothing may be committed.
    """
    if locked is None:
        locked = cases.lock(db, [order.case for order in orders if not _opens(order)])
    opening = [order.command_id for order in orders if _opens(order) and order.command_id is not None]
    if opening:
        command.lock(db, opening)
    here = _under_the_locks(db, orders, list(locked.values()), office, loaded)
    outcomes: dict[int, Outcome] = {}
    steps: dict[int, Step] = {}
    undecided: list[int] = []
    for position, order in enumerate(orders):
        known = here.stored.get(order.command_id) if order.command_id is not None else None
        if known is not None and known.outcome is not None:
            outcomes[position] = outcome_of(known)
        else:
            undecided.append(position)
    asked = [_by_whom(orders[position], here.stored) for position in undecided]
    for position, order, before in zip(undecided, asked, _seen(db, asked, here.loaded, here.office), strict=True):
        made = _decided(order, before, here.loaded.get(order.case), here.office)
        if isinstance(made, Step):
            steps[position] = made
            outcomes[position] = _carried(made)
        else:
            outcomes[position] = made
    writes = Writes(db)
    effects = write(writes, list(steps.values()), here.office)
    answers = _answer(writes, [(orders[position], outcomes[position]) for position in undecided], here.stored)
    writes.send()
    if lost := len(answers.given) - answers.count:  # answered by somebody else meanwhile (set aside, say), and believed
        raise LostRace(f"{lost} of {len(answers.given)} orders")
    ordered = _by_case(row for part in effects for row in part.rows)
    for position in steps:
        outcomes[position] = replace(outcomes[position], effects=tuple(ordered.get(orders[position].case, ())))
    return [outcomes[position] for position in range(len(orders))]


@dataclass(frozen=True, slots=True)
class _UnderTheLocks:
    """What was read once all locks were held: the time in ``office``, the cases, and the ``stored`` orders by id."""

    office: Office
    loaded: Mapping[str, Loaded]
    stored: Mapping[int, Row[Any]]


def _under_the_locks(
    db: Connection,
    orders: Sequence[Order],
    rows: Sequence[Row[Any]],
    office: Office,
    known: Mapping[str, Loaded] | None,
) -> _UnderTheLocks:
    """Return all that a decision needs but what only other cases can tell, read in one statement where it is little.

    In one of its own, after the one that locks: what is read along with a lock that is waited for is as it was before.
    """
    ids, wanted = [order.command_id for order in orders if order.command_id is not None], _wanted(orders)
    asked = [*([command.UNDER_THE_LOCK] if ids else ()), *([clock.TIME] if office.waits_for_locks(db) else ())]
    if known is None:
        asked += questions(rows, wanted)
    answers = ask(db, asked, {"orders": ids, **about(rows)})
    if office.waits_for_locks(db):
        office = office.later(clock.told(answers[clock.TIME][0]))
    return _UnderTheLocks(
        office,
        loaded(rows, answers, office, wanted) if known is None else known,
        {row.id: row for row in answers.get(command.UNDER_THE_LOCK, ())},
    )


def _wanted(orders: Iterable[Order]) -> set[str]:
    return {order.transition for order in orders}


def preview(db: Connection, order: Order, office: Office) -> Decision[Any] | Refused:
    """Return what an order would do now: the same decision, nothing locked and nothing written."""
    row = cases.find(db, order.case)
    return preview_all(db, [order], {} if row is None else {row.number: row}, office)[0]


def preview_all(
    db: Connection, orders: Sequence[Order], rows: dict[str, Row[Any]], office: Office
) -> list[Decision[Any] | Refused]:
    """Return what these orders would do now, one per case; ``rows`` are the cases' rows by number.

    Raises:
        OlderDefinition: a case is under a newer version than this code knows, which decides otherwise.
    """
    return [made.decision if isinstance(made, Step) else made for made in foresee_all(db, orders, rows, office)]


def foresee(db: Connection, order: Order, office: Office) -> Step | Refused:
    """Return the whole step an order would be now, with the case as it would stand after it; nothing is written."""
    row = cases.find(db, order.case)
    return foresee_all(db, [order], {} if row is None else {row.number: row}, office)[0]


def foresee_all(
    db: Connection, orders: Sequence[Order], rows: dict[str, Row[Any]], office: Office
) -> list[Step | Refused]:
    """Return the whole steps these orders would be now, one per case, as `preview_all` returns what they would do."""
    for row in rows.values():
        must_be_ours(row)
    loaded = load(db, list(rows.values()), office, _wanted(orders))
    seen = _seen(db, orders, loaded, office)
    made = [_decided(order, before, loaded.get(order.case), office) for order, before in zip(orders, seen, strict=True)]
    return [one if isinstance(one, Step) else Refused(one.reasons) for one in made]


def actor_named(db: Connection, name: str, recorded: str) -> Actor:
    """Return who asks, with the roles they have now; nobody without a role may do anything."""
    return actor_of(staff.named(db, [name]).get(name), recorded)


def actor_of(row: Row[Any] | None, recorded: str) -> Actor:
    """Return who asks, by their row among the staff, with the roles they have now."""
    roles = frozenset(Role(role) for role in row.roles) if row is not None and row.active else frozenset()
    # A forged row must not borrow the clock's rights.
    return Actor(recorded, roles - {Role.SYSTEM})


def _by_whom(order: Order, stored: Mapping[int, Row[Any]]) -> Order:
    """Return an order with the roles that whoever gave it has now; the clock's has its own."""
    row = stored.get(order.command_id) if order.command_id is not None else None
    return order if row is None else replace(order, actor=actor_of(row, order.actor.name))


def order_of(row: Row[Any], office: Office) -> Order:
    """Open a sealed order. With which roles it was given is read when it is carried out.

    Raises:
        OrderAltered: it is not what was accepted; what it says now is not even looked at.
    """
    plain = office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed)
    if not as_given(row, plain, office):
        raise OrderAltered(f"order {row.id}")
    transition = of_number(row.case_number).machine.transitions[row.transition]
    payload = read(transition.payload, json.loads(plain))
    actor = Actor(row.actor, frozenset())
    return Order(row.case_number, row.transition, payload, actor, f"order:{row.id}", plain, row.id)


def _procedure(order: Order) -> Procedure:
    return procedure(order.procedure) if order.procedure else of_number(order.case)


def _opens(order: Order) -> bool:
    return _procedure(order).machine.transitions[order.transition].opens


def _seen(db: Connection, orders: Sequence[Order], loaded: Mapping[str, Loaded], office: Office) -> list[Any]:
    """Return the cases as the rules are to see them, with what only other cases can tell.

    Raises NoSuchCase where an order is about a case there is not.
    """
    asked: dict[str, list[tuple[Order, Loaded | None]]] = {}
    for order in orders:
        found = None if _opens(order) else loaded.get(order.case)
        if found is None and not _opens(order):
            raise NoSuchCase(f"no case {order.case}")
        asked.setdefault(_procedure(order).name, []).append((order, found))
    views = {name: iter(store(name).seen(db, mine, office)) for name, mine in asked.items()}
    return [next(views[_procedure(order).name]) for order in orders]


def _decide(order: Order, before: Any, office: Office) -> Decision[Any] | Refused:
    return _procedure(order).machine.decide(before, order.transition, order.payload, office.at(order.actor))


def _decided(order: Order, before: Any, loaded: Loaded | None, office: Office) -> Step | Outcome:
    """Return the step that is to be written, or the outcome of an order that the rules refuse."""
    decision = _decide(order, before, office)
    opened = None if _opens(order) else loaded
    if isinstance(decision, Refused):
        state, seq = (None, None) if opened is None else (opened.row.state, opened.row.seq)
        return Outcome(order.case, order.transition, "refused", state, seq, decision.reasons, cause=order.cause)
    after = _procedure(order).machine.after(before, decision.target, decision.change, office.at())
    return Step(timers.caused(order, decision.transition, before.seq), opened, before, after, decision)


def _carried(step: Step) -> Outcome:
    now = step.after
    told = tuple(step.decision.change.told)
    name, cause = step.decision.transition, step.order.cause
    return Outcome(now.number, name, "done", str(now.state), now.seq, told, cause=cause)


def _answer(writes: Writes, carried: Sequence[tuple[Order, Outcome]], stored: Collection[int]) -> Part:
    """Give the outcomes of *stored* orders to be written: a refusal is an outcome too, with its reasons."""
    rows = [
        {
            "key_id": order.command_id,
            "outcome": outcome.outcome,
            "state": outcome.state,
            "seq": outcome.seq,
            "reasons": [[reason.code, dict(reason.params)] for reason in outcome.reasons],
        }
        for order, outcome in carried
        if order.command_id in stored
    ]
    return command.answer(writes, rows, clock.machine_now())


def _by_case(effects: Iterable[Row[Any]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in effects:
        found.setdefault(row.case_number, []).append(row.id)
    return found
