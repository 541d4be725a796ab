"""A desk that stood still says once what was missed: not each deadline, and not a word where nothing was due.

How far the sweep came in the office's time is a mark among the counters, in minutes since 1970. A whole working day
without a sweep is a standstill, whether the machine was off or its clock was moved.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, select, update

from models import office as office_table
from models.case import counter
from models.history import EPOCH
from models.incident import notice
from models.timer import timer
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from workflows.engine.values import Reason, Role

MARK = "sweep/minute"
EVERY = 10
"""Minutes between two marks: what the sweep writes where nothing is due."""

_MARK = select(counter.c.value).where(counter.c.name == MARK)
_TAKE = (
    update(counter)
    .where(counter.c.name == MARK, counter.c.value == bindparam("seen"))
    .values(value=bindparam("minute"))
)
_DUE = select(func.count()).select_from(timer).where(timer.c.due_at <= bindparam("now"))


def note(unit: UnitOfWork) -> bool:
    """Mark that the sweep has come so far; tell the lead where it did not for a working day. Whether that was told."""
    with unit.look() as db:
        office = unit.office(db)
        seen: int | None = db.execute(_MARK).scalar_one_or_none()
    if seen is not None and _minute(office.now) - seen < EVERY:
        return False
    with unit.begin() as db:
        office = unit.office(db)
        minute = _minute(office.now)
        if seen is None:
            office_table.upsert(db, counter, {"name": MARK, "value": minute}, ["name"])
            return False
        if db.execute(_TAKE, {"seen": seen, "minute": minute}).rowcount != 1:
            return False  # another worker marked, and told, in this moment
        return _told(db, EPOCH + timedelta(minutes=seen), office)


def _told(db: Connection, since: datetime, office: Office) -> bool:
    day = office.calendar.today
    if office.calendar.working_days_between(day(since), day(office.now)) < 2:
        return False
    due = db.execute(_DUE, {"now": office.now}).scalar_one()
    if not due:
        return False
    until = day(office.now).isoformat()
    told = Reason("notice.stood_still", {"since": day(since).isoformat(), "until": until, "due": due})
    row = {"role": str(Role.LEAD), "code": told.code, "params": dict(told.params), "at": office.now}
    db.execute(insert(notice), row)
    return True


def _minute(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(minutes=1)
