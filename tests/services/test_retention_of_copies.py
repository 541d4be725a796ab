"""Copies of identity documents are destroyed, key and file, once the answer is posted or none is owed (S47)."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.keys import KeyDestroyed
from services.audit import doctor
from services.returns import papers, retention, sorting, store
from services.returns.sorting import FormPage, Kept, Masked, PaperPage
from tests.office import LEAD, TestOffice, codes_of
from tests.services.scans_fakes import SATO, Scanner
from workflows.engine.machine import Refused
from workflows.letters import RecordPosting
from workflows.request.payloads import Fulfil, Void, Withdraw
from workflows.request.values import FormName, Party, ToldHow, VoidReason

LICENCE = PaperPage("drivers_licence", Party.SUBJECT, Masked.NOT_SHOWN)


def with_a_copy(office: TestOffice, scanner: Scanner, case: str) -> str:
    """Put a copy of a licence to the case and return the page's number."""
    found = scanner.scan(office, scanner.file(""))
    kept = sorting.assign(found.unmatched[0].tray, case, LICENCE, SATO, office.unit)
    assert isinstance(kept, Kept)
    return kept.number


def sweep(office: TestOffice) -> int:
    return retention.sweep(office.unit)


def sealed(office: TestOffice) -> list[Path]:
    return sorted(path for path in office.settings.evidence.rglob("*") if path.is_file())


def post_the_answer(office: TestOffice, case: str) -> None:
    office.make_letters(case)
    office.print_letters(case)
    newest = office.ask("SELECT max(number) AS number FROM letter WHERE kind = 'disclosure_notification'")[0].number
    office.must(case, "record_posting", RecordPosting(letter=newest))


@pytest.mark.requirement("S47")
def test_a_copy_is_destroyed_when_the_answer_is_posted_and_not_before(office: TestOffice, scanner: Scanner) -> None:
    case = office.decided()
    page = with_a_copy(office, scanner, case)
    decided = sweep(office)
    office.must(case, "fulfil", Fulfil(), by=LEAD)
    fulfilled = sweep(office)
    post_the_answer(office, case)

    answered, again = sweep(office), sweep(office)

    assert (decided, fulfilled, answered, again) == (0, 0, 1, 0)
    assert sealed(office) == []
    with pytest.raises(KeyDestroyed):
        office.keys.get(page)
    (event,) = office.ask("SELECT actor, details FROM office_event WHERE what = 'copies_destroyed'")
    details = event.details if isinstance(event.details, dict) else json.loads(event.details)
    assert (event.actor, details["case"], details["state"]) == ("system", case, "fulfilled")
    assert details["pages"] == [{"page": page, "document": "drivers_licence", "holder": "subject"}]


def test_where_nothing_is_to_be_destroyed_nobody_is_kept_from_writing(office: TestOffice, scanner: Scanner) -> None:
    with_a_copy(office, scanner, office.lapsed())  # closed, and its copy is still needed
    with_a_copy(office, scanner, office.decided())

    def never() -> Any:
        raise AssertionError("a sweep that finds nothing has begun to write")

    assert retention.sweep(replace(office.unit, begin=never)) == 0


@pytest.mark.requirement("S47")
@pytest.mark.parametrize("ending", ["withdraw", "void"])
def test_where_no_answer_is_owed_a_copy_is_destroyed_at_once(office: TestOffice, scanner: Scanner, ending: str) -> None:
    case, _ = office.mailed()
    with_a_copy(office, scanner, case)
    payload = Withdraw(on=office.today, how=ToldHow.PHONE) if ending == "withdraw" else Void(reason=VoidReason.MISTAKE)
    office.must(case, ending, payload, by=LEAD)

    assert (sweep(office), sealed(office)) == (1, [])


def test_a_lapsed_case_keeps_its_copies_because_it_can_be_taken_up_again(office: TestOffice, scanner: Scanner) -> None:
    case = office.lapsed()
    with_a_copy(office, scanner, case)

    assert (sweep(office), len(sealed(office))) == (0, 1)


