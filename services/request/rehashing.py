"""Hashes of people made anew where they were made by an earlier rule of spelling, or before there were such hashes.

Only the seal tells what to hash, so no migration can do it: `doctor` finds such people and `doctor --repair` does this.
Until then what such a hash would tell is unknown, and people of the same name count as one.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from models import person as person_table
from models.case import case
from models.keys import KeyMissing
from models.person import person
from services.engine.office import Office
from services.request.hashing import hashes
from services.request.loading import people
from workflows.request import spelling

_OUTDATED = (
    select(person.c.case_id)
    .join(case, case.c.id == person.c.case_id)
    .where(person.c.case_id.in_(bindparam("ids", expanding=True)), case.c.erased_at.is_(None))
    .where(person.c.sealed.is_not(None), person.c.spelling.is_distinct_from(spelling.RULE))
    .distinct()
)
_RENEWED = (
    update(person)
    .where(person.c.case_id == bindparam("key_case_id"), person.c.party == bindparam("key_party"))
    .values({name: bindparam(f"new_{name}") for name in person_table.LOOKED_UP})
)


def outdated(db: Connection, ids: Collection[int]) -> set[int]:
    """Return which of these cases have people whose hashes were made by an earlier rule."""
    return set(db.execute(_OUTDATED, {"ids": list(ids)}).scalars()) if ids else set()


def renew(db: Connection, rows: Sequence[Row[Any]], office: Office) -> None:
    """Make the hashes of these cases' people anew. Doing it twice is doing it once; who is erased stays erased."""
    if not rows:
        return
    sealed = person_table.of_cases(db, [row.id for row in rows])
    made: list[dict[str, Any]] = []
    for row in rows:
        try:
            known = people(row, sealed.get(row.id, {}), office)
        except KeyMissing:
            continue  # erased meanwhile: there is nothing left to find them by
        for party, who in known.items():
            new = {f"new_{name}": value for name, value in hashes(who, office).items()}
            made.append({"key_case_id": row.id, "key_party": str(party), **new})
    if made:
        db.execute(_RENEWED, made)
