"""Printing: letters that were made become one batch for the printer, each of them once.

The order of steps, and what a crash after each of them leaves:

1. Everything is made and brought to the disk under a hidden name. A crash here leaves nothing: the letters are still
   "made", the hidden folder is swept away, and the number of the batch stays unused.
2. ONE transaction, the cases locked first, looks at the letters once more and records them as printed, with the batch,
   its hash and its folder. A crash here is a rollback. From here on no other run can take these letters.
3. The files get their names, the merged one last. A crash here leaves a batch that is recorded and still hidden: the
   next run gives it its name (`_settle`), under the same number and with the same pages.
4. The release is recorded. A crash before it is found by the hash of the file that lies there.

Recording comes before the name, because nobody can print a file that has none: so no letter is printed twice without
somebody asking for it by ``again``. The price is a batch of which nobody can say whether it was printed, where its
folder was taken away between 2 and 4; it is named at every run until its letters are posted or void.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, select, update

from models import case as cases
from models import incident as incidents
from models import letter_kind, staff
from models.effect import named
from models.letter import in_house, letter
from services.engine import todos
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.letters import batches
from services.letters.batches import Damaged, Staged
from services.letters.manifest import Head, page
from services.letters.prints import reprint_name
from services.office.caller import write_whole
from workflows.engine.values import Actor, Language, Reason, Role
from workflows.letters import LetterState
from workflows.words import tell

Tick = Callable[[int, int], None]

MANY = 5000
"""How many rows one statement names: below the limits of both databases."""

_WITH_CASE = select(letter, cases.case.c.number.label("case_number")).join(
    cases.case, cases.case.c.id == letter.c.case_id
)
_MADE = _WITH_CASE.where(in_house(LetterState.MADE)).order_by(letter.c.id)
_NAMED = _WITH_CASE.where(letter.c.number.in_(bindparam("numbers", expanding=True))).order_by(
    letter.c.id, letter.c.copy
)
_PRINTED = (
    update(letter)
    .where(letter.c.id.in_(bindparam("ids", expanding=True)), letter.c.state == "made")
    .values(state="printed", printed_at=bindparam("now"), batch=bindparam("new_batch"))
)
_NOT_MADE = select(letter.c.id).where(letter.c.id.in_(bindparam("ids", expanding=True)), letter.c.state != "made")
_EVENTS = (
    select(staff.office_event.c.what, staff.office_event.c.details)
    .where(staff.office_event.c.what.in_(["letters_printed", "batch_released"]))
    .order_by(staff.office_event.c.seq)
)
_AGAIN = select(staff.office_event.c.details).where(staff.office_event.c.what == "letter_printed_again")
_ON_THE_TABLE = select(letter.c.id).where(letter.c.batch == bindparam("of_batch"), letter.c.state == "printed").limit(1)
_KNOWN_DAMAGE = select(incidents.incident.c.id).where(
    incidents.incident.c.kind == "letter",
    incidents.incident.c.subject == bindparam("subject"),
    incidents.incident.c.closed_at.is_(None),
)


class NoSuchLetter(LookupError):
    """There are no letters of these numbers."""

    def __init__(self, numbers: Collection[str]) -> None:
        """Keep the numbers."""
        self.numbers = tuple(numbers)
        super().__init__(", ".join(self.numbers))


class MayNotPrint(PermissionError):
    """The person has no role that may print; ``reason`` says which ones have."""

    def __init__(self) -> None:
        """Keep the reason."""
        self.reason = Reason("missing_role", {"roles": [f"role.{Role.CLERK}"]})
        super().__init__(self.reason.code)


class _Changed(Exception):
    """Some letters are no longer what they were when their files were read: void, or (*stopped*) of a stopped kind."""

    def __init__(self, ids: Collection[int], stopped: Collection[int] = ()) -> None:
        self.ids = frozenset(ids) | frozenset(stopped)
        self.stopped = frozenset(stopped)
        super().__init__()

    def reason(self, row: Row[Any]) -> Reason:
        """Return why this letter was left out."""
        return _is_stopped(row) if row.id in self.stopped else Reason("print.changed_meanwhile", {"letter": row.number})


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """A letter that was not printed, and why."""

    letter: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Earlier:
    """A batch an earlier run had recorded and not released.

    ``became``: finished (it has its names now), found (it had them already) or unknown (nobody can say).
    """

    batch: str
    became: str
    merged: Path
    letters: int


@dataclass(frozen=True, slots=True)
class Printed:
    """What a run printed. Without a batch there was nothing to print."""

    batch: str | None = None
    letters: int = 0
    pages: int = 0
    merged: Path | None = None
    manifest: Path | None = None
    refused: tuple[NotPrinted, ...] = ()
    earlier: tuple[Earlier, ...] = ()


def print_letters(
    numbers: Sequence[str] | None,
    folder: Path,
    who: Actor,
    unit: UnitOfWork,
    source: Engine,
    *,
    language: str,
    tick: Tick = lambda done, of: None,
) -> Printed:
    """Print these letters, or all that were made, as one batch in *folder*; return what became of them.

    *tick* is told how many letters are done, of how many.

    Raises:
        MayNotPrint: the person is no clerk.
        NoSuchLetter: some of the numbers belong to no letter; nothing is printed.
        PressBusy: somebody else prints at this moment.
    """
    if not who.may_act_as([Role.CLERK]):
        raise MayNotPrint
    folder = folder.absolute()
    with batches.press(source):
        earlier = _settle(folder, who, unit)
        with unit.begin() as db:
            office = unit.office(db)
            rows, refused = to_print(db, numbers)
            batch = _reserve(db, office) if rows else None
        if batch is None:
            return Printed(refused=tuple(refused), earlier=earlier)
        run = _Run(batch, folder, who, office, language, tick)
        printed = run.make(rows, unit)
        return replace(printed, refused=(*refused, *printed.refused), earlier=earlier)


def again(
    numbers: Sequence[str], folder: Path, who: Actor, unit: UnitOfWork
) -> tuple[list[tuple[str, Path, int]], list[NotPrinted]]:
    """Print letters once more, each page marked as a reprint; return (letter, file, pages) and what was refused.

    The letter stays as it is; the office's log says who printed it again and the how-manieth print it was.

    Raises:
        MayNotPrint: the person is no clerk.
        NoSuchLetter: some of the numbers belong to no letter.
    """
    if not who.may_act_as([Role.CLERK]):
        raise MayNotPrint
    made: list[tuple[str, Path, int]] = []
    refused: list[NotPrinted] = []
    with unit.begin() as db:
        newest, stopped = _newest(db, numbers), letter_kind.stopped(db)
    for row in newest:
        reason = _is_stopped(row) if row.kind in stopped else _not_again(row)
        if reason is not None:
            refused.append(NotPrinted(row.number, reason))
            continue
        with unit.begin() as db:
            office = unit.office(db)
        try:
            plain = batches.read_letter(office.settings.spool, row)
        except Damaged as damaged:
            refused.append(_damaged(row, damaged, unit))
            continue
        # Recorded before the file appears: a print nobody knows of is worse than a record of one that never was.
        with unit.begin() as db:
            office = unit.office(db)
            count = 2 + sum(details["letter"] == row.number for (details,) in db.execute(_AGAIN))
            details = {"letter": row.number, "print": count, "folder": str(folder.absolute())}
            staff.log(db, office.now, "letter_printed_again", who.name, details)
        day = office.calendar.today(office.now).isoformat()
        mark = " / ".join(tell("letters.reprint", language, print=count) for language in Language)
        words = f"{mark} — {row.number} — {day}"
        target = folder.absolute() / reprint_name(row.number, row.copy, count)
        write_whole(target, batches.stamped(plain, words))
        made.append((row.number, target, row.pages))
    return made, refused


# -- one run ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    batch: str
    folder: Path
    who: Actor
    office: Office
    language: str
    tick: Tick

    def make(self, rows: Sequence[Row[Any]], unit: UnitOfWork) -> Printed:
        """Make the files, record them, release them. What is void by then is left out, however late it became so."""
        refused: list[NotPrinted] = []
        left = list(rows)
        while True:
            staged, damaged = self._stage(left, unit)
            refused += damaged
            hurt = {one.letter for one in damaged}
            left = [row for row in left if row.number not in hurt]
            if not left:
                batches.drop(staged)
                return Printed(refused=tuple(refused))
            try:
                with unit.begin() as db:
                    _record(db, staged, left, self.office, self.who)
            except _Changed as changed:
                refused += [NotPrinted(r.number, changed.reason(r)) for r in left if r.id in changed.ids]
                left = [row for row in left if row.id not in changed.ids]
                continue
            break
        batches.release(self.folder, self.batch)
        with unit.begin() as db:
            staff.log(db, unit.office(db).now, "batch_released", self.who.name, {"batch": self.batch})
        count = len(staged.sheets)
        return Printed(self.batch, count, staged.pages, staged.merged, staged.manifest, tuple(refused))

    def _stage(self, rows: Sequence[Row[Any]], unit: UnitOfWork) -> tuple[Staged, list[NotPrinted]]:
        staged = batches.begin(self.folder, self.batch)
        try:
            return staged, self._fill(staged, rows, unit)
        except OSError:  # a full disk: nothing that names a person is left in whatever folder it was
            batches.drop(staged)
            raise

    def _fill(self, staged: Staged, rows: Sequence[Row[Any]], unit: UnitOfWork) -> list[NotPrinted]:
        damaged = []
        for done, row in enumerate(rows, 1):
            try:
                batches.add(staged, row, row.case_number, batches.read_letter(self.office.settings.spool, row))
            except Damaged as fault:
                damaged.append(_damaged(row, fault, unit))
            self.tick(done, len(rows))
        if staged.sheets:
            head = {
                "printed_at": self._time().isoformat(timespec="seconds"),
                "by": self.who.name,
                "sample": self.office.founded.demo,
            }
            batches.finish(staged, head, self._words)
        return damaged

    def _time(self) -> datetime:
        from zoneinfo import ZoneInfo

        return self.office.now.astimezone(ZoneInfo(self.office.calendar.zone))

    def _words(self, staged: Staged) -> str:
        head = Head(self._time(), self.who.name, sample=self.office.founded.demo)
        return page(staged, head, self.language)


def _record(db: Connection, staged: Staged, rows: Sequence[Row[Any]], office: Office, who: Actor) -> None:
    """Write that these letters are printed, all of them or (raising) none."""
    theirs = sorted({row.case_id for row in rows})
    for some in _some(theirs):
        cases.lock_ids(db, some)
    changed: list[int] = []
    for ids in _some([row.id for row in rows]):
        changed += db.execute(_NOT_MADE, {"ids": ids}).scalars()
    if changed:
        raise _Changed(changed)
    for ids in _some([row.id for row in rows]):
        db.execute(_PRINTED, {"ids": ids, "now": office.now, "new_batch": staged.batch})
    for some in _some(theirs):
        todos.told_anew(db, cases.lock_ids(db, some).values(), office)
    details = {
        "batch": staged.batch,
        "letters": len(staged.sheets),
        "pages": staged.pages,
        "sha256": staged.sha256,
        "folder": str(staged.folder),
    }
    staff.log(db, office.now, "letters_printed", who.name, details)
    # After the log, which a stop is written to as well: so either this batch came first, or it sees the stop.
    stopped = letter_kind.stopped(db)
    if late := [row.id for row in rows if row.kind in stopped]:
        raise _Changed((), late)


def _some(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), MANY):
        yield items[start : start + MANY]


def to_print(db: Connection, numbers: Sequence[str] | None = None) -> tuple[list[Row[Any]], list[NotPrinted]]:
    """Return the letters to print and why others that were named are not."""
    stopped = letter_kind.stopped(db)
    found = list(db.execute(_MADE)) if numbers is None else _newest(db, numbers)
    refused = [NotPrinted(row.number, reason) for row in found if (reason := _not_yet(row, stopped)) is not None]
    no = {one.letter for one in refused}
    return [row for row in found if row.number not in no], refused


def _newest(db: Connection, numbers: Sequence[str]) -> list[Row[Any]]:
    """Return the newest copy of each of these letters, in the order they were ordered."""
    wanted = list(dict.fromkeys(numbers))
    newest: dict[str, Row[Any]] = {}
    for some in _some(wanted):
        newest |= {row.number: row for row in db.execute(_NAMED, {"numbers": some})}
    if missing := [number for number in wanted if number not in newest]:
        raise NoSuchLetter(missing)
    return sorted(newest.values(), key=lambda row: int(row.id))


def _reserve(db: Connection, office: Office) -> str:
    """Take the next number of a batch: ``B26-0001``. Gaps are harmless, doubles are not."""
    year = office.calendar.today(office.now).year
    return f"B{year % 100:02d}-{cases.count_on(db, f'batch/{year}'):04d}"


# -- what is refused --------------------------------------------------------------------------------------------


def _not_yet(row: Row[Any], stopped: Collection[str] = ()) -> Reason | None:
    match row.state:
        case "made" | "ordered" if row.kind in stopped:
            return _is_stopped(row)
        case "made":
            return None
        case "ordered":
            return Reason("print.not_made", {"letter": row.number})
        case "void":
            return Reason("print.void", {"letter": row.number})
        case _:
            return Reason("print.printed_already", {"letter": row.number, "batch": row.batch or "-"})


def _not_again(row: Row[Any]) -> Reason | None:
    match row.state:
        case "printed" | "posted" | "returned":
            return None
        case "made":
            return Reason("print.not_printed_yet", {"letter": row.number})
        case _:
            return _not_yet(row)


def _is_stopped(row: Row[Any]) -> Reason:
    return Reason("print.stopped", {"letter": row.number, "kind": f"letter.{row.kind}"})


def _damaged(row: Row[Any], damaged: Damaged, unit: UnitOfWork) -> NotPrinted:
    """Tell the lead, once, that the file of a letter is not the one that was made."""
    subject = named(row.number, row.copy)
    with unit.begin() as db:
        if db.execute(_KNOWN_DAMAGE, {"subject": subject}).first() is None:
            at, fault = unit.office(db).now, f"spool file: {damaged}"
            incidents.record(db, at=at, kind="letter", case_number=row.case_number, subject=subject, fault=fault)
    return NotPrinted(row.number, Reason("print.damaged", {"letter": row.number, "fault": str(damaged)}))


# -- runs that broke off ----------------------------------------------------------------------------------------


def _settle(folder: Path, who: Actor, unit: UnitOfWork) -> tuple[Earlier, ...]:
    """Release what an earlier run recorded and could not release; sweep away what it could not even record."""
    with unit.begin() as db:
        open_batches = _unreleased(db)
    settled = [one for batch in open_batches.values() if (one := _settle_one(batch, who, unit))]
    batches.sweep_away(folder, [one.batch for one in settled])
    return tuple(settled)


def _unreleased(db: Connection) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for what, details in db.execute(_EVENTS):
        if what == "letters_printed":
            found[details["batch"]] = details
        else:
            found.pop(details["batch"], None)
    return found


def _settle_one(batch: Mapping[str, Any], who: Actor, unit: UnitOfWork) -> Earlier | None:
    folder, name, sha256 = Path(batch["folder"]), batch["batch"], batch["sha256"]
    if batches.is_released(folder, name, sha256):
        became = "found"
    elif batches.is_staged(folder, name, sha256):
        batches.release(folder, name)
        became = "finished"
    else:
        became = "unknown"
    with unit.begin() as db:
        if became == "unknown" and db.execute(_ON_THE_TABLE, {"of_batch": name}).first() is None:
            became = "over"
        if became != "unknown":
            staff.log(db, unit.office(db).now, "batch_released", who.name, {"batch": name})
    return None if became == "over" else Earlier(name, became, folder / f"{name}.pdf", batch["letters"])
