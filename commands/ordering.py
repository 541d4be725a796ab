"""The way of an order: accepted once under its key, rung for, waited for, told.

Accepting is what counts: from then on the order is safe in the database, whatever becomes of the queue, the worker or
this process. So everything after it ends with what was accepted, never with a question.
"""

import time
import uuid
from typing import TYPE_CHECKING, Any

from commands.context import DONE, INTERRUPTED, PENDING, REFUSED, UNREACHABLE, WRONG, Failure, call, said
from commands.office import asker, find_case, looking, writing
from commands.output import answer, note, refuse
from workflows.engine.machine import Refused, Transition
from workflows.words import noun, say, say_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.engine.order import Outcome
    from services.engine.orders import Ticket, Wanted
    from workflows.engine.values import Reason

FIRST_LOOK, LONGEST_LOOK = 0.002, 0.05


def give(transition: Transition, payload: Any, case: str | None, *, key: str | None, wait: float) -> int:
    """Give an order, wait for its outcome, tell it, and return the exit status."""
    key = key or uuid.uuid4().hex
    ticket: Ticket | None = None
    try:
        ticket = _accept(transition, payload, case, key)
        return follow(ticket, key, wait)
    except KeyboardInterrupt:
        return _interrupted(ticket, key, transition)


def follow(ticket: "Ticket", key: str, wait: float) -> int:
    """Ring for an accepted order, wait for its outcome, tell it, and return the exit status."""
    outcome = ticket.earlier
    if outcome is None:
        rung = _ring(ticket)
        outcome = _await(ticket, wait)
        if outcome is None:
            return _pending(ticket, key, rung=rung)
    return tell(outcome, repeated=ticket.repeated)


def try_out(transition: Transition, payload: Any, case: str | None) -> int:
    """Say what an order would do: the same decision, nothing written."""
    from services.engine.order import Order
    from services.engine.transaction import preview

    with looking() as (db, office):
        who = asker(db, office)
        row = None if case is None else find_case(db, case)
        order = Order(case or "-", transition.name, payload, who.actor, "preview")
        decision = preview(db, order, office)
    if isinstance(decision, Refused):
        document = _document(case, row and row.state, row and row.seq, "refused")
        _refused(case, {**document, "dry_run": True}, decision.reasons)
        return REFUSED
    document = _document(case, str(decision.target), None, "done", decision.change.told)
    state = noun(f"state.{decision.target}", call().language)
    told = say_all(decision.change.told, call().language)
    would = said("ordering.would_be_done", state=state)
    answer({**document, "dry_run": True}, [would, *told])
    return DONE


def tell(outcome: "Outcome", *, repeated: bool) -> int:
    """Tell what became of an order and return the exit status."""
    done = outcome.outcome == "done"
    document = _document(
        outcome.case, outcome.state, outcome.seq, "done" if done else "refused", outcome.reasons, repeated=repeated
    )
    if not done:
        _refused(outcome.case, document, outcome.reasons)
        return REFUSED
    state = noun(f"state.{outcome.state}", call().language)
    line = said("ordering.done", case=outcome.case, state=state)
    if repeated:
        line += said("ordering.repeated")
    answer(document, [line, *say_all(outcome.reasons, call().language)])
    return DONE


# -- accepting ------------------------------------------------------------------------------------------------------


def _accept(transition: Transition, payload: Any, case: str | None, key: str) -> "Ticket":
    """Write the order down under its key, or find it there; from then on it is safe."""
    from sqlalchemy.exc import DBAPIError, IntegrityError

    from models.limits import contended
    from services.engine.orders import KeyTaken

    try:
        for attempt in (1, 2):
            try:
                return _opening(transition, payload, key) if case is None else _step(transition, payload, case, key)
            except DBAPIError as error:
                # The same key at the same moment: it is there now. A lock or a deadlock: somebody may be done by now.
                if attempt == 2 or not (isinstance(error, IntegrityError) or contended(error)):
                    raise
    except KeyTaken:
        raise Failure(
            WRONG,
            "key_taken",
            said("ordering.key_taken", key=key),
        ) from None
    except DBAPIError as error:
        if not error.connection_invalidated or isinstance(error, IntegrityError):
            raise
        # It may have broken while committing: then nobody here can know, but the key tells.
        raise Failure(
            UNREACHABLE,
            "database_unreachable",
            said("ordering.broken", key=key),
            key=key,
        ) from None
    raise AssertionError("unreachable")


