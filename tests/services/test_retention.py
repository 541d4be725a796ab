"""Retention: what is closed for long is erased by itself, and what must be kept is not; there and back."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models import case as cases
from models import ending, staff
from models.incident import notice
from models.keys import KeyMissing, Keys
from models.session import reading
from services.audit import chains, doctor
from services.ending import erasing, holds, retention
from services.letters import prints, profile
from services.office.staff import Asker
from services.reports.health_attention import attention
from services.request import inquiries
from settings import PROJECT
from tests.office import CLERK, LEAD, MONDAY, TOKYO, TestOffice, codes_of
from tests.people import a_person
from tests.services.post.room import printed
from tests.services.search.conftest import asking, departments
from tests.services.test_finding import inquired
from workflows.engine.calendars import months_later
from workflows.engine.values import Role
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.office.keeping import USUAL, Keeping
from workflows.request.course_payloads import EndPapers
from workflows.request.payloads import CorrectAnswer, MailForms, Withdraw
from workflows.request.values import ToldHow
from workflows.search.payloads import Ask, PutRight

__all__ = ["asking", "departments"]
THREE_YEARS_ON = MONDAY.replace(year=2029)


def withdrawn(office: TestOffice, **changes: Any) -> str:
    """Return a case that is closed today and owes nothing."""
    case, _ = office.mailed(**changes)
    office.must(case, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.post_letters(case)
    return case


def erased(office: TestOffice) -> list[str]:
    return [row.number for row in office.ask(select(cases.case.c.number).where(cases.case.c.erased_at.is_not(None)))]


def against(office: TestOffice) -> dict[str, list[str]]:
    with reading(office.engine) as db:
        here = office.at(db)
        return {one.row.number: codes_of(one.against) for one in retention.due(db, here, retention.in_force(db))}


def hold(office: TestOffice, case: str, until: date) -> list[str]:
    with office.writing() as db:
        (row,) = cases.lock(db, [case]).values()
        return codes_of(holds.hold(db, row, "a claim", until, LEAD, office.at(db)))


def lift(office: TestOffice, case: str) -> bool:
    with office.writing() as db:
        (row,) = cases.lock(db, [case]).values()
        return holds.lift(db, row, "settled", LEAD, office.at(db))


def check(office: TestOffice) -> tuple[bool, str]:
    with reading(office.engine) as db:
        (found,) = [one for one in attention(db, office.at(db)) if one.name == "retention"]
    return found.ok, found.detail.code


def test_a_case_is_erased_the_day_after_its_time_and_not_before(office: TestOffice) -> None:
    case, later = withdrawn(office), office.opened()
    office.move_to(THREE_YEARS_ON)  # the last day, to its end
    before = retention.sweep(office.unit)
    office.move_to(THREE_YEARS_ON + timedelta(days=1))

    gone, again = retention.sweep(office.unit), retention.sweep(office.unit)

    assert (before, gone, again) == ([], [case], [])
    assert erased(office) == [case]
    assert later not in erased(office)
    (event,) = office.ask(select(staff.office_event).where(staff.office_event.c.what == "case_erased"))
    assert (event.actor, event.details["case"], event.details["why"]) == ("system", case, "retention")
    with reading(office.engine) as db:
        assert chains.verify(db).fault is None
    assert not list(doctor.examine(office.unit))


def test_what_may_not_go_is_passed_over_with_its_reason_and_the_others_go(office: TestOffice) -> None:
    kept, free = withdrawn(office), withdrawn(office)
    twice = withdrawn(office)
    person = office.ask(
        'SELECT name_hash FROM person WHERE case_id = (SELECT id FROM "case" WHERE number = :n)', n=twice
    )
    second = office.opened()
    office.tell(
        'UPDATE person SET name_hash = :hash WHERE case_id = (SELECT id FROM "case" WHERE number = :n)',
        hash=person[0].name_hash, n=second,
    )  # fmt: skip
    assert hold(office, kept, date(2031, 1, 1)) == []
    unposted = office.opened()
    office.must(unposted, "withdraw", Withdraw(on=office.today, how=ToldHow.PHONE))
    office.move_to(THREE_YEARS_ON + timedelta(days=1))

    gone = retention.sweep(office.unit)

    assert gone == [free]
    found = against(office)
    assert found[kept] == ["erasing.held"]
    assert found[twice] == ["erasing.open_case"]
    assert set(found[unposted]) == {"erasing.letters", "erasing.to_do"}


def test_a_case_that_is_taken_up_again_is_not_erased_until_it_is_closed_for_long_again(office: TestOffice) -> None:
    case = office.fulfilled()
    office.post_letters(case)
    office.move_to(THREE_YEARS_ON - timedelta(days=7))
    office.must(case, "correct_answer", CorrectAnswer(why="a slip", outcomes={}), by=LEAD)
    office.move_to(THREE_YEARS_ON + timedelta(days=30))

    assert retention.sweep(office.unit) == []
    assert case not in against(office)


def test_a_search_that_waits_keeps_its_case_and_goes_with_it(asking: TestOffice) -> None:
    case = asking.verified()
    search = asking.must(None, "ask", Ask(case=case, department="sales", what="契約")).case
    asking.must(case, "withdraw", Withdraw(on=asking.today, how=ToldHow.PHONE))
    asking.post_letters(case)
    asking.must(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED))
    asking.move_to(THREE_YEARS_ON + timedelta(days=1))
    waits, found = retention.sweep(asking.unit), against(asking)

    asking.must(search, "recall", PutRight(why="終了"))
    gone = retention.sweep(asking.unit)

    assert (waits, found) == ([], {case: ["erasing.searches"]})
    assert (gone, sorted(erased(asking))) == ([case], sorted([case, search]))


def test_a_legal_hold_keeps_a_case_from_erase_too_and_there_is_a_way_back(office: TestOffice) -> None:
    case = withdrawn(office)
    hold(office, case, date(2027, 3, 31))

    refused = erasing.erase(office.unit, case, LEAD, "asked for")
    lifted, again = lift(office, case), lift(office, case)
    done = erasing.erase(office.unit, case, LEAD, "asked for")

    assert isinstance(refused, list)
    assert codes_of(refused) == ["erasing.held"]
    assert (lifted, again) == (True, False)
    assert not isinstance(done, list)
    assert hold(office, case, date(2027, 3, 31)) == ["legal_hold.erased"]
    what = [row.what for row in office.ask(select(staff.office_event.c.what).order_by(staff.office_event.c.seq))]
    assert [one for one in what if one.startswith("legal_hold")] == ["legal_hold_set", "legal_hold_lifted"]


def test_a_hold_that_ended_holds_on_and_the_leads_are_told_again_every_five_working_days(office: TestOffice) -> None:
    case = withdrawn(office)
    past = hold(office, case, office.today - timedelta(days=1))
    hold(office, case, office.today)
    told = []

    for days in range(10):  # from Monday to Wednesday of the next week
        office.move_to(MONDAY + timedelta(days=days))
        told.append(holds.chase(office.unit))

    assert past == ["legal_hold.past"]
    assert told == [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    assert check(office) == (True, "health.holds_ended")
    assert len(office.ask(select(notice.c.id).where(notice.c.code == "notice.legal_hold_ended"))) == 2
    assert isinstance(erasing.erase(office.unit, case, LEAD, "asked for"), list)
    hold(office, case, date(2027, 3, 31))
    assert (holds.chase(office.unit), check(office)) == (0, (True, "health.retention"))


def test_what_no_sweep_erased_is_red_with_the_line_to_run(office: TestOffice) -> None:
    case = withdrawn(office)
    office.move_to(THREE_YEARS_ON + timedelta(days=2))
    not_yet = check(office)
    office.move_to(THREE_YEARS_ON + timedelta(days=3))

    late = check(office)
    hold(office, case, office.today + timedelta(days=9))
    held = check(office)
    lift(office, case)
    retention.sweep(office.unit)

    assert (not_yet[0], late, held[0]) == (True, (False, "health.retention_late"), True)
    assert check(office) == (True, "health.retention")


def test_a_sweep_that_dies_half_way_is_finished_by_the_next(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = withdrawn(office)
    office.move_to(THREE_YEARS_ON + timedelta(days=1))
    with monkeypatch.context() as dies:
        dies.setattr(Keys, "destroy", lambda self, case: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            retention.sweep(office.unit)
    named = [one.what for one in doctor.examine(office.unit)]

    gone = retention.sweep(office.unit)

    assert "erased_in_part" in named
    assert gone == [case]
    assert not list(doctor.examine(office.unit))
    assert len(office.ask(select(staff.office_event.c.seq).where(staff.office_event.c.what == "case_erased"))) == 1


def test_one_case_that_cannot_be_erased_keeps_no_other_waiting(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, free = withdrawn(office), withdrawn(office)
    office.move_to(THREE_YEARS_ON + timedelta(days=1))
    destroy = Keys.destroy

    def broken(self: Keys, number: str) -> None:
        if number == stuck:
            raise PermissionError
        destroy(self, number)

    with monkeypatch.context() as fails:
        fails.setattr(Keys, "destroy", broken)
        with pytest.raises(PermissionError):
            retention.sweep(office.unit)
    with reading(office.engine) as db:
        left = [row.number for row in ending.undone(db)]

    assert (left, retention.sweep(office.unit)) == ([stuck], [stuck])
    assert sorted(erased(office)) == sorted([stuck, free])


def test_an_erasing_that_was_asked_for_and_is_hindered_meanwhile_is_told(office: TestOffice) -> None:
    case = withdrawn(office)
    assert erasing.ask(office.unit, case, LEAD, "asked for") == []
    hold(office, case, date(2027, 3, 31))

    gone = retention.sweep(office.unit)

    assert (gone, erased(office)) == ([], [])
    assert [row.code for row in office.ask(select(notice.c.code))][-1] == "notice.not_erased"
    with reading(office.engine) as db:
        assert ending.undone(db) == []


def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, periods: str) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text((PROJECT / "organisation.toml").read_text("utf-8") + periods, "utf-8")
    monkeypatch.setattr(profile, "_path", lambda: file)
    profile._read.cache_clear()


def test_other_periods_count_once_a_lead_adopted_them(
    office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = withdrawn(office)
    office.move_to(MONDAY + timedelta(days=100))
    card(tmp_path, monkeypatch, "\n[retention]\npersonal_data_months = 3\n")
    before = retention.sweep(office.unit)
    with office.writing() as db:
        report = retention.report(db, office.at(db))
        told = report["given"]
        adopted = retention.adopt(db, LEAD, office.at(db)), retention.adopt(db, LEAD, office.at(db))

    assert (before, told) == ([], {"personal_data_months": 3, "printed_days": 7, "mail_days": 90})
    assert report["given_due"] == 1
    assert adopted == ((Keeping(personal_data_months=3), True), (Keeping(personal_data_months=3), False))
    assert retention.sweep(office.unit) == [case]
    monkeypatch.undo()
    with office.writing() as db:  # and back
        assert retention.adopt(db, LEAD, office.at(db)) == (USUAL, True)
    profile._read.cache_clear()


def test_the_report_says_what_is_due_what_is_held_and_what_comes(office: TestOffice) -> None:
    case, held = withdrawn(office), withdrawn(office)
    hold(office, held, date(2031, 1, 1))
    office.move_to(datetime(2028, 12, 1, 10, tzinfo=TOKYO))
    with reading(office.engine) as db:
        before = retention.report(db, office.at(db))
    office.move_to(THREE_YEARS_ON + timedelta(days=1))

    with reading(office.engine) as db:
        found = retention.report(db, office.at(db))

    assert (before["due"], before["coming"]) == ([], [{"month": "2029-11", "cases": 2}])
    assert found["due"] == [{"case": case, "closed_on": "2026-11-09", "kept_until": "2029-11-09"}]
    assert [(one["case"], codes_of(one["against"])) for one in found["held"]] == [(held, ["erasing.held"])]
    assert [one["case"] for one in found["holds"]] == [held]
    assert found["coming"] == []


def test_a_report_looks_at_some_and_says_how_many_are_left(office: TestOffice) -> None:
    first, held, last = withdrawn(office), withdrawn(office), withdrawn(office)
    hold(office, held, date(2031, 1, 1))
    office.move_to(THREE_YEARS_ON + timedelta(days=1))

    with reading(office.engine) as db:
        two, three = (retention.report(db, office.at(db), most) for most in (2, 3))

    assert ([one["case"] for one in two["due"]], [one["case"] for one in two["held"]], two["more"]) == (
        [first], [held], 1,
    )  # fmt: skip
    assert ([one["case"] for one in three["due"]], three["more"]) == ([first, last], 0)
    assert two["coming"] == []


def test_prints_go_some_days_after_nothing_of_them_waits_any_more(office: TestOffice) -> None:
    folder = prints.own_folder(office.settings)
    case, other = office.opened(), office.opened()
    office.make_letters()
    batch = printed(office, None, folder).batch
    (folder / "somebody.pdf").write_bytes(b"%PDF nobody knows what this is")
    office.must(case, "mail_forms", MailForms())
    office.move_to(MONDAY + timedelta(days=8))
    retention.clear_prints(office.unit)
    one_posted = {path.name for path in folder.glob("*.pdf")}
    office.must(other, "mail_forms", MailForms())
    office.move_to(MONDAY + timedelta(days=15))
    kept = retention.clear_prints(office.unit)
    office.move_to(MONDAY + timedelta(days=16))

    gone = retention.clear_prints(office.unit)

    assert one_posted == {f"{batch}.pdf", f"{other}-01.pdf", "somebody.pdf"}
    assert (kept, gone) == (0, 2)
    assert {path.name for path in folder.glob("*.pdf")} == {"somebody.pdf"}
    events = office.ask(select(staff.office_event.c.details).where(staff.office_event.c.what == "prints_destroyed"))
    assert [row.details for row in events] == [{"files": 1, "batches": []}, {"files": 2, "batches": [batch]}]


def test_a_sweep_that_finds_nothing_keeps_nobody_from_writing(office: TestOffice) -> None:
    hold(office, withdrawn(office), date(2031, 1, 1))
    office.move_to(THREE_YEARS_ON + timedelta(days=1))

    def never() -> Any:
        raise AssertionError("a sweep that finds nothing has begun to write")

    assert retention.sweep(replace(office.unit, begin=never)) == []


def test_an_inquiry_that_needed_no_case_is_erased_when_its_time_is_over(office: TestOffice) -> None:
    clerk = Asker(CLERK, CLERK, frozenset({Role.CLERK}))
    numbers = [inquired(office, a_person()) for _ in range(2)]
    with office.writing() as db:
        inquiries.answered(db, numbers[0], clerk, office.at(db))
    recorded = office.today

    office.move_to(datetime.combine(months_later(recorded, 36), time(12), TOKYO))
    retention.sweep(office.unit)
    with reading(office.engine) as db:
        assert inquiries.opened(db, numbers[0], office.at(db))[1] is not None
    office.move_to(datetime.combine(months_later(recorded, 36) + timedelta(days=1), time(12), TOKYO))
    retention.sweep(office.unit)
    retention.sweep(office.unit)

    with reading(office.engine) as db:
        assert inquiries.opened(db, numbers[0], office.at(db))[1] is None
        assert inquiries.opened(db, numbers[1], office.at(db))[1] is not None  # somebody has still to answer it
        with pytest.raises(KeyMissing):
            office.at(db).keys.get(numbers[0])
    assert len(office.ask("SELECT 1 FROM office_event WHERE what = 'inquiry_erased'")) == 1
    assert (
        office.ask("SELECT 1 FROM inquiry_word JOIN inquiry ON inquiry.id = inquiry_id WHERE state = 'answered'") == []
    )
