"""Why a deadline ends on its day, in both languages."""

import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.dues import (
    APPI_39,
    LAPSE,
    NOT_YET_MAILED,
    OFFICE,
    ONE_MONTH,
    REMINDERS,
    UNPOSTED,
    WARNING,
    day,
    days,
    held,
    worded,
)
from workflows.engine.calendars import Held
from workflows.engine.deadlines import Deadline, Unit, after, due_at, explain, months, on_calendar_day
from workflows.engine.values import Reason


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
            "calendar day 15 after 2026-04-01 is 2026-04-16; neither holds nor closed days put it off",
            "2026-04-01の翌日から数えて15日目は2026-04-16です。保留や休業日があっても延びません。",
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
