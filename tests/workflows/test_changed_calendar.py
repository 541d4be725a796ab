"""What a changed calendar does to what is due, and what it names as the cause."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.dues import APPI_39, NOT_YET_MAILED, OFFICE, ONE_MONTH, REMINDERS, TOKYO, day, days, held, worded
from workflows.engine.calendars import Calendar
from workflows.engine.deadlines import due_at, moved


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
