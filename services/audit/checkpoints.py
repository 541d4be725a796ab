"""Checkpoints made: what has grown since the last one is signed, and appended to a file outside the database.

What is signed are the heads of the histories that grew, by their numbers, and the end of the office's log; so a
checkpoint costs what happened since the last one, and a million cases that rest cost nothing. Whoever rewrites a
history afterwards, cuts its end or puts an older database in its place has the signed heads against them.

One writer at a time (a lock on the file). A line is on the disk before the database says which is the newest; a process
that dies in between leaves a line that the next one goes on from.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from clock import machine_now
from models import checkpoint, staff
from models.case import case
from models.files import fsync_folder
from models.history import history, micros
from models.signing import SigningKey, SigningKeyUnfit
from models.staff import office_event
from models.told import Told
from services.audit import log, signed
from services.audit.chains import LOT, Sink, Verified, one_moment, verify
from services.audit.log import KEY_MADE
from services.audit.signed import FILE, FORM, Line, NotALine, Signed, digest_of, line_of, signable
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from workflows.engine.values import SYSTEM

MANY = 5_000
"""How many heads one line holds."""
LATE = timedelta(minutes=10)
"""Longer than any transaction may take: whoever read the time before a checkpoint may have committed after it."""
BLOCK = 1 << 20

Head = tuple[str, int, str]

_ALL: Select[Any] = (
    select(case.c.number, history.c.seq, history.c.hash)
    .join(history, (history.c.case_id == case.c.id) & (history.c.seq == case.c.seq))
    .order_by(case.c.id)
)
_GREW = (
    select(history.c.case_id, func.max(history.c.seq).label("seq"))
    .where(history.c.at >= bindparam("since"))
    .group_by(history.c.case_id)
    .subquery()
)
_SINCE: Select[Any] = (
    select(case.c.number, history.c.seq, history.c.hash)
    .select_from(_GREW)
    .join(history, (history.c.case_id == _GREW.c.case_id) & (history.c.seq == _GREW.c.seq))
    .join(case, case.c.id == _GREW.c.case_id)
    .order_by(case.c.id)
)
_KEYS = select(office_event.c.details).where(office_event.c.what == KEY_MADE)
_HELD: Select[Any] = (
    select(case.c.number, history.c.seq, history.c.hash)
    .join(history, history.c.case_id == case.c.id)
    .where(case.c.number.in_(bindparam("numbers", expanding=True)))
)
_LOG_HELD: Select[Any] = select(office_event.c.seq, office_event.c.hash)


class CheckpointsCut(Told, RuntimeError):
    """The file's end is missing, or it is not the one that was signed last: nothing is signed after that."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was signed: the newest checkpoint's number and digest, how many histories, and in which file."""

    number: int
    digest: str
    heads: int
    path: Path


@dataclass(frozen=True, slots=True)
class Answered:
    """A lead who answers for what an older database no longer holds: which rows ("" is the log), and why."""

    given_up: tuple[Head, ...]
    by: str
    why: str


def place(office: Office) -> Path:
    """Return where the office's checkpoints lie."""
    return office.settings.checkpoints / FILE


def make(unit: UnitOfWork, answered: Answered | None = None) -> Made | None:
    """Sign what has grown since the last checkpoint; None where nothing has.

    Raises SigningKeyUnfit, CheckpointsCut unless somebody answers, OSError, and what `Office.own_keys` raises.
    """
    with unit.look() as db:
        office = unit.office(db)
    office.own_keys()
    if answered is not None:
        with unit.begin() as db:
            details = {"rows": len(answered.given_up), "why": answered.why}
            staff.log(db, office.now, "history_given_up", answered.by, details)
    key, path = SigningKey(office.keys.folder), place(office)
    with _appending(path) as file:
        tail = list(_tail(path))
        with unit.look() as db:
            cut = _cut(db, tail, path)
        if cut is not None and answered is None:
            raise cut
        public = _ready(key, tail, unit)
        with one_moment(unit) as db:
            now, mark, end = machine_now(db), micros(unit.office(db).now), list(log.end(db))
            common = {"form": FORM, "at": now.astimezone(UTC).isoformat(), "mark": mark, "log": end, "key": public}
            lots = _lots(_grown(db, tail, mark))
            before = tail[-1] if tail else None
            quiet = answered is None and before is not None and list(before.log) == end
            line, heads = _append(_Pen(file, key), common, lots, before, answered, quiet=quiet)
        if line is None:
            return None
        with unit.begin() as db:
            checkpoint.write(db, *line, now, mark)
    return Made(*line, heads, path)


