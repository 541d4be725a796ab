"""Effects carried out, once each at the spool: a letter is rendered, written, and linked under its number.

The order of steps makes any crash harmless: the file is complete and on disk before its name exists, the name exists
before the row says so, and whoever comes again makes the same bytes, finds them under that name, and writes the row.
Whoever comes too late (its claim grew old and another worker has claimed the letter since) writes no row any more.

A letter of a stopped kind is not begun, and no attempt is counted; it waits for its kind to be started again.
"""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, update

from clock import machine_now
from models import case as cases
from models import effect as effects
from models import incident, letter_kind
from models.letter import letter
from services import timers
from services.loading import load
from services.office import Office
from services.once import Written, drafted, sync_folder, write_once
from services.typesetting import Typeset, TypesettingFailed, UnprintableText, typeset
from workflows.plain import from_plain
from workflows.values import LetterContent

ATTEMPTS = 3
LEASE = timedelta(seconds=60)
WAITS = timedelta(seconds=5)
BATCH = 500


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


class SpoolTaken(Exception):
    """Another letter lies in the spool under this number; it is never sent to whoever has the number now."""


class Overtaken(Exception):
    """Another worker has claimed the letter since: it is theirs now."""


Transactions = Callable[[], AbstractContextManager[Connection]]
Offices = Callable[[Connection], Office]

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


def waiting(db: Connection) -> list[Row[Any]]:
    """Return effects whose bell was not answered."""
    now = machine_now(db)
    stopped = letter_kind.stopped(db)
    return effects.waiting(db, before=now - WAITS, lease=now - LEASE, most=BATCH, stopped=stopped)


def make(
    effect_id: int, transaction: Transactions, office_of: Offices, typeset: Callable[[LetterContent], Typeset] = typeset
) -> str:
    """Make one letter; return what became of it: made, gone (nothing to do), stopped, taken, again or set_aside.

    ``typeset`` gives the same bytes for the same content, whoever calls it and whenever.
    """
    with transaction() as db:
        row = effects.one(db, effect_id)
        if row is None or row.state != "waiting":
            return "gone"
        office, now = office_of(db), machine_now(db)
        if row.claimed_at is not None and row.claimed_at > now - LEASE:
            return "taken"  # somebody is at it: a bell rung twice is not a second attempt
        if letter_kind.holds(db, row.subject):
            return "stopped"
        if row.attempts >= ATTEMPTS:
            _set_aside(db, row, row.attempts, "tried too often", office)
            return "set_aside"
        if not effects.claim(db, row, now):
            return "taken"
        _at(Step.CLAIMING, _name(row))
    _at(Step.CLAIMED, _name(row))
    try:
        path, sha256, pages = _render(row, office, typeset, transaction)
    except UnprintableText as unprintable:
        return _fail(row, f"unprintable {unprintable.field}", transaction, office_of, at_once=True)
    except SpoolTaken:
        return _fail(row, "another letter lies under this number", transaction, office_of, at_once=True)
    except Overtaken:
        return "taken"
    except (TypesettingFailed, OSError, ValueError, KeyError) as error:
        return _fail(row, incident.fault_of(error), transaction, office_of, at_once=False)
    with transaction() as db:
        finished = _finish(db, row, path, sha256, pages, office_of(db))
        _at(Step.FINISHING, _name(row))
    _at(Step.FINISHED, _name(row))
    return "made" if finished else "taken"


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
    key = office.keys.get(row.case_number)
    content = from_plain(LetterContent, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))
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
    before = load(db, [locked], office)[row.case_number]
    # One made void meanwhile stays void, but under this claim: its file has an owner, who will have it destroyed.
    if not effects.done(db, row, machine_now(db)) and not effects.holds(db, row):
        return False
    db.execute(
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


def _fail(row: Row[Any], fault: str, transaction: Transactions, office_of: Offices, *, at_once: bool) -> str:
    """Leave the effect for another attempt, or set it aside where another one cannot help."""
    if not at_once and row.attempts + 1 < ATTEMPTS:
        return "again"
    with transaction() as db:
        _set_aside(db, row, row.attempts + 1, fault, office_of(db))
    return "set_aside"


def _set_aside(db: Connection, row: Row[Any], attempts: int, fault: str, office: Office) -> None:
    if effects.set_aside(db, row.id, attempts, machine_now(db), fault):
        incident.record(db, at=office.now, kind="effect", case_number=row.case_number, subject=row.subject, fault=fault)
