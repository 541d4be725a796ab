"""Days and times as people, their papers and their spreadsheets write them. Pure: no clock, no files, no zone added.

What is sure is read: 2027-01-05, 2027/1/5 9:05, 2027年1月5日（火）午前9時, 令和9年1月5日, R9.1.5, 5 January 2027,
昭和五十五年一月二日生. What may mean two days is not: a year of two figures, 5/1/2027, 午後12時 (noon to most, midnight
to the Dajokan's decree 337 of 1872), a spreadsheet's number of days. `Unread` says which of these it was.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from workflows.reading import numerals
from workflows.reading.unread import Unread


class Era(NamedTuple):
    """A Japanese era: its name, its letter on forms, its first day and its last (None: it goes on)."""

    name: str
    letter: str
    first: date
    last: date | None

    def year(self, number: int) -> int:
        """Return the western year of a year of this era."""
        return self.first.year + number - 1


# Cabinet orders under the Era Name Act 1979 (昭和54年法律第43号); Taisho and Showa by imperial edict. Meiji's years are
# read from the day the calendar became the western one (Dajokan's decree 337): before, months and days were others.
ERAS: Final = (
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 29)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), None),
)
_WESTERN_CALENDAR = date(1873, 1, 1)
# Driving licences issued until April 2019 end in years that Heisei did not live to see, for five years.
_PRINTED_BEFORE = {"平成": date(2024, 12, 31)}
_ERA_OF = {mark: era for era in ERAS for mark in (era.name, era.name[0], era.letter)}

_PLAIN_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_WEEKDAY = (
    r"(?:\s*[(\[]\s*(?P<on>[月火水木金土日]|[a-z]{3})(?:曜日?|[a-z]{0,6}\.?)\s*[)\]]"
    r"|\s*(?P<also_on>[月火水木金土日])曜日)?"
)
_WEEKDAYS = {
    name: number
    for names in ("月火水木金土日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    for number, name in enumerate(names)
}
_FIGURES = r"[0-9〇零一二三四五六七八九十百]"
_JAPANESE = re.compile(
    rf"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令]|meiji|taisho|sh[oō]wa|heisei|reiwa|[mtshr]\.?)?\s*"
    rf"(?P<y>元|{_FIGURES}{{1,4}})\s*(?P<sep>年|[-/.・])\s*"
    rf"(?P<m>{_FIGURES}{{1,3}})\s*(?:月|(?P=sep))\s*(?P<d>{_FIGURES}{{1,3}})\s*(?:日|\.(?!\s*[0-9]))?"
    rf"{_WEEKDAY}(?:\s*生(?:まれ)?)?",
    re.IGNORECASE,
)
# 昭和55年(1980年)1月2日, 1980年（昭和55年）1月2日: the year is written twice.
_TWICE = re.compile(
    rf"(?P<one>[^()]{{1,8}}?)年?\s*\(\s*(?P<other>(?:西暦)?[^()]{{1,8}}?)年?\s*\)\s*年?\s*(?P<rest>{_FIGURES}{{1,3}}\s*月.*)"
)
_ERA_SIX = re.compile(r"([mtshr]|明治|大正|昭和|平成|令和)([0-9]{2})([0-9]{2})([0-9]{2})", re.IGNORECASE)
_BESIDE = re.compile(r"^西暦\s*|\s*\(西暦\)$")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WORDED = re.compile(
    r"(?:(?P<on>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH}"
    rf"|{_MONTH.replace('<month>', '<month_first>')}\s*(?P<day_after>[0-9]{{1,2}})(?:st|nd|rd|th)?)"
    r"[\s,-]+(?P<year>[0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(r"'?[0-9]{1,2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{6}")
_NO_YEAR = re.compile(
    rf"[0-9]{{1,2}}[-/.][0-9]{{1,2}}|{_FIGURES}{{1,3}}月{_FIGURES}{{1,3}}日"
    rf"|(?:[0-9]{{1,2}}[-\s]?)?{_MONTH}(?:[-\s]?[0-9]{{1,2}})?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"([1-9][0-9],?[0-9]{3})(?:\.[0-9]+)?")
_SERIAL_E = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{1,2}", re.IGNORECASE)
# Day nought of a spreadsheet, and of one that counts from 1904 (old Macs). Excel's 1900 has a 29 February: it cancels
# out from 1 March 1900 on, before which five figures do not reach.
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

_TIME = re.compile(
    r"(?P<half>午前|午後|[ap]\.?m\.?)?\s*(?:(?P<noon>正午)|(?P<h>[0-9〇一二三四五六七八九十]{1,3})\s*"
    r"(?::(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]+)?)?"
    r"|時\s*(?:(?P<thirty>半)|(?P<mj>[0-9〇一二三四五六七八九十]{1,3})\s*分\s*(?:(?P<sj>[0-9]{1,2})\s*秒)?)?)|(?P<bare>[0-9]{1,2}))"
    r"\s*(?P<half_after>[ap]\.?m\.?)?\s*(?P<zone>z|utc|(?:gmt)?[+-][0-9]{1,2}:?[0-9]{2}|gmt[+-][0-9]{1,2}|gmt|jst)?"
    r"(?:\s*\([a-z]{2,5}\))?",
    re.IGNORECASE,
)
_ISO = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ]")
# From nine to ten, or nine o'clock in the zone ten hours behind.
_SPAN = re.compile(r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2} [0-9]{1,2}:[0-9]{2}\s*[-~]\s*[0-9]{1,2}:[0-9]{2}")
_NAMED_ZONES = {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "jst": "+09:00"}
_HALVES = {"午前": 0, "am": 0, "午後": 12, "pm": 12}
_TWO_PARTS = re.compile(r"[\sT、,]+|(?<=[日)])")
_MIDNIGHT = re.compile(r"[\sT]+0{1,2}:00(?::00(?:\.0+)?)?")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-") | {"．": ".", "〜": "~"})


_LONGEST = 60
_LONGEST_DAY = 24
# Names and addresses have other letters, mostly their first: they need not be taken apart.
_LIKE_A_DAY = re.compile(
    r"(?:[-0-9０-９〇一二三四五六七八九十元年月日火水木金土曜生まれ明治大正昭和平成令西暦午前後時分秒/／.．,，:：;・()（）\s"
    r"‐‑‒–—―−ー－']|[a-zａ-ｚ]{1,9})+",
    re.IGNORECASE,
)
_FIGURE = re.compile("[0-9０-９]|[〇一二三四五六七八九十]月[〇一二三四五六七八九十]{1,3}日")


def read_date(text: str) -> date | Unread:
    """Return the day a text names. A time beside it must be midnight, as a spreadsheet adds it."""
    plain = _folded(text)
    found = _day(plain)
    if not isinstance(found, Unread) or found.code != "intake.not_a_day":
        return found
    midnight = _MIDNIGHT.search(plain)
    if midnight is not None and midnight.end() == len(plain):
        return _day(plain[: midnight.start()])
    moment = _moment(plain)
    return Unread("intake.time_in_a_day") if isinstance(moment, datetime) else found


def is_a_day(text: str) -> bool:
    """Tell whether a short text that should name somebody or a place is a day, as a spreadsheet makes one of 1-2."""
    if len(text) > _LONGEST_DAY or not _LIKE_A_DAY.fullmatch(text) or not _FIGURE.search(text):
        return False
    read = read_date(text)
    return not isinstance(read, Unread) or read.code != "intake.not_a_day"


def read_time(text: str) -> datetime | Unread:
    """Return the day and time a text names, with the zone it names, or none: then it is the office's."""
    return _moment(_folded(text))