def is_cut(unit: UnitOfWork) -> bool:
    """Whether a lead must answer for the file before anything is signed after it."""
    with unit.look() as db:
        path = place(unit.office(db))
        return _cut(db, list(_tail(path)), path) is not None


def _cut(db: Connection, tail: Sequence[Line], path: Path) -> CheckpointsCut | None:
    """Return what is to be said where the file does not hold the newest checkpoint: going on would hide that."""
    newest, last = checkpoint.newest(db), tail[-1].number if tail else 0
    other = newest is not None and any(
        line.number == newest.number and line.digest != newest.digest for line in tail
    )  # fmt: skip
    if newest is None or (last >= newest.number and not other):
        return None
    return CheckpointsCut("audit.not_signed_after", number=last, newest=newest.number, path=str(path))


def _ready(key: SigningKey, tail: Sequence[Line], unit: UnitOfWork) -> str:
    """Return the public key to sign by, made where there never was one; it stands in the office's log from then on."""
    if not tail:
        key.make()
    public = key.public()
    with unit.look() as db:
        known = any(details.get("key") == public for details in db.execute(_KEYS).scalars())
    if tail and tail[-1].key != public and not known:
        raise SigningKeyUnfit("keys.audit_other", known=tail[-1].key[:16])
    if not known:
        with unit.begin() as db:
            staff.log(db, unit.office(db).now, KEY_MADE, SYSTEM.name, {"key": public})
    return public


def change_key(unit: UnitOfWork, by: str, why: str) -> str:
    """Make another key to sign by, on the record; return its public half. What is signed already stays signed."""
    with unit.look() as db:
        office = unit.office(db)
    with _appending(place(office)), unit.begin() as db:
        public = SigningKey(office.keys.folder).replace()
        staff.log(db, office.now, KEY_MADE, by, {"key": public, "why": why})
    return public


def missing(unit: UnitOfWork) -> list[Head]:
    """Return every signed row that the database does not hold as it was signed; those of the log under no number."""
    with unit.look() as db:
        path = place(unit.office(db))
    known = signed.read(path)
    with one_moment(unit) as db:
        return list(_lost(db, known))


def _lost(db: Connection, known: Signed) -> Iterator[Head]:
    numbers = known.cases()
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        held = {(row.number, row.seq): row.hash for row in db.execute(_HELD, {"numbers": some})}
        for number in some:
            for seq, (digest, _) in known.of(number).items():
                if held.get((number, seq)) != digest:
                    yield number, seq, digest
    rows: dict[int, str] = {row.seq: row.hash for row in db.execute(_LOG_HELD)}
    for seq, (digest, _) in known.of_log().items():
        if rows.get(seq) != digest:
            yield "", seq, digest


# -- what has grown ---------------------------------------------------------------------------------------------------


def _grown(db: Connection, tail: Sequence[Line], mark: int) -> Iterator[Head]:
    """Yield the heads of the histories that grew since the lines of the tail; those that stand in it are left out."""
    known = {(number, seq) for line in tail for number, seq, _ in line.heads}
    since = _looked_at(tail)
    # An office's clock that was set back: what came since then is older than what was looked at.
    whole = since is None or since > mark
    query, values = (_ALL, {}) if whole else (_SINCE, {"since": since})
    found = db.execute(query, values, execution_options={"stream_results": True, "yield_per": LOT})
    for number, seq, digest in found:
        if (number, seq) not in known:
            yield number, seq, digest


