"""A law's time as a case brings it with it: where it ends, what does not count, and what it says of itself."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.dues import OFFICE, day, held
from workflows.engine.calendars import Held, StandsStillError
from workflows.engine.deadlines import Count, Unit, as_the_case_says, due_at, explain
from workflows.engine.spans import Both, Span, one_after_another
from workflows.words import say

DAYS, WORKING, MONTHS = Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.MONTHS
LAW = ("個人情報保護法第83条第1項", "APPI 83(1)")
RULE = ("民法第140条", "Civil Code 140")


def span(
    *counts: Count,
    moves_on: bool = False,
    rule: Both | None = None,
    holidays: str = "",
    stopped: Sequence[Held] = (),
    ends: str = "",
    warning: bool = False,
) -> Span:
    return Span(
        counts=counts, since="event.first_arrival", law=LAW, rule=rule, moves_on=moves_on, holidays=holidays,
        stopped=tuple(stopped), stops=("同項ただし書", "83(1) proviso"), ends=ends, warning=warning,
    )  # fmt: skip


# what, from, its last day, what it says in English, in Japanese
TOLD = [
    (
        span(Count(14, DAYS), ends="sue"), "2026-04-01", "2026-04-15",
        ("14 days from 2026-04-01 (the arrival) end with 2026-04-15; from 2026-04-16 the individual may sue; neither "
        "holds nor closed days put it off (APPI 83(1))"),
        ("2026-04-01（到達日）から14日の期間は2026-04-15に満了します。2026-04-16から本人は訴えを提起できます。"
        "保留や休業日があっても延びません（個人情報保護法第83条第1項）。"),
    ),
    (
        span(Count(1, MONTHS), moves_on=True, rule=RULE), "2026-12-01", "2027-01-04",
        ("one month from 2026-12-01 (the arrival) ends with 2027-01-04: 2027-01-01 is a public holiday, a Saturday or "
        "a Sunday, and the end moves to the next working day (APPI 83(1); Civil Code 140)"),
        ("2026-12-01（到達日）から1か月の期間は2027-01-04に満了します。2027-01-01が休日、土曜日または日曜日に当たるため、"
        "次の平日に延びます（個人情報保護法第83条第1項、民法第140条）。"),
    ),
    (
        span(Count(30, DAYS), Count(2, MONTHS), stopped=held(("2026-04-10", "2026-04-12"))), "2026-04-01", "2026-07-04",
        ("30 days and 2 more months from 2026-04-01 (the arrival) end with 2026-07-04; 3 days do not count "
        "(83(1) proviso); neither holds nor closed days put it off (APPI 83(1))"),
        ("2026-04-01（到達日）から30日とさらに2か月の期間は2026-07-04に満了します。算入しない3日（同項ただし書）を除いています。"
        "保留や休業日があっても延びません（個人情報保護法第83条第1項）。"),
    ),
    (
        span(Count(10, DAYS), warning=True), "2026-04-01", "2026-04-11",
        ("10 days from 2026-04-01 (the arrival) end with 2026-04-11: on that day the lead is told that the law's date "
        "is near; neither holds nor closed days put it off (APPI 83(1))"),
        ("2026-04-01（到達日）から10日の期間は2026-04-11に満了します。この日に、法定の期日が近いことを責任者に知らせます。"
        "保留や休業日があっても延びません（個人情報保護法第83条第1項）。"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "start", "last", "en", "ja"), TOLD)
def test_a_laws_time_says_in_both_languages_why_it_ends_on_its_day(
    one: Span, start: str, last: str, en: str, ja: str
) -> None:
    reason = one.explain(day(start), OFFICE, day(start))

    assert one.last(day(start), OFFICE) == day(last)
    assert (say(reason, "en"), say(reason, "ja")) == (en, ja)


def test_it_has_run_out_when_the_day_after_begins_and_warns_on_the_day_itself() -> None:
    runs = as_the_case_says("escalate", name="answer_due").over(span(Count(30, DAYS)))
    warns = as_the_case_says("escalate", name="warn", at_opening=True).over(span(Count(20, DAYS), warning=True))

    assert due_at(runs, 1, day("2026-11-02"), OFFICE) == OFFICE.start_of(day("2026-12-03"))
    assert due_at(warns, 1, day("2026-11-02"), OFFICE) == OFFICE.opening(day("2026-11-22"))
    assert due_at(runs, 2, day("2026-11-02"), OFFICE) is None
    assert runs.legal


def test_while_something_stops_it_without_an_end_nobody_can_say_and_it_says_so() -> None:
    stopped = span(Count(30, DAYS), stopped=held(("2026-04-10", None)))
    runs = as_the_case_says("escalate", name="answer_due").over(stopped)

    assert due_at(runs, 1, day("2026-04-01"), OFFICE) is None
    assert say(explain(runs, 1, day("2026-04-01"), OFFICE), "en") == (
        "30 days from 2026-04-01 (the arrival) stand still since 2026-04-10 (APPI 83(1))"
    )
    with pytest.raises(StandsStillError):
        stopped.last(day("2026-04-01"), OFFICE)


def test_holidays_are_those_of_the_law_and_not_of_the_office_where_it_says_whose() -> None:
    ours, theirs = (span(Count(1, MONTHS), moves_on=True, holidays=whose) for whose in ("", "GB-ENG"))

    # 11 February is National Foundation Day in Japan; 28 December 2026 is a substitute for Boxing Day in England.
    assert [one.last(day("2027-01-11"), OFFICE) for one in (ours, theirs)] == [day("2027-02-12"), day("2027-02-11")]
    assert [one.last(day("2026-11-28"), OFFICE) for one in (ours, theirs)] == [day("2026-12-28"), day("2026-12-29")]


def test_lengths_of_one_unit_that_follow_each_other_are_one() -> None:
    assert one_after_another([Count(1, MONTHS), Count(2, MONTHS)]) == (Count(3, MONTHS),)
    assert one_after_another([Count(30, DAYS), Count(2, MONTHS)]) == (Count(30, DAYS), Count(2, MONTHS))


counts = st.lists(st.builds(Count, st.integers(1, 90), st.sampled_from(Unit)), min_size=1, max_size=2)
starts = st.dates(date(2020, 1, 1), date(2040, 12, 31))
stretches = st.lists(st.tuples(st.integers(-20, 120), st.integers(0, 40)), max_size=3)


@given(counts, starts, stretches, st.booleans(), st.sampled_from(["", "GB-ENG"]), st.sampled_from(["", "sue"]))
def test_every_time_explains_itself_in_both_languages_and_no_stop_makes_it_shorter(
    lengths: list[Count], start: date, stops: list[tuple[int, int]], moves_on: bool, whose: str, ends: str
) -> None:
    days = [(start + timedelta(days=first), start + timedelta(days=first + long)) for first, long in stops]
    plain = span(*one_after_another(lengths), moves_on=moves_on, holidays=whose, ends=ends)
    one = span(
        *one_after_another(lengths), moves_on=moves_on, holidays=whose, ends=ends, rule=RULE,
        stopped=[Held(first, last) for first, last in days],
    )  # fmt: skip

    reason = one.explain(start, OFFICE, start)

    assert one.last(start, OFFICE) >= plain.last(start, OFFICE) > start
    for language in ("ja", "en"):
        said = say(reason, language)
        assert said != reason.code
        assert "{" not in said
        assert one.last(start, OFFICE).isoformat() in said
