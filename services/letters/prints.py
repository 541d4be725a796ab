"""What was printed lies in clear where the printer takes it from: single letters, the batch they went into, reprints.

Destroyed with its case, and some days after nothing of it waits to be posted any more. The letters themselves lie in
the spool: whoever needs one again prints it again. A file goes where the office's log says it was put; in a folder that
is not the house's own only by the hash of what was made, so that nothing of somebody else's goes with it.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from models import staff
from models.effect import named
from models.history import EPOCH
from models.letter import letter
from services.engine.office import Office
from services.engine.once import drafts_of
from services.letters.batches import hidden_folder
from settings import Settings
from workflows.office.keeping import Keeping, prints_end_on

_EVENT = staff.office_event.c
_LETTERS = (
    select(letter.c.number, letter.c.copy, letter.c.sha256, letter.c.batch, letter.c.path)
    .where(letter.c.case_id.in_(bindparam("ids", expanding=True)))
    .order_by(letter.c.id)
)
_BATCHES = select(_EVENT.details).where(
    _EVENT.what == "letters_printed", _EVENT.details["batch"].as_string().in_(bindparam("batches", expanding=True))
)
_AGAIN = select(_EVENT.details).where(
    _EVENT.what == "letter_printed_again", _EVENT.details["letter"].as_string().in_(bindparam("names", expanding=True))
)
_OF_FILES = select(letter).where(
    letter.c.batch.in_(bindparam("batches", expanding=True)) | letter.c.number.in_(bindparam("numbers", expanding=True))
)
_AGAIN_AT = _AGAIN.add_columns(_EVENT.at)
_BATCH = re.compile(r"(?P<batch>B\d{2}-\d{4,})\.pdf")
_LETTER = re.compile(r"(?P<letter>[0-9A-Z-]+)(?:\.copy\d+)?(?:\.reprint(?P<print>\d+))?\.pdf")
SOME = 500


@dataclass(frozen=True, slots=True)
class Print:
    """A file that was made for the printer; ``sha256`` is what it must have to be ours, None where its name will do."""

    path: Path
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Prints:
    """What was printed of some cases: the files, and the batches whose merged PDF is among them.

    ``hidden`` are the folders in which the files of a batch wait that was broken off before it was released.
    """

    files: tuple[Print, ...] = ()
    batches: tuple[str, ...] = ()
    hidden: tuple[Path, ...] = ()


def own_folder(settings: Settings) -> Path:
    """Return where batches lie that were printed into no other folder."""
    return settings.var / "print"


def of_cases(db: Connection, ids: Sequence[int], settings: Settings) -> Prints:
    """Return every file that was made for the printer of the letters of these cases, wherever the log says it lies."""
    letters: list[Row[Any]] = list(db.execute(_LETTERS, {"ids": list(ids)}))
    own = own_folder(settings)
    logged = _logged(db, {row.batch for row in letters if row.batch})
    folders = {batch: Path(details.get("folder", own)) for batch, details in logged.items()}
    files: list[Print] = []
    for row in letters:
        name = f"{named(row.number, row.copy)}.pdf"
        files.append(Print(own / name))
        if (folder := folders.get(row.batch, own)) != own:
            files.append(Print(folder / name, row.sha256))
    for batch, details in logged.items():
        files.append(Print(folders[batch] / f"{batch}.pdf", None if folders[batch] == own else details["sha256"]))
    files += _reprints(db, letters, own)
    hidden = tuple(hidden_folder(folder, batch) for batch, folder in folders.items())
    return Prints(tuple(files), tuple(sorted(logged)), hidden)


def _logged(db: Connection, batches: Collection[str]) -> dict[str, Mapping[str, Any]]:
    found = db.execute(_BATCHES, {"batches": sorted(batches)}).scalars() if batches else ()
    return {details["batch"]: details for details in found}


def _reprints(db: Connection, letters: Sequence[Row[Any]], own: Path) -> Iterator[Print]:
    """Yield the reprints of letters; those whose folder the log does not say lie in the house's own, if at all."""
    copies: dict[str, list[int]] = {}
    for row in letters:
        copies.setdefault(row.number, []).append(row.copy)
    for details in db.execute(_AGAIN, {"names": sorted(copies)}).scalars() if copies else ():
        folder = Path(details.get("folder", own))
        for copy in copies[details["letter"]]:
            yield Print(folder / reprint_name(details["letter"], copy, details["print"]))


def reprint_name(number: str, copy: int, count: int) -> str:
    """Return how the file of the how-manieth print of a letter is called."""
    return f"{named(number, copy)}.reprint{count}.pdf"


def settled(db: Connection, office: Office, keeping: Keeping) -> Prints:
    """Return what lies in the house's own folder and nothing of which has waited for as long as prints stay."""
    folder, today = own_folder(office.settings), office.calendar.today(office.now)
    names = sorted(path.name for path in folder.glob("*.pdf")) if folder.is_dir() else []
    files: list[Print] = []
    batches: list[str] = []
    for start in range(0, len(names), SOME):
        known = _Known(db, names[start : start + SOME], office)
        for name in names[start : start + SOME]:
            since = known.settled_on(name)
            if since is not None and prints_end_on(since, keeping) < today:
                files.append(Print(folder / name))
                batches += [name.removesuffix(".pdf")] if _BATCH.fullmatch(name) else []
    return Prints(tuple(files), tuple(batches))


class _Known:
    """The letters some files are of, and since when none of a file waits to be posted any more."""

    def __init__(self, db: Connection, names: Sequence[str], office: Office) -> None:
        batches = [found["batch"] for name in names if (found := _BATCH.fullmatch(name))]
        numbers = [found["letter"] for name in names if (found := _LETTER.fullmatch(name))]
        self._office = office
        self._rows: list[Row[Any]] = list(db.execute(_OF_FILES, {"batches": batches, "numbers": numbers}))
        again = db.execute(_AGAIN_AT, {"names": numbers}) if numbers else ()
        self._again = {(row.details["letter"], row.details["print"]): row.at for row in again}

    def settled_on(self, name: str) -> date | None:
        """Return the day since when nothing of a file waits; None where something does, or nobody knows what it is."""
        if found := _BATCH.fullmatch(name):
            return self._latest([row for row in self._rows if row.batch == found["batch"]])
        found = _LETTER.fullmatch(name)
        if found is None:
            return None
        since = self._latest([row for row in self._rows if row.number == found["letter"]])
        if since is None or found["print"] is None:
            return since
        at = self._again.get((found["letter"], int(found["print"])))
        return since if at is None else max(since, self._day(EPOCH + timedelta(microseconds=at)))

    def _latest(self, rows: Sequence[Row[Any]]) -> date | None:
        if not rows or any(row.state in ("ordered", "made", "printed") for row in rows):
            return None
        return max(row.posted_on or self._day(row.voided_at or row.printed_at or row.ordered_at) for row in rows)

    def _day(self, moment: datetime) -> date:
        return self._office.calendar.today(moment)


def destroy(found: Prints) -> int:
    """Destroy these files, with what killed writers left of them; return how many there were."""
    gone = sum(_destroyed(one) for one in found.files)
    for folder in found.hidden:
        names = {one.path.name for one in found.files}
        for file in folder.glob("*.pdf") if folder.is_dir() else ():
            if file.name in names:
                file.unlink(missing_ok=True)
                gone += 1
    return gone


def _destroyed(one: Print) -> int:
    gone = drafts_of(one.path)
    if one.path.is_file() and (one.sha256 is None or _sha256(one.path) == one.sha256):
        gone.append(one.path)
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
