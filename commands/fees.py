"""``fees``: what the books come to, and every row of them as a table."""

import sys
from datetime import date

import click

from commands.context import call, tongue
from commands.office import asker, looking, staff_only
from commands.output import answer, tell_faults
from commands.shape import command, option


@command("fees", words="fees.help.fees")
@option("--since", metavar="DATE", words="fees.help.fees.since")
@option("--until", metavar="DATE", words="fees.help.fees.until")
@option("--by", type=click.Choice(["right", "means", "month"]), default="right", words="fees.help.fees.by")
@option("--csv", "as_table", is_flag=True, words="fees.help.fees.csv")
def fees(since: str | None, until: str | None, by: str, as_table: bool) -> None:
    """Show the books."""
    from models import booking
    from services.reports import books

    first, last = _days(since, until)
    with looking() as (db, office):
        staff_only(asker(db, office))
        if not as_table:
            found = books.books(db, office, first, last, by)
            answer(found, books.page(found, tongue()))
            return
        told = books.table(booking.rows(db, first, last), office)
    sys.stdout.write(told)


def _days(*texts: str | None) -> tuple[date | None, ...]:
    """Return the days; ends the call where one is none."""
    from services.intake.scalars import BAD, Reading, read_day

    reading = Reading(call().language)
    names = ("--since", "--until")
    days = [None if text is None else read_day(text, name, reading) for text, name in zip(texts, names, strict=True)]
    if BAD in days:
        raise tell_faults(reading.faults)
    return tuple(days)
