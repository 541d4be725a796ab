"""Each letter against its effect, the calendar and its file in the spool."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from models import letter as letter_rows
from services.engine.office import Office
from services.engine.order import Loaded
from services.letters.post import overdue_before
from workflows.engine.values import Reason

Told = tuple[str | None, str, Reason]


def letters(
    one: Loaded, effects: Sequence[Row[Any]], stopped: Collection[str], office: Office
) -> Iterator[tuple[str, Reason]]:
    """Yield (what, sentence) of every letter of a case that stands still, and of effects without one."""
    known = {(row.number, row.copy): row for row in one.kept}
    orders = {(found.subject, found.copy): found for found in effects if found.kind == "letter"}
    for key in orders.keys() - known.keys():
        yield "effect_without_letter", Reason("doctor.effect_without_letter", {"letter": key[0]})
    overdue = overdue_before(office)
    for key, row in known.items():
        params = {"letter": row.number}
        if row.state == "ordered":
            order = orders.get(key)
            if order is None or order.state in ("done", "void"):
                yield "letter_never_made", Reason("doctor.letter_without_effect", params)
            elif order.state == "set_aside":
                yield "letter_set_aside", Reason("doctor.letter_set_aside", params)
        elif row.state == "made" and row.kind in stopped:
            continue  # it waits because somebody wants it to
        elif row.state in ("made", "printed") and row.made_at < overdue:
            day = office.calendar.today(row.made_at).isoformat()
            yield "overdue_letter", Reason("doctor.overdue_letter", {**params, "made": day})
    newest = max((row.ordinal for row in one.kept), default=0)
    if one.row.letters != newest:
        yield "letters_differ", Reason("doctor.letters_differ", {"stored": one.row.letters, "found": newest})


def spooled(db: Connection, rows: Sequence[Row[Any]]) -> list[tuple[str, Row[Any]]]:
    """Return the letters of these cases that must lie in the spool; those of an erased case are destroyed."""
    kept = {row.id: row.number for row in rows if row.erased_at is None}
    found = letter_rows.of_cases(db, list(kept))
    return [
        (number, row)
        for case_id, number in kept.items()
        for row in found.get(case_id, ())
        if row.state not in ("ordered", "void")
    ]


def of_file(number: str, row: Row[Any], spool: Path) -> Iterator[Told]:
    """Yield what is wrong with a letter's file."""
    params = {"letter": row.number}
    try:
        with (spool / row.path).open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        fault = {**params, "fault": type(error).__name__}
        yield number, "file_missing", Reason("doctor.file_missing", fault)
        return
    if sha256 != row.sha256:
        yield number, "file_differs", Reason("doctor.file_differs", params)


def templates() -> Iterator[tuple[None, str, Reason]]:
    """Yield every kind of letter that lacks a template in a language."""
    from services.letters.declared import without_words

    for kind, language in without_words():
        params = {"kind": f"letter.{kind.name}", "language": str(language)}
        yield None, "template_missing", Reason("doctor.template_missing", params)
