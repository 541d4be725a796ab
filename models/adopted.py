"""The procedures an office adopted of its own: the text of each file as it was, from which day it is in force.

Rows are added and nothing else (triggers, on both databases). The office's log has a row for each, chained like the
rest, with the SHA-256 of the text; cases name that digest, and what it stands for never changes.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    select,
)

from models.base import Moment, metadata
from models.case import case
from models.history import append_only
from models.questions import Question

adopted_procedure = Table(
    "adopted_procedure",
    metadata,
    # 1, 2, 3, ... in the order in which they were adopted. Of two from the same day the later one counts.
    Column("number", Integer, primary_key=True, autoincrement=False),
    # The first day it is in force.
    Column("first", Date, nullable=False),
    # The law it was checked against and is for; cases under another law never begin under it. Empty: the source's.
    Column("regime", Text, nullable=False),
    # SHA-256 of the text; empty, like the text: the procedure of the mission's source is in force again.
    Column("digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    # The office's time.
    Column("adopted_at", Moment, nullable=False),
    Column("adopted_by", Text, nullable=False),
)

_ALL = select(adopted_procedure).order_by(adopted_procedure.c.number)
_SAID = select(adopted_procedure.c.digest, adopted_procedure.c.text).where(adopted_procedure.c.digest != "")
TEXTS = Question(_SAID)
"""Every text there is, with its digest; asked along with other questions by whoever meets a digest it never read."""
_SOME = _SAID.where(adopted_procedure.c.digest.in_(bindparam("digests", expanding=True)))
_BEGAN = select(func.count(), func.max(case.c.opened_on)).where(case.c.opened_on >= bindparam("first"))


_OPEN = (
    select(case.c.facts["procedure"].as_string().label("digest"), case.c.state, func.count().label("cases"))
    .where(case.c.open, case.c.definition == bindparam("definition"))
    .group_by("digest", case.c.state)
)


def everything(db: Connection) -> list[Row[Any]]:
    """Return all that were adopted, in that order."""
    return list(db.execute(_ALL))


def texts(db: Connection, digests: Collection[str]) -> list[Row[Any]]:
    """Return the texts of these digests, those that are stored."""
    return list(db.execute(_SOME, {"digests": list(digests)}))


def add(db: Connection, values: Mapping[str, Any]) -> None:
    """Add one; whoever does holds the log's lock, so that the numbers follow each other."""
    db.execute(insert(adopted_procedure), dict(values))


def began_since(db: Connection, first: date) -> tuple[int, date | None]:
    """Return how many cases began on that day or later, and the last day on which one did."""
    count, last = db.execute(_BEGAN, {"first": first}).one()
    return count, last


def open_cases(db: Connection, definition: str) -> list[Row[Any]]:
    """Return how many open ``cases`` of that definition are in which ``state``, by the ``digest`` each names."""
    return list(db.execute(_OPEN, {"definition": definition}))


@cache
def in_brief(dialect: str) -> ColumnElement[Any]:
    """Return, for any question to be asked along, all that were adopted as one text: number, first day, law, digest.

    As one text: whoever has seen the same before need not read it again.
    """
    one = adopted_procedure.c
    row = (func.json_array if dialect == "sqlite" else func.json_build_array)(
        one.number, one.first, one.regime, one.digest
    )
    rows = func.json_group_array(row) if dialect == "sqlite" else cast(func.json_agg(row), Text)
    return select(rows).scalar_subquery().label("adopted")


def triggers(dialect: str) -> list[str]:
    """Return the statements by which what was adopted never changes."""
    return append_only(dialect, adopted_procedure.name, "number = NEW.number")
