"""All histories verified in one stream: every row against its hash and the row before, every end against its case.

And against what checkpoints signed: whoever rewrote a history so that all of it fits, cut it with its case, or put an
older database in its place has signed heads against them.

One look at one moment, the histories and the cases side by side in the order of their keys: nothing is kept of what has
passed, so a million cases take as little memory as one; of what was signed, 40 bytes a head.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Select, bindparam, func, select, text

from models import checkpoint
from models.case import case
from models.history import COVERED, history
from models.staff import office_event
from services.audit import log
from services.audit.signed import Signed
from services.engine.unit import UnitOfWork
from workflows.engine.values import Reason

LOT = 2_000
"""How many rows come from the database at a time."""
TOLD = 1_000
"""After how many cases it is said how far the stream has come."""

_COVERED = tuple(name for name in COVERED if name != "case")
_ROWS: Select[Any] = select(history.c.case_id, history.c.hash, *(history.c[name] for name in _COVERED)).order_by(
    history.c.case_id, history.c.seq
)
_CASES = select(case.c.id, case.c.number, case.c.seq, case.c.head, case.c.log_seq, case.c.log_hash).order_by(case.c.id)
_HOW_MANY = select(func.count()).select_from(case)
_LOG_ROWS = select(office_event).order_by(office_event.c.seq)
_LOG_HASHES = select(office_event.c.seq, office_event.c.hash).where(
    office_event.c.seq.in_(bindparam("rows", expanding=True))
)
_NAMES = ("case_id", "hash", *_COVERED)
_SEQ, _BEFORE = _NAMES.index("seq"), _NAMES.index("prev_hash")
# As `models.history.canonical`, with one encoder for all rows: two thirds of the time is spent here.
_written = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


Fault = tuple[str | None, Reason]
"""What is wrong: the case's number (None: no case's) and a sentence."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read: ``cases`` with ``rows`` of history, ``log`` rows of the office's log; and what is wrong with them.

    ``fault`` is the first that is wrong.
    """

    cases: int
    rows: int
    log: int
    fault: Fault | None = None


class Sink(Protocol):
    """Is given everything that is read, in its order, whatever is wrong with it."""

    def row(self, case: str, row: Mapping[str, Any], digest: str) -> None:
        """Take one row of a history; *case* is empty where it belongs to none."""

    def case(self, number: str, end: tuple[int, str], log: tuple[int, str]) -> None:
        """Take where a case says that its history ends, and where the office's log ended when it last moved."""

    def event(self, row: Mapping[str, Any]) -> None:
        """Take one row of the office's log."""

    def log(self, end: tuple[int, str]) -> None:
        """Take where the office's log is said to end."""


class Nowhere:
    """Keeps nothing."""

    def row(self, case: str, row: Mapping[str, Any], digest: str) -> None:
        """Keep nothing."""

    def case(self, number: str, end: tuple[int, str], log: tuple[int, str]) -> None:
        """Keep nothing."""

    def event(self, row: Mapping[str, Any]) -> None:
        """Keep nothing."""

    def log(self, end: tuple[int, str]) -> None:
        """Keep nothing."""


@contextmanager
def one_moment(unit: UnitOfWork) -> Iterator[Connection]:
    """Yield one look at the database as it is at one moment, however many statements it takes."""
    with unit.look() as db:
        if db.dialect.name == "postgresql":
            db.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield db


def verify(
    db: Connection,
    tick: Callable[[int, int], None] = lambda done, of: None,
    signed: Signed | None = None,
    sink: Sink | None = None,
) -> Verified:
    """Verify every chain there is, up to the first row that is not what was written.

    The connection looks at one moment, no earlier than *signed* was read. *tick* is told how many cases are done, of
    how many. With a *sink* everything is read to its end, whatever is wrong.
    """
    stream = _Stream(db, tick, signed or Signed(), sink or Nowhere())
    first: Fault | None = None
    for fault in stream.faults():
        first = first or fault
        if sink is None:
            break
    return Verified(stream.cases, stream.rows, stream.log, first)


