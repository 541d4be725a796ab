"""What was recorded wrongly of the post is put right: a posting, its day, a return."""

from datetime import date, timedelta

import pytest

from tests.office import APPROVER, TestOffice, codes_of
from tests.services.days import mailed_in_january
from tests.services.righting import code_state, deadlines, last_row, states_of, transitions_of, view
from tests.services.scans_fakes import Scanner, mark
from workflows.letters import (
    AmendPosting,
    MailClass,
    RecordPosting,
    RecordReturn,
    ReturnReason,
    UndoPosting,
    UndoReturn,
)
from workflows.request.payloads import Amend, Fulfil, MailForms, TakeBack, Undeliverable
from workflows.words import say_all

WHY = "the tray was still full"


def ready(office: TestOffice) -> tuple[str, str]:
    """Return a case whose forms are printed, and their number."""
    case = office.opened()
    office.make_letters(case)
    office.print_letters(case)
    return case, f"{case}-01"


# -- postings -------------------------------------------------------------------------------------------------------


def test_a_posting_taken_back_puts_the_case_and_its_deadlines_where_they_were(office: TestOffice) -> None:
    case, number = ready(office)
    entered = office.case(case).entered_on
    office.working_day(entered, 2)
    office.sweep()
    before = deadlines(office, case)
    office.must(case, "mail_forms", MailForms())

    undone = office.must(case, "undo_posting", UndoPosting(letter=number, why=WHY))

    assert (undone.transition, undone.state) == ("undo_mailing", "contacted")
    assert office.case(case).entered_on == entered
    assert deadlines(office, case)["escalate"] == before["escalate"]
    assert before["escalate"][0] == 2
    assert states_of(office, case) == {"01 request_forms": "printed"}
    assert last_row(office, case).details["undoes"] == 3
    assert view(office, case).posted_on is None


def test_what_fired_before_the_posting_does_not_fire_again_after_it_was_taken_back(office: TestOffice) -> None:
    case, number = ready(office)
    start = office.today
    office.working_day(start, 2)
    office.sweep()
    for _ in range(2):
        office.must(case, "mail_forms", MailForms())
        office.must(case, "undo_posting", UndoPosting(letter=number, why=WHY))

    office.working_day(start, 4)
    office.sweep()

    assert transitions_of(office, case).count("escalate") == 2
    assert deadlines(office, case)["escalate"][0] == 3


def test_a_posting_taken_back_is_posted_again_and_its_code_still_holds(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "undo_posting", UndoPosting(letter=f"{case}-01", why=WHY))
    office.working_day(office.today, 3)

    office.must(case, "mail_forms", MailForms())
    office.must(case, "receive_forms", office.an_arrival(code))

    assert office.case(case).state == "forms_returned"
    assert view(office, case).posted_on == office.today


def test_a_posting_is_not_taken_back_once_its_forms_came(office: TestOffice) -> None:
    case = office.returned()

    refused = office.do(case, "undo_posting", UndoPosting(letter=f"{case}-01", why=WHY))

    assert codes_of(refused.reasons) == ["forms_came_since"]
    assert "receive-forms" in say_all(refused.reasons, "en")[0]


def test_a_posting_of_what_came_back_is_taken_back_after_its_return_was(office: TestOffice) -> None:
    case, number = ready(office)
    office.must(case, "mail_forms", MailForms())
    office.must(case, "record_return", RecordReturn(letter=number, reason=ReturnReason.MOVED))

    refused = office.do(case, "undo_posting", UndoPosting(letter=number, why=WHY))
    office.must(case, "undo_return", UndoReturn(letter=number, why=WHY))
    office.must(case, "undo_posting", UndoPosting(letter=number, why=WHY))

    assert codes_of(refused.reasons) == ["came_back_since"]
    assert (office.case(case).state, states_of(office, case)) == ("contacted", {"01 request_forms": "printed"})


