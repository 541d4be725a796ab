"""Who asks in place of a file: what is known of the case before the first question, and what the rules say at the end.

A step that cannot be taken is refused before anything is asked. What is sent is tried out first, so that a person
changes one line where the rules say no, and types nothing twice. An order of theirs that was refused all the same is
kept as every order is, sealed under the case's key; its answers are proposed the next time.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commands.asking import Conversation, Left, Subject, Try
from commands.context import INTERRUPTED, call, fails, interactive
from commands.office import asker, find_case, looking, own_words, staff_only, undone, welcome_only, writing
from commands.prompting import tell
from commands.telling import refused, result, sentences
from workflows.engine.hints import Seen
from workflows.engine.machine import Refused, Transition
from workflows.engine.procedure import Procedure
from workflows.request.payloads import Inquiry, ReceiveForms

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from commands.ordering import Prepare
    from services.engine.office import Office
    from services.intake import Fault

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")
"""As an order keeps a moment."""


class NotPossible(Exception):
    """The step cannot be taken as things stand; ``status`` is the call's, and it was told why."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(status)
        self.status = status


def step_asked(
    procedure: Procedure,
    transition: Transition,
    case: str | None,
    known: Mapping[str, Any],
    prepare: "Prepare | None" = None,
) -> dict[str, Any] | None:
    """Return what a file for this step would hold, asked at the terminal; None where nobody can be asked.

    *known* was given on the command line; *prepare* as `ordering.try_out` takes it. Raises NotPossible where the
    case does not allow the step.
    """
    if not interactive():
        return None
    seen, before, scanned = _begun(procedure, transition, case)
    name = f"{case or procedure.name}.{transition.command}"
    subject = Subject(transition.payload, procedure.name, name)
    talk = Conversation(subject, seen, {**scanned, **known}, {} if scanned else before)
    return _held(talk, lambda data: tried(procedure, transition, case, data, prepare))


def contact_asked(
    kind: type, name: str, *, known: Mapping[str, Any] | None = None, before: Mapping[str, Any] | None = None
) -> Any:
    """Return what a file for *kind* would hold that belongs to no case yet; None where nobody can be asked.

    *known* is not asked, *before* is proposed; both by their places.
    """
    from services.intake import BadInput, parse
    from workflows import registry

    if not interactive():
        return None

    def attempt(data: dict[str, Any]) -> "Sequence[Fault]":
        try:
            parse(kind, data, language=call().language, own=own_words)
        except BadInput as bad:
            return bad.faults
        return ()

    with looking() as (db, office):
        staff_only(asker(db, office))
        seen = Seen(_beginning(registry.main(), db, office), here(office), call().language)
    return _held(Conversation(Subject(kind, registry.main().name, name), seen, known or {}, before or {}), attempt)


def _held(talk: Conversation, attempt: Try) -> dict[str, Any]:
    try:
        return talk.held(attempt)
    except Left:
        raise fails(INTERRUPTED, "interrupted", "asking.left") from None


def inquiry_asked() -> Any:
    """Return what a file for ``inquiry add`` would hold; None where nobody can be asked."""
    return contact_asked(Inquiry, "inquiry")


# -- before the first question --------------------------------------------------------------------------------------


def _begun(
    procedure: Procedure, transition: Transition, case: str | None
) -> tuple[Seen, dict[str, Any], dict[str, Any]]:
    """Return what is seen of the case, the answers of an order that was refused, and what the scanner knows."""
    from services.engine.loading import load

    with looking() as (db, office):
        who = asker(db, office)
        welcome_only(who)
        view, before, scanned = None, {}, {}
        if case is not None:
            row = find_case(db, case)
            view = load(db, [row], office, {transition.name})[case].case
            before = _refused_before(db, row, transition, who.staff, office)
            before = before or _put_right(db, procedure, transition, view, office)
            if transition.payload is ReceiveForms:
                scanned = _scanned(db, row, office)
        else:
            view = _beginning(procedure, db, office)
        missing = procedure.machine.obstacles(view, transition, office.at(who.actor))
        seen = Seen(view, here(office), call().language)
    if missing:
        raise NotPossible(refused(missing, result(case, None)))
    if before:
        _looked(case, who)
    return seen, before, scanned


