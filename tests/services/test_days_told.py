"""A day told to a person is a promise, and silence is no answer: what the clock may do, and what it must wait for."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from models.effect import effect
from models.letter import letter
from models.session import reading
from models.timer import timer
from services.audit import doctor
from services.office import office_days
from services.office.office_days import Change
from services.returns import sorting
from services.returns.sorting import Discard, FormPage
from tests.office import CLERK, LEAD, TOKYO, TestOffice
from tests.services.scans_fakes import SATO, Scanner, cover, mark
from workflows.engine.calendars import ONE_DAY
from workflows.engine.codec import read
from workflows.letters import RecordReturn, ReturnReason
from workflows.request.letters import RequestLetter
from workflows.request.payloads import Amend, AskAgain, Hold, MailForms, Undeliverable
from workflows.request.values import FormName, HoldReason, LetterKind

POSTED = date(2027, 1, 28)
LAST, NEXT_DAY = date(2027, 3, 30), date(2027, 3, 31)
"""Forty working days from POSTED, which the letter tells, and the next working day."""


@pytest.fixture
def scanner(tmp_path: Path) -> Scanner:
    """A scanner with a folder of its own."""
    (tmp_path / "scanner").mkdir()
    return Scanner(tmp_path / "scanner")


def at(day: date, hour: int = 9, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), TOKYO)


def steps(office: TestOffice, case: str) -> list[str]:
    query = 'SELECT h.transition FROM history h JOIN "case" c ON c.id = h.case_id WHERE c.number = :case ORDER BY h.seq'
    return [row.transition for row in office.ask(query, case=case)]


def due(office: TestOffice, case: str, name: str) -> datetime:
    of = select(timer.c.due_at).where(timer.c.case_id == office.case(case).id, timer.c.name == name)
    (row,) = office.ask(of)
    moment: datetime = row.due_at.astimezone(TOKYO)
    return moment


def told(office: TestOffice, code: str) -> list[tuple[str, int]]:
    rows = office.ask("SELECT role, params FROM notice WHERE code = :code ORDER BY id", code=code)
    return [(row.role, _plain(row.params)["times"]) for row in rows]


def _plain(params: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(params) if isinstance(params, str) else params
    return found


def printed_days(office: TestOffice, case: str) -> dict[LetterKind, date | None]:
    """Return the day that each letter not yet made tells, as it will be printed."""
    found = {}
    for row in office.ask(select(effect).where(effect.c.case_number == case, effect.c.state == "waiting")):
        place = f"{row.subject}/{row.copy}"
        content = read(RequestLetter, office.keys.get(case).open_json("effect", "sealed", place, row.sealed))
        found[content.kind] = content.reply_by
    return found


def mailed_in_january(office: TestOffice) -> tuple[str, str]:
    office.move_to(at(POSTED, 11, 0))
    return office.mailed()


def swept(office: TestOffice, moment: datetime) -> list[str]:
    """Return which steps the clock takes at that moment."""
    office.move_to(moment)
    return [outcome.transition for outcome in office.sweep()]


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
    assert [(_plain(row.details)["reminder"], _plain(row.details)["missed"]) for row in rows] == [(2, 1)]


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


# -- what lies in the house -------------------------------------------------------------------------------------------


def test_forms_scanned_and_not_registered_are_not_reminded_of(office: TestOffice, scanner: Scanner) -> None:
    case, code = mailed_in_january(office)
    office.working_day(POSTED, 9)
    scanner.scan(office, scanner.file(mark(case, code, 1), mark(case, code, 2)))

    office.working_day(POSTED, 10)
    first = [outcome.transition for outcome in office.sweep()]
    again = office.sweep()
    for day in (11, 12):
        office.working_day(POSTED, day)
        office.sweep()
    office.must(case, "receive_forms", office.an_arrival(code))

    assert (first, again) == (["put_off"], [])
    assert told(office, "notice.register_first") == [("clerk", 1), ("lead", 2), ("lead", 3)]
    assert office.ask(select(letter.c.number).where(letter.c.kind == "reminder")) == []
    assert office.case(case).state == "forms_returned"


def test_forms_scanned_on_the_last_day_and_not_registered_keep_the_case_open(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = mailed_in_january(office)
    office.reminded(case, POSTED)
    office.move_to(at(LAST, 17, 0))
    scanner.scan(office, scanner.file(mark(case, code, 1)))

    days = [swept(office, at(office.calendar().add_working_days(LAST, n))) for n in (1, 2, 3)]
    found = [finding for finding in doctor.examine(office.unit) if finding.case == case]
    office.must(case, "receive_forms", office.an_arrival(code))

    assert days == [["put_off"]] * 3
    assert office.case(case).state == "forms_returned"
    assert found == []
    assert office.ask(select(letter.c.number).where(letter.c.kind == "lapse_notice")) == []


def _looking(office: TestOffice) -> Callable[[], AbstractContextManager[Connection]]:
    return lambda: reading(office.engine)


def test_a_page_in_the_tray_that_bears_the_cases_code_keeps_it_open_until_somebody_has_looked(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = mailed_in_january(office)
    other, its_code = office.mailed()
    office.reminded(case, POSTED)
    office.reminded(other, POSTED)
    both = [mark(case, code, 1), mark(other, its_code, 1)]
    scanner.scan(office, scanner.file(both))

    waits = swept(office, at(NEXT_DAY))
    sorting.destroy("T27-0001", Discard.NOT_OURS, SATO, office.unit)
    same_day = office.sweep()
    then = swept(office, at(NEXT_DAY + ONE_DAY))

    assert (waits, same_day, then) == (["put_off"] * 2, [], ["lapse"] * 2)
    assert told(office, "notice.register_first") == [("clerk", 1)] * 2


def test_a_page_of_our_own_letter_that_came_back_is_something_of_theirs(office: TestOffice, scanner: Scanner) -> None:
    case, _ = mailed_in_january(office)
    scanner.scan(office, scanner.file(cover(f"{case}-01")))

    office.working_day(POSTED, 10)

    assert [outcome.transition for outcome in office.sweep()] == ["put_off"]


def test_pages_of_their_time_that_nobody_sorted_may_be_theirs_and_younger_ones_are_not(
    office: TestOffice, scanner: Scanner
) -> None:
    case, _ = mailed_in_january(office)
    office.reminded(case, POSTED)
    office.move_to(at(LAST, 12, 0))
    scanner.scan(office, scanner.file(""))

    days = [swept(office, at(office.calendar().add_working_days(LAST, n))) for n in (1, 2, 3)]
    scanner.scan(office, scanner.file("", ""))  # came after their time
    sorting.destroy("T27-0001", Discard.NOT_OURS, SATO, office.unit)
    then = swept(office, at(office.calendar().add_working_days(LAST, 4)))

    assert days == [["put_off"]] * 3
    assert told(office, "notice.sort_first") == [("clerk", 1), ("lead", 2)]  # not on the first morning
    assert then == ["lapse"]


def test_a_page_that_came_before_the_forms_were_posted_keeps_nobody_back(office: TestOffice, scanner: Scanner) -> None:
    scanner.scan(office, scanner.file(""))
    office.move_to(at(POSTED, 11, 0))
    case, _ = office.mailed()

    office.reminded(case, POSTED)
    ended = swept(office, at(NEXT_DAY))

    assert steps(office, case).count("remind") == 2
    assert ended == ["lapse"]


def test_an_order_that_waits_speaks_before_the_clock_does(office: TestOffice) -> None:
    case, code = mailed_in_january(office)
    office.reminded(case, POSTED)
    office.move_to(at(LAST, 16, 0))
    ticket = office.place("receive_forms", office.an_arrival(code), case=case)

    put_off = swept(office, at(NEXT_DAY))
    office.carry_out(ticket)

    assert put_off == ["put_off"]
    assert office.case(case).state == "forms_returned"


def test_a_registration_that_was_set_aside_lies_in_the_house_until_it_is_given_again(office: TestOffice) -> None:
    case, code = mailed_in_january(office)
    office.reminded(case, POSTED)
    office.move_to(at(LAST, 16, 0))
    ticket = office.place("receive_forms", office.an_arrival(code), case=case)
    with office.writing() as db:
        office.set_aside(db, ticket.command_id, "KeyError")

    put_off = swept(office, at(NEXT_DAY))
    office.must(case, "receive_forms", office.an_arrival(code))

    assert put_off == ["put_off"]
    assert office.case(case).state == "forms_returned"


def test_what_was_registered_in_an_earlier_round_keeps_no_later_round_back(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = mailed_in_january(office)
    scanner.scan(office, scanner.file(mark(case, code, 1), mark(case, code, 2)))
    office.must(case, "receive_forms", office.an_arrival(code, proven=False))
    office.move_to(at(POSTED, 15, 0))
    office.must(case, "ask_again", AskAgain())
    office.post_letters(case)

    office.reminded(case, POSTED)

    assert steps(office, case).count("remind") == 2


def test_a_copy_of_the_first_envelope_that_is_sorted_late_keeps_no_later_round_back(
    office: TestOffice, scanner: Scanner
) -> None:
    case, code = mailed_in_january(office)
    scanner.scan(office, scanner.file(mark(case, code, 1), mark(case, code, 2), ""))
    office.must(case, "receive_forms", office.an_arrival(code, proven=False))
    office.move_to(at(POSTED, 15, 0))
    office.must(case, "ask_again", AskAgain())
    office.post_letters(case)
    office.move_to(at(POSTED + ONE_DAY, 15, 0))
    sorting.assign("T27-0001", case, FormPage(FormName.DISCLOSURE, 3), SATO, office.unit)

    office.reminded(case, POSTED, [10])

    assert steps(office, case).count("remind") == 1


def test_a_form_of_an_earlier_round_that_comes_late_is_registered_first(office: TestOffice, scanner: Scanner) -> None:
    case, code = mailed_in_january(office)
    office.must(case, "receive_forms", office.an_arrival(code, proven=False))
    office.must(case, "ask_again", AskAgain())
    office.post_letters(case)
    office.move_to(at(POSTED + timedelta(days=4), 11, 0))
    scanner.scan(office, scanner.file(mark(case, code, 1)))

    office.working_day(POSTED, 10)
    taken = {outcome.transition for outcome in office.sweep()}

    assert taken == {"escalate", "put_off"}  # the law's dates run on from the first arrival


def test_looking_costs_one_statement_and_only_for_steps_that_say_that_nothing_came(office: TestOffice) -> None:
    case, _ = mailed_in_january(office)
    office.opened()
    seen: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    office.working_day(POSTED, 2)
    office.sweep()
    chased = sum("tray_case" in statement for statement in seen)
    office.working_day(POSTED, 10)
    office.sweep()

    assert steps(office, case)[-1] == "remind"
    assert (chased, sum("tray_case" in statement for statement in seen)) == (0, 1)


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
