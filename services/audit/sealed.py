"""What the doctor asks of sealed files, of scans and of answers: each is there with its hash, and none is nobody's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from models import case as cases
from models.disc import disc
from models.search import find
from services.audit.chains import one_moment
from services.ending import erasing
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.returns import examine as scans
from services.returns import store
from workflows.disclosure.values import Part, Treatment
from workflows.engine.codec import read
from workflows.engine.values import Reason

Told = tuple[str | None, str, Reason]

_HELD = (
    select(find.c.number, find.c.path, find.c.sealed_sha256, find.c.treatment, cases.case.c.number.label("case_number"))
    .join(cases.case, cases.case.c.id == find.c.case_id)
    .where(find.c.destroyed_at.is_(None), cases.case.c.erased_at.is_(None))
    .order_by(find.c.id)
)


def lying(folder: Path) -> frozenset[str]:
    """Return which files there are; asked before the rows, because a row comes with its file or not at all."""
    return frozenset(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def of_scans(unit: UnitOfWork, *, files: bool) -> Iterator[Told]:
    """Yield everything that is not as it must be with scanned pages. *files* says whether every file is read."""
    with one_moment(unit) as db:
        office = unit.office(db)
    there = scans.lying(office.settings)  # before the rows are read: a row is written before its file
    with one_moment(unit) as db:
        pages, waiting = scans.rows(db)
    yield from scans.examine(there, pages, waiting, office, files=files)


def of_the_erased(unit: UnitOfWork) -> Iterator[Told]:
    """Yield the cases that say they are erased and whose keys are still there."""
    with one_moment(unit) as db:
        found = list(erasing.left_undone(db, unit.office(db)))
    yield from ((str(reason.params["case"]), "erased_in_part", reason) for reason in found)


def of_finds(unit: UnitOfWork, *, files: bool) -> Iterator[Told]:
    """Yield everything that is not as it must be with files that came with answers, and with discs."""
    with one_moment(unit) as db:
        office = unit.office(db)
    there = lying(office.settings.finds)
    with one_moment(unit) as db:
        found = [*examine(there, db, office, files=files), *(_discs(db, office) if files else ())]
    yield from found


def examine(there: frozenset[str], db: Connection, office: Office, *, files: bool) -> Iterator[Told]:
    """Yield everything that is not as it must be. *files* says whether every file is read."""
    rows = list(db.execute(_HELD))
    folder = office.settings.finds
    copies = {row.number: _copies(row) for row in rows}
    for row in rows if files else ():
        yield from _file(row.number, row.case_number, row.path, row.sealed_sha256, folder)
        for part in copies[row.number]:
            yield from _file(part.number, row.case_number, part.path, part.sealed_sha256, folder)
    known = {row.path for row in rows} | {part.path for parts in copies.values() for part in parts}
    for file in sorted(there - known):
        if (folder / file).exists() and not Path(file).name.startswith("."):
            yield None, "stray_find", Reason("doctor.stray_scan", {"store": folder.name, "file": Path(file).name})


def _discs(db: Connection, office: Office) -> Iterator[Told]:
    """Yield the discs whose file is gone or is not the one that was made."""
    made = select(disc, cases.case.c.number.label("case_number")).join(cases.case, cases.case.c.id == disc.c.case_id)
    for row in db.execute(made.where(disc.c.path.is_not(None), cases.case.c.erased_at.is_(None)).order_by(disc.c.id)):
        lies = _file(row.letter, row.case_number, row.path, row.sha256, office.settings.discs)
        yield from ((case, what.replace("find_", "disc_"), reason) for case, what, reason in lies)


def _copies(row: Any) -> tuple[Part, ...]:
    """Return what was made of a file to go out."""
    return () if row.treatment is None else read(Treatment, row.treatment).parts


def _file(number: str, case: str, path: str, sealed_sha256: str, folder: Path) -> Iterator[Told]:
    params = {"page": number, "store": folder.name}
    try:
        sha256 = store.sealed_hash(folder / path)
    except OSError as error:
        yield case, "find_missing", Reason("doctor.scan_missing", {**params, "fault": type(error).__name__})
        return
    if sha256 != sealed_sha256:
        yield case, "find_differs", Reason("doctor.scan_differs", params)
