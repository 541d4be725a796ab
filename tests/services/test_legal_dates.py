"""A legal date that has passed does not vanish: it stands in show, why and list, as passed, with its day."""

from datetime import date, datetime, time
from typing import Any

import pytest

from models.session import reading
from services.reports.cases import the_case, why
from services.reports.worklist import Wanted, worklist
from tests.office import APPROVER, CLERK, TOKYO, TestOffice
from workflows.engine.values import Actor, Role
from workflows.law.values import ExtendReason, Right
from workflows.office.afterwards import PaperKind, PapersEnd
from workflows.request.course_payloads import EndPapers
from workflows.request.payloads import Extend, Fulfil
from workflows.words import say


def shown(office: TestOffice, case: str) -> dict[str, Any]:
    """Return the legal dates that show tells: name -> (day, passed)."""
    with reading(office.engine) as db:
        told = the_case(db, office.case(case), office.at(db), "en")
    return {d["name"]: (d["at"][:10], d["passed"]) for d in told["deadlines"] if d["name"] != "escalate" or d["passed"]}


def reasons(office: TestOffice, case: str, language: str = "en") -> list[str]:
    with reading(office.engine) as db:
        found = why(db, office.case(case), office.at(db), Actor(CLERK, frozenset({Role.CLERK})))
    return [say(reason, language) for reason in found["dates"]]


def listed(office: TestOffice, case: str, *states: str) -> Any:
    with reading(office.engine) as db:
        (line,) = worklist(db, office.at(db), Wanted(number=case, states=states))
    return line["legal"]


def midnight(*day: int) -> datetime:
    return datetime.combine(date(*day), time(0), TOKYO)


def test_the_day_from_which_one_may_sue_stands_there_before_and_after_it(office: TestOffice) -> None:
    case = office.returned()
    before = shown(office, case), listed(office, case), reasons(office, case)

    office.move_to(midnight(2026, 11, 24))
    unfired = shown(office, case)
    office.sweep()
    after = shown(office, case), listed(office, case), reasons(office, case)

    at = "2026-11-24T00:00:00+09:00"
    assert before == (
        {"warn": ("2026-11-19", False), "appi_39": ("2026-11-24", False)},
        {"name": "appi_39", "at": at, "passed": False},
        [],
    )
    assert unfired["appi_39"] == ("2026-11-24", True)
    assert after == (
        {"appi_39": ("2026-11-24", True)},
        {"name": "appi_39", "at": at, "passed": True},
        ["Since 2026-11-24 the individual may sue (APPI 39(1)): that date has passed."],
    )
    assert reasons(office, case, "ja")[0].startswith("2026-11-24を過ぎたため")


def test_it_stands_there_until_the_answer_is_posted(office: TestOffice) -> None:
    case = office.decided()
    office.move_to(midnight(2026, 11, 25))
    office.sweep()
    office.working_day(office.today, 1)
    office.must(case, "fulfil", Fulfil(), by=APPROVER)

    answered = shown(office, case), listed(office, case, "fulfilled")
    office.post_letters(case)
    office.must(case, "end_papers", EndPapers(what=PaperKind.EVIDENCE, end=PapersEnd.DESTROYED))
    posted = shown(office, case), listed(office, case, "fulfilled"), reasons(office, case)

    assert answered == ({"appi_39": ("2026-11-24", True)}, {**answered[1], "passed": True})
    assert posted == ({}, None, [])


def test_no_legal_date_runs_for_purposes_of_use_alone(office: TestOffice) -> None:
    case = office.returned(rights=(Right.PURPOSE_NOTICE,))

    assert (shown(office, case), listed(office, case)) == ({}, None)


@pytest.mark.parametrize("extended", [False, True])
def test_the_month_of_the_gdpr_stands_there_as_passed_too(office: TestOffice, extended: bool) -> None:
    case = office.opened(regime="eu-gdpr")
    if extended:
        office.must(case, "extend", Extend(reason=ExtendReason.COMPLEXITY), by=APPROVER)
    day = date(2027, 2, 10) if extended else date(2026, 12, 10)
    name = "answer_due_extended" if extended else "answer_due"

    office.move_to(datetime.combine(day, time(1), TOKYO))
    office.sweep()

    assert listed(office, case) == {"name": name, "at": f"{day}T00:00:00+09:00", "passed": True}
    assert [sentence for sentence in reasons(office, case) if str(day) in sentence]
