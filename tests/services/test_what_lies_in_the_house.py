"""Silence is no answer: what lies in the house unregistered keeps the clock from saying that nothing came."""

from datetime import timedelta

from sqlalchemy import event, select

from models.letter import letter
from models.session import reading
from services.audit import doctor
from services.reports.cases import the_case
from services.returns import sorting
from services.returns.sorting import Discard, FormPage
from tests.office import TestOffice
from tests.services.days import LAST, NEXT_DAY, POSTED, at, mailed_in_january, plain, steps, swept
from tests.services.scans_fakes import SATO, Scanner, cover, mark
from workflows.engine.calendars import ONE_DAY
from workflows.request.payloads import AskAgain
from workflows.request.values import FormName


def told(office: TestOffice, code: str) -> list[tuple[str, int]]:
    rows = office.ask("SELECT role, params FROM notice WHERE code = :code ORDER BY id", code=code)
    return [(row.role, plain(row.params)["times"]) for row in rows]


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
    with reading(office.engine) as db:
        first = the_case(db, office.case(case), office.at(db), "en")["deadlines"][0]
    assert first["why"].startswith(f"asked again on {first['at'][:10]}: something is to be registered")


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
