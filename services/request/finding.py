"""People found by what is known of them: the words they are found by are written, and looked for.

Nothing sealed is searched. The words asked for are hashed under the office's key and found in an index; only the few
that come into question are opened, looked at whether they are really meant, and shown.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, select

from models import person as person_table
from models import stage as stages
from models import word as words
from models.case import case
from models.inquiry import inquiry
from models.keys import KeyMissing, SealBroken
from models.letter import letter
from models.word import PARTIES, inquiry_word, person_word
from services.engine.office import Office
from services.request.loading import people
from workflows.engine.codec import read
from workflows.request.found_by import Asked, Word, found_by
from workflows.request.payloads import Inquiry
from workflows.request.values import Party, Person

MOST = 50
"""How many are shown."""
LOT = 60
"""How many are opened at a time."""
MOST_OPENED = 300
"""How many are opened at most: where so many begin alike and are not meant, more must be said of whoever is."""

FEW, COUNTED = 300, 20_000
"""Up to how many people of a word are counted to find the rarest of several: most words end before the first."""

_EVERYTHING = 2**31 - 1
_CASES: Select[Any] = select(
    case.c.id,
    case.c.number,
    case.c.definition,
    case.c.state,
    case.c.todo,
    case.c.opened_on,
    case.c.open,
    case.c.erased_at,
).where(case.c.id.in_(bindparam("ids", expanding=True)))
_OF_LETTER = select(letter.c.case_id).where(letter.c.number == bindparam("number")).limit(1)
_OF_CASE = select(case.c.id).where(case.c.number == bindparam("number"))
_INQUIRIES = select(inquiry).where(inquiry.c.id.in_(bindparam("ids", expanding=True)), inquiry.c.state != "promoted")
_OF_INQUIRY = select(inquiry.c.id).where(inquiry.c.number == bindparam("number"))


# -- writing --------------------------------------------------------------------------------------------------------


def words_of(who: Person | None, office: Office) -> list[int]:
    """Return the hashes of the words a person is found by; none of nobody."""
    if who is None:
        return []
    return sorted(set(_hashed(found_by(who), office, office.stage)))


def words_of_all(known: Mapping[Party, Person], office: Office) -> dict[int, list[int]]:
    """Return the words of a case's people, by party; of one who is not there, none."""
    return {n: words_of(known.get(Party(party)), office) for n, party in enumerate(PARTIES)}


def _hashed(each: Iterable[Word], office: Office, stage: int) -> list[int]:
    return office.keys.lookup_numbers("find", (f"{what}/{text}" for what, text in each), stage)


# -- looking --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found: the row of the case or inquiry, its subject's name, and who of it was meant."""

    row: Row[Any]
    is_inquiry: bool
    name: str
    party: Party
    met: str
    """The name of whoever was meant."""


@dataclass(slots=True)
class Looked:
    """What a look found, the newest first."""

    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    """Whether there are more, or may be."""
    closed: int = 0
    """How many fit and could not be opened."""


def look(db: Connection, asked: Asked | None, number: str | None, office: Office, most: int = MOST) -> Looked:
    """Return who is meant: by what they are *asked* for, or by the *number* of a case, an inquiry or a letter, or both.

    Who is erased is not found. Cases come before inquiries that are none (yet), each the newest first.
    """
    looked = Looked()
    for table, openers in ((person_word, _people_of_cases), (inquiry_word, _people_of_inquiries)):
        seen = 0
        for ids in _candidates(db, table, asked, number, office):
            if seen >= MOST_OPENED:
                looked.more = True
                break
            seen += len(ids)
            for row, known in openers(db, ids, office, looked):
                hit = _met(row, known, asked, is_inquiry=table is inquiry_word)
                if hit is None:
                    continue
                if len(looked.hits) == most:
                    looked.more = True
                    return looked
                looked.hits.append(hit)
    return looked


