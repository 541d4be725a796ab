"""What the doctor asks of scanned pages: that each has its file with its hash, and that no file is nobody's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from models import case as cases
from models import scan as scans
from models.keys import KeyMissing
from services.engine.office import Office
from services.letters.post import overdue_before
from services.returns import store
from settings import Settings
from workflows.engine.values import Reason

Told = tuple[str | None, str, Reason]

PAGES, TRAY = scans.scan_page, scans.tray
BROKEN_OFF = timedelta(minutes=5)
"""A page that still arrives after so long was left by a scan that broke off."""

_PAGES = select(
    PAGES.c.number, PAGES.c.state, PAGES.c.path, PAGES.c.sealed_sha256, PAGES.c.scanned_at, PAGES.c.tray, PAGES.c.sort,
    cases.case.c.number.label("case_number"), cases.case.c.erased_at,
).join(cases.case, cases.case.c.id == PAGES.c.case_id)  # fmt: skip
_HELD = _PAGES.where(PAGES.c.cleared_at.is_(None)).order_by(PAGES.c.id)
_TRAY = select(TRAY).where(TRAY.c.cleared_at.is_(None)).order_by(TRAY.c.id)


@dataclass(frozen=True, slots=True)
class Lying:
    """The files that lay in the two stores before their rows were read: a row always comes before its file."""

    evidence: frozenset[str]
    tray: frozenset[str]


def lying(settings: Settings) -> Lying:
    """Look which files there are."""
    return Lying(_names(settings.evidence), _names(settings.tray))


def _names(store_: Path) -> frozenset[str]:
    return frozenset(str(file.relative_to(store_)) for file in store_.rglob("*") if file.is_file())


def rows(db: Connection) -> tuple[list[Row[Any]], list[Row[Any]]]:
    """Return what is to be held against the files: every kept page, and what is in the tray."""
    return list(db.execute(_HELD)), list(db.execute(_TRAY))


def examine(
    there: Lying, pages: list[Row[Any]], waiting: list[Row[Any]], office: Office, *, files: bool
) -> Iterator[Told]:
    """Yield everything that is not as it must be. *files* says whether every file is read."""
    for row in pages:
        yield from _page(row, office, files=files)
    for row in waiting:
        yield from _in_tray(row, office, files=files)
    yield from _strays(office.settings.evidence, there.evidence, pages)
    yield from _strays(office.settings.tray, there.tray, waiting)


def _page(row: Row[Any], office: Office, *, files: bool) -> Iterator[Told]:
    params = {"page": row.number}
    if row.state == "arriving":
        if office.now - row.scanned_at > BROKEN_OFF:
            if row.tray is None:
                yield row.case_number, "scan_broken_off", Reason("doctor.scan_broken_off", params)
            else:
                given = {**params, "tray": row.tray}
                yield row.case_number, "assignment_broken_off", Reason("doctor.assignment_broken_off", given)
        return
    if row.state == "destroyed":
        yield row.case_number, "copy_not_cleared", Reason("doctor.copy_not_cleared", params)
        return
    if row.erased_at is not None:
        return
    try:
        store.key_of(row, row.case_number, office.keys)
    except KeyMissing:
        yield row.case_number, "page_key_missing", Reason("doctor.page_key_missing", params)
    if files:
        yield from _file(row.case_number, row, office.settings.evidence)


def _in_tray(row: Row[Any], office: Office, *, files: bool) -> Iterator[Told]:
    params = {"page": row.number, "tray": row.number}
    if row.state == "arriving":
        if office.now - row.scanned_at > BROKEN_OFF:
            yield None, "scan_broken_off", Reason("doctor.scan_broken_off", params)
        return
    if row.state != "waiting":
        yield None, "tray_not_cleared", Reason("doctor.tray_not_cleared", params)
        return
    if row.scanned_at < overdue_before(office):
        day = office.calendar.today(row.scanned_at).isoformat()
        yield None, "tray_waits", Reason("doctor.tray_waits", {**params, "since": day})
    try:
        office.keys.get(row.number)
    except KeyMissing:
        yield None, "tray_key_missing", Reason("doctor.tray_key_missing", params)
    if files:
        yield from _file(None, row, office.settings.tray)


def _file(case: str | None, row: Row[Any], folder: Path) -> Iterator[Told]:
    params = {"page": row.number, "store": folder.name}
    try:
        sha256 = store.sealed_hash(folder / row.path)
    except OSError as error:
        yield case, "scan_missing", Reason("doctor.scan_missing", {**params, "fault": type(error).__name__})
        return
    if sha256 != row.sealed_sha256:
        yield case, "scan_differs", Reason("doctor.scan_differs", params)


def _strays(folder: Path, there: frozenset[str], known: list[Row[Any]]) -> Iterator[Told]:
    """Yield the files that belong to no page; the draft of a page that still arrives is nobody's fault yet."""
    paths = {store.path_of(row.number) for row in known}
    arriving = {row.number for row in known if row.state == "arriving"}
    for file in sorted(there - paths):
        of_page = Path(file).name.lstrip(".").partition(".")[0]
        if of_page not in arriving and (folder / file).exists():  # it may have left the tray since
            yield None, "stray_scan", Reason("doctor.stray_scan", {"store": folder.name, "file": Path(file).name})
