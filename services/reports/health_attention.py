"""What people must look at: incidents, dropped messages, the definition, the count, and what lies in the house."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from clock import machine_now
from models import dropped, ending
from models import office as office_table
from models.base import Moment
from models.incident import STILL_OPEN, UNREAD, incident, notice
from models.letter import in_house, letter
from services.ending import copies, retention
from services.engine.office import Office
from services.letters.post import morning_count, overdue_before
from services.office import backups, procedure_file
from services.reports.health_check import Check, shown
from services.reports.health_mail import mail_goes_out
from services.reports.health_proof import FIRST
from services.returns import disposals, papers, tray
from workflows.engine.values import Reason, Role
from workflows.letters import LetterState
from workflows.registry import main, procedures

DAY = timedelta(days=1)
_OPEN_INCIDENTS: Select[Any] = (
    select(incident.c.kind, incident.c.case_number, incident.c.subject, incident.c.fault, incident.c.at)
    .where(STILL_OPEN)
    .order_by(incident.c.id.desc())
    .limit(200)
)
_KINDS_UNREAD = (
    select(func.min(notice.c.at, type_=Moment).label("since"))
    .where(UNREAD, notice.c.role == Role.LEAD)
    .group_by(notice.c.case_number, notice.c.code)
    .subquery()
)
# One a case and reason, however often it was told.
_UNREAD = select(func.count(), func.min(_KINDS_UNREAD.c.since, type_=Moment))
_STOOD_STILL = (
    select(notice.c.params)
    .where(UNREAD, notice.c.role == Role.LEAD, notice.c.code == "notice.stood_still", notice.c.case_number.is_(None))
    .order_by(notice.c.at.desc())
    .limit(1)
)
_UNPOSTED = select(func.count()).where(
    in_house(LetterState.MADE, LetterState.PRINTED), letter.c.made_at < bindparam("before")
)
_FINGERPRINT = select(office_table.definition.c.fingerprint).where(
    office_table.definition.c.name == bindparam("name"), office_table.definition.c.version == bindparam("version")
)


def attention(db: Connection, office: Office) -> Iterator[Check]:
    """Look at what people must see to."""
    yield _incidents(db, office)
    yield _messages(db, office)
    yield _definition(db)
    yield _count(db)
    yield _unposted(db, office)
    yield _returns(db)
    yield _tray(db, office)
    yield _notices(db, office)
    yield from _stood_still(db)
    yield from mail_goes_out(db, office)
    yield from _procedure(office)
    yield _retention(db, office)
    yield _backup(db, office)


def _incidents(db: Connection, office: Office) -> Check:
    """Whether something was set aside: until it is brought back or went through, a discarded message for a day."""
    rows: list[Row[Any]] = list(db.execute(_OPEN_INCIDENTS))
    still = [row for row in rows if row.kind != "message" or office.now - row.at < DAY]
    if not still:
        return Check("incidents", ok=True, detail=Reason("health.incidents"))
    newest = still[0]
    params = {"count": len(still), "case": newest.case_number or "-", "subject": newest.subject, "fault": newest.fault}
    return Check("incidents", ok=False, detail=Reason("health.incidents_open", params))


def _messages(db: Connection, office: Office) -> Check:
    """How many messages the workers dropped today: they do no harm, but somebody writes to the broker."""
    found = dropped.of_day(db, office.calendar.today(office.now))
    kinds = [f"dropped.{kind}" for kind in found]
    code = "health.messages_dropped" if found else "health.messages"
    return Check(
        "messages", ok=True, detail=Reason(code, {"count": sum(found.values()), "kinds": kinds}), note=bool(found)
    )


def _definition(db: Connection) -> Check:
    """Whether each procedure of this code is the one the office works under; the main one is named where all are."""
    for each in procedures():
        machine = each.machine
        known = db.execute(_FINGERPRINT, {"name": machine.name, "version": machine.version}).scalar_one_or_none()
        params = {"version": machine.version, "fingerprint": machine.fingerprint}
        if known is not None and known != machine.fingerprint:
            return Check("definition", ok=False, detail=Reason("health.definition_changed", {**params, "known": known}))
    machine = main().machine
    params = {"version": machine.version, "fingerprint": machine.fingerprint}
    return Check("definition", ok=True, detail=Reason("health.definition", params))


def _count(db: Connection) -> Check:
    count = morning_count(db)
    code = "health.count_stopped" if count["stopped"] else "health.count"
    code = code if count["balanced"] else "health.count_wrong"
    return Check(
        "count", ok=count["balanced"], detail=Reason(code, {k: v for k, v in count.items() if k != "balanced"})
    )


def _unposted(db: Connection, office: Office) -> Check:
    """Letters that lie in the house for more than a working day: the lead is told of each; it is no stall."""
    count = db.execute(_UNPOSTED, {"before": overdue_before(office)}).scalar_one()
    code = "health.unposted_some" if count else "health.unposted"
    return Check("unposted", ok=True, detail=Reason(code, {"count": count}), note=bool(count))


def _returns(db: Connection) -> Check:
    """Pieces of mail in = arrivals registered: what was scanned, and nobody gave its case the order yet."""
    cases = papers.unregistered(db)
    code = "health.returns_some" if cases else "health.returns"
    return Check("returns", ok=True, detail=Reason(code, {"count": len(cases), "cases": cases[:3]}), note=bool(cases))


def _tray(db: Connection, office: Office) -> Check:
    """Scanned pages that nobody has sorted for more than a working day: the clerks are told; it is no stall."""
    count = tray.overdue(db, office)
    code = "health.tray_some" if count else "health.tray"
    return Check("tray", ok=True, detail=Reason(code, {"count": count}), note=bool(count))


def _notices(db: Connection, office: Office) -> Check:
    count, oldest = db.execute(_UNREAD).one()
    if not count:
        return Check("notices", ok=True, detail=Reason("health.notices"))
    params = {"count": count, "oldest": office.calendar.today(oldest).isoformat()}
    return Check("notices", ok=True, detail=Reason("health.notices_unread", params), note=True)


def _stood_still(db: Connection) -> Iterator[Check]:
    """What was missed while the desk stood still, said once: until somebody has read the notice of it."""
    params = db.execute(_STOOD_STILL).scalar_one_or_none()
    if params is not None:
        yield Check("stood_still", ok=True, detail=Reason("health.stood_still", params), note=True)


def _retention(db: Connection, office: Office) -> Check:
    """Whether what had to go is gone: a case left over for days is a fault, and so is paper past its last day.

    A hold past its end wants a decision.
    """
    if left := retention.late(db, office):
        params = {"count": len(left), "case": left[0]}
        return Check("retention", ok=False, detail=Reason("health.retention_late", params))
    if left := disposals.overdue(db, office):
        params = {"count": len(left), "case": left[0]}
        return Check("retention", ok=False, detail=Reason("health.papers_overdue", params))
    if ended := ending.ended(db, office.calendar.today(office.now)):
        params = {"count": len(ended), "case": ended[0]}
        return Check("retention", ok=True, detail=Reason("health.holds_ended", params), note=True)
    return Check("retention", ok=True, detail=Reason("health.retention"))


def _backup(db: Connection, office: Office) -> Check:
    """How old the newest backup is, and whether copies of the keys are kept for too long.

    A demo needs none. Elsewhere there must be one younger than the office says, counted from its first order.
    """
    now, made = machine_now(db), copies.made(db)
    patience = timedelta(days=backups.patience(office.settings.home))
    if old := copies.too_old(db, now):
        params = {"count": len(old), "place": str(old[0])}
        return Check("backup", ok=False, detail=Reason("health.key_copies_old", params))
    where = copies.next_places(db, now.astimezone(ZoneInfo(office.calendar.zone)))
    if not made:
        since = db.execute(FIRST).scalar_one_or_none()
        late = since is not None and now - since > patience and not office.founded.demo
        detail = Reason("health.backup_never", where)
        return Check("backup", ok=not late, detail=detail, note=not late and not office.founded.demo)
    age = now - made[-1][0]
    params = {"days": age // DAY, "at": shown(made[-1][0], office), **where}
    late, stale = age > patience, age > DAY
    code = "health.backup_old" if stale else "health.backup"
    return Check("backup", ok=not late, detail=Reason(code, params), note=stale and not late)


def _procedure(office: Office) -> Iterator[Check]:
    """Whether the procedure.toml in the home is one that was adopted: else nobody works by it, whatever it says."""
    if (home := procedure_file.standing(office)) is not None:
        differs = home == procedure_file.DIFFERS
        code = "health.procedure_differs" if differs else "health.procedure"
        yield Check("procedure", ok=True, detail=Reason(code), note=differs)
