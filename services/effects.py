"""Effects carried out, once each at the spool: a letter is rendered, written, and linked under its number.

The order of steps makes any crash harmless: the file is complete and on disk before its name exists, the name exists
before the row says so, and whoever comes again makes the same bytes, finds them under that name, and writes the row.
Whoever comes too late (its claim grew old and another worker has claimed the letter since) writes no row any more.

Trouble that passes (a full spool, keys that are busy) lets a letter wait with a backoff, for as long as it lasts; what
can never be made, and what ends its worker `TRIES` times, is set aside until somebody brings it back.

A letter of a stopped kind is not begun, and no attempt is counted; it waits for its kind to be started again.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, select, update

from clock import machine_now
from models import case as cases
from models import effect as effects
from models import incident, letter_kind
from models import office as office_table
from models.letter import letter
from services import timers
from services.engine import trouble
from services.engine.sweep import DEATHS, Offices, Transactions, owe, pay
from services.engine.trouble import TRIES, Fault, Kind
from services.loading import load
from services.office import Office
from services.once import Written, drafted, sync_folder, write_once
from services.order import LostRace
from services.typesetting import Typeset, UnprintableText, typeset
from services.versions import must_be_ours, outdated
from workflows.machine import SYSTEM
from workflows.plain import read
from workflows.request import request
from workflows.schemas import NewerForm
from workflows.values import LetterContent

SECONDS = 20
"""How long a process may be at one letter before it is killed: typesetting is native code that nothing interrupts."""
LEASE = timedelta(seconds=30)
"""How long a claim keeps others away: longer than the process may live."""
WAITS = timedelta(seconds=5)
BATCH = 500
FIRST_RING = timedelta(seconds=30)
LAST_RING = timedelta(hours=1)
"""The bounds of how long the sweep waits before it rings for the same letter again."""

_HEARD = select(func.max(office_table.heartbeat.c.at)).where(office_table.heartbeat.c.queue == "effects")


class Step(StrEnum):
    """Where between its effect and the spool a letter can be when its worker dies, in the order of the steps."""

    CLAIMING = "before the claim is committed"
    CLAIMED = "after the claim"
    TYPESETTING = "in rendering"
    WRITING = "with the draft half written"
    WRITTEN = "after the fsync of the draft"
    LINKED = "after the link"
    SYNCED = "after the fsync of the folder"
    FINISHING = "before the finish is committed"
    FINISHED = "after the finish"


Watcher = Callable[[Step, str], None]
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Tell every step of every letter to *watcher*, in this process: in a drill, workers die at a given one."""
    _watchers.append(watcher)


def _at(step: Step, name: str) -> None:
    for watcher in _watchers:
        watcher(step, name)


class SpoolTaken(trouble.Poison):
    """Another letter lies in the spool under this number; it is never sent to whoever has the number now."""


class Overtaken(Exception):
    """Another worker has claimed the letter since: it is theirs now."""


_MADE = (
    update(letter)
    .where(letter.c.number == bindparam("key_number"), letter.c.copy == bindparam("key_copy"))
    .where(letter.c.state.in_(("ordered", "void")), letter.c.sha256.is_(None))
    .values(
        # Made void while it was being typeset, it stays void; but its file has an owner, who will have it destroyed.
        state=case((letter.c.state == "ordered", "made"), else_=letter.c.state),
        made_at=bindparam("now"),
        sha256=bindparam("new_sha256"),
        path=bindparam("new_path"),
        pages=bindparam("new_pages"),
    )
)


def to_ring(db: Connection) -> list[Row[Any]]:
    """Return effects to ring for: their bell was not answered, or the trouble they met may be over."""
    now = machine_now(db)
    return effects.waiting(
        db,
        now=now,
        before=now - WAITS,
        lease=now - LEASE,
        heard=db.execute(_HEARD).scalar_one() or datetime.min.replace(tzinfo=UTC),
        tries=TRIES,
        most=BATCH,
        stopped=letter_kind.stopped(db),
    )


def rung(db: Connection, rows: Iterable[Row[Any]]) -> None:
    """Remember that the sweep rang for these, so that it does not ring all day for a worker that is away.

    It rings again when the queue was consumed since and the bell must have been lost, each time after twice the wait.
    """
    now = machine_now(db)
    effects.rung(
        db,
        [{"key_id": row.id, "held": row.attempts, "now": now, "again": now + _next_wait(row)} for row in rows],
    )


def _next_wait(row: Row[Any]) -> timedelta:
    if row.ring_at is None or row.notified_at is None:
        return FIRST_RING
    last: timedelta = row.ring_at - row.notified_at
    return min(2 * last, LAST_RING)


