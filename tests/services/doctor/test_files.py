"""The doctor looks at files: scanned pages and letters gone, altered, or left behind by somebody who died."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from clock import machine_now
from models import effect as effect_rows
from models.effect import effect
from models.session import reading
from models.staff import office_event
from services.engine import outbox
from services.letters import making, strays
from services.letters.typesetting import Typeset
from services.returns import examine, sorting
from tests.office import TestOffice
from tests.services.doctor.findings import KUDO, examined, findings
from tests.services.scans_fakes import SATO, Scanner, mark
from workflows.letters import LetterContent
from workflows.request.payloads import Withdraw
from workflows.request.values import ToldHow

# -- scanned pages ----------------------------------------------------------------------------------------------


@pytest.fixture
def scanned(one_office: TestOffice, tmp_path: Path) -> TestOffice:
    """An office with two pages of a form kept and one page in the tray, all of it in order."""
    case, code = one_office.mailed()
    scanner = Scanner(tmp_path)
    scanner.scan(one_office, scanner.file(mark(case, code, 1), mark(case, code, 2), ""))
    assert findings(one_office) == []
    return one_office


def sealed(office: TestOffice, store: str) -> Path:
    return min((office.settings.var / store).rglob("*.sealed"))


@pytest.mark.parametrize("store", ["evidence", "tray"])
def test_a_scanned_page_that_is_gone_or_altered_is_found(scanned: TestOffice, store: str) -> None:
    case = scanned.ask('SELECT number FROM "case"')[0].number if store == "evidence" else None
    file = sealed(scanned, store)
    written = file.read_bytes()
    file.write_bytes(written[:-1] + b"x")
    altered, quick = findings(scanned), findings(scanned, files=False)

    file.unlink()

    assert (altered, quick) == ([(case, "scan_differs")], [])
    assert findings(scanned) == [(case, "scan_missing")]


@pytest.mark.parametrize("store", ["evidence", "tray"])
@pytest.mark.parametrize("name", ["26/000/P26-000009.sealed", ".P26-000001.sealed.0123456789abcdef"])
def test_a_file_that_belongs_to_no_page_is_found(scanned: TestOffice, store: str, name: str) -> None:
    stray = scanned.settings.var / store / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"stray")

    (found,) = examined(scanned)

    assert (found.what, found.detail.params["file"]) == ("stray_scan", Path(name).name)


def test_a_scan_that_broke_off_is_found_once_it_is_old_and_its_drafts_are_nobodys_fault(scanned: TestOffice) -> None:
    scanned.tell("UPDATE scan_page SET state = 'arriving' WHERE number = 'P26-000001'")
    scanned.tell("UPDATE tray SET state = 'arriving'")
    draft = sealed(scanned, "evidence").with_name(".P26-000001.sealed.0123456789abcdef")
    draft.write_bytes(b"half a pa")
    fresh = findings(scanned)
    assert scanned.now is not None
    scanned.move_to(scanned.now + timedelta(minutes=6))

    old = findings(scanned)

    assert fresh == []
    assert [what for _, what in old] == ["scan_broken_off", "scan_broken_off"]


def test_an_assignment_that_broke_off_is_found(scanned: TestOffice) -> None:
    scanned.tell("UPDATE scan_page SET state = 'arriving', tray = 'T26-0001' WHERE number = 'P26-000001'")
    assert scanned.now is not None
    scanned.move_to(scanned.now + timedelta(minutes=6))

    assert [what for _, what in findings(scanned)] == ["assignment_broken_off"]


def test_a_page_that_waits_too_long_or_left_the_tray_and_lies_there_is_found(scanned: TestOffice) -> None:
    assert scanned.now is not None
    scanned.move_to(scanned.now + timedelta(days=2))
    waits = [what for _, what in findings(scanned) if what != "overdue_letter"]
    scanned.tell("UPDATE tray SET state = 'destroyed', thumbnail = NULL")

    assert waits == ["tray_waits"]
    assert [what for _, what in findings(scanned) if what != "overdue_letter"] == ["tray_not_cleared"]


def test_a_page_in_the_tray_whose_key_is_gone_is_found(scanned: TestOffice) -> None:
    scanned.keys.destroy("T26-0001")

    assert [what for _, what in findings(scanned)] == ["tray_key_missing"]


def test_a_page_that_leaves_the_tray_while_the_doctor_looks_is_no_stray(scanned: TestOffice) -> None:
    there = examine.lying(scanned.settings)
    sorting.destroy("T26-0001", sorting.Discard.BLANK, SATO, scanned.unit)
    with reading(scanned.engine) as db:
        pages, waiting = examine.rows(db)
        found = list(examine.examine(there, pages, waiting, scanned.at(db), files=True))

    assert (len(there.tray), found) == (1, [])


def test_what_is_kept_of_an_erased_case_is_not_asked_for(scanned: TestOffice) -> None:
    scanned.tell("UPDATE \"case\" SET erased_at = '2026-11-10 00:00:00'")
    scanned.tell("DELETE FROM person_word")
    for file in (scanned.settings.evidence).rglob("*.sealed"):
        file.unlink()

    # Its key is still there; and what lists say was not written with it, its clocks not ended, as `erase` does.
    assert {what for _, what in findings(scanned)} == {"erased_in_part", "listed_differs", "orphan_timer"}


# -- the spool ------------------------------------------------------------------------------------------------------


def left_behind(office: TestOffice) -> tuple[str, Path, Row[Any]]:
    """Return a case whose letter became void between its link and its row, its file, and its effect as claimed."""
    case = office.opened()
    with office.writing() as db:
        row = effect_rows.heard(
            db, office.ask("SELECT id FROM effect WHERE case_number = :case", case=case)[0].id, machine_now()
        )
        assert row is not None
        assert effect_rows.claim(db, row, machine_now(db) - timedelta(seconds=61))
        here = office.at(db)
    sheet = office.settings.spool / making.render(row, here, office.unit, typeset=_sheet).path
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.make_letters(case)
    return case, sheet, row


def _sheet(_: LetterContent) -> Typeset:
    return Typeset(b"%PDF", 1, hashlib.sha256(b"%PDF").hexdigest())


def test_what_a_killed_worker_left_of_a_void_letter_is_named_and_removed(office: TestOffice) -> None:
    case, sheet, _ = left_behind(office)
    draft = sheet.with_name(f".{sheet.name}.0123456789abcdef")
    draft.write_bytes(b"half a let")

    before = findings(office)
    files = [str(one.detail.params["file"]) for one in examined(office) if one.what in strays.REMOVABLE]
    removed = strays.remove([*files, f"26/000/{case}-02.pdf"], office.unit, KUDO)

    assert before == [(case, "stray_draft"), (case, "stray_file")]
    assert [(one.case, one.what) for one in removed] == before
    assert (sheet.exists(), draft.exists(), findings(office)) == (False, False, [])
    log = office.ask(select(office_event.c.details).where(office_event.c.what == "doctor_repaired"))
    assert [row.details["file"] for row in log] == files


def test_a_worker_that_was_thought_dead_does_not_own_a_file_that_was_removed(office: TestOffice) -> None:
    case, sheet, row = left_behind(office)
    strays.remove([str(sheet.relative_to(office.settings.spool))], office.unit, KUDO)

    with office.writing() as db:
        made = making.Made("26/000/x.pdf", "0" * 64, 1)
        finished = outbox.finish(db, row, making.LETTERS, made, office.at(db))

    assert not finished
    assert office.ask("SELECT path FROM letter WHERE number = :number", number=f"{case}-01")[0].path is None


def test_what_a_worker_may_still_be_writing_is_left_alone(office: TestOffice) -> None:
    _, sheet, _ = left_behind(office)
    with office.writing() as db:
        db.execute(update(effect).values(claimed_at=machine_now(db)))

    found = findings(office)
    removed = strays.remove([str(sheet.relative_to(office.settings.spool))], office.unit, KUDO)

    assert (found, removed, sheet.exists()) == ([], [], True)


def test_a_file_under_a_number_nobody_has_is_named_and_never_removed(office: TestOffice) -> None:
    office.opened()
    office.make_letters()
    foreign = office.settings.spool / "26" / "000" / "26-000999-X-01.pdf"
    foreign.write_bytes(b"%PDF posted before the backup was restored")

    found = findings(office)
    removed = strays.remove(["26/000/26-000999-X-01.pdf"], office.unit, KUDO)

    assert (found, removed, foreign.exists()) == ([(None, "unknown_file")], [], True)
