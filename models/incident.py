"""What people must be told: notices of the clock and the system, and things set aside because they would not go."""

import errno
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    insert,
    update,
)

from models.base import Json, Moment, metadata
from models.partial import among, partial

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer),
    Column("case_number", Text),
    Column("seq", Integer),
    Column("role", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("params", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("read_by", Text),
    # When it went into the mail of those it was told, of what is mailed at once.
    Column("mailed_at", Moment),
    Index("ix_notice_at", "at", "id"),
    # All of one line: the notices about one case, or of one kind about no case, read together.
    Index("ix_notice_line", "case_number", "code", "read_at"),
)

UNREAD: ColumnElement[bool] = notice.c.read_at.is_(None)
partial("ix_notice_unread", notice.c.at, notice.c.id, where=UNREAD)
partial("ix_notice_unread_line", notice.c.role, notice.c.code, notice.c.case_number, notice.c.at, where=UNREAD)

UNMAILED: ColumnElement[bool] = and_(notice.c.mailed_at.is_(None), among(notice.c.role, ("lead", "holder")))
"""Of what goes out at once: what is told to leads, and to departments."""
partial("ix_notice_unmailed", notice.c.at, notice.c.id, where=UNMAILED)

incident = Table(
    "incident",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    # order | effect | timer | upgrade | recount | message | letter (a file in the spool that is not the one made)
    Column("kind", Text, nullable=False),
    Column("case_number", Text),
    Column("subject", Text, nullable=False),
    # The class of the error and the place, never its text: that may carry personal data.
    Column("fault", Text, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", Text),
)

STILL_OPEN: ColumnElement[bool] = incident.c.closed_at.is_(None)
partial("ix_incident_open", incident.c.id, where=STILL_OPEN)

_CLOSING = update(incident).values(closed_at=bindparam("now"), closed_by=bindparam("by"))
_OPEN = _CLOSING.where(STILL_OPEN)
_CLOSE_ONE = _OPEN.where(incident.c.id == bindparam("of_id"))
_CLOSE = _OPEN.where(incident.c.kind == bindparam("of_kind"))
_CLOSE_SUBJECT = _CLOSE.where(incident.c.subject == bindparam("of_subject"))
_CLOSE_CASE = _CLOSE.where(incident.c.case_number == bindparam("of_case"))


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside in a transaction. ``cause``: what had brought it about, as the history has it; or nothing."""

    kind: str
    case: str | None
    subject: str
    fault: str
    cause: str


_RECORDED = "madoguchi_set_aside"


def recorded(db: Connection) -> list[Aside]:
    """Return what was recorded over this connection since this was asked last."""
    found: list[Aside] = db.info.pop(_RECORDED, [])
    return found


def record(
    db: Connection, *, at: datetime, kind: str, case_number: str | None, subject: str, fault: str, cause: str = ""
) -> None:
    """Write down that something was set aside, and tell the lead."""
    db.info.setdefault(_RECORDED, []).append(Aside(kind, case_number, subject, fault, cause))
    db.execute(
        insert(incident), {"at": at, "kind": kind, "case_number": case_number, "subject": subject, "fault": fault}
    )
    params: dict[str, Any] = {"case": case_number or "-", "subject": subject, "fault": fault}
    db.execute(
        insert(notice),
        {"case_number": case_number, "role": "lead", "code": f"notice.{kind}_set_aside", "params": params, "at": at},
    )


def close(db: Connection, kind: str, at: datetime, by: str, *, subject: str | None = None, case: str = "") -> int:
    """Close the open incidents of a kind about a *subject*, or about a whole *case*; return how many."""
    limits = {"of_kind": kind, "now": at, "by": by}
    if subject is not None:
        return db.execute(_CLOSE_SUBJECT, {**limits, "of_subject": subject}).rowcount
    return db.execute(_CLOSE_CASE, {**limits, "of_case": case}).rowcount


def close_one(db: Connection, incident_id: int, at: datetime, by: str) -> bool:
    """Close one incident; False where it is closed."""
    return db.execute(_CLOSE_ONE, {"of_id": incident_id, "now": at, "by": by}).rowcount == 1


def fault_of(error: BaseException) -> str:
    """Return what may be written down of an error: its class, the system's number if any, the line it came from."""
    trace = error.__traceback__
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "site-packages" not in code.co_filename:
            place = f" at {code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    number = getattr(error, "errno", None)
    what = f" {errno.errorcode[number]}" if isinstance(number, int) and number in errno.errorcode else ""
    return f"{type(error).__name__}{what}{place}"
