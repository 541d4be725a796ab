"""The kinds of letters, told: which are stopped, and what turning the switch of one did."""

from collections.abc import Sequence
from typing import Any

from services.engine.moments import iso
from services.engine.office import Office
from services.letters.letter_kinds import Kind, reason_words
from workflows.lines import Line, Table, title
from workflows.tongue import Tongue


def kinds_page(
    found: Sequence[Kind], office: Office, tongue: Tongue
) -> tuple[list[dict[str, Any]], list[Line | Table]]:
    """Return every kind as programs read it, and as a table with the reasons below."""
    heads = tongue.tell("letter_kinds.heads").split()
    rows = [_row(kind, office, tongue) for kind in found]
    documents = [_document(kind, office, tongue) for kind in found]
    reasons = [f"{one['kind']}: {one['reason_words']}" for one in documents if one["reason_words"]]
    return documents, [Table(heads, rows), *map(Line, reasons)]


def _row(kind: Kind, office: Office, tongue: Tongue) -> list[str]:
    document = _document(kind, office, tongue)
    since = (document["since"] or "")[:16].replace("T", " ")
    counts = [str(kind.to_be_made), str(kind.to_be_printed)] if kind.stopped else ["", ""]
    return [str(kind.kind), _state(kind, tongue), since, kind.by or "", *counts]


def _state(kind: Kind, tongue: Tongue) -> str:
    return tongue.tell("letter_kinds.stopped") if kind.stopped else tongue.tell("letter_kinds.on")


def _document(kind: Kind, office: Office, tongue: Tongue) -> dict[str, Any]:
    reason = kind.reason if kind.stopped else None
    return {
        "kind": str(kind.kind),
        "name": tongue.noun(f"letter.{kind.kind}"),
        "state": "stopped" if kind.stopped else "on",
        "since": iso(kind.since, office),
        "by": kind.by,
        "reason": reason,
        "reason_words": None if reason is None else tongue.noun(reason_words(reason)),
        "to_be_made": kind.to_be_made,
        "to_be_printed": kind.to_be_printed,
    }


def switch_page(
    now: Kind, office: Office, tongue: Tongue, *, changed: bool, before: Kind | None = None
) -> tuple[dict[str, Any], list[Line]]:
    """Say what the switch did; turning it to where it stands is no fault, but it is said who turned it."""
    document = {**_document(now, office, tongue), "changed": changed}
    name = document["name"]
    waiting = before or now
    to_make, to_print = waiting.to_be_made, waiting.to_be_printed
    if now.stopped:
        head = tongue.tell("letter_kinds.stopped_now", name=name)
        if not changed:
            since, by, reason = document["since"][:16].replace("T", " "), now.by, document["reason_words"]
            head = tongue.tell("letter_kinds.stopped_already", name=name, since=since, by=by, reason=reason)
        tail = tongue.tell("letter_kinds.waiting", to_make=to_make, to_print=to_print)
    elif changed:
        head = tongue.tell("letter_kinds.started", name=name)
        tail = tongue.tell("letter_kinds.none_waited")
        if to_make:
            tail = tongue.tell("letter_kinds.made_soon", to_make=to_make)
        if to_print:
            former = tongue.tell("letter_kinds.printable", to_print=to_print)
            tail = f"{tail} {former}" if to_make else former
    else:
        head, tail = tongue.tell("letter_kinds.not_stopped", name=name), ""
    return document, [title(head), *([Line(tail)] if tail else [])]
