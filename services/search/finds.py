"""What comes with an answer: opened in the limited process, counted, sealed into the evidence store, listed by hash.

A file is taken in before the answer that names it is ordered, for an order carries no files. Taken in twice it is one:
its number is told again. What no answer names is destroyed with the refusal of the answer it came with.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, update

from models import search
from models.case import count_on
from models.keys import CaseKey
from services.engine.office import Office
from services.intake.encodings import decoded
from services.intake.faults import BadInput
from services.returns import room
from services.returns.pages import Unreadable
from services.returns.store import PageDamaged, Stored, StoreTaken, get, path_of, put
from workflows.engine.codec import written

TABLE = "find"
MOST_FILES = 100
"""Of one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """The name a file had, as it is sealed."""

    name: str


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was given: its name, what it holds, and what it turned out to be."""

    name: str
    content: bytes
    kind: str
    pages: int

    @property
    def sha256(self) -> str:
        """The hash of what it holds."""
        return hashlib.sha256(self.content).hexdigest()


def looked_into(name: str, content: bytes, language: str = "en") -> Given:
    """Return a file with its kind and pages. Raises Unreadable, or BadInput for text that is none."""
    if not content:
        raise Unreadable("empty")
    if len(content) > room.LARGEST_FILE:
        raise Unreadable("too_large")
    if content.startswith(b"%PDF"):
        return Given(name, content, "pdf", room.count(content))
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"RIFF")):
        return Given(name, content, "picture", room.count(content))
    try:
        decoded(content, language)
    except BadInput:
        raise Unreadable("not_a_picture") from None
    return Given(name, content, "csv" if name.lower().endswith(".csv") else "text", 1)


def take_in(
    db: Connection, row: Row[Any], given: Sequence[Given], by: str, office: Office, *, kept: bool = True
) -> list[str]:
    """Seal these files for a search and return their numbers; one that was taken in already keeps its own.

    Without *kept* no file is written: to try out an answer, in a transaction that is taken back.
    """
    known = {one.sha256: one.number for one in search.finds(db, row.id) if one.destroyed_at is None}
    key = office.own_keys().get(row.number)
    numbers = []
    for one in given:
        if one.sha256 not in known:
            number, stored = _stored(db, one, key, office) if kept else _not_stored(db, one, office)
            new = {
                "number": number, "case_id": row.id, "seq": None, "kind": one.kind, "pages": one.pages,
                "bytes": len(one.content), "sha256": stored.sha256, "sealed_sha256": stored.sealed_sha256,
                "path": stored.path, "name": key.seal_json(TABLE, "name", number, written(FileName(name=one.name))),
                "taken_by": by, "taken_at": office.now, "destroyed_at": None,
            }  # fmt: skip
            db.execute(insert(search.find), new)
            known[one.sha256] = number
        numbers.append(known[one.sha256])
    return list(dict.fromkeys(numbers))


def _stored(db: Connection, one: Given, key: CaseKey, office: Office) -> tuple[str, Stored]:
    """Write a file under a number of its own.

    Whoever was killed before the commit left a file under a number that comes again: then the next one is taken.
    """
    while True:
        number = _number(db, office)
        with suppress(StoreTaken):
            stored = put(office.settings.finds, TABLE, number, one.content, key)
            if stored.sha256 == one.sha256:
                return number, stored


def _not_stored(db: Connection, one: Given, office: Office) -> tuple[str, Stored]:
    number = _number(db, office)
    return number, Stored(path_of(number), one.sha256, "")


def content(row: Row[Any], number: str, office: Office) -> bytes:
    """Return what a file holds, of the search of that number. Raises PageDamaged, KeyMissing."""
    if row.destroyed_at is not None:
        raise PageDamaged("destroyed")
    return get(office.settings.finds, TABLE, row, office.keys.get(number))


def forget(db: Connection, numbers: Sequence[str], office: Office) -> None:
    """Destroy those of these files that no answer names."""
    for number in numbers:
        row = search.one_find(db, number)
        if row is None or row.seq is not None or row.destroyed_at is not None:
            continue
        db.execute(update(search.find).where(search.find.c.id == row.id).values(destroyed_at=office.now, name=None))
        (office.settings.finds / row.path).unlink(missing_ok=True)


def _number(db: Connection, office: Office) -> str:
    year = office.calendar.today(office.now).year
    return f"F{year % 100:02d}-{count_on(db, f'find/{year}'):06d}"
