"""Scanned pages: those matched to a case, in the evidence store, and those in the tray that nobody has matched yet.

Pictures are never here, but a thumbnail of a page in the tray, sealed. A row is written before its file, so that no
file is ever without a row; ``arriving`` says that the file may not be there yet.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from models.base import Moment, metadata, upserting_insert
from models.case import count_on
from models.partial import fixed, partial

scan_page = Table(
    "scan_page",
    metadata,
    Column("id", Integer, primary_key=True),
    # P26-000001: the page's number; its picture is sealed to it.
    Column("number", Text, nullable=False, unique=True),
    Column("case_id", ForeignKey("case.id"), nullable=False),
    # form | letter | document
    Column("sort", Text, nullable=False),
    Column("round", Integer),
    # Of a form: which code it bore, which page it is of how many.
    Column("code_id", ForeignKey("form_code.id")),
    Column("form", Text),
    Column("letter", Text),
    Column("page", Integer),
    Column("pages", Integer),
    # Of a paper: whose, which, and what was done with what must be blocked out (burnt | masked | not_shown).
    Column("holder", Text),
    Column("type", Text),
    Column("masking", Text),
    Column("arrived_at", Moment, nullable=False),
    Column("scanned_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    # Keyed hash of the file it came in, and the page there; null where it came out of the tray.
    Column("file_hash", Text),
    Column("file_page", Integer),
    Column("tray", Text, unique=True),
    # Of a form: an arrival of its case was registered since it lay there.
    Column("registered", Boolean, nullable=False, server_default=false()),
    # arriving | kept | destroyed
    Column("state", Text, nullable=False),
    # Of the plain picture, and of the sealed file; path is relative to the evidence store.
    Column("sha256", Text),
    Column("sealed_sha256", Text),
    Column("path", Text),
    # Copies of papers only: when nobody needed it any more, and when its key and its file were gone.
    Column("destroyed_at", Moment),
    Column("cleared_at", Moment),
    UniqueConstraint("file_hash", "file_page"),
    Index("ix_scan_page_case_id", "case_id"),
    Index("ix_scan_page_code_id", "code_id"),
    CheckConstraint(
        "state <> 'kept' OR (sha256 IS NOT NULL AND sealed_sha256 IS NOT NULL AND path IS NOT NULL)",
        name="kept_has_a_file",
    ),
)

COPIES: ColumnElement[bool] = and_(scan_page.c.sort == fixed("document"), scan_page.c.state == fixed("kept"))
"""Copies of papers that are held."""
ENDED: ColumnElement[bool] = and_(scan_page.c.state == fixed("destroyed"), scan_page.c.cleared_at.is_(None))
"""Pages that have ended and may still lie there."""
UNREGISTERED: ColumnElement[bool] = and_(
    scan_page.c.sort == fixed("form"), scan_page.c.state == fixed("kept"), ~scan_page.c.registered
)
ARRIVING: ColumnElement[bool] = scan_page.c.state == fixed("arriving")
partial("ix_scan_page_copies", scan_page.c.case_id, where=COPIES)
partial("ix_scan_page_ended", scan_page.c.id, where=ENDED)
partial("ix_scan_page_unregistered", scan_page.c.case_id, scan_page.c.scanned_at, where=UNREGISTERED)
partial("ix_scan_page_arriving", scan_page.c.id, where=ARRIVING)

tray = Table(
    "tray",
    metadata,
    Column("id", Integer, primary_key=True),
    # T26-0001; also the name of its own key in the keystore.
    Column("number", Text, nullable=False, unique=True),
    # arriving | waiting | assigned | destroyed
    Column("state", Text, nullable=False),
    # Why nobody could match it: no_code | foreign | several | case_differs | erased
    Column("why", Text, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("scanned_at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("file_page", Integer, nullable=False),
    Column("thumbnail", LargeBinary),
    Column("sha256", Text),
    Column("sealed_sha256", Text),
    Column("path", Text),
    # When somebody was told that it waits.
    Column("told_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", Text),
    Column("reason", Text),
    # When its key and its file were gone.
    Column("cleared_at", Moment),
    UniqueConstraint("file_hash", "file_page"),
    CheckConstraint(
        "state <> 'waiting' OR (sha256 IS NOT NULL AND sealed_sha256 IS NOT NULL AND path IS NOT NULL"
        " AND thumbnail IS NOT NULL)",
        name="waiting_has_a_file",
    ),
    CheckConstraint("state NOT IN ('assigned', 'destroyed') OR thumbnail IS NULL", name="ended_shows_nothing"),
)

IN_TRAY: ColumnElement[bool] = tray.c.cleared_at.is_(None)
partial("ix_tray_open", tray.c.id, where=IN_TRAY)

tray_case = Table(
    "tray_case",
    metadata,
    # A page in the tray, and a case whose code or number it bears all the same.
    Column("tray", Text, primary_key=True),
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Index("ix_tray_case_case_id", "case_id"),
)

_PAGES_OF_FILE = select(scan_page).where(
    scan_page.c.file_hash == bindparam("hash"), scan_page.c.file_page.in_(bindparam("pages", expanding=True))
)
_TRAY_OF_FILE = select(tray).where(
    tray.c.file_hash == bindparam("hash"), tray.c.file_page.in_(bindparam("pages", expanding=True))
)
_FORMS_OF_CODES = (
    select(scan_page)
    .where(scan_page.c.code_id.in_(bindparam("ids", expanding=True)), scan_page.c.state == "kept")
    .order_by(scan_page.c.id)
)
_KEPT_OF_CASE = (
    select(scan_page)
    .where(scan_page.c.case_id == bindparam("case_id"), scan_page.c.state == "kept")
    .order_by(scan_page.c.id)
)
_KEEP = (
    update(scan_page)
    .where(scan_page.c.number == bindparam("key_number"), scan_page.c.state == "arriving")
    .values(
        state="kept",
        sha256=bindparam("new_sha256"),
        sealed_sha256=bindparam("new_sealed"),
        path=bindparam("new_path"),
    )
)
_REGISTERED = (
    update(scan_page)
    .where(scan_page.c.case_id.in_(bindparam("ids", expanding=True)), scan_page.c.sort == "form")
    .where(scan_page.c.state == "kept", ~scan_page.c.registered)
    .values(registered=True)
)
_LYING_SINCE = (
    select(scan_page.c.case_id, func.min(scan_page.c.scanned_at, type_=Moment).label("scanned_at"))
    .where(UNREGISTERED, scan_page.c.case_id.in_(bindparam("ids", expanding=True)))
    .group_by(scan_page.c.case_id)
)
_AGAIN = (
    update(scan_page)
    .where(scan_page.c.case_id == bindparam("key_case_id"), scan_page.c.sort == "form")
    .where(scan_page.c.state == "kept", scan_page.c.registered, scan_page.c.round == bindparam("of_round"))
    .values(registered=False)
)
_LYING_WITHOUT = select(func.min(scan_page.c.scanned_at, type_=Moment)).where(
    scan_page.c.case_id == bindparam("of_case"),
    scan_page.c.sort == "form",
    scan_page.c.state == "kept",
    ~scan_page.c.registered | (scan_page.c.round == bindparam("of_round")),
)
_WAIT = (
    update(tray)
    .where(tray.c.number == bindparam("key_number"), tray.c.state == "arriving")
    .values(
        state="waiting",
        sha256=bindparam("new_sha256"),
        sealed_sha256=bindparam("new_sealed"),
        path=bindparam("new_path"),
        thumbnail=bindparam("new_thumbnail"),
    )
)
_ONE_OF_TRAY = select(tray).where(tray.c.number == bindparam("number"))


def unregistered_since(db: Connection, ids: Collection[int]) -> dict[int, datetime]:
    """Return since when pages of each of these cases lie scanned and unregistered, by the case's id."""
    return {row.case_id: row.scanned_at for row in db.execute(_LYING_SINCE, {"ids": list(ids)})}


