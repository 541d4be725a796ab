"""``clock``: the office's time, and moving it in demos and drills."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from commands.context import REFUSED, Failure, call, said
from commands.office import asker, lead_only, looking, writing
from commands.output import answer
from commands.shape import Command, Option
from commands.spans import span

if TYPE_CHECKING:
    from services.engine.office import Office


@click.command(
    "clock",
    cls=Command,
    words=(
        (
            "窓口の時刻を示します。\n動かせるのは MADOGUCHI_CLOCK=shifted で開設した窓口の責任者だけで、"
            "動かしたことは記録されます。まだ何も起きていない窓口では、過去の時刻にもできます。"
        ),
        (
            "The office's time.\n"
            "Only a lead of an office founded with MADOGUCHI_CLOCK=shifted moves it, and every move is recorded: "
            "forward, or anywhere as long as nothing has happened in the office."
        ),
    ),
    examples=("./admin.py clock", "./admin.py clock --advance 3d", "./admin.py clock --set 2026-12-01T09:30"),
)
@click.option(
    "--advance", cls=Option, metavar="3d", words=("この分だけ進めます（3d、2h、30m）。", "move it forward by this much")
)
@click.option("--set", "to", cls=Option, metavar="TIME", words=("この時刻にします。", "set it to this time"))
def clock(advance: str | None, to: str | None) -> None:
    """Show or move the office's time."""
    from services.reports.words import local

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
    weekday = "月火水木金土日"[shown.weekday()] if call().language == "ja" else shown.strftime("%a")
    mark = said("（ずらした時刻）", " (shifted)") if shifted else ""
    answer(document, [f"{shown:%Y-%m-%d} ({weekday}) {shown:%H:%M:%S}{mark}"])


def _moved(advance: str | None, to: str | None) -> "tuple[datetime, timedelta, Office]":
    from clock import ClockCannotGoBack, ClockNotShifted
    from services.office.founding import move_clock

    if advance is not None and to is not None:
        raise click.UsageError(
            said("--advance と --set はどちらか一つにしてください。", "give --advance or --set, not both.")
        )
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
        raise Failure(
            REFUSED,
            "clock_not_shifted",
            said(
                "この窓口は実際の時刻で動くものとして開設されているため、時刻を動かせません。"
                "デモや訓練には、MADOGUCHI_CLOCK=shifted として別の場所に開設してください。",
                "this office was founded on the real time, which cannot be moved; for demos and drills found another "
                "with MADOGUCHI_CLOCK=shifted.",
            ),
        ) from None
    except ClockCannotGoBack:
        raise Failure(
            REFUSED,
            "clock_cannot_go_back",
            said(
                "時刻は戻せません。いまより後の時刻を指定してください（./admin.py clock で分かります）。"
                "過去の時刻にできるのは、まだ何も起きていない窓口だけです。",
                "the clock only moves forward; name a time after the present one (./admin.py clock shows it). Only in "
                "an office in which nothing has happened yet can it be set to the past.",
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
