"""Cases whose own work would not go: they wait or are set aside alone, and nothing of theirs is fired meanwhile.

What was set aside comes back when somebody requeues it (`services.engine.dead_letters`), or when the case has moved
since.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from clock import machine_now
from models import case as cases
from models import incident
from models import retry as retries
from services.engine import trouble
from services.engine.office import Office
from services.engine.trouble import Fault, Kind
from services.engine.versions import outdated
from workflows.engine.values import SYSTEM
from workflows.registry import known

_RETRY = retries.retry
_MOVED_ON = (
    select(_RETRY.c.case_id, cases.case.c.number)
    .join(cases.case, cases.case.c.id == _RETRY.c.case_id)
    .where(_RETRY.c.work == bindparam("work"), _RETRY.c.dead, _RETRY.c.seq != cases.case.c.seq)
)


def judge(db: Connection, item: Any, fault: Fault) -> Fault:
    """Return what kind of trouble it really is: what this code does not understand may be newer code's."""
    return replace(fault, kind=Kind.NEWER) if outdated(db) else fault


def due(db: Connection, work: str, most: int) -> list[int]:
    """Return the ids of cases whose work of that kind may be tried again."""
    return [row.case_id for row in retries.due(db, work, machine_now(db), known(), most)]


def put_back(
    db: Connection, office: Office, case_id: int, fault: Fault, *, work: str, event: int | None = None
) -> None:
    """Let the case wait with a backoff; nothing is written of newer things and of those whose turn did not come."""
    if fault.kind is Kind.TRANSIENT:
        known = retries.of_cases(db, [case_id]).get((case_id, work))
        now = machine_now(db)
        since = known.since if known is not None and not known.dead else now
        _keep(db, case_id, work, fault, event, since=since, not_before=trouble.later(now, since), dead=False)


def set_aside(
    db: Connection,
    office: Office,
    case_id: int,
    fault: Fault,
    *,
    work: str,
    subject: Callable[[Row[Any]], str | None],
    event: int | None = None,
) -> None:
    """Leave the case alone until it is brought back or has moved; one incident, and the lead is told once.

    *subject* says what of the case it is, None where it is nothing any more.
    """
    for row in cases.lock_free(db, [case_id]).values():
        about = subject(row)
        if about is None:
            continue
        now = machine_now(db)
        known = retries.of_cases(db, [case_id]).values()
        _keep(db, case_id, work, fault, event, since=now, not_before=now, dead=True, seq=row.seq)
        if not any(one.dead and one.seq == row.seq for one in known):  # told of already, whatever it was about to do
            incident.record(db, at=office.now, kind=work, case_number=row.number, subject=about, fault=fault.text)


def _keep(db: Connection, case_id: int, work: str, fault: Fault, event: int | None, **more: Any) -> None:
    row = {"case_id": case_id, "work": work, "tries": 0, "seq": 0, "event": event, "fault": fault.text}
    retries.keep(db, {**row, **more})


def settled(db: Connection, office: Office, rows: Iterable[Row[Any]], *works: str) -> None:
    """Forget the troubles of these cases, which go through now, and close their incidents."""
    numbers = {row.id: row.number for row in rows}
    known = [key for key in retries.of_cases(db, numbers) if key[1] in works] if numbers else []
    _forget(db, office, [(case_id, work, numbers[case_id]) for case_id, work in known])


def moved_on(db: Connection, office: Office, work: str) -> None:
    """Forget what was set aside of cases that have moved since: what would not go may be gone, or goes now."""
    rows = list(db.execute(_MOVED_ON, {"work": work}))
    _forget(db, office, [(row.case_id, work, row.number) for row in rows])


def _forget(db: Connection, office: Office, found: Collection[tuple[int, str, str]]) -> None:
    for work in sorted({work for _, work, _ in found}):
        retries.forget(db, [case_id for case_id, of, _ in found if of == work], [work])
    for _, work, number in found:
        incident.close(db, work, office.now, SYSTEM.name, case=number)