def _step(transition: Transition, payload: Any, case: str, key: str) -> "Ticket":
    """Accept an order for a case there is."""
    from services.engine import orders

    with writing() as (db, office):
        wanted = _wanted(db, office, transition, payload, case, key)
        known = orders.known(db, wanted, office)
        if known is not None:
            return known
        find_case(db, case)
        return orders.place(db, wanted, case, office)


def _opening(transition: Transition, payload: Any, key: str) -> "Ticket":
    """Accept the opening of a case: its number is reserved first, so that even an unanswered order carries one."""
    from models.case import reserve_numbers
    from services.engine import orders

    with writing() as (db, office):
        wanted = _wanted(db, office, transition, payload, None, key)
        known = orders.known(db, wanted, office)
        if known is not None:
            return known
        (number,) = reserve_numbers(db, office.calendar.today(office.now).year, 1)
    # The key lies outside the database: it must be on the disk before anything is sealed under it.
    office.keys.create([number])
    with writing() as (db, office):
        return orders.place(db, wanted, number, office)


def _wanted(db: Any, office: Any, transition: Transition, payload: Any, case: str | None, key: str) -> "Wanted":
    from services.engine.orders import Wanted

    who = asker(db, office)
    return Wanted(key, transition.name, payload, who.name, who.staff, case)


# -- waiting --------------------------------------------------------------------------------------------------------


def _ring(ticket: "Ticket") -> bool:
    """Ring the bell; without a broker the sweep finds the order as soon as there is one."""
    from commands.doorbell import ring
    from tasks.bell import order_bell

    return ring([order_bell(ticket.transition, ticket.task_id, ticket.case, ticket.command_id)])


def _await(ticket: "Ticket", wait: float) -> "Outcome | None":
    """Look for the outcome in short transactions until it is there or the time is up."""
    from sqlalchemy.exc import SQLAlchemyError

    from models.session import reading
    from services.engine.orders import answer_of

    until, pause = time.monotonic() + wait, FIRST_LOOK
    while True:
        try:
            with reading() as db:
                outcome = answer_of(db, ticket.command_id)
        except SQLAlchemyError:  # accepted is accepted: a database that goes away now only delays the answer
            outcome = None
        left = until - time.monotonic()
        if outcome is not None or left <= 0:
            return outcome
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, LONGEST_LOOK)


# -- telling --------------------------------------------------------------------------------------------------------


def _document(
    case: str | None,
    state: str | None,
    seq: int | None,
    outcome: str,
    reasons: "Sequence[Reason]" = (),
    *,
    repeated: bool = False,
) -> dict[str, Any]:
    return {
        "case": case,
        "state": state,
        "seq": seq,
        "outcome": outcome,
        "repeated": repeated,
        "reasons": say_all(reasons, call().language),
        "codes": list(dict.fromkeys(reason.code for reason in reasons)),
    }


def _refused(case: str | None, document: dict[str, Any], reasons: "Sequence[Reason]") -> None:
    sentences = [say(reason, call().language) for reason in reasons]
    refuse({**document, "reasons": sentences, "codes": list(dict.fromkeys(r.code for r in reasons))}, sentences)


def _pending(ticket: "Ticket", key: str, *, rung: bool) -> int:
    why = said("ordering.no_worker") if rung else said("ordering.no_broker")
    answer(_document(ticket.case, None, None, "pending", repeated=ticket.repeated) | {"key": key}, [ticket.case])
    note(said("ordering.waiting", case=ticket.case, why=why, key=key))
    return PENDING


def _interrupted(ticket: "Ticket | None", key: str, transition: Transition) -> int:
    if ticket is None:
        message = said("ordering.interrupted", key=key)
        raise Failure(INTERRUPTED, "interrupted", message, key=key)
    raise Failure(
        INTERRUPTED,
        "interrupted",
        said("ordering.interrupted_accepted", case=ticket.case, command=transition.command),
        case=ticket.case,
        key=key,
    )
