"""``log``: who looked at whom, and who changed what in the office."""

import click

from commands.context import tongue
from commands.office import asker, case_named, find_case, lead_only, looking, no_such_person
from commands.output import answer
from commands.shape import command, option
from commands.stats import days


@command("log", words="log.help.log")
@option("--case", "case", metavar="CASE", words="log.help.log.case")
@option("--by", "by", metavar="NAME", words="log.help.log.by")
@option("--looks", is_flag=True, words="log.help.log.looks")
@option("--since", metavar="DATE", words="log.help.log.since")
@option("--limit", type=click.IntRange(min=1), default=100, words="log.help.log.limit")
def log(case: str | None, by: str | None, looks: bool, since: str | None, limit: int) -> None:
    """Show the office's log."""
    from models import staff
    from services.reports import log as reports

    first, _ = days(since, None)
    number = None if case is None else case_named(case)
    with looking() as (db, office):
        lead_only(asker(db, office))
        if number is not None:
            find_case(db, number)
        if by is not None and by not in {row.name for row in staff.everybody(db)}:
            raise no_such_person(by)
        wanted = reports.Wanted(case=number, by=by, looks=looks, since=first, most=limit)
        found = reports.entries(db, office, wanted)
    answer(found["rows"], reports.page(found, tongue()))
