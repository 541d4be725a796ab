"""``letter-kinds``: which kinds of letters are made and printed, and the switch that stops one of them."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import WRONG, Failure, call, said
from commands.office import asker, lead_only, looking, staff_only, writing
from commands.output import answer, coloured, columns
from commands.shape import Group, Option
from commands.wide import fold, table
from workflows import registry
from workflows.words import noun

if TYPE_CHECKING:
    from services.engine.office import Office
    from services.letters.letter_kinds import Kind

_KINDS = click.Choice([str(kind) for procedure in registry.procedures() for kind in procedure.letters])


@click.group(
    "letter-kinds",
    cls=Group,
    invoke_without_command=True,
    words="letter_kinds.help.letter_kinds",
)
@click.pass_context
def letter_kinds(context: click.Context) -> None:
    """Show the kinds, or turn the switch of one."""
    if context.invoked_subcommand is None:
        _list()


@letter_kinds.command(
    "list",
    words="letter_kinds.help.list",
    examples=("./admin.py letter-kinds list", "./admin.py letter-kinds --json"),
)
def list_() -> None:
    """Show the kinds."""
    _list()


@letter_kinds.command(
    "stop",
    words="letter_kinds.help.stop",
    examples=(
        "./admin.py letter-kinds stop disclosure_notification --reason wrong_wording",
        "./admin.py letter-kinds stop reminder --reason 'the telephone number on page 1 is the old one'",
    ),
)
@click.argument("kind", metavar="KIND", type=_KINDS)
@click.option(
    "--reason",
    cls=Option,
    required=True,
    metavar="TEXT",
    words="letter_kinds.help.stop.reason",
)
def stop(kind: str, reason: str) -> None:
    """Stop a kind."""
    from services.letters import letter_kinds as services

    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            changed = services.stop(db, kind, reason, who, office)
            now = _find(services.everything(db), kind)
    except services.BadReason:
        message = said("letter_kinds.bad_reason", most=services.LONGEST_REASON)
        raise Failure(WRONG, "bad_reason", message) from None
    _told(now, office, changed=changed)


@letter_kinds.command(
    "start",
    words="letter_kinds.help.start",
    examples=("./admin.py letter-kinds start disclosure_notification",),
)
@click.argument("kind", metavar="KIND", type=_KINDS)
def start(kind: str) -> None:
    """Start a kind."""
    from services.letters import letter_kinds as services

    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        before = _find(services.everything(db), kind)
        changed = services.start(db, kind, who, office)
        now = _find(services.everything(db), kind)
    _told(now, office, changed=changed, before=before)


def _find(kinds: "list[Kind]", wanted: str) -> "Kind":
    return next(kind for kind in kinds if kind.kind == wanted)


# -- telling --------------------------------------------------------------------------------------------------------


def _list() -> None:
    from services.letters import letter_kinds as services

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = services.everything(db)
    heads = said("letter_kinds.heads").split()
    rows = [_row(kind, office) for kind in found]
    documents = [_document(kind, office, call().language) for kind in found]
    reasons = [f"{one['kind']}: {one['reason_words']}" for one in documents if one["reason_words"]]
    answer(documents, [*table(heads, rows, columns()), *(line for why in reasons for line in fold(why, columns()))])


def _row(kind: "Kind", office: "Office") -> list[str]:
    document = _document(kind, office, call().language)
    since = (document["since"] or "")[:16].replace("T", " ")
    counts = [str(kind.to_be_made), str(kind.to_be_printed)] if kind.stopped else ["", ""]
    return [str(kind.kind), _state(kind), since, kind.by or "", *counts]


def _state(kind: "Kind") -> str:
    return said("letter_kinds.stopped") if kind.stopped else said("letter_kinds.on")


def _document(kind: "Kind", office: "Office", language: str) -> dict[str, Any]:
    from services.engine.moments import iso
    from services.letters.letter_kinds import reason_words

    reason = kind.reason if kind.stopped else None
    return {
        "kind": str(kind.kind),
        "name": noun(f"letter.{kind.kind}", language),
        "state": "stopped" if kind.stopped else "on",
        "since": iso(kind.since, office),
        "by": kind.by,
        "reason": reason,
        "reason_words": None if reason is None else noun(reason_words(reason), language),
        "to_be_made": kind.to_be_made,
        "to_be_printed": kind.to_be_printed,
    }


def _told(now: "Kind", office: "Office", *, changed: bool, before: "Kind | None" = None) -> None:
    """Say what the switch did; turning it to where it stands is no fault, but it is said who turned it."""
    document = {**_document(now, office, call().language), "changed": changed}
    name = document["name"]
    waiting = before or now
    counts = (waiting.to_be_made, waiting.to_be_printed)
    if now.stopped:
        head = said("letter_kinds.stopped_now", name=name)
        if not changed:
            since = document["since"][:16].replace("T", " ")
            head = said(
                "letter_kinds.stopped_already", name=name, since=since, by=now.by, reason=document["reason_words"]
            )
        tail = said("letter_kinds.waiting", to_make=counts[0], to_print=counts[1])
    elif changed:
        head = said("letter_kinds.started", name=name)
        tail = said("letter_kinds.none_waited")
        if counts[0]:
            tail = said("letter_kinds.made_soon", to_make=counts[0])
        if counts[1]:
            former = said("letter_kinds.printable", to_print=counts[1])
            tail = f"{tail} {former}" if counts[0] else former
    else:
        head, tail = said("letter_kinds.not_stopped", name=name), ""
    answer(document, [coloured(head, "bold"), *([tail] if tail else [])])
