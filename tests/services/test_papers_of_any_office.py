"""Paper in an office that never wrote a procedure: a time, a list, a red line, a signature and a way back (S47)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models import case as cases
from models.incident import notice
from models.session import reading
from models.timer import PAPERS, timer
from services.audit import doctor
from services.ending import erasing, holds
from services.reports.health_attention import attention
from services.returns import disposals
from tests.office import LEAD, TOKYO, TestOffice, codes_of
from tests.services.righting import last_row
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.request import course_clocks
from workflows.request.course_payloads import EndPapers, UndoPapers
from workflows.request.payloads import Withdraw
from workflows.request.procedure import request
from workflows.request.values import ToldHow

SHREDDED = EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED)
pytestmark = pytest.mark.requirement("S47")


def at_opening(office: TestOffice, days: int) -> None:
    """Let so many days pass; it is just after the office's opening, and everything due is done."""
    office.move_to(datetime.combine(office.today + timedelta(days=days), time(9, 31), TOKYO))
    office.sweep()


def listed(office: TestOffice) -> list[dict[str, Any]]:
    with reading(office.engine) as db:
        return disposals.due(db, office.at(db))


def red(office: TestOffice) -> tuple[bool, str]:
    with reading(office.engine) as db:
        (check,) = [one for one in attention(db, office.at(db)) if one.name == "retention"]
    return check.ok, check.detail.code


def told(office: TestOffice, case: str) -> int:
    rows = office.ask(select(notice.c.params).where(notice.c.code == "notice.papers_due", notice.c.role == "clerk"))
    return sum(row.params["case"] == case for row in rows)


def answered(office: TestOffice) -> str:
    case = office.fulfilled()
    office.post_letters(case)
    return case


def found(office: TestOffice) -> list[tuple[str | None, str]]:
    return [(one.case, one.what) for one in doctor.examine(office.unit)]


def test_paper_past_its_last_day_is_red_with_the_line_to_run_until_somebody_signs(office: TestOffice) -> None:
    case = answered(office)
    since, by = office.today, office.today + timedelta(days=30)
    first = listed(office)
    at_opening(office, 29)
    early = (told(office, case), red(office), office.case(case).todo)

    at_opening(office, 1)
    last_day = (told(office, case), red(office), office.case(case).todo)
    at_opening(office, 1)

    row = {"case": case, "what": "evidence", "end": "destroyed", "since": since.isoformat(), "by": by.isoformat()}
    assert first == [{**row, "overdue": False}]
    assert early == (0, (True, "health.retention"), None)
    assert last_day == (1, (True, "health.retention"), "papers")
    assert (listed(office), red(office)) == ([{**row, "overdue": True}], (False, "health.papers_overdue"))
    office.must(case, "end_papers", SHREDDED)
    signed = last_row(office, case)
    assert (signed.transition, signed.actor, signed.details["end"]) == ("end_papers", "sato", "destroyed")
    assert (listed(office), red(office), office.case(case).todo) == ([], (True, "health.retention"), None)
    office.must(case, "undo_papers", UndoPapers(what=PaperKind.EVIDENCE, why="another case was meant"))
    assert (listed(office), red(office)) == ([{**row, "overdue": True}], (False, "health.papers_overdue"))
    assert found(office) == []


def test_a_request_that_brought_no_paper_has_no_clock(office: TestOffice) -> None:
    early, (mailed, _) = office.opened(), office.mailed()
    for case in (early, mailed):
        office.must(case, "withdraw", Withdraw(how=ToldHow.PHONE))
    bare = office.returned(proven=False)
    office.must(bare, "withdraw", Withdraw(how=ToldHow.PHONE))

    at_opening(office, 40)

    assert (listed(office), red(office)) == ([], (True, "health.retention"))
    assert codes_of(office.do(bare, "end_papers", SHREDDED).reasons) == ["no_papers_here"]


def test_a_withdrawn_request_has_its_thirty_days_too(office: TestOffice) -> None:
    case = office.verified()
    office.must(case, "withdraw", Withdraw(how=ToldHow.PHONE))
    by = office.today + timedelta(days=30)

    assert [(one["case"], one["by"]) for one in listed(office)] == [(case, by.isoformat())]
    at_opening(office, 31)
    assert (told(office, case), red(office)) == (1, (False, "health.papers_overdue"))


def test_what_a_legal_hold_keeps_is_not_to_be_shredded_and_is_not_red(office: TestOffice) -> None:
    case = answered(office)
    at_opening(office, 31)
    with office.unit.begin() as db:
        (row,) = cases.lock(db, [case]).values()
        assert holds.hold(db, row, "before the court", date(2027, 3, 31), LEAD, office.at(db)) == []

    assert (listed(office), red(office)) == ([], (True, "health.retention"))


def test_a_case_is_not_erased_before_somebody_has_signed_for_its_papers(office: TestOffice) -> None:
    case = answered(office)

    hindered = erasing.erase(office.unit, case, LEAD, "asked for")
    office.must(case, "end_papers", SHREDDED)
    gone = erasing.erase(office.unit, case, LEAD, "asked for")

    assert isinstance(hindered, list)
    assert codes_of(hindered) == ["erasing.papers"]
    assert not isinstance(gone, list)
    assert last_row(office, case).transition == "end_papers"  # who destroyed what when stays, without a person
    at_opening(office, 40)
    assert (listed(office), red(office), found(office)) == ([], (True, "health.retention"), [])


def test_what_is_erased_again_after_a_restore_is_told_once_and_chases_nobody(office: TestOffice) -> None:
    case = answered(office)
    office.keys.destroy(case)

    for _ in range(2):  # killed before the end, it is done again
        erasing.erase(office.unit, case, LEAD, "erased since the backup", anyway=True)
    at_opening(office, 40)

    told_of = [row.code for row in office.ask(select(notice.c.code).where(notice.c.case_number == case))]
    assert told_of.count("notice.erased_again") == 1
    assert told_of[-1] == "notice.erased_again"
    row = office.case(case)
    assert (row.due_at, row.next, row.todo, row.press_at, row.legal_at) == (None, None, None, None, None)
    assert (found(office), listed(office), red(office)) == ([], [], (True, "health.retention"))


@contextmanager
def _at_version_4(office: TestOffice) -> Iterator[None]:
    """Let what is done be as the release before left it: under version 4, without a clock of papers."""
    yield
    with office.unit.begin() as db:
        db.execute(timer.delete().where(timer.c.name.in_(PAPERS)))
        db.execute(update(cases.case).values(version=4, due_at=None, next=None).where(~cases.case.c.open))


def test_a_request_closed_under_the_version_before_stays_as_it_is_and_can_be_signed_for(office: TestOffice) -> None:
    with _at_version_4(office):
        case, other = answered(office), answered(office)

    at_opening(office, 40)
    assert (listed(office), told(office, case), red(office)) == ([], 0, (True, "health.retention"))
    office.must(case, "end_papers", SHREDDED)

    assert (office.case(case).version, office.case(other).version) == (request.version, 4)
    assert listed(office) == []


def test_the_index_of_the_list_knows_every_clock_of_papers() -> None:
    assert set(PAPERS) == {name for name in course_clocks.CLOCKS if name.startswith("papers_")}
