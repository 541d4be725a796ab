"""``legal-hold``: cases that are kept although their time is over, and the way back."""

from datetime import date

import click

from commands.context import call, said, tongue
from commands.office import asker, case_named, find_case, lead_only, looking, staff_only, writing
from commands.output import answer, tell_faults
from commands.requeue import one_line
from commands.shape import command, option
from commands.telling import refused


@command("legal-hold", words="legal_hold.help.legal_hold")
@click.argument("case", metavar="[CASE]", required=False)
@option("--why", metavar="TEXT", words="legal_hold.help.legal_hold.why")
@option("--until", metavar="DATE", words="legal_hold.help.legal_hold.until")
@option("--lift", is_flag=True, words="legal_hold.help.legal_hold.lift")
@option("--list", "listed", is_flag=True, words="legal_hold.help.legal_hold.list")
def legal_hold(case: str | None, why: str | None, until: str | None, lift: bool, listed: bool) -> int | None:
    """Hold a case, let it go, or list what is held."""
    if case is None or listed:
        if why or until or lift or (case is not None):
            raise click.UsageError(said("legal_hold.which"))
        _list()
        return None
    if why is None or lift == (until is not None):
        raise click.UsageError(said("legal_hold.what"))
    number, reason = case_named(case), one_line(why)
    if lift:
        _lift(number, reason)
        return None
    return _hold(number, reason, _day(until or ""))


def _list() -> None:
    from services.ending import holds
    from services.reports.retention_page import holds_page

    with looking() as (db, office):
        staff_only(asker(db, office))
        found = holds.listed(db, office)
    answer(found, holds_page(found, tongue()))


def _hold(number: str, why: str, until: date) -> int | None:
    from models import case as cases
    from services.ending import holds

    with looking() as (db, _):
        find_case(db, number)
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        (row,) = cases.lock(db, [number]).values()
        against = holds.hold(db, row, why, until, who.name, office)
    if against:
        return refused(against, {"case": number})
    document = {"case": number, "held": True, "until": until.isoformat(), "why": why}
    answer(document, [said("legal_hold.held", case=number, until=until.isoformat())])
    return None


def _lift(number: str, why: str) -> None:
    from models import case as cases
    from services.ending import holds

    with looking() as (db, _):
        find_case(db, number)
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        (row,) = cases.lock(db, [number]).values()
        lifted = holds.lift(db, row, why, who.name, office)
    told = "legal_hold.lifted" if lifted else "legal_hold.not_held"
    answer({"case": number, "held": False, "repeated": not lifted}, [said(told, case=number)])


def _day(text: str) -> date:
    from services.intake.scalars import BAD, Reading, read_day

    reading = Reading(call().language)
    day = read_day(text, "--until", reading)
    if day is BAD or not isinstance(day, date):
        raise tell_faults(reading.faults)
    return day