def _looked_at(tail: Sequence[Line]) -> int | None:
    """Return the office's time up to which everything is signed for sure; None: nothing is."""
    if not tail:
        return None
    before = datetime.fromisoformat(tail[-1].at) - LATE
    marks = [line.mark for line in tail if line.last and datetime.fromisoformat(line.at) <= before]
    return marks[-1] if marks else None


def _tail(path: Path) -> Iterator[Line]:
    """Yield the newest lines in their order, from one on that is old enough to begin with, or from the first."""
    try:
        with path.open("rb") as file:
            start = file.seek(0, os.SEEK_END)
            held = b""
            while start:
                length = min(BLOCK, start)
                start = file.seek(start - length)
                held = file.read(length) + held
                whole = held if start == 0 else held[held.find(b"\n") + 1 :]
                lines = list(_lines(whole))
                if _looked_at(lines) is not None or start == 0:
                    yield from lines
                    return
    except FileNotFoundError:
        return


def _lines(written: bytes) -> Iterator[Line]:
    for each in written.splitlines():
        try:
            yield line_of(each)[0]
        except NotALine:  # a piece
            continue


# -- what is written --------------------------------------------------------------------------------------------------


@contextmanager
def _appending(path: Path) -> Iterator[int]:
    """Yield the file, open at its end, while nobody else writes to it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        fsync_folder(path.parent)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _lots(heads: Iterator[Head]) -> Iterator[tuple[list[Head], bool]]:
    """Yield the heads, as many as one line holds, and whether they are the last."""
    lot: list[Head] = []
    for head in heads:
        if len(lot) == MANY:
            yield lot, False
            lot = []
        lot.append(head)
    yield lot, True


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes lines into the open file, signed by a key."""

    file: int
    key: SigningKey

    def write(self, document: dict[str, Any]) -> None:
        """Have one whole line on the disk."""
        signed = {**document, "signature": self.key.sign(signable(document))}
        self.put(json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def put(self, line: bytes) -> None:
        """Have these bytes on the disk, begun on a line of their own."""
        end = os.lseek(self.file, 0, os.SEEK_END)
        if end and os.pread(self.file, 1, end - 1) != b"\n":
            line = b"\n" + line
        while line:
            line = line[os.write(self.file, line) :]
        os.fsync(self.file)


def _append(
    pen: _Pen,
    common: dict[str, Any],
    lots: Iterator[tuple[list[Head], bool]],
    before: Line | None,
    answered: Answered | None,
    *,
    quiet: bool,
) -> tuple[tuple[int, str] | None, int]:
    """Write the heads, as many lines as they need; return number and digest of the last one, and how many there were.

    *quiet*: where there are none, nothing is written, and None stands for the line.
    """
    number, digest = (0, "") if before is None else (before.number, before.digest)
    count = 0
    for lot, last in lots:
        if quiet and not lot:
            return None, 0
        number, count = number + 1, count + len(lot)
        document = {**common, "number": number, "heads": [list(head) for head in lot], "prev": digest, "last": last}
        if answered is not None and last:
            document |= {"given_up": [list(head) for head in answered.given_up], "by": answered.by, "why": answered.why}
        pen.write(document)
        digest = digest_of(document)
    return (number, digest), count


def prove(
    unit: UnitOfWork, tick: Callable[[int, int], None] = lambda done, of: None, sink: Sink | None = None
) -> tuple[Verified, Signed]:
    """Verify everything there is against its chains and against what was signed of it; return also what was signed."""
    with unit.look() as db:
        path = place(unit.office(db))
    known = signed.read(path)
    with one_moment(unit) as db:
        newest = checkpoint.newest(db)
        if newest is not None and newest.number > known.lines and known.fault is None:
            # One was made after the file was read: now it is read again, up to the one this moment knows.
            known = signed.read(path, newest.number)
        return verify(db, tick, known, sink), known
