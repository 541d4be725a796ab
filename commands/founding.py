"""``office``: what this office is, and founding one."""

from typing import TYPE_CHECKING, Any

import click

from commands.context import REFUSED, UNREACHABLE, WRONG, Failure, call, fails, said
from commands.office import login, looking
from commands.output import answer
from commands.shape import group, option
from commands.wide import pad
from settings import settings, shown

if TYPE_CHECKING:
    from models.founding import Founding


@group("office", invoke_without_command=True)
@click.pass_context
def office(context: click.Context) -> None:
    """Show what this office is, or found one."""
    if context.invoked_subcommand is None:
        with looking() as (_, here):
            founded = here.founded
        document = _document(founded)
        answer(document, _lines(document))


@office.command("found")
@option("--lead", required=True, metavar="NAME")
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
        raise fails(UNREACHABLE, "place_not_writable", home=settings().home, strerror=error.strerror) from error
    document = {**_document(founded.office), "new": founded.new}
    head = said("開設しました。", "founded.") if founded.new else said("既に開設されています。", "founded already.")
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
    yes, no = said("はい", "yes"), said("いいえ", "no")
    clock = {"system": said("実際の時刻", "the real time"), "shifted": said("ずらせる時刻", "shifted")}
    rows = (
        (said("開設", "founded"), document["founded_at"]),
        (said("責任者（開設時）", "lead when founded"), document["lead"]),
        (said("デモ", "demo"), yes if document["demo"] else no),
        (said("時計", "clock"), clock[document["clock"]]),
        (said("一人だけの窓口", "one person alone"), yes if document["sole"] else no),
        (said("データの所在地", "data lies in"), document["residency"]),
        (said("データベース", "database"), document["database"]),
    )
    return [f"{pad(name, 18)} {value}" for name, value in rows]
