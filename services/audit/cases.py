"""What is known of cases that are not there, and of steps their histories do not show: what somebody wiped or cut."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, bindparam, func, literal, select, union_all

from models import evidence as evidence_tables
from models.base import metadata
from models.case import case
from models.command import command
from models.effect import effect
from models.incident import incident, notice
from models.inquiry import inquiry
from models.letter import letter
from models.staff import office_event
from models.word import person_word
from workflows.engine.numbers import case_number
from workflows.engine.values import Reason

Told = tuple[str | None, str, Reason]

SOME = 500
ANSWERED_FOR = "number_unused"
"""What the log says of a number that is nobody's, once a lead answers for it."""

_STEPS: tuple[Table, ...] = (letter, effect, evidence_tables.evidence, evidence_tables.form_code, notice)
"""Every row of these was written by a step of its case's history, whose number it carries."""
_NAMED: tuple[Table, ...] = (inquiry, incident, notice, effect)
"""These name a case by its number."""


def _of_these(table: Table) -> ColumnElement[bool]:
    """Return the condition that a row is of one of these cases; notices are found by its number."""
    if table is notice:
        return notice.c.case_number.in_(bindparam("numbers", expanding=True))
    column: ColumnElement[int] = table.c.case_id
    return column.in_(bindparam("ids", expanding=True))


_KNOWN = (
    union_all(
        *(
            select(table.c.case_id, func.max(table.c.seq).label("seq"), literal(table.name).label("source"))
            .where(_of_these(table))
            .group_by(table.c.case_id)
            for table in _STEPS
        )
    )
)  # fmt: skip
_SOMEBODYS = union_all(
    select(case.c.number).where(case.c.number.in_(bindparam("numbers", expanding=True))),
    select(command.c.case_number).where(command.c.case_number.in_(bindparam("numbers", expanding=True))),
)
_NUMBERS = union_all(select(case.c.number), select(command.c.case_number))
_PLACED = select(command.c.case_number).where(command.c.placed_at < bindparam("before"))
_EXPLAINED = select(office_event.c.details).where(office_event.c.what == "doctor_repaired")
_NUMBER = re.compile(r"(\d\d)-(\d+)-.")


def last_known(db: Connection, numbers: Mapping[int, str]) -> dict[int, tuple[int, str]]:
    """Return the last step each of these cases ({id: number}) is known to have taken, and which table knows it."""
    found: dict[int, tuple[int, str]] = {}
    for row in db.execute(_KNOWN, {"ids": list(numbers), "numbers": list(numbers.values())}):
        found[row.case_id] = max(found.get(row.case_id, (0, "")), (row.seq or 0, row.source))
    return found


def cut(seq: int, known: tuple[int, str] | None) -> Iterator[tuple[str, Reason]]:
    """Yield (what, sentence) where a history ends at *seq* although more is known of its case."""
    if known is not None and known[0] > seq:
        params = {"seq": seq, "known": known[0], "table": known[1]}
        yield "history_cut", Reason("doctor.history_cut", params)


def wiped(db: Connection, named: Mapping[str, str], before: datetime) -> Iterator[Told]:
    """Yield every case that is known and not there, and every number that was given out and is nobody's.

    ``named`` are those the office's log names: {number: which kind of row}. Of the numbers only those are looked at
    that lie before an order placed before *before*: the newest may be on their way.
    """
    sources = {number: f"office_event {what}" for number, what in named.items()}
    for table in _NAMED:
        query = select(table.c.case_number).where(table.c.case_number.is_not(None)).distinct()
        missing = query.where(~select(case.c.id).where(case.c.number == table.c.case_number).exists())
        sources |= dict.fromkeys(nobodys(db, list(db.execute(missing).scalars())), table.name)
    gone = sources.keys()
    for number in sorted(gone):
        yield number, "case_wiped", Reason("doctor.case_wiped", {"table": sources[number]})
    yield from _without_case(db)
    for number in _unused(db, before):
        if number not in gone:
            yield number, ANSWERED_FOR, Reason("doctor.number_unused")


def _without_case(db: Connection) -> Iterator[Told]:
    """Yield what belongs to a case by its id, which is not there."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column is person_word.c.case_id or any(key.column is case.c.id for key in column.foreign_keys):
                stray = select(column).where(~select(case.c.id).where(case.c.id == column).exists()).distinct()
                for case_id in db.execute(stray.order_by(column)).scalars():
                    params = {"table": table.name, "id": case_id}
                    yield None, "case_row_missing", Reason("doctor.case_row_missing", params)


def nobodys(db: Connection, numbers: Sequence[str]) -> list[str]:
    """Return those of these numbers under which there is no case and no order."""
    gone: list[str] = []
    for start in range(0, len(numbers), SOME):
        some = numbers[start : start + SOME]
        known = set(db.execute(_SOMEBODYS, {"numbers": list(some)}).scalars())
        gone += [number for number in some if number not in known]
    return gone


def unanswered_for(db: Connection, numbers: Sequence[str]) -> list[str]:
    """Return those of these numbers that are nobody's and that no lead answers for yet."""
    answered = _answered_for(db)
    return [number for number in nobodys(db, numbers) if number not in answered]


def _answered_for(db: Connection) -> set[str]:
    repaired = db.execute(_EXPLAINED).scalars()
    return {str(one.get("case")) for one in repaired if isinstance(one, dict) and one.get("what") == ANSWERED_FOR}


def _unused(db: Connection, before: datetime) -> list[str]:
    """Return the numbers that were given out, are followed by an order of some age, and are nobody's."""
    newest: dict[int, int] = {}
    for year, serial in map(_parts, db.execute(_PLACED, {"before": before}).scalars()):
        newest[year] = max(newest.get(year, 0), serial)
    used = {year: bytearray(last) for year, last in newest.items()}
    for year, serial in map(_parts, db.execute(_NUMBERS).scalars()):
        if serial < newest.get(year, 0):
            used[year][serial] = 1
    explained = _answered_for(db)
    return [
        number
        for year, last in sorted(newest.items())
        for serial in range(1, last)
        if not used[year][serial] and (number := case_number(year, serial)) not in explained
    ]


def _parts(number: str) -> tuple[int, int]:
    found = _NUMBER.fullmatch(number)
    return (2000 + int(found[1]), int(found[2])) if found else (0, 0)