def give_up(transaction: Transactions, office_of: Offices) -> int:
    """Set aside what ended its worker, killed it or outlived its time, as often as may be; return how many."""
    with transaction() as db:
        rows = effects.tried_out(db, lease=machine_now(db) - LEASE, tries=TRIES, most=BATCH)
        office = office_of(db)
        return sum(_set_aside(db, row, row.attempts, DEATHS.format(tries=row.tries), office) for row in rows)


def make(
    effect_id: int, transaction: Transactions, office_of: Offices, typeset: Callable[[LetterContent], Typeset] = typeset
) -> str:
    """Make one letter; return what became of it: made, gone (nothing to do), stopped, taken, later, again or set_aside.

    ``typeset`` gives the same bytes for the same content, whoever calls it and whenever.
    """
    pay(transaction)
    with transaction() as db:
        row = effects.one(db, effect_id)
        if row is None or row.state != "waiting":
            return "gone"
        office, now = office_of(db), machine_now(db)
        if row.claimed_at is not None and row.claimed_at > now - LEASE:
            return "taken"  # somebody is at it: a bell rung twice is not a second attempt
        if row.not_before is not None and row.not_before > now:
            return "later"  # it waits out a trouble
        if letter_kind.holds(db, row.subject):
            return "stopped"
        if _is_newer(row, office):
            return _leave(db, row)
        if row.tries >= TRIES:
            _set_aside(db, row, row.attempts, DEATHS.format(tries=row.tries), office)
            return "set_aside"
        if not effects.claim(db, row, now):
            return "taken"
        _at(Step.CLAIMING, _name(row))
    _at(Step.CLAIMED, _name(row))
    try:
        path, sha256, pages = _render(row, office, typeset, transaction)
        with transaction() as db:
            finished = _finish(db, row, path, sha256, pages, office_of(db))
            _at(Step.FINISHING, _name(row))
    except Overtaken:
        return "taken"
    except Exception as error:
        if type(error).__name__ == "SoftTimeLimitExceeded":
            raise  # as if its worker had been killed: the claim has counted
        return _fail(row, _told(error), transaction, office_of)
    _at(Step.FINISHED, _name(row))
    return "made" if finished else "taken"


def _told(error: Exception) -> Fault:
    fault = trouble.fault(error)
    if isinstance(error, UnprintableText):
        return replace(fault, text=f"unprintable {error.field}")
    return replace(fault, text="another letter lies under this number") if isinstance(error, SpoolTaken) else fault


def spool_path(number: str, copy: int) -> str:
    """Return where a letter lies, relative to the spool: a folder a year and thousand, so that none grows too large."""
    year, serial = number.split("-")[:2]
    return f"{year}/{serial[:-3]}/{file_stem(number, copy)}.pdf"


def file_stem(number: str, copy: int) -> str:
    """Return the name of a letter's file without its ending."""
    return number if copy == 1 else f"{number}.copy{copy}"


def _name(row: Row[Any]) -> str:
    return file_stem(row.subject, row.copy)


def _render(
    row: Row[Any], office: Office, typeset: Callable[[LetterContent], Typeset], transaction: Transactions
) -> tuple[str, str, int]:
    """Return path, hash and pages of the letter, writing it unless it lies there already."""
    relative = spool_path(row.subject, row.copy)
    target = office.settings.spool / relative
    content = _content(row, office)
    _at(Step.TYPESETTING, _name(row))
    made = typeset(content)
    if (
        not write_once(target, made.pdf, _seen(target.stem))
        and hashlib.sha256(target.read_bytes()).hexdigest() != made.sha256
    ):
        # The same content gives the same bytes. Other bytes under our number are somebody else's letter: a database
        # restored from an old backup beside a newer spool gives numbers out again.
        if not _left_by_an_attempt(target, row):
            raise SpoolTaken(relative)
        _write_over(target, made.pdf, row, transaction)
    return relative, made.sha256, made.pages


def _content(row: Row[Any], office: Office) -> LetterContent:
    key = office.keys.get(row.case_number)
    return read(LetterContent, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))


def _is_newer(row: Row[Any], office: Office) -> bool:
    """Whether a letter is newer code's: it has its case in hand, or sealed it in a form this code does not know."""
    if row.case_version > request.version:
        return True
    try:
        _content(row, office)
    except NewerForm:
        return True
    except Exception:  # noqa: BLE001 - judged under the claim, which counts
        return False
    return False


