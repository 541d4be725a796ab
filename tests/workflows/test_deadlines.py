"""When things become due, why on that day, and what a changed calendar does to them."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine.calendars import Calendar, Held
from workflows.engine.deadlines import (
    Deadline,
    Schedule,
    Unit,
    after,
    due_at,
    every,
    explain,
    months,
    months_after,
    moved,
    on_calendar_day,
    on_calendar_day_at_opening,
    then,
    working_days,
)
from workflows.engine.values import Reason
from workflows.words.deadlines import SENTENCES

OFFICE = Calendar()
TOKYO = ZoneInfo("Asia/Tokyo")
NOT_YET_MAILED = every(working_days(2), times=5, then=working_days(5)).do("escalate")
REMINDERS = after(working_days(10), working_days(20)).do("remind")
LAPSE = after(working_days(40)).do("lapse").when("not arrived")
NO_ANSWER_YET = then(working_days(5), then_every=working_days(3), times=5, at_last=working_days(5)).do("escalate")
UNPOSTED = every(working_days(1), times=1, then=working_days(2)).do("escalate", name="unposted")
APPI_39 = on_calendar_day(15).do("escalate", name="appi_39")
WARNING = on_calendar_day_at_opening(10).do("escalate", name="warn")
ONE_MONTH = after(months(1)).do("escalate", name="gdpr_12_3")
days = st.dates(date(2015, 1, 1), date(2060, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def held(*stretches: tuple[str, str | None]) -> list[Held]:
    return [Held(day(first), None if last is None else day(last)) for first, last in stretches]


def worded(reason: Reason, language: str) -> str:
    comma = "、" if language == "ja" else ", "
    params = {key: comma.join(value) if isinstance(value, list) else value for key, value in reason.params.items()}
    return SENTENCES[reason.code][language].format_map(params)


def firings(deadline: Deadline, how_many: int) -> list[int | None]:
    return [deadline.count(fire_no) for fire_no in range(1, how_many + 1)]


# -- declarations -----------------------------------------------------------------------------------------------


@pytest.mark.requirement("S44", "S46")
@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (NOT_YET_MAILED, [2, 4, 6, 8, 10, 15, 20, 25]),
        (REMINDERS, [10, 20, None, None]),
        (LAPSE, [40, None]),
        (NO_ANSWER_YET, [5, 8, 11, 14, 17, 22, 27]),
        (UNPOSTED, [1, 3, 5, 7]),
        (every(working_days(3)).do("escalate"), [3, 6, 9, 12]),
        (every(working_days(3), times=2).do("escalate"), [3, 6, None]),
        (APPI_39, [15, None]),
        (ONE_MONTH, [1, None]),
    ],
)
def test_a_deadline_fires_at_the_counts_it_declares(deadline: Deadline, expected: list[int | None]) -> None:
    assert firings(deadline, len(expected)) == expected
    assert deadline.endless is (None not in expected)


def test_a_chase_counts_from_its_first_day_and_changes_its_step_at_last() -> None:
    chase = then(working_days(3), then_every=working_days(2), times=3, at_last=working_days(5)).do("escalate")
    once = then(working_days(3), then_every=working_days(2), times=1, at_last=working_days(5)).do("escalate")

    assert firings(chase, 5) == [3, 5, 7, 12, 17]
    assert firings(once, 3) == [3, 8, 13]
    assert (chase.at_opening, after(months(1)).do("escalate").at_opening) == (True, False)
    assert on_calendar_day_at_opening(10).do("escalate").at_opening is True


def test_a_deadline_is_known_by_its_deed_unless_it_is_given_a_name() -> None:
    assert (NOT_YET_MAILED.name, NOT_YET_MAILED.fires) == ("escalate", "escalate")
    assert (APPI_39.name, APPI_39.fires) == ("appi_39", "escalate")


def test_the_shape_is_plain_data_and_tells_apart_whatever_a_stored_timer_depends_on() -> None:
    base = after(working_days(10)).do("remind")
    others = [
        after(working_days(11)).do("remind"),
        after(working_days(10), working_days(20)).do("remind"),
        after(months(10)).do("remind"),
        every(working_days(10)).do("remind"),
        after(working_days(10)).do("lapse"),
        after(working_days(10)).do("remind", name="other"),
        base.when("not arrived"),
        on_calendar_day(10).do("remind"),
        on_calendar_day_at_opening(10).do("remind"),
    ]
    shapes = [json.dumps(deadline.shape(), sort_keys=True) for deadline in (base, *others)]

    assert len(set(shapes)) == len({base, *others}) == 10
    assert json.dumps(after(working_days(10)).do("remind").shape(), sort_keys=True) == shapes[0]


@pytest.mark.parametrize(
    ("declare", "complaint"),
    [
        (after, "at least one count"),
        (lambda: after(working_days(0)), "at least 1"),
        (lambda: after(working_days(20), working_days(10)), "must rise"),
        (lambda: after(working_days(10), working_days(10)), "must rise"),
        (lambda: after(working_days(10), months(1)), "one unit"),
        (lambda: every(working_days(2), then=working_days(5)), "needs times"),
        (lambda: every(working_days(2), times=0), "at least once"),
        (lambda: every(working_days(2), times=2, then=months(1)), "one unit"),
        (lambda: then(months(1), then_every=working_days(1), times=2, at_last=working_days(1)), "one unit"),
        (lambda: on_calendar_day(0), "at least 1"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(declare: Callable[[], Schedule], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        declare()


# -- due dates --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("S44", "S46")
@pytest.mark.parametrize(
    ("deadline", "fire_no", "anchor", "moment"),
    [
        (NOT_YET_MAILED, 1, "2026-11-02", "2026-11-05T09:30"),
        (NOT_YET_MAILED, 6, "2026-11-02", "2026-11-25T09:30"),
        (REMINDERS, 1, "2026-11-02", "2026-11-17T09:30"),
        (REMINDERS, 2, "2026-11-02", "2026-12-02T09:30"),
        (LAPSE, 1, "2026-11-02", "2027-01-05T09:30"),
        (UNPOSTED, 1, "2026-12-28", "2027-01-04T09:30"),
        (APPI_39, 1, "2026-04-01", "2026-04-16T00:00"),
        (APPI_39, 1, "2026-12-20", "2027-01-04T00:00"),
        (APPI_39, 1, "2026-12-18", "2027-01-02T00:00"),
        (WARNING, 1, "2026-04-01", "2026-04-11T09:30"),
        (ONE_MONTH, 1, "2026-11-02", "2026-12-03T00:00"),
    ],
)
def test_a_firing_is_due_at_its_moment_in_the_offices_zone(
    deadline: Deadline, fire_no: int, anchor: str, moment: str
) -> None:
    due = due_at(deadline, fire_no, day(anchor), OFFICE)

    assert due == datetime.fromisoformat(moment).replace(tzinfo=TOKYO)


def test_a_deadline_that_has_fired_for_the_last_time_is_due_no_more() -> None:
    assert due_at(REMINDERS, 3, day("2026-11-02"), OFFICE) is None
    with pytest.raises(ValueError, match="no firing 3 to explain"):
        explain(REMINDERS, 3, day("2026-11-02"), OFFICE)
    with pytest.raises(ValueError, match="no firing 0"):
        due_at(REMINDERS, 0, day("2026-11-02"), OFFICE)


@pytest.mark.requirement("S44")
@pytest.mark.parametrize("stretches", [[("2026-04-02", "2026-04-30")], [("2026-04-02", None)]])
def test_no_hold_ever_moves_the_day_from_which_the_subject_may_sue(stretches: list[tuple[str, str | None]]) -> None:
    closed_for_weeks = Calendar(added={day("2026-04-01") + timedelta(days=n): "臨時休業" for n in range(40)})

    due = due_at(APPI_39, 1, day("2026-04-01"), closed_for_weeks, held(*stretches))

    assert due == datetime(2026, 4, 16, tzinfo=TOKYO)


def test_an_office_deadline_has_no_moment_while_its_hold_has_no_end_and_gets_one_with_the_end() -> None:
    anchor = day("2026-11-02")

    assert due_at(REMINDERS, 1, anchor, OFFICE, held(("2026-11-10", None))) is None
    ended = due_at(REMINDERS, 1, anchor, OFFICE, held(("2026-11-10", "2026-11-11")))
    assert ended == datetime(2026, 11, 19, 9, 30, tzinfo=TOKYO)


@given(days, st.integers(1, 40))
def test_each_firing_is_later_than_the_one_before_and_on_an_open_day(anchor: date, fire_no: int) -> None:
    one, next_one = (due_at(NOT_YET_MAILED, n, anchor, OFFICE) for n in (fire_no, fire_no + 1))

    assert one is not None
    assert next_one is not None
    assert one < next_one
    assert OFFICE.in_hours(one)


# -- months by Regulation (EEC, Euratom) No 1182/71 -------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "n", "last", "why"),
    [
        ("2026-03-05", 1, "2026-04-06", "5 April is a Sunday"),
        ("2026-04-02", 1, "2026-05-07", "2 May is a Saturday, then three holidays and a substitute day"),
        ("2026-07-31", 1, "2026-08-31", "the day of receipt is not counted; the same number"),
        ("2026-08-31", 1, "2026-09-30", "no 31 September: the month's last day"),
        ("2027-01-31", 1, "2027-03-01", "28 February 2027 is a Sunday"),
        ("2028-01-31", 1, "2028-02-29", "leap year"),
        ("2026-11-15", 1, "2026-12-15", "the day of receipt may be a Sunday"),
        ("2026-12-01", 1, "2027-01-04", "New Year's Day, a Friday, then a weekend"),
        ("2026-11-30", 1, "2026-12-30", "the office's own closing is no public holiday"),
        ("2026-11-30", 3, "2027-03-01", "with two further months: 28 February is a Sunday"),
        ("2026-10-15", 3, "2027-01-15", "over the turn of the year"),
    ],
)
def test_a_period_of_months_ends_as_the_regulation_says(anchor: str, n: int, last: str, why: str) -> None:
    assert months_after(day(anchor), n, OFFICE) == day(last), why
    midnight = due_at(after(months(n)).do("escalate"), 1, day(anchor), OFFICE)
    assert midnight == datetime.combine(day(last), datetime.min.time(), TOKYO) + timedelta(days=1), why


def test_a_day_the_office_adds_gives_a_period_of_months_no_more_time() -> None:
    office = Calendar(added={day("2026-12-15"): "創立記念日"})

    assert months_after(day("2026-11-15"), 1, office) == day("2026-12-15")


# -- explanations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "fire_no", "anchor", "stretches", "en", "ja"),
    [
        (
            REMINDERS,
            2,
            "2026-11-02",
            [("2026-11-10", "2026-11-11")],
            (
                "20 working days from 2026-11-02 is 2026-12-02: 2026-11-03 and 2026-11-23 are holidays; "
                "with 2 working days on hold 2026-12-04"
            ),
            (
                "2026-11-02の翌日から数えて20営業日目は2026-12-02です（2026-11-03、2026-11-23は休業日）。"
                "保留の2営業日を除くと2026-12-04になります。"
            ),
        ),
        (
            UNPOSTED,
            1,
            "2026-11-04",
            [],
            "1 working day from 2026-11-04 is 2026-11-05",
            "2026-11-04の翌日から数えて1営業日目は2026-11-05です。",
        ),
        (
            REMINDERS,
            1,
            "2026-11-12",
            [("2026-11-18", "2026-11-18"), ("2026-11-01", "2026-11-12")],
            (
                "10 working days from 2026-11-12 is 2026-11-27: 2026-11-23 is a holiday; "
                "with 1 working day on hold 2026-11-30"
            ),
            (
                "2026-11-12の翌日から数えて10営業日目は2026-11-27です（2026-11-23は休業日）。"
                "保留の1営業日を除くと2026-11-30になります。"
            ),
        ),
        (
            REMINDERS,
            1,
            "2026-12-11",
            [("2026-12-14", "2026-12-15")],
            (
                "10 working days from 2026-12-11 is 2026-12-25; with 2 working days on hold 2027-01-04 "
                "(2026-12-29, 2026-12-30, 2026-12-31 and 2027-01-01 are holidays too)"
            ),
            (
                "2026-12-11の翌日から数えて10営業日目は2026-12-25です。保留の2営業日を除くと2027-01-04になります"
                "（2026-12-29、2026-12-30、2026-12-31、2027-01-01も休業日）。"
            ),
        ),
        (
            REMINDERS,
            1,
            "2026-11-04",
            [("2026-11-10", None)],
            (
                "10 working days from 2026-11-04 is 2026-11-18; on hold since 2026-11-10, "
                "the count stands still until the case is resumed"
            ),
            (
                "2026-11-04の翌日から数えて10営業日目は2026-11-18です。"
                "ただし2026-11-10から保留中のため、再開するまで日数は進みません。"
            ),
        ),
        (
            APPI_39,
            1,
            "2026-04-01",
            [("2026-04-02", "2026-04-10")],
            (
                "calendar day 15 after the arrival on 2026-04-01 begins on 2026-04-16: from then the individual may "
                "sue (APPI 39(1)); neither holds nor closed days put it off"
            ),
            (
                "到達日2026-04-01の翌日から数えて15日目の2026-04-16から、本人は訴えを提起できます"
                "（個人情報保護法第39条第1項）。保留や休業日があっても延びません。"
            ),
        ),
        (
            ONE_MONTH,
            1,
            "2026-12-01",
            [],
            (
                "one month from 2026-12-01 ends with 2027-01-04 (Regulation (EEC, Euratom) No 1182/71, article 3): "
                "2027-01-01 is a public holiday, a Saturday or a Sunday, and the end moves to the next working day"
            ),
            (
                "2026-12-01から1か月の期間は2027-01-04に満了します（規則（EEC, Euratom）No 1182/71 第3条）。"
                "2027-01-01が休日、土曜日または日曜日に当たるため、次の平日に延びます。"
            ),
        ),
    ],
)
def test_a_deadline_explains_its_day_in_both_languages(
    deadline: Deadline, fire_no: int, anchor: str, stretches: list[tuple[str, str | None]], en: str, ja: str
) -> None:
    reason = explain(deadline, fire_no, day(anchor), OFFICE, held(*stretches))

    assert worded(reason, "en") == en
    assert worded(reason, "ja") == ja


def test_the_warning_before_the_legal_day_names_the_article() -> None:
    reason = explain(WARNING, 1, day("2026-04-01"), OFFICE)

    assert "2026-04-11" in worded(reason, "en")
    assert "APPI 39(1)" in worded(reason, "en")
    assert "第39条第1項" in worded(reason, "ja")


def test_days_and_months_are_explained_by_their_number_whatever_the_deadline_is_called() -> None:
    in_days = explain(on_calendar_day(10).do("escalate"), 1, day("2026-04-01"), OFFICE)
    in_months = explain(after(months(3)).do("escalate"), 1, day("2026-04-01"), OFFICE)

    assert in_days == Reason("due_calendar_day", {"count": 10, "start": "2026-04-01", "due": "2026-04-11"})
    assert in_months == Reason("due_months", {"count": 3, "start": "2026-04-01", "last": "2026-07-01"})


def test_a_count_that_rests_on_an_equinox_beyond_next_year_says_that_it_is_a_forecast() -> None:
    told_in_2026 = explain(REMINDERS, 1, day("2029-03-12"), OFFICE, today=day("2026-11-02"))
    told_on_the_day = explain(REMINDERS, 1, day("2029-03-12"), OFFICE)

    assert "the equinox on 2029-03-20 is not announced yet and only a forecast" in worded(told_in_2026, "en")
    assert "予測" in worded(told_in_2026, "ja")
    assert "forecast" not in worded(told_on_the_day, "en")


@given(
    st.sampled_from([NOT_YET_MAILED, UNPOSTED, LAPSE, APPI_39, WARNING, ONE_MONTH, after(months(3)).do("escalate")]),
    days,
    st.lists(st.tuples(days, st.none() | st.integers(0, 60)), max_size=3),
    days,
)
def test_every_explanation_has_a_sentence_ends_with_the_due_day_and_survives_json(
    deadline: Deadline, anchor: date, stretches: list[tuple[date, int | None]], today: date
) -> None:
    on_hold = [Held(first, None if more is None else first + timedelta(days=more)) for first, more in stretches]

    reason = explain(deadline, 1, anchor, OFFICE, on_hold, today=today)

    due = due_at(deadline, 1, anchor, OFFICE, on_hold)
    assert json.loads(json.dumps(reason.params)) == reason.params
    for language in ("ja", "en"):
        sentence = worded(reason, language)
        assert not re.search(r"[{}]", sentence)
        if due is None:
            assert str(reason.params["since"]) in sentence
        else:
            # A period of months is explained by its last day, and has run out at 0:00 of the next.
            told = due - timedelta(days=1) if deadline.unit is Unit.MONTHS else due
            assert OFFICE.today(told).isoformat() in sentence


# -- a changed calendar -----------------------------------------------------------------------------------------


def test_an_added_closure_moves_the_deadlines_it_lies_before_and_is_named_as_the_cause() -> None:
    timers = [
        ("first reminder", REMINDERS, 1, day("2026-11-02"), held()),
        ("second reminder", REMINDERS, 2, day("2026-11-02"), held()),
        ("by law", APPI_39, 1, day("2026-11-02"), held()),
        ("begun later", REMINDERS, 1, day("2026-11-24"), held()),
    ]

    found = list(moved(timers, OFFICE, Calendar(added={day("2026-11-20"): "創立記念日"})))

    assert [one.key for one in found] == ["second reminder"]
    assert found[0].was == datetime(2026, 12, 2, 9, 30, tzinfo=TOKYO)
    assert found[0].now == datetime(2026, 12, 3, 9, 30, tzinfo=TOKYO)
    assert worded(found[0].reason, "en") == "moved from 2026-12-02 to 2026-12-03; 2026-11-20 is now closed"
    assert (
        worded(found[0].reason, "ja")
        == "期限が2026-12-02から2026-12-03に変わりました。2026-11-20が休業日になりました。"
    )


def test_a_removed_holiday_brings_a_deadline_forward_and_is_named_as_the_cause() -> None:
    timers = [(1, REMINDERS, 2, day("2026-11-02"), held())]

    found = list(moved(timers, OFFICE, Calendar(removed=[day("2026-11-03"), day("2026-11-23")])))

    cause = "2026-11-03 and 2026-11-23 are now working days"
    assert worded(found[0].reason, "en") == f"moved from 2026-12-02 to 2026-11-30; {cause}"


def test_other_opening_hours_move_a_deadline_within_its_day() -> None:
    timers = [(1, REMINDERS, 1, day("2026-11-02"), held()), (2, APPI_39, 1, day("2026-11-02"), held())]

    found = list(moved(timers, OFFICE, Calendar(opens=datetime(2026, 1, 1, 10, tzinfo=UTC).time())))

    assert [one.key for one in found] == [1]
    assert found[0].reason.code == "due_moved_hours"
    assert "2026-11-17T10:00+09:00" in worded(found[0].reason, "ja")


def test_a_holiday_removed_at_its_end_shortens_a_period_of_months_and_only_that_day_is_named() -> None:
    timers = [(1, ONE_MONTH, 1, day("2026-12-01"), held())]
    new = Calendar(added={day("2026-12-10"): "創立記念日"}, removed=[day("2027-01-01")])

    found = list(moved(timers, OFFICE, new))

    assert found[0].now == datetime(2027, 1, 2, tzinfo=TOKYO)
    assert worded(found[0].reason, "en").endswith("; 2027-01-01 is now a working day")


@given(days, st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5), st.integers(1, 8))
def test_whatever_moves_names_a_cause_and_whatever_does_not_is_left_out(
    anchor: date, closures: set[date], fire_no: int
) -> None:
    new = Calendar(added=dict.fromkeys(closures, "臨時休業"))
    timers = [("timer", NOT_YET_MAILED, fire_no, anchor, held())]

    found = list(moved(timers, OFFICE, new))

    assert bool(found) is (
        due_at(NOT_YET_MAILED, fire_no, anchor, OFFICE) != due_at(NOT_YET_MAILED, fire_no, anchor, new)
    )
    for one in found:
        assert one.now > one.was
        assert str(one.reason.params["now_closed_last"]) in worded(one.reason, "en")
