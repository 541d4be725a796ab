"""Letters made, once each at the spool: a letter is rendered, written, and linked under its number.

The order of steps makes any crash harmless: the file is complete and on disk before its name exists, the name exists
before the row says so, and whoever comes again makes the same bytes, finds them under that name, and writes the row.
Claims, leases and trouble are the outbox's (`services.engine.outbox`), for which this is the handler of letters.

A letter of a stopped kind is not begun, and no attempt is counted; it waits for its kind to be started again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, update

from models import case as cases
from models import effect as effects
from models import letter_kind
from models.effect import named
from models.letter import letter
from services.engine import outbox, trouble
from services.engine.office import Office
from services.engine.once import Written, drafted, sync_folder, write_once
from services.engine.order import LostRace
from services.engine.outbox import Handler, Overtaken
from services.engine.trouble import Fault
from services.engine.unit import UnitOfWork
from services.letters.declared import content_of
from services.letters.enclosed import EnclosureDamaged, opened
from services.letters.typesetting import Typeset, UnprintableText, typeset

SECONDS = 20
"""How long a process may be at one letter before it is killed: typesetting is native code that nothing interrupts."""

Typesetter = Callable[..., Typeset]
"""Takes a LetterContent and, where something is printed behind it, the files of that by name.

Gives the same bytes for the same content, whoever calls it and whenever.
"""


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


def _at(step: outbox.Step | Written | Step, name: str) -> None:
    for watcher in _watchers:
        watcher(Step[step.name], name)


class SpoolTaken(trouble.Poison):
    """Another letter lies in the spool under this number; it is never sent to whoever has the number now."""


@dataclass(frozen=True, slots=True)
class Made:
    """A letter as it lies in the spool; ``path`` is relative to that."""

    path: str
    sha256: str
    pages: int


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


def _judge(error: Exception) -> Fault:
    fault = trouble.fault(error)
    if isinstance(error, UnprintableText):
        return replace(fault, text=f"unprintable {error.field}")
    if isinstance(error, EnclosureDamaged):
        return replace(fault, text=f"what goes with it is gone or altered: {error}")
    return replace(fault, text="another letter lies under this number") if isinstance(error, SpoolTaken) else fault


def spool_path(number: str, copy: int) -> str:
    """Return where a letter lies, relative to the spool: a folder a year and thousand, so that none grows too large."""
    year, serial = number.split("-")[:2]
    return f"{year}/{serial[:-3]}/{named(number, copy)}.pdf"


def _name(row: Row[Any]) -> str:
    return named(row.subject, row.copy)


def render(row: Row[Any], office: Office, unit: UnitOfWork, *, typeset: Typesetter = typeset) -> Made:
    """Write the letter of an effect into the spool, unless it lies there already.

    Raises SpoolTaken, Overtaken, and whatever the typesetter, the keys and the file system raise.
    """
    relative = spool_path(row.subject, row.copy)
    target = office.settings.spool / relative
    key = office.keys.get(row.case_number)
    content = content_of(row.definition, key.open_json("effect", "sealed", f"{row.subject}/{row.copy}", row.sealed))
    files = opened(content, office)
    _at(Step.TYPESETTING, _name(row))
    made = typeset(content, files) if files else typeset(content)
    if (
        not write_once(target, made.pdf, _seen(target.stem))
        and hashlib.sha256(target.read_bytes()).hexdigest() != made.sha256
    ):
        # The same content gives the same bytes. Other bytes under our number are somebody else's letter: a database
        # restored from an old backup beside a newer spool gives numbers out again.
        if not _left_by_an_attempt(target, row):
            raise SpoolTaken(relative)
        _write_over(target, made.pdf, row, unit)
    return Made(relative, made.sha256, made.pages)


def _left_by_an_attempt(target: Path, row: Row[Any]) -> bool:
    """Whether an earlier attempt at this very letter wrote the file and died before its row said so.

    Its bytes are others where the template was changed in between. A letter that was tried for the first time, or a
    file older than the order, has another owner.
    """
    written = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    return bool(row.attempts > 0 and written > row.ordered_at)


def _write_over(target: Path, content: bytes, row: Row[Any], unit: UnitOfWork) -> None:
    """Put the letter as it is made now in the place of what an attempt without an outcome left.

    Inside a transaction, unlike all other files: only whoever holds the claim, with the case locked so that nobody
    finishes the former attempt meanwhile, may take a file away.
    """
    with drafted(target, content, _seen(target.stem)) as draft, unit.begin() as db:
        cases.lock(db, [row.case_number])
        if not effects.holds(db, row):
            raise Overtaken
        draft.replace(target)
        sync_folder(target.parent)


def _seen(name: str) -> Callable[[Written], None]:
    return lambda step: _at(step, name)


def _finish(db: Connection, row: Row[Any], made: Made, office: Office) -> None:
    """Write that the letter is made."""
    written = db.execute(
        _MADE,
        {
            "key_number": row.subject,
            "key_copy": row.copy,
            "now": office.now,
            "new_sha256": made.sha256,
            "new_path": made.path,
            "new_pages": made.pages,
        },
    )
    if written.rowcount != 1:
        raise LostRace(f"letter {row.subject} is made already")


def make(effect_id: int, unit: UnitOfWork, typeset: Typesetter = typeset) -> str:
    """Make one letter; return what became of it: made, or any other word of `outbox.deliver`."""
    became = outbox.deliver(effect_id, handler(typeset), unit)
    return "made" if became == "done" else became


def handler(typeset: Typesetter = typeset) -> Handler[Made]:
    """Return how letters are made."""
    return Handler(
        kind="letter",
        do=partial(render, typeset=typeset),
        finish=_finish,
        kept_back=letter_kind.keeps_back,
        judge=_judge,
        seen=lambda step, row: _at(step, _name(row)),
    )


LETTERS = handler()
