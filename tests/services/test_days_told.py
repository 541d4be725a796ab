"""A day told to a person is a promise: the whole of it is theirs, and it may move later, never earlier."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.effect import effect
from models.timer import timer
from services.office import office_days
from services.office.office_days import Change
from tests.office import CLERK, LEAD, TOKYO, TestOffice
from tests.services.days import LAST, NEXT_DAY, POSTED, at, mailed_in_january, plain, steps, swept
from workflows.engine.calendars import ONE_DAY
from workflows.engine.codec import read
from workflows.letters import RecordReturn, ReturnReason
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Amend, AskAgain, Hold, MailForms, Undeliverable
from workflows.request.values import HoldReason, LetterKind


def due(office: TestOffice, case: str, name: str) -> datetime:
    of = select(timer.c.due_at).where(timer.c.case_id == office.case(case).id, timer.c.name == name)
    (row,) = office.ask(of)
    moment: datetime = row.due_at.astimezone(TOKYO)
    return moment


def printed_days(office: TestOffice, case: str) -> dict[LetterKind, date | None]:
    """Return the day that each letter not yet made tells, as it will be printed."""
    found = {}
    for row in office.ask(select(effect).where(effect.c.case_number == case, effect.c.state == "waiting")):
        place = f"{row.subject}/{row.copy}"
        content = read(RequestLetter, office.keys.get(case).open_json("effect", "sealed", place, row.sealed))
        found[content.kind] = content.reply_by
    return found


# -- the last day -----------------------------------------------------------------------------------------------------


def test_the_whole_last_day_that_the_letter_tells_is_theirs(office: TestOffice) -> None:
    office.move_to(at(POSTED, 11, 0))
    case = office.opened()
    pack = printed_days(office, case)
    office.post_letters(case)
    office.working_day(POSTED, 10)
    office.sweep()
    reminder = printed_days(office, case)
    office.post_letters(case)
    office.reminded(case, POSTED, [20])

    in_the_morning = swept(office, at(LAST, 9, 31))
    in_the_evening = swept(office, at(LAST, 18, 29))
    at_night = swept(office, at(NEXT_DAY, 9, 29))
    after_it = swept(office, at(NEXT_DAY))

    assert (pack, reminder) == ({LetterKind.REQUEST_FORMS: LAST}, {LetterKind.REMINDER: LAST})
    assert (in_the_morning, in_the_evening, at_night, after_it) == ([], [], [], ["lapse"])


def test_after_a_deficiency_notice_the_whole_last_day_is_theirs_too(office: TestOffice) -> None:
    case = office.returned(proven=False)
    office.must(case, "ask_again", AskAgain())
    office.post_letters(case)
    posted = office.today
    last = office.calendar().add_working_days(posted, 40)
    office.reminded(case, posted)

    on_the_day = swept(office, at(last, 17, 0))
    after_it = swept(office, at(office.calendar().add_working_days(last, 1)))

    assert (on_the_day, after_it) == ([], ["give_up_waiting"])


def test_a_last_day_before_closed_days_ends_when_the_office_opens_again(office: TestOffice) -> None:
    office.move_to(at(date(2027, 2, 26), 11, 0))
    case, _ = office.mailed()
    posted = office.today

    last = office.calendar().add_working_days(posted, 40)

    assert last == date(2027, 4, 26)
    assert due(office, case, "lapse") == at(date(2027, 4, 27))


# -- reminders are promises too ---------------------------------------------------------------------------------------


def test_a_reminder_still_unposted_is_not_followed_by_another(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    office.working_day(POSTED, 10)
    office.sweep()
    office.make_letters(case)

    office.working_day(POSTED, 25)
    office.sweep()
    while_it_lies = steps(office, case).count("remind")
    office.post_letters(case)
    at_once = [outcome.transition for outcome in office.sweep()]
    posted = office.today
    office.working_day(posted, 4)
    too_early = office.sweep()
    office.working_day(posted, 5)
    later = [outcome.transition for outcome in office.sweep()]

    assert (while_it_lies, at_once, too_early, later) == (1, [], [], ["remind"])


def test_a_desk_down_over_two_reminder_days_makes_one_reminder(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)

    office.working_day(POSTED, 22)
    office.sweep()
    office.post_letters(case)
    office.working_day(POSTED, 39)
    office.sweep()

    assert steps(office, case) == ["open", "mail_forms", "remind", "record_posting"]
    rows = office.ask("SELECT details FROM history WHERE transition = 'remind'")
    assert [(plain(row.details)["reminder"], plain(row.details)["missed"]) for row in rows] == [(2, 1)]


def test_a_desk_down_over_everything_reminds_first_and_lapses_when_the_reminder_has_given_its_time(
    office: TestOffice,
) -> None:
    case, _ = mailed_in_january(office)

    office.working_day(POSTED, 45)
    office.sweep()
    tells = printed_days(office, case)
    unposted = swept(office, at(office.calendar().add_working_days(POSTED, 60)))
    office.post_letters(case)
    posted = office.today
    last = office.calendar().add_working_days(posted, 5)
    on_its_last_day = swept(office, at(last, 18, 0))
    after_it = swept(office, at(office.calendar().add_working_days(posted, 6)))

    assert tells == {LetterKind.REMINDER: office.calendar().add_working_days(POSTED, 50)}
    assert (unposted, on_its_last_day, after_it) == ([], [], ["lapse"])


def test_a_day_told_in_a_late_reminder_outlasts_the_count(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    office.working_day(POSTED, 38)
    office.sweep()
    (tells,) = printed_days(office, case).values()
    office.post_letters(case)

    assert tells == office.calendar().add_working_days(POSTED, 43)
    assert due(office, case, "lapse") == at(office.calendar().add_working_days(POSTED, 44))


def test_a_new_round_begins_its_reminders_anew(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    office.reminded(case, POSTED)
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    office.must(case, "amend", Amend(why="moved", subject={"address": "9-9 Example, Chiyoda-ku, Tokyo"}))
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    posted = office.today

    office.working_day(posted, 10)
    office.sweep()

    assert steps(office, case).count("remind") == 3
    assert due(office, case, "lapse").year == 9999  # until the new reminder is posted


# -- a changed calendar -----------------------------------------------------------------------------------------------


def change(office: TestOffice, *days: date, closes: bool) -> None:
    office_days.carry_through(office.unit, Change(days, closes, "創立記念日"), LEAD)


def test_a_changed_calendar_moves_a_day_told_in_a_posted_letter_later_and_never_earlier(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    before = due(office, case, "lapse")

    change(office, date(2027, 3, 22), closes=False)  # a substitute holiday on which the office opens after all
    opened = due(office, case, "lapse")
    change(office, date(2027, 3, 22), closes=True)
    change(office, date(2027, 3, 29), closes=True)
    closed = due(office, case, "lapse")

    assert (before, opened, closed) == (at(NEXT_DAY), at(NEXT_DAY), at(NEXT_DAY + ONE_DAY))
    assert office.ask("SELECT 1 FROM incident") == []


def moved_last(office: TestOffice) -> dict[str, dict[str, Any]]:
    """Return what the last recount in the history says of each deadline it moved."""
    rows = office.ask("SELECT details FROM history WHERE transition = 'recount' ORDER BY seq")
    return {moved["timer"]: moved for moved in plain(rows[-1].details)["moved"]}


def test_the_history_says_where_a_changed_calendar_puts_a_day_told(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)

    change(office, date(2027, 3, 22), closes=False)  # by the count alone it would lapse a day earlier now
    change(office, NEXT_DAY, closes=True)

    lapse = moved_last(office)["lapse"]
    assert lapse["was"] == at(NEXT_DAY).isoformat()
    assert lapse["now"] == due(office, case, "lapse").isoformat() == at(NEXT_DAY + ONE_DAY).isoformat()


def test_the_history_says_which_firing_a_changed_calendar_moved(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    change(office, office.calendar().add_working_days(POSTED, 2), closes=True)
    first = moved_last(office)["remind"]["fire_no"]
    office.working_day(POSTED, 10)
    office.sweep()
    office.post_letters(case)

    change(office, office.calendar().add_working_days(office.today, 2), closes=True)

    assert (first, moved_last(office)["remind"]["fire_no"]) == (1, 2)


def test_a_letter_that_is_not_yet_posted_may_be_told_another_day(office: TestOffice) -> None:
    office.move_to(at(POSTED, 11, 0))
    case = office.opened()
    change(office, date(2027, 3, 22), closes=False)
    office.must(case, "amend", Amend(why="moved", subject={"address": "9-9 Example, Chiyoda-ku, Tokyo"}))

    again = printed_days(office, case)
    office.post_letters(case)

    assert again == {LetterKind.REQUEST_FORMS: date(2027, 3, 29)}
    assert due(office, case, "lapse") == at(LAST)


def test_a_pack_posted_after_the_calendar_gave_less_time_keeps_the_day_it_tells(office: TestOffice) -> None:
    office.move_to(at(POSTED, 11, 0))
    case = office.opened()
    office.make_letters(case)
    office.print_letters(case)
    change(office, date(2027, 3, 22), closes=False)

    office.must(case, "mail_forms", MailForms())

    assert due(office, case, "lapse") == at(NEXT_DAY)


# -- holds ------------------------------------------------------------------------------------------------------------


def test_an_overdue_deadline_under_a_hold_waits_silently(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    office.working_day(POSTED, 11)  # nobody swept on the day of the reminder
    office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION))

    hours = [swept(office, office.now + timedelta(hours=1)) for _ in range(4)] if office.now is not None else []
    notices = office.ask("SELECT code FROM notice")
    office.must(case, "resume")
    resumed = [outcome.transition for outcome in office.sweep()]

    assert hours == [[]] * 4
    assert (notices, office.ask("SELECT 1 FROM incident")) == ([], [])
    assert resumed == ["remind"]


def test_a_hold_of_the_system_keeps_an_overdue_deadline_back_until_it_is_lifted(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    twin, _ = office.mailed()
    office.working_day(POSTED, 11)
    hold = (
        '{"by": "system", "code": "suspected_fraud", "since": "2027-02-15", "until": "2027-03-15", '
        '"seq": 2, "with": []}'
    )
    office.tell('UPDATE "case" SET hold = :hold WHERE number = :case', hold=hold, case=case)
    office.must(case, "amend", Amend(why="they called"))

    held = swept(office, office.now + timedelta(minutes=5)) if office.now is not None else []
    office.must(case, "resume", by=LEAD)
    lifted = [outcome.case for outcome in office.sweep()]

    assert held == ["remind"]  # the other case's
    assert lifted == [case]
    assert steps(office, twin)[-1] == "remind"
    assert office.ask("SELECT 1 FROM incident") == []


def test_returned_reminders_were_posted_all_the_same(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    office.working_day(POSTED, 10)
    office.sweep()
    (number,) = office.post_letters(case)
    office.must(case, "record_return", RecordReturn(letter=number, reason=ReturnReason.UNCLAIMED), CLERK)

    office.reminded(case, POSTED, [20])

    assert swept(office, at(NEXT_DAY)) == ["lapse"]