def _leave(db: Connection, row: Row[Any]) -> str:
    """Leave a letter to newer code: nothing is claimed or counted, and it is soon rung for again."""
    later = machine_now(db) + WAITS
    effects.put_back(db, row.id, row.attempts, counted=True, later=later, since=row.troubled_at, fault=row.fault)
    return "newer"


def _left_by_an_attempt(target: Path, row: Row[Any]) -> bool:
    """Whether an earlier attempt at this very letter wrote the file and died before its row said so.

    Its bytes are others where the template was changed in between. A letter that was tried for the first time, or a
    file older than the order, has another owner.
    """
    written = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    return bool(row.attempts > 0 and written > row.ordered_at)


def _write_over(target: Path, content: bytes, row: Row[Any], transaction: Transactions) -> None:
    """Put the letter as it is made now in the place of what an attempt without an outcome left.

    Inside a transaction, unlike all other files: only whoever holds the claim, with the case locked so that nobody
    finishes the former attempt meanwhile, may take a file away.
    """
    with drafted(target, content, _seen(target.stem)) as draft, transaction() as db:
        cases.lock(db, [row.case_number])
        if not effects.holds(db, row):
            raise Overtaken
        draft.replace(target)
        sync_folder(target.parent)


def _seen(name: str) -> Callable[[Written], None]:
    return lambda step: _at(Step[step.name], name)


def _finish(db: Connection, row: Row[Any], path: str, sha256: str, pages: int, office: Office) -> bool:
    """Write that the letter is made, start its clock, and wipe what the effect carried.

    False, and nothing written, where the claim grew old and another worker has the letter now.
    """
    locked = cases.lock(db, [row.case_number])[row.case_number]
    must_be_ours(locked)  # its clocks are the newer version's
    before = load(db, [locked], office)[row.case_number]
    # One made void meanwhile stays void, but under this claim: its file has an owner, who will have it destroyed.
    now = machine_now(db)
    if not effects.done(db, row, now):
        if effects.done(db, row, now, "set_aside"):  # given up while it was only slow: it is made after all
            incident.close(db, "effect", office.now, SYSTEM.name, subject=row.subject)
        elif not effects.holds(db, row):
            return False
    written = db.execute(
        _MADE,
        {
            "key_number": row.subject,
            "key_copy": row.copy,
            "now": office.now,
            "new_sha256": sha256,
            "new_path": path,
            "new_pages": pages,
        },
    )
    if written.rowcount != 1:
        raise LostRace(f"letter {row.subject} is made already")
    rearm_letters(db, locked, before, office)
    return True


def rearm_letters(db: Connection, locked: Row[Any], before: Any, office: Office) -> None:
    """Start and stop the clocks of letters after something happened to one of them outside a transition."""
    now = load(db, [locked], office)[locked.number]
    rows = timers.Rows()
    due, name = timers.rearm(rows, locked.id, before.timers, before.case, now.case, office)
    rows.write(db)
    if (due, name) != (locked.due_at, locked.next):
        cases.write(db, [{"key_id": locked.id, "key_seq": locked.seq, "due_at": due, "next": name}])


def _fail(row: Row[Any], fault: Fault, transaction: Transactions, office_of: Offices) -> str:
    """Let the effect wait, leave it for another try, or set it aside where another one cannot help."""
    try:
        with transaction() as db:
            return _settle(db, row, fault, office_of(db))
    except Exception:
        owe(lambda db: _settle(db, row, fault, office_of(db)))
        raise


def _settle(db: Connection, row: Row[Any], fault: Fault, office: Office) -> str:
    now, held = machine_now(db), row.attempts + 1
    if fault.kind is Kind.NEWER or (fault.kind is Kind.POISON and outdated(db)):
        later = now + WAITS
        effects.put_back(db, row.id, held, counted=False, later=later, since=row.troubled_at, fault=row.fault)
        return "newer"
    if fault.kind is Kind.TRANSIENT:
        later, since = trouble.later(now, row.troubled_at), row.troubled_at or now
        effects.put_back(db, row.id, held, counted=False, later=later, since=since, fault=fault.text)
        return "later"
    if not fault.at_once and row.tries + 1 < TRIES:
        return "again"  # its lease is its backoff, and the claim has counted
    _set_aside(db, row, held, fault.text, office)
    return "set_aside"


def _set_aside(db: Connection, row: Row[Any], attempts: int, fault: str, office: Office) -> bool:
    if not effects.set_aside(db, row.id, attempts, machine_now(db), fault):
        return False
    incident.record(db, at=office.now, kind="effect", case_number=row.case_number, subject=row.subject, fault=fault)
    return True