def test_reminders_of_a_posting_that_was_not_are_void_or_told_of(office: TestOffice) -> None:
    case, _ = office.mailed()
    posted = office.today
    office.reminded(case, posted, [10])
    office.working_day(posted, 20)
    office.sweep()

    undone = office.must(case, "undo_posting", UndoPosting(letter=f"{case}-01", why=WHY))

    assert codes_of(undone.reasons) == ["reminded_already"]
    assert states_of(office, case) == {
        "01 request_forms": "printed",
        "02 reminder": "posted",
        "03 reminder": "void",
    }


def test_a_day_told_in_a_posted_letter_does_not_move_earlier_with_the_posting_day(office: TestOffice) -> None:
    case = office.opened()
    told = view(office, case).letters[0].told
    assert told is not None
    office.working_day(office.today, 5)
    office.make_letters(case)
    office.print_letters(case)
    printed = office.today
    office.working_day(office.today, 5)
    office.must(case, "mail_forms", MailForms())
    late = deadlines(office, case)["lapse"][1]

    office.must(case, "amend_posting", AmendPosting(letter=f"{case}-01", why=WHY, on=printed))

    assert view(office, case).posted_on == printed
    moved = deadlines(office, case)["lapse"][1]
    assert moved < late
    assert moved.date() > told


def test_a_wrong_posting_day_is_put_right_and_the_deadlines_count_from_the_right_one(office: TestOffice) -> None:
    case, number = ready(office)
    printed = office.today
    office.working_day(printed, 4)
    office.must(case, "mail_forms", MailForms())
    calendar = office.calendar()

    amended = office.must(case, "amend_posting", AmendPosting(letter=number, why=WHY, on=printed))

    assert (amended.transition, amended.state) == ("amend_posting", "forms_mailed")
    right = calendar.opening(calendar.add_working_days(printed, 10))
    assert deadlines(office, case)["remind"] == (1, right)
    details = last_row(office, case).details
    assert (details["was"], details["on"], details["amends"]) == (
        calendar.add_working_days(printed, 4).isoformat(),
        printed.isoformat(),
        2,
    )
    expires = office.ask("SELECT expires_on FROM form_code WHERE case_id = :id", id=office.case(case).id)[0][0]
    assert str(expires) == (printed + timedelta(days=180)).isoformat()


def test_a_reminder_that_counted_from_the_wrong_day_never_leaves_the_house(office: TestOffice) -> None:
    case, number = ready(office)
    office.must(case, "mail_forms", MailForms())
    posted = office.today
    office.working_day(posted, 10)
    office.sweep()
    right = office.calendar().add_working_days(posted, 7)

    amended = office.must(case, "amend_posting", AmendPosting(letter=number, why=WHY, on=right))

    assert codes_of(amended.reasons) == ["reminder_void"]
    assert states_of(office, case)["02 reminder"] == "void"
    due = deadlines(office, case)["remind"]
    assert due == (2, office.calendar().opening(office.calendar().add_working_days(right, 20)))


@pytest.mark.parametrize(
    ("days", "code"), [(1, "in_the_future"), (-1, "posted_before_printed"), (0, "posting_is_right")]
)
def test_a_day_that_cannot_be_is_refused(office: TestOffice, days: int, code: str) -> None:
    case, number = ready(office)
    office.must(case, "mail_forms", MailForms())

    day = office.today + timedelta(days=days)
    refused = office.do(case, "amend_posting", AmendPosting(letter=number, why=WHY, on=day))

    assert codes_of(refused.reasons) == [code]


def test_a_posting_day_after_the_arrival_is_refused_and_one_before_it_is_not(office: TestOffice) -> None:
    case, number = ready(office)
    printed = office.today
    office.working_day(printed, 3)
    office.must(case, "mail_forms", MailForms())
    office.must(case, "receive_forms", office.an_arrival(None))
    office.working_day(office.today, 2)

    late = office.do(case, "amend_posting", AmendPosting(letter=number, why=WHY, on=office.today))
    office.must(case, "amend_posting", AmendPosting(letter=number, why=WHY, on=printed))

    assert codes_of(late.reasons) == ["posted_after_arrival"]
    assert view(office, case).posted_on == printed


