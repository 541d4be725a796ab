"""How long one run of a clock is where the case says it and not the declaration: a law's time, with what stops it.

A `Span` counts, and says in data why it ends on its day (the sentences stand in workflows/words/deadlines.py). What it
leaves out (days that do not count) and what it rests on (an article, a rule of counting) come in as arguments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.engine.calendars import ONE_DAY, Calendar, Held, StandsStillError, is_holiday_in, months_later
from workflows.engine.deadlines import Count, Unit
from workflows.engine.values import Reason

Both = tuple[str, str]
"""One text in Japanese and in English."""
_LENGTH = {Unit.WORKING_DAYS: "working_day", Unit.CALENDAR_DAYS: "day", Unit.MONTHS: "month"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One length of time: ``counts`` one after another, from the day after the anchor, or up to the day ``until``.

    ``since`` is the code of what the anchor was, ``law`` the article, ``rule`` the rule of counting. ``moves_on``: an
    end on a Saturday, Sunday or public holiday moves to the next working day; ``holidays`` says whose (empty: the
    calendar's). ``stopped`` are the days that do not count, ``stops`` the article that says so. ``ends`` is what
    follows: ``sue`` or nothing; ``warning``: it fires on its last day and not when that is over, and says so;
    ``on_its_day``: it does and says nothing of it, since that day is the one to be told.
    """

    counts: tuple[Count, ...] = ()
    since: str
    law: Both
    rule: Both | None = None
    moves_on: bool = False
    holidays: str = ""
    stopped: tuple[Held, ...] = ()
    stops: Both | None = None
    until: date | None = None
    ends: str = ""
    warning: bool = False
    on_its_day: bool = False

    @property
    def article(self) -> dict[str, str]:
        """The article it rests on, in both languages."""
        return _said(self.law)

    def last(self, anchor: date, calendar: Calendar) -> date:
        """Return its last day. Raises `StandsStillError` where the count reaches into days without an end."""
        day, _ = self._counted(anchor, calendar)
        return self._moved(day, calendar)

    def fires_on(self, anchor: date, calendar: Calendar) -> date:
        """Return the day at whose beginning it has run out; a warning is due on its last day."""
        last = self.last(anchor, calendar)
        return last if self.warning or self.on_its_day else last + ONE_DAY

    def explain(self, anchor: date, calendar: Calendar, today: date) -> Reason:
        """Return why it ends on its day."""
        params: dict[str, object] = {"start": anchor.isoformat(), "since": self.since, "law": _said(self.law)}
        parts = self._length(params)
        try:
            day, stopped = self._counted(anchor, calendar)
        except StandsStillError as still:
            parts[-1] = "law_still_one" if parts[-1] == "law_ends" else "law_still"
            return Reason("+".join([*parts, "law_cited"]), {**params, "still": still.since.isoformat()})
        last = self._moved(day, calendar)
        params["last"] = last.isoformat()
        if stopped:
            params |= {"stopped": stopped, "stops": _said(self.stops or self.law)}
            parts.append("law_stopped_one" if stopped == 1 else "law_stopped_many")
        if last != day:
            parts.append("moved_on")
            params["nominal"] = day.isoformat()
        if self.moves_on and not self.holidays:
            parts += _forecast(calendar.forecasts_between(day - ONE_DAY, last, today), params)
        if self.ends or self.warning:
            parts.append("law_warns" if self.warning else f"law_{self.ends}")
            params["due"] = self.fires_on(anchor, calendar).isoformat()
        if not self.moves_on and self.until is None:
            parts.append("law_never_later")
        parts.append("law_cited" if self.rule is None else "law_cited_rule")
        if self.rule is not None:
            params["rule"] = _said(self.rule)
        return Reason("+".join(parts), params)

    def _counted(self, anchor: date, calendar: Calendar) -> tuple[date, int]:
        """Return the day it is counted to before a holiday moves it on, and how many days in it did not count."""
        if self.until is not None:
            return self.until, 0
        day = plain = anchor
        for count in self.counts:
            plain = _plus(plain, count, calendar)
        if any(count.unit is Unit.WORKING_DAYS for count in self.counts):
            for count in self.counts:
                stopped = self.stopped if count.unit is Unit.WORKING_DAYS else ()
                day = _plus(day, count, calendar, stopped)
            return day, (day - plain).days
        day, stopped_days = plain, -1
        while (days := _days_of(self.stopped, anchor, day)) != stopped_days:
            stopped_days, day = days, plain + days * ONE_DAY
        return day, stopped_days

    def _moved(self, day: date, calendar: Calendar) -> date:
        while self.moves_on and self.until is None and (day.weekday() >= 5 or self._is_holiday(day, calendar)):
            day += ONE_DAY
        return day

    def _is_holiday(self, day: date, calendar: Calendar) -> bool:
        return is_holiday_in(self.holidays, day) if self.holidays else calendar.is_public_holiday(day)

    def _length(self, params: dict[str, object]) -> list[str]:
        """Put the length into *params* and return the parts of the sentence that say it."""
        if self.until is not None:
            return ["law_named"]
        first, *more = self.counts
        params["count"] = first.number
        if first.number == 1 and not more:
            return ["law_start", f"law_one_{_LENGTH[first.unit]}", "law_ends"]
        parts = ["law_start", f"law_{_LENGTH[first.unit]}s"]
        if more:
            params["more"] = more[0].number
            parts.append(f"law_plus_{_LENGTH[more[0].unit]}s")
        return [*parts, "law_end"]


def one_after_another(counts: Sequence[Count]) -> tuple[Count, ...]:
    """Return lengths of which those of one unit that follow each other are one: a month and two months are three."""
    found: list[Count] = []
    for count in counts:
        if found and found[-1].unit is count.unit:
            found[-1] = Count(found[-1].number + count.number, count.unit)
        else:
            found.append(count)
    return tuple(found)


def _plus(day: date, count: Count, calendar: Calendar, stopped: Sequence[Held] = ()) -> date:
    if count.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(day, count.number, stopped)
    return months_later(day, count.number) if count.unit is Unit.MONTHS else day + count.number * ONE_DAY


def _days_of(stopped: Sequence[Held], anchor: date, until: date) -> int:
    """Return how many days after *anchor*, up to *until*, do not count. Raises `StandsStillError`."""
    days: set[date] = set()
    for stretch in stopped:
        first = max(stretch.first, anchor + ONE_DAY)
        if stretch.last is None and first <= until:
            raise StandsStillError(stretch.first)
        last = min(until, stretch.last or until)
        days |= {first + n * ONE_DAY for n in range((last - first).days + 1)}
    return len(days)


def _forecast(days: Sequence[date], params: dict[str, object]) -> list[str]:
    if not days:
        return []
    params["forecast_last"] = days[-1].isoformat()
    if len(days) == 1:
        return ["forecast_one"]
    params["forecast"] = [day.isoformat() for day in days[:-1]]
    return ["forecast_many"]


def _said(text: Both) -> dict[str, str]:
    return {"ja": text[0], "en": text[1]}
