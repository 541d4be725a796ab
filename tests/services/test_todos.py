"""What a person must do next: stored by whatever changes it, and held against what it follows from."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.case import case as cases
from models.session import reading
from services.audit import doctor
from services.engine import todos
from services.letters import printing
from services.office import office_days
from services.office.office_days import Change
from services.reports.worklist import Wanted, worklist
from services.returns import sorting
from services.returns.sorting import FormPage
from tests.office import APPROVER, LEAD, MONDAY, VERIFIER, TestOffice
from tests.services.days import at
from tests.services.doctor.findings import KUDO
from tests.services.lived import ELSEWHERE, with_every_job
from tests.services.scans_fakes import SATO, Scanner, mark
from workflows.engine.calendars import ONE_DAY
from workflows.engine.jobs import Job, Jobs, Todo
from workflows.engine.machine import BadDefinition
from workflows.engine.procedure import Procedure
from workflows.engine.values import Role
from workflows.request.payloads import AskAgain, Hold
from workflows.request.procedure import request
from workflows.request.values import FormName, HoldReason

COLUMNS = ("todo", "todo_by", "legal_at", "press_at", "pressing")


def listed(office: TestOffice, **wanted: object) -> list[dict[str, object]]:
    with reading(office.engine) as db:
        return worklist(db, office.at(db), Wanted(**wanted))  # type: ignore[arg-type]


def todo_of(office: TestOffice, case: str) -> str | None:
    found: str | None = office.case(case).todo
    return found


def differing(office: TestOffice) -> list[tuple[str | None, object]]:
    return [
        (one.case, one.detail.params["field"]) for one in doctor.examine(office.unit) if one.what == "listed_differs"
    ]


def test_the_next_job_of_every_kind_of_case_is_the_one_a_clerk_would_name(office: TestOffice, scanner: Scanner) -> None:
    expected = with_every_job(office, scanner)

    rows = office.ask(select(cases.c.number, cases.c.todo))

    assert {row.number: row.todo for row in rows} == {**{row.number: None for row in rows}, **expected}
    assert {todo for todo in expected.values() if todo} == {*map(str, Todo)} - ELSEWHERE
    assert differing(office) == []
    for todo in Todo:
        found = {line["case"] for line in listed(office, todo=todo)}
        assert found == {case for case, what in expected.items() if what == todo}, todo


def test_a_letter_printed_a_page_scanned_and_an_arrival_each_change_it_at_once(
    office: TestOffice, scanner: Scanner
) -> None:
    case = office.opened()
    code = office.code_of(case)
    assert code is not None
    seen = [todo_of(office, case)]
    office.make_letters(case)
    office.print_letters(case)
    seen.append(todo_of(office, case))
    office.post_letters(case)
    seen.append(todo_of(office, case))
    scanner.scan(office, scanner.file(mark(case, code, 1)))
    seen.append(todo_of(office, case))
    office.must(case, "receive_forms", office.an_arrival(code))
    seen.append(todo_of(office, case))

    assert seen == ["print", "post", None, "register", "verify"]
    assert office.case(case).scanned_at is None


def test_who_released_verified_or_decided_may_not_release(office: TestOffice) -> None:
    case = office.decided()

    (line,) = listed(office, todo=Todo.RELEASE)

    assert line["case"] == case
    assert line["who"] == {"roles": ["approver", "lead"], "not": [VERIFIER]}
    assert "release" not in str(listed(office, todo=Todo.VERIFY))
    assert APPROVER not in str(line["who"])


def test_a_case_that_waits_for_the_person_is_not_overdue_when_the_clock_comes_to_remind(office: TestOffice) -> None:
    waits, _ = office.mailed()
    lies = office.opened()
    reminded = office.calendar().add_working_days(office.today, 10)

    office.move_to(at(reminded, 9, 31))
    lines = {line["case"]: line for line in listed(office)}

    assert office.case(waits).due_at <= office.now  # the reminder is due and has not fired
    assert not lines[waits]["overdue"]
    assert lines[lies]["overdue"]  # nobody printed its forms
    assert [line["case"] for line in listed(office)] == [lies, waits]


def test_a_date_of_the_law_counts_in_the_order_whatever_the_office_has_set_itself(office: TestOffice) -> None:
    """A case back from the person for the second time has three working days; the law's day is tomorrow."""
    pressed, code = office.mailed()
    office.must(pressed, "receive_forms", office.an_arrival(code, proven=False))
    office.must(pressed, "ask_again", AskAgain(), by=VERIFIER)
    first = office.today
    office.move_to(at(first + 11 * ONE_DAY))
    while office.sweep() or office.sweep(letters=True):
        pass
    code = office.code_of(pressed) or ""
    office.post_letters(pressed)
    office.working_day(first + 12 * ONE_DAY, 1)
    fresh = office.opened()
    office.must(pressed, "receive_forms", office.an_arrival(code))
    lines = listed(office)

    assert [line["case"] for line in lines] == [pressed, fresh]
    assert lines[0]["legal"] is not None
    assert lines[1]["legal"] is None
    by, law = office.case(pressed).todo_by, office.case(pressed).legal_at
    assert office.case(pressed).press_at == min(by, law) == law