def test_how_a_letter_was_posted_is_put_right_and_its_day_stays(office: TestOffice) -> None:
    case, number = ready(office)
    office.must(case, "mail_forms", MailForms(tracking="1111"))
    before = deadlines(office, case)

    office.must(
        case,
        "amend_posting",
        AmendPosting(letter=number, why=WHY, tracking="2222", mail_class=MailClass.SIMPLE_REGISTERED),
    )

    row = office.ask("SELECT posted_on, tracking, mail_class FROM letter WHERE number = :number", number=number)[0]
    assert (str(row.posted_on), row.tracking, row.mail_class) == (str(office.today), "2222", "simple_registered")
    assert deadlines(office, case) == before


def test_an_answer_that_was_not_posted_is_owed_again_and_nothing_fires_twice(office: TestOffice) -> None:
    case = office.fulfilled()
    arrived = view(office, case).first_arrived_on
    assert arrived is not None
    office.make_letters(case)
    office.move_to(office.calendar().opening(arrived + timedelta(days=11)))
    office.sweep()
    office.sweep(letters=True)
    office.print_letters(case)
    number = f"{case}-02"
    office.must(case, "record_posting", RecordPosting(letter=number))
    assert "appi_39" not in deadlines(office, case)

    office.must(case, "undo_posting", UndoPosting(letter=number, why=WHY))
    office.move_to(office.calendar().opening(arrived + timedelta(days=16)))
    office.sweep()
    office.sweep(letters=True)

    fired = [row.cause for row in office.ask("SELECT cause FROM history WHERE cause LIKE 'timer:%' ORDER BY seq")]
    assert fired.count("timer:appi_39:0:1") == fired.count("timer:warn:0:1") == 1
    assert len([cause for cause in fired if "unposted" in cause]) == 2
    assert states_of(office, case)["02 disclosure_notification"] == "printed"


# -- returns --------------------------------------------------------------------------------------------------------


def test_a_return_of_the_wrong_letter_is_taken_back_and_the_forms_may_come(office: TestOffice) -> None:
    case, code = office.mailed()
    posted, before = office.today, deadlines(office, case)
    office.working_day(posted, 2)
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    assert code_state(office, case) == "void"

    undone = office.must(case, "undo_return", UndoReturn(letter=f"{case}-01", why=WHY))

    assert (undone.transition, undone.state) == ("undo_undeliverable", "forms_mailed")
    assert (code_state(office, case), deadlines(office, case)) == ("live", before)
    office.must(case, "receive_forms", office.an_arrival(code))
    assert office.case(case).hold is None
    assert view(office, case).came_from == view(office, case).stated[view(office, case).mail_to].address


def test_a_reminder_sent_before_the_wrong_return_is_not_sent_again(office: TestOffice) -> None:
    case, _ = office.mailed()
    posted = office.today
    office.reminded(case, posted, [10])
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    office.must(case, "undo_return", UndoReturn(letter=f"{case}-01", why=WHY))

    office.sweep()
    office.working_day(posted, 20)
    office.sweep()

    assert [row for row in transitions_of(office, case) if row == "remind"] == ["remind", "remind"]


def test_a_return_taken_back_after_new_forms_were_ordered_voids_those(office: TestOffice) -> None:
    case, code = office.mailed()
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    office.must(case, "amend", Amend(why=WHY, note="rang"))
    assert states_of(office, case)["02 request_forms"] == "ordered"

    undone = office.must(case, "undo_return", UndoReturn(letter=f"{case}-01", why=WHY))

    assert codes_of(undone.reasons) == ["letter_void_now"]
    assert states_of(office, case) == {"01 request_forms": "posted", "02 request_forms": "void"}
    assert (code_state(office, case, 1), code_state(office, case, 2)) == ("live", "void")
    office.must(case, "receive_forms", office.an_arrival(code))


