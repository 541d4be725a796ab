"""``disposals``: the papers nobody needs any more, as a list to tick and sign, on the screen or as sheets of paper."""

from typing import Any

from commands.context import REFUSED, fails, tongue
from commands.office import asker, looking, staff_only, writing
from commands.output import answer
from commands.places import Place, placed
from commands.shape import command, option


@command("disposals", words="disposals.help.disposals")
@option("--out", metavar="F.pdf", type=Place(folder=False), words="disposals.help.disposals.out")
def disposals(out: str | None) -> None:
    """Show the list."""
    from services.reports.disposals import page
    from services.returns import disposals as deeds

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = deeds.due(db, office)
        day = office.calendar.today(office.now).isoformat()
    if out is not None:
        if found:
            with writing() as (db, office):
                number = deeds.note_printed(db, office, asker(db, office).name, found)
            found = [{**one, "list": number} for one in found]
        _write(found, day, out)
    answer(found, page(found, tongue()))


def _write(found: list[dict[str, Any]], day: str, out: str) -> None:
    from services.office import caller
    from services.reports.disposals_sheet import sheet

    target = placed(out)
    try:
        caller.present().write_whole(target, sheet(found, day, tongue()))
    except OSError as error:
        raise fails(REFUSED, "not_written", "post.unwritable", place=target, why=tongue().why(error)) from error
