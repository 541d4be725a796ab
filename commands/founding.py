"""``office``: what this office is, and founding one."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import REFUSED, UNREACHABLE, WRONG, Failure, call, fails, said, tongue
from commands.office import login, looking
from commands.output import answer
from commands.shape import group, option
from commands.wide import pad
from settings import settings, shown

if TYPE_CHECKING:
    from models.founding import Founding


@group("office", invoke_without_command=True, words="founding.help.office")
@click.pass_context
def office(context: click.Context) -> None:
    """Show what this office is, or found one."""
    if context.invoked_subcommand is None:
        with looking() as (_, here):
            founded = here.founded
        document = _document(founded)
        answer(document, _lines(document))


@office.command("found", words="founding.help.found")
@option("--lead", required=True, metavar="NAME", words="founding.help.found.lead")
def found(lead: str) -> None:
    """Found an office."""
    from clock import machine_now
    from services.office.founding import CannotFound, establish
    from workflows.words import say

    try:
        founded = establish(settings(), lead, login(), machine_now())
    except CannotFound as no:
        status = WRONG if no.reason.code.startswith("name.") else REFUSED
        code = no.reason.code.rpartition(".")[2] if status == REFUSED else "bad_name"
        raise Failure(status, code, say(no.reason, call().language), codes=[no.reason.code]) from None
    except OSError as error:
        reason = tongue().why(error)
        raise fails(
            UNREACHABLE, "place_not_writable", "founding.unwritable", home=settings().home, why=reason
        ) from error
    document = {**_document(founded.office), "new": founded.new}
    head = said("founding.founded") if founded.new else said("founding.founded_already")
    answer(document, [head, *_lines(document)])


def _document(founded: "Founding") -> dict[str, Any]:
    return {
        "founded_at": founded.founded_at.isoformat(timespec="seconds"),
        "demo": founded.demo,
        "clock": founded.clock,
        "sole": founded.sole,
        "residency": founded.residency,
        "database": shown(settings().database_url),
        "lead": founded.lead,
    }


def _lines(document: dict[str, Any]) -> list[str]:
    yes, no = said("founding.yes"), said("founding.no")
    clock = {"system": said("founding.clock.real"), "shifted": said("founding.clock.shifted")}
    rows = (
        (said("founding.field.founded"), document["founded_at"]),
        (said("founding.field.lead"), document["lead"]),
        (said("founding.field.demo"), yes if document["demo"] else no),
        (said("founding.field.clock"), clock[document["clock"]]),
        (said("founding.field.sole"), yes if document["sole"] else no),
        (said("founding.field.residency"), document["residency"]),
        (said("founding.field.database"), document["database"]),
    )
    return [f"{pad(name, 18)} {value}" for name, value in rows]
