"""Days and times as people, papers and spreadsheets write them. What is sure is read, the rest is named."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.reading.dates import ERAS, read_date, read_time
from workflows.reading.unread import Unread

JAPAN = timezone(timedelta(hours=9))
SPELLINGS = [
    "2027-01-05", "2027/1/5", "2027.1.5", "２０２７年１月５日", "2027年1月5日（火）", "2027年1月5日 火曜日",
    "二〇二七年一月五日", "20270105", "2027/1/5 0:00", "2027-01-05 00:00:00", "2027‐01‐05",
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *((written, date(2027, 1, 5)) for written in SPELLINGS),
        ("5 January 2027", date(2027, 1, 5)),
        ("Jan. 5, 2027", date(2027, 1, 5)),
        ("Tue, 5-Jan-2027", date(2027, 1, 5)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("令和8年11月20日", date(2026, 11, 20)),
        ("R8.11.20", date(2026, 11, 20)),
        ("r08/11/20", date(2026, 11, 20)),
        ("令8.11.20", date(2026, 11, 20)),
        ("㋿八年十一月二十日", date(2026, 11, 20)),
        ("昭和55年1月2日", date(1980, 1, 2)),
        ("昭和五十五年一月二日生まれ", date(1980, 1, 2)),
        ("S.55.1.2", date(1980, 1, 2)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("H元.1.8", date(1989, 1, 8)),
        ("大正15年12月24日", date(1926, 12, 24)),
        # Printed on licences before the era ended.
        ("平成35年1月15日", date(2023, 1, 15)),
    ],
)
def test_a_day_is_read_however_people_write_it(written: str, day: date) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-02-30", "no_such_day"),
        ("令和8年2月29日", "no_such_day"),
        ("27/1/5", "year_of_two_figures"),
        ("05-Jan-27", "year_of_two_figures"),
        ("27年1月5日", "year_of_two_figures"),
        ("5/1/2027", "day_or_month"),
        ("1月2日", "no_year"),
        ("1/2", "no_year"),
        ("2-Jan", "no_year"),
        ("元年1月2日", "no_era"),
        ("46000", "serial_day"),
        ("46000.378", "serial_day"),
        ("4.6E+04", "rounded_day"),
        ("令和元年4月30日", "not_in_the_era"),
        ("昭和64年1月8日", "not_in_the_era"),
        ("平成38年1月1日", "not_in_the_era"),
        ("明治5年1月1日", "old_calendar"),
        ("2027年1月5日（月）", "not_that_weekday"),
        ("Mon, 5 Jan 2027", "not_that_weekday"),
        ("2027/1/5 9:05", "time_in_a_day"),
        # Midnight in Japan, as a program wrote it: the day is another one.
        ("1980-01-01T15:00:00Z", "time_in_a_day"),
        ("昨日", "not_a_day"),
        ("2027", "not_a_day"),
        ("1" * 10_000, "not_a_day"),
    ],
)
def test_what_may_be_two_days_or_none_is_refused_with_its_reason(written: str, why: str) -> None:
    read = read_date(written)

    assert isinstance(read, Unread)
    assert read.code == f"intake.{why}"


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("2027/1/5 9:05", 9, 5),
        ("2027/01/05 9:05", 9, 5),
        ("2027/1/5 10:05", 10, 5),
        ("2027-1-5T9:05", 9, 5),
        ("２０２７／１／５　９：０５", 9, 5),
        ("2027年1月5日午前9時", 9, 0),
        ("2027年1月5日（火）午後3時5分", 15, 5),
        ("2027年1月5日9時半", 9, 30),
        ("令和9年1月5日 九時五分", 9, 5),
        ("R9.1.5 21:05", 21, 5),
        ("2027/1/5 午後0時5分", 12, 5),
        ("2027/1/5 正午", 12, 0),
        ("31/1/2027 9:05 PM", 21, 5),
        ("January 5, 2027 12:05 AM", 0, 5),
        ("2027/1/5 12:05 pm", 12, 5),
        ("2027-01-05 09:05:00.000", 9, 5),
        ("20270105T0905", 9, 5),
    ],
)
def test_a_time_is_read_however_people_write_it(written: str, hour: int, minute: int) -> None:
    read = read_time(written)

    assert isinstance(read, datetime)
    assert (read.year, read.month, read.hour, read.minute, read.tzinfo) == (2027, 1, hour, minute, None)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2027-01-05T09:05+09:00", datetime(2027, 1, 5, 9, 5, tzinfo=JAPAN)),
        ("2027-01-05 09:05Z", datetime(2027, 1, 5, 9, 5, tzinfo=UTC)),
        ("2027/1/5 9:05 JST", datetime(2027, 1, 5, 9, 5, tzinfo=JAPAN)),
        ("Tue, 5 Jan 2027 09:05:00 +0900", datetime(2027, 1, 5, 9, 5, tzinfo=JAPAN)),
    ],
)
def test_a_zone_that_stands_beside_a_time_counts(written: str, moment: datetime) -> None:
    read = read_time(written)

    assert isinstance(read, datetime)
    assert read == moment
    assert read.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2027/1/5", "no_time_of_day"),
        ("令和9年1月5日", "no_time_of_day"),
        ("46000.378", "serial_day"),
        ("2027/1/5 24:00", "no_such_time"),
        ("2027/1/5 午前15時", "no_such_time"),
        ("2027/1/5 午後12時", "twelve_oclock"),
        ("2027/1/5 午前12:05", "twelve_oclock"),
        ("5/1/2027 9:05", "day_or_month"),
        ("27/1/5 9:05", "year_of_two_figures"),
        ("1/5 9:05", "no_year"),
        ("2027-02-30 9:05", "no_such_day"),
        ("2027/1/5 9", "not_a_moment"),
        ("9:05", "not_a_moment"),
        ("yesterday", "not_a_moment"),
    ],
)
def test_what_may_be_two_moments_or_none_is_refused_with_its_reason(written: str, why: str) -> None:
    read = read_time(written)

    assert isinstance(read, Unread)
    assert read.code == f"intake.{why}"


@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2100, 12, 31)))
@settings(max_examples=100)
def test_every_day_of_every_era_is_read_from_its_japanese_and_its_western_spelling(day: date) -> None:
    era = next(era for era in reversed(ERAS) if era.first <= day)
    year = day.year - era.first.year + 1
    spellings = [
        f"{era.name}{year}年{day.month}月{day.day}日",
        f"{era.letter}{year:02d}.{day.month:02d}.{day.day:02d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%d %B %Y}",
    ]

    assert {read_date(spelling) for spelling in spellings if year <= 99} == {day}


@given(st.text(max_size=40) | st.text(alphabet="0123456789/-.年月日時分:令和RSH午前後 T", max_size=25))
@settings(max_examples=300)
def test_whatever_is_written_the_answer_is_a_day_or_why_it_is_none(text: str) -> None:
    assert isinstance(read_date(text), date | Unread)
    assert isinstance(read_time(text), datetime | Unread)
