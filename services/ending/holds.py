"""Legal holds: cases that are kept although their time is over, because a lead says so, with a reason and an end.

A hold that has ended holds on: nothing is destroyed because a day has passed. The leads are told on the first day
after it, and every five working days from then on, until it is given another end or lifted.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert

from models import ending, staff
from models.incident import notice
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from workflows.engine.values import Reason, Role

AGAIN = 5
"""Working days after which the leads are told once more."""


def hold(db: Connection, row: Row[Any], why: str, until: date, by: str, office: Office) -> list[Reason]:
    """Hold a case that is locked, or give its hold another reason and end; return what speaks against it."""
    if row.erased_at is not None:
        return [Reason("legal_hold.erased", {"case": row.number})]
    today = office.calendar.today(office.now)
    if until < today:
        return [Reason("legal_hold.past", {"day": until.isoformat(), "today": today.isoformat()})]
    ending.hold(db, row.id, why, until, by, office.now)
    details = {"case": row.number, "why": why, "until": until.isoformat()}
    staff.log(db, office.now, "legal_hold_set", by, details)
    return []


def lift(db: Connection, row: Row[Any], why: str, by: str, office: Office) -> bool:
    """Let a case that is locked go; False where nobody held it."""
    if not ending.lift(db, row.id):
        return False
    staff.log(db, office.now, "legal_hold_lifted", by, {"case": row.number, "why": why})
    return True


def listed(db: Connection, office: Office) -> list[dict[str, Any]]:
    """Return every hold: ``{case, state, why, until, by, ended}``, the one that ends first before the others."""
    today = office.calendar.today(office.now)
    return [
        {
            "case": one.number, "state": one.state, "why": one.why, "until": one.until.isoformat(),
            "by": one.held_by, "ended": one.until < today,
        }
        for one in ending.holds(db)
    ]  # fmt: skip


def chase(unit: UnitOfWork) -> int:
    """Tell the leads of each hold that has ended and that they were not told of these five working days."""
    with unit.look() as db:
        if not any(_to_be_told(ending.holds(db), unit.office(db))):
            return 0
    with unit.begin() as db:
        office = unit.office(db)
        today = office.calendar.today(office.now)
        told = [one for one in _to_be_told(ending.holds(db), office) if ending.told(db, one.case_id, today)]
        for one in told:
            params = {"case": one.number, "until": one.until.isoformat()}
            row = {"case_id": one.case_id, "case_number": one.number, "role": str(Role.LEAD), "params": params}
            db.execute(insert(notice), {**row, "code": "notice.legal_hold_ended", "at": office.now})
    return len(told)


def _to_be_told(holds: Sequence[Row[Any]], office: Office) -> Iterator[Row[Any]]:
    today = office.calendar.today(office.now)
    for one in holds:
        if one.until >= today:
            return  # they come by their ends
        if one.told_on is None or office.calendar.working_days_between(one.told_on, today) >= AGAIN:
            yield one
