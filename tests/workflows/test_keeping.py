"""How long the office keeps personal data and prints: to the day, and only as a file says that makes sense."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.office.keeping import USUAL, Keeping, ends_on, is_due, latest_closed, prints_end_on, read


def test_the_usual_periods_are_those_of_the_procedure() -> None:
    assert Keeping(personal_data_months=36, printed_days=7, mail_days=90) == USUAL


@pytest.mark.parametrize(
    ("closed", "last"),
    [
        (date(2026, 11, 9), date(2029, 11, 9)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2029, 12, 31)),
    ],
)
def test_the_last_day_is_kept_whole(closed: date, last: date) -> None:
    assert ends_on(closed, USUAL) == last
    assert not is_due(closed, last, USUAL)
    assert is_due(closed, last + timedelta(days=1), USUAL)


@given(
    today=st.dates(date(2015, 1, 1), date(2060, 1, 1)),
    back=st.integers(-40, 40),
    months=st.integers(1, 120),
)
def test_all_that_was_closed_by_the_latest_day_is_due_and_nothing_later(today: date, back: int, months: int) -> None:
    keeping = Keeping(personal_data_months=months)
    closed = latest_closed(today, keeping) + timedelta(days=back)

    assert is_due(closed, today, keeping) == (closed <= latest_closed(today, keeping))


def test_prints_stay_for_their_days() -> None:
    assert prints_end_on(date(2026, 11, 9), USUAL) == date(2026, 11, 16)


def test_what_is_left_out_is_usual_and_every_fault_is_named() -> None:
    assert read({}) == USUAL
    assert read({"printed_days": 30}) == Keeping(printed_days=30)
    wrong = read({"personal_data_months": 0, "printed_days": True, "scans": 1})
    assert isinstance(wrong, list)
    assert [reason.code for reason in wrong] == ["keeping.out_of_bounds", "keeping.out_of_bounds", "keeping.unknown"]
    assert [reason.code for reason in read([3])] == ["keeping.no_table"]  # type: ignore[union-attr]
