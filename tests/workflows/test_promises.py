"""A day told is a promise: never a lapse before its reminders and their time, whatever stands still in between."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.test_request import PEOPLE, TOKYO, carried_out, opened, printed
from workflows.engine.calendars import ONE_DAY, Calendar
from workflows.engine.case import At
from workflows.engine.deadlines import NOTHING, Deadline, Promise, due_at, explain, last_day, moved
from workflows.engine.deadlines import after as counted
from workflows.engine.deadlines import working_days as days
from workflows.engine.machine import Decision, Refused
from workflows.engine.payloads import Fired
from workflows.engine.values import SYSTEM
from workflows.letters import Letter, LetterState, RecordPosting
from workflows.request import promises
from workflows.request.case import Case, Change, InHouse, after
from workflows.request.payloads import MailForms
from workflows.request.procedure import request
from workflows.request.values import LetterKind
from workflows.words import say

OFFICE = Calendar()
POSTED = date(2027, 1, 28)
LAST = date(2027, 3, 30)
END = counted(days(40)).do("lapse").after_the_whole_day().after_reminders(days(5))


def at(day: date, calendar: Calendar = OFFICE) -> At:
    return At(datetime.combine(day, time(10), TOKYO), SYSTEM, calendar)


def mailed() -> Case:
    """Return a case whose forms were posted on POSTED and tell LAST."""
    case = replace(printed(opened()), letters=tuple(replace(x, told=LAST) for x in printed(opened()).letters))
    found = carried_out(case, "mail_forms", MailForms(), PEOPLE["sato"], datetime.combine(POSTED, time(10), TOKYO))
    assert isinstance(found, Case)
    return found


def reminder(ordinal: int, state: LetterState, posted_on: date | None = None, told: date | None = None) -> Letter:
    number = f"26-000017-Y-{ordinal:02d}"
    return Letter(number, ordinal, LetterKind.REMINDER, state, posted_on=posted_on, told=told)


# -- what letters promise ---------------------------------------------------------------------------------------------


def test_the_latest_day_of_a_posted_letter_is_the_promise() -> None:
    case = mailed()
    later = reminder(2, LetterState.POSTED, date(2027, 3, 25), date(2027, 4, 1))
    unposted = reminder(3, LetterState.PRINTED, None, date(2027, 4, 9))
    void = reminder(4, LetterState.VOID, None, date(2027, 5, 9))

    promised = promises.promise(replace(case, letters=(*case.letters, later, unposted, void)))

    assert promised == Promise(date(2027, 4, 1), date(2027, 3, 25), "26-000017-Y-03")


def test_the_reminders_of_an_earlier_round_promise_nothing_any_more() -> None:
    case = mailed()
    old = reminder(0, LetterState.POSTED, date(2027, 3, 25), date(2027, 4, 1))

    assert promises.promise(replace(case, letters=(old, *case.letters))) == Promise(LAST, None, None)


def test_a_case_that_waits_for_nobody_promises_nothing() -> None:
    assert promises.promise(opened()) == NOTHING
    assert promises.last_day(opened(), OFFICE) is None


@pytest.mark.parametrize(
    ("promise", "last"),
    [
        (Promise(), LAST),
        (Promise(told=date(2027, 3, 1)), LAST),
        (Promise(told=date(2027, 4, 2)), date(2027, 4, 2)),
        (Promise(reminded=date(2027, 3, 1)), LAST),
        (Promise(reminded=date(2027, 3, 29)), date(2027, 4, 5)),
        (Promise(told=date(2027, 4, 2), reminded=date(2027, 3, 29)), date(2027, 4, 5)),
    ],
)
def test_the_last_day_is_the_latest_of_the_count_the_letter_and_the_reminder(promise: Promise, last: date) -> None:
    assert last_day(END, 1, POSTED, OFFICE, (), promise) == last
    assert due_at(END, 1, POSTED, OFFICE, (), promise) == OFFICE.opening(OFFICE.add_working_days(last, 1))


def test_while_a_reminder_lies_unposted_nobody_can_say_when() -> None:
    assert due_at(END, 1, POSTED, OFFICE, (), Promise(waits_for="26-000017-Y-02")) is None


def test_a_changed_calendar_moves_the_end_later_and_a_day_told_never_earlier() -> None:
    more, less = replace(OFFICE, added={date(2027, 3, 29): "x"}), replace(OFFICE, removed=[date(2027, 3, 22)])
    one = [("end", END, 1, POSTED, ())]

    later = list(moved(one, OFFICE, more, Promise(told=LAST)))
    earlier = list(moved(one, OFFICE, less, Promise(told=LAST)))
    unposted = list(moved(one, OFFICE, less))

    assert [change.now.date() for change in later] == [date(2027, 4, 1)]
    assert earlier == []
    assert [change.now.date() for change in unposted] == [LAST]


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        (Promise(), ["all of 2027-03-30", "opens on 2027-03-31"]),
        (Promise(told=date(2027, 4, 2)), ["a posted letter says 2027-04-02", "opens on 2027-04-05"]),
        (Promise(reminded=date(2027, 3, 29)), ["the reminder posted on 2027-03-29 gives 5", "all of 2027-04-05"]),
        (Promise(waits_for="26-000017-Y-02"), ["not before the posting of the reminder 26-000017-Y-02"]),
    ],
)
def test_why_says_whose_the_last_day_is_in_both_languages(promise: Promise, said: list[str]) -> None:
    why = explain(END, 1, POSTED, OFFICE, promise=promise)

    assert [part for part in said if part not in say(why, "en")] == []
    assert say(why, "ja").endswith("。")
    assert "{" not in say(why, "ja")


# -- what the clock may decide ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["lapse", "give_up_waiting"])
def test_their_time_is_not_ended_before_it_is_over_whatever_a_timer_says(name: str) -> None:
    sent = reminder(2, LetterState.POSTED, date(2027, 3, 1), LAST)
    case = replace(mailed(), letters=(*mailed().letters, sent))

    on_the_day = request.decide(case, name, Fired(name=name, fire_no=1), at(LAST))
    lying = replace(case, letters=(*case.letters, reminder(3, LetterState.MADE)))
    unposted = request.decide(lying, name, Fired(name=name, fire_no=1), at(LAST + timedelta(days=60)))

    assert isinstance(on_the_day, Refused)
    assert [reason.code for reason in on_the_day.reasons] == ["their_time_runs"]
    assert isinstance(unposted, Refused)
    assert [reason.code for reason in unposted.reasons] == ["reminder_unposted"]


def test_a_lapse_without_any_reminder_is_a_reminder() -> None:
    decision = request.decide(mailed(), "lapse", Fired(name="lapse", fire_no=1), at(LAST + ONE_DAY))

    assert not isinstance(decision, Refused)
    assert decision.transition == "remind"


HOUSES = [InHouse(), InHouse(), InHouse(), InHouse(pages=2), InHouse(tray=1), InHouse(orders=1)]
Strike = tuple[str, int, Decision[Change]]
a_day = st.tuples(
    st.booleans(),  # is the desk up, so that the clock is looked at
    st.booleans(),  # does somebody post what lies printed
    st.sampled_from([*HOUSES, InHouse(unsorted=(date(2027, 2, 5),)), InHouse(unsorted=(date(2027, 3, 30),))]),
    st.sampled_from([None, None, None, "close", "open"]),  # what somebody does to the calendar
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(life=st.lists(a_day, min_size=40, max_size=75), quiet=st.integers(0, 60), posts=st.booleans())
def test_never_a_lapse_before_its_promises_nor_two_reminders_at_once(
    life: list[tuple[bool, bool, InHouse, str | None]], quiet: int, posts: bool
) -> None:
    up = [(False, False, InHouse(), None)] * quiet + life + [(True, True, InHouse(), None)] * 80 * posts
    calendar, day, case = OFFICE, POSTED, mailed()
    fired: Counter[str] = Counter()
    reminded: list[date] = []

    for desk, post, house, change in up:
        calendar, day = _changed(calendar, day, change), calendar.add_working_days(day, 1)
        if not calendar.is_open(day):
            continue
        case = replace(case, house=house)
        for name, fire_no, decided in _strikes(case, calendar, day, fired) if desk else ():
            if decided.transition == name:
                fired[name] = fire_no
            if decided.transition == "remind":
                _may_be_reminded(case, day, reminded)
                reminded.append(day)
            if decided.transition == "lapse":
                _may_lapse(case, day, calendar)
                return
            case = replace(after(case, decided.target, decided.change, at(day, calendar)), house=house)
        case = _posted(case, day, calendar) if post else printed(case)

    # Whoever posts and registers what comes in is not left waiting for ever: what was put off is taken up again.
    assert not posts, "it never lapsed"


def _strikes(case: Case, calendar: Calendar, day: date, fired: Counter[str]) -> Iterator[Strike]:
    """Yield what the clock decides on a day, the longest due first; the last missed firing counts."""
    found = []
    for deadline in request.states["forms_mailed"].deadlines:
        fire_no = fired[deadline.name] + 1
        if deadline.condition is not None and not request.conditions[deadline.condition](case):
            continue
        due = _due(deadline, fire_no, case, calendar)
        while due is not None and (later := _due(deadline, fire_no + 1, case, calendar)) and later <= at(day).now:
            fire_no += 1
        if due is not None and due <= at(day).now:
            found.append((due, deadline, fire_no))
    for _, deadline, fire_no in sorted(found, key=lambda one: one[0])[:1]:
        ends = last_day(deadline, fire_no, POSTED, calendar, (), promises.promise(case)) if deadline.whole_day else None
        payload = Fired(name=deadline.name, fire_no=fire_no, last_day=ends)
        decided = request.decide(case, deadline.fires, payload, at(day, calendar))
        assert not isinstance(decided, Refused), decided
        yield deadline.name, fire_no, decided


def _due(deadline: Deadline, fire_no: int, case: Case, calendar: Calendar) -> datetime | None:
    return due_at(deadline, fire_no, POSTED, calendar, (), promises.promise(case))


def _may_be_reminded(case: Case, day: date, reminded: list[date]) -> None:
    assert day not in reminded
    assert not any(letter.unposted for letter in promises.reminders(case))
    assert not case.house.theirs


def _may_lapse(case: Case, day: date, calendar: Calendar) -> None:
    sent = list(promises.reminders(case))
    told = [letter.told for letter in (case.round_letter, *sent) if letter is not None and letter.told is not None]
    posted = [letter.posted_on for letter in sent if letter.posted_on is not None]
    assert sent
    assert len(posted) == len(sent)
    assert day > max(told)
    assert calendar.working_days_between(max(posted), day) > 5
    assert calendar.working_days_between(POSTED, day) > 40
    assert not case.house.theirs
    assert [came for came in case.house.unsorted if POSTED <= came <= LAST] == []


def _posted(case: Case, day: date, calendar: Calendar) -> Case:
    case = printed(case)
    for letter in case.letters:
        if letter.state is LetterState.PRINTED:
            found = carried_out(
                case, "record_posting", RecordPosting(letter=letter.number), PEOPLE["sato"], at(day, calendar).now
            )
            assert isinstance(found, Case), found
            case = found
    return case


def _changed(calendar: Calendar, today: date, change: str | None) -> Calendar:
    """Return the calendar as somebody changes it that day: a day two weeks on closes, or a holiday is taken away."""
    if change == "close":
        return replace(calendar, added={**calendar.added, today + timedelta(days=14): "x"})
    closed = today + timedelta(days=1)
    if change == "open" and closed.weekday() < 5 and not calendar.is_open(closed):
        added = {day: name for day, name in calendar.added.items() if day != closed}
        return replace(calendar, added=added, removed=[*calendar.removed, closed])
    return calendar