def _beginning(procedure: Procedure, db: "Connection", office: "Office") -> Any:
    """Return a case as it would begin now, for hints that look at the office's procedure; None where nobody can say."""
    from services.engine.store import store

    begins = getattr(store(procedure.name), "begins", None)
    return None if begins is None else begins(db, office)


def here(office: "Office") -> Any:
    """Return the office's time, in the office's zone."""
    return office.now.astimezone(ZoneInfo(office.calendar.zone))


def _scanned(db: "Connection", row: "Row[Any]", office: "Office") -> dict[str, Any]:
    from services.returns import arrivals

    found = arrivals.of_case(db, row, office)
    return {} if found is None else found.answers


def _refused_before(
    db: "Connection", row: "Row[Any]", transition: Transition, staff: str, office: "Office"
) -> dict[str, Any]:
    """Return the answers of the person's last order of this kind where the rules refused it, by their places."""
    from models import command
    from services.engine.orders import payload_of
    from services.intake.questions import places

    last = command.last_of(db, row.number, transition.name, staff)
    if last is None or last.outcome != "refused":
        return {}
    return _on_the_offices_clock(places(payload_of(last, office)), office)


def _on_the_offices_clock(told: dict[str, Any], office: "Office") -> dict[str, Any]:
    """Return answers with their moments as the office's clock showed them: they are kept in UTC."""
    return {place: _as_shown(value, office) for place, value in told.items()}


def _as_shown(value: Any, office: "Office") -> Any:
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
        return value
    shown = datetime.fromisoformat(value).astimezone(ZoneInfo(office.calendar.zone))
    return shown.replace(tzinfo=None).isoformat(sep=" ")


def _put_right(
    db: "Connection", procedure: Procedure, transition: Transition, view: Any, office: "Office"
) -> dict[str, Any]:
    """Return what the step was told that this one puts right, by its places: only what was wrong is typed anew."""
    from models import command
    from services.engine.orders import payload_of
    from services.intake.questions import places
    from workflows import registry

    hints = registry.hints(procedure.name)
    steps = getattr(hints, "PUTS_RIGHT", {}).get(transition.name, ())
    step = view.past.last(*steps) if steps else None
    order = None if step is None else command.of_step(db, view.number, step.seq)
    if order is None:
        return {}
    told = _on_the_offices_clock(places(payload_of(order, office)), office)
    return {place: value for place, value in told.items() if place not in getattr(hints, "SAID_EACH_TIME", ())}


def _looked(case: str | None, who: Any) -> None:
    """Record that personal data of the case was shown."""
    from models import staff

    with writing() as (db, office):
        staff.log(db, office.now, "case_seen", who.name, {"case": case, "personal": True})


# -- before it is sent ----------------------------------------------------------------------------------------------


def tried(
    procedure: Procedure,
    transition: Transition,
    case: str | None,
    data: dict[str, Any],
    prepare: "Prepare | None" = None,
) -> "Sequence[Fault] | list[str]":
    """Return what is wrong with the answers: faults with their places, or why the rules refuse them now."""
    from commands.ordering import Step
    from services.engine.order import Order
    from services.engine.transaction import preview
    from services.intake import BadInput, parse

    try:
        payload = parse(transition.payload, data, language=call().language, own=own_words)
    except BadInput as bad:
        return bad.faults
    step = Step(procedure, transition, payload, case)
    with looking() if prepare is None else undone() as (db, office):
        who = asker(db, office)
        payload = payload if prepare is None else prepare(db, office, step).payload
        number = case or f"{procedure.prefix}-"
        decision = preview(db, Order(number, transition.name, payload, who.actor, "preview"), office)
    if isinstance(decision, Refused):
        return sentences(decision.reasons)
    for told in sentences(decision.change.told):
        tell(told)
    return []
