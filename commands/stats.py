"""``stats``: the figures a regulator asks for, as a page, as JSON and as a table."""

import sys
from datetime import date
from typing import Any

import click

from commands.context import REFUSED, call, fails, said, tongue
from commands.office import asker, lead_only, looking, staff_member, staff_only, unit, writing
from commands.output import answer, note, tell_faults
from commands.shape import command, option

BY = ("right", "ground", "category", "month", "regime")


@command("stats", words="stats.help.stats")
@option("--since", metavar="DATE", words="stats.help.stats.since")
@option("--until", metavar="DATE", words="stats.help.stats.until")
@option("--by", type=click.Choice(BY), words="stats.help.stats.by")
@option("--csv", "as_table", is_flag=True, words="stats.help.stats.csv")
@option("--in-full", is_flag=True, words="stats.help.stats.in_full")
@option("--recount", is_flag=True, words="stats.help.stats.recount")
def stats(since: str | None, until: str | None, by: str | None, as_table: bool, in_full: bool, recount: bool) -> None:
    """Show the figures."""
    from services.reports import stats as reporting
    from services.reports import stats_page

    first, last = days(since, until)
    if first is not None and last is not None and first > last:
        raise click.UsageError(said("stats.no_days", since=first.isoformat(), until=last.isoformat()))
    if recount:
        _recounted()
    if in_full:
        _recorded({"since": since and str(first), "until": until and str(last), "by": by})
    with looking() as (db, office):
        who = asker(db, office)
        staff_only(who)
        asked: reporting.Asked | None = reporting.Asked(first, last, by, in_full)
        if not who.is_lead():
            asked = reporting.asked_in_lots(office, first, last, by)
        if asked is None:
            raise fails(REFUSED, "months_only", "stats.months_only", more={"codes": ["missing_role"]})
        found = reporting.stats(db, office, asked)
    if as_table:
        sys.stdout.write(stats_page.table(found))
    else:
        answer(found, stats_page.page(found, tongue()))
    if as_table and found["uncounted"]:
        note(said("stats.uncounted", number=found["uncounted"]))


def _recorded(asked: dict[str, Any]) -> None:
    """Record who has all figures: before any of them is shown."""
    from models import staff

    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        said = {name: value for name, value in asked.items() if value is not None}
        staff.log(db, office.now, "figures_seen", who.name, said)


def _recounted() -> None:
    """Count everything anew, which is for a lead to say."""
    from commands.progress import ticking
    from services.engine import counting

    staff_member(lead=True)
    with ticking(said("stats.recounted")) as tick:
        number = counting.recount(unit(), tick)
    note(said("stats.recounted_all", number=number))


def days(*texts: str | None) -> tuple[date | None, ...]:
    """Return the days of --since and --until; ends the call where one is none."""
    if not any(texts):  # an empty one is none; what reads the others brings much with it
        return (None,) * len(texts)
    from services.intake.scalars import BAD, Reading, read_day

    reading = Reading(call().language)
    names = ("--since", "--until")
    found = [None if text is None else read_day(text, name, reading) for text, name in zip(texts, names, strict=True)]
    if BAD in found:
        raise tell_faults(reading.faults)
    return tuple(found)
