"""The one transaction: lock, look, decide, write. Every transition of every case goes through `carry_out`.

Everybody locks in the same order, the case first. What is written together: the case's row (if nobody else moved it),
one history row chained to the one before, the timers, the letters and effects ordered, the notices, the evidence, and
the answer of the order that caused it. Nothing here talks to a queue, renders or waits, and nothing commits.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from clock import machine_now
from models import case as cases
from models import command, person, staff
from services import codes, fraud, stated, timers
from services.fingerprints import as_given
from services.loading import Loaded, load, people
from services.office import Office
from services.order import Done, LostRace, NoSuchCase, Order, OrderAltered, Outcome, outcome_of
from services.profile import usual_regime
from services.versions import must_be_ours
from services.writing import Batch
from workflows.case import Case, Change, after
from workflows.consequences import nobody_named
from workflows.machine import Actor, Decision, Refused
from workflows.payloads import Amend, Open, ReceiveForms
from workflows.plain import read
from workflows.regimes import regime
from workflows.request import request
from workflows.values import Party, Role, Stated

LOOKS_AT_EVIDENCE = frozenset(
    {
        "amend",
        "unverify",
        "ask_again",
        "verify_identity",
        "decide",
        "fulfil",
        "refuse",
        "withdraw",
        "post_again",
        "override",
        "approve",
    }
)


def carry_out(
    db: Connection,
    orders: Sequence[Order],
    office: Office,
    *,
    locked: dict[str, Row[Any]] | None = None,
    loaded: Mapping[str, Loaded] | None = None,
) -> list[Outcome]:
    """Carry out these orders, at most one per case, each wholly or not at all. Doing it twice is doing it once.

    ``locked`` are the cases' rows where the caller holds their locks already, ``loaded`` what it read under them.

    Raises:
        LostRace: a case changed under its lock (cannot happen unless something writes around this function), or an
            order was answered by somebody else meanwhile; nothing may be committed.
    """
    if locked is None:
        locked = cases.lock(db, [order.case for order in orders if order.transition != "open"])
    if any(row.version != request.version for row in locked.values()) and orders[0].transition != "adopt":
        from services.definitions import brought_up

        locked = brought_up(db, locked, office)
    opening = [order.command_id for order in orders if order.transition == "open" and order.command_id is not None]
    if opening:
        command.lock(db, opening)
    office = office.under_the_lock(db)
    answered = command.by_ids(db, [order.command_id for order in orders if order.command_id is not None])
    if loaded is None:
        loaded = _loaded(db, orders, locked, office)
    batch = Batch(office)
    outcomes: dict[int, Outcome] = {}
    done: list[tuple[int, Done]] = []
    for position, order in enumerate(orders):
        known = answered.get(order.command_id) if order.command_id is not None else None
        if known is not None and known.outcome is not None:
            outcomes[position] = outcome_of(known)
            continue
        before, opened = _before(db, order, loaded.get(order.case), office)
        decision = _decide(order, before, office)
        if isinstance(decision, Refused):
            outcomes[position] = _refused(order, opened, decision)
        else:
            caused = timers.caused(order, decision.transition, before.seq)
            made = Done(caused, opened, before, after(before, decision.target, decision.change, office.at()), decision)
            batch.add(made)
            done.append((position, made))
    effects = batch.write(db)
    if batch.lost:
        raise LostRace(f"{batch.lost} of {len(done)} cases")
    for position, made in done:
        outcomes[position] = _carried(made, effects.get(made.after.number, ()))
    waiting = {key for key, row in answered.items() if row.outcome is None}
    _answer(db, orders, outcomes, waiting)
    return [outcomes[position] for position in range(len(orders))]


def preview(db: Connection, order: Order, office: Office) -> Decision[Change] | Refused:
    """Return what an order would do now: the same decision, nothing locked and nothing written."""
    row = cases.find(db, order.case)
    return preview_all(db, [order], {} if row is None else {row.number: row}, office)[0]


def preview_all(
    db: Connection, orders: Sequence[Order], rows: dict[str, Row[Any]], office: Office
) -> list[Decision[Change] | Refused]:
    """Return what these orders would do now, one per case; ``rows`` are the cases' rows by number.

    Raises:
        OlderDefinition: a case is under a newer version than this code knows, which decides otherwise.
    """
    for row in rows.values():
        must_be_ours(row)
    loaded = _loaded(db, orders, rows, office)
    return [_decide(order, _before(db, order, loaded.get(order.case), office)[0], office) for order in orders]


def actor_named(db: Connection, name: str, recorded: str) -> Actor:
    """Return who asks, with the roles they have now; nobody without a role may do anything."""
    row = staff.named(db, [name]).get(name)
    roles = frozenset(Role(role) for role in row.roles) if row is not None and row.active else frozenset()
    # A forged row must not borrow the clock's rights.
    return Actor(recorded, roles - {Role.SYSTEM})


def order_of(row: Row[Any], actor: Actor, office: Office) -> Order:
    """Open a sealed order.

    Raises:
        OrderAltered: it is not what was accepted; what it says now is not even looked at.
    """
    plain = office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed)
    if not as_given(row, plain, office):
        raise OrderAltered(f"order {row.id}")
    payload = read(request.transitions[row.transition].payload, json.loads(plain))
    return Order(row.case_number, row.transition, payload, actor, f"order:{row.id}", plain, row.id)


def _loaded(db: Connection, orders: Sequence[Order], locked: dict[str, Row[Any]], office: Office) -> dict[str, Loaded]:
    wanted = {order.transition for order in orders}
    return load(
        db,
        list(locked.values()),
        office,
        evidence_too=bool(wanted & LOOKS_AT_EVIDENCE),
        claims_too="decide" in wanted,
    )


def _before(db: Connection, order: Order, loaded: Loaded | None, office: Office) -> tuple[Case, Loaded | None]:
    """Return the case as the rules are to see it, with what only other cases and the codes can tell."""
    if isinstance(order.payload, Open):
        return _blank(db, order, office), None
    if loaded is None:
        raise NoSuchCase(f"no case {order.case}")
    if isinstance(order.payload, ReceiveForms):
        return fraud.arrival_seen(
            db,
            loaded.row,
            loaded.case,
            order.payload,
            codes.state_of(db, loaded.row, order.payload.code, office),
            office,
        ), loaded
    if isinstance(order.payload, Amend) and not nobody_named(loaded.case, order.payload):
        seen = fraud.change_seen(db, loaded.row, loaded.case, order.payload, office)
        return replace(seen, proposed=_proposed(db, loaded, order.payload, office)), loaded
    return loaded.case, loaded


def _proposed(db: Connection, loaded: Loaded, change: Amend, office: Office) -> dict[Party, Stated]:
    """Return what the people would state once the amendment is written."""
    given = {Party.SUBJECT: change.subject or {}, Party.REPRESENTATIVE: change.representative or {}}
    if change.drop_representative:
        return {party: said for party, said in loaded.case.stated.items() if party is not Party.REPRESENTATIVE}
    if not any(given.values()):
        return dict(loaded.case.stated)
    known = people(loaded.row, person.of_cases(db, [loaded.row.id]).get(loaded.row.id, {}), office)
    return stated.after_amendment(loaded.case.stated, known, given, office.keys.get(loaded.row.number))


def _blank(db: Connection, order: Order, office: Office) -> Case:
    """Return the case that is about to be opened."""
    today = office.calendar.today(office.now)
    blank = Case(
        number=order.case,
        state="",
        seq=0,
        entered_seq=0,
        entered_on=today,
        opened_on=today,
        regime=regime(order.payload.regime or usual_regime()),
        rights={},
    )
    contact, said = order.payload, {}
    if order.command_id is not None:  # a preview has no number yet, and so no key to commit under
        key = office.keys.get(order.case)
        parties = ((Party.SUBJECT, contact.subject), (Party.REPRESENTATIVE, contact.representative))
        said = {party: stated.stated(who, key) for party, who in parties if who is not None}
    return fraud.contact_seen(db, replace(blank, stated=said), contact, office)


def _decide(order: Order, before: Case, office: Office) -> Decision[Change] | Refused:
    return request.decide(before, order.transition, order.payload, office.at(order.actor))


def _refused(order: Order, loaded: Loaded | None, decision: Refused) -> Outcome:
    state = loaded.row.state if loaded is not None else None
    seq = loaded.row.seq if loaded is not None else None
    return Outcome(order.case, order.transition, "refused", state, seq, decision.reasons)


def _carried(made: Done, effects: Sequence[int]) -> Outcome:
    return Outcome(
        made.after.number,
        made.decision.transition,
        "done",
        str(made.after.state),
        made.after.seq,
        made.decision.change.told,
        tuple(effects),
    )


def _answer(db: Connection, orders: Sequence[Order], outcomes: dict[int, Outcome], waiting: Collection[int]) -> None:
    """Write the outcomes of staff orders that *wait* for one: a refusal is an outcome too, with its reasons.

    Raises:
        LostRace: somebody answered one of them meanwhile (set it aside, say), and was believed.
    """
    now: datetime | None = None
    rows = []
    for position, order in enumerate(orders):
        if order.command_id is None or order.command_id not in waiting:
            continue
        now = now or machine_now(db)
        outcome = outcomes[position]
        rows.append(
            {
                "key_id": order.command_id,
                "outcome": outcome.outcome,
                "answered_at": now,
                "state": outcome.state,
                "seq": outcome.seq,
                "reasons": [[reason.code, dict(reason.params)] for reason in outcome.reasons],
            }
        )
    told = command.answer(db, rows)
    if told != len(rows):
        raise LostRace(f"{len(rows) - told} of {len(rows)} orders")
