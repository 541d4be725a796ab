"""``office``: what this office is, and founding one."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import REFUSED, UNREACHABLE, WRONG, Failure, call, fails, said, tongue
from commands.office import login, looking
from commands.output import answer, note
from commands.shape import group, option
from commands.wide import pad
from settings import settings, shown

if TYPE_CHECKING:
    from models.founding import Founding
    from services.office.founding import CannotFound


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

    try:
        founded = establish(settings(), lead, login(), machine_now())
    except CannotFound as no:
        raise cannot(no) from None
    except OSError as error:
        raise unwritable(error) from error
    if nobodys_login(lead):
        note(said("founding.no_such_login", name=lead))
    document = {**_document(founded.office), "new": founded.new}
    head = said("founding.founded") if founded.new else said("founding.founded_already")
    answer(document, [head, *_lines(document)])


def cannot(no: "CannotFound") -> Failure:
    """Return the failure for a place in which no office can be founded, or not as asked."""
    from workflows.words import say

    status = WRONG if no.reason.code.startswith("name.") else REFUSED
    code = no.reason.code.rpartition(".")[2] if status == REFUSED else "bad_name"
    return Failure(status, code, say(no.reason, call().language), codes=[no.reason.code])


def unwritable(error: OSError) -> Failure:
    """Return the failure for a place that cannot be written to."""
    why = tongue().why(error)
    return fails(UNREACHABLE, "place_not_writable", "founding.unwritable", home=settings().home, why=why)


def nobodys_login(name: str) -> bool:
    """Whether nobody can come in under a name: of an embedded database people are the logins of its machine."""
    import pwd

    if not settings().database_url.startswith("sqlite"):
        return False
    try:
        pwd.getpwnam(name)
    except (KeyError, ValueError):
        return True
    return False


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
