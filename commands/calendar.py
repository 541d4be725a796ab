"""``calendar``: holidays and closures of this office, and the deadlines that move with them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from commands.context import DONE, INTERRUPTED, REFUSED, Failure, call, said
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
    words=("窓口の休業日。変えると、未了の期限も動きます。", "Holidays and closures; open deadlines move with them."),
)
def calendar() -> None:
    """Holidays and closures of this office."""


@calendar.command(
    "list",
    words=(
        "平日の休みと、窓口が決めた日の一覧です（指定がなければ今日から1年）。",
        "Weekdays on which the office is closed, and days decided here (a year from today unless told otherwise).",
    ),
    examples=("./admin.py calendar list", "./admin.py calendar list --year 2027"),
)
@click.option("--year", cls=Option, type=click.IntRange(2000, 2099), words=("この年の一覧。", "of this year"))
def list_(year: int | None) -> None:
    """Show the calendar."""
    from datetime import timedelta

    from services.office.office_days import listing

    with looking() as (db, office):
        staff_only(asker(db, office))
        today = office.calendar.today(office.now)
        first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (today, today + timedelta(days=365))
        found = listing(db, office, first, last, call().language)
    sources = {"office": said("窓口", "office"), "law": said("祝日", "law"), "closing": said("毎年", "every year")}
    rows = [
        [
            _shown(day["day"]),
            said("営業", "open") if day["open"] else said("休業", "closed"),
            sources[day["source"]] + (said("・予測", ", forecast") if day["forecast"] else ""),
            day["name"] or "",
        ]
        for day in found
    ]
    heads = [said("日", "day"), "", said("定め", "by"), said("名称", "name")]
    answer(found, table(heads, rows, columns()))


_PREVIEW = ("何も書かずに、動く期限をすべて示します。", "only show every deadline that would move; nothing is written")


@calendar.command(
    "add",
    words=(
        (
            "休業日を加えます（責任者のみ）。\nその日を含む期限は、同じ期限のまま新しい日に動き、請求ごとに履歴に残ります。"
            "過ぎた日は、期限が動かない場合だけ加えられます。"
        ),
        (
            "Add closures or holidays (leads only).\n"
            "Deadlines that count the day move to another day and stay the same deadlines; every history says so. "
            "A day that is over can be added only where no deadline moves."
        ),
    ),
    examples=(
        "./admin.py calendar add 2026-12-04 --name 創立記念日 --preview",
        "./admin.py calendar add 2027-08-12 2027-08-13 --name 夏季休業",
    ),
)
@click.argument("days", metavar="DATE...", nargs=-1)
@click.option("--name", cls=Option, metavar="TEXT", words=("休業の名称。", "what the day is called"))
@click.option("--preview", is_flag=True, cls=Option, words=_PREVIEW)
def add(days: tuple[str, ...], name: str | None, preview: bool) -> int:
    """Add closures."""
    return _change(days, closes=True, name=name, preview=preview)


@calendar.command(
    "remove",
    words=(
        "休業日を取り消します（責任者のみ）。祝日・土日でもその日は営業します。",
        "Open on a day after all (leads only), be it a closure, a holiday or a weekend.",
    ),
    examples=("./admin.py calendar remove 2026-12-04 --preview", "./admin.py calendar remove 2026-11-28"),
)
@click.argument("days", metavar="DATE...", nargs=-1)
@click.option("--preview", is_flag=True, cls=Option, words=_PREVIEW)
def remove(days: tuple[str, ...], preview: bool) -> int:
    """Open after all."""
    return _change(days, closes=False, name="", preview=preview)


@calendar.command(
    "recount",
    words=(
        "途中で止まった休業日の変更を、残りの請求にも反映します（責任者のみ）。窓口が動いていれば自動で行われます。",
        "Carry a change that was broken off through to the remaining cases (leads only); a running desk does so too.",
    ),
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
        answer(_document((), None, ()), [said("残っている変更はありません。", "nothing is left to do.")])
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
        note(said("過ぎた日があるため、このままでは加えられません。", "a day is over: this change would be refused."))
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


def _office_of(db: "Connection") -> "Office":
    from clock import office_now
    from services.engine.office import the_office

    return the_office(db, office_now(db))


# -- telling --------------------------------------------------------------------------------------------------------


def _counting() -> str:
    return said("期限を数え直しています", "counting deadlines anew")


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
        return [said("変わる日はありません。", "no day changes.")]
    listed = said("、", ", ").join(_shown(day.isoformat()) for day in days)
    state = said("休業", "closed") if closes else said("営業", "open")
    head = said(f"{listed}: {state}", f"{listed}: {state}") + ("" if done else said("（予定）", " (not written yet)"))
    return [head, *_table(moved)]


def _table(moved: Sequence["Move"]) -> list[str]:
    """Return what moved, the deadlines of a case together; the why of the first few is that of all."""
    from services.reports.words import due_name, due_words

    language = call().language
    cases = len({move.case for move in moved})
    if not moved:
        return [said("動く期限はありません。", "no deadline moves.")]
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
        said("請求", "case"),
        said("期限", "deadline"),
        said("変更前", "was"),
        said("変更後", "is"),
        said("理由", "why"),
    ]
    more = len(moved) - SHOWN
    rest = [said(f"ほか {more}件（--json ですべて）", f"and {more} more (--json has all)")] if more > 0 else []
    total = said(f"期限 {len(moved)}件（請求 {cases}件）", f"{len(moved)} deadlines of {cases} cases")
    return [*table(heads, rows, columns()), *rest, total]


def _shown(day: str) -> str:
    weekday = date.fromisoformat(day).weekday()
    return f"{day} ({said('月火水木金土日'[weekday], ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[weekday])})"


def _so_already(day: date, *, closes: bool) -> str:
    if closes:
        return said(f"{day} はもともと休みです。", f"{day} is closed already.")
    return said(f"{day} はもともと営業日です。", f"{day} is a working day already.")


def _past(day: date, moved: int) -> Failure:
    return Failure(
        REFUSED,
        "past_day",
        said(
            f"{day} は過ぎた日で、期限が {moved}件 動くため変えられません。その日にあったことは取り消せません。"
            "今日以降の日を指定してください。必要な請求は hold で期限を止められます。",
            f"{day} is over, and {moved} deadlines would move: what happened since cannot be undone. "
            "Name a day from today on; single cases can be given time with hold.",
        ),
        codes=["past_day"],
    )


def _busy() -> Failure:
    return Failure(
        REFUSED,
        "calendar_busy",
        said(
            "長い処理（バックアップなど）が暦を読んでいるため、いまは変えられません。何も書いていません。"
            "それが終わってから、もう一度実行してください。",
            "a long transaction (a backup, say) is reading the calendar; nothing was written. "
            "Run this again when that has ended.",
        ),
    )


def _interrupted() -> Failure:
    return Failure(
        INTERRUPTED,
        "interrupted",
        said(
            "中断しました。日が書かれていれば、残りの請求は窓口の処理（make desk）か ./admin.py calendar recount で"
            "続きから反映されます。書かれたかどうかは ./admin.py calendar list で分かります。",
            "interrupted; if the day is written (./admin.py calendar list shows it), a running desk or "
            "./admin.py calendar recount carries it through to the remaining cases.",
        ),
    )