def _folded(text: str) -> str:
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_HYPHENS)).strip()


def _moment(text: str) -> datetime | Unread:
    if _SPAN.fullmatch(text):
        return Unread("intake.span_or_zone")
    if _ISO.match(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    whole = _day(text)
    if isinstance(whole, date):
        return Unread("intake.no_time_of_day", {"day": whole.isoformat()})
    for day_text, time_text in _halves(text):
        day = _day(day_text)
        if isinstance(day, Unread) and day.code == "intake.not_a_day":
            continue
        clock = _clock(time_text)
        if clock is None:
            continue
        if isinstance(day, Unread):
            return day
        return clock if isinstance(clock, Unread) else datetime.combine(day, clock)
    return Unread("intake.not_a_moment") if whole.code == "intake.not_a_day" else whole


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Yield every way to cut a text into a day and a time."""
    for cut in _TWO_PARTS.finditer(text):
        if 0 < cut.start() < len(text) and cut.end() < len(text):
            yield text[: cut.start()], text[cut.end() :]


# -- days -----------------------------------------------------------------------------------------------------------


def _day(text: str) -> date | Unread:
    if len(text) > _LONGEST:
        return Unread("intake.not_a_day")
    if found := _PLAIN_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        return _existing(year, month, day)
    if serial := _SERIAL.fullmatch(text):
        days = timedelta(int(serial[1].replace(",", "")))
        return Unread("intake.serial_day", {"day": _EPOCH + days, "other": _EPOCH_1904 + days})
    if _SERIAL_E.fullmatch(text):
        return Unread("intake.rounded_day")
    if (read := _japanese_day(text)) is not None:
        return read
    if found := _WORDED.fullmatch(text):
        if len(found["year"]) == 2:
            return Unread("intake.year_of_two_figures")
        month = _MONTHS[(found["month"] or found["month_first"])[:3].lower()]
        return _on(_existing(int(found["year"]), month, int(found["day"] or found["day_after"])), found["on"])
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[3]), int(found[4]))
    if _SHORT_YEAR.fullmatch(text):
        return Unread("intake.year_of_two_figures")
    return Unread("intake.no_year" if _NO_YEAR.fullmatch(text) else "intake.not_a_day")


def _japanese_day(text: str) -> date | Unread | None:
    """Return a day written from the year on, of an era or a western one; None where it is not written so."""
    if "西暦" in text:
        text = _BESIDE.sub("", text)
    if "(" in text and (twice := _TWICE.fullmatch(text)):
        return _written_twice(twice)
    if six := _ERA_SIX.fullmatch(text):
        text = f"{six[1]}{six[2]}.{six[3]}.{six[4]}"
    found = _JAPANESE.fullmatch(text)
    return None if found is None else _on(_japanese(found), found["on"] or found["also_on"])


def _written_twice(found: "re.Match[str]") -> date | Unread:
    """Read a day whose year stands there in both ways; where they differ, one of the two is a slip."""
    other = found["other"].removeprefix("西暦").strip()
    one, two = _day(f"{found['one'].strip()}年{found['rest']}"), _day(f"{other}年{found['rest']}")
    if isinstance(one, Unread) or isinstance(two, Unread):
        return one if isinstance(one, Unread) else two
    return one if one == two else Unread("intake.two_years", {"one": one, "two": two})


def _existing(year: int, month: int, day: int) -> date | Unread:
    try:
        return date(year, month, day)
    except ValueError:
        return Unread("intake.no_such_day")


def _on(read: date | Unread, weekday: str | None) -> date | Unread:
    """Hold a day against the weekday written beside it: where they differ, one of the two is a slip."""
    expected = _WEEKDAYS.get((weekday or "").lower())
    if expected is None or isinstance(read, Unread) or read.weekday() == expected:
        return read
    return Unread("intake.not_that_weekday", {"day": read})


def _year_last(one: int, two: int, year: int) -> date | Unread:
    """Read 31/12/2026 and 12/31/2026; of 5/1/2027 nobody can tell the day from the month."""
    if one <= 12 and two <= 12 and one != two:
        return Unread("intake.day_or_month")
    return _existing(year, min(one, two), max(one, two)) if min(one, two) <= 12 else Unread("intake.no_such_day")


def _japanese(found: "re.Match[str]") -> date | Unread:
    mark = found["era"]
    month, day = _number(found["m"]), _number(found["d"])
    if mark is None:
        if found["y"] == "元":
            return Unread("intake.no_era")
        year = _number(found["y"])
        return _existing(year, month, day) if year >= 1000 else Unread("intake.year_of_two_figures")
    era = _ERA_OF[mark.rstrip(".")[0].upper() if mark.isascii() or "ō" in mark else mark]
    number = 1 if found["y"] == "元" else _number(found["y"])
    if not 1 <= number <= 99:
        return Unread("intake.no_such_day")
    read = _existing(era.year(number), month, day)
    if isinstance(read, Unread):
        return read
    last = _PRINTED_BEFORE.get(era.name, era.last)
    if read < era.first or (last is not None and read > last):
        return Unread("intake.not_in_the_era", {"era": era.name, "first": era.first, "last": era.last or "…"})
    return Unread("intake.old_calendar") if read < _WESTERN_CALENDAR else read


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else numerals.number(text) if not re.search("[0-9]", text) else -1


# -- times ----------------------------------------------------------------------------------------------------------


def _clock(text: str) -> time | Unread | None:
    """Return the time of day; None where the text is none."""
    found = _TIME.fullmatch(text)
    if found is None or (found["half"] and found["half_after"]):
        return None
    half = (found["half"] or found["half_after"] or "").lower().replace(".", "")
    if found["noon"]:
        hour, minute, second = 12, 0, 0
        if half:
            return None
    else:
        if found["bare"] and not half:
            return None
        hour = _number(found["h"] or found["bare"])
        minute = 30 if found["thirty"] else _number(found["mi"] or found["mj"] or "0")
        second = int(found["s"] or found["sj"] or 0)
        if half:
            if hour == 12 and half in ("午前", "午後"):
                return Unread("intake.twelve_oclock", {"minute": f"{max(minute, 0):02d}"})
            if hour == 12:
                hour = 0
            if hour > 12 and half in ("午前", "am"):
                return Unread("intake.no_such_time")
            hour = hour if hour >= 12 else hour + _HALVES[half]
    try:
        read = time(hour, minute, second)
    except ValueError:
        return Unread("intake.no_such_time")
    zone = _whole_zone((found["zone"] or "").lower())
    if not zone:
        return read
    try:
        return time.fromisoformat(f"{read.isoformat()}{_NAMED_ZONES.get(zone, zone)}")
    except ValueError:
        return Unread("intake.no_such_time")


def _whole_zone(zone: str) -> str:
    """Return GMT+9 and +9:00 as +09:00."""
    found = re.fullmatch(r"(?:gmt)?([+-])([0-9]{1,2}):?([0-9]{2})?", zone)
    return zone if found is None else f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"
