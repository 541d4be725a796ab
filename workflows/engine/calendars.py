"""The office calendar: which days and hours the office is open, and counting working days on it.

A `Calendar` is an immutable value. Japanese public holidays come from the ``holidays`` library, the office's own
closing at the turn of the year is dated data below, and what one office adds or removes comes in as an argument. A
``date`` here is always a day in the office's zone; a moment is an aware ``datetime`` of any zone.
"""

from bisect import bisect_left, bisect_right
from calendar import isleap, monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
WEEKEND = {5: {"ja": "土曜日", "en": "Saturday"}, 6: {"ja": "日曜日", "en": "Sunday"}}
EQUINOXES = frozenset({"春分の日", "秋分の日"})
FOLLOWS_FROM_NEIGHBOURS = frozenset({"振替休日", "国民の休日"})
"""Substitute and sandwiched days (Act on National Holidays, article 3(2) and (3)): they stand or fall with another."""
LAST_YEAR_OF_LIBRARY = 2099
"""The astronomers' formula for the equinoxes, and with it the library, ends here."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Days on which the office closes every year; ``first`` and ``last`` are (month, day), both included."""

    first: tuple[int, int]
    last: tuple[int, int]
    ja: str
    en: str
    since: date = date.min
    until: date = date.max

    def covers(self, day: date) -> bool:
        """Return whether the office is closed on *day* because of this."""
        if not self.since <= day <= self.until:
            return False
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