def test_a_return_taken_back_after_the_next_forms_went_out_changes_the_letter_alone(office: TestOffice) -> None:
    case, _ = office.mailed()
    office.must(case, "undeliverable", Undeliverable(reason=ReturnReason.MOVED))
    office.must(case, "amend", Amend(why=WHY, note="rang"))
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    undone = office.must(case, "undo_return", UndoReturn(letter=f"{case}-01", why=WHY))

    assert (undone.transition, undone.state) == ("undo_return", "forms_mailed")
    assert codes_of(undone.reasons) == ["newer_forms_count"]
    assert code_state(office, case, 1) == "void"


def test_the_return_of_an_answer_is_taken_back_and_is_not_chased(office: TestOffice) -> None:
    case = office.fulfilled()
    (number,) = office.post_letters(case)
    office.must(case, "record_return", RecordReturn(letter=number, reason=ReturnReason.MOVED))
    assert "came_back" in deadlines(office, case)

    office.must(case, "undo_return", UndoReturn(letter=number, why=WHY))

    assert "came_back" not in deadlines(office, case)
    again = office.do(case, "post_again", by=APPROVER)
    assert codes_of(again.reasons) == ["nothing_returned"]


# -- sent again -----------------------------------------------------------------------------------------------------


def test_forms_that_never_came_are_sent_again_without_saying_they_came_back(office: TestOffice) -> None:
    case, _ = office.mailed()

    again = office.must(case, "mail_again", TakeBack(why="she rang: nothing came"))

    assert (again.state, codes_of(again.reasons)) == ("contacted", ["sent_again"])
    assert states_of(office, case) == {"01 request_forms": "posted", "02 request_forms": "ordered"}
    assert (code_state(office, case, 1), code_state(office, case, 2)) == ("void", "live")
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())
    assert office.case(case).state == "forms_mailed"


def test_a_notice_sent_again_asks_for_what_it_asked_for(office: TestOffice) -> None:
    case = office.returned(proven=False)
    office.must(case, "ask_again")
    office.make_letters(case)
    office.print_letters(case)
    office.must(case, "mail_forms", MailForms())

    office.must(case, "mail_again", TakeBack(why="she rang: nothing came"))

    assert states_of(office, case)["03 deficiency_notice"] == "ordered"
    office.make_letters(case, typeset=True)


def test_answers_with_whom_nothing_is_wrong_stay(office: TestOffice) -> None:
    case = office.decided()
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    refused = office.do(case, "undo_posting", UndoPosting(letter=f"{case}-02", why=WHY))
    strange = office.do(case, "undo_return", UndoReturn(letter=f"{case}-01", why=WHY))
    nobody = office.do(case, "amend_posting", AmendPosting(letter=f"{case}-09", why=WHY, on=date(2026, 11, 9)))

    assert codes_of(refused.reasons) == ["posting_not_recorded"]
    assert codes_of(strange.reasons) == ["return_not_recorded"]
    assert codes_of(nobody.reasons) == ["no_such_letter"]


def test_forms_of_which_pages_lie_here_were_posted(office: TestOffice, scanner: Scanner) -> None:
    case, code = mailed_in_january(office)
    scanner.scan(office, scanner.file(mark(case, code, 1), mark(case, code, 2)))

    refused = office.do(case, "undo_posting", UndoPosting(letter=f"{case}-01", why=WHY))

    assert codes_of(refused.reasons) == ["pages_lie_here"]
    assert "receive-forms" in say_all(refused.reasons, "en")[0]


def test_pages_of_an_arrival_that_is_taken_back_wait_for_somebody_again(office: TestOffice, scanner: Scanner) -> None:
    case, code = mailed_in_january(office)
    scanner.scan(office, scanner.file(mark(case, code, 1), mark(case, code, 2)))
    office.must(case, "receive_forms", office.an_arrival(code))
    assert registered(office) == [True, True]
    assert office.case(case).todo == "verify"

    office.must(case, "undo_arrival", TakeBack(why=WHY))

    assert registered(office) == [False, False]
    assert (office.case(case).todo, office.case(case).scanned_at) == ("register", office.now)
    assert office.case(case).todo_by is not None


def registered(office: TestOffice) -> list[bool]:
    return [bool(row.registered) for row in office.ask("SELECT registered FROM scan_page ORDER BY id")]
