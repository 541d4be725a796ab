"""``calendar``: holidays and closures of this office, and the deadlines that move with them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, Failure, call, joint, said
from commands.office import asker, lead_only, looking, staff_only, writing
from commands.output import answer, columns, note, tell_faults
from commands.progress import progress
from commands.shape import Group, Option
from commands.wide import table
from workflows.words import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from services.engine.office import Office
    from services.office.office_days import Change, Move

SHOWN = 40
"""How many moved deadlines a screen shows; ``--json`` has them all."""


@click.group(
    "calendar",
    cls=Group,
    words="calendar.help.calendar",
)
def calendar() -> None:
    """Holidays and closures of this office."""


@calendar.command(
    "list",
    words="calendar.help.list",
    examples=("./admin.py calendar list", "./admin.py calendar list --year 2027"),
)
@click.option("--year", cls=Option, type=click.IntRange(2000, 2099), words="calendar.help.list.year")
def list_(year: int | None) -> None:
    """Show the calendar."""
    from datetime import timedelta

    from services.office.office_days import listing

    with looking() as (db, office):
        staff_only(asker(db, office))
        today = office.calendar.today(office.now)
        first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (today, today + timedelta(days=365))
        found = listing(db, office, first, last, call().language)
    sources = {
        "office": said("calendar.by.office"),
        "law": said("calendar.by.law"),
        "closing": said("calendar.by.yearly"),
    }
    rows = [
        [
            _shown(day["day"]),
            said("calendar.open") if day["open"] else said("calendar.closed"),
            sources[day["source"]] + (said("calendar.forecast") if day["forecast"] else ""),
            day["name"] or "",
        ]
        for day in found
    ]
    heads = [said("calendar.head.day"), "", said("calendar.head.by"), said("calendar.head.name")]
    answer(found, table(heads, rows, columns()))


@calendar.command(
    "add",
    words="calendar.help.add",
    examples=(
        "./admin.py calendar add 2026-12-04 --name 創立記念日 --preview",
        "./admin.py calendar add 2027-08-12 2027-08-13 --name 夏季休業",
    ),
)
@click.argument("days", metavar="DATE...", nargs=-1)
@click.option("--name", cls=Option, metavar="TEXT", words="calendar.help.add.name")
@click.option("--preview", is_flag=True, cls=Option, words="calendar.option.preview")
def add(days: tuple[str, ...], name: str | None, preview: bool) -> int:
    """Add closures."""
    return _change(days, closes=True, name=name, preview=preview)


@calendar.command(
    "remove",
    words="calendar.help.remove",
    examples=("./admin.py calendar remove 2026-12-04 --preview", "./admin.py calendar remove 2026-11-28"),
)
@click.argument("days", metavar="DATE...", nargs=-1)
@click.option("--preview", is_flag=True, cls=Option, words="calendar.option.preview")
def remove(days: tuple[str, ...], preview: bool) -> int:
    """Open after all."""
    return _change(days, closes=False, name="", preview=preview)


@calendar.command(
    "recount",
    words="calendar.help.recount",
    examples=("./admin.py calendar recount",),
)
def recount() -> None:
    """Finish what was broken off."""
    from models import session
    from services.engine import recounts
    from services.office import office_days

    with writing() as (db, office):
        lead_only(asker(db, office))
        event, total = recounts.unfinished(db), office_days.cases_with_deadlines(db)
    if event is None:
        answer(_document((), None, ()), [said("calendar.nothing_left")])
        return
    with progress(_counting(), total) as advance:
        recounts.finish(session.transaction, _office_of, advance)
    moved = tuple(office_days.moved_by(session.looking, event))
    answer(_document((), event, moved), _table(moved))


# -- a change -------------------------------------------------------------------------------------------------------


def _change(days: Sequence[str], *, closes: bool, name: str | None, preview: bool) -> int:
    from models import session
    from services.office import office_days

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
    moved = tuple(office_days.preview(session.looking, _office_of, change))
    answer({**_document(changed, None, moved), "preview": True}, _lines(changed, moved, closes=closes, done=False))
    if past and moved:
        note(said("calendar.would_be_refused"))
        return REFUSED
    return DONE


def _carry_through(change: "Change", by: str, total: int) -> int:
    from models import session
    from services.office import office_days

    try:
        with progress(_counting(), total) as advance:
            done = office_days.carry_through(session.transaction, session.looking, _office_of, change, by, advance)
    except office_days.PastDay as past:
        raise _past(past.day, past.moved) from None
    except office_days.CalendarBusy:
        raise _busy() from None
    except KeyboardInterrupt:
        raise _interrupted() from None
    answer(
        _document(done.changed, done.event, done.moved),
        _lines(done.changed, done.moved, closes=change.closes, done=True),
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


def _office_of(db: "Connection") -> "Office":
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


# -- telling --------------------------------------------------------------------------------------------------------


def _counting() -> str:
    return said("calendar.counting")


def _document(days: Iterable[date], event: int | None, moved: Sequence["Move"]) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day in days],
        "event": event,
        "preview": False,
        "cases": len({move.case for move in moved}),
        "moved": [
            {
                "case": move.case,
                "timer": move.timer,
                "fire_no": move.fire_no,
                "was": move.was.isoformat(timespec="seconds"),
                "now": move.now.isoformat(timespec="seconds"),
                "why": say(move.why, call().language),
            }
            for move in moved
        ],
    }


def _lines(days: Sequence[date], moved: Sequence["Move"], *, closes: bool, done: bool) -> list[str]:
    if not days:
        return [said("calendar.no_day")]
    listed = joint().join(_shown(day.isoformat()) for day in days)
    state = said("calendar.closed") if closes else said("calendar.open")
    head = said("calendar.changed", listed=listed, state=state) + ("" if done else said("calendar.not_written"))
    return [head, *_table(moved)]


def _table(moved: Sequence["Move"]) -> list[str]:
    """Return what moved, the deadlines of a case together; the why of the first few is that of all."""
    from services.reports.words import due_name, due_words

    language = call().language
    cases = len({move.case for move in moved})
    if not moved:
        return [said("calendar.nothing_moves")]
    rows = [
        [
            move.case,
            due_words(due_name(move.timer, move.case), language),
            f"{move.was:%Y-%m-%d}",
            f"{move.now:%Y-%m-%d}",
            say(move.why, language),
        ]
        for move in moved[:SHOWN]
    ]
    heads = [
        said("calendar.head.case"),
        said("calendar.head.deadline"),
        said("calendar.head.was"),
        said("calendar.head.is"),
        said("calendar.head.why"),
    ]
    more = len(moved) - SHOWN
    rest = [said("calendar.more", more=more)] if more > 0 else []
    total = said("calendar.moved", deadlines=len(moved), cases=cases)
    return [*table(heads, rows, columns()), *rest, total]


def _shown(day: str) -> str:
    weekday = date.fromisoformat(day).weekday()
    return f"{day} ({said(f'calendar.weekday.{weekday}')})"


def _so_already(day: date, *, closes: bool) -> str:
    if closes:
        return said("calendar.closed_already", day=day)
    return said("calendar.open_already", day=day)


def _past(day: date, moved: int) -> Failure:
    return Failure(
        REFUSED,
        "past_day",
        said("calendar.over", day=day, moved=moved),
        codes=["past_day"],
    )


def _busy() -> Failure:
    return Failure(
        REFUSED,
        "calendar_busy",
        said("calendar.being_read"),
    )


def _interrupted() -> Failure:
    return Failure(
        INTERRUPTED,
        "interrupted",
        said("calendar.interrupted"),
    )
