"""``forecast``: what falls due on which day, letters to expect, and who has how much to do."""

import click

from commands.context import tongue
from commands.office import asker, looking, staff_only
from commands.output import answer
from commands.shape import command, option


@command("forecast", words="forecast.help.forecast")
@option("--days", type=click.IntRange(min=1, max=366), default=30, words="forecast.help.forecast.days")
def forecast(days: int) -> None:
    """Show what comes."""
    from services.reports import forecast as reports

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = reports.forecast(db, office, days)
    answer(found, reports.page(found, tongue()))
