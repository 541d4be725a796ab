"""``clock``: the office's time, and moving it in demos and drills."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from commands.context import REFUSED, call, fails, said
from commands.office import asker, lead_only, looking, writing
from commands.output import answer
from commands.shape import command, option
from commands.spans import span

if TYPE_CHECKING:
    from services.engine.office import Office


@command("clock", words="clock.help.clock")
@option("--advance", metavar="3d", words="clock.help.clock.advance")
@option("--set", "to", metavar="TIME", words="clock.help.clock.set")
def clock(advance: str | None, to: str | None) -> None:
    """Show or move the office's time."""
    from services.engine.moments import local

    if advance is None and to is None:
        with looking() as (_, office):
            now, by = office.now, timedelta()
    else:
        now, by, office = _moved(advance, to)
    shown = local(now, office)
    shifted = office.founded.shifted
    document = {
        "now": shown.isoformat(timespec="seconds"),
        "clock": office.founded.clock,
        "advanced_seconds": round(by.total_seconds()),
        "office_open": office.calendar.in_hours(now),
    }
    weekday = said(f"calendar.weekday.{shown.weekday()}")
    mark = said("clock.shifted") if shifted else ""
    answer(document, [f"{shown:%Y-%m-%d} ({weekday}) {shown:%H:%M:%S}{mark}"])


def _moved(advance: str | None, to: str | None) -> "tuple[datetime, timedelta, Office]":
    from clock import ClockCannotGoBack, ClockNotShifted
    from services.office.founding import move_clock

    if advance is not None and to is not None:
        raise click.UsageError(said("clock.one_of_two"))
    wanted = None if to is None else _time(to)
    by = span(advance, "--advance") if advance is not None else timedelta()
    try:
        with writing() as (db, office):
            who = asker(db, office)
            if not office.founded.shifted:
                raise ClockNotShifted
            lead_only(who)
            if wanted is not None:
                by = wanted - office.now
            now = move_clock(db, by, office.now, who.name)
    except ClockNotShifted:
        raise fails(REFUSED, "clock_not_shifted", "clock.real_time") from None
    except ClockCannotGoBack:
        raise fails(REFUSED, "clock_cannot_go_back", "clock.only_forward") from None
    return now, by, office


def _time(text: str) -> datetime:
    """Return the time that was typed; without a zone it is the office's."""
    from services.intake.faults import Fault
    from services.intake.scalars import BAD, Reading, read_moment

    reading = Reading(call().language)
    moment = read_moment(text, "--set", reading)
    if moment is BAD or moment is None:
        from commands.output import tell_faults

        faults = reading.faults or [Fault("--set", said("clock.needs_time"))]
        raise tell_faults(faults)
    found: datetime = moment
    return found
