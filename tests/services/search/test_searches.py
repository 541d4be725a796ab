"""A department is asked, reminded, and answers; each step can be put right."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pytest

from models import search
from models.incident import notice
from models.session import reading
from services.audit import doctor
from services.intake import BadInput, parse
from services.search.pages import line_of
from services.search.store import STORE, said
from tests.office import CLERK, LEAD, TOKYO, TestOffice, codes_of
from tests.services.search.conftest import SALES, SUPPORT
from workflows.request.payloads import Void
from workflows.request.values import VoidReason
from workflows.search.payloads import Answer, Ask, AskAgain, Extend, HandOn, PutRight
from workflows.search.values import Act, Found

NOTHING = Answer(found=Found.NOTHING_HELD)


def asked(office: TestOffice, department: str = "sales", **more: Any) -> tuple[str, str]:
    """Return a case and the search that was asked for it."""
    case = office.opened()
    ask = Ask(case=case, department=department, what="契約の記録があるか", **more)
    return case, office.must(None, "ask", ask).case


def told(office: TestOffice, code: str) -> Sequence[Any]:
    return office.ask(notice.select().where(notice.c.code == code))


def test_a_department_is_asked_and_answers(asking: TestOffice) -> None:
    case, number = asked(asking)
    first = asking.case(number)

    answered = asking.must(number, "answer", NOTHING, SALES)

    assert number.startswith("S26-000001-")
    assert (first.state, first.todo) == ("asked", "search")
    assert (answered.state, asking.case(number).open) == ("answered", False)
    assert [row.case_number for row in told(asking, "notice.search_answered")] == [number]
    with reading(asking.engine) as db:
        (line,) = [line_of(row, asking.at(db)) for row in search.listed(db, parent=case, every=True)]
    assert (line["department"], line["found"], line["case"]) == ("sales", "nothing_held", case)


def test_what_was_asked_and_answered_is_sealed(asking: TestOffice) -> None:
    _, number = asked(asking)
    asking.must(number, "answer", Answer(found=Found.FOUND, note="二件あり"), SALES)

    with reading(asking.engine) as db:
        kept = said(asking.case(number), asking.at(db))
    everything = str(asking.ask(search.search.select())) + str(tuple(asking.case(number)))

    assert (kept.asked, kept.note) == (("契約の記録があるか",), "二件あり")
    assert "二件" not in everything
    assert "契約" not in everything


def test_nobody_answers_for_another_department(asking: TestOffice) -> None:
    _, number = asked(asking)

    refused = asking.do(number, "answer", NOTHING, SUPPORT)
    by_the_office = asking.must(number, "answer", NOTHING, CLERK)

    assert (refused.outcome, codes_of(refused.reasons)) == ("refused", ["search.not_yours"])
    assert by_the_office.state == "answered"


@pytest.mark.parametrize("step", ["extend", "recall"])
def test_a_holder_asks_and_recalls_nothing(asking: TestOffice, step: str) -> None:
    _, number = asked(asking)
    payload = Extend(by=date(2027, 1, 4), why="x") if step == "extend" else PutRight(why="x")

    refused = asking.do(number, step, payload, SALES)

    assert codes_of(refused.reasons) == ["missing_role"]


def test_there_must_be_such_a_department_and_the_case_must_be_open(asking: TestOffice) -> None:
    case = asking.opened()
    unknown = asking.do(None, "ask", Ask(case=case, department="billing", what="?"))
    asking.must(case, "void", Void(reason=VoidReason.MISTAKE), LEAD)
    closed = asking.do(None, "ask", Ask(case=case, department="sales", what="?"))
    nowhere = asking.do(None, "ask", Ask(case="26-999999-Z", department="sales", what="?"))

    assert codes_of(unknown.reasons) == ["search.no_department"]
    assert codes_of(closed.reasons) == ["search.case_closed"]
    assert codes_of(nowhere.reasons) == ["search.no_case"]


@pytest.mark.parametrize(
    ("act", "answer", "code"),
    [
        (Act.LOOK, Answer(found=Found.FOUND), "search.found_what"),
        (Act.LOOK, Answer(found=Found.FOUND, finds=("F26-000009",)), "search.find_unknown"),
        (Act.LOOK, Answer(found=Found.NOTHING_HELD, finds=("F26-000009",)), "search.finds_of_nothing"),
        (Act.ERASE, Answer(found=Found.FOUND, note="done"), "search.done_missing"),
        (Act.ERASE, Answer(found=Found.FOUND, done="erased", done_on=date(2030, 1, 1)), "search.done_later"),
        (Act.LOOK, Answer(found=Found.FOUND, note=" "), "search.words_empty"),
        (Act.LOOK, Answer(found=Found.FOUND, note="x" * 4001), "search.words_too_long"),
    ],
)
def test_an_answer_that_cannot_be(asking: TestOffice, act: Act, answer: Answer, code: str) -> None:
    _, number = asked(asking, act=act)

    refused = asking.do(number, "answer", answer, SALES)

    assert refused.outcome == "refused"
    assert code in codes_of(refused.reasons)


def at_ten(office: TestOffice, day: date) -> None:
    office.move_to(datetime.combine(day, time(10), TOKYO))


def test_a_late_department_is_reminded_and_the_lead_is_told(asking: TestOffice) -> None:
    _, number = asked(asking, "support")
    due = date.fromisoformat(asking.case(number).facts["due_on"])
    at_ten(asking, due)
    asking.sweep()
    before = len(told(asking, "notice.search_reminder"))

    at_ten(asking, asking.calendar().add_working_days(due, 1))
    asking.sweep()
    reminded = len(told(asking, "notice.search_reminder"))
    at_ten(asking, asking.calendar().add_working_days(due, 3))
    asking.sweep()

    assert due == asking.calendar().add_working_days(asking.case(number).opened_on, 3)
    assert (before, reminded) == (0, 1)
    assert {row.role for row in told(asking, "notice.search_late")} == {"holder", "lead"}


def test_more_time_is_given_and_reminders_begin_anew(asking: TestOffice) -> None:
    _, number = asked(asking, "support")
    due = date.fromisoformat(asking.case(number).facts["due_on"])
    at_ten(asking, asking.calendar().add_working_days(due, 1))
    asking.sweep()
    later = asking.calendar().add_working_days(due, 10)

    asking.must(number, "extend", Extend(by=later, why="休暇中のため"))
    at_ten(asking, later)
    asking.sweep()
    quiet = len(told(asking, "notice.search_reminder"))
    at_ten(asking, asking.calendar().add_working_days(later, 1))
    asking.sweep()

    assert quiet == 1
    assert len(told(asking, "notice.search_reminder")) == 2


def test_a_question_is_handed_on_and_the_next_department_gets_its_own_time(asking: TestOffice) -> None:
    _, number = asked(asking)

    asking.must(number, "hand_on", HandOn(department="support", why="サポートの記録"), SALES)
    refused = asking.do(number, "answer", NOTHING, SALES)
    with reading(asking.engine) as db:
        theirs = [row.number for row in search.listed(db, department="support")]

    assert codes_of(refused.reasons) == ["search.not_yours"]
    assert theirs == [number]
    assert asking.must(number, "answer", NOTHING, SUPPORT).state == "answered"


def test_an_answer_is_taken_back_and_given_again(asking: TestOffice) -> None:
    _, number = asked(asking)
    asking.must(number, "answer", NOTHING, SALES)

    back = asking.must(number, "take_back", PutRight(why="別人の記録を見た"), SALES)
    again = asking.must(number, "answer", Answer(found=Found.FOUND, note="あり"), SALES)

    assert (back.state, again.state) == ("asked", "answered")
    assert asking.case(number).facts["answered"]["found"] == "found"


def test_more_is_asked_and_a_question_is_recalled_and_asked_after_all(asking: TestOffice) -> None:
    _, number = asked(asking)
    asking.must(number, "answer", NOTHING, SALES)
    asking.must(number, "ask_again", AskAgain(what="旧姓でも"))
    recalled = asking.must(number, "recall", PutRight(why="不要"))
    restored = asking.must(number, "restore", PutRight(why="やはり必要"))
    with reading(asking.engine) as db:
        kept = said(asking.case(number), asking.at(db))

    assert (recalled.state, restored.state) == ("recalled", "asked")
    assert kept.asked == ("契約の記録があるか", "旧姓でも")
    assert kept.whys == ("不要", "やはり必要")


def test_nobody_is_chased_for_a_closed_case(asking: TestOffice) -> None:
    case, number = asked(asking)
    asking.must(case, "void", Void(reason=VoidReason.MISTAKE), LEAD)
    due = date.fromisoformat(asking.case(number).facts["due_on"])

    at_ten(asking, asking.calendar().add_working_days(due, 1))
    asking.sweep()

    assert asking.case(number).state == "recalled"
    assert not told(asking, "notice.search_reminder")


def test_show_and_doctor_know_searches(asking: TestOffice) -> None:
    _, number = asked(asking)
    asking.must(number, "answer", NOTHING, SALES)
    with reading(asking.engine) as db:
        office = asking.at(db)
        personal = STORE.personal(db, asking.case(number), office)

    assert not list(doctor.examine(asking.unit))
    assert personal["asked"] == ["契約の記録があるか"]


def test_what_a_department_did_is_refused_where_no_letter_could_say_it() -> None:
    """It stands in the answer in its own words; found only there, it would set the letter aside."""
    said = {"found": "found", "done": "sent no more letters \U0001f6d1", "done_on": "2026-11-09"}

    with pytest.raises(BadInput) as bad:
        parse(Answer, said)

    assert [(fault.field, "U+1F6D1" in fault.message) for fault in bad.value.faults] == [("done", True)]
    assert parse(Answer, {**said, "done": "停止しました。"}).done == "停止しました。"
