"""``letter-kinds``: which kinds of letters are made and printed, and the switch that stops one of them."""

from typing import TYPE_CHECKING

import click

from commands.context import WRONG, fails, tongue
from commands.office import asker, lead_only, looking, staff_only, writing
from commands.output import answer
from commands.shape import group, option
from workflows import registry

if TYPE_CHECKING:
    from services.letters.letter_kinds import Kind

_KINDS = click.Choice([str(kind) for procedure in registry.procedures() for kind in procedure.letters])


@group("letter-kinds", invoke_without_command=True, words="letter_kinds.help.letter_kinds")
@click.pass_context
def letter_kinds(context: click.Context) -> None:
    """Show the kinds, or turn the switch of one."""
    if context.invoked_subcommand is None:
        _list()


@letter_kinds.command("list", words="letter_kinds.help.list")
def list_() -> None:
    """Show the kinds."""
    _list()


@letter_kinds.command("stop", words="letter_kinds.help.stop")
@click.argument("kind", metavar="KIND", type=_KINDS)
@option("--reason", required=True, metavar="TEXT", words="letter_kinds.help.stop.reason")
def stop(kind: str, reason: str) -> None:
    """Stop a kind."""
    from services.letters import letter_kinds as services
    from services.reports.letter_kinds import switch_page

    try:
        with writing() as (db, office):
            who = asker(db, office)
            lead_only(who)
            changed = services.stop(db, kind, reason, who, office)
            now = _find(services.everything(db), kind)
    except services.BadReason:
        raise fails(WRONG, "bad_reason", "letter_kinds.bad_reason", most=services.LONGEST_REASON) from None
    answer(*switch_page(now, office, tongue(), changed=changed))


@letter_kinds.command("start", words="letter_kinds.help.start")
@click.argument("kind", metavar="KIND", type=_KINDS)
def start(kind: str) -> None:
    """Start a kind."""
    from services.letters import letter_kinds as services
    from services.reports.letter_kinds import switch_page

    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        before = _find(services.everything(db), kind)
        changed = services.start(db, kind, who, office)
        now = _find(services.everything(db), kind)
    answer(*switch_page(now, office, tongue(), changed=changed, before=before))


def _find(kinds: "list[Kind]", wanted: str) -> "Kind":
    return next(kind for kind in kinds if kind.kind == wanted)


# -- telling --------------------------------------------------------------------------------------------------------


def _list() -> None:
    from services.letters import letter_kinds as services
    from services.reports.letter_kinds import kinds_page

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = services.everything(db)
    answer(*kinds_page(found, office, tongue()))
