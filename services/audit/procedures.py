"""What was adopted against the office's log and its own digests, and cases against the procedures they name."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from models import adopted
from services.office import procedures
from services.office.procedures import NO_DIGEST
from workflows.engine.values import Reason
from workflows.office.reading import BadFile, digest, parse

Fault = tuple[str, Reason]
"""(what, sentence)"""
SAID = ("number", "first", "regime", "digest")
"""What the log says of an adoption."""


def examine(db: Connection, told: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[str | None, str, Reason]]:
    """Yield what is not as it must be of the adopted procedures; *told* are the log's rows of them, by number."""
    rows = {row.number: row for row in adopted.everything(db)}
    for number in sorted(rows.keys() | told.keys()):
        row = rows.get(number)
        if row is None or told.get(number) != _said(row):
            yield None, "procedure_unexplained", Reason("doctor.procedure_unexplained", {"number": number})
        elif row.digest != (digest(row.text) if row.text else NO_DIGEST):
            yield None, "procedure_altered", Reason("doctor.procedure_altered", {"number": number})
        elif row.text and isinstance(parse(row.text), BadFile):
            params = {"number": number, "digest": row.digest[:12]}
            yield None, "procedure_unreadable", Reason("doctor.procedure_unreadable", params)


def _said(row: Row[Any]) -> dict[str, Any]:
    return {"number": row.number, "first": row.first.isoformat(), "regime": row.regime, "digest": row.digest}


def unjudged(db: Connection, rows: Collection[Row[Any]]) -> set[int]:
    """Return the ids of the cases whose procedure this code cannot read: nothing else of them can be looked at."""
    procedures.meet(db, {procedures.pinned(row) for row in rows})
    return {row.id for row in rows if not procedures.readable(row)}


def of_case(row: Row[Any], history: Sequence[Row[Any]], *, readable: bool) -> Iterator[Fault]:
    """Yield what is wrong with the procedure a case names: not stored as it was, or not the one it began under."""
    named = procedures.pinned(row)
    if not readable:
        yield "procedure_missing", Reason("doctor.procedure_missing", {"digest": named[:12]})
    began = next((step.details.get("procedure", NO_DIGEST) for step in history if step.source is None), named)
    if began != named:
        params = {"stored": named[:12] or "-", "told": str(began)[:12] or "-"}
        yield "procedure_differs", Reason("doctor.procedure_differs", params)