@dataclass(slots=True)
class _Stream:
    """One reading of everything; counts what it has read."""

    db: Connection
    tick: Callable[[int, int], None]
    signed: Signed
    sink: Sink
    cases: int = 0
    rows: int = 0
    log: int = 0
    _next: Any = None
    _seen: set[str] = field(default_factory=set)

    def faults(self) -> Iterator[Fault]:
        """Yield everything that is wrong, in the order in which it is read."""
        yield from self._file()
        total = int(self.db.execute(_HOW_MANY).scalar_one())
        rows = _streamed(self.db, _ROWS)
        self._next = next(rows, None)
        for case_id, number, seq, head, *log_end in _streamed(self.db, _CASES):
            yield from self._strays(rows, case_id)
            yield from self._history(rows, case_id, number, (seq, head))
            self.sink.case(number, (seq, head), (log_end[0], log_end[1]))
            self.cases += 1
            if self.cases % TOLD == 0:
                self.tick(self.cases, total)
        yield from self._strays(rows, None)
        self.tick(total, total)
        for number in self.signed.cases():
            if number not in self._seen and (gone := self.signed.of(number)):
                seq, (_, checkpoint_number) = next(reversed(gone.items()))
                yield number, Reason("audit.signed_case_gone", {"seq": seq, "checkpoint": checkpoint_number})
        yield from self._log()

    def _file(self) -> Iterator[Fault]:
        """Yield what is wrong with the file of checkpoints."""
        signed, newest = self.signed, checkpoint.newest(self.db)
        if signed.fault is not None:
            yield None, signed.fault
        elif newest is not None and newest.number > signed.lines:
            yield None, Reason("audit.checkpoints_cut", {"number": signed.lines, "newest": newest.number})
        elif newest is not None and signed.digests[newest.number - 1] != newest.digest:
            yield None, Reason("audit.checkpoint_other", {"number": newest.number})

    def _strays(self, rows: Iterator[Any], before: int | None) -> Iterator[Fault]:
        """Read the rows that belong to no case, up to those of the case *before*; yield the first of each history."""
        last = None
        while (row := self._next) is not None and (before is None or row[0] < before):
            if row[0] != last:
                yield None, Reason("audit.of_no_case", {"id": row[0], "seq": row[_SEQ]})
            last = row[0]
            self.sink.row("", _said(row, ""), row[1])
            self._next = next(rows, None)

    def _history(self, rows: Iterator[Any], case_id: int, number: str, end: tuple[int, str]) -> Iterator[Fault]:
        """Read one history; yield the first that is wrong with it, and what else was signed of it."""
        before, expected, fine = "", 1, True
        wanted = self.signed.of(number)
        self._seen.add(number)
        while (row := self._next) is not None and row[0] == case_id:
            said = _said(row, number)
            digest = hashlib.sha256(_written(said).encode()).hexdigest()
            self.sink.row(number, said, row[1])
            if fine and (row[_SEQ] != expected or row[_BEFORE] != before or digest != row[1]):
                fine = False
                yield number, Reason("audit.altered", {"seq": expected})
            if fine and wanted and expected in wanted and (known := wanted.pop(expected))[0] != digest:
                fine = False
                yield number, Reason("audit.rewritten", {"seq": expected, "checkpoint": known[1]})
            before, expected = row[1], expected + 1
            self.rows += 1
            self._next = next(rows, None)
        if fine and end != (expected - 1, before):
            yield number, Reason("audit.cut", {"seq": end[0]})
        elif fine and end[0] == 0:  # what opened it is a row: no case is without
            yield number, Reason("audit.altered", {"seq": 1})
        elif fine and wanted:
            seq, (_, signed_in) = next(reversed(wanted.items()))
            yield number, Reason("audit.signed_gone", {"seq": seq, "end": expected - 1, "checkpoint": signed_in})

    def _log(self) -> Iterator[Fault]:
        """Read the office's log; yield what is wrong with it, and what else was signed of it."""
        if not isinstance(self.sink, Nowhere):
            for row in _streamed(self.db, _LOG_ROWS):
                self.sink.event(row._asdict())
            self.sink.log(log.end(self.db))
        kept = log.read(self.db)
        self.log = kept.seq
        for number, _, reason in log.examine(self.db, kept):
            yield number, reason
        wanted = self.signed.of_log()
        held: dict[int, str] = {}
        for start in range(0, len(wanted), LOT):
            some = list(wanted)[start : start + LOT]
            held |= {row.seq: row.hash for row in self.db.execute(_LOG_HASHES, {"rows": some})}
        for seq, (digest, signed_in) in wanted.items():
            if held.get(seq) != digest:
                code = "audit.log_rewritten" if seq in held else "audit.log_signed_gone"
                yield None, Reason(code, {"seq": seq, "end": kept.seq, "checkpoint": signed_in})
        for key, signed_in in self.signed.keys.items():
            if key not in kept.keys:
                yield None, Reason("audit.key_unknown", {"key": key[:16], "checkpoint": signed_in})


def _streamed(db: Connection, query: Select[Any]) -> Iterator[Any]:
    found = db.execute(query, execution_options={"stream_results": True, "yield_per": LOT})
    for lot in found.partitions():
        yield from lot


def _said(row: Any, number: str) -> dict[str, Any]:
    said = dict(zip(_NAMES[2:], row[2:], strict=True))
    said["case"] = number
    return said