CLOSINGS = (
    # Offices follow the administration: Act on Holidays of Administrative Organs (1988, no. 91), article 1(1)(iii).
    Closing((12, 29), (1, 3), "年末年始休業", "year-end closing", since=date(1989, 1, 1)),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Whole days on hold, both included; ``last`` is None while no end is known, a last before the first holds nothing.

    A hold set on day A and resumed on day B holds A to B-1; one ``until`` D holds A to D.
    """

    first: date
    last: date | None


class StandsStillError(ValueError):
    """The count reaches into a hold that has no end: there is no such day before the hold has a last day."""

    def __init__(self, since: date) -> None:
        self.since = since
        super().__init__(f"the count stands still from {since} on; give that hold a last day")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one office.

    ``added`` are further closures or holidays with their names, ``removed`` are days on which the office is open after
    all, be they a Saturday, a holiday or a closing. Equal calendars share their tables, so that making one costs a few
    microseconds and so does each question.
    """

    zone: str = "Asia/Tokyo"
    added: Mapping[date, str] = field(default_factory=dict, hash=False)
    removed: Collection[date] = ()
    opens: time = time(9, 30)
    closes: time = time(18, 30)
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)
    _days: "_Days" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        removed = frozenset(self.removed)
        both = ", ".join(str(day) for day in sorted(removed & self.added.keys()))
        if both:
            raise ValueError(f"both added and removed: {both}; name each day once")
        if self.opens >= self.closes:
            raise ValueError(f"the office opens at {self.opens} and closes at {self.closes}; it must open first")
        object.__setattr__(self, "added", MappingProxyType(dict(self.added)))
        object.__setattr__(self, "removed", removed)
        object.__setattr__(self, "_zone", ZoneInfo(self.zone))
        object.__setattr__(self, "_days", _days(frozenset(self.added.items()), removed))

    def __reduce__(self) -> tuple[type["Calendar"], tuple[object, ...]]:
        # A read-only view cannot be pickled, and the tables need not travel.
        return Calendar, (self.zone, dict(self.added), self.removed, self.opens, self.closes)

    # -- days ---------------------------------------------------------------------------------------------------

    def is_open(self, day: date) -> bool:
        """Return whether *day* is a working day of the office."""
        return self._days.is_open(_plain(day))

    def why_closed(self, day: date, language: str = "ja") -> str | None:
        """Return the name of the holiday, closing or weekday for which the office is closed; None when it is open.

        A name the office gave itself (``added``) is the same in both languages.
        """
        return self._days.why_closed(_plain(day), language)

    def is_public_holiday(self, day: date) -> bool:
        """Return whether *day* is a public holiday by law; neither a weekend nor the office's own closing is one."""
        return day not in self.removed and _plain(day) in _public_holidays(day.year)

    def next_open(self, day: date) -> date:
        """Return *day* itself if the office is open, else the next day on which it is."""
        return self._days.nth_open(_plain(day) - ONE_DAY, 1)

    def add_working_days(self, start: date, n: int, held: Sequence[Held] = ()) -> date:
        """Return the n-th working day after *start*, which is never counted itself; days on hold are not counted.

        Raises `StandsStillError` where the count reaches into a hold without an end.
        """
        if n < 1:
            raise ValueError(f"cannot count {n} working days; 1 is the first working day after the start")
        position, left = _plain(start), n
        for stretch in sorted(held, key=lambda one: one.first):
            if stretch.last is not None and (stretch.last < stretch.first or stretch.last <= position):
                continue
            free = self._days.count(position, stretch.first - ONE_DAY)
            if free >= left:
                break
            if stretch.last is None:
                raise StandsStillError(stretch.first)
            left -= free
            position = stretch.last
        return self._days.nth_open(position, left)

    def working_days_between(self, after: date, until: date) -> int:
        """Return how many working days follow *after* up to and including *until*; 0 when *until* is not later."""
        return self._days.count(_plain(after), _plain(until))

    def closed_days_between(self, after: date, until: date, language: str = "ja") -> list[tuple[date, str]]:
        """Return the holidays and closings after *after* up to and including *until*, each with its name.

        Saturdays and Sundays are left out, holidays on them too: they explain no date.
        """
        named = []
        day = _plain(after) + ONE_DAY
        while day <= until:
            if day.weekday() not in WEEKEND:
                why = self.why_closed(day, language)
                if why is not None:
                    named.append((day, why))
            day += ONE_DAY
        return named

    def differences(self, other: "Calendar") -> list[date]:
        """Return the days on which only one of the two offices is open, in order."""
        touched = {*self.added, *self.removed, *other.added, *other.removed}
        return sorted(day for day in touched if self.is_open(day) != other.is_open(day))

    # -- what is not certain yet --------------------------------------------------------------------------------

    def is_forecast(self, day: date, today: date) -> bool:
        """Return whether the holiday on *day* rests on an equinox beyond next year.

        The Cabinet announces the equinoxes of a year in the February before it; until then they are astronomy. A
        substitute or sandwiched day beside such an equinox is a forecast too.
        """
        if day.year <= today.year + 1 or not self.is_public_holiday(day):
            return False
        if _name(day) in FOLLOWS_FROM_NEIGHBOURS:
            return any(_name(beside) in EQUINOXES for beside in (day - ONE_DAY, day + ONE_DAY))
        return _name(day) in EQUINOXES

    def forecasts_between(self, after: date, until: date, today: date) -> list[date]:
        """Return the equinoxes beyond next year that could, a day off, move a count from *after* to *until*."""
        return [
            day
            for year in range(max(after.year, today.year + 2), until.year + 1)
            for day, (name, _) in sorted(_public_holidays(year).items())
            if name in EQUINOXES and after <= day <= until + ONE_DAY and day not in self.removed
        ]

    # -- moments ------------------------------------------------------------------------------------------------

    def today(self, moment: datetime) -> date:
        """Return the day it is in the office at that moment."""
        return self._local(moment).date()

    def start_of(self, day: date) -> datetime:
        """Return 0:00 of *day* in the office's zone."""
        return datetime.combine(_plain(day), time(0), tzinfo=self._zone)

    def opening(self, day: date) -> datetime:
        """Return the opening hour on *day* in the office's zone, whether or not it opens that day."""
        return datetime.combine(_plain(day), self.opens, tzinfo=self._zone)

    def in_hours(self, moment: datetime) -> bool:
        """Return whether somebody is in the office: a working day, from the opening until before the closing hour."""
        local = self._local(moment)
        return self.opens <= local.time() < self.closes and self.is_open(local.date())

    def next_office_moment(self, moment: datetime) -> datetime:
        """Return *moment* itself within office hours, else the next opening."""
        if self.in_hours(moment):
            return moment
        local = self._local(moment)
        first = local.date() if local.time() < self.opens else local.date() + ONE_DAY
        return self.opening(self.next_open(first))

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone; give an aware moment")
        return moment.astimezone(self._zone)


