"""``calendar``: holidays and closures of this office, and the deadlines that move with them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from commands.context import DONE, INTERRUPTED, REFUSED, call, fails, said, tongue
from commands.office import asker, lead_only, looking, staff_only, unit, writing
from commands.output import answer, note, tell_faults
from commands.progress import progress
from commands.shape import group, option

if TYPE_CHECKING:
    from services.office.office_days import Change


@group("calendar", words="calendar.help.calendar")
def calendar() -> None:
    """Holidays and closures of this office."""


@calendar.command("list", words="calendar.help.list")
@option("--year", type=click.IntRange(2000, 2099), words="calendar.help.list.year")
def list_(year: int | None) -> None:
    """Show the calendar."""
    from datetime import timedelta

    from services.office.office_days import listing
    from services.reports.calendar_page import days_page

    with looking() as (db, office):
        staff_only(asker(db, office))
        today = office.calendar.today(office.now)
        first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (today, today + timedelta(days=365))
        found = listing(db, office, first, last, call().language)
    answer(found, days_page(found, tongue()))


@calendar.command("add", words="calendar.help.add")
@click.argument("days", metavar="DATE...", nargs=-1)
@option("--name", metavar="TEXT", words="calendar.help.add.name")
@option("--preview", is_flag=True, words="calendar.option.preview")
def add(days: tuple[str, ...], name: str | None, preview: bool) -> int:
    """Add closures."""
    return _change(days, closes=True, name=name, preview=preview)


@calendar.command("remove", words="calendar.help.remove")
@click.argument("days", metavar="DATE...", nargs=-1)
@option("--preview", is_flag=True, words="calendar.option.preview")
def remove(days: tuple[str, ...], preview: bool) -> int:
    """Open after all."""
    return _change(days, closes=False, name="", preview=preview)


@calendar.command("recount", words="calendar.help.recount")
def recount() -> None:
    """Finish what was broken off."""
    from services.engine import recounts
    from services.office import office_days
    from services.reports.calendar_page import change_document, moved_page

    with writing() as (db, office):
        lead_only(asker(db, office))
        event, total = recounts.unfinished(db), office_days.cases_with_deadlines(db)
    if event is None:
        answer(change_document((), None, (), tongue()), [said("calendar.nothing_left")])
        return
    with progress(_counting(), total) as advance:
        recounts.finish(unit(), advance)
    moved = tuple(office_days.moved_by(unit(), event))
    answer(change_document((), event, moved, tongue()), moved_page(moved, tongue()))


# -- a change -------------------------------------------------------------------------------------------------------


def _change(days: Sequence[str], *, closes: bool, name: str | None, preview: bool) -> int:
    from services.office import office_days
    from services.reports.calendar_page import change_document, change_page

    change = office_days.Change(_days(days, name if closes else ""), closes=closes, name=name or "")
    with writing() as (db, office):
        who = asker(db, office)
        lead_only(who)
        changed = tuple(change.on(office.calendar)[1])
        past = [day for day in changed if day < office.calendar.today(office.now)]
        total = office_days.cases_with_deadlines(db)
    for day in change.days:
        if day not in changed:
            note(_so_already(day, closes=closes))
    if not preview:
        return _carry_through(change, who.name, total)
    moved = tuple(office_days.preview(unit(), change))
    answer(
        {**change_document(changed, None, moved, tongue()), "preview": True},
        change_page(changed, moved, tongue(), closes=closes, done=False),
    )
    if past and moved:
        note(said("calendar.would_be_refused"))
        return REFUSED
    return DONE


@contextmanager
def days_may_be_refused() -> Iterator[None]:
    """End the call where days that are over decided something, or the calendar is being read all the time."""
    from services.office import office_days

    try:
        yield
    except office_days.PastDay as past:
        raise fails(
            REFUSED, "past_day", "calendar.over", more={"codes": ["past_day"]}, day=past.day, moved=past.moved
        ) from None
    except office_days.CalendarBusy:
        raise fails(REFUSED, "calendar_busy", "calendar.being_read") from None


def _carry_through(change: "Change", by: str, total: int) -> int:
    from services.office import office_days
    from services.reports.calendar_page import change_document, change_page

    try:
        with days_may_be_refused(), progress(_counting(), total) as advance:
            done = office_days.carry_through(unit(), change, by, advance)
    except KeyboardInterrupt:
        raise fails(INTERRUPTED, "interrupted", "calendar.interrupted") from None
    answer(
        change_document(done.changed, done.event, done.moved, tongue()),
        change_page(done.changed, done.moved, tongue(), closes=change.closes, done=True),
    )
    return DONE


def _days(texts: Sequence[str], name: str | None) -> tuple[date, ...]:
    """Return the days that were typed; ends the call with everything that is wrong."""
    from services.intake.faults import Fault
    from services.intake.scalars import BAD, Reading, read_day

    reading = Reading(call().language)
    days = [read_day(text, "DATE", reading) for text in texts]
    faults: list[Fault] = list(reading.faults)
    if not texts:
        faults.append(Fault("DATE", said("calendar.needs_day")))
    if name is None or not (name == "" or (name.strip() and name.isprintable() and len(name) <= 80)):
        told = said("calendar.needs_name")
        faults.append(Fault("--name", told))
    if faults:
        raise tell_faults(faults)
    return tuple(sorted({day for day in days if day is not BAD}))


# -- telling --------------------------------------------------------------------------------------------------------


def _counting() -> str:
    return said("calendar.counting")


def _so_already(day: date, *, closes: bool) -> str:
    if closes:
        return said("calendar.closed_already", day=day)
    return said("calendar.open_already", day=day)
