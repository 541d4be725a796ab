"""Whether people are found by what is known of them: hashes and words kept beside the seal, against the seal."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from models import inquiry as inquiries
from services.audit.chains import one_moment
from services.engine.office import Office
from services.engine.unit import UnitOfWork
from services.request import rehashing
from workflows.engine.numbers import parse_inquiry_number
from workflows.engine.values import Reason

Fault = tuple[str, Reason]
"""(what, sentence)"""

OLD_SPELLING = "old_spelling"
WORDS_DIFFER = "words_differ"
LOT = 300


def of_cases(
    db: Connection, rows: Sequence[Row[Any]], office: Office, *, opening: bool
) -> Mapping[int, Sequence[Fault]]:
    """Return what is wrong with each of these cases, by id; with *opening* everybody's seal is opened."""
    old = rehashing.outdated(db, [row.id for row in rows])
    differ = rehashing.words_differ(db, rows, office, opening=opening)
    found: dict[int, list[Fault]] = {}
    for what, ids in ((OLD_SPELLING, old), (WORDS_DIFFER, differ)):
        for each in ids:
            found.setdefault(each, []).append((what, Reason(f"doctor.{what}")))
    return found


def mend(db: Connection, rows: Collection[Row[Any]], office: Office) -> Mapping[int, Sequence[Fault]]:
    """Make anew what is wrong with these cases, which are locked; return what was, by id."""
    found = of_cases(db, list(rows), office, opening=True)
    for what, renew in ((OLD_SPELLING, rehashing.renew), (WORDS_DIFFER, rehashing.renew_words)):
        renew(db, [row for row in rows if what in {fault for fault, _ in found.get(row.id, ())}], office)
    return found


def of_inquiries(unit: UnitOfWork) -> Iterator[tuple[str, str, Reason]]:
    """Yield (number, what, sentence) of the inquiries that are not found by who asked."""
    after: int | None = 0
    while after is not None:
        with one_moment(unit) as db:
            differ, after = rehashing.inquiries_differ(db, unit.office(db), after, LOT)
        yield from ((row.number, WORDS_DIFFER, Reason(f"doctor.{WORDS_DIFFER}")) for row in differ)


def mend_inquiries(db: Connection, numbers: Iterable[str], office: Office) -> list[tuple[str, str, Reason]]:
    """Make anew by which words these inquiries are found; return which were."""
    rows = [row for number in sorted(numbers) if (row := inquiries.lock(db, number)) is not None]
    rehashing.renew_inquiries(db, rows, office)
    return [(row.number, WORDS_DIFFER, Reason(f"doctor.{WORDS_DIFFER}")) for row in rows]


def is_inquiry(number: str) -> bool:
    """Whether that is the number of an inquiry."""
    return parse_inquiry_number(number) is not None
