"""Each order against what it was accepted as, and against the history: who gave it, and what came of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, cast, literal, select

from models.case import case
from models.command import command
from models.history import history
from models.keys import KeyDestroyed, KeyMissing, SealBroken
from services.engine.fingerprints import as_given
from services.engine.office import Office
from workflows.engine.values import Reason

Told = tuple[str | None, str, Reason]

LOT = 500

_CAUSE = literal("order:") + cast(command.c.id, Text)
_ORDERS = (
    select(
        command,
        case.c.id.label("case_id"),
        history.c.seq.label("told_seq"),
        history.c.actor.label("told_actor"),
        history.c.commitment.label("told_commitment"),
    )
    .outerjoin(case, case.c.number == command.c.case_number)
    .outerjoin(history, (history.c.case_id == case.c.id) & (history.c.cause == _CAUSE))
    .where(command.c.id > bindparam("after"))
    .order_by(command.c.id)
    .limit(LOT)
)
_GIVEN = select(command.c.id, command.c.case_number).where(
    command.c.case_number.in_(bindparam("numbers", expanding=True))
)


def lot(db: Connection, after: int) -> list[Row[Any]]:
    """Return the next orders by id, each with its case and its history row where they are there."""
    return list(db.execute(_ORDERS, {"after": after}))


def examine(rows: Sequence[Row[Any]], office: Office) -> Iterator[Told]:
    """Yield every order that is not what was accepted, and every one whose outcome the history does not bear out."""
    for row in rows:
        params = {"order": row.id, "transition": row.transition}
        plain = _opened(row, office)
        if plain is not None and not (plain and as_given(row, plain, office)):
            yield row.case_number, "order_altered", Reason("doctor.order_altered", params)
        yield from _against_the_history(row, plain, params, office)


def _opened(row: Row[Any], office: Office) -> bytes | None:
    """Return the payload; nothing of it where it does not open; None where the case's key is destroyed for good."""
    try:
        return office.keys.get(row.case_number).open("command", "sealed", row.key, row.sealed)
    except KeyDestroyed:
        return None
    except (KeyMissing, SealBroken):
        return b""


def _against_the_history(
    row: Row[Any], plain: bytes | None, params: Mapping[str, Any], office: Office
) -> Iterator[Told]:
    if row.outcome == "done" and row.case_id is None:
        yield row.case_number, "case_missing", Reason("doctor.case_missing", params)
    elif row.outcome == "done" and row.told_seq is None:
        yield row.case_number, "order_without_history", Reason("doctor.order_without_history", params)
    elif row.told_seq is not None:
        differs = row.outcome != "done" or (row.seq, row.actor) != (row.told_seq, row.told_actor)
        if plain:
            differs = differs or row.told_commitment != office.keys.get(row.case_number).commitment(plain)
        if differs:
            yield row.case_number, "order_differs", Reason("doctor.order_differs", {**params, "seq": row.told_seq})


def given(db: Connection, numbers: Collection[str]) -> frozenset[tuple[str, str]]:
    """Return (case, cause) of every order that was ever given for these cases."""
    return frozenset((row.case_number, f"order:{row.id}") for row in db.execute(_GIVEN, {"numbers": list(numbers)}))


def never_given(
    number: str, rows: Sequence[Row[Any]], known: Collection[tuple[str, str]]
) -> Iterator[tuple[str, Reason]]:
    """Yield (what, sentence) of the rows of a history that name an order nobody gave."""
    for row in rows:
        if row.cause.startswith("order:") and (number, row.cause) not in known:
            yield "order_never_given", Reason("doctor.order_never_given", {"seq": row.seq, "cause": row.cause})