def test_what_stands_still_on_a_hold_has_no_term_and_gets_one_when_it_is_lifted(office: TestOffice) -> None:
    case = office.returned()
    before = office.case(case)
    office.must(case, "hold", Hold(reason=HoldReason.AWAITING_INFORMATION))
    held = office.case(case)
    office.must(case, "resume")
    after = office.case(case)

    assert (before.todo, held.todo, after.todo) == ("verify", None, "verify")
    assert (held.todo_by, after.todo_by) == (None, before.todo_by)
    assert held.legal_at == before.legal_at  # no hold stops the law


def test_what_is_printed_for_real_is_to_be_posted(office: TestOffice, tmp_path: Path) -> None:
    case = office.opened()
    office.make_letters(case)
    (tmp_path / "out").mkdir()
    printing.print_letters(None, tmp_path / "out", SATO, office.unit, office.engine, language="ja")

    assert todo_of(office, case) == "post"


def test_a_page_that_somebody_assigns_out_of_the_tray_is_to_be_registered(office: TestOffice, scanner: Scanner) -> None:
    case, _ = office.mailed()
    scanner.scan(office, scanner.file("no code of ours"))
    (page,) = office.ask("SELECT number FROM tray")

    sorting.assign(page.number, case, FormPage(FormName.DISCLOSURE, 1), SATO, office.unit)

    assert todo_of(office, case) == "register"
    assert differing(office) == []


def test_a_day_the_office_closes_moves_every_term_those_without_a_timer_too(
    office: TestOffice, scanner: Scanner
) -> None:
    verify = office.returned()
    lapsed, code = office.mailed()
    office.reminded(lapsed, office.today)
    office.working_day(office.today, 21)
    office.sweep()
    office.post_letters(lapsed)
    scanner.scan(office, scanner.file(mark(lapsed, code, 1)))  # it came after all, and nothing of the case is due
    tomorrow = office.calendar().add_working_days(office.today, 1)
    before = [office.case(lapsed).todo, office.case(lapsed).todo_by]

    office_days.carry_through(office.unit, Change((tomorrow,), closes=True, name="創立記念日"), LEAD)

    calendar = office.calendar()
    assert before == ["register", calendar.opening(tomorrow)]
    assert office.case(lapsed).todo_by == calendar.opening(calendar.add_working_days(office.today, 1))
    assert office.case(lapsed).todo_by > calendar.opening(tomorrow)
    assert (office.case(verify).todo, differing(office)) == ("verify", [])


def test_the_doctor_finds_a_wrong_job_and_repairs_it_from_what_lies_there(office: TestOffice, scanner: Scanner) -> None:
    with_every_job(office, scanner)
    listed = (cases.c.number, cases.c.scanned_at, *(cases.c[name] for name in COLUMNS))
    before = office.ask(select(*listed).order_by(cases.c.id))
    office.tell("UPDATE \"case\" SET todo = 'search', scanned_at = NULL, todo_by = NULL, press_at = NULL")

    found = {field for _, field in differing(office)}
    doctor.repair([row.number for row in before], office.unit, KUDO)

    assert found >= {"todo", "scanned_at", "todo_by", "press_at"}
    assert differing(office) == []
    assert office.ask(select(*listed).order_by(cases.c.id)) == before


def test_a_job_that_nobody_could_do_or_that_has_no_term_is_refused_when_it_is_loaded() -> None:
    nobody = Jobs(kinds={Todo.PRINT: Job(by=(Role.SYSTEM,))})
    termless = Jobs(kinds={Todo.PRINT: Job(by=(Role.CLERK,), terms=("some_day",))})

    for jobs in (nobody, termless):
        with pytest.raises(BadDefinition):
            Procedure(machine=request, jobs=jobs)


def test_what_presses_is_the_clocks_moment_only_where_it_is_nobodys_turn() -> None:
    now = MONDAY
    hour = timedelta(hours=1)

    assert todos._press(Todo.PRINT, now + hour, now) == {"press_at": now + hour, "pressing": True}
    assert todos._press(None, now + hour, now) == {"press_at": now, "pressing": False}
    assert todos._press(None, now, now + hour) == {"press_at": now, "pressing": True}
    assert todos._press(Todo.PRINT, None, now) == {"press_at": now, "pressing": False}
