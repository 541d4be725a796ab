"""What people must be told: notices of the clock and the system, and things set aside because they would not go."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Table, Text, insert, text

from models.base import Json, Moment, metadata

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
    Index("ix_notice_unread", "at", sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL")),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    # order | effect | timer | message
    Column("kind", Text, nullable=False),
    Column("case_number", Text),
    Column("subject", Text, nullable=False),
    # The class of the error and the place, never its text: that may carry personal data.
    Column("fault", Text, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", Text),
)


def record(db: Connection, *, at: datetime, kind: str, case_number: str | None, subject: str, fault: str) -> None:
    """Write down that something was set aside, and tell the lead."""
    db.execute(
        insert(incident), {"at": at, "kind": kind, "case_number": case_number, "subject": subject, "fault": fault}
    )
    params: dict[str, Any] = {"case": case_number or "-", "subject": subject, "fault": fault}
    db.execute(
        insert(notice),
        {"case_number": case_number, "role": "lead", "code": f"notice.{kind}_set_aside", "params": params, "at": at},
    )


def fault_of(error: BaseException) -> str:
    """Return what may be written down of an error: its class and the line it came from."""
    trace = error.__traceback__
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "site-packages" not in code.co_filename:
            place = f" at {code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
