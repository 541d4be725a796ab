"""What was set aside, and the way back: a person says which and why, and it is tried again as if for the first time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from models import case as cases
from models import command, effect, incident, staff
from models import retry as retries
from models.command import command as order_table
from models.effect import effect as effect_table
from models.effect import named
from models.incident import incident as incident_table
from models.letter import letter
from services.engine.office import Office
from services.engine.orders import subject_of
from workflows.engine.numbers import parse_letter_number
from workflows.registry import case_number_in

_ORDERS: Select[Any] = select(order_table).where(command.SET_ASIDE).order_by(order_table.c.id)
_EFFECTS: Select[Any] = select(effect_table).where(effect.SET_ASIDE).order_by(effect_table.c.id)
_CASES: Select[Any] = (
    select(retries.retry, cases.case.c.number)
    .join(cases.case, cases.case.c.id == retries.retry.c.case_id)
    .where(retries.retry.c.dead)
    .order_by(retries.retry.c.case_id, retries.retry.c.work)
)
# What people must look at and cannot be done again by us: a message nobody knows, a file that is not the one made.
_LOOKED_AT: Select[Any] = (
    select(incident_table)
    .where(incident.STILL_OPEN, incident_table.c.kind.in_(("message", "letter")))
    .order_by(incident_table.c.id)
)
_INCIDENTS = select(incident_table).order_by(incident_table.c.id.desc())
_OPEN_SUBJECT = (
    select(incident_table.c.subject, incident_table.c.fault)
    .where(incident.STILL_OPEN, incident_table.c.case_number == bindparam("case"))
    .order_by(incident_table.c.id)
)


@dataclass(frozen=True, slots=True)
class Dead:
    """One thing that was set aside: an order, an effect (letter), a case's timer, upgrade or recount, or an incident.

    ``id`` is the id of its row (of the case for a timer, an upgrade or a recount), ``name`` what `requeue` calls it.
    """

    kind: str
    id: int
    case: str | None
    subject: str
    fault: str
    name: str


def everything(db: Connection) -> list[Dead]:
    """Return all that is set aside."""
    return list(_found(db, _ORDERS, _EFFECTS, _CASES, _LOOKED_AT))


def of_case(db: Connection, number: str) -> list[Dead]:
    """Return what is set aside of one case: its orders, its letters, its own deadlines."""
    looked_at = _LOOKED_AT.where(incident_table.c.case_number == number)
    return list(
        _found(
            db,
            _ORDERS.where(order_table.c.case_number == number),
            _EFFECTS.where(effect_table.c.case_number == number),
            _CASES.where(cases.case.c.number == number),
            looked_at,
        )
    )


def of_letter(db: Connection, number: str, copy: int | None) -> list[Dead]:
    """Return what is set aside of a letter, in one copy or in all."""
    effects = _EFFECTS.where(effect_table.c.subject == number)
    looked_at = _LOOKED_AT.where(incident_table.c.kind == "letter")
    if copy is not None:
        effects = effects.where(effect_table.c.copy == copy)
    found = _found(db, None, effects, None, looked_at)
    wanted = None if copy is None else named(number, copy)
    return [one for one in found if one.kind != "letter" or _is_about(one.subject, number, wanted)]


def _is_about(subject: str, number: str, stem: str | None) -> bool:
    said = subject.removesuffix(".pdf")
    return said == stem if stem is not None else said.partition(".")[0] == number


def of_order(db: Connection, order_id: int) -> list[Dead]:
    """Return the order, where it is set aside."""
    return list(_found(db, _ORDERS.where(order_table.c.id == order_id), None, None, None))


def knows_order(db: Connection, order_id: int) -> bool:
    """Whether an order of that number was ever given."""
    return bool(command.by_ids(db, [order_id]))


def knows_letter(db: Connection, number: str) -> bool:
    """Whether a letter of that number was ever ordered."""
    return db.execute(select(letter.c.id).where(letter.c.number == number).limit(1)).first() is not None


def _found(
    db: Connection,
    orders: Select[Any] | None,
    effects: Select[Any] | None,
    of_cases: Select[Any] | None,
    looked_at: Select[Any] | None,
) -> Iterator[Dead]:
    for row in () if orders is None else db.execute(orders):
        reasons = row.reasons or [["", {}]]
        fault = str(reasons[0][1].get("fault", "-"))
        yield Dead("order", row.id, row.case_number, subject_of(row), fault, f"#{row.id}")
    for row in () if effects is None else db.execute(effects):
        name = named(row.subject, row.copy)
        yield Dead("effect", row.id, row.case_number, row.subject, row.fault or "-", name)
    for row in () if of_cases is None else db.execute(of_cases):
        subject = next((one.subject for one in db.execute(_OPEN_SUBJECT, {"case": row.number})), row.work)
        yield Dead(row.work, row.case_id, row.number, subject, row.fault, row.number)
    for row in () if looked_at is None else db.execute(looked_at):
        name = row.case_number or "--all"
        yield Dead(row.kind, row.id, row.case_number, row.subject, row.fault, name)


def requeue(db: Connection, office: Office, found: Sequence[Dead], by: str, why: str) -> list[Dead]:
    """Bring these back, close their incidents, and write it into the office's log; return what was brought back.

    Cases are locked first, in everybody's order. Doing it twice is doing it once.
    """
    cases.lock(db, sorted({one.case for one in found if one.case is not None}))
    done = [one for one in found if _bring_back(db, office, one, by)]
    for one in done:
        details = {"kind": one.kind, "case": one.case, "subject": one.subject, "fault": one.fault, "why": why}
        staff.log(db, office.now, "requeued", by, details)
    return done


def _bring_back(db: Connection, office: Office, one: Dead, by: str) -> bool:
    if one.kind == "order":
        brought = command.requeue(db, one.id)
    elif one.kind == "effect":
        brought = effect.requeue(db, one.id)
    elif one.kind in ("message", "letter"):
        return incident.close_one(db, one.id, office.now, by)
    else:
        brought = retries.revive(db, one.id, one.kind)
        incident.close(db, one.kind, office.now, by, case=one.case or "")
        return brought
    if brought:
        incident.close(db, one.kind, office.now, by, subject=one.subject)
    return brought


def incidents(db: Connection, *, only_open: bool) -> list[dict[str, Any]]:
    """Return the incidents, the newest first: ``{id, at, kind, case, subject, fault, closed_at, closed_by}``."""
    asked = _INCIDENTS.where(incident.STILL_OPEN) if only_open else _INCIDENTS
    return [
        {
            "id": row.id,
            "at": row.at,
            "kind": row.kind,
            "case": row.case_number,
            "subject": row.subject,
            "fault": row.fault,
            "closed_at": row.closed_at,
            "closed_by": row.closed_by,
        }
        for row in db.execute(asked)
    ]


def under(db: Connection, text: str) -> list[Dead] | None:
    """Return what is set aside under a name as typed: an order (#12), a case, a letter; None where nothing has it."""
    order = text.strip().removeprefix("#")
    if order.isascii() and order.isdigit() and len(order) < 16:
        return of_order(db, int(order)) if knows_order(db, int(order)) else None
    number = case_number_in(text)
    if number is not None:
        found = of_case(db, number)
        return found if found or cases.find(db, number) is not None else None
    plain, _, copy = text.partition(".copy")
    letter = parse_letter_number(plain)
    if letter is not None and knows_letter(db, letter) and (not copy or copy.isdigit()):
        return of_letter(db, letter, int(copy) if copy else None)
    return None