def test_pages_of_forms_stay_when_copies_go(office: TestOffice, scanner: Scanner) -> None:
    case = office.decided()
    with_a_copy(office, scanner, case)
    found = scanner.scan(office, scanner.file(""))
    form = sorting.assign(found.unmatched[0].tray, case, FormPage(FormName.DISCLOSURE, 1), SATO, office.unit)
    office.must(case, "fulfil", Fulfil(), by=LEAD)
    post_the_answer(office, case)

    sweep(office)

    with office.writing() as db:
        here = office.at(db)
        left = [page.number for page in papers.pages(db, office.case(case), SATO, here)]
        counts = (papers.held(db, office.case(case).id), papers.destroyed(db, office.case(case).id))
    assert isinstance(form, Kept)
    assert (left, counts) == ([form.number], (1, 1))


def test_a_sweep_that_dies_between_record_and_file_is_finished_by_the_next(
    office: TestOffice, scanner: Scanner
) -> None:
    case, _ = office.mailed()
    page = with_a_copy(office, scanner, case)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    with office.writing() as db:
        row = office.case(case)
        retention._end(db, [row], office.at(db))
    assert office.now is not None
    office.move_to(office.now + timedelta(minutes=6))
    named = [one.what for one in doctor.examine(office.unit) if one.what == "copy_not_cleared"]

    gone = retention.clear(office.unit)

    assert (named, gone, sealed(office)) == (["copy_not_cleared"], 1, [])
    assert len(office.ask("SELECT 1 FROM office_event WHERE what = 'copies_destroyed'")) == 1
    with pytest.raises(KeyDestroyed):
        office.keys.get(page)


def test_nothing_can_be_put_to_a_case_that_needs_no_copies_any_more(office: TestOffice, scanner: Scanner) -> None:
    case, _ = office.mailed()
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    found = scanner.scan(office, scanner.file(""))

    refused = sorting.assign(found.unmatched[0].tray, case, LICENCE, SATO, office.unit)

    assert isinstance(refused, Refused)
    assert codes_of(refused.reasons) == ["tray.copies_not_needed"]
    assert sealed(office) == []


def test_a_copy_does_not_open_under_the_key_of_its_case(office: TestOffice, scanner: Scanner) -> None:
    case, _ = office.mailed()
    page = with_a_copy(office, scanner, case)
    row = office.ask("SELECT * FROM scan_page WHERE number = :page", page=page)[0]

    with pytest.raises(store.PageDamaged):
        store.get(office.settings.evidence, "scan_page", row, office.keys.get(case))
    assert store.get(office.settings.evidence, "scan_page", row, office.keys.get(page))


def test_a_copy_is_shown_under_its_own_key_and_the_doctor_misses_that_key(office: TestOffice, scanner: Scanner) -> None:
    case, _ = office.mailed()
    page = with_a_copy(office, scanner, case)
    with office.writing() as db:
        shown = [one.number for one in papers.pages(db, office.case(case), SATO, office.at(db))]
    before = [one.what for one in doctor.examine(office.unit)]

    office.keys.destroy(page)

    after = [one.what for one in doctor.examine(office.unit)]
    assert (shown, before, after) == ([page], [], ["page_key_missing"])


@pytest.mark.parametrize("left", ["file", "key"])
def test_a_number_that_had_a_copy_before_the_database_was_restored_is_not_used_again(
    office: TestOffice, scanner: Scanner, left: str
) -> None:
    case, _ = office.mailed()
    earlier = with_a_copy(office, scanner, case)
    office.tell("DELETE FROM scan_page")
    office.tell("DELETE FROM tray")
    office.tamper("UPDATE counter SET value = 0 WHERE name LIKE 'scan/%'")
    before = sealed(office)[0].read_bytes()
    if left == "key":
        office.keys.destroy(earlier)
        sealed(office)[0].unlink()
    found = scanner.scan(office, scanner.file(""))

    with pytest.raises(store.StoreTaken):
        sorting.assign(found.unmatched[0].tray, case, LICENCE, SATO, office.unit)

    assert office.ask("SELECT 1 FROM scan_page") == []
    assert [file.read_bytes() for file in sealed(office)] == ([before] if left == "file" else [])
    for file in sealed(office):  # the checker would rightly call it nobody's
        file.unlink()