def _candidates(
    db: Connection, table: Table, asked: Asked | None, number: str | None, office: Office
) -> Iterator[list[int]]:
    """Yield ids of those who come into question, some at a time, the newest first."""
    if number is not None:
        of_cases = (_OF_CASE, _OF_LETTER)
        queries = of_cases if table is person_word else (_OF_INQUIRY,)
        yield sorted({each for query in queries for each in db.execute(query, {"number": number}).scalars()})
        return
    ways = list(_possible(db, table, [] if asked is None else asked.ways(), office))
    below = _EVERYTHING
    while True:
        found = {each for way in ways for each in words.having(db, table, way, below, LOT)}
        ids = sorted(found, reverse=True)[:LOT]
        if not ids:
            return
        yield ids
        below = ids[-1]


def _possible(db: Connection, table: Table, ways: Sequence[Collection[Word]], office: Office) -> Iterator[list[int]]:
    """Yield the words of those ways by which somebody may be found, hashed, the rarest word of each first."""

    @cache
    def met(word: int, most: int) -> int:
        return words.how_many(db, table, word, most)

    # While words are being made anew (rotating.py) some people are found by those of the stage before.
    for way, stage in product(ways, stages.of_words(db, office.stage)):
        each = _hashed(sorted(way), office, stage)
        if len(each) > 1:
            most = COUNTED if all(met(one, FEW) == FEW for one in each) else FEW
            each.sort(key=lambda one, most=most: met(one, most))  # type: ignore[misc]  # bound as it is now
            if not met(each[0], most):
                continue
        yield each


def _people_of_cases(
    db: Connection, ids: Collection[int], office: Office, looked: Looked
) -> Iterator[tuple[Row[Any], Mapping[Party, Person]]]:
    rows = sorted(db.execute(_CASES, {"ids": list(ids)}), key=lambda row: -row.id)
    sealed = person_table.of_cases(db, [row.id for row in rows])
    for row in rows:
        if row.erased_at is not None:
            continue
        try:
            known = people(row, sealed.get(row.id, {}), office)
        except KeyMissing:  # erased at this very moment, or the keys are not all here
            looked.closed += 1
        except SealBroken:
            looked.closed += 1
        else:
            yield row, known


def _people_of_inquiries(
    db: Connection, ids: Collection[int], office: Office, looked: Looked
) -> Iterator[tuple[Row[Any], Mapping[Party, Person]]]:
    for row in sorted(db.execute(_INQUIRIES, {"ids": list(ids)}), key=lambda row: -row.id):
        try:
            who = person_of_inquiry(row, office)
        except (KeyMissing, SealBroken):
            looked.closed += 1
        else:
            yield row, {} if who is None else {Party.SUBJECT: who}


def person_of_inquiry(row: Row[Any], office: Office) -> Person | None:
    """Return who asked, where that is known. Raises KeyMissing, SealBroken."""
    if row.sealed is None:
        return None
    said = read(Inquiry, office.keys.get(row.number).open_json("inquiry", "sealed", row.number, row.sealed))
    return said.person


def _met(row: Row[Any], known: Mapping[Party, Person], asked: Asked | None, *, is_inquiry: bool) -> Hit | None:
    for party in (Party.SUBJECT, Party.REPRESENTATIVE):
        who = known.get(party)
        if who is not None and (asked is None or asked.means(who)):
            subject = known.get(Party.SUBJECT, who)
            return Hit(row, is_inquiry, subject.name, party, who.name)
    return Hit(row, is_inquiry, "", Party.SUBJECT, "") if asked is None and not known else None


def names_of(db: Connection, numbers: Sequence[str], office: Office) -> dict[str, str]:
    """Return the subjects' names of these cases by number; none of those that are erased."""
    ids = db.execute(_IDS, {"numbers": list(numbers)}).scalars().all() if numbers else []
    found: dict[str, str] = {}
    for start in range(0, len(ids), LOT):
        for row, known in _people_of_cases(db, ids[start : start + LOT], office, Looked()):
            if Party.SUBJECT in known:
                found[row.number] = known[Party.SUBJECT].name
    return found


_IDS = select(case.c.id).where(case.c.number.in_(bindparam("numbers", expanding=True)))
