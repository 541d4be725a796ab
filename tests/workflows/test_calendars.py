"""The office calendar against an independent source, the Act on National Holidays, and a lawyer's counting."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.calendars import ONE_DAY, Calendar, Held, StandsStillError

OFFICE = Calendar()
TOKYO = ZoneInfo("Asia/Tokyo")
days = st.dates(date(2015, 1, 1), date(2060, 12, 31))
counts = st.integers(1, 300)


def day(text: str) -> date:
    return date.fromisoformat(text)


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def all_days(first_year: int, last_year: int) -> list[date]:
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@st.composite
def holds(draw: st.DrawFn) -> Held:
    first = draw(st.dates(date(2015, 1, 1), date(2062, 12, 31)))
    return Held(first, first + timedelta(days=draw(st.integers(0, 60))))


# -- which days are holidays ------------------------------------------------------------------------------------


@pytest.mark.requirement("S41")
@pytest.mark.parametrize("year", range(2015, 2041))
def test_the_holidays_of_each_year_are_those_of_an_independent_source(year: int) -> None:
    ours = [one for one in all_days(year, year) if OFFICE.is_public_holiday(one)]
    theirs = [one for one in all_days(year, year) if jpholiday.is_holiday(one)]

    assert ours == theirs


def test_the_two_sources_forecast_the_same_equinoxes_up_to_the_end_of_the_formula_in_2099() -> None:
    ours = [one for one in all_days(2041, 2099) if OFFICE.is_public_holiday(one)]
    theirs = [one for one in all_days(2041, 2099) if jpholiday.is_holiday(one)]

    assert ours == theirs


def test_after_2099_only_an_equinox_can_differ_from_the_independent_source_and_then_by_one_day() -> None:
    near_an_equinox = {(3, d) for d in range(19, 23)} | {(9, d) for d in range(21, 25)}
    differing = [one for one in all_days(2100, 2128) if OFFICE.is_public_holiday(one) != jpholiday.is_holiday(one)]

    assert {(one.month, one.day) for one in differing} <= near_an_equinox


@pytest.mark.requirement("S41")
@pytest.mark.parametrize(
    ("when", "ja", "en"),
    [
        ("2026-01-01", "元日", "New Year's Day"),
        ("2026-01-02", "年末年始休業", "year-end closing"),
        ("2025-12-29", "年末年始休業", "year-end closing"),
        ("2026-12-31", "年末年始休業", "year-end closing"),
        ("2026-11-03", "文化の日", "Culture Day"),
        ("2026-11-23", "勤労感謝の日", "Labor Thanksgiving Day"),
        # Act on National Holidays 3(2): a holiday on a Sunday gives the next day that is none.
        ("2026-05-06", "振替休日", "Substitute Holiday"),  # 3 May was the Sunday; 4 and 5 May are holidays
        ("2019-08-12", "振替休日", "Substitute Holiday"),
        ("2024-09-23", "振替休日", "Substitute Holiday"),  # of the equinox
        # Act on National Holidays 3(3): a day between two holidays is one.
        ("2026-09-22", "国民の休日", "National Holiday"),
        ("2032-09-21", "国民の休日", "National Holiday"),
        ("2019-04-30", "国民の休日", "National Holiday"),
        # Moved once for the Olympic Games.
        ("2020-07-23", "海の日", "Marine Day"),
        ("2021-07-23", "スポーツの日", "Sports Day"),
        ("2026-11-07", "土曜日", "Saturday"),
        ("2026-11-08", "日曜日", "Sunday"),
    ],
)
def test_a_closed_day_says_why_in_both_languages(when: str, ja: str, en: str) -> None:
    assert not OFFICE.is_open(day(when))
    assert (OFFICE.why_closed(day(when)), OFFICE.why_closed(day(when), "en")) == (ja, en)


@pytest.mark.parametrize("when", ["2026-11-02", "2025-12-26", "2027-01-04", "2026-12-28", "2021-07-19", "2028-02-29"])
def test_an_ordinary_weekday_is_open_and_has_no_reason_to_be_closed(when: str) -> None:
    assert OFFICE.is_open(day(when))
    assert OFFICE.why_closed(day(when)) is None


def test_the_office_opens_on_the_first_working_day_after_the_turn_of_the_year() -> None:
    # 2026-12-28 is a Monday; 2 and 3 January 2027 are a weekend.
    assert OFFICE.next_open(day("2026-12-28")) == day("2026-12-28")
    assert OFFICE.next_open(day("2026-12-29")) == day("2027-01-04")


def test_a_closing_has_a_first_and_a_last_day_on_which_it_is_in_force() -> None:
    # The administration's year-end closing dates from 1989; before, 29 December was a working day.
    assert OFFICE.is_open(day("1988-12-29"))
    assert not OFFICE.is_open(day("1989-12-29"))


def test_an_added_day_is_closed_under_its_own_name_and_a_removed_one_is_open_after_all() -> None:
    office = Calendar(added={day("2026-11-04"): "創立記念日"}, removed=[day("2026-11-03"), day("2026-11-07")])

    assert office.why_closed(day("2026-11-04"), "en") == "創立記念日"
    assert office.is_open(day("2026-11-03"))
    assert office.is_open(day("2026-11-07"))
    assert office.differences(OFFICE) == [day("2026-11-03"), day("2026-11-04"), day("2026-11-07")]


def test_a_day_both_added_and_removed_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="2026-11-04"):
        Calendar(added={day("2026-11-04"): "創立記念日"}, removed=[day("2026-11-04")])


def test_the_explanation_of_a_stretch_names_holidays_and_closings_but_no_weekends() -> None:
    named = OFFICE.closed_days_between(day("2026-12-18"), day("2027-01-12"), "en")

    assert named == [
        (day("2026-12-29"), "year-end closing"),
        (day("2026-12-30"), "year-end closing"),
        (day("2026-12-31"), "year-end closing"),
        (day("2027-01-01"), "New Year's Day"),
        (day("2027-01-11"), "Coming of Age Day"),
    ]


# -- forecasts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "today", "forecast"),
    [
        ("2027-03-22", "2026-06-01", False),  # substitute of next year's equinox: announced
        ("2028-03-20", "2026-06-01", True),
        ("2028-03-20", "2027-01-01", False),
        ("2030-09-23", "2026-06-01", True),
        ("2030-09-16", "2026-06-01", False),  # Respect for the Aged Day is a Monday, no astronomy
        ("2032-09-21", "2026-06-01", True),  # sandwiched beside an equinox
        ("2033-03-21", "2026-06-01", True),  # substitute of an equinox on a Sunday
        ("2031-05-06", "2026-06-01", False),  # substitute of another holiday
        ("2030-06-03", "2026-06-01", False),
    ],
)
def test_an_equinox_beyond_next_year_is_a_forecast_with_all_that_follows_from_it(
    when: str, today: str, forecast: bool
) -> None:
    assert OFFICE.is_forecast(day(when), day(today)) is forecast


def test_a_count_that_an_equinox_could_move_names_it_even_where_it_falls_on_a_weekend() -> None:
    # 2034-09-23 is a Saturday: were the equinox a day earlier, a Friday would be closed.
    assert OFFICE.forecasts_between(day("2034-09-11"), day("2034-09-29"), day("2026-06-01")) == [day("2034-09-23")]
    assert OFFICE.forecasts_between(day("2034-09-11"), day("2034-09-29"), day("2033-06-01")) == []


# -- counting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "n", "end", "why"),
    [
        ("2026-11-02", 20, "2026-12-02", "3 and 23 November are holidays"),
        ("2026-11-02", 1, "2026-11-04", "the entry day is not counted, the next day is a holiday"),
        ("2026-11-06", 1, "2026-11-09", "over a weekend"),
        ("2026-11-07", 1, "2026-11-09", "after a start on a Saturday Monday is day 1"),
        ("2026-11-08", 1, "2026-11-09", "after a start on a Sunday as well"),
        ("2026-11-03", 1, "2026-11-04", "after a start on a holiday the first working day is day 1"),
        ("2026-12-28", 1, "2027-01-04", "over the year-end closing"),
        ("2026-12-30", 1, "2027-01-04", "from within it"),
        ("2026-12-28", 6, "2027-01-12", "and over Coming of Age Day"),
        ("2026-09-18", 1, "2026-09-24", "over a holiday, a sandwiched day and the equinox"),
        ("2026-05-01", 1, "2026-05-07", "over three holidays and a substitute day"),
        ("2028-02-28", 1, "2028-02-29", "leap day"),
        ("2028-02-28", 2, "2028-03-01", "and the day after"),
    ],
)
def test_working_days_are_counted_as_the_procedure_says(start: str, n: int, end: str, why: str) -> None:
    assert OFFICE.add_working_days(day(start), n) == day(end), why
    assert OFFICE.working_days_between(day(start), day(end)) == n, why


@pytest.mark.parametrize(
    ("held", "end", "why"),
    [
        ([("2026-11-10", "2026-11-11")], "2026-12-04", "the example of the procedure: two working days"),
        ([("2026-11-10", "2026-11-10")], "2026-12-03", "held on the 10th, resumed on the 11th"),
        ([("2026-11-07", "2026-11-08")], "2026-12-02", "a weekend on hold moves nothing"),
        ([("2026-11-03", "2026-11-03")], "2026-12-02", "nor does a holiday"),
        ([("2026-11-06", "2026-11-09")], "2026-12-04", "over a weekend only Friday and Monday count"),
        ([("2026-11-10", "2026-11-12"), ("2026-11-11", "2026-11-13")], "2026-12-08", "a day held twice counts once"),
        ([("2026-11-20", "2026-11-20"), ("2026-11-10", "2026-11-10")], "2026-12-04", "in any order"),
        ([("2026-12-02", "2026-12-02")], "2026-12-03", "the due day itself on hold"),
        ([("2026-12-03", "2026-12-31")], "2026-12-02", "a hold after the due day"),
        ([("2026-12-03", None)], "2026-12-02", "even one without an end"),
        ([("2026-10-01", "2026-11-02")], "2026-12-02", "a hold that ended before the count began"),
        ([("2026-10-01", "2026-11-04")], "2026-12-03", "one that reaches into it"),
        ([("2026-11-10", "2026-11-09")], "2026-12-02", "set and resumed on one day"),
    ],
)
def test_twenty_working_days_from_2_november_2026_with_holds(
    held: list[tuple[str, str | None]], end: str, why: str
) -> None:
    stretches = [Held(day(first), None if last is None else day(last)) for first, last in held]

    assert OFFICE.add_working_days(day("2026-11-02"), 20, stretches) == day(end), why


def test_a_count_that_reaches_into_a_hold_without_end_has_no_day_and_says_since_when() -> None:
    with pytest.raises(StandsStillError) as still:
        OFFICE.add_working_days(day("2026-11-02"), 20, [Held(day("2026-11-10"), None)])

    assert still.value.since == day("2026-11-10")


def test_zero_working_days_and_a_moment_in_place_of_a_day_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot count 0"):
        OFFICE.add_working_days(day("2026-11-02"), 0)
    with pytest.raises(TypeError, match=r"ask calendar\.today"):
        OFFICE.add_working_days(datetime(2026, 11, 2, 20, tzinfo=UTC), 1)


@given(days, counts)
def test_the_nth_working_day_is_open_and_exactly_n_working_days_away(start: date, n: int) -> None:
    end = OFFICE.add_working_days(start, n)

    one_by_one = [start + timedelta(days=k) for k in range(1, (end - start).days + 1)]
    assert OFFICE.is_open(end)
    assert sum(OFFICE.is_open(one) for one in one_by_one) == n == OFFICE.working_days_between(start, end)


@given(days, counts, st.lists(holds(), max_size=4))
def test_one_working_day_more_is_always_later(start: date, n: int, held: list[Held]) -> None:
    assert OFFICE.add_working_days(start, n, held) < OFFICE.add_working_days(start, n + 1, held)


@given(days, counts, st.lists(holds(), max_size=4), st.sets(days, max_size=20))
def test_a_further_closure_never_makes_a_date_earlier(start: date, n: int, held: list[Held], extra: set[date]) -> None:
    office = Calendar(added=dict.fromkeys(extra, "臨時休業"))

    later = office.add_working_days(start, n, held)

    assert later >= OFFICE.add_working_days(start, n, held)
    assert office.is_open(later)


@given(days, counts, st.sets(days, max_size=20))
def test_a_further_open_day_never_makes_a_date_later(start: date, n: int, opened: set[date]) -> None:
    assert Calendar(removed=opened).add_working_days(start, n) <= OFFICE.add_working_days(start, n)


@given(days, counts, st.lists(holds(), max_size=4))
def test_a_date_with_holds_is_open_not_on_hold_and_leaves_exactly_n_free_days(
    start: date, n: int, held: list[Held]
) -> None:
    end = OFFICE.add_working_days(start, n, held)

    def on_hold(one: date) -> bool:
        return any(h.last is not None and h.first <= one <= h.last for h in held)

    passed = [start + timedelta(days=k) for k in range(1, (end - start).days + 1)]
    assert OFFICE.is_open(end)
    assert not on_hold(end)
    assert sum(OFFICE.is_open(one) and not on_hold(one) for one in passed) == n


@given(days, counts, st.integers(1, 60), st.data())
def test_a_hold_of_k_working_days_within_the_count_moves_it_by_exactly_k(
    start: date, n: int, k: int, data: st.DataObject
) -> None:
    plain = OFFICE.add_working_days(start, n)
    first = data.draw(st.dates(start + ONE_DAY, plain))
    held = Held(first, OFFICE.add_working_days(first - ONE_DAY, k))

    moved = OFFICE.add_working_days(start, n, [held])

    assert OFFICE.working_days_between(plain, moved) == k


# -- moments ----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S41")
@pytest.mark.parametrize(
    ("moment", "inside", "following"),
    [
        ("2026-11-02T09:29:59", False, "2026-11-02T09:30:00"),
        ("2026-11-02T09:30:00", True, "2026-11-02T09:30:00"),
        ("2026-11-02T18:29:59", True, "2026-11-02T18:29:59"),
        ("2026-11-02T18:30:00", False, "2026-11-04T09:30:00"),  # over Culture Day
        ("2026-11-03T12:00:00", False, "2026-11-04T09:30:00"),
        ("2026-11-07T08:00:00", False, "2026-11-09T09:30:00"),
        ("2026-12-28T18:30:00", False, "2027-01-04T09:30:00"),
    ],
)
def test_the_office_is_open_from_half_past_nine_until_before_half_past_six(
    moment: str, inside: bool, following: str
) -> None:
    assert OFFICE.in_hours(tokyo(moment)) is inside
    assert OFFICE.next_office_moment(tokyo(moment)) == tokyo(following)


def test_a_moment_of_any_zone_is_judged_by_the_day_and_hour_of_the_office() -> None:
    late_on_sunday_in_new_york = datetime(2026, 11, 8, 20, 0, tzinfo=ZoneInfo("America/New_York"))

    assert OFFICE.today(late_on_sunday_in_new_york) == day("2026-11-09")
    assert OFFICE.in_hours(late_on_sunday_in_new_york)
    assert OFFICE.today(datetime(2026, 11, 2, 14, 59, 59, tzinfo=UTC)) == day("2026-11-02")
    assert OFFICE.today(datetime(2026, 11, 2, 15, 0, tzinfo=UTC)) == day("2026-11-03")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        OFFICE.today(datetime(2026, 11, 2, 10))  # noqa: DTZ001 - the very mistake


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_the_next_office_moment_is_never_earlier_always_in_hours_and_its_own_successor(moment: datetime) -> None:
    following = OFFICE.next_office_moment(moment)

    assert following >= moment
    assert OFFICE.in_hours(following)
    assert OFFICE.next_office_moment(following) == following


def test_hours_and_zone_are_the_offices_own() -> None:
    office = Calendar(zone="Europe/Berlin", opens=time(8), closes=time(12))

    assert office.opening(day("2026-07-01")) == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert office.start_of(day("2026-07-01")) == datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    assert not office.in_hours(datetime(2026, 7, 1, 10, 0, tzinfo=UTC))
    with pytest.raises(ValueError, match="must open first"):
        Calendar(opens=time(18), closes=time(9))


def test_equal_calendars_are_one_key_and_one_of_them_travels_to_another_process() -> None:
    office = Calendar(added={day("2026-11-04"): "創立記念日"}, removed=[day("2026-11-07")])
    same = Calendar(added={day("2026-11-04"): "創立記念日"}, removed={day("2026-11-07")})

    assert {office: 1}[same] == 1
    assert office != OFFICE
    assert pickle.loads(pickle.dumps(office)) == office  # noqa: S301 - our own bytes
