"""``clock``: the office's time, and moving it in demos and drills."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from commands.context import REFUSED, Failure, call, said
from commands.office import asker, looking, staff_only, writing
from commands.output import answer
from commands.shape import Command, Option
from commands.spans import span
from settings import settings

if TYPE_CHECKING:
    from services.office import Office


@click.command(
    "clock",
    cls=Command,
    words=(
        (
            "窓口の時刻を示します。\n進められるのは MADOGUCHI_CLOCK=shifted のときだけで、"
            "進めたことは記録されます。戻すことはできません。"
        ),
        (
            "The office's time.\n"
            "It can be moved only with MADOGUCHI_CLOCK=shifted, only forward, and every move is recorded."
        ),
    ),
    examples=("./admin.py clock", "./admin.py clock --advance 3d", "./admin.py clock --set 2026-12-01T09:30"),
)
@click.option(
    "--advance", cls=Option, metavar="3d", words=("この分だけ進めます（3d、2h、30m）。", "move it forward by this much")
)
@click.option(
    "--set", "to", cls=Option, metavar="TIME", words=("この時刻まで進めます。", "move it forward to this time")
)
def clock(advance: str | None, to: str | None) -> None:
    """Show or move the office's time."""
    from services.reports.words import local

    if advance is None and to is None:
        with looking() as (_, office):
            now, by = office.now, timedelta()
    else:
        now, by, office = _moved(advance, to)
    shown = local(now, office)
    shifted = settings().clock == "shifted"
    document = {
        "now": shown.isoformat(timespec="seconds"),
        "clock": settings().clock,
        "advanced_seconds": round(by.total_seconds()),
        "office_open": office.calendar.in_hours(now),
    }
    weekday = "月火水木金土日"[shown.weekday()] if call().language == "ja" else shown.strftime("%a")
    mark = said("（ずらした時刻）", " (shifted)") if shifted else ""
    answer(document, [f"{shown:%Y-%m-%d} ({weekday}) {shown:%H:%M:%S}{mark}"])


def _moved(advance: str | None, to: str | None) -> "tuple[datetime, timedelta, Office]":
    from clock import ClockCannotGoBack
    from clock import advance as move
    from models import staff

    if settings().clock != "shifted":
        raise Failure(
            REFUSED,
            "clock_not_shifted",
            said(
                "実際の時刻で動いているため、動かせません。デモや訓練では MADOGUCHI_CLOCK=shifted とします。",
                "the office runs on the real time, which cannot be moved; for demos and drills set "
                "MADOGUCHI_CLOCK=shifted.",
            ),
        )
    if advance is not None and to is not None:
        raise click.UsageError(
            said("--advance と --set はどちらか一つにしてください。", "give --advance or --set, not both.")
        )
    wanted = None if to is None else _time(to)
    by = span(advance, "--advance") if advance is not None else timedelta()
    try:
        with writing() as (db, office):
            who = asker(db, office)
            staff_only(who)
            if wanted is not None:
                by = wanted - office.now
            now = move(db, by)
            staff.log(db, office.now, "clock_moved", who.name, {"seconds": round(by.total_seconds())})
    except ClockCannotGoBack:
        raise Failure(
            REFUSED,
            "clock_cannot_go_back",
            said(
                "時刻は戻せません。いまより後の時刻を指定してください（./admin.py clock で分かります）。",
                "the clock only moves forward; name a time after the present one (./admin.py clock shows it).",
            ),
        ) from None
    return now, by, office


def _time(text: str) -> datetime:
    """Return the time that was typed; without a zone it is the office's."""
    from services.intake.faults import Fault
    from services.intake.scalars import BAD, Reading, read_moment

    reading = Reading(call().language)
    moment = read_moment(text, "--set", reading)
    if moment is BAD or moment is None:
        from commands.output import tell_faults

        faults = reading.faults or [Fault("--set", said("時刻が必要です。", "needs a time."))]
        raise tell_faults(faults)
    found: datetime = moment
    return found
