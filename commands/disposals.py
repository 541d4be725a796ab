"""``disposals``: the papers whose time has come, as a list to tick and to sign."""

from commands.context import tongue
from commands.office import asker, looking, staff_only
from commands.output import answer
from commands.shape import command


@command("disposals", words="disposals.help.disposals")
def disposals() -> None:
    """Show the list."""
    from services.reports.disposals import page
    from services.request import disposals as deeds

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = deeds.due(db, office)
    answer(found, page(found, tongue()))
