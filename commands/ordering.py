"""One order: given, waited for, told. Everything after accepting ends with what was accepted, never with a question."""

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from commands.context import DONE, INTERRUPTED, PENDING, UNREACHABLE, WRONG, call, fails, said, tongue
from commands.office import asker, find_case, looking, undone, writing
from commands.output import answer, in_sentences, note
from commands.telling import codes, refused, result, sentences
from workflows.engine.machine import Refused, Transition
from workflows.words import noun

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from services.engine.office import Office
    from services.engine.order import Outcome
    from services.engine.orders import Ticket, Wanted
    from tasks.client import Client
    from workflows.engine.procedure import Procedure


Prepare: TypeAlias = "Callable[[Connection, Office, Step], Step]"


class Step(NamedTuple):
    """What is to be done: a transition of a procedure, what its order carries, and the case; None: it opens one."""

    procedure: "Procedure"
    transition: Transition
    payload: Any
    case: str | None


def give(step: Step, *, key: str | None, wait: float) -> int:
    """Give an order, wait for its outcome, tell it, and return the exit status."""
    from services.office import caller
    from tasks.client import Client

    key = key or uuid.uuid4().hex
    caller.present().note_key(key)
    client = Client(writing)
    try:
        _accept(client, step, key)
        return _followed(client, key, wait, step.payload)
    except KeyboardInterrupt:
        if not client.tickets:
            raise fails(INTERRUPTED, "interrupted", "ordering.interrupted", more={"key": key}, key=key) from None
        accepted = {"case": client.tickets[0].case, "key": key}
        raise fails(
            INTERRUPTED,
            "interrupted",
            "ordering.interrupted_accepted",
            more=accepted,
            case=accepted["case"],
            command=step.transition.command,
        ) from None


def follow(ticket: "Ticket", key: str, wait: float) -> int:
    """Ring for an order accepted elsewhere, wait for its outcome, tell it, and return the exit status."""
    from tasks.client import Client

    client = Client(writing)
    client.follow([ticket])
    return _followed(client, key, wait)


def _followed(client: "Client", key: str, wait: float, payload: object = None) -> int:
    rung = client.notify()
    client.wait(wait)
    (ticket,) = client.tickets
    outcome = client.outcome(ticket)
    return _pending(ticket, key, rung=rung) if outcome is None else _told(outcome, payload, repeated=ticket.repeated)


def try_out(step: Step, prepare: "Prepare | None" = None) -> int:
    """Say what an order would do: the same decision, nothing written.

    *prepare* writes what the order rests on, which is taken back, and returns the step as it would be ordered.
    """
    from services.engine.order import Order
    from services.engine.transaction import foresee
    from services.letters import events
    from services.reports import opened
    from services.reports.letter_events import events_document, events_lines

    with looking() if prepare is None else undone() as (db, office):
        who = asker(db, office)
        row = None if step.case is None else find_case(db, step.case)
        step = step if prepare is None else prepare(db, office, step)
        number = step.case or f"{step.procedure.prefix}-"  # of the procedure, and of no case
        seen = foresee(db, Order(number, step.transition.name, step.payload, who.actor, "preview"), office)
    document = {**result(step.case, None), "dry_run": True}
    if isinstance(seen, Refused):
        return refused(seen.reasons, {**document, "state": row and row.state, "seq": row and row.seq})
    decision, letters = seen.decision, events.of_step(seen, numbered=step.case is not None)
    state = noun(f"state.{decision.target}", call().language)
    told = sentences(decision.change.told)
    document |= {
        "state": str(decision.target),
        "outcome": "done",
        "reasons": told,
        "codes": codes(decision.change.told),
    }
    document |= {"letters": events_document(letters)}
    if step.case is None:
        document |= opened.would_be(seen.after).document
    answer(
        document,
        in_sentences(
            [said("ordering.would_be_done", state=state), *told, *events_lines(letters, tongue(), foreseen=True)]
        ),
    )
    return DONE


# -- accepting ------------------------------------------------------------------------------------------------------


def _accept(client: "Client", step: Step, key: str) -> None:
    """Write the order down under its key, or find it there; from then on it is safe."""
    from sqlalchemy.exc import DBAPIError, IntegrityError

    from services.engine.orders import KeyTaken, Wanted

    def wanted(db: Any, office: Any) -> "list[Wanted]":
        who = asker(db, office)
        if step.case is not None:
            find_case(db, step.case)
        name, prefix = step.transition.name, step.procedure.prefix
        return [Wanted(key, name, step.payload, who.name, who.staff, step.case, prefix)]

    try:
        client.accept(wanted)
    except KeyTaken:
        raise fails(WRONG, "key_taken", "ordering.key_taken", key=key) from None
    except DBAPIError as error:
        if not error.connection_invalidated or isinstance(error, IntegrityError):
            raise
        # It may have broken while committing: then nobody here can know, but the key tells.
        raise fails(UNREACHABLE, "database_unreachable", "ordering.broken", more={"key": key}, key=key) from None


# -- telling --------------------------------------------------------------------------------------------------------


def _told(outcome: "Outcome", payload: object, *, repeated: bool) -> int:
    """Tell what became of an order and return the exit status."""
    document = result(outcome.case, outcome, repeated=repeated)
    if outcome.outcome != "done":
        inquiry = None if repeated else _kept(outcome, payload)
        if inquiry is None:
            return refused(outcome.reasons, document)
        return refused(outcome.reasons, {**document, "inquiry": inquiry}, [said("ordering.kept", number=inquiry)])
    line = f"{outcome.case}: {noun(f'state.{outcome.state}', call().language)}"
    if repeated:
        line += said("ordering.repeated")
    more, lines = _brought_about(outcome)
    answer({**document, **more}, in_sentences([line, *document["reasons"], *lines]))
    return DONE


def _kept(outcome: "Outcome", payload: object) -> str | None:
    """Return the number of the inquiry as which a request is kept that came by a way the office does not take."""
    from services.request import unopened

    inquiry = unopened.inquiry_of(payload, outcome.reasons)
    if inquiry is None:
        return None
    with looking() as (db, office):
        who = asker(db, office)
    return unopened.kept(writing, inquiry, who)


def _brought_about(outcome: "Outcome") -> tuple[dict[str, Any], list[str]]:
    """Return which letters an order ordered or made void, and what is known of a case it opened: told and in words.

    Nothing where the database cannot be asked any more: what was done is done, and is told.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from services.letters import events
    from services.reports import opened
    from services.reports.letter_events import events_document, events_lines
    from workflows.registry import opens

    try:
        with looking() as (db, office):
            letters = events.of_outcome(events.of_outcomes(db, [outcome]), outcome)
            new = opened.of_case(db, outcome.case, office) if opens(outcome.case, outcome.transition) else None
    except SQLAlchemyError:
        return {}, [said("ordering.letters_unread")]
    more: dict[str, Any] = {"letters": events_document(letters)}
    lines = events_lines(letters, tongue())
    if new is not None:
        more |= new.document
        if new.same_as is not None:
            lines.insert(0, said("ordering.same_as", case=outcome.case, other=new.same_as))
    return more, lines


def _pending(ticket: "Ticket", key: str, *, rung: bool) -> int:
    silent = said("ordering.no_worker")
    why = silent if rung else said("ordering.no_broker")
    answer({**result(ticket.case, None, repeated=ticket.repeated), "key": key}, [ticket.case])
    note(said("ordering.waiting", case=ticket.case, why=why, key=key))
    return PENDING
