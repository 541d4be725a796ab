"""Hashes of people made anew where they were made by an earlier rule of spelling, or before there were such hashes.

Only the seal tells what to hash, so no migration can do it: `doctor` finds such people and `doctor --repair` does this.
Until then what such a hash would tell is unknown, people of the same name count as one, and `find` finds nobody by it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from models import person as person_table
from models import stage, word
from models.case import case
from models.inquiry import inquiry
from models.keys import KeyDestroyed, KeyMissing, SealBroken
from models.person import person
from models.word import inquiry_word, person_word
from services.engine.office import Office
from services.request import finding
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


# -- the words people are found by ----------------------------------------------------------------------------------


def words_differ(db: Connection, rows: Sequence[Row[Any]], office: Office, *, opening: bool) -> set[int]:
    """Return which of these cases are not found by the words of their people, or by others as well.

    Without *opening* only those are told that are found by no word at all, or are erased and found by any.
    """
    kept = word.of_these(db, person_word, [row.id for row in rows])
    sealed = person_table.of_cases(db, [row.id for row in rows])
    found, between = set(), _stage_before(db, office)
    for row in rows:
        there = {party: words for party, words in kept.get(row.id, {}).items() if words}
        if opening:
            wanted = _wanted(row, sealed.get(row.id, {}), office)
            if between is not None and there == _wanted(row, sealed.get(row.id, {}), between):
                continue  # their turn comes
        elif row.erased_at is None and any(one.sealed is not None for one in sealed.get(row.id, {}).values()):
            wanted = there or {0: {0}}
        else:
            wanted = {}
        if wanted is not None and wanted != there:
            found.add(row.id)
    return found


def _wanted(row: Row[Any], sealed: dict[str, Row[Any]], office: Office) -> dict[int, set[int]] | None:
    """Return the words a case is to be found by; None where that cannot be told."""
    if row.erased_at is not None:
        return {}
    try:
        known = people(row, sealed, office)
    except KeyDestroyed:
        return {}
    except (KeyMissing, SealBroken):
        return None
    return {party: set(words) for party, words in finding.words_of_all(known, office).items() if words}


def renew_words(db: Connection, rows: Sequence[Row[Any]], office: Office) -> None:
    """Let these cases be found by the words of their people and by nothing else."""
    sealed = person_table.of_cases(db, [row.id for row in rows]) if rows else {}
    new: dict[int, Mapping[int, Collection[int]]] = {}
    for row in rows:
        wanted = _wanted(row, sealed.get(row.id, {}), office)
        if wanted is not None:
            new[row.id] = {party: wanted.get(party, ()) for party in range(len(word.PARTIES))}
    word.replace(db, person_word, new)


_INQUIRIES = select(inquiry).where(inquiry.c.id > bindparam("after")).order_by(inquiry.c.id).limit(bindparam("most"))


def inquiries_differ(db: Connection, office: Office, after: int, most: int) -> tuple[list[Row[Any]], int | None]:
    """Return those of the next inquiries that are not found by the words of who asked, and the last one looked at."""
    rows = list(db.execute(_INQUIRIES, {"after": after, "most": most}))
    kept = word.of_these(db, inquiry_word, [row.id for row in rows])
    between = _stage_before(db, office)
    differ = [
        row
        for row in rows
        if _words_of_inquiry(row, office) not in (None, there := kept.get(row.id, {}).get(0, set()))
        and (between is None or _words_of_inquiry(row, between) != there)
    ]
    return differ, rows[-1].id if rows else None


def _stage_before(db: Connection, office: Office) -> Office | None:
    """Return the office as it hashed before the look-ups' key was changed, while words are being made anew."""
    first = stage.of_words(db, office.stage)[0]
    return None if first == office.stage else replace(office, stage=first)


def _words_of_inquiry(row: Row[Any], office: Office) -> set[int] | None:
    try:
        return set(finding.words_of(finding.person_of_inquiry(row, office), office))
    except KeyDestroyed:
        return set()
    except (KeyMissing, SealBroken):
        return None


def renew_inquiries(db: Connection, rows: Sequence[Row[Any]], office: Office) -> None:
    """Let these inquiries be found by the words of who asked and by nothing else."""
    wanted = {row.id: _words_of_inquiry(row, office) for row in rows}
    word.replace(db, inquiry_word, {each: {0: words} for each, words in wanted.items() if words is not None})