class _Days:
    """The open days of one office, year by year; shared by all calendars with the same additions and removals."""

    __slots__ = ("_added", "_removed", "_years")

    def __init__(self, added: Mapping[date, str], removed: frozenset[date]) -> None:
        self._added = added
        self._removed = removed
        self._years: dict[int, tuple[int, ...]] = {}

    def why_closed(self, day: date, language: str) -> str | None:
        if day in self._removed:
            return None
        added = self._added.get(day)
        if added is not None:
            return added
        holiday = _public_holidays(day.year).get(day)
        if holiday is not None:
            return holiday[0] if language == "ja" else holiday[1]
        for closing in CLOSINGS:
            if closing.covers(day):
                return closing.ja if language == "ja" else closing.en
        weekend = WEEKEND.get(day.weekday())
        return None if weekend is None else weekend["ja" if language == "ja" else "en"]

    def is_open(self, day: date) -> bool:
        opens = self._open_in(day.year)
        place = bisect_left(opens, day.toordinal())
        return place < len(opens) and opens[place] == day.toordinal()

    def nth_open(self, after: date, n: int) -> date:
        """Return the n-th open day after *after*; n is at least 1."""
        year = after.year
        opens = self._open_in(year)
        place = bisect_right(opens, after.toordinal()) + n - 1
        while place >= len(opens):
            place -= len(opens)
            year += 1
            opens = self._open_in(year)
        return date.fromordinal(opens[place])

    def count(self, after: date, until: date) -> int:
        """Return the number of open days in (after, until]."""
        if until <= after:
            return 0
        whole = sum(len(self._open_in(year)) for year in range(after.year, until.year))
        return (
            whole
            + bisect_right(self._open_in(until.year), until.toordinal())
            - bisect_right(self._open_in(after.year), after.toordinal())
        )

    def _open_in(self, year: int) -> tuple[int, ...]:
        known = self._years.get(year)
        if known is None:
            days = (
                date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            )
            known = tuple(day.toordinal() for day in days if self.why_closed(day, "ja") is None)
            self._years[year] = known
        return known


@lru_cache(maxsize=64)
def _days(added: Iterable[tuple[date, str]], removed: frozenset[date]) -> _Days:
    return _Days(dict(added), removed)


@cache
def _public_holidays(year: int) -> Mapping[date, tuple[str, str]]:
    """Return the public holidays of a year with their Japanese and English names.

    After the library's last year those of its last year with the same weekdays stand in: right for every holiday that
    the present Act ties to a date or a Monday, and a day off at most for an equinox, which is a forecast there anyway.
    """
    japan = _library()
    model = year
    if year > LAST_YEAR_OF_LIBRARY:
        wanted = (date(year, 1, 1).weekday(), isleap(year))
        model = next(y for y in range(LAST_YEAR_OF_LIBRARY, 0, -1) if (date(y, 1, 1).weekday(), isleap(y)) == wanted)
    ja = japan(years=model, language="ja", expand=False)
    en = japan(years=model, language="en_US", expand=False)
    return MappingProxyType({day.replace(year=year): (name, en[day]) for day, name in sorted(ja.items())})


@cache
def _library() -> Any:
    """Return the library's class of Japan's holidays."""
    return _of_country("japan", "Japan")


@cache
def _of_country(file: str, name: str) -> Any:
    """Return the library's class of a country's holidays, read from its own file.

    The package's own way to it reads 250 countries first: 8 MB, and longer than all the rest of the script's start.
    """
    package = find_spec("holidays")
    for folder in (package.submodule_search_locations if package else None) or ():
        spec = spec_from_file_location(f"holidays.countries.{file}", f"{folder}/countries/{file}.py")
        if spec is not None and spec.loader is not None:
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            return getattr(module, name)
    raise ModuleNotFoundError("holidays")


HOLIDAYS_OF = {place: ("united_kingdom", "UnitedKingdom", place[3:]) for place in ("GB-ENG", "GB-NIR", "GB-SCT")}
"""Whose public holidays a law may count by beside those of the office's calendar (ISO 3166-2)."""


def is_holiday_in(place: str, day: date) -> bool:
    """Return whether a day is a public holiday there by law; beyond the library's last year none is known."""
    return day in _holidays_in(place, day.year)


@cache
def _holidays_in(place: str, year: int) -> frozenset[date]:
    file, name, part = HOLIDAYS_OF[place]
    return frozenset(_of_country(file, name)(years=year, subdiv=part, expand=False))


def _name(day: date) -> str | None:
    holiday = _public_holidays(day.year).get(day)
    return None if holiday is None else holiday[0]


def _plain(day: date) -> date:
    """Refuse a datetime, which Python takes for a date: its day may be another one in the office's zone."""
    if isinstance(day, datetime):
        raise TypeError(f"{day} is a moment, not a day; ask calendar.today(moment) first")
    return day


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months on, or that month's last day where there is no such day.

    Civil Code 143(2); Regulation 1182/71, art. 3(2)(c).
    """
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