def lying_without(db: Connection, case_id: int, round_: int) -> datetime | None:
    """Return since when pages of a case would lie unregistered, were the arrival of this round not registered."""
    since: datetime | None = db.execute(_LYING_WITHOUT, {"of_case": case_id, "of_round": round_}).scalar_one()
    return since


def next_numbers(db: Connection, year: int, *, kept: int = 0, in_tray: int = 0) -> tuple[list[str], list[str]]:
    """Take numbers of kept pages (``P26-000001``) and of the tray (``T26-0001``). Gaps are harmless, doubles are not.

    All that a transaction needs are taken at once, so that two scans take the counters in the same order.
    """
    last = count_on(db, f"scan/{year}", kept) if kept else 0
    pages = [f"P{year % 100:02d}-{serial:06d}" for serial in range(last - kept + 1, last + 1)]
    last = count_on(db, f"tray/{year}", in_tray) if in_tray else 0
    return pages, [f"T{year % 100:02d}-{serial:04d}" for serial in range(last - in_tray + 1, last + 1)]


def of_file(db: Connection, file_hash: str, pages: Collection[int]) -> dict[int, Row[Any]]:
    """Return the rows, of either table, of those of these pages of a file that were scanned before, by page."""
    given = {"hash": file_hash, "pages": list(pages)}
    return {row.file_page: row for statement in (_PAGES_OF_FILE, _TRAY_OF_FILE) for row in db.execute(statement, given)}


