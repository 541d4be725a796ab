"""The office's own procedures: which is in force on a day, and the one each case began under.

What was adopted stands in the database as text (`models.adopted`). A case names its text's SHA-256, so a process reads
each text once and keeps what it says: what a digest stands for never changes, whichever database it came from.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row

from models import adopted
from models.questions import Question
from services.engine.trouble import Newer, NotReady
from workflows.engine.values import Reason
from workflows.office import SOURCE, OfficeProcedure
from workflows.office.reading import BadFile, digest, parse

NO_DIGEST = SOURCE.digest
"""What names the procedure of the source, which is nobody's file."""


class ProcedureOfNewerCode(Newer):
    """A case began under a procedure this code cannot read: newer code adopted it, and looks after the case."""


class ProcedureGone(NotReady):
    """The text of a procedure is not what was adopted, or is not there: no case under it is judged by anything else."""


@dataclass(frozen=True, slots=True)
class Version:
    """One adoption: from which day, under which law (empty: the source's, under any), and what."""

    number: int
    first: date
    regime: str
    digest: str


@lru_cache(maxsize=32)
def versions(brief: str | None) -> tuple[Version, ...]:
    """Return what was adopted, as `Office.adopted` tells it, by day; of one day that which counts stands last."""
    found = [Version(number, date.fromisoformat(first), *rest) for number, first, *rest in json.loads(brief or "[]")]
    return tuple(sorted(found, key=lambda one: (one.first, one.number)))


def counting(brief: str | None, day: date) -> Version | None:
    """Return the version that counts on a day, also one that brought the source's procedure back; None: none did."""
    return next((one for one in reversed(versions(brief)) if one.first <= day), None)


def in_force(brief: str | None, day: date) -> Version | None:
    """Return the version that a case of that day begins under; None: the source's procedure is in force."""
    newest = counting(brief, day)
    return newest if newest is not None and newest.digest else None


_READ: dict[str, OfficeProcedure] = {NO_DIGEST: SOURCE}
"""What each digest stands for, of those this process has met."""


def asks(rows: Iterable[Row[Any]]) -> list[Question]:
    """Return what must be asked of the texts before `of` these cases: nothing, once each was met."""
    return [] if all(pinned(row) in _READ for row in rows) else [adopted.TEXTS]


def learn(rows: Sequence[Row[Any]]) -> None:
    """Take in texts. What this code cannot read is not kept: whoever needs it is told by `of`."""
    for row in rows:
        if row.digest not in _READ and digest(row.text) == row.digest:
            found = parse(row.text)
            if not isinstance(found, BadFile):
                _READ[row.digest] = found


def pinned(row: Row[Any]) -> str:
    """Return the digest a case names; empty: the source's procedure."""
    named: str = row.facts.get("procedure", NO_DIGEST)
    return named


def readable(row: Row[Any]) -> bool:
    """Whether this process has met and understood the procedure a case began under."""
    return pinned(row) in _READ


def meet(db: Connection, digests: Collection[str]) -> None:
    """Read those of these texts that this process has not met."""
    if unmet := [one for one in dict.fromkeys(digests) if one not in _READ]:
        learn(adopted.texts(db, unmet))


def of(named: str, stored: Collection[Row[Any]] = ()) -> OfficeProcedure:
    """Return what a digest stands for.

    Raises:
        ProcedureOfNewerCode: the text is as it was adopted, and this code cannot read it.
        ProcedureGone: there is no such text among the *stored* ones; it passes when it is back.
    """
    found = _READ.get(named)
    if found is not None:
        return found
    if any(row.digest == named and digest(row.text) == named for row in stored):
        raise ProcedureOfNewerCode(f"procedure {named[:12]}")
    raise ProcedureGone(Reason("procedure.gone", {"digest": named[:12]}))


def read(db: Connection, named: str) -> OfficeProcedure:
    """Return what a digest stands for, read where this process never met it. Raises as `of` does."""
    if named in _READ:
        return _READ[named]
    stored = adopted.texts(db, [named])
    learn(stored)
    return of(named, stored)


def words(db: Connection, brief: str | None, group: str) -> frozenset[str]:
    """Return the words of the office's own, in whatever procedure it adopted: of its forms (form), its papers (paper).

    Nothing is asked where it adopted none.
    """
    found: set[str] = set()
    for named in dict.fromkeys(version.digest for version in versions(brief)):
        try:
            start = read(db, named).start
        except (ProcedureOfNewerCode, ProcedureGone):
            continue  # whoever meets a case under it is told
        found |= {row.code for row in (start.forms if group == "form" else start.papers)}
    return frozenset(found)
