"""Retention: the personal data of closed cases is erased when its time is over, one case after the other.

So is that of inquiries that were answered and needed no case, as long after they were recorded.

A sweep erases a few cases at a time, each in a short transaction of its own, recorded in the office's log like the
erasing a lead orders; one that a crash left half done is finished by the next. A case is passed over as long as
something speaks against it: a legal hold, something still to be done, another open case of the same person. What lies
printed and nothing of which waits any more goes by the same sweep, and so does old mail to staff, sent or not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, insert, select, tuple_

from clock import machine_now
from models import case as cases
from models import ending, inquiry, mail, search, staff
from models.base import Moment
from models.incident import notice
from models.keys import KeystoreBusy
from models.person import person
from services.ending import copies, erasing, holds
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.letters import prints, profile
from workflows.engine.calendars import months_later
from workflows.engine.values import SYSTEM, Reason, Role
from workflows.office.keeping import USUAL, Keeping, ends_on, latest_closed

WHY = "retention"
ADOPTED = "retention_adopted"
LOT = 100
SHOWN = 500
"""At how many cases whose time is over a report looks: years of them may have come together."""
MOST = 20
"""How many cases one sweep erases: each takes the keystore's lock and the disk for some tens of milliseconds."""
OLD_MAIL = 500
"""How many messages one sweep forgets."""
LATE = timedelta(days=2)
"""What is due for longer than that was not erased by any sweep: somebody must look."""
AHEAD = 12
"""Months that are looked ahead."""

_case = cases.case.c
_ADOPTED = (
    select(staff.office_event.c.details)
    .where(staff.office_event.c.what == ADOPTED)
    .order_by(staff.office_event.c.seq.desc())
    .limit(1)
)
# Searches go with the case they were asked for.
_OWN = ~select(search.search.c.case_id).where(search.search.c.case_id == _case.id).exists()
_CLOSED = (
    select(cases.case)
    .where(cases.KEPT, _OWN, _case.closed_at < bindparam("before"))
    .where(tuple_(_case.closed_at, _case.id) > tuple_(bindparam("after", type_=Moment), bindparam("id")))
    .order_by(_case.closed_at, _case.id)
    .limit(LOT)
)
_COUNT = select(func.count()).where(
    cases.KEPT, _OWN, _case.closed_at >= bindparam("after"), _case.closed_at < bindparam("before")
)
_other, _mine = person.alias("other"), person.alias("mine")
_SAME_PERSON = (
    select(_mine.c.case_id.label("of"), _case.number)
    .join(_other, _other.c.case_id == _case.id)
    .join(_mine, (_mine.c.party == _other.c.party) & (_mine.c.name_hash == _other.c.name_hash))
    .where(_mine.c.case_id.in_(bindparam("ids", expanding=True)), _case.id != _mine.c.case_id)
    .where(cases.OPEN, _mine.c.party == "subject")
    .where(_mine.c.birth_hash.is_(None) | _other.c.birth_hash.is_(None) | (_mine.c.birth_hash == _other.c.birth_hash))
    .order_by(_case.number)
)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """A case whose time is over, and what speaks against erasing it; nothing: it is erased."""

    row: Row[Any]
    against: tuple[Reason, ...]


def in_force(db: Connection) -> Keeping:
    """Return the periods that count: those a lead adopted last, else the usual ones."""
    details = db.execute(_ADOPTED).scalar_one_or_none()
    return USUAL if details is None else Keeping(**details["periods"])


def adopt(db: Connection, by: str, office: Office) -> tuple[Keeping, bool]:
    """Let the periods of organisation.toml count; return them, and whether they are others. Raises BadProfile."""
    wanted, now = profile.keeping_given(), in_force(db)
    if wanted != now:
        staff.log(db, office.now, ADOPTED, by, {"periods": wanted.plain, "before": now.plain})
    return wanted, wanted != now


# -- what is due ------------------------------------------------------------------------------------------------


