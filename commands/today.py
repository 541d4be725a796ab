"""``today``: the day on one screen."""

from commands.context import tongue
from commands.office import asker, looking
from commands.output import answer
from commands.shape import command


@command("today", words="today.help.today")
def today() -> None:
    """Show what the day brings."""
    from services.reports.today import today as the_day
    from services.reports.today_page import today_page

    with looking() as (db, office):
        told = the_day(db, office, asker(db, office))
    answer(told, today_page(told, tongue()))
