"""Erasing a case: what it held of people is made unreadable for good, here and in every backup; its history stays.

First the database forgets: sealed values, what people were found by, what waits sealed in the outbox. Then the keys are
destroyed and the files go: of the case, of its pages, of the searches asked for it, of what was printed of it. The
merged PDF of a batch goes with the first of its cases; the single letters of the others stay beside it. A process that
dies in between leaves a case that says it is erased; erasing it again does the rest, and the doctor names it until
then. Backups hold values sealed under keys that are no more.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, null, select, union_all, update

from models import case as cases
from models import disc as discs
from models import ending, inquiry, person, scan, search, staff, word
from models.command import command
from models.effect import effect
from models.evidence import evidence
from models.incident import notice
from models.keys import KeyMissing, KeystoreBusy
from models.letter import letter
from models.timer import OF_PAPERS, timer
from services.ending import copies
from services.engine import once, todos
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.letters import prints
from workflows.engine.values import Reason, Role

IN_HOUSE = ("ordered", "made", "printed")
# Its searches, and of a search the case it was asked for.
_search = search.search.c
_RELATED = union_all(
    select(_search.parent_id.label("of"), _search.case_id).where(
        _search.parent_id.in_(bindparam("ids", expanding=True))
    ),
    select(_search.case_id, _search.parent_id).where(_search.case_id.in_(bindparam("ids", expanding=True))),
)
_WAITING = (
    select(letter.c.case_id, letter.c.number)
    .where(letter.c.case_id.in_(bindparam("ids", expanding=True)), letter.c.state.in_(IN_HOUSE))
    .order_by(letter.c.number)
)
_PAPERS = select(timer.c.case_id).where(OF_PAPERS, timer.c.case_id.in_(bindparam("ids", expanding=True)))
_ORDERS = (
    select(command.c.id, command.c.case_number)
    .where(command.c.case_number.in_(bindparam("numbers", expanding=True)), command.c.outcome.is_(None))
    .order_by(command.c.id)
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: the cases (the request and its searches), and how many files are gone.

    ``copies`` are those of the keys, made by backups, that could not be written and open it still.
    """

    cases: tuple[str, ...]
    files: int
    copies: tuple[str, ...] = ()


def hindrances(db: Connection, row: Row[Any]) -> list[Reason]:
    """Return why a case cannot be erased yet."""
    return of_all(db, [row])[row.id]


def of_all(db: Connection, rows: Sequence[Row[Any]]) -> dict[int, list[Reason]]:
    """Return why each of these cases cannot be erased yet, by its id: a few statements for all of them."""
    ids, found = {"ids": [row.id for row in rows]}, {row.id: _Hindering() for row in rows}
    for waiting in db.execute(_WAITING, ids):
        found[waiting.case_id].letters.append(waiting.number)
    for lying in db.execute(_PAPERS, ids):
        found[lying.case_id].papers = True
    of = {row.number: row.id for row in rows}
    for one in search.of_parents(db, ids["ids"]):
        of[one.search_number] = one.case_id
        if one.search_open:
            found[one.case_id].asked.append(one.search_number)
    for order in db.execute(_ORDERS, {"numbers": list(of)}):
        found[of[order.case_number]].orders.append(order.id)
    whose = {row.id: [row.id] for row in rows}
    for other in db.execute(_RELATED, ids):
        whose[other.of].append(other.case_id)
    held = {one.case_id: one for one in ending.held(db, list({each for some in whose.values() for each in some}))}
    for case_id, related in whose.items():
        found[case_id].held = [held[each] for each in related if each in held]
    return {row.id: list(_hindrances(row, found[row.id])) for row in rows}


@dataclass(slots=True)
class _Hindering:
    """What of a case waits: letters, papers, searches, orders, and the holds on it and on what belongs to it."""

    papers: bool = False
    letters: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    held: list[Row[Any]] = field(default_factory=list)