def due(db: Connection, office: Office, keeping: Keeping) -> Iterator[Due]:
    """Yield every case whose time is over, the longest closed first."""
    after, last, before = _FIRST, 0, _over(office, keeping)
    while rows := list(db.execute(_CLOSED, {"before": before, "after": after, "id": last})):
        against = _against(db, rows)
        yield from (Due(row, against[row.id]) for row in rows)
        after, last = rows[-1].closed_at, rows[-1].id


def _against(db: Connection, rows: Sequence[Row[Any]]) -> dict[int, tuple[Reason, ...]]:
    """Return what speaks against erasing each of these cases, by its id."""
    hindering, same = erasing.of_all(db, rows), defaultdict[int, list[str]](list)
    for one in db.execute(_SAME_PERSON, {"ids": [row.id for row in rows]}):
        same[one.of].append(one.number)
    found: dict[int, tuple[Reason, ...]] = {}
    for row in rows:
        more = [Reason("erasing.to_do", {"case": row.number, "todo": f"todo.{row.todo}"})] if row.todo else []
        more += [Reason("erasing.open_case", {"cases": same[row.id]})] if row.id in same else []
        found[row.id] = (*hindering[row.id], *more)
    return found


def _over(office: Office, keeping: Keeping) -> datetime:
    """Return the moment before which a case was closed whose time is over now."""
    return _midnight(latest_closed(office.calendar.today(office.now), keeping) + timedelta(days=1), office)


def _midnight(day: date, office: Office) -> datetime:
    return datetime.combine(day, time(0), ZoneInfo(office.calendar.zone))


def late(db: Connection, office: Office, most: int = 50) -> list[str]:
    """Return cases that no sweep erased although they are due for days and nothing speaks against it."""
    then = replace(office, now=office.now - LATE)
    left = ending.asked_before(db, then.now)
    for one in due(db, then, in_force(db)):
        if len(left) >= most:
            break
        if not one.against:
            left.append(one.row.number)
    return left


def report(db: Connection, office: Office, most: int = SHOWN) -> dict[str, Any]:
    """Return what is due, what is held and why, what comes in the next months, and the periods all this follows.

    Of the cases whose time is over the *most* that were closed first are looked at; ``more`` says how many are left.
    ``given_due`` says how many would be due at once with the periods that are given and not adopted.
    """
    keeping, given = in_force(db), profile.keeping_given()
    found = list(islice(due(db, office, keeping), most))
    over = {"after": _FIRST, "before": _over(office, keeping)}
    return {
        "periods": keeping.plain,
        "given": None if given == keeping else given.plain,
        "given_due": 0 if given == keeping else _more_due(db, office, keeping, given),
        "due": [_told(one.row, keeping, office) for one in found if not one.against],
        "held": [{**_told(one.row, keeping, office), "against": list(one.against)} for one in found if one.against],
        "more": db.execute(_COUNT, over).scalar_one() - len(found) if len(found) == most else 0,
        "coming": list(_coming(db, office, keeping)),
        "holds": holds.listed(db, office),
    }


def _more_due(db: Connection, office: Office, now: Keeping, given: Keeping) -> int:
    """Return how many cases more are due at once where other periods are adopted: before a slip destroys them."""
    after, before = _over(office, now), _over(office, given)
    return int(db.execute(_COUNT, {"after": after, "before": before}).scalar_one()) if after < before else 0


def _told(row: Row[Any], keeping: Keeping, office: Office) -> dict[str, Any]:
    closed = office.calendar.today(row.closed_at)
    return {"case": row.number, "closed_on": closed.isoformat(), "kept_until": ends_on(closed, keeping).isoformat()}


def _coming(db: Connection, office: Office, keeping: Keeping) -> Iterator[dict[str, Any]]:
    """Yield how many cases come due in each of the next months: ``{month, cases}``."""
    first = office.calendar.today(office.now).replace(day=1)
    for ahead in range(AHEAD):
        start, end = (
            _midnight(months_later(first, ahead + one - keeping.personal_data_months), office) for one in (0, 1)
        )
        after = max(start, _over(office, keeping))
        if after < end and (count := db.execute(_COUNT, {"after": after, "before": end}).scalar_one()):
            yield {"month": f"{months_later(first, ahead):%Y-%m}", "cases": count}


