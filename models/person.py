"""The people of a case, sealed and kept apart from it, so that they can be erased while the history stays."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, LargeBinary, Row, Table, Text, bindparam, select

from models.base import metadata
from models.partial import partial
from models.questions import Question, ask

person = Table(
    "person",
    metadata,
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("party", Text, primary_key=True),
    Column("sealed", LargeBinary),
    # Keyed hashes for look-ups only (same subject, same address); they go when the person is erased.
    Column("name_hash", Text),
    Column("family_hash", Text),
    Column("address_hash", Text),
    # Kana and birth date hashed as one: equal only for people who sound alike and were born on one day.
    Column("reading_hash", Text),
    # Hashed together with the name: equal only for people of one name. NULL: nothing is known.
    Column("birth_hash", Text),
    Column("phone_hash", Text),
    Column("email_hash", Text),
    Column("house_hash", Text),
    # The rule by which addresses and numbers were spelt before they were hashed (workflows.request.spelling.RULE);
    # NULL: the first one. Hashes of different rules are not compared; `doctor --repair` makes old ones anew.
    Column("spelling", Integer),
    Column("changes", Integer, nullable=False, default=0),
    Index("ix_person_name_hash", "name_hash"),
    Index("ix_person_address_hash", "address_hash", "case_id"),
)

LOOKED_UP = (
    "name_hash", "family_hash", "address_hash", "reading_hash", "birth_hash", "phone_hash", "email_hash", "house_hash",
    "spelling",
)  # fmt: skip
"""What is kept of a person beside the seal, to find the same one again."""

READ = person.c.reading_hash.is_not(None)
partial("ix_person_reading_hash", person.c.reading_hash, where=READ)

OF_CASES = Question(select(person).where(person.c.case_id.in_(bindparam("ids", expanding=True))))
"""The sealed people of the cases ``ids``."""


def of_cases(db: Connection, ids: Collection[int]) -> dict[int, dict[str, Row[Any]]]:
    """Return the sealed people of these cases: {case id: {party: row}}."""
    return by_party(ask(db, [OF_CASES], {"ids": list(ids)})[OF_CASES])


def by_party(rows: Collection[Row[Any]]) -> dict[int, dict[str, Row[Any]]]:
    """Return people as {case id: {party: row}}."""
    found: dict[int, dict[str, Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.case_id, {})[row.party] = row
    return found
