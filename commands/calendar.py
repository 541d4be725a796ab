"""``calendar``: holidays and closures of this office, and the deadlines that move with them."""

from collections.abc import Sequence
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


@group("calendar")
def calendar() -> None:
    """Holidays and closures of this office."""


@calendar.command("list")
@option("--year", type=click.IntRange(2000, 2099))
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


_PREVIEW = ("何も書かずに、動く期限をすべて示します。", "only show every deadline that would move; nothing is written")


@calendar.command("add")
@click.argument("days", metavar="DATE...", nargs=-1)
@option("--name", metavar="TEXT")
@option("--preview", is_flag=True)
def add(days: tuple[str, ...], name: str | None, preview: bool) -> int:
    """Add closures."""
    return _change(days, closes=True, name=name, preview=preview)


@calendar.command("remove")
@click.argument("days", metavar="DATE...", nargs=-1)
@option("--preview", is_flag=True)
def remove(days: tuple[str, ...], preview: bool) -> int:
    """Open after all."""
    return _change(days, closes=False, name="", preview=preview)


@calendar.command("recount")
def recount() -> None:
    """Finish what was broken off."""
    from services.engine import recounts
    from services.office import office_days
    from services.reports.calendar_page import change_document, moved_page

    with writing() as (db, office):
        lead_only(asker(db, office))
        event, total = recounts.unfinished(db), office_days.cases_with_deadlines(db)
    if event is None:
        answer(
            change_document((), None, (), tongue()), [said("残っている変更はありません。", "nothing is left to do.")]
        )
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
        note(said("過ぎた日があるため、このままでは加えられません。", "a day is over: this change would be refused."))
        return REFUSED
    return DONE


def _carry_through(change: "Change", by: str, total: int) -> int:
    from services.office import office_days
    from services.reports.calendar_page import change_document, change_page

    try:
        with progress(_counting(), total) as advance:
            done = office_days.carry_through(unit(), change, by, advance)
    except office_days.PastDay as past:
        raise fails(REFUSED, "past_day", more={"codes": ["past_day"]}, day=past.day, moved=past.moved) from None
    except office_days.CalendarBusy:
        raise fails(REFUSED, "calendar_busy") from None
    except KeyboardInterrupt:
        raise fails(INTERRUPTED, "interrupted", "interrupted_calendar") from None
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
        faults.append(Fault("DATE", said("日付が必要です（2026-12-04 の形）。", "is needed: a day like 2026-12-04.")))
    if name is None or not (name == "" or (name.strip() and name.isprintable() and len(name) <= 80)):
        told = said(
            "休業の名称が必要です（80文字以内の一行）。",
            "is needed: what the day is called, one line of up to 80 characters.",
        )
        faults.append(Fault("--name", told))
    if faults:
        raise tell_faults(faults)
    return tuple(sorted({day for day in days if day is not BAD}))


# -- telling --------------------------------------------------------------------------------------------------------


def _counting() -> str:
    return said("期限を数え直しています", "counting deadlines anew")


def _so_already(day: date, *, closes: bool) -> str:
    if closes:
        return said(f"{day} はもともと休みです。", f"{day} is closed already.")
    return said(f"{day} はもともと営業日です。", f"{day} is a working day already.")