# -- the sweep ----------------------------------------------------------------------------------------------------


def sweep(unit: UnitOfWork, go_on: Callable[[], bool] = lambda: True, most: int = MOST) -> list[str]:
    """Erase what was asked for and what is due, a few cases at a time; chase holds that ended; return what is gone.

    What fails for one case keeps no other waiting; the first fault is raised when all have had their turn.
    """
    holds.chase(unit)
    clear_prints(unit)
    clear_mail(unit)
    with suppress(KeystoreBusy):  # the next sweep does the rest
        clear_inquiries(unit)
    keep_up_copies(unit)
    gone: list[str] = []
    faults: list[OSError] = []
    for number, by, why in _wanted(unit, most):
        if not go_on():
            break
        try:
            gone += [number] if _erased(unit, number, by, why) else []
        except KeystoreBusy:  # the next sweep does the rest
            continue
        except OSError as fault:
            faults.append(fault)
    if faults:
        raise faults[0]
    return gone


def _wanted(unit: UnitOfWork, most: int) -> list[tuple[str, str, str]]:
    """Return what to erase next as (case, by whom, why): what was asked for or is half done, then what is due."""
    with unit.look() as db:
        office = unit.office(db)
        asked = [(one.number, one.asked_by, one.why) for one in ending.undone(db)]
        free = (one.row.number for one in due(db, office, in_force(db)) if not one.against)
        return [*asked, *((number, SYSTEM.name, WHY) for number in islice(free, most))]


def _erased(unit: UnitOfWork, number: str, by: str, why: str) -> bool:
    """Erase one case; False where something came in between: then the leads are told that it was not erased."""
    found = erasing.erase(unit, number, by, why)
    if not isinstance(found, list):
        return True
    with unit.begin() as db:
        office = unit.office(db)
        (row,) = cases.lock(db, [number]).values()
        if ending.take_back(db, row.id):
            told = {"case_id": row.id, "case_number": number, "role": str(Role.LEAD), "code": "notice.not_erased"}
            db.execute(insert(notice), {**told, "params": {"case": number, "by": by}, "at": office.now})
    return False


def keep_up_copies(unit: UnitOfWork) -> None:
    """Destroy in the copies of the keys that backups made whatever was destroyed here since, pages of papers too."""
    with unit.look() as db:
        folders, keys = [folder for _, folder in copies.in_reach(db)], unit.office(db).keys
    copies.keep_up(folders, keys)


def clear_prints(unit: UnitOfWork) -> int:
    """Destroy what lies printed in the house's own folder and nothing of which waits any more; return the files."""
    with unit.look() as db:
        office = unit.office(db)
        settled = prints.settled(db, office, in_force(db))
    if not settled.files:
        return 0
    with unit.begin() as db:
        details = {"files": len(settled.files), "batches": list(settled.batches)}
        staff.log(db, unit.office(db).now, "prints_destroyed", SYSTEM.name, details)
    return prints.destroy(settled)


def clear_inquiries(unit: UnitOfWork) -> list[str]:
    """Erase inquiries that needed no case and whose time is over; return their numbers. Raises KeystoreBusy."""
    with unit.look() as db:
        office = unit.office(db)
        numbers = inquiry.over(db, _over(office, in_force(db)), MOST)
    for number in numbers:
        erasing.erase_inquiry(unit, number, SYSTEM.name, WHY)
    return numbers


def clear_mail(unit: UnitOfWork) -> int:
    """Forget mail to staff that was ordered too long ago, whatever became of it; return how many messages."""
    with unit.look() as db:
        here = machine_now(db)
        before = here - timedelta(days=in_force(db).mail_days)
        ids = mail.old(db, before=before, lease=here - mail.LEASE, most=OLD_MAIL)
    if not ids:
        return 0
    with unit.begin() as db:
        return mail.remove(db, ids, here - mail.LEASE)