def _hindrances(row: Row[Any], found: _Hindering) -> Iterator[Reason]:
    if row.open:
        yield Reason("erasing.open", {"case": row.number, "state": f"state.{row.state}"})
    if found.letters:
        yield Reason("erasing.letters", {"letters": found.letters})
    if found.papers:  # once its key is gone, nobody can sign for them
        yield Reason("erasing.papers", {"case": row.number})
    if found.asked:
        yield Reason("erasing.searches", {"searches": found.asked})
    if found.orders:
        yield Reason("erasing.orders", {"case": row.number, "orders": [str(order) for order in found.orders]})
    for one in found.held:
        yield Reason("erasing.held", {"case": row.number, "until": one.until.isoformat(), "by": one.held_by})


def ask(unit: UnitOfWork, number: str, by: str, why: str) -> list[Reason]:
    """Write that a case is to be erased by whoever may write everywhere: the workers; return what hinders it."""
    with unit.begin() as db:
        office = unit.office(db)
        (row,) = cases.lock(db, [number]).values()
        if row.erased_at is None and (missing := hindrances(db, row)):
            return missing
        ending.ask(db, row.id, by, why, office.now)
    return []


def erase(unit: UnitOfWork, number: str, by: str, why: str, *, anyway: bool = False) -> Erased | list[Reason]:
    """Erase a case with its searches, or say what hinders it. Doing it again does what was left undone.

    *anyway*: its key is destroyed already, so nothing is hindered any more (after a restore); where something would
    be, the leads are told once.

    Raises KeystoreBusy where an old copy of a key may still lie in the keystore's log: then it must be called again.
    """
    with unit.begin() as db:
        office = unit.office(db)
        (row,) = cases.lock(db, [number]).values()
        missing = hindrances(db, row) if row.erased_at is None else []
        if missing and not anyway:
            return missing
        if missing:
            told = {"case_id": row.id, "case_number": number, "role": str(Role.LEAD), "code": "notice.erased_again"}
            db.execute(insert(notice), {**told, "params": {"case": number}, "at": office.now})
        rows = [row, *_searches(db, row)]
        for one in rows:
            if one.erased_at is None:
                _forget(db, one, office)
        printed = prints.of_cases(db, [one.id for one in rows], office.settings)
        if row.erased_at is None:
            searches = [one.number for one in rows[1:]]
            details = {"case": number, "searches": searches, "batches": list(printed.batches), "why": why}
            staff.log(db, office.now, "case_erased", by, details)
        ending.ask(db, row.id, by, why, office.now)
        pages = _pages(db, rows)
        files = _files(db, rows, office)
        inquiries = list(
            db.execute(select(inquiry.inquiry.c.number).where(inquiry.inquiry.c.case_number == number)).scalars()
        )
    _destroy([*inquiries, *pages, *(one.number for one in rows)], office)
    gone = prints.destroy(printed) + sum(_unlinked(file) for file in files)
    with unit.begin() as db:
        ending.done(db, row.id, unit.office(db).now)
        folders = [folder for _, folder in copies.in_reach(db)]
    left = copies.keep_up(folders, office.keys)
    return Erased(tuple(one.number for one in rows), gone, tuple(str(folder) for folder in left))


def erase_inquiry(unit: UnitOfWork, number: str, by: str, why: str) -> None:
    """Erase an inquiry that needed no case: its key first, so that one left half done is found and done again.

    Raises KeystoreBusy as `erase` does.
    """
    with unit.look() as db:
        office = unit.office(db)
    _destroy([number], office)
    with unit.begin() as db:
        row = inquiry.lock(db, number)
        if row is not None and row.sealed is not None:
            db.execute(update(inquiry.inquiry).where(inquiry.inquiry.c.id == row.id).values(sealed=None))
            word.erase(db, word.inquiry_word, row.id)
            staff.log(db, unit.office(db).now, "inquiry_erased", by, {"inquiry": number, "why": why})


def left_undone(db: Connection, office: Office) -> Iterator[Reason]:
    """Yield the cases that say they are erased and whose keys are still there."""
    for row in db.execute(select(cases.case.c.number).where(cases.case.c.erased_at.is_not(None))):
        with suppress(KeyMissing):
            office.keys.get(row.number)
            yield Reason("doctor.erased_in_part", {"case": row.number})


