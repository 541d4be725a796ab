"""The kinds of letters, told: which are stopped, and what turning the switch of one did."""

from collections.abc import Sequence
from typing import Any

from services.engine.moments import iso
from services.engine.office import Office
from services.letters.letter_kinds import Kind, reason_words
from workflows.words.lines import Line, Table, title
from workflows.words.tongue import Tongue


def kinds_page(
    found: Sequence[Kind], office: Office, tongue: Tongue
) -> tuple[list[dict[str, Any]], list[Line | Table]]:
    """Return every kind as programs read it, and as a table with the reasons below."""
    heads = tongue.tell("kind_state_since_by_to_make").split()
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
    return tongue.tell("stopped") if kind.stopped else tongue.tell("on")


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
        head = tongue.tell("letter_kind_stopped", name=name)
        if not changed:
            since, by, reason = document["since"][:16].replace("T", " "), now.by, document["reason_words"]
            head = tongue.tell("stopped_already", name=name, since=since, by=by, reason=reason)
        tail = tongue.tell("letters_that_wait_to_be_made", to_make=to_make, to_print=to_print)
    elif changed:
        head = tongue.tell("started", name=name)
        tail = tongue.tell("no_letter_waited")
        if to_make:
            tail = tongue.tell("what_waited_is_made_within_seconds", to_make=to_make)
        if to_print:
            former = tongue.tell("what_was_made_before_the_stop", to_print=to_print)
            tail = f"{tail} {former}" if to_make else former
    else:
        head, tail = tongue.tell("not_stopped", name=name), ""
    return document, [title(head), *([Line(tail)] if tail else [])]
