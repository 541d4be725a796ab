"""Which searches were asked for which case, and what departments sent with their answers: sealed files, listed here."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    bindparam,
    select,
    update,
)

from models.base import Json, Moment, metadata
from models.case import case
from models.questions import Question

search = Table(
    "search",
    metadata,
    # The search is a case of its own, under its own number; the rest of it stands there.
    Column("case_id", ForeignKey("case.id"), primary_key=True),
    Column("parent_id", ForeignKey("case.id"), nullable=False, index=True),
    # Which department has it now.
    Column("department", Text, nullable=False, index=True),
)
find = Table(
    "find",
    metadata,
    Column("id", Integer, primary_key=True),
    # F26-000001-X; also the name of the key that seals the file.
    Column("number", Text, nullable=False, unique=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    # The step that named it in an answer; NULL: taken in, and no answer names it (yet).
    Column("seq", Integer),
    # pdf | picture | csv | text
    Column("kind", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sealed_sha256", Text, nullable=False),
    Column("path", Text, nullable=False),
    # Sealed: the name the file had.
    Column("name", LargeBinary),
    Column("taken_by", Text, nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("destroyed_at", Moment),
    # What was chosen for it (`workflows.disclosure.values.Treatment`); NULL: nobody chose yet.
    Column("treatment", Json),
)

_parent = case.alias("parent")
PARENTS = Question(
    select(
        search.c.case_id,
        _parent.c.id.label("parent_id"),
        _parent.c.number.label("parent_number"),
        _parent.c.state.label("parent_state"),
        _parent.c.open.label("parent_open"),
    )
    .join(_parent, _parent.c.id == search.c.parent_id)
    .where(search.c.case_id.in_(bindparam("ids", expanding=True))),
    "case_id",
)
"""Of these searches: the case each was asked for, as it stands."""
OF_SEARCHES = Question(
    select(
        find.c.case_id, find.c.id.label("find_id"), find.c.number.label("find_number"), find.c.seq.label("find_seq")
    ).where(find.c.case_id.in_(bindparam("ids", expanding=True)), find.c.destroyed_at.is_(None)),
    "find_id",
)
"""What was taken in for these searches."""
OF_PARENTS = Question(
    select(
        search.c.parent_id.label("case_id"),
        case.c.number.label("search_number"),
        case.c.state.label("search_state"),
        case.c.open.label("search_open"),
        case.c.opened_at.label("search_opened_at"),
        case.c.facts.label("search_facts"),
        case.c.matter.label("search_matter"),
    )
    .join(case, case.c.id == search.c.case_id)
    .where(search.c.parent_id.in_(bindparam("ids", expanding=True))),
    "case_id",
    "search_number",
)
"""The searches that were asked for these cases."""
FINDS_OF_PARENTS = Question(
    select(
        search.c.parent_id.label("case_id"),
        case.c.number.label("file_search"),
        find.c.id.label("file_id"),
        find.c.number.label("file_number"),
        find.c.kind.label("file_kind"),
        find.c.pages.label("file_pages"),
        find.c.treatment.label("file_treatment"),
    )
    .join(case, case.c.id == search.c.case_id)
    .join(find, find.c.case_id == search.c.case_id)
    .where(search.c.parent_id.in_(bindparam("ids", expanding=True)))
    .where(find.c.destroyed_at.is_(None), find.c.seq.is_not(None)),
    "case_id",
    "file_id",
)
"""The files that answers to the searches of these cases name."""

_LISTED = (
    select(
        case.c.number, case.c.state, case.c.facts, case.c.opened_at, case.c.press_at, case.c.pressing, case.c.owner,
        _parent.c.number.label("parent"), search.c.department,
    )
    .join(case, case.c.id == search.c.case_id)
    .join(_parent, _parent.c.id == search.c.parent_id)
    .order_by(case.c.press_at.is_(None), case.c.press_at, case.c.id)
)  # fmt: skip
_ASKED_FOR = (
    select(search.c.parent_id, case.c.number)
    .join(case, case.c.id == search.c.case_id)
    .where(search.c.parent_id.in_(bindparam("ids", expanding=True)), case.c.open)
    .order_by(case.c.id)
)
_FINDS = select(find).where(find.c.case_id == bindparam("case_id")).order_by(find.c.id)
_ONE = select(find).where(find.c.number == bindparam("number"))
_OF_PARENT = (
    select(find, case.c.number.label("search"), search.c.department, case.c.facts, case.c.state)
    .join(case, case.c.id == find.c.case_id)
    .join(search, search.c.case_id == find.c.case_id)
    .where(search.c.parent_id == bindparam("parent_id"), find.c.destroyed_at.is_(None), find.c.seq.is_not(None))
    .order_by(find.c.id)
)


def listed(
    db: Connection, *, department: str | None = None, parent: str | None = None, every: bool = False
) -> list[Row[Any]]:
    """Return the searches that wait for an answer, the most urgent first; with *every* those that are closed too."""
    query = _LISTED
    if not every:
        query = query.where(case.c.state == "asked")
    if department is not None:
        query = query.where(search.c.department == department)
    if parent is not None:
        query = query.where(_parent.c.number == parent)
    return list(db.execute(query))


def asked_for(db: Connection, ids: Collection[int]) -> dict[int, list[str]]:
    """Return the numbers of the open searches of these cases, by the id of each case that has any."""
    found: dict[int, list[str]] = {}
    for row in db.execute(_ASKED_FOR, {"ids": list(ids)}):
        found.setdefault(row.parent_id, []).append(row.number)
    return found


def finds(db: Connection, case_id: int) -> list[Row[Any]]:
    """Return all that was ever taken in for a search, in that order."""
    return list(db.execute(_FINDS, {"case_id": case_id}))


def one_find(db: Connection, number: str) -> Row[Any] | None:
    """Return one of them by its number."""
    return db.execute(_ONE, {"number": number}).one_or_none()


def finds_of_parent(db: Connection, parent_id: int) -> list[Row[Any]]:
    """Return the files that answers to a request's searches name, each with its ``search`` and ``department``."""
    return list(db.execute(_OF_PARENT, {"parent_id": parent_id}))


def treat(db: Connection, find_id: int, treatment: Mapping[str, Any] | None) -> None:
    """Write what was chosen for a file."""
    db.execute(update(find).where(find.c.id == find_id).values(treatment=treatment))


def of_parents(db: Connection, ids: Collection[int]) -> list[Row[Any]]:
    """Return the searches that were asked for these cases."""
    return list(db.execute(OF_PARENTS.alone, {"ids": list(ids)})) if ids else []
