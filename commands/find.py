"""``find``: whose case it is, by a name, a number or an address; and the names that ``list`` shows when asked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.context import WRONG, Failure, call, fails, interactive, said, tongue
from commands.keyboard import typed
from commands.office import asker, looking, staff_only, writing
from commands.output import answer, note
from commands.places import Place
from commands.shape import command, option

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.engine.office import Office
    from services.intake.looking_for import Question
    from services.request.finding import Hit, Looked

MOST_NAMES = 500
"""How many names a list shows at once."""


@command("find", words="find.help.find")
@click.argument("typed_here", nargs=-1, metavar="")
@option("--file", "file", metavar="FILE", type=Place(dash=True), words="find.help.find.file")
@option("--limit", type=click.IntRange(1, 200), default=50, words="find.help.find.limit")
def find(typed_here: tuple[str, ...], file: str | None, limit: int) -> None:
    """Find people."""
    if typed_here:
        raise fails(WRONG, "not_on_a_line", "find.not_on_a_line")
    from services.reports.found_page import found_page
    from services.request import finding

    with looking() as (db, office):
        staff_only(asker(db, office))
    question = _question(file)
    with looking() as (db, office):
        looked = finding.look(db, question.asked, question.number, office, limit)
        lines = [_line(hit, office) for hit in looked.hits]
    _record("people_looked_for", [line["case"] for line in lines], by=list(question.by), more=looked.more)
    beside = _beside(looked)
    answer(lines, found_page(lines, beside, tongue()))
    for told in beside if call().json else ():
        note(told)


def _question(file: str | None) -> "Question":
    """Return what was handed in, or what is answered at a terminal. Names never stand on a command line."""
    from services.intake import load_file
    from services.intake.looking_for import read_question

    if file is not None:
        return read_question(load_file(file, language=call().language), call().language)
    if not interactive():
        message = said("find.file_needed")
        raise Failure(WRONG, "file_needed", message, faults=[{"line": None, "field": "--file", "message": message}])
    text = ""
    while not text:
        text = typed(said("find.whom"))
    return read_question({"any": text}, call().language)


def _line(hit: "Hit", office: "Office") -> dict[str, Any]:
    row = hit.row
    opened = office.calendar.today(row.received_at) if hit.is_inquiry else row.opened_on
    return {
        "case": row.number,
        "state": row.state,
        "name": hit.name,
        "opened_on": opened.isoformat(),
        "todo": None if hit.is_inquiry else row.todo,
        "party": str(hit.party),
        "representative": hit.met if str(hit.party) == "representative" else None,
        "inquiry": hit.is_inquiry,
    }


def _beside(looked: "Looked") -> list[str]:
    """Return what else there is to say, or what would work."""
    told = []
    if looked.more:
        told.append(said("find.more", count=len(looked.hits)) if looked.hits else said("find.too_many"))
    elif not looked.hits:
        told.append(said("find.none"))
    if looked.closed:
        told.append(said("find.closed", count=looked.closed))
    return told


def _record(what: str, found: Sequence[str], **more: Any) -> None:
    """Record who looked at whom: before anything of it is shown."""
    from models import staff

    with writing() as (db, office):
        staff.log(db, office.now, what, asker(db, office).name, {**more, "found": list(found)})


def may_see_names() -> None:
    """End the call of somebody who may see no names."""
    with looking() as (db, office):
        staff_only(asker(db, office))


def names_of(db: "Connection", office: "Office", lines: Sequence[dict[str, Any]]) -> None:
    """Put the subject's name into the lines of a list; None where nobody is known any more."""
    from services.request import finding

    names = finding.names_of(db, [line["case"] for line in lines], office)
    for line in lines:
        line["name"] = names.get(line["case"])


def names_shown(lines: Sequence[dict[str, Any]]) -> None:
    """Record whose names a list is about to show."""
    _record("names_listed", [line["case"] for line in lines])