def is_tray(row: Row[Any]) -> bool:
    """Whether a row is of a page in the tray."""
    return "why" in row._fields


def arrive(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of pages whose files are about to be written; a page somebody else has just registered stays his."""
    for row in rows:
        db.execute(
            upserting_insert(db, table)
            .values({**row, "state": "arriving"})
            .on_conflict_do_nothing(index_elements=["file_hash", "file_page"])
        )


def name_cases(db: Connection, tray_number: str, case_ids: Collection[int]) -> None:
    """Write that a page in the tray bears the codes or numbers of these cases."""
    if case_ids:
        db.execute(insert(tray_case), [{"tray": tray_number, "case_id": case_id} for case_id in case_ids])


def keep(db: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write that these pages lie in the evidence store; return how many were still waited for."""
    return sum(db.execute(_KEEP, row).rowcount for row in rows)


def registered(db: Connection, ids: Collection[int]) -> None:
    """Write that an arrival of these cases was registered: the forms that lie there wait for nobody any more."""
    if ids:
        db.execute(_REGISTERED, {"ids": list(ids)})


def unregistered(db: Connection, case_id: int, round_: int) -> None:
    """Write that the arrival of this round was not registered after all: its forms wait for somebody again."""
    db.execute(_AGAIN, {"key_case_id": case_id, "of_round": round_})


def put_into_the_tray(db: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write that these pages lie in the tray."""
    for row in rows:
        db.execute(_WAIT, row)


def forget(db: Connection, pages: Collection[str], in_tray: Collection[str]) -> set[str]:
    """Take away the rows of pages that arrive and are not to come after all; return the numbers that are gone.

    What somebody else, scanning the same file, has brought to its end meanwhile stays.
    """
    gone: set[str] = set()
    for table, numbers in ((scan_page, pages), (tray, in_tray)):
        if numbers:
            ending = delete(table).where(table.c.number.in_(numbers), table.c.state == "arriving")
            gone |= set(db.execute(ending.returning(table.c.number)).scalars())
    if in_tray:
        db.execute(delete(tray_case).where(tray_case.c.tray.in_(in_tray)))
    return gone


def forms_of_codes(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return every kept page of a form that bore one of these codes, in the order they were scanned."""
    return list(db.execute(_FORMS_OF_CODES, {"ids": list(ids)}))


def kept_of_case(db: Connection, case_id: int) -> list[Row[Any]]:
    """Return the pages held of a case, in the order they came."""
    return list(db.execute(_KEPT_OF_CASE, {"case_id": case_id}))


def in_tray(db: Connection, number: str, *, lock: bool = False) -> Row[Any] | None:
    """Return one page of the tray."""
    statement = _ONE_OF_TRAY.with_for_update() if lock else _ONE_OF_TRAY
    return db.execute(statement, {"number": number}).one_or_none()