def _searches(db: Connection, row: Row[Any]) -> list[Row[Any]]:
    numbers = [one.search_number for one in search.of_parents(db, [row.id])]
    return list(cases.lock(db, numbers).values()) if numbers else []


def _forget(db: Connection, row: Row[Any], office: Office) -> None:
    """Take out of the database whatever tells of a person or finds one."""
    people = dict.fromkeys((*person.LOOKED_UP, "sealed"), null())
    db.execute(update(person.person).where(person.person.c.case_id == row.id).values(people))
    word.erase(db, word.person_word, row.id)
    db.execute(update(evidence).where(evidence.c.case_id == row.id).values(number_hash=None))
    db.execute(update(effect).where(effect.c.case_id == row.id).values(sealed=None))
    gone = {"name": None, "destroyed_at": office.now, "treatment": None}
    db.execute(update(search.find).where(search.find.c.case_id == row.id).values(**gone))
    db.execute(update(discs.disc).where(discs.disc.c.case_id == row.id).values(passphrase=None))
    for promoted in db.execute(select(inquiry.inquiry.c.id).where(inquiry.inquiry.c.case_number == row.number)):
        db.execute(update(inquiry.inquiry).where(inquiry.inquiry.c.id == promoted.id).values(sealed=None))
        word.erase(db, word.inquiry_word, promoted.id)
    # Nobody can do anything in it any more: what still ran would chase people for ever.
    db.execute(delete(timer).where(timer.c.case_id == row.id))
    still = {"due_at": None, "next": None, **todos.AT_REST}
    changed = {"matter": None, "erased_at": office.now, "scanned_at": None, **still}
    cases.write(db, [{"key_id": row.id, "key_seq": row.seq, **changed}])


def _pages(db: Connection, rows: Sequence[Row[Any]]) -> list[str]:
    """Return the pages that have keys of their own."""
    ids = [row.id for row in rows]
    table = scan.scan_page
    return list(
        db.execute(select(table.c.number).where(table.c.case_id.in_(ids), table.c.sort == "document")).scalars()
    )


def _files(db: Connection, rows: Sequence[Row[Any]], office: Office) -> list[Path]:
    """Return every file of these cases: letters in the spool, pages, finds of departments, what was filled in."""
    ids, settings = [row.id for row in rows], office.settings
    found: list[Path] = []
    for table, folder in (
        (letter, settings.spool), (discs.disc, settings.discs), (scan.scan_page, settings.evidence),
        (search.find, settings.finds),
    ):  # fmt: skip
        paths = select(table.c.path).where(table.c.case_id.in_(ids), table.c.path.is_not(None))
        found += [folder / path for path in db.execute(paths).scalars()]
    for row in rows:  # a person has filled in what was laid ready
        found += settings.returns.glob(f"{row.number}.*yaml")
    found += [*_copies(db, ids, settings.finds), *_handed_out(db, rows)]
    return [file for one in found for file in (*once.drafts_of(one), one)]


def _copies(db: Connection, ids: Sequence[int], folder: Path) -> list[Path]:
    """Return what was made of files of departments to go out: it lies beside them, named after them."""
    originals = db.execute(select(search.find.c.path).where(search.find.c.case_id.in_(ids))).scalars()
    return [copy for path in originals for copy in sorted((folder / path).parent.glob(f"{Path(path).stem}.*.sealed"))]


def _handed_out(db: Connection, rows: Sequence[Row[Any]]) -> Iterator[Path]:
    """Yield the files of discs that were handed out, wherever they were put, as far as they still lie there."""
    numbers = {row.number for row in rows}
    told = select(staff.office_event.c.details).where(staff.office_event.c.what == "disc_written")
    for (details,) in db.execute(told):
        if details["case"] in numbers:
            yield from (Path(details["folder"]) / name for name in details["files"])


def _destroy(numbers: Sequence[str], office: Office) -> None:
    busy: KeystoreBusy | None = None
    for number in numbers:
        try:
            office.keys.destroy(number)
        except KeyMissing:
            continue
        except KeystoreBusy as still:
            busy = still
    if busy is not None:
        raise busy


def _unlinked(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True
