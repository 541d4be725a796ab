"""Effects carried out, once each at the spool: a letter is rendered, written, and linked under its number.

The order of steps makes any crash harmless: the file is complete and on disk before its name exists, the name exists
before the row says so, and whoever comes again makes the same bytes, finds them under that name, and writes the row.
"""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, update

from clock import machine_now
from models import case as cases
from models import effect as effects
from models import incident
from models.letter import letter
from services import timers
from services.loading import load
from services.office import Office
from services.once import write_once
from services.typesetting import Typeset, TypesettingFailed, UnprintableText, typeset
from workflows.plain import from_plain
from workflows.values import LetterContent

ATTEMPTS = 3
LEASE = timedelta(seconds=60)
WAITS = timedelta(seconds=5)
BATCH = 500


class SpoolTaken(Exception):
    """Another letter lies in the spool under this number; it is never sent to whoever has the number now."""


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
    return effects.waiting(db, before=now - WAITS, lease=now - LEASE, most=BATCH)


def make(
    effect_id: int, transaction: Transactions, office_of: Offices, typeset: Callable[[LetterContent], Typeset] = typeset
) -> str:
    """Make one letter; return what became of it: made, gone (nothing to do), taken, again or set_aside.

    ``typeset`` gives the same bytes for the same content, whoever calls it and whenever.
    """
    with transaction() as db:
        row = effects.one(db, effect_id)
        if row is None or row.state != "waiting":
            return "gone"
        office, now = office_of(db), machine_now(db)
        if row.claimed_at is not None and row.claimed_at > now - LEASE:
            return "taken"  # somebody is at it: a bell rung twice is not a second attempt
        if row.attempts >= ATTEMPTS:
            _set_aside(db, row, "tried too often", office)
            return "set_aside"
        if not effects.claim(db, row, now):
            return "taken"
    try:
        path, sha256, pages = _render(row, office, typeset)
    except UnprintableText as unprintable:
        return _fail(row, f"unprintable {unprintable.field}", transaction, office_of, at_once=True)
    except SpoolTaken:
        return _fail(row, "another letter lies under this number", transaction, office_of, at_once=True)
    except (TypesettingFailed, OSError, ValueError, KeyError) as error:
        return _fail(row, incident.fault_of(error), transaction, office_of, at_once=False)
    with transaction() as db:
        _finish(db, row, path, sha256, pages, office_of(db))
    return "made"


def spool_path(number: str, copy: int) -> str:
    """Return where a letter lies, relative to the spool: a folder a year and thousand, so that none grows too large."""
    year, serial = number.split("-")[:2]
    name = number if copy == 1 else f"{number}.copy{copy}"
    return f"{year}/{serial[:-3]}/{name}.pdf"


def _render(
    row: Row[Any], office: Office, typeset: Callable[[LetterContent], Typeset] = typeset
) -> tuple[str, str, int]:
    """Return path, hash and pages of the letter, writing it unless it lies there already."""
    relative = spool_path(row.subject, row.copy)
    target = office.settings.spool / relative
    key = office.keys.get(row.case_number)
    content = from_plain(LetterContent, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))
    made = typeset(content)
    if not write_once(target, made.pdf) and hashlib.sha256(target.read_bytes()).hexdigest() != made.sha256:
        # The same content gives the same bytes. Other bytes under our number are somebody else's letter: a database
        # restored from an old backup beside a newer spool gives numbers out again.
        raise SpoolTaken(relative)
    return relative, made.sha256, made.pages


def _finish(db: Connection, row: Row[Any], path: str, sha256: str, pages: int, office: Office) -> None:
    """Write that the letter is made, start its clock, and wipe what the effect carried."""
    locked = cases.lock(db, [row.case_number])[row.case_number]
    before = load(db, [locked], office)[row.case_number]
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
    effects.end(db, row.id, "done", machine_now(db))
    rearm_letters(db, locked, before, office)


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
        _set_aside(db, row, fault, office_of(db))
    return "set_aside"


def _set_aside(db: Connection, row: Row[Any], fault: str, office: Office) -> None:
    # What it carried stays sealed in place: once the cause is mended, the letter can still be made.
    db.execute(
        update(effects.effect)
        .where(effects.effect.c.id == row.id)
        .values(state="set_aside", done_at=machine_now(db), fault=fault)
    )
    incident.record(db, at=office.now, kind="effect", case_number=row.case_number, subject=row.subject, fault=fault)
