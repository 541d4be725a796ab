"""Returned forms registered: every page of a scan gets a row and a sealed file, once, however often it is scanned.

The order of steps for one file, a few pages at a time, and what a crash after each of them leaves:

1. ONE transaction looks up the codes and writes a row for each page, ``arriving``, under a number of its own: matched
   pages of their case, all others of the tray. A crash here is a rollback.
2. Each picture is sealed in memory and written under its number (`services.engine.once`). A crash here leaves rows
   that still arrive; `doctor` names them, and the paper's file still lies where it was.
3. When the file was read to its end, ONE transaction writes that its pages are there, with their hashes. Whoever scans
   the same file again finds the rows by the file's keyed hash and its page numbers, and goes on where the other one
   stopped; what is complete is known. Of a file refused in the end nothing stays.

No case is moved: `receive-forms` is a person's order. Only the reader (`services.returns.room`) ever opens a file.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from models import case as cases
from models import evidence, staff
from models import scan as scans
from models.keys import KeyMissing
from models.letter import letter
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.office import caller, procedures
from services.request import codes
from services.returns import lying, room, store, tray
from services.returns.pages import Half, Pages, ScannedPage, Tick, Unreadable, in_order, sheet_of
from services.returns.returned import best_code, returned
from services.returns.values import (
    Foreign,
    KnownPage,
    LetterPage,
    Matched,
    Place,
    RefusedFile,
    Returned,
    Scanned,
    Unmatched,
)
from workflows.engine.numbers import print_code
from workflows.engine.values import Actor, Reason, Role
from workflows.request.returns import Count, Known, Sheet, Verdict, Why, count, judge, marks_on
from workflows.request.values import FormName

Reader = Callable[[Path], Iterator[ScannedPage]]

CHUNK = 16
"""How many pages are held in memory at a time: some 10 MB, whatever the size of the pile."""

_LETTERS = select(letter.c.number, letter.c.round, letter.c.case_id, cases.case.c.erased_at).join(cases.case)


class MayNotScan(PermissionError):
    """The person has no role that may register returns; ``reason`` says which ones have."""

    def __init__(self) -> None:
        """Keep the reason."""
        self.reason = Reason("missing_role", {"roles": [f"role.{Role.CLERK}"]})
        super().__init__(self.reason.code)


class TakenBack(Exception):
    """Another scan of the same file was refused in the end and took back rows that this one counted on."""


class NotYetArrived(ValueError):
    """The arrival is said to lie in the future."""


def scan(
    files: Sequence[Path],
    who: Actor,
    unit: UnitOfWork,
    *,
    arrived_at: datetime | None = None,
    keep_blank: bool = False,
    tick: Tick = lambda done, of: None,
    read: Reader = room.read,
) -> Scanned:
    """Register every page of these files and return what was found; see the module for what a crash leaves.

    *arrived_at* (aware; default now) is the legal moment of what was not registered before. Of a blank page nothing is
    kept but that it was there, unless *keep_blank* (then it goes to the tray as any page without a code). *tick* is
    told how many pages are done, of how many that are known of by then.

    Raises:
        MayNotScan: the person is no clerk.
        NotYetArrived: *arrived_at* lies in the future.
    """
    if not who.may_act_as([Role.CLERK]):
        raise MayNotScan
    with unit.begin() as db:
        now = unit.office(db).now
    if arrived_at is not None and arrived_at > now:
        raise NotYetArrived(arrived_at.isoformat())
    tray.clear(unit)
    run = _Run(who, unit, arrived_at or now, Pages(tick, len(files)), keep_blank)
    for path in files:
        run.take(path, read)
        run.pages.close()
    return run.told()


@dataclass(slots=True)
class _File:
    """One file while it is read: ``mine`` are the rows made for it, ``kept`` and ``waiting`` what is written last."""

    path: Path
    hash: str = ""
    judged: dict[int, Verdict] = field(default_factory=dict)
    halves: dict[int, Half] = field(default_factory=dict)
    blank: list[int] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    mine: list[Row[Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)

    def place(self, number: int) -> Place:
        """Return where a page stood."""
        return Place(self.path, sheet_of(number), self.halves.get(number))

    @property
    def written(self) -> dict[str, list[dict[str, Any]]]:
        """What is written last, by where it lies."""
        return {"kept": self.kept, "tray": self.waiting}


@dataclass(slots=True)
class _Run:
    """One call: what was found so far. ``codes`` are the plain codes seen, by their row."""

    who: Actor
    unit: UnitOfWork
    arrived_at: datetime
    pages: Pages
    keep_blank: bool = False
    blank: list[Place] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    places: dict[tuple[int, str], list[Place]] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    unmatched: list[Unmatched] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    letters: list[LetterPage] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    known: list[KnownPage] = field(default_factory=list)

    def take(self, path: Path, read: Reader) -> None:
        """Register the pages of one file; of a file that cannot be read to its end, none."""
        mine: list[Row[Any]] = []
        while True:
            file = _File(path, mine=mine)
            try:
                pages = iter(read(path))
                while chunk := list(islice(pages, CHUNK)):
                    file.hash = file.hash or self._hash(path)
                    self._bring(file, chunk)
                self._finish(file)
            except Unreadable as unreadable:
                self._forget(file)
                self.refused.append(RefusedFile(path, unreadable.code))
            except TakenBack:
                self._sweep_away(file)
                continue  # each time another one ended its scan: it comes to an end when they have
            return

    def _sweep_away(self, file: "_File") -> None:
        """Remove what was written under numbers that another scan of the same file took back."""
        with self.unit.begin() as db:
            office = self.unit.office(db)
            known = {row.number for row in scans.of_file(db, file.hash, file.judged).values()}
        for folder, rows in ((office.settings.evidence, file.kept), (office.settings.tray, file.waiting)):
            for number in {str(row["key_number"]) for row in rows} - known:
                (folder / store.path_of(number)).unlink(missing_ok=True)

    def _hash(self, path: Path) -> str:
        """Return by what this file is known again: a keyed hash, because it holds what a person wrote."""
        with caller.reading(path) as handle, open(handle, "rb", closefd=False) as file:
            plain = hashlib.file_digest(file, "sha256").hexdigest()
        with self.unit.begin() as db:
            return self.unit.office(db).keys.lookup_hash("scan_file", plain)

    def _bring(self, file: "_File", pages: Sequence[ScannedPage]) -> None:
        """Write the rows and then the files of some pages; they arrive until the file was read to its end."""
        self.pages.read(sheet_of(pages[-1].number), pages[-1].sheets)
        file.halves |= {page.number: page.half for page in pages if page.half is not None}
        with self.unit.begin() as db:
            office = self.unit.office(db)
            before = scans.of_file(db, file.hash, [page.number for page in pages])
            # One that went to the tray before is told as what it is: a page known already.
            blank = [p.number for p in pages if p.blank and not self.keep_blank and p.number not in before]
            pages = [page for page in pages if page.number not in blank]
            numbers = [page.number for page in pages]
            judged = _judged(db, pages, office)
            new = {page: judged[page] for page in numbers if page not in before}
            self._reserve(db, office, file.hash, new)
            rows = scans.of_file(db, file.hash, numbers)
        file.blank += blank
        file.judged |= judged
        file.known |= {page for page, row in before.items() if row.state != "arriving"}
        file.mine += [rows[page] for page in new]
        self._write(office, file, pages, rows)

    def _finish(self, file: "_File") -> None:
        """Write that all pages of a file are there, and sort them into the answer."""
        with self.unit.begin() as db:
            theirs = lying.cases_of(db, [row["key_number"] for row in file.kept])
            cases.lock_ids(db, theirs)
            scans.keep(db, file.kept)
            scans.put_into_the_tray(db, file.waiting)
            lying.tell(db, theirs, self.unit.office(db))
            if file.kept or file.waiting:
                numbers = {name: [row["key_number"] for row in rows] for name, rows in file.written.items()}
                told = {**numbers, "blank": len(file.blank)} if file.blank else numbers
                staff.log(db, self.unit.office(db).now, "pages_scanned", self.who.name, told)
            rows = scans.of_file(db, file.hash, file.judged)
            if rows.keys() != file.judged.keys():
                raise TakenBack
        for page in sorted(file.judged, key=in_order):
            self._tell(rows[page], file.judged[page], file.place(page), known=page in file.known)
        self.blank += [file.place(page) for page in file.blank]

    def _forget(self, file: "_File") -> None:
        """Take back what this call brought of a file that is refused in the end: rows first, then keys and files."""
        pages = [row.number for row in file.mine if not scans.is_tray(row)]
        in_tray = [row.number for row in file.mine if scans.is_tray(row)]
        with self.unit.begin() as db:
            office = self.unit.office(db)
            gone = scans.forget(db, pages, in_tray)
        for number in gone & set(in_tray):
            office.keys.destroy(number)
        for folder, numbers in ((office.settings.evidence, pages), (office.settings.tray, in_tray)):
            for number in gone & set(numbers):
                (folder / store.path_of(number)).unlink(missing_ok=True)

    def _reserve(self, db: Connection, office: Office, file_hash: str, judged: dict[int, Verdict]) -> None:
        """Write the rows of pages seen for the first time."""
        matched = [page for page, verdict in judged.items() if verdict.why is None]
        year = office.calendar.today(office.now).year
        kept, in_tray = scans.next_numbers(db, year, kept=len(matched), in_tray=len(judged) - len(matched))
        ids = _case_ids(db, [case for verdict in judged.values() for case in verdict.named])
        for page, verdict in judged.items():
            common = {
                "arrived_at": self.arrived_at,
                "scanned_at": office.now,
                "by": self.who.name,
                "file_hash": file_hash,
                "file_page": page,
            }
            if verdict.why is not None or verdict.mark is None:
                number = in_tray.pop(0)
                scans.arrive(db, scans.tray, [{**common, "number": number, "why": str(verdict.why)}])
                scans.name_cases(db, number, [ids[case] for case in sorted(verdict.named) if case in ids])
                continue
            mark, known = verdict.mark, verdict.known
            row = {
                **common,
                "number": kept.pop(0),
                "case_id": ids[mark.case],
                "sort": "letter" if known is None else "form",
                "round": None if known is None else known.round,
                "code_id": None if known is None else known.id,
                "form": None if mark.form is None else str(mark.form),
                "letter": mark.letter,
                "page": mark.page,
                "pages": mark.pages,
            }
            scans.arrive(db, scans.scan_page, [row])

    def _write(self, office: Office, file: "_File", pages: Sequence[ScannedPage], rows: dict[int, Row[Any]]) -> None:
        """Write the files of those pages that still arrive."""
        office.own_keys().create(
            [row.number for row in rows.values() if scans.is_tray(row) and row.state == "arriving"]
        )
        with self.unit.begin() as db:
            numbers = _case_numbers(db, [row.case_id for row in rows.values() if not scans.is_tray(row)])
        for page in pages:
            row = rows[page.number]
            if row.state != "arriving":
                continue
            if scans.is_tray(row):
                try:
                    file.waiting.append(tray.stored(office, row.number, page))
                except KeyMissing:  # its key went with its row
                    raise TakenBack from None
            else:
                key = office.keys.get(numbers[row.case_id])
                there = store.put(office.settings.evidence, "scan_page", row.number, page.picture, key)
                file.kept.append(there.written(row.number))

    def _tell(self, row: Row[Any], verdict: Verdict, place: Place, *, known: bool) -> None:
        """Sort one page into the answer."""
        if known:
            self.known.append(KnownPage(row.number, row.state, place))
        if scans.is_tray(row):
            if row.state != "waiting":
                return
            if row.why == Why.FOREIGN:
                self.foreign.append(Foreign(row.number, place))
            else:
                self.unmatched.append(Unmatched(row.number, place, Why(row.why)))
        elif row.sort == "letter":
            self.letters.append(
                LetterPage(row.letter, "" if verdict.mark is None else verdict.mark.case, place, row.page, row.pages)
            )
        elif verdict.mark is not None and verdict.mark.code is not None:
            self.codes[row.code_id] = verdict.mark.code
            self.places.setdefault((row.code_id, row.form), []).append(place)
            if not known:
                self.new.add(row.code_id)

    def told(self) -> Scanned:
        """Return everything that was found, the forms counted with what was scanned before under the same codes."""
        with self.unit.begin() as db:
            office = self.unit.office(db)
            rows = scans.forms_of_codes(db, list(self.codes))
            of_case = {row.id: row for row in _cases(db, [row.case_id for row in rows])}
            known = _known(db, self.codes.values(), office)
            procedures.meet(db, {procedures.pinned(row) for row in of_case.values()})
        states = {one.id: one for one in known.values()}
        number_of = {row.id: row.number for row in of_case.values()}
        counts = count(
            Sheet(number_of[row.case_id], FormName(row.form), row.code_id, row.page, row.pages) for row in rows
        )
        matched = [
            Matched(
                one.case, one.form, print_code(self.codes[one.code]), states[one.code].round, states[one.code].state,
                one.pages, one.of, one.missing, one.doubled, tuple(self.places.get((one.code, str(one.form)), ())),
            )
            for one in counts
        ]  # fmt: skip
        return Scanned(
            self.arrived_at,
            tuple(matched),
            tuple(self.unmatched),
            tuple(self.foreign),
            tuple(self.letters),
            tuple(self.refused),
            tuple(self.known),
            tuple(self._of_case(row, counts, states, rows) for row in sorted(of_case.values(), key=lambda row: row.id)),
            tuple(self.blank),
        )

    def _of_case(
        self, case: Row[Any], counts: Sequence[Count], known: Mapping[int, Known], rows: Sequence[Row[Any]]
    ) -> Returned:
        states = {code: one.state for code, one in known.items()}
        mine = {one.code for one in counts if one.case == case.number}
        printed = print_code(self.codes[best_code(mine, states)])
        return replace(returned(case, counts, states, rows, printed), new=not self.new.isdisjoint(mine))


# -- what the database knows ------------------------------------------------------------------------------------


def _judged(db: Connection, pages: Sequence[ScannedPage], office: Office) -> dict[int, Verdict]:
    """Return what each of these pages is, by its number in the file."""
    own = procedures.words(db, office.adopted, "form")
    marks = {page.number: marks_on(page.texts, own) for page in pages}
    every = {mark for found in marks.values() for mark in found}
    known = _known(db, {mark.code for mark in every if mark.code is not None}, office)
    wanted = {mark.letter for mark in every if mark.letter is not None}
    letters = {
        row.number: row.erased_at is not None for row in db.execute(_LETTERS.where(letter.c.number.in_(wanted)))
    } if wanted else {}  # fmt: skip
    return {page.number: judge(page.texts, known, letters, own) for page in pages}


def _known(db: Connection, texts: Collection[str], office: Office) -> dict[str, Known]:
    """Return what is known of these codes (17 characters each), by the code."""
    found = {text: evidence.code_by_hash(db, office.keys.lookup_hash("form_code", text)) for text in texts}
    rows = {row.id: row for row in _cases(db, [code.case_id for code in found.values() if code is not None])}
    return {
        text: Known(
            code.id,
            rows[code.case_id].number,
            code.round,
            codes.state_of(db, rows[code.case_id], text, office),
            rows[code.case_id].erased_at is not None,
        )
        for text, code in found.items()
        if code is not None
    }


def _cases(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    return list(db.execute(select(cases.case).where(cases.case.c.id.in_(set(ids))))) if ids else []


def _case_numbers(db: Connection, ids: Collection[int]) -> dict[int, str]:
    return {row.id: row.number for row in _cases(db, ids)}


def _case_ids(db: Connection, numbers: Collection[str]) -> dict[str, int]:
    if not numbers:
        return {}
    table = cases.case
    found = db.execute(select(table.c.id, table.c.number).where(table.c.number.in_(set(numbers))))
    return {row.number: row.id for row in found}
