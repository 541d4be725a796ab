"""What lies in the spool and belongs to no letter: drafts of killed writers, files of letters void before their end.

A worker that dies leaves a draft in clear under a hidden name, or a whole file its row does not know yet. Whoever makes
the letter takes both along; but a letter that became void meanwhile is never made, and what was left of it stays. A
file under a number that no letter has is another thing: after a restore it may be the only trace of what was posted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from clock import machine_now
from models import case as cases
from models import letter_kind, staff
from models.effect import effect, named
from models.letter import letter
from services.engine.outbox import LEASE
from services.engine.unit import UnitOfWork
from workflows.engine.values import Actor, Reason

REMOVABLE = frozenset({"stray_file", "stray_draft"})
"""What nobody will ever ask for again."""
SOME = 500

_DRAFT = re.compile(r"\.(?P<stem>.+)\.pdf\.[0-9a-f]{16}")
_OWNERS = (
    select(
        letter.c.number, letter.c.copy, letter.c.path, letter.c.kind, cases.case.c.number.label("case_number"),
        effect.c.id.label("effect_id"), effect.c.state, effect.c.claimed_at,
    )
    .join(cases.case, cases.case.c.id == letter.c.case_id)
    .outerjoin(effect, (effect.c.subject == letter.c.number) & (effect.c.copy == letter.c.copy))
    .where(letter.c.number.in_(bindparam("numbers", expanding=True)))
)  # fmt: skip
_TAKE_THE_CLAIM_AWAY = (
    update(effect)
    .where(effect.c.id == bindparam("key_id"), effect.c.state == "void")
    .values(attempts=effect.c.attempts + 1)
)


@dataclass(frozen=True, slots=True)
class Stray:
    """One file of the spool and what is wrong with it; ``file`` is its path in the spool."""

    file: str
    what: str
    case: str | None
    effect_id: int | None

    @property
    def detail(self) -> Reason:
        """What the doctor says of it."""
        return Reason(f"doctor.{self.what}", {"file": self.file})


def strays(reads: Callable[[], AbstractContextManager[Connection]], spool: Path) -> Iterator[Stray]:
    """Yield every file of the spool that belongs to no letter, folder by folder."""
    folders = sorted({path.parent for path in spool.rglob("*") if not path.is_dir()}) if spool.is_dir() else []
    for folder in folders:
        names = sorted(path.name for path in folder.iterdir() if not path.is_dir())
        for start in range(0, len(names), SOME):
            # The files first, then the database: a letter made in between is known by then.
            with reads() as db:
                found = list(_of(db, folder, names[start : start + SOME], spool))
            yield from found


def _of(db: Connection, folder: Path, names: Sequence[str], spool: Path) -> Iterator[Stray]:
    now, stopped = machine_now(db), letter_kind.stopped(db)
    owners = _owners(db, names)
    for name in names:
        file = str((folder / name).relative_to(spool))
        draft = _DRAFT.fullmatch(name)
        stem = draft["stem"] if draft else name.removesuffix(".pdf")
        owner = owners.get(stem)
        if owner is None:
            yield Stray(file, "stray_draft" if draft else "unknown_file", None, None)
        elif owner.path == file or _in_work(owner, now):
            continue
        elif draft and (owner.state != "waiting" or owner.kind in stopped):
            yield Stray(file, "stray_draft", owner.case_number, owner.effect_id)
        elif not draft and owner.state == "void":
            yield Stray(file, "stray_file", owner.case_number, owner.effect_id)


def _owners(db: Connection, names: Iterable[str]) -> dict[str, Row[Any]]:
    numbers = {name.lstrip(".").partition(".")[0] for name in names}
    rows: list[Row[Any]] = list(db.execute(_OWNERS, {"numbers": sorted(numbers)}))
    return {named(row.number, row.copy): row for row in rows}


def _in_work(owner: Row[Any], now: datetime) -> bool:
    """Whether somebody may be writing this letter at this moment."""
    return owner.claimed_at is not None and owner.claimed_at > now - LEASE


def remove(
    files: Iterable[str],
    unit: UnitOfWork,
    who: Actor,
) -> list[Stray]:
    """Remove these files of the spool where they still belong to nobody; return what was removed, all of it logged.

    The claim under which such a file was written is taken away first, with the case locked: a worker that was thought
    dead and wakes up writes no row that would name the file.
    """
    removed: list[Stray] = []
    for file in sorted(set(files)):
        with unit.begin() as db:
            office = unit.office(db)
            path = office.settings.spool / file
            found = [one for one in _of(db, path.parent, [path.name], office.settings.spool) if one.what in REMOVABLE]
            for one in found:
                if one.case is not None:
                    cases.lock(db, [one.case])
                if one.effect_id is not None:
                    db.execute(_TAKE_THE_CLAIM_AWAY, {"key_id": one.effect_id})
                details = {"case": one.case, "what": one.what, "file": one.file}
                staff.log(db, office.now, "doctor_repaired", who.name, details)
        for one in found:
            path.unlink(missing_ok=True)
            removed.append(one)
    return removed
